/** Where notifications go, how long one may take, and what is kept of them. */
import { verifyNotification, type OrderInfo } from '../../merchant';
import { openDatabase } from '../../lib/database';
import { waitFor } from '../helpers/wait-for';
import { requirePglite } from '../helpers/pglite';
import { createKeyPair } from '../../scripts/support/keys';
import {
  call,
  order,
  pay,
  platformKeys,
  startCashierServer,
  startMerchant,
  state,
  stopServers,
  type CashierServer,
  type Merchant,
} from '../helpers/cashier-server';

requirePglite();
jest.setTimeout(180_000);

const merchants: Merchant[] = [];
async function merchant(silent = false): Promise<Merchant> {
  const started = await startMerchant();
  if (silent) started.replies.push(...Array.from({ length: 500 }, () => 'no-response' as const));
  merchants.push(started);
  return started;
}

afterEach(stopServers);
afterAll(async () => {
  for (const each of merchants) await each.stop();
});

const toldOf = (each: Merchant, tpOrderId: string): number =>
  each.requests.filter(({ params }) => params.tpOrderId === tpOrderId).length;

test('a merchant is notified when 30 others accept connections and never respond', async () => {
  const server = await startCashierServer({ settings: { replyTimeout: 60_000 } });
  const silent = await Promise.all(Array.from({ length: 30 }, () => merchant(true)));
  await Promise.all(silent.map(({ origin }) => pay(server, order({ notifyUrl: `${origin}/pay` }))));
  await waitFor(() => silent.every(({ requests }) => requests.length === 1));

  const orderInfo = order();
  await pay(server, orderInfo);
  // Long before any of the others is given up.
  await waitFor(() => toldOf(server.merchant, orderInfo.tpOrderId) === 1, 20_000);
});

test('a merchant gets a few notifications at once when it never responds', async () => {
  const slow = await merchant(true);
  const server = await startCashierServer({ settings: { replyTimeout: 60_000 } });
  const orders = Array.from({ length: 12 }, () => order({ notifyUrl: `${slow.origin}/pay` }));
  await Promise.all(orders.map(each => pay(server, each)));
  const other = order();
  await pay(server, other);
  await waitFor(() => toldOf(server.merchant, other.tpOrderId) === 1, 20_000);
  await waitFor(() => slow.requests.length === 4);
  // Several rounds later it is still the same four.
  await new Promise(done => setTimeout(done, 1000));
  expect(slow.requests).toHaveLength(4);
});

test('a notification with a scripted delay comes after it, and not before, when the delay is longer than a retry', async () => {
  const server = await startCashierServer();
  await call(server, 'PUT', '/_faults', { notifications: [{ kind: 'pay', fault: 'delay', ms: 4000 }] });
  const orderInfo = order();
  await pay(server, orderInfo);
  const { charges, notifications } = await waitFor(async () => {
    const seen = await state(server, orderInfo.tpOrderId);
    return seen.notifications[0]?.state === 'done' && seen;
  });
  expect(notifications[0]?.attempts.map(({ number }) => number)).toEqual([1]);
  expect(notifications[0]?.attempts[0]?.startedAt).toBeGreaterThanOrEqual((charges[0]?.paidAt ?? 0) + 4000);
});

test('the state lists the last attempts and their number when a notification has failed often', async () => {
  const server = await startCashierServer({ clockScale: 12_000, settings: { notifyRetryLimit: 14 } });
  const long = '长'.repeat(3000);
  server.merchant.replies.push(
    ...Array.from({ length: 15 }, () => ({ body: `{"errno":1,"msg":"${long}"}` })),
  );
  const { tpOrderId, ...rest } = order();
  await pay(server, { tpOrderId, ...rest });
  const [notification] = await waitFor(async () => {
    const { notifications } = await state(server, tpOrderId);
    return notifications[0]?.state === 'given-up' && notifications;
  }, 60_000);
  expect(notification?.attemptCount).toBe(15);
  expect(notification?.attempts.map(({ number }) => number)).toEqual([11, 12, 13, 14, 15]);
  expect(JSON.stringify(notification).length).toBeLessThan(10_000);
});

test('two cashiers on one database sign alike when they were started with different keys', async () => {
  const database = await openDatabase();
  const stranger = createKeyPair();
  const first = await startCashierServer({ database });
  const second = await startCashierServer({ database, platformPrivateKey: stranger.privateKey });
  expect(second.cashier.platformPublicKey.equals(platformKeys.publicKey)).toBe(true);
  for (const server of [first, second]) {
    const orderInfo = order({ notifyUrl: `${second.merchant.origin}/pay` });
    await pay(server, orderInfo);
    const requests = await waitFor(() =>
      second.merchant.requests.find(({ params }) => params.tpOrderId === orderInfo.tpOrderId),
    );
    expect(verifyNotification(requests.body, platformKeys.publicKey).ok).toBe(true);
  }
  await stopServers();
  await database.close();
});

