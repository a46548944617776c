/** The shop's work between requests, against a Baidu that is played here: some of its answers the demo's never gives. */
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { openDatabase, type Database } from '../../demo/database';
import { json } from '../../scripts/requests';
import { paid, startShop, type RunningShop } from '../../scripts/running-shop';

jest.setTimeout(60_000);

type Params = Record<string, string>;
/** what Baidu says to a call, by the name of the call */
let answers: Record<string, (params: Params) => unknown>;
let baidu: FastifyInstance;
/** one for all tests, because opening takes longest */
let database: Database;
let shop: RunningShop;
let now = 1_800_000_000_000;

const HOUR = 3_600_000;

beforeAll(async () => {
  baidu = fastify();
  baidu.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
  baidu.post('/oauth/2.0/token', async () => ({ access_token: 'token', expires_in: 3600 }));
  baidu.all('/rest/2.0/smartapp/pay/paymentservice/:name', async request => {
    const { name } = request.params as { name: string };
    const params = { ...(request.query as Params), ...(request.body as Params | null) };
    return answers[name]?.(params) ?? { errno: 10_002, msg: 'unknown' };
  });
  await baidu.listen({ host: '127.0.0.1', port: 0 });
  database = await openDatabase();
});
afterAll(async () => {
  await baidu.close();
  await database.close();
});

beforeEach(async () => {
  const { port } = baidu.server.address() as AddressInfo;
  // What earlier tests have left open is too old to be closed.
  now += 10 * 24 * HOUR;
  shop = await startShop({
    database,
    baidu: { baseUrl: `http://127.0.0.1:${port}`, clientId: 'app-key', clientSecret: 'app-secret' },
    orderLifetime: HOUR,
    retryAfter: 50,
    clock: () => now,
  });
});
afterEach(() => shop.close());

const success = (data: unknown) => ({ errno: 0, msg: 'success', data });
const unpaid = ({ tpOrderId }: Params) =>
  success({ orderId: tpOrderId, tpOrderId, dealId: 1, userId: 2, status: 1, totalMoney: 100 });
/** Every refund is accepted; its number at Baidu is that of its order. */
const accepted = ({ tpOrderId }: Params) => success({ refundBatchId: tpOrderId, refundPayMoney: 100 });
/** 1 退款中, 2 退款成功 */
const listed = ({ tpOrderId }: Params, refundStatus: 1 | 2) =>
  success([{ refundBatchId: tpOrderId, refundStatus }]);
const notListed = () => success([]);
const down = () => 'Bad Gateway';

async function newOrder(): Promise<string> {
  now += 1000;
  return (await shop.order()).data.order.tpOrderId;
}

async function refundOf(tpOrderId: string): Promise<void> {
  await shop.notify(paid({ tpOrderId, totalAmount: 100 }));
  await shop.call(`/shop/orders/${tpOrderId}/refund`, json({}));
  expect(await shop.status(tpOrderId)).toBe('refunding');
}

async function until(there: () => Promise<boolean>): Promise<void> {
  while (!(await there())) await new Promise(next => setTimeout(next, 20));
}

const closedAtBaidu = async (tpOrderId: string) =>
  (await database.query('SELECT FROM shop.closings_at_baidu WHERE tp_order_id = $1', [tpOrderId])).rows
    .length > 0;

it('closes the other orders and settles refunds while Baidu will not close one', async () => {
  const [stubborn, next, refunded] = [await newOrder(), await newOrder(), await newOrder()];
  answers = {
    findByTpOrderId: unpaid,
    // Neither an error nor a success: the order was simply not closed.
    cancelOrder: ({ orderId }) => success(orderId !== stubborn),
    applyOrderRefund: accepted,
    findOrderRefund: params => listed(params, 2),
  };
  await refundOf(refunded);
  now += HOUR;
  shop.start();
  await until(() => closedAtBaidu(next));
  await until(async () => (await shop.status(refunded)) === 'refunded');
  expect(await closedAtBaidu(stubborn)).toBe(false);
});

it('settles refunds while Baidu answers no question about orders', async () => {
  const [, refunded] = [await newOrder(), await newOrder()];
  answers = {
    findByTpOrderId: down,
    applyOrderRefund: accepted,
    findOrderRefund: params => listed(params, 2),
  };
  await refundOf(refunded);
  now += HOUR;
  shop.start();
  await until(async () => (await shop.status(refunded)) === 'refunded');
});

describe('of more than it looks at in one round', () => {
  const MANY = 21;
  let older: string[];
  let newest: string;
  beforeEach(async () => {
    answers = {};
    older = [];
    while (older.length < MANY) older.push(await newOrder());
    newest = await newOrder();
  });
  const isNewest = ({ tpOrderId }: Params) => tpOrderId === newest;
  const refundAll = async () => {
    for (const tpOrderId of [...older, newest]) await refundOf(tpOrderId);
    now += HOUR;
    shop.start();
  };

  it('closes the newest order while Baidu will close none of the others', async () => {
    answers = { findByTpOrderId: unpaid, cancelOrder: ({ orderId }) => success(orderId === newest) };
    now += HOUR;
    shop.start();
    await until(() => closedAtBaidu(newest));
  });

  it('hears of the newest refund while the others stay under way', async () => {
    answers = {
      applyOrderRefund: accepted,
      findOrderRefund: params => listed(params, isNewest(params) ? 2 : 1),
    };
    await refundAll();
    await until(async () => (await shop.status(newest)) === 'refunded');
  });

  it('brings the newest refund to Baidu while the others do not get through', async () => {
    answers = { applyOrderRefund: down, findOrderRefund: notListed };
    await refundAll();
    answers = {
      applyOrderRefund: params => (isNewest(params) ? accepted(params) : down()),
      findOrderRefund: notListed,
    };
    const answered = 'SELECT FROM shop.refund_answers WHERE refund_batch_id = $1';
    await until(async () => (await database.query(answered, [newest])).rows.length > 0);
  });
});

it('says of an order that Baidu will not close that it was refused, and leaves it open', async () => {
  const stubborn = await newOrder();
  answers = { findByTpOrderId: unpaid, cancelOrder: () => success(false) };
  const answer = await shop.call(`/shop/orders/${stubborn}/close`, { method: 'POST' });
  expect(answer).toMatchObject({ status: 502, msg: '百度收银台未接受请求' });
  expect(await shop.status(stubborn)).toBe('unpaid');
});
