/**
 * The demo's shop against the least that any shop must do. An order: the same INSERT and one crypto.sign. A notification:
 * one crypto.verify and one INSERT. Requests are injected, so that no socket is measured; the database is embedded.
 */
import { createSign, createVerify } from 'node:crypto';
import { openDatabase } from '../../demo/database';
import { createServer } from '../../demo/server';
import { createShop } from '../../demo/shop';
import { APP_KEY, DEAL_ID, merchantKeys, paid, platformKeys } from '../../demo/shop/testing';
import { inTurns } from './statistics';

interface PerSecond {
  bare: number[];
  shop: number[];
}

export interface ShopResults {
  orders: PerSecond;
  notifications: PerSecond;
}

const ROUNDS = 7;
const BATCH = 200;

async function perSecond<T>(things: T[], work: (thing: T) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (const thing of things) await work(thing);
  return (things.length * 1000) / (performance.now() - start);
}

const INSERT_ORDER = `
  INSERT INTO shop.orders (tp_order_id, shopper, idempotency_key, request_digest, title, lines, fees, discounts,
                           total_amount, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11)
  ON CONFLICT DO NOTHING RETURNING tp_order_id`;
const CREATE_PAYMENTS =
  'CREATE TABLE bare_payments (order_id int8 PRIMARY KEY, tp_order_id text, pay_money int8)';
const INSERT_PAYMENT = 'INSERT INTO bare_payments (order_id, tp_order_id, pay_money) VALUES ($1, $2, $3)';
const LINES = JSON.stringify([{ title: '明信片', unitAmount: 300, quantity: 1, amount: 300 }]);

export async function measureShop(): Promise<ShopResults> {
  const database = await openDatabase();
  const shop = await createShop({
    database,
    origin: 'http://127.0.0.1:8790',
    privateKey: merchantKeys.privateKey,
    platformPublicKey: platformKeys.publicKey,
    appKey: APP_KEY,
    dealId: DEAL_ID,
    baidu: { baseUrl: 'http://127.0.0.1:9', clientId: 'app-key', clientSecret: 'app-secret' },
    log: () => undefined,
  });
  const server = createServer();
  await server.register(shop.plugin, { prefix: '/shop' });
  await database.query(CREATE_PAYMENTS);

  let serial = 0;
  const names = (): string[] => Array.from({ length: BATCH }, () => `B${(serial += 1)}`);
  const orders: { tpOrderId: string; totalAmount: number }[] = [];
  const payload = { items: [{ sku: 'postcard', quantity: 1 }] };

  const bareOrder = async (name: string): Promise<void> => {
    const now = Date.now();
    const row = [name, null, name, 'digest', '明信片', LINES, '[]', '[]', 300, now, now + 900000];
    await database.query(INSERT_ORDER, row);
    const text = `appKey=${APP_KEY}&dealId=${DEAL_ID}&totalAmount=300&tpOrderId=${name}`;
    createSign('sha1').update(text).sign(merchantKeys.privateKey, 'base64');
  };
  const shopOrder = async (name: string): Promise<void> => {
    const headers = { 'idempotency-key': name };
    const answer = await server.inject({ method: 'POST', url: '/shop/orders', headers, payload });
    const { errno, msg, data } = answer.json<{
      errno: number;
      msg: string;
      data: { order: (typeof orders)[0] };
    }>();
    if (errno !== 0) throw new Error(`no order: ${msg}`);
    orders.push(data.order);
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
  const shopNotification = async (params: Signed): Promise<void> => {
    const answer = await server.inject({
      method: 'POST',
      url: '/shop/notify/pay',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(params).toString(),
    });
    const { errno, msg } = answer.json<{ errno: number; msg: string }>();
    if (errno !== 0) throw new Error(`notification refused: ${msg}`);
  };
  const notices = (): Signed[] => orders.splice(0, BATCH).map(order => paid(order));
  const invented = (): Signed[] => names().map(tpOrderId => paid({ tpOrderId, totalAmount: 300 }));

  try {
    const [bare = [], ours = []] = await inTurns(ROUNDS, [
      () => perSecond(names(), bareOrder),
      () => perSecond(names(), shopOrder),
    ]);
    const [bareHeard = [], heard = []] = await inTurns(ROUNDS, [
      () => perSecond(invented(), bareNotification),
      () => perSecond(notices(), shopNotification),
    ]);
    return { orders: { bare, shop: ours }, notifications: { bare: bareHeard, shop: heard } };
  } finally {
    await shop.stop();
    await server.close();
    await database.close();
  }
}
