/** Where notifications go, how long one may take, and what is kept of them. */
import { verifyNotification } from '../../merchant';
import { openDatabase } from '../../lib/database';
import { eventually } from '../helpers/eventually';
import { keyPair } from '../helpers/key-pair';
import {
  order,
  pay,
  platformKeys,
  startCashierTown,
  startMerchant,
  state,
  stopTowns,
  type Merchant,
} from './cashier-town';

jest.setTimeout(120_000);

const merchants: Merchant[] = [];
async function merchant(silent = false): Promise<Merchant> {
  const started = await startMerchant();
  if (silent) started.replies.push(...Array.from({ length: 500 }, () => 'silence' as const));
  merchants.push(started);
  return started;
}

afterEach(stopTowns);
afterAll(async () => {
  for (const each of merchants) await each.stop();
});

const toldOf = (each: Merchant, tpOrderId: string): number =>
  each.told.filter(({ params }) => params.tpOrderId === tpOrderId).length;

test('merchants that accept and never answer do not keep another one waiting', async () => {
  const town = await startCashierTown({ settings: { replyTimeout: 60_000 } });
  const silent = await Promise.all(Array.from({ length: 30 }, () => merchant(true)));
  await Promise.all(silent.map(({ origin }) => pay(town, order({ notifyUrl: `${origin}/pay` }))));
  await eventually(() => silent.every(({ told }) => told.length === 1));

  const orderInfo = order();
  await pay(town, orderInfo);
  // Long before any of the others is given up.
  await eventually(() => toldOf(town.merchant, orderInfo.tpOrderId) === 1, 20_000);
});

test('one merchant has a few notifications under way, and no more', async () => {
  const slow = await merchant(true);
  const town = await startCashierTown({ settings: { replyTimeout: 60_000 } });
  const orders = Array.from({ length: 12 }, () => order({ notifyUrl: `${slow.origin}/pay` }));
  await Promise.all(orders.map(each => pay(town, each)));
  const other = order();
  await pay(town, other);
  await eventually(() => toldOf(town.merchant, other.tpOrderId) === 1, 20_000);
  await eventually(() => slow.told.length === 4);
  // Several rounds later it is still the same four.
  await new Promise(done => setTimeout(done, 1000));
  expect(slow.told).toHaveLength(4);
});

test('the state shows the last attempts of a notification and how many there were', async () => {
  const town = await startCashierTown({ clockScale: 12_000, settings: { notifyRetryLimit: 14 } });
  const long = '长'.repeat(3000);
  town.merchant.replies.push(...Array.from({ length: 15 }, () => ({ body: `{"errno":1,"msg":"${long}"}` })));
  const { tpOrderId, ...rest } = order();
  await pay(town, { tpOrderId, ...rest });
  const [notification] = await eventually(async () => {
    const { notifications } = await state(town, tpOrderId);
    return notifications[0]?.state === 'given-up' && notifications;
  }, 60_000);
  expect(notification?.attemptCount).toBe(15);
  expect(notification?.attempts.map(({ number }) => number)).toEqual([11, 12, 13, 14, 15]);
  expect(JSON.stringify(notification).length).toBeLessThan(10_000);
});

test('two cashiers on one database sign alike, whatever keys they were started with', async () => {
  const database = await openDatabase();
  const stranger = keyPair();
  const first = await startCashierTown({ database });
  const second = await startCashierTown({ database, platformPrivateKey: stranger.privateKey });
  expect(second.cashier.platformPublicKey.equals(platformKeys.publicKey)).toBe(true);
  for (const town of [first, second]) {
    const orderInfo = order({ notifyUrl: `${second.merchant.origin}/pay` });
    await pay(town, orderInfo);
    const told = await eventually(() =>
      second.merchant.told.find(({ params }) => params.tpOrderId === orderInfo.tpOrderId),
    );
    expect(verifyNotification(told.body, platformKeys.publicKey).ok).toBe(true);
  }
  await stopTowns();
  await database.close();
});

test('without an address a notification is kept and not sent; an order’s own address still counts', async () => {
  const town = await startCashierTown({ payNotifyUrl: null, refundNotifyUrl: null });
  const kept = order();
  const own = order({ notifyUrl: `${town.merchant.origin}/mine` });
  await pay(town, kept);
  await pay(town, own);
  await eventually(() => toldOf(town.merchant, own.tpOrderId) === 1);
  expect((await state(town, kept.tpOrderId)).notifications).toMatchObject([
    { state: 'held', url: '', attempts: [], attemptCount: 0, params: { tpOrderId: kept.tpOrderId } },
  ]);
  expect((await state(town, kept.tpOrderId)).orders).toMatchObject([{ status: 2 }]);
});
