import { openDatabase, type Database } from '../../lib/database';
import type { OrderInfo } from '../../merchant';
import type { CashierState } from '../../sandbox/cashier';
import { silentWhenKilled, type KillableDatabase } from '../helpers/killable-database';
import { requirePglite } from '../helpers/pglite';
import { waitFor } from '../helpers/wait-for';
import {
  APP_KEY,
  call,
  CLIENT,
  order,
  startCashierServer,
  startMerchant,
  state,
  type CashierServer,
  type Merchant,
} from '../helpers/cashier-server';

const PATH = '/rest/2.0/smartapp/pay/paymentservice/';

requirePglite();

let merchant: Merchant;
let database: Database;
let mortal: KillableDatabase;
let server: CashierServer;

beforeAll(async () => {
  merchant = await startMerchant();
  database = await openDatabase();
  await start();
});
afterAll(async () => {
  await server.stop();
  await merchant.stop();
  await database.close();
});

async function start(): Promise<void> {
  mortal = silentWhenKilled(database);
  server = await startCashierServer({ database: mortal, merchant, settings: { replyTimeout: 300 } });
}

async function restart(): Promise<void> {
  await mortal.dead;
  await server.abandon();
  await start();
}

const post = (path: string, body: unknown): Promise<unknown> => call(server, 'POST', path, body);
const readState = (tpOrderId: string): Promise<CashierState> => state(server, tpOrderId);

async function baidu(method: string, fields: Record<string, string | number>): Promise<{ errno: number }> {
  const credentials = {
    grant_type: 'client_credentials',
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
  };
  const granted = await fetch(`${server.url}/oauth/2.0/token?${new URLSearchParams(credentials).toString()}`);
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const params = new URLSearchParams({ pmAppKey: APP_KEY });
  Object.entries(fields).forEach(([name, value]) => params.set(name, String(value)));
  const url = `${server.url}${PATH}${method}?access_token=${token}`;
  const response =
    method === 'applyOrderRefund'
      ? await fetch(url, { method: 'POST', body: params })
      : await fetch(`${url}&${params.toString()}`);
  return (await response.json()) as { errno: number };
}

const open = (orderInfo: OrderInfo) => post('/cashier/open', { orderInfo });
const pay = (orderInfo: OrderInfo) => post('/cashier/pay', { orderInfo, channel: 'WeChat' });
const simulate = (orderInfo: OrderInfo) => post('/_simulate', { orderInfo });

async function orderIdOf({ tpOrderId }: OrderInfo): Promise<number> {
  return (await readState(tpOrderId)).orders[0]?.orderId ?? 0;
}
const cancel = async (orderInfo: OrderInfo) => baidu('cancelOrder', { orderId: await orderIdOf(orderInfo) });
const refund = async (orderInfo: OrderInfo) =>
  baidu('applyOrderRefund', {
    orderId: await orderIdOf(orderInfo),
    tpOrderId: orderInfo.tpOrderId,
    userId: 149235070,
    refundType: 1,
    refundReason: '商品缺货',
    bizRefundBatchId: `R-${orderInfo.tpOrderId}`,
    isSkipAudit: 1,
  });

const consumed = (orderInfo: OrderInfo) =>
  waitFor(async () => (await readState(orderInfo.tpOrderId)).orders[0]?.consumed === true);

/** What must hold of every order after any kill: its parts agree, and nothing is there twice. */
function expectConsistent({ orders, charges, notifications, refunds }: CashierState): void {
  expect(orders).toHaveLength(1);
  expect(charges).toHaveLength(orders[0]?.status === 2 ? 1 : 0);
  expect(notifications.filter(({ kind }) => kind === 'pay')).toHaveLength(charges.length);
  const finished = refunds.filter(({ status }) => status !== 1);
  expect(notifications.filter(({ kind }) => kind === 'refund')).toHaveLength(finished.length);
  expect(refunds.length).toBeLessThanOrEqual(1);
}

const timesTold = (tpOrderId: string, path: string) =>
  merchant.requests.filter(requests => requests.path === path && requests.params.tpOrderId === tpOrderId)
    .length;

interface Scene {
  handler: string;
  sql: string;
  committed?: boolean;
  /** what the cashier was requests before, with nothing to die of */
  before?: (orderInfo: OrderInfo) => Promise<unknown>;
  act: (orderInfo: OrderInfo) => Promise<unknown>;
  /** refund: the whole way to a delivered refund notification */
  ends: 'open' | 'paid' | 'closed' | 'refunded';
}

