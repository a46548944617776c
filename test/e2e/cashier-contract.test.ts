import { formatBeijingDay } from '../../sandbox/cashier/time-zone';
import { createClient, verifyNotification, type Client } from '../../merchant';
import { waitFor } from '../helpers/wait-for';
import { requirePglite } from '../helpers/pglite';
import {
  APP_KEY,
  call,
  CLIENT,
  openCashier,
  order,
  pay,
  platformKeys,
  state,
  useCashierServer,
} from '../helpers/cashier-server';

requirePglite();
jest.setTimeout(180_000);

const server = useCashierServer();
let client: Client;
beforeAll(async () => {
  client = clientOf({});
});

/** Only the base URL says that this is not Baidu. */
const clientOf = (change: Partial<Parameters<typeof createClient>[0]>): Client =>
  createClient({
    ...CLIENT,
    pmAppKey: APP_KEY,
    baseUrl: server.url,
    timeout: 2000,
    retryDelay: 1,
    ...change,
  });

const fault = (...api: object[]) => call(server, 'PUT', '/_faults', { api });

async function opened(): Promise<string> {
  const orderInfo = order();
  await openCashier(server, orderInfo);
  return orderInfo.tpOrderId;
}

async function paid() {
  const orderInfo = order();
  await pay(server, orderInfo);
  const { tpOrderId } = orderInfo;
  await waitFor(async () => (await state(server, tpOrderId)).orders[0]?.consumed === true);
  const requests = server.merchant.requests.find(({ params }) => params.tpOrderId === tpOrderId);
  const verified = verifyNotification(requests?.body ?? '', platformKeys.publicKey);
  if (!verified.ok || verified.kind !== 'pay') throw new Error('the notification does not verify');
  const { orderId, userId } = verified.notification;
  return { orderId, userId, tpOrderId };
}

type Paid = Awaited<ReturnType<typeof paid>>;

const refundOf = (of: Paid) => ({
  ...of,
  refundType: 'user' as const,
  refundReason: '不想要了',
  bizRefundBatchId: `R-${of.tpOrderId}`,
});

const businessError = (code: number) => ({
  ok: false,
  kind: 'business',
  code,
  retryable: expect.any(Boolean),
});

describe('查询订单', () => {
  it('returns the status, equal to the notification, when an order is unpaid, paid or closed', async () => {
    const tpOrderId = await opened();
    expect(await client.findByTpOrderId(tpOrderId)).toMatchObject({
      ok: true,
      data: { tpOrderId, status: 'unpaid', totalMoney: 11300 },
    });
    const notified = await paid();
    expect(await client.findByTpOrderId(notified.tpOrderId)).toMatchObject({
      ok: true,
      data: { status: 'paid', payMoney: 11300, ...notified },
    });
    await client.cancelOrder(tpOrderId);
    expect(await client.findByTpOrderId(tpOrderId)).toMatchObject({ data: { status: 'cancelled' } });
  });

  it('is a business failure when the order never reached the cashier', async () => {
    expect(await client.findByTpOrderId('nobody')).toMatchObject(businessError(10002));
  });

  it('returns cancelled when the payment was returned as abnormal', async () => {
    server.merchant.replies.push({ body: '{"errno":0,"data":{}}' });
    const orderInfo = order();
    await pay(server, orderInfo);
    await waitFor(async () => (await state(server, orderInfo.tpOrderId)).orders[0]?.status === -1);
    expect(await client.findByTpOrderId(orderInfo.tpOrderId)).toMatchObject({
      data: { status: 'cancelled' },
    });
  });
});

describe('关闭订单', () => {
  it('closes by tpOrderId and by orderId, also twice, when the order is unpaid, and fails when it is paid', async () => {
    const tpOrderId = await opened();
    expect(await client.cancelOrder(tpOrderId)).toEqual({ ok: true, data: true });
    expect(await client.cancelOrder(tpOrderId)).toEqual({ ok: true, data: true });

    const other = await client.findByTpOrderId(await opened());
    const orderId = other.ok ? other.data.orderId : '';
    expect(await client.cancelOrder({ orderId })).toEqual({ ok: true, data: true });
    expect(await client.cancelOrder({ orderId })).toEqual({ ok: true, data: true });

    const notified = await paid();
    expect(await client.cancelOrder(notified.tpOrderId)).toMatchObject({ ok: false, code: 'ORDER_PAID' });
    expect(await client.cancelOrder(notified)).toMatchObject(businessError(10002));
    expect(await client.cancelOrder({ orderId: '1' })).toMatchObject(businessError(10002));
  });
});

