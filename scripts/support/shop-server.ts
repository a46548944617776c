/** For tests and measurements: a running shop on a real socket, with a platform beside it that signs notifications. */
import type { AddressInfo } from 'node:net';
import { openDatabase, type Database } from '../../lib/database';
import { createServer } from '../../sandbox/http-server';
import { createShop, type OrderView, type ShopOptions } from '../../demo/shop';
import { signNotification, type OrderInfo } from '../../merchant';
import { createKeyPair } from './keys';
import { form, json } from './http';

export const APP_KEY = 'MMMabc';
export const DEAL_ID = '470193086';
export const merchantKeys = createKeyPair();
export const platformKeys = createKeyPair();

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  errno: number;
  msg: string;
  data: T;
}

export interface RunningShop {
  origin: string;
  database: Database;
  lines: string[];
  call<T = unknown>(path: string, init?: RequestInit): Promise<Answer<T>>;
  order(items?: unknown, headers?: Record<string, string>): Promise<Answer<Created>>;
  status(tpOrderId: string): Promise<string>;
  notify(params: Record<string, string>): Promise<Answer<{ isConsumed?: number; isErrorOrder?: number }>>;
  /** starts the worker */
  start(): void;
  /** runs what is due, for a test without a worker */
  runDueJobs(): Promise<number>;
  close(): Promise<void>;
}

/** The shop leaves none of these out. */
export type ShopOrder = OrderView &
  Required<Pick<OrderView, 'tpOrderId' | 'createdAt' | 'expiresAt' | 'serverTime'>>;

export interface Created {
  orderInfo: OrderInfo;
  order: ShopOrder;
}

export async function startShop(options: Partial<ShopOptions> = {}): Promise<RunningShop> {
  const database = options.database ?? (await openDatabase());
  const lines: string[] = [];
  const shop = await createShop({
    database,
    origin: 'http://127.0.0.1:8790',
    privateKey: merchantKeys.privateKey,
    platformPublicKey: platformKeys.publicKey,
    appKey: APP_KEY,
    dealId: DEAL_ID,
    baidu: { baseUrl: 'http://127.0.0.1:9', clientId: 'app-key', clientSecret: 'app-secret' },
    log: line => lines.push(line),
    ...options,
  });
  const app = createServer();
  await app.register(shop.plugin, { prefix: '/shop' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  const call = async <T>(path: string, init?: RequestInit): Promise<Answer<T>> => {
    const response = await fetch(origin + path, init);
    const { errno, msg, data } = (await response.json()) as Answer<T>;
    return { status: response.status, headers: response.headers, errno, msg, data };
  };
  return {
    origin,
    database,
    lines,
    call,
    order: (items = [{ sku: 'postcard', quantity: 1 }], headers = {}) =>
      call<Created>('/shop/orders', json({ items }, headers)),
    status: async tpOrderId =>
      (await call<{ status: string }>(`/shop/orders/status?tpOrderId=${tpOrderId}`)).data.status,
    notify: params => call('/shop/notify/pay', form(params)),
    start: () => shop.start(),
    runDueJobs: () => shop.runDueJobs(),
    async close() {
      await shop.stop();
      await app.close();
      if (!options.database) await database.close();
    },
  };
}

let lastOrderId = 800020199;

/** 通知支付状态 for an order, signed by the platform. */
export function paid(
  order: { tpOrderId: string; totalAmount: number },
  changes: Record<string, string> = {},
) {
  const money = String(order.totalAmount);
  return signNotification(
    {
      userId: '149235070',
      orderId: String(++lastOrderId),
      unitPrice: money,
      count: '1',
      totalMoney: money,
      payMoney: money,
      promoMoney: '0',
      hbMoney: '0',
      hbBalanceMoney: '0',
      giftCardMoney: '0',
      dealId: DEAL_ID,
      payTime: '1700000000',
      promoDetail: '',
      payType: '1117',
      partnerId: '6000001',
      status: '2',
      tpOrderId: order.tpOrderId,
      returnData: '',
      ...changes,
    },
    platformKeys.privateKey,
  );
}
