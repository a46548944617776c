/** A shop and the cashier it talks to, on one real socket, with one database. */
import { createCashier, type Settings } from '../../sandbox/cashier';
import { openDatabase } from '../../lib/database';
import { createServer } from '../../sandbox/server';
import { createShop, type OrderView, type ShopOptions } from '../../demo/shop';
import { json } from '../../scripts/requests';
import {
  APP_KEY,
  DEAL_ID,
  merchantKeys,
  platformKeys,
  type Answer,
  type Created,
} from '../../scripts/running-shop';
import { freePort } from './free-port';

export interface ShopServer {
  origin: string;
  database: ShopOptions['database'];
  lines: string[];
  call<T = unknown>(path: string, init?: RequestInit): Promise<Answer<T>>;
  /** creates an order of `quantity` postcards, 100 fen each */
  order(quantity?: number): Promise<Created>;
  /** pays it, without waiting for the notification */
  pay(created: Created): Promise<void>;
  paidOrder(quantity?: number): Promise<string>;
  view(tpOrderId: string): Promise<OrderView>;
  refund(tpOrderId: string, body?: unknown, key?: string): Promise<Answer<OrderView>>;
  becomes(tpOrderId: string, wanted: Partial<OrderView>): Promise<void>;
  faults(script: unknown): Promise<void>;
  /** runs the shop's due jobs once */
  runDueJobs(): Promise<number>;
  close(): Promise<void>;
}

/** 10 s and more: enough for the slowest machine, and an end for what never happens. */
const MAX_POLLS = 200;

interface ServerOptions extends Partial<ShopOptions> {
  settings?: Partial<Settings>;
  /** do not start the shop's worker */
  idle?: boolean;
}

const CLIENT = { clientId: 'testMiniProgramAppKey00000000001', clientSecret: 'test-secret' };

/** The shop's payment service, as the cashier of a test knows it. */
export function paymentService(origin: string) {
  return {
    appKey: APP_KEY,
    dealId: DEAL_ID,
    merchantPublicKey: merchantKeys.publicKey,
    payNotifyUrl: `${origin}/shop/notify/pay`,
    refundNotifyUrl: `${origin}/shop/notify/refund`,
    ...CLIENT,
  };
}

/** What a shop needs to work with the cashier beside it. */
export function shopOptions(origin: string) {
  return {
    origin,
    privateKey: merchantKeys.privateKey,
    platformPublicKey: platformKeys.publicKey,
    appKey: APP_KEY,
    dealId: DEAL_ID,
    baidu: { baseUrl: `${origin}/baidu`, ...CLIENT },
    operatorRoutes: true,
  };
}

export async function startShopServer(options: ServerOptions = {}): Promise<ShopServer> {
  const { settings, idle, ...changes } = options;
  const database = options.database ?? (await openDatabase());
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const cashier = await createCashier({
    database,
    origin,
    platformKeys,
    services: [paymentService(origin)],
    clockScale: 600,
    ...(settings && { settings }),
    log: line => lines.push(`cashier: ${line}`),
  });
  const shop = await createShop({
    ...shopOptions(origin),
    database,
    retryAfter: 500,
    log: line => lines.push(`shop: ${line}`),
    ...changes,
  });
  const app = createServer();
  await app.register(shop.plugin, { prefix: '/shop' });
  await app.register(cashier.plugin, { prefix: '/baidu' });
  await app.listen({ host: '127.0.0.1', port });
  cashier.start();
  if (!idle) shop.start();

  const call = async <T>(path: string, init?: RequestInit): Promise<Answer<T>> => {
    const response = await fetch(origin + path, init);
    const { errno, msg, data } = (await response.json()) as Answer<T>;
    return { status: response.status, headers: response.headers, errno, msg, data };
  };
  const view = async (tpOrderId: string) => (await call<OrderView>(`/shop/orders/${tpOrderId}`)).data;
  const server: ShopServer = {
    origin,
    database,
    lines,
    call,
    async order(quantity = 3) {
      const items = [{ sku: 'postcard', quantity }];
      return (await call<Created>('/shop/orders', json({ items }))).data;
    },
    async pay({ orderInfo }) {
      const answer = await call('/baidu/_simulate', json({ orderInfo }));
      if (answer.errno !== 0) throw new Error(`${answer.msg} ${JSON.stringify(answer.data)}`);
    },
    async paidOrder(quantity) {
      const created = await server.order(quantity);
      await server.pay(created);
      await server.becomes(created.order.tpOrderId, { status: 'paid' });
      return created.order.tpOrderId;
    },
    view,
    refund: (tpOrderId, body = {}, key) =>
      call(
        `/shop/orders/${tpOrderId}/refund`,
        json(body, key === undefined ? {} : { 'Idempotency-Key': key }),
      ),
    async becomes(tpOrderId, wanted) {
      for (let poll = 0; ; poll++) {
        const order = await view(tpOrderId);
        if (Object.entries(wanted).every(([name, value]) => order[name as keyof OrderView] === value)) return;
        if (poll === MAX_POLLS) {
          const history = lines.filter(line => line.includes(tpOrderId)).join('\n');
          throw new Error(`not ${JSON.stringify(wanted)} but ${JSON.stringify(order)}\n${history}`);
        }
        await new Promise(next => setTimeout(next, 50));
      }
    },
    async faults(script) {
      const answer = await call('/baidu/_faults', { ...json(script), method: 'PUT' });
      if (answer.errno !== 0) throw new Error(answer.msg);
    },
    runDueJobs: () => shop.runDueJobs(),
    async close() {
      await Promise.all([shop.stop(), cashier.stop()]);
      await app.close();
      if (!options.database) await database.close();
    },
  };
  return server;
}
