/** What a developer does with the cashier from outside: end a payment, decide about a call, send a notification again. */
import { waitFor } from '../helpers/wait-for';
import { requirePglite } from '../helpers/pglite';
import {
  call,
  openCashier,
  order,
  startCashierServer,
  state,
  useCashierServer,
} from '../helpers/cashier-server';

requirePglite();
jest.setTimeout(180_000);

const server = useCashierServer();

interface Simulated {
  status: number;
  charged: boolean;
  callbacks: { type: string; errCode?: number }[];
}

const simulate = (orderInfo: unknown, outcome?: string) =>
  call<Simulated>(server, 'POST', '/_simulate', { orderInfo, outcome });

const notificationOf = async (tpOrderId: string, from = server) =>
  (await state(from, tpOrderId)).notifications[0];
const notificationBecomes = (tpOrderId: string, wanted: string, from = server) =>
  waitFor(async () => (await notificationOf(tpOrderId, from))?.state === wanted);

describe('POST _simulate', () => {
  it('pays, and knows the order again, when its title ends in half an emoji', async () => {
    const orderInfo = { ...order(), dealTitle: '冷泡茉莉\uD83C' };
    expect((await simulate(orderInfo, 'cancelled')).data).toMatchObject({ status: 1 });
    expect((await simulate(orderInfo)).data).toMatchObject({ status: 2, charged: true });
    expect((await simulate(orderInfo)).data).toMatchObject({ status: 2, charged: false });
  });

  it.each([
    ['paid', 2, true, ['success']],
    ['cancelled', 1, false, [2]],
    ['paying-then-unpaid', 1, false, [1]],
    ['paid-but-cancelled', 2, true, [2]],
    ['silent-paid', 2, true, []],
    ['success-and-fail', 2, true, ['success', 6]],
  ])('ends the payment when the outcome is %s', async (outcome, status, charged, callbacks) => {
    const orderInfo = order();
    const { data } = await simulate(orderInfo, outcome);
    expect(data).toMatchObject({ status, charged });
    expect(data.callbacks.map(({ type, errCode }) => errCode ?? type)).toEqual(callbacks);
    const { orders, charges } = await state(server, orderInfo.tpOrderId);
    expect([orders[0]?.status, charges.length]).toEqual([status, charged ? 1 : 0]);
  });

  it('takes the money later when the outcome is paying-then-paid', async () => {
    const orderInfo = order();
    expect((await simulate(orderInfo, 'paying-then-paid')).data).toMatchObject({ status: 1, charged: false });
    await notificationBecomes(orderInfo.tpOrderId, 'done');
  });

  it('leaves an order as it is when it was paid before', async () => {
    const orderInfo = order();
    await simulate(orderInfo);
    expect((await simulate(orderInfo, 'cancelled')).data).toMatchObject({
      status: 2,
      charged: false,
      callbacks: [],
    });
  });

  it('makes a second payment of an order when another user pays it', async () => {
    const orderInfo = order();
    await simulate(orderInfo);
    const other = { orderInfo, userId: 2002 };
    expect((await call<Simulated>(server, 'POST', '/_simulate', other)).data).toMatchObject({
      charged: true,
    });
    expect((await call<Simulated>(server, 'POST', '/_simulate', other)).data).toMatchObject({
      charged: false,
    });
    const { orders, charges, notifications } = await state(server, orderInfo.tpOrderId);
    expect(orders.map(({ userId }) => userId)).toEqual([2002, 149235070]);
    expect(new Set(charges.map(({ orderId }) => orderId)).size).toBe(2);
    expect(notifications.map(({ params }) => params.userId)).toEqual(['2002', '149235070']);
  });

  it('names the parameter when userId is no whole number', async () => {
    for (const userId of ['2002', 0, 1.5, null, {}]) {
      const answer = await call(server, 'POST', '/_simulate', { orderInfo: order(), userId });
      expect(answer).toMatchObject({ status: 400, msg: expect.stringMatching(/^userId must be/) });
    }
  });

  it('names the outcomes when it is given another one', async () => {
    for (const outcome of ['sheet', 'payed', 7, null]) {
      const answer = await call(server, 'POST', '/_simulate', { orderInfo: order(), outcome });
      expect(answer).toMatchObject({
        status: 400,
        msg: expect.stringMatching(/^outcome must be one of paid, failed/),
      });
    }
  });
});

