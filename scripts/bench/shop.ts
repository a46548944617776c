/**
 * The demo's shop against the least that any shop must do. An order: the same INSERT and one crypto.sign. A notification:
 * one crypto.verify and one INSERT. The shop is asked over HTTP by another process; the least is a loop beside the shop, in
 * its process and on its embedded database, while no request is under way.
 */
import { createSign, createVerify } from 'node:crypto';
import { APP_KEY, DEAL_ID, merchantKeys, paid, platformKeys, startShop } from '../running-shop';
import type { Created } from '../running-shop';
import { openLoad, type Post } from './load';
import { inTurns } from './statistics';

interface PerSecond {
  bare: number[];
  shop: number[];
}

export interface ShopResults {
  orders: PerSecond;
  notifications: PerSecond;
}

const WARM_UP = 8;
const ROUNDS = 30;
const BATCH = 200;
export const CONNECTIONS = 16;
/** ms for everything */
const LIFETIME = 300_000;

async function perSecond<T>(things: T[], work: (thing: T) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (const thing of things) await work(thing);
  return (things.length * 1000) / (performance.now() - start);
}

const INSERT_ORDER = `
  INSERT INTO shop.orders (tp_order_id, shopper, idempotency_key, request_hash, title, lines, fees, discounts,
                           total_amount, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, now(), now() + interval '15 min')
  ON CONFLICT DO NOTHING RETURNING tp_order_id`;
const CREATE_PAYMENTS =
  'CREATE TABLE bare_payments (order_id int8 PRIMARY KEY, tp_order_id text, pay_money int8)';
const INSERT_PAYMENT = 'INSERT INTO bare_payments (order_id, tp_order_id, pay_money) VALUES ($1, $2, $3)';
const LINES = JSON.stringify([{ title: '明信片', unitAmount: 300, quantity: 1, amount: 300 }]);

export async function measureShop(): Promise<ShopResults> {
  const { origin, database, close } = await startShop();
  const load = openLoad(LIFETIME);
  await database.query(CREATE_PAYMENTS);

  let serial = 0;
  const names = (): string[] => Array.from({ length: BATCH }, () => `B${(serial += 1)}`);
  const orders: Created['order'][] = [];

  const bareOrder = async (name: string): Promise<void> => {
    const row = [name, null, name, 'hash', '明信片', LINES, '[]', '[]', 300];
    await database.query(INSERT_ORDER, row);
    const text = `appKey=${APP_KEY}&dealId=${DEAL_ID}&totalAmount=300&tpOrderId=${name}`;
    createSign('sha1').update(text).sign(merchantKeys.privateKey, 'base64');
  };
  type Signed = ReturnType<typeof paid>;
  const bareNotification = async ({ rsaSign, ...params }: Signed): Promise<void> => {
    const text = Object.entries<string>(params)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join('&');
    const genuine = createVerify('sha1')
      .update(text)
      .verify(platformKeys.publicKey, String(rsaSign), 'base64');
    if (!genuine) throw new Error('a genuine notification does not verify');
    const { orderId, tpOrderId, payMoney }: Record<string, string> = params;
    await database.query(INSERT_PAYMENT, [orderId, tpOrderId, payMoney]);
  };

  const asked = async <T>(path: string, posts: Post[], take: (data: T) => void): Promise<number> => {
    const url = `${origin}${path}`;
    const { milliseconds, bodies } = await load.send({ url, posts, connections: CONNECTIONS });
    for (const body of bodies) {
      const { errno, msg, data } = JSON.parse(body) as { errno: number; msg: string; data: T };
      if (errno !== 0) throw new Error(`${path} refused: ${msg}`);
      take(data);
    }
    return (posts.length * 1000) / milliseconds;
  };
  const cart = JSON.stringify({ items: [{ sku: 'postcard', quantity: 1 }] });
  const askForOrders = (): Promise<number> => {
    const posts = names().map(name => ({
      headers: { 'content-type': 'application/json', 'idempotency-key': name },
      body: cart,
    }));
    return asked<Created>('/shop/orders', posts, ({ order }) => orders.push(order));
  };
  const notify = (): Promise<number> => {
    const posts = orders.splice(0, BATCH).map(order => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(paid(order)).toString(),
    }));
    return asked('/shop/notify/pay', posts, () => undefined);
  };
  const invented = (): Signed[] => names().map(tpOrderId => paid({ tpOrderId, totalAmount: 300 }));

  /** A shop runs for days: both are measured once the engine has compiled what runs often. */
  const measure = async (loop: () => Promise<number>, asking: () => Promise<number>): Promise<PerSecond> => {
    await inTurns(WARM_UP, [loop, asking]);
    const [bare = [], shop = []] = await inTurns(ROUNDS, [loop, asking]);
    return { bare, shop };
  };
  try {
    return {
      orders: await measure(() => perSecond(names(), bareOrder), askForOrders),
      notifications: await measure(() => perSecond(invented(), bareNotification), notify),
    };
  } finally {
    load.close();
    await close();
  }
}