describe('申请退款, 查询退款, 通知退款状态', () => {
  it('is accepted, found and notified under the same refundBatchId when the order is paid', async () => {
    const of = await paid();
    const accepted = await client.applyOrderRefund({ ...refundOf(of), applyRefundMoney: 300 });
    expect(accepted).toEqual({
      ok: true,
      data: { refundBatchId: expect.stringMatching(/^\d+$/), refundPayMoney: 300 },
    });
    const refundBatchId = accepted.ok ? accepted.data.refundBatchId : '';
    await waitFor(async () => {
      const found = await client.findOrderRefund(of);
      return found.ok && found.data[0]?.refundStatus === 'success';
    });
    expect(await client.findOrderRefund(of)).toEqual({
      ok: true,
      data: [
        {
          bizRefundBatchId: `R-${of.tpOrderId}`,
          refundBatchId,
          orderId: of.orderId,
          userId: of.userId,
          refundStatus: 'success',
          refundStatusCode: 2,
        },
      ],
    });
    const requests = await waitFor(() =>
      server.merchant.requests.find(
        ({ path, params }) => path === '/refund' && params.refundBatchId === refundBatchId,
      ),
    );
    expect(verifyNotification(requests.body, platformKeys.publicKey)).toMatchObject({
      ok: true,
      kind: 'refund',
      params: { refundBatchId, refundStatus: '1', orderId: of.orderId },
    });
  });

  it('is the same refund when it is repeated', async () => {
    const of = await paid();
    const first = await client.applyOrderRefund(refundOf(of));
    expect(await client.applyOrderRefund(refundOf(of))).toEqual(first);
    expect((await state(server, of.tpOrderId)).refunds).toHaveLength(1);
  });

  it('is found as failed and notified as 2 when it fails', async () => {
    const of = await paid();
    // One that is still under way would take the scripted failure.
    await waitFor(async () => (await state(server)).refunds.every(({ status }) => status !== 1));
    await call(server, 'PUT', '/_faults', { refunds: ['fail'] });
    await client.applyOrderRefund(refundOf(of));
    await waitFor(async () => {
      const found = await client.findOrderRefund(of);
      return found.ok && found.data[0]?.refundStatus === 'failed';
    });
    const requests = await waitFor(() =>
      server.merchant.requests.find(
        ({ path, params }) => path === '/refund' && params.tpOrderId === of.tpOrderId,
      ),
    );
    expect(requests.params.refundStatus).toBe('2');
  });

  it.each<[string, (of: Paid) => Partial<Parameters<Client['applyOrderRefund']>[0]>, number]>([
    ['more than was paid', () => ({ applyRefundMoney: 11301 }), 10002],
    ['an order that is not ours', () => ({ tpOrderId: 'other' }), 10002],
    ['an orderId that is not ours', () => ({ orderId: 1 }), 10002],
    ["another user's userId", () => ({ userId: 5 }), 10001],
    ['an audit nobody answers', () => ({ audit: true }), 10002],
    ['a notification to a foreign host', () => ({ refundNotifyUrl: 'https://example.com/' }), 10001],
  ])('is a business failure when it is for %s', async (_what, change, code) => {
    const of = await paid();
    expect(await client.applyOrderRefund({ ...refundOf(of), ...change(of) })).toMatchObject(
      businessError(code),
    );
    expect((await state(server, of.tpOrderId)).refunds).toEqual([]);
  });

  it('is found under the user who paid alone when two users paid one order', async () => {
    const orderInfo = order();
    const { tpOrderId } = orderInfo;
    await call(server, 'POST', '/_simulate', { orderInfo });
    await call(server, 'POST', '/_simulate', { orderInfo, userId: 2002 });
    const ids = await waitFor(async () => {
      const { orders } = await state(server, tpOrderId);
      return orders.length === 2 && orders.every(each => each.consumed) && orders;
    });
    expect(await client.findByTpOrderId(tpOrderId)).toMatchObject({
      data: { status: 'paid', orderId: String(ids[1]?.orderId), userId: '149235070' },
    });
    const second = { tpOrderId, orderId: String(ids[0]?.orderId), userId: '2002' };
    expect(await client.applyOrderRefund({ ...refundOf(second), userId: '149235070' })).toMatchObject(
      businessError(10001),
    );
    expect(await client.applyOrderRefund(refundOf(second))).toMatchObject({ ok: true });
    expect(await client.findOrderRefund({ tpOrderId, userId: '149235070' })).toEqual({ ok: true, data: [] });
    expect(await client.findOrderRefund(second)).toMatchObject({
      data: [{ orderId: second.orderId, userId: '2002' }],
    });
    const { params } = await waitFor(() =>
      server.merchant.requests.find(
        request => request.path === '/refund' && request.params.tpOrderId === tpOrderId,
      ),
    );
    expect(params.userId).toBe('2002');
  });

  it('is a business failure of the query when the order is unknown', async () => {
    expect(await client.findOrderRefund({ tpOrderId: 'nobody', userId: 149235070 })).toMatchObject(
      businessError(10002),
    );
  });
});