test('a notification is kept when the cashier has no address, and sent when the order has one', async () => {
  const server = await startCashierServer({ payNotifyUrl: null, refundNotifyUrl: null });
  const kept = order();
  const own = order({ notifyUrl: `${server.merchant.origin}/mine` });
  await pay(server, kept);
  await pay(server, own);
  await waitFor(() => toldOf(server.merchant, own.tpOrderId) === 1);
  expect((await state(server, kept.tpOrderId)).notifications).toMatchObject([
    { state: 'held', url: '', attempts: [], attemptCount: 0, params: { tpOrderId: kept.tpOrderId } },
  ]);
  expect((await state(server, kept.tpOrderId)).orders).toMatchObject([{ status: 2 }]);
});

test('notifications of earlier payments go to the address of the console, their own ones excepted, when it was corrected', async () => {
  const database = await openDatabase();
  const shop = await merchant();
  const start = (payNotifyUrl: string) =>
    startCashierServer({ database, merchant: shop, payNotifyUrl, clockScale: 1 });
  const wrong = await start(`${shop.origin}/wrong`);
  const [done, waiting, own] = [order(), order(), order({ notifyUrl: `${shop.origin}/mine` })];
  const notificationOf = async (server: CashierServer, { tpOrderId }: OrderInfo) =>
    (await state(server, tpOrderId)).notifications[0];
  await pay(wrong, done);
  await pay(wrong, own);
  await waitFor(() => [done, own].every(({ tpOrderId }) => toldOf(shop, tpOrderId) === 1));
  shop.replies.push({ status: 404, body: '' });
  await pay(wrong, waiting);
  await waitFor(async () => (await notificationOf(wrong, waiting))?.attemptCount === 1);
  await wrong.stop();

  const right = await start(`${shop.origin}/right`);
  expect(await notificationOf(right, waiting)).toMatchObject({
    state: 'waiting',
    url: `${shop.origin}/right`,
  });
  for (const each of [done, own])
    await call(right, 'POST', '/_resend', { id: (await notificationOf(right, each))?.id });
  await waitFor(() => [done, own].every(({ tpOrderId }) => toldOf(shop, tpOrderId) === 2));
  const pathsOf = ({ tpOrderId }: OrderInfo): string[] =>
    shop.requests.filter(({ params }) => params.tpOrderId === tpOrderId).map(({ path }) => path);
  expect([pathsOf(done), pathsOf(own)]).toEqual([
    ['/wrong', '/right'],
    ['/mine', '/mine'],
  ]);
  await stopServers();
  await database.close();
});

test('a notification is not sent again when the clock is set ahead during an attempt', async () => {
  const server = await startCashierServer({ settings: { replyTimeout: 5000 } });
  const { tpOrderId } = await payWithoutReply(server);
  const { now } = Date;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 20_000);
  try {
    await new Promise(resolve => setTimeout(resolve, 1500));
    expect(toldOf(server.merchant, tpOrderId)).toBe(1);
    const [notification] = (await state(server, tpOrderId)).notifications;
    await call(server, 'POST', '/_resend', { id: notification?.id });
    await waitFor(() => toldOf(server.merchant, tpOrderId) === 2);
  } finally {
    clock.mockRestore();
  }
});

/** An order whose notification is under way. */
async function payWithoutReply(server: CashierServer): Promise<OrderInfo> {
  server.merchant.replies.push('no-response');
  const orderInfo = order();
  await pay(server, orderInfo);
  await waitFor(() => toldOf(server.merchant, orderInfo.tpOrderId) === 1);
  return orderInfo;
}

describe('JSON that is nested too deeply to be written again', () => {
  const nested = (levels = 10_000): string => '['.repeat(levels) + ']'.repeat(levels);
  const simulate = (server: CashierServer, orderInfo: object, outcome?: string) =>
    call<{ reasons: string[] }>(server, 'POST', '/_simulate', { orderInfo, outcome });

  test('is left out of the notification when it is the returnData of a payment that comes later', async () => {
    const server = await startCashierServer();
    const orderInfo = { ...order(), bizInfo: `{"tpData":{"returnData":{"a":${nested()}}}}` };
    expect(await simulate(server, orderInfo, 'paying-then-paid')).toMatchObject({ status: 200 });
    const notified = await waitFor(() =>
      server.merchant.requests.find(({ params }) => params.tpOrderId === orderInfo.tpOrderId),
    );
    expect(notified.params.returnData).toBe('');
  });

  test('is a reply that is recorded as refused when it is the errno of the merchant', async () => {
    const server = await startCashierServer();
    server.merchant.replies.push({ body: `{"errno":${nested()}}` });
    const orderInfo = order();
    await pay(server, orderInfo);
    await waitFor(async () => {
      const [notification] = (await state(server, orderInfo.tpOrderId)).notifications;
      return notification?.attempts[0]?.explanation.startsWith('errno …: your backend refused');
    });
  });

  test('is refused with a reason when it is the totalAmount of an order', async () => {
    const server = await startCashierServer();
    const answer = await fetch(`${server.url}/_simulate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"orderInfo":${JSON.stringify(order()).replace('"11300"', nested())}}`,
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('totalAmount');
  });
});
