/**
 * Compares the demo's shop with a minimal baseline. An order: the same INSERT and one crypto.sign. A notification: one
 * crypto.verify and one INSERT. The shop gets HTTP requests from another process; the baseline is a loop in the shop's process
 * and on its embedded database, while no request is under way.
 */
import { createSign, createVerify } from 'node:crypto';
import type { Database } from '../../lib/database';
import {
  APP_KEY,
  DEAL_ID,
  merchantKeys,
  paid,
  platformKeys,
  startShop,
  type Created,
} from '../support/shop-server';
import { startLoadGenerator, type Post } from './load-generator';
import { interleave } from './statistics';

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

async function perSecond<T>(items: T[], work: (item: T) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (const item of items) await work(item);
  return (items.length * 1000) / (performance.now() - start);
}

const INSERT_ORDER = `
  INSERT INTO shop.orders (tp_order_id, shopper, idempotency_key, request_hash, title, lines, fees, discounts,
                           total_amount, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, now(), now() + interval '15 min')
  ON CONFLICT DO NOTHING RETURNING tp_order_id`;
const CREATE_PAYMENTS =
  'CREATE TABLE bare_payments (order_id int8 PRIMARY KEY, tp_order_id text, pay_money int8)';
const INSERT_PAYMENT = 'INSERT INTO bare_payments (order_id, tp_order_id, pay_money) VALUES ($1, $2, $3)';
const CART = JSON.stringify({ items: [{ sku: 'postcard', quantity: 1 }] });
const LINES = JSON.stringify([{ title: '明信片', unitAmount: 300, quantity: 1, amount: 300 }]);

type Signed = ReturnType<typeof paid>;

/** The least that an order and a notification need, in the shop's process and on its database. */
class Baseline {
  constructor(private readonly database: Database) {}

  async order(name: string): Promise<void> {
    const row = [name, null, name, 'hash', '明信片', LINES, '[]', '[]', 300];
    await this.database.query(INSERT_ORDER, row);
    const text = `appKey=${APP_KEY}&dealId=${DEAL_ID}&totalAmount=300&tpOrderId=${name}`;
    createSign('sha1').update(text).sign(merchantKeys.privateKey, 'base64');
  }

  async notification({ rsaSign, ...params }: Signed): Promise<void> {
    const text = Object.entries<string>(params)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`)
      .join('&');
    const isGenuine = createVerify('sha1')
      .update(text)
      .verify(platformKeys.publicKey, String(rsaSign), 'base64');
    if (!isGenuine) throw new Error('a genuine notification does not verify');
    const { orderId, tpOrderId, payMoney }: Record<string, string> = params;
    await this.database.query(INSERT_PAYMENT, [orderId, tpOrderId, payMoney]);
  }
}

/** Requests to the shop from another process. Each method returns how many per second were answered. */
class Requests {
  private readonly orders: Created['order'][] = [];

  constructor(
    private readonly origin: string,
    private readonly generator: ReturnType<typeof startLoadGenerator>,
  ) {}

  order(names: string[]): Promise<number> {
    const posts = names.map(name => ({
      headers: { 'content-type': 'application/json', 'idempotency-key': name },
      body: CART,
    }));
    return this.send<Created>('/shop/orders', posts, ({ order }) => this.orders.push(order));
  }

  /** Notifies the payments of the oldest orders that were not notified yet. */
  notify(): Promise<number> {
    const posts = this.orders.splice(0, BATCH).map(order => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(paid(order)).toString(),
    }));
    return this.send('/shop/notify/pay', posts, () => undefined);
  }

  /** @throws Error when the shop refuses one */
  private async send<T>(path: string, posts: Post[], take: (data: T) => void): Promise<number> {
    const url = `${this.origin}${path}`;
    const { milliseconds, bodies } = await this.generator.send({ url, posts, connections: CONNECTIONS });
    for (const body of bodies) {
      const { errno, msg, data } = JSON.parse(body) as { errno: number; msg: string; data: T };
      if (errno !== 0) throw new Error(`${path} refused: ${msg}`);
      take(data);
    }
    return (posts.length * 1000) / milliseconds;
  }
}

/** A shop runs for days: both are measured once the engine has compiled what runs often. */
async function compare(bareLoop: () => Promise<number>, requests: () => Promise<number>): Promise<PerSecond> {
  await interleave(WARM_UP, [bareLoop, requests]);
  const [bare = [], shop = []] = await interleave(ROUNDS, [bareLoop, requests]);
  return { bare, shop };
}

export async function measureShop(): Promise<ShopResults> {
  const { origin, database, close } = await startShop();
  const generator = startLoadGenerator(LIFETIME);
  const baseline = new Baseline(database);
  const requests = new Requests(origin, generator);
  await database.query(CREATE_PAYMENTS);

  let serial = 0;
  const names = (): string[] => Array.from({ length: BATCH }, () => `B${(serial += 1)}`);
  const notifications = (): Signed[] => names().map(tpOrderId => paid({ tpOrderId, totalAmount: 300 }));
  try {
    return {
      orders: await compare(
        () => perSecond(names(), name => baseline.order(name)),
        () => requests.order(names()),
      ),
      notifications: await compare(
        () => perSecond(notifications(), params => baseline.notification(params)),
        () => requests.notify(),
      ),
    };
  } finally {
    generator.close();
    await close();
  }
}