describe('下载订单对账单, 下载资金账单', () => {
  it.each<'orderBill' | 'capitaBill'>(['orderBill', 'capitaBill'])(
    '%s becomes a file with the order in it when its job is done',
    async name => {
      const { tpOrderId } = await paid();
      const today = formatBeijingDay(Date.now());
      const url = await waitFor(async () => {
        const statement = await client[name](today);
        return statement.ok && statement.data.totalCount === 1 && statement.data.files[0]?.url;
      });
      expect(await (await fetch(url)).text()).toContain(tpOrderId);
    },
  );

  it('is a business failure when the day has not begun', async () => {
    expect(await client.orderBill('2999-01-01')).toMatchObject(businessError(10001));
  });
});

describe('access_token', () => {
  it('is a gateway failure when the credentials are wrong', async () => {
    const stranger = clientOf({ clientSecret: 'wrong' });
    expect(await stranger.findByTpOrderId('T')).toMatchObject({
      ok: false,
      kind: 'gateway',
      code: 'invalid_client',
    });
  });

  it('is a business failure when the pmAppKey is of another service', async () => {
    expect(await clientOf({ pmAppKey: 'MMMxyz' }).findByTpOrderId('T')).toMatchObject(businessError(60008));
  });

  it('is renewed without a failure when it expires meanwhile', async () => {
    const tpOrderId = await opened();
    const own = clientOf({});
    await own.findByTpOrderId(tpOrderId);
    await fault({ method: 'findByTpOrderId', fault: 'expire-token' });
    expect(await own.findByTpOrderId(tpOrderId)).toMatchObject({ ok: true });
  });
});

describe('failures on the way', () => {
  it.each([
    ['gateway', { code: 18 }, 'gateway', 18],
    ['business', { code: 10003 }, 'business', 10003],
    ['http', { code: 502 }, 'network', 502],
    ['invalid-json', {}, 'malformed', expect.anything()],
    ['disconnect', {}, 'network', expect.anything()],
  ])(
    'the client returns the failure without an exception when the fault is %s',
    async (name, more, kind, code) => {
      const tpOrderId = await opened();
      const impatient = clientOf({ retries: 0 });
      await impatient.findByTpOrderId(tpOrderId);
      await fault({ method: 'findByTpOrderId', fault: name, ...more });
      expect(await impatient.findByTpOrderId(tpOrderId)).toMatchObject({ ok: false, kind, code });
    },
  );

  it('the client returns a timeout when the call is slower than that', async () => {
    const tpOrderId = await opened();
    const impatient = clientOf({ retries: 0, timeout: 300 });
    await impatient.findByTpOrderId(tpOrderId);
    await fault({ method: 'findByTpOrderId', fault: 'delay', ms: 600 });
    expect(await impatient.findByTpOrderId(tpOrderId)).toMatchObject({ ok: false, kind: 'timeout' });
  });

  it('the client repeats a query but no refund when the response is lost, and the refund can be repeated by hand', async () => {
    const of = await paid();
    await fault(
      { method: 'findByTpOrderId', fault: 'disconnect' },
      { method: 'applyOrderRefund', fault: 'lose-response' },
    );
    expect(await client.findByTpOrderId(of.tpOrderId)).toMatchObject({ ok: true });
    expect(await client.applyOrderRefund(refundOf(of))).toMatchObject({ ok: false, kind: 'network' });
    expect((await state(server, of.tpOrderId)).refunds).toHaveLength(1);
    expect(await client.applyOrderRefund(refundOf(of))).toMatchObject({ ok: true });
    expect((await state(server, of.tpOrderId)).refunds).toHaveLength(1);
  });
});
