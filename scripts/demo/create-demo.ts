import type { KeyPairKeyObjectResult } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createShop } from '../../demo/shop';
import type { Database } from '../../lib/database';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import { openKeyStore, readPrivateKey } from '../../sandbox/keys';

/** The payment service and the mini-program of the demo; they do not exist at Baidu. */
const SERVICE = {
  appKey: 'MMdemo',
  appId: 10026,
  dealId: '470193086',
  clientId: 'demoMiniProgramAppKey00000000001',
};

const APP_DIR = join('dist', 'demo');
/** The backend in the settings of dist/demo, also when the demo runs on another port. */
const APP_ORIGIN = 'http://127.0.0.1:8790';

export interface DemoKeys {
  /** the shop signs with its private key; the cashier knows the public one */
  merchant: KeyPairKeyObjectResult;
  platform: KeyPairKeyObjectResult;
  clientSecret: string;
}

/**
 * Loads the keys of a data folder, and makes those that are missing.
 *
 * @param shopPrivateKeyFile what the shop signs with instead. The cashier keeps the public key it has, as Baidu does, so
 * orders are rejected unless both belong together
 * @throws StartError naming the file that holds no private key
 */
export function loadKeys(folder: string, bits: number, shopPrivateKeyFile?: string): DemoKeys {
  const store = openKeyStore(folder, bits);
  const merchant = store.pair('merchant');
  return {
    merchant: {
      publicKey: merchant.publicKey,
      privateKey: shopPrivateKeyFile === undefined ? merchant.privateKey : readPrivateKey(shopPrivateKeyFile),
    },
    platform: store.pair('platform'),
    clientSecret: store.clientSecret(),
  };
}

interface DemoDeps {
  database: Database;
  keys: DemoKeys;
  /** where the server will listen, http://127.0.0.1:8790 */
  origin: string;
  /** takes one line for the developer who runs it */
  log: (line: string) => void;
  /**
   * where the developer's own backend takes notifications; with one of the two given, the demo's shop, which does not have
   * that backend's orders, gets none
   */
  notify?: string | undefined;
  refundNotify?: string | undefined;
}

/** Puts the demo's shop on the server of a sandbox that shows the demo mini-program. */
export async function createDemo(deps: DemoDeps): Promise<Sandbox> {
  const { database, keys, origin, log, notify, refundNotify } = deps;
  const { appKey, appId, dealId, clientId } = SERVICE;
  const { merchant, platform, clientSecret } = keys;
  const isOwnBackend = notify !== undefined || refundNotify !== undefined;
  const hasApp = existsSync(join(APP_DIR, 'app.json'));
  if (!hasApp)
    log(`preview: ${APP_DIR} is missing, so there is no page to look at; make it with npm run build`);
  const sandbox = await createSandbox({
    database,
    origin,
    platformPrivateKey: platform.privateKey,
    service: {
      appKey,
      appId,
      dealId,
      merchantPublicKey: merchant.publicKey,
      payNotifyUrl: isOwnBackend ? (notify ?? null) : `${origin}/shop/notify/pay`,
      refundNotifyUrl: isOwnBackend ? (refundNotify ?? null) : `${origin}/shop/notify/refund`,
      clientId,
      clientSecret,
    },
    ...(hasApp && { preview: { appDir: APP_DIR, origin: APP_ORIGIN } }),
    log,
  });
  const shop = await createShop({
    database,
    origin,
    privateKey: merchant.privateKey,
    platformPublicKey: sandbox.platformPublicKey,
    appKey,
    dealId,
    baidu: { baseUrl: `${origin}/baidu`, clientId, clientSecret },
    // Only the operator reaches 127.0.0.1.
    operatorRoutes: true,
    log: line => log(`shop: ${line}`),
  });
  await sandbox.server.register(shop.plugin, { prefix: '/shop' });
  return {
    ...sandbox,
    start() {
      sandbox.start();
      shop.start();
    },
    async stop() {
      await shop.stop();
      await sandbox.stop();
    },
  };
}