describe('a cashier call of another program', () => {
  interface Response {
    callId?: string;
    callbacks?: { type: string; errCode?: number }[];
  }
  const open = async (orderInfo: unknown) =>
    (await call<Response>(server, 'POST', '/cashier/calls', { orderInfo })).data;
  const read = async (callId = '') => (await call<Response>(server, 'GET', `/cashier/calls/${callId}`)).data;
  const decide = (callId = '', body: object = {}) =>
    call<Response>(server, 'POST', `/cashier/calls/${callId}`, body);

  it('waits, and ends as the user decides, when it is opened', async () => {
    const orderInfo = order({ totalAmount: 990, dealTitle: '水果' });
    const { callId } = await open(orderInfo);
    expect(await read(callId)).toEqual({});
    const { tpOrderId } = orderInfo;
    expect((await state(server)).calls).toMatchObject([{ callId, tpOrderId, title: '水果', amount: 990 }]);
    expect((await decide(callId)).data.callbacks).toMatchObject([{ type: 'success' }]);
    expect((await read(callId)).callbacks).toMatchObject([{ type: 'success' }]);
    expect((await state(server)).calls).toEqual([]);
    expect((await state(server, tpOrderId)).charges).toHaveLength(1);
    expect(await decide(callId, { outcome: 'cancelled' })).toMatchObject({
      status: 409,
      msg: 'This cashier call is over',
    });
  });

  it('ends when the order is paid by _simulate', async () => {
    const orderInfo = order();
    const { callId } = await open(orderInfo);
    await simulate(orderInfo, 'paid-but-cancelled');
    expect((await read(callId)).callbacks).toMatchObject([{ errCode: 2 }]);
  });

  it('ends as cancelled when the same order is opened again', async () => {
    const orderInfo = order();
    const first = await open(orderInfo);
    const second = await open(orderInfo);
    expect((await read(first.callId)).callbacks).toMatchObject([{ errCode: 2 }]);
    expect(await read(second.callId)).toEqual({});
    await decide(second.callId, { outcome: 'cancelled' });
  });

  it('takes the scripted outcome when the user confirms', async () => {
    await call(server, 'PUT', '/_faults', { payments: [{ outcome: 'failed', sheet: true }] });
    const { callId } = await open(order());
    expect((await decide(callId)).data.callbacks).toMatchObject([{ errCode: 6 }]);
  });

  it('answers at once when the script leaves nothing to decide, or the order is rejected', async () => {
    await call(server, 'PUT', '/_faults', { payments: ['cancelled'] });
    expect((await open(order())).callbacks).toMatchObject([{ errCode: 2 }]);
    expect((await open({ ...order(), totalAmount: '1' })).callbacks).toMatchObject([{ errCode: 6 }]);
  });

  it('fails when its order was paid on a sheet meanwhile: nothing is taken twice', async () => {
    const orderInfo = order();
    const { callId } = await open(orderInfo);
    await openCashier(server, orderInfo);
    await call(server, 'POST', '/cashier/pay', { orderInfo, channel: 'WeChat' });
    expect((await read(callId)).callbacks).toMatchObject([{ type: 'success' }]);
    expect((await state(server, orderInfo.tpOrderId)).charges).toHaveLength(1);
  });

  it('is charged once when three decisions come at once', async () => {
    const orderInfo = order();
    const { callId } = await open(orderInfo);
    const answers = await Promise.all([1, 2, 3].map(() => decide(callId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await state(server, orderInfo.tpOrderId)).charges).toHaveLength(1);
  });

  it('is refused when the callId or the outcome is unknown', async () => {
    for (const callId of ['0'.repeat(32), 'x']) {
      expect(await call(server, 'GET', `/cashier/calls/${callId}`)).toMatchObject({ status: 404 });
    }
    expect(await decide('0'.repeat(32))).toMatchObject({ status: 409 });
    const { callId } = await open(order());
    expect(await decide(callId, { outcome: 'sheet' })).toMatchObject({ status: 400 });
  });
});

describe('POST _resend', () => {
  const resend = (id: unknown, to = server) => call(to, 'POST', '/_resend', { id });

  it('sends a notification again with the same contents when it was acknowledged', async () => {
    const orderInfo = order();
    const { tpOrderId } = orderInfo;
    await simulate(orderInfo);
    await notificationBecomes(tpOrderId, 'done');
    const { id } = (await notificationOf(tpOrderId)) ?? {};
    expect(await resend(id)).toMatchObject({
      status: 200,
      data: { id, url: `${server.merchant.origin}/pay` },
    });
    const received = () => server.merchant.requests.filter(({ params }) => params.tpOrderId === tpOrderId);
    await waitFor(() => received().length === 2);
    expect(received()[1]?.body).toBe(received()[0]?.body);
  });

  it('sends a notification when it was held back', async () => {
    const orderInfo = order();
    await simulate(orderInfo, 'never-notified');
    expect(await notificationOf(orderInfo.tpOrderId)).toMatchObject({ state: 'held', attemptCount: 0 });
    await resend((await notificationOf(orderInfo.tpOrderId))?.id);
    await notificationBecomes(orderInfo.tpOrderId, 'done');
  });

  it('says what is missing when there is no address, and uses the address of a later start', async () => {
    const { database, merchant } = server;
    const silent = await startCashierServer({ database, merchant, payNotifyUrl: null });
    const orderInfo = order();
    await call(silent, 'POST', '/_simulate', { orderInfo });
    const { id, state: held } = (await notificationOf(orderInfo.tpOrderId)) ?? {};
    expect(held).toBe('held');
    expect(await resend(id, silent)).toMatchObject({
      status: 409,
      msg: 'This notification has no address: start again with --notify URL, then send it',
    });
    await silent.stop();
    expect(await resend(id)).toMatchObject({ status: 200 });
    await notificationBecomes(orderInfo.tpOrderId, 'done');
  });

  it('is refused when there is no such notification', async () => {
    expect(await resend(999_999)).toMatchObject({ status: 404, msg: 'There is no such notification' });
    for (const id of ['1', 0, 1.5, undefined]) {
      expect(await resend(id)).toMatchObject({ status: 400, msg: 'id must be a whole number' });
    }
  });
});

describe('Baidu’s server API at the root', () => {
  it('responds as below /baidu when it gets the same request', async () => {
    const root = server.url.replace(/\/baidu$/, '');
    const path = '/rest/2.0/smartapp/pay/paymentservice/findByTpOrderId?access_token=unknown';
    const wanted = { error_code: 110, error_msg: 'Access token invalid or no longer valid' };
    for (const base of [root, server.url]) expect(await (await fetch(base + path)).json()).toEqual(wanted);
  });
});
