import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createCashier } from '../../sandbox/cashier';
import type { Database } from '../../lib/database';
import type { Keys } from '../../sandbox/keys';
import { previewPlugin } from '../../sandbox/preview/server';
import { createServer } from '../../sandbox/server';
import { createShop } from '../../demo/shop';

/** The payment service and the mini-program that the demo plays; none of it exists at Baidu. */
const SERVICE = {
  appKey: 'MMdemo',
  appId: 10026,
  dealId: '470193086',
  clientId: 'demoMiniProgramAppKey00000000001',
};

/** Where dist/demo believes the backend to be; the preview answers for it on whatever port it runs. */
const APP_ORIGIN = 'http://127.0.0.1:8790';
const APP_DIR = join('dist', 'demo');

export interface NotifyAddresses {
  notify?: string | undefined;
  refundNotify?: string | undefined;
}

export interface House {
  /** what notifications are verified with */
  platformPublicKey: KeyObject;
  server: FastifyInstance;
  /** Begins the work in the background. */
  start(): void;
  /** Ends it and the server; the database stays open. */
  stop(): Promise<void>;
}

/**
 * Puts shop, cashier and preview on one server.
 *
 * @param origin where that server will listen
 * @param log takes one line for the person who runs it
 * @param own where a backend of another's takes the notifications; with one of the two given, none go to the demo's shop
 */
export async function openHouse(
  database: Database,
  keys: Keys,
  origin: string,
  log: (line: string) => void,
  own: NotifyAddresses = {},
): Promise<House> {
  const { appKey, appId, dealId, clientId } = SERVICE;
  const { clientSecret } = keys;
  // The addresses of another backend stand for both: the demo's shop knows nothing of its orders.
  const isForeign = own.notify !== undefined || own.refundNotify !== undefined;
  const notifyUrls = isForeign
    ? { payNotifyUrl: own.notify ?? null, refundNotifyUrl: own.refundNotify ?? null }
    : { payNotifyUrl: `${origin}/shop/notify/pay`, refundNotifyUrl: `${origin}/shop/notify/refund` };
  const cashier = await createCashier({
    database,
    origin,
    platformKeys: keys.platform,
    services: [
      {
        appKey,
        appId,
        dealId,
        merchantPublicKey: keys.shop.publicKey,
        ...notifyUrls,
        clientId,
        clientSecret,
      },
    ],
    log: line => log(`cashier: ${line}`),
  });
  const shop = await createShop({
    database,
    origin,
    privateKey: keys.shop.privateKey,
    platformPublicKey: cashier.platformPublicKey,
    appKey,
    dealId,
    baidu: { baseUrl: `${origin}/baidu`, clientId, clientSecret },
    // This house stands on 127.0.0.1, where the operator is the only visitor.
    operatorRoutes: true,
    log: line => log(`shop: ${line}`),
  });

  const server = createServer();
  await server.register(shop.plugin, { prefix: '/shop' });
  await server.register(cashier.plugin, { prefix: '/baidu' });
  if (existsSync(join(APP_DIR, 'app.json'))) {
    await server.register(
      previewPlugin({ appDir: APP_DIR, origin: APP_ORIGIN, scripts: ['/baidu/cashier.js'] }),
    );
  } else {
    log(`preview: ${APP_DIR} is missing, so there is no page to look at; make it with npm run build`);
  }
  return {
    platformPublicKey: cashier.platformPublicKey,
    server,
    start() {
      cashier.start();
      shop.start();
    },
    async stop() {
      await Promise.all([cashier.stop(), shop.stop()]);
      await server.close();
    },
  };
}