const SCENES: Scene[] = [
  { handler: 'open', sql: 'INSERT INTO baidu.orders', act: open, ends: 'open' },
  { handler: 'open', sql: 'INSERT INTO baidu.orders', committed: true, act: open, ends: 'open' },
  { handler: 'pay', sql: 'INSERT INTO baidu.charges', act: pay, ends: 'paid' },
  { handler: 'pay', sql: 'INSERT INTO baidu.notifications', act: pay, ends: 'paid' },
  { handler: 'pay', sql: 'INSERT INTO baidu.notifications', committed: true, act: pay, ends: 'paid' },
  { handler: '_simulate', sql: 'INSERT INTO baidu.charges', act: simulate, ends: 'paid' },
  { handler: '_simulate', sql: 'INSERT INTO baidu.charges', committed: true, act: simulate, ends: 'paid' },
  { handler: 'the outbox', sql: 'SET attempts = attempts + 1', act: pay, ends: 'paid' },
  { handler: 'the outbox', sql: 'INSERT INTO baidu.attempts', act: pay, ends: 'paid' },
  { handler: 'the outbox', sql: 'SET consumed = true', committed: true, act: pay, ends: 'paid' },
  { handler: 'cancelOrder', sql: 'SET status = -1', before: open, act: cancel, ends: 'closed' },
  {
    handler: 'applyOrderRefund',
    sql: 'INSERT INTO baidu.refunds',
    before: pay,
    act: refund,
    ends: 'refunded',
  },
  {
    handler: 'applyOrderRefund',
    sql: 'INSERT INTO baidu.refunds',
    committed: true,
    before: pay,
    act: refund,
    ends: 'refunded',
  },
  {
    handler: 'the refund',
    sql: 'UPDATE baidu.refunds SET status',
    before: pay,
    act: refund,
    ends: 'refunded',
  },
];

/** Repeats what died, as its caller does, and waits until nothing is left to do. */
async function finish({ act, ends }: Scene, orderInfo: OrderInfo): Promise<CashierState> {
  await act(orderInfo);
  if (ends === 'open' || ends === 'closed') return readState(orderInfo.tpOrderId);
  return waitFor(async () => {
    const state = await readState(orderInfo.tpOrderId);
    const wanted = ends === 'paid' ? 'pay' : 'refund';
    return state.notifications.some(({ kind, state }) => kind === wanted && state === 'done') && state;
  });
}

it.each(
  SCENES.map(scene => [scene.handler, scene.sql, scene.committed ? 'committed' : 'written', scene] as const),
)(
  'nothing is lost or doubled when the cashier is killed inside %s and "%s" is %s',
  async (_handler, sql, _when, scene) => {
    const orderInfo = order();
    if (scene.before) await scene.before(orderInfo);
    if (scene.ends === 'refunded') await consumed(orderInfo);
    mortal.killAt({ sql, committed: scene.committed ?? false });
    await Promise.race([scene.act(orderInfo).catch(() => undefined), mortal.dead]);
    await restart();

    const found = await readState(orderInfo.tpOrderId);
    if (found.orders.length > 0) expectConsistent(found);
    if (scene.committed && scene.ends !== 'open') expect(found.charges).toHaveLength(1);

    const state = await finish(scene, orderInfo);
    expectConsistent(state);
    const status = { open: 1, paid: 2, closed: -1, refunded: 2 }[scene.ends];
    expect(state.orders[0]?.status).toBe(status);
    if (status === 2) expect(timesTold(orderInfo.tpOrderId, '/pay')).toBeGreaterThanOrEqual(1);
    if (scene.ends === 'refunded') {
      expect(state.refunds).toMatchObject([{ status: 2, money: 11300 }]);
      expect(timesTold(orderInfo.tpOrderId, '/refund')).toBeGreaterThanOrEqual(1);
    }
  },
);

it('an acknowledged payment is charged once and notified when the cashier is killed during many payments', async () => {
  const orders = Array.from({ length: 30 }, () => order());
  const acknowledged = new Set<string>();
  const paying = orders.map(orderInfo =>
    pay(orderInfo).then(
      () => {
        acknowledged.add(orderInfo.tpOrderId);
        // In the midst of the others.
        if (acknowledged.size === 12) mortal.kill();
      },
      () => undefined,
    ),
  );
  await mortal.dead;
  await restart();
  await Promise.all(paying);
  expect(acknowledged.size).toBeGreaterThanOrEqual(12);

  for (const { tpOrderId } of orders) {
    const state = await waitFor(async () => {
      const seen = await readState(tpOrderId);
      return seen.notifications.every(({ state }) => state === 'done') && seen;
    });
    if (state.orders.length > 0) expectConsistent(state);
    if (acknowledged.has(tpOrderId)) expect(state.charges).toHaveLength(1);
    if (state.charges.length > 0) expect(timesTold(tpOrderId, '/pay')).toBeGreaterThanOrEqual(1);
  }
});
