import { formatBeijingDay } from '../../sandbox/cashier/time-zone';
import { payReply, verifyNotification } from '../../merchant';
import { MAX_FEN } from '../../utils/order/money';
import { waitFor } from '../helpers/wait-for';
import {
  APP_KEY,
  call,
  type CashierServer,
  CLIENT,
  DEAL_ID,
  order,
  pay,
  platformKeys,
  startCashierServer,
  state,
  useCashierServer,
} from '../helpers/cashier-server';

jest.setTimeout(180_000);

const server = useCashierServer();
let token: string;
beforeAll(async () => {
  token = await newToken();
});

const USER = '149235070';
const PATH = '/rest/2.0/smartapp/pay/paymentservice/';

const credentials = {
  grant_type: 'client_credentials',
  client_id: CLIENT.clientId,
  client_secret: CLIENT.clientSecret,
  scope: 'smartapp_snsapi_base',
};

async function newToken(at: CashierServer = server): Promise<string> {
  const response = await fetch(`${at.url}/oauth/2.0/token?${String(new URLSearchParams(credentials))}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

interface Answered {
  errno?: number;
  msg?: string;
  data?: unknown;
  error_code?: number;
  error_msg?: string;
}

type Fields = Record<string, string | number>;

const form = (fields: Fields) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));

async function get(method: string, fields: Fields, at: CashierServer = server): Promise<Answered> {
  const query = form({ access_token: token, pmAppKey: APP_KEY, ...fields });
  return (await (await fetch(`${at.url}${PATH}${method}?${String(query)}`)).json()) as Answered;
}

async function refund(fields: Fields, at: CashierServer = server): Promise<Answered> {
  const response = await fetch(`${at.url}${PATH}applyOrderRefund?access_token=${token}`, {
    method: 'POST',
    body: form({ pmAppKey: APP_KEY, ...fields }),
  });
  return (await response.json()) as Answered;
}

/** An order that was opened, and paid and consumed when asked for. */
async function known(
  paid: boolean,
  at: CashierServer = server,
): Promise<{ tpOrderId: string; orderId: number }> {
  const orderInfo = order();
  if (paid) await pay(at, orderInfo);
  else await call(at, 'POST', '/cashier/open', { orderInfo });
  const seen = await waitFor(async () => {
    const [found] = (await state(at, orderInfo.tpOrderId)).orders;
    return found?.consumed === paid && found;
  });
  return { tpOrderId: orderInfo.tpOrderId, orderId: seen.orderId };
}

const refundOf = (paid: { tpOrderId: string; orderId: number }, more: Fields = {}): Fields => ({
  ...paid,
  userId: USER,
  refundType: 1,
  refundReason: '商品缺货',
  bizRefundBatchId: `R-${paid.tpOrderId}`,
  isSkipAudit: 1,
  ...more,
});

describe('the token', () => {
  it('is granted for a month when the secret is right, by GET and by POST', async () => {
    const url = `${server.url}/oauth/2.0/token`;
    const granted = {
      access_token: expect.stringMatching(/^24\./),
      expires_in: 2592000,
      refresh_token: expect.any(String),
      scope: expect.any(String),
      session_key: '',
      session_secret: '',
    };
    const byGet = await fetch(`${url}?${String(new URLSearchParams(credentials))}`);
    expect(await byGet.json()).toEqual(granted);
    const byPost = await fetch(url, { method: 'POST', body: new URLSearchParams(credentials) });
    expect(await byPost.json()).toEqual(granted);
  });

  it.each([
    [{ client_id: 'x' }, 'invalid_client', 'unknown client id'],
    [{ client_secret: 'x' }, 'invalid_client', 'Client authentication failed'],
    [{ grant_type: 'password' }, 'unsupported_grant_type', expect.any(String)],
  ])('is refused when the request has %j', async (change, error, description) => {
    const query = new URLSearchParams({ ...credentials, ...change });
    const response = await fetch(`${server.url}/oauth/2.0/token?${String(query)}`);
    expect(await response.json()).toEqual({ error, error_description: description });
  });

  it('gives the gateway error 110 when it is wrong or missing, and 111 when it has expired', async () => {
    const invalid = { error_code: 110, error_msg: 'Access token invalid or no longer valid' };
    expect(await get('findByTpOrderId', { access_token: 'x', tpOrderId: 'T' })).toEqual(invalid);
    const brief = await startCashierServer({ settings: { tokenLifetime: 0 }, merchant: server.merchant });
    const expired = await newToken(brief);
    expect(await get('findByTpOrderId', { access_token: expired, tpOrderId: 'T' }, brief)).toEqual({
      error_code: 111,
      error_msg: 'Access token expired',
    });
  });

  it.each<[string, string, RequestInit, string]>([
    ['missing', '', {}, 'access_token is missing in the query'],
    ['in the body', '', { method: 'POST', body: form({ access_token: '24.x' }) }, 'is in the body'],
    ['in a header', '', { method: 'POST', headers: { authorization: 'Bearer 24.x' } }, 'not in the header'],
    [
      'the App Secret',
      `?access_token=${CLIENT.clientSecret}`,
      { method: 'POST' },
      'access_token is the App Secret',
    ],
  ])('is asked for by its place when it is %s', async (_, query, request, named) => {
    const method = request.method === 'POST' ? 'applyOrderRefund' : 'findByTpOrderId';
    const response = await fetch(`${server.url}${PATH}${method}${query}`, request);
    const answer = (await response.json()) as Answered;
    expect(answer.error_code).toBe(110);
    expect(answer.error_msg).toMatch(/^Access token invalid or no longer valid: /);
    expect(answer.error_msg).toContain(named);
  });

  it('gives the gateway error 110 with the reason when the sandbox has another App Key since a restart', async () => {
    await server.database.query(`INSERT INTO baidu.tokens VALUES ('24.old', 'oldKey', ${Date.now() + 1e6})`);
    expect(await get('findByTpOrderId', { access_token: '24.old', tpOrderId: 'T' })).toEqual({
      error_code: 110,
      error_msg: expect.stringContaining('no longer valid: it was granted to the App Key oldKey'),
    });
  });

  it('is refused with 60008 when the pmAppKey is of another service', async () => {
    expect(await get('findByTpOrderId', { pmAppKey: 'MMMxyz', tpOrderId: 'T' })).toMatchObject({
      errno: 60008,
    });
  });
});

describe('findByTpOrderId', () => {
  it('returns the documented fields and types when an order is unpaid and when it is paid', async () => {
    const unpaid = await known(false);
    expect(await get('findByTpOrderId', { tpOrderId: unpaid.tpOrderId })).toMatchObject({
      errno: 0,
      data: { ...unpaid, status: 1, payMoney: 0, tradeNo: '' },
    });
    const paid = await known(true);
    const { data } = await get('findByTpOrderId', { tpOrderId: paid.tpOrderId });
    expect(data).toEqual({
      ...paid,
      dealId: 470193086,
      userId: Number(USER),
      status: 2,
      subStatus: 0,
      type: 0,
      count: 1,
      oriPrice: 11300,
      settlePrice: 11300,
      totalMoney: 11300,
      payMoney: 11300,
      tradeNo: expect.stringMatching(/.+/),
      payType: 1117,
      tpId: 0,
      createTime: expect.any(Number),
      parentOrderId: 0,
      parentType: 0,
      bizInfo: expect.stringContaining('swanFrom'),
      openId: expect.any(String),
      appKey: CLIENT.clientId,
      appId: 10026,
    });
    expect((data as { createTime: number }).createTime).toBeLessThan(1e11);
  });

  it('fails when the order was not opened, and names the parameter when that is missing', async () => {
    expect(await get('findByTpOrderId', { tpOrderId: 'nobody' })).toMatchObject({ errno: 10002, data: null });
    const missing = await get('findByTpOrderId', {});
    expect(missing).toMatchObject({ errno: 5010001 });
    expect(missing.msg).toContain('tpOrderId');
  });
});

describe('cancelOrder', () => {
  it('cancels nothing when it is called with HEAD', async () => {
    const { tpOrderId, orderId } = await known(false);
    const query = String(form({ access_token: token, pmAppKey: APP_KEY, orderId }));
    const response = await fetch(`${server.url}${PATH}cancelOrder?${query}`, { method: 'HEAD' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await state(server, tpOrderId)).orders).toMatchObject([{ status: 1 }]);
  });

  it('closes an unpaid order, which cannot be paid then, when it is called twice', async () => {
    const orderInfo = order();
    await call(server, 'POST', '/cashier/open', { orderInfo });
    const orderId = (await state(server, orderInfo.tpOrderId)).orders[0]?.orderId ?? 0;
    for (let i = 0; i < 2; i++) {
      expect(await get('cancelOrder', { orderId })).toEqual({ errno: 0, msg: 'success', data: true });
    }
    expect(await get('findByTpOrderId', { tpOrderId: orderInfo.tpOrderId })).toMatchObject({
      data: { status: -1 },
    });
    expect(await pay(server, orderInfo)).toMatchObject({ callbacks: [{ errCode: 6, errMsg: '订单已关闭' }] });
  });

  it('fails when the order is paid or unknown', async () => {
    const { orderId, tpOrderId } = await known(true);
    expect(await get('cancelOrder', { orderId })).toMatchObject({ errno: 10002, data: false });
    expect(await get('findByTpOrderId', { tpOrderId })).toMatchObject({ data: { status: 2 } });
    expect(await get('cancelOrder', { orderId: 1 })).toMatchObject({ errno: 10002, data: false });
    expect(await get('cancelOrder', { orderId: tpOrderId })).toMatchObject({ errno: 10001 });
  });

  it('ends closed or paid, never both, when a payment runs at the same time', async () => {
    for (let i = 0; i < 10; i++) {
      const orderInfo = order();
      await call(server, 'POST', '/cashier/open', { orderInfo });
      const orderId = (await state(server, orderInfo.tpOrderId)).orders[0]?.orderId ?? 0;
      const [closed, answer] = await Promise.all([get('cancelOrder', { orderId }), pay(server, orderInfo)]);
      const paid = 'callbacks' in answer && answer.callbacks[0]?.type === 'success';
      expect(paid).toBe(closed.errno !== 0);
      expect((await state(server, orderInfo.tpOrderId)).charges).toHaveLength(paid ? 1 : 0);
    }
  });
});

describe('applyOrderRefund', () => {
  const settled = (tpOrderId: string, batches = 1) =>
    waitFor(async () => {
      const { refunds, notifications } = await state(server, tpOrderId);
      const requests = notifications.filter(({ kind, state }) => kind === 'refund' && state === 'done');
      return requests.length === batches && { refunds, requests };
    });

  it('is accepted, and notified with a signature later, when an order is paid', async () => {
    const paid = await known(true);
    const accepted = await refund(refundOf(paid));
    expect(accepted).toEqual({
      errno: 0,
      msg: 'success',
      data: { refundBatchId: expect.stringMatching(/^\d+$/), refundPayMoney: 11300 },
    });
    const { refundBatchId } = accepted.data as { refundBatchId: string };
    await settled(paid.tpOrderId);
    expect(await get('findOrderRefund', { tpOrderId: paid.tpOrderId, userId: USER })).toEqual({
      errno: 0,
      msg: 'success',
      data: [
        {
          bizRefundBatchId: `R-${paid.tpOrderId}`,
          orderId: paid.orderId,
          refundBatchId: Number(refundBatchId),
          refundStatus: 2,
          userId: Number(USER),
        },
      ],
    });
    const requests = server.merchant.requests.filter(
      ({ path, params }) => path === '/refund' && params.refundBatchId === refundBatchId,
    );
    expect(requests).toHaveLength(1);
    expect(Object.keys(requests[0]?.params ?? {}).sort()).toEqual(
      ['orderId', 'refundBatchId', 'refundStatus', 'rsaSign', 'tpOrderId', 'userId'].sort(),
    );
    expect(requests[0]?.params.refundStatus).toBe('1');
    expect(verifyNotification(requests[0]?.body ?? '', platformKeys.publicKey)).toMatchObject({
      ok: true,
      kind: 'refund',
    });
  });

  it('is 退款中 when it was accepted and is not carried out yet', async () => {
    const slow = await startCashierServer({ clockScale: 1, merchant: server.merchant });
    token = await newToken(slow);
    const paid = await known(true, slow);
    await refund(refundOf(paid), slow);
    expect(await get('findOrderRefund', { tpOrderId: paid.tpOrderId, userId: USER }, slow)).toMatchObject({
      data: [{ refundStatus: 1 }],
    });
    token = await newToken();
  });

  it('makes one refund when it is sent 10 times at once', async () => {
    const paid = await known(true);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(refundOf(paid))));
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errno).toBe(0);
    expect((await settled(paid.tpOrderId)).refunds).toHaveLength(1);
    expect(await refund(refundOf(paid, { applyRefundMoney: 5 }))).toMatchObject({ errno: 10002 });
  });

  it('never refunds more than was paid when parts are sent at once', async () => {
    const paid = await known(true);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        refund(refundOf(paid, { bizRefundBatchId: `P${i}-${paid.tpOrderId}`, applyRefundMoney: 3000 })),
      ),
    );
    expect(answers.filter(({ errno }) => errno === 0)).toHaveLength(3);
    const { refunds } = await settled(paid.tpOrderId, 3);
    expect(refunds.reduce((sum, { money }) => sum + money, 0)).toBe(9000);
    expect(await refund(refundOf(paid))).toMatchObject({
      errno: 10002,
      msg: expect.stringContaining('可退 2300 分'),
    });
  });

  it('is notified as 2 and found as 3 when it is scripted to fail or beyond the daily limit', async () => {
    const paid = await known(true);
    // One that is still under way would take the scripted failure.
    await waitFor(async () => (await state(server)).refunds.every(({ status }) => status !== 1));
    await call(server, 'PUT', '/_faults', { refunds: ['fail'] });
    await refund(refundOf(paid));
    const { refunds: scripted, requests } = await settled(paid.tpOrderId);
    expect(requests[0]?.params.refundStatus).toBe('2');
    expect(scripted.map(({ statusReason }) => statusReason)).toEqual(['scripted']);
    expect(server.log).toContain(`refund ${scripted[0]?.refundBatchId} failed: scripted in _faults`);
    expect(await get('findOrderRefund', { tpOrderId: paid.tpOrderId, userId: USER })).toMatchObject({
      data: [{ refundStatus: 3 }],
    });

    const poor = await startCashierServer({
      settings: { dailyRefundLimit: 11300 },
      merchant: server.merchant,
    });
    token = await newToken(poor);
    const both = [await known(true, poor), await known(true, poor)];
    for (const one of both) await refund(refundOf(one), poor);
    const results = await waitFor(async () => {
      const { refunds } = await state(poor);
      return (
        refunds.every(({ status }) => status !== 1) &&
        refunds.map(({ status, statusReason }) => `${status} ${statusReason}`).sort()
      );
    });
    expect(results).toEqual(['2 null', '3 daily-limit']);
    expect(poor.log.join('\n')).toContain('more than 113.00 yuan would be refunded today');
    token = await newToken();
  });

  it('fails by the daily limit, and stops no notification, when more was given back today than a number holds', async () => {
    const rich = await startCashierServer();
    token = await newToken(rich);
    for (const orderInfo of [order({ totalAmount: MAX_FEN }), order({ totalAmount: MAX_FEN })]) {
      rich.merchant.replies.push({ body: JSON.stringify(payReply({ abnormalRefund: true })) });
      await pay(rich, orderInfo);
      await waitFor(async () => (await state(rich, orderInfo.tpOrderId)).orders[0]?.status === -1);
    }
    const paid = await known(true, rich);
    await refund(refundOf(paid, { applyRefundMoney: 1 }), rich);
    await waitFor(async () => (await state(rich, paid.tpOrderId)).refunds[0]?.statusReason === 'daily-limit');
    await known(true, rich);
    token = await newToken();
  });

  it('waits when the order is not consumed yet', async () => {
    server.merchant.replies.push(...Array.from({ length: 500 }, () => ({ body: '{"errno":1}' })));
    const orderInfo = order();
    await pay(server, orderInfo);
    const { tpOrderId } = orderInfo;
    const orderId = (await state(server, tpOrderId)).orders[0]?.orderId ?? 0;
    await refund(refundOf({ tpOrderId, orderId }));
    const [waiting] = (await state(server, tpOrderId)).refunds;
    expect(waiting).toMatchObject({ status: 1, statusReason: 'not-consumed' });
    expect(server.log.join('\n')).toContain(`refund ${waiting?.refundBatchId} of order ${orderId} waits`);
    server.merchant.replies.length = 0;
    const { refunds, requests } = await settled(tpOrderId);
    expect(refunds[0]?.statusReason).toBeNull();
    const consumed = (await state(server, tpOrderId)).notifications
      .find(({ kind }) => kind === 'pay')
      ?.attempts.at(-1);
    expect(consumed?.verdict).toBe('done');
    expect(requests[0]?.attempts[0]?.startedAt).toBeGreaterThanOrEqual(consumed?.finishedAt ?? Infinity);
  });

  it('is carried out all the same when the payment is given back before it is consumed', async () => {
    server.merchant.replies.push(...Array.from({ length: 500 }, () => ({ body: '{"errno":1}' })));
    const orderInfo = order();
    await pay(server, orderInfo);
    const { tpOrderId } = orderInfo;
    const orderId = (await state(server, tpOrderId)).orders[0]?.orderId ?? 0;
    await refund(refundOf({ tpOrderId, orderId }, { applyRefundMoney: 1300 }));
    server.merchant.replies.splice(0, Infinity, { body: JSON.stringify(payReply({ abnormalRefund: true })) });
    const { refunds, requests } = await settled(tpOrderId);
    expect(refunds.map(({ money, status }) => [money, status])).toEqual([
      [10000, 2],
      [1300, 2],
    ]);
    expect(requests[0]?.params.refundStatus).toBe('1');
  });

  it('is for the whole order only, and refunds what was paid, when the order has a promotion', async () => {
    await call(server, 'PUT', '/_faults', { promoMoney: 300 });
    const paid = await known(true);
    expect(await refund(refundOf(paid, { applyRefundMoney: 100 }))).toMatchObject({ errno: 10002 });
    expect(await refund(refundOf(paid))).toMatchObject({ errno: 0, data: { refundPayMoney: 11000 } });
  });

  it.each<[Fields, number, string]>([
    [{ orderId: 1 }, 10002, '订单未找到'],
    [{ tpOrderId: 'other' }, 10002, '订单未找到'],
    [{ userId: 7 }, 10001, 'userId'],
    [{ refundType: 4 }, 10001, 'refundType'],
    [{ refundReason: '' }, 5010001, 'refundReason'],
    [{ bizRefundBatchId: '' }, 5010001, 'bizRefundBatchId'],
    [{ isSkipAudit: '' }, 5010001, 'isSkipAudit'],
    [{ isSkipAudit: 0 }, 10002, 'isSkipAudit=1'],
    [{ applyRefundMoney: 0 }, 10001, 'applyRefundMoney'],
    [{ applyRefundMoney: '1.00' }, 10001, 'applyRefundMoney'],
    [{ applyRefundMoney: 11301 }, 10002, '可退 11300 分'],
    [{ orderId: '20261130161335745594' }, 10001, 'orderId must be digits, at most 9007199254740991'],
    [{ refundNotifyUrl: 'http://example.com/' }, 10001, 'refundNotifyUrl'],
  ])('is refused with the name of the parameter when it has %j', async (change, errno, named) => {
    const paid = await known(true);
    const answer = await refund(refundOf(paid, change));
    expect(answer).toMatchObject({ errno, data: null });
    expect(answer.msg).toContain(named);
    expect((await state(server, paid.tpOrderId)).refunds).toEqual([]);
  });

  it('is refused when the order is unpaid, and accepted when optional parameters are empty', async () => {
    expect(await refund(refundOf(await known(false)))).toMatchObject({ errno: 10002 });
    const paid = await known(true);
    expect(await refund(refundOf(paid, { applyRefundMoney: '', refundNotifyUrl: '' }))).toMatchObject({
      errno: 0,
      data: { refundPayMoney: 11300 },
    });
  });
});

describe('statements', () => {
  const today = () => formatBeijingDay(Date.now());
  type Job = {
    totalCount: number;
    data: { createTime: string; downloadName: string; exportStatus: number; url: string }[];
  };
  const job = async (method: string) => ((await get(method, { billTime: today() })).data as Job).data[0];

  it.each([
    ['orderBill', /支付.*爱鲜蜂/],
    ['capitaBill', /手续费.*-68/],
  ])('a statement is a job first and then a file when it is requested by %s', async (method, content) => {
    const { tpOrderId } = await known(true);
    expect(await job(method)).toMatchObject({ exportStatus: 1, url: '' });
    const ready = await waitFor(async () => {
      const now = await job(method);
      return now?.exportStatus === 2 && now;
    });
    expect(ready.createTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const file = await fetch(ready.url);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toContain(ready.downloadName);
    const lines = (await file.text()).split('\r\n').filter(line => line.includes(tpOrderId));
    expect(lines.join('\n')).toMatch(content);
  });

  it('a statement quotes a title when a spreadsheet would run it', async () => {
    const orderInfo = order({ dealTitle: '=1+1,"x"' });
    await pay(server, orderInfo);
    const response = await fetch(`${server.url}/_statement?kind=order&day=${today()}`);
    expect(await response.text()).toContain(`"'=1+1,""x"""`);
  });

  it.each(['2026-02-30', '20260901', '2999-01-01', '2020-01-01', 'x'])(
    'a statement is refused when the day is %s',
    async billTime => {
      expect(await get('orderBill', { billTime })).toMatchObject({ errno: 10001 });
      const response = await fetch(`${server.url}/_statement?kind=order&day=${billTime}`);
      expect(response.status).toBe(400);
    },
  );

  it('a statement is a 404 when its file name is guessed', async () => {
    expect((await fetch(`${server.url}/statements/${'0'.repeat(32)}.csv`)).status).toBe(404);
    expect((await fetch(`${server.url}/statements/..%2f..%2fx`)).status).toBe(404);
  });
});

describe('scripted faults of the server API', () => {
  it.each([
    [{ fault: 'gateway', code: 18 }, { error_code: 18 }],
    [{ fault: 'business', code: 10003 }, { errno: 10003 }],
    [{ fault: 'delay', ms: 50 }, { errno: 0 }],
    [{ fault: 'expire-token' }, { error_code: 111 }],
  ])('the next call gets the fault once when it is %j', async (fault, seen) => {
    const { tpOrderId } = await known(false);
    token = await newToken();
    await call(server, 'PUT', '/_faults', { api: [{ method: 'findByTpOrderId', ...fault }] });
    expect(await get('findByTpOrderId', { tpOrderId })).toMatchObject(seen);
    token = await newToken();
    expect(await get('findByTpOrderId', { tpOrderId })).toMatchObject({ errno: 0 });
  });

  it('a call fails when the fault is one of HTTP or connection, and its work is done when only the response is lost', async () => {
    const { tpOrderId, orderId } = await known(false);
    const raw = () =>
      fetch(
        `${server.url}${PATH}cancelOrder?${String(form({ access_token: token, pmAppKey: APP_KEY, orderId }))}`,
      );
    const script = (fault: object) =>
      call(server, 'PUT', '/_faults', { api: [{ method: 'cancelOrder', ...fault }] });

    await script({ fault: 'http', code: 502 });
    expect((await raw()).status).toBe(502);
    await script({ fault: 'invalid-json' });
    expect(await (await raw()).text()).toContain('<html>');
    await script({ fault: 'disconnect' });
    await expect(raw()).rejects.toThrow('fetch failed');
    expect((await state(server, tpOrderId)).orders[0]?.status).toBe(1);
    await script({ fault: 'lose-response' });
    await expect(raw()).rejects.toThrow('fetch failed');
    expect((await state(server, tpOrderId)).orders[0]?.status).toBe(-1);
  });
});

describe('invalid calls of the server API', () => {
  it('a call is refused when a parameter has two values, a NUL, or is not UTF-8', async () => {
    const { tpOrderId } = await known(false);
    const twice = await fetch(
      `${server.url}${PATH}findByTpOrderId?access_token=${token}&pmAppKey=${APP_KEY}&tpOrderId=${tpOrderId}&tpOrderId=x`,
    );
    const refused = (msg: string) => ({ error_code: 100, error_msg: `Invalid parameter: ${msg}` });
    expect(await twice.json()).toEqual(refused('tpOrderId is given twice'));
    expect(await get('findByTpOrderId', { tpOrderId: 'a\0b' })).toEqual(refused('tpOrderId holds a NUL'));
    // 缺货 in GBK
    const gbk = await fetch(`${server.url}${PATH}applyOrderRefund?access_token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'refundReason=%C8%B1%BB%F5',
    });
    expect(await gbk.json()).toEqual(refused('refundReason is not UTF-8, the only charset of Baidu'));
  });

  it('a call is a 413 with a gateway error when it has more than 64 KiB', async () => {
    const response = await fetch(`${server.url}${PATH}applyOrderRefund?access_token=${token}`, {
      method: 'POST',
      body: form({ refundReason: 'x'.repeat(65536) }),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error_code: 100 });
  });

  it('a call is a 404 in the envelope when the method is unknown', async () => {
    expect(await get('nothing', {})).toMatchObject({ errno: 404 });
  });

  it.each(['application/json', 'text/plain', 'application/xml', 'multipart/form-data; boundary=x'])(
    'a refund is told to be sent as a form when its body is %s',
    async type => {
      const paid = await known(true);
      const body = JSON.stringify({ pmAppKey: APP_KEY, ...refundOf(paid) });
      for (const mount of ['', '/baidu']) {
        const url = `${new URL(server.url).origin}${mount}${PATH}applyOrderRefund?access_token=${token}`;
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
        const answer = (await response.json()) as { error_code?: number; error_msg?: string };
        expect(answer.error_code).toBe(100);
        expect(answer.error_msg).toContain('send the parameters as application/x-www-form-urlencoded');
        expect(answer.error_msg).toContain(type.split(';')[0]);
        expect(answer.error_msg).not.toMatch(/as application\/json/);
      }
      expect((await state(server, paid.tpOrderId)).refunds).toEqual([]);
    },
  );

  it('the token is refused with the type to send when its body is JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(credentials);
    const response = await fetch(`${server.url}/oauth/2.0/token`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: expect.stringContaining('application/x-www-form-urlencoded'),
    });
  });

  it.each([
    ['POST', 'findByTpOrderId', 'GET'],
    ['PUT', 'findByTpOrderId', 'GET'],
    ['GET', 'applyOrderRefund', 'POST'],
    ['POST', 'cancelOrder', 'GET'],
  ])(
    'a call is a 405 with the right method and without the token when it is %s %s',
    async (method, name, right) => {
      for (const mount of ['', '/baidu']) {
        const url = `${new URL(server.url).origin}${mount}${PATH}${name}?access_token=${token}&pmAppKey=${APP_KEY}`;
        const response = await fetch(url, { method });
        const text = await response.text();
        expect([response.status, response.headers.get('allow')]).toEqual([405, right]);
        expect(JSON.parse(text)).toEqual({
          errno: 405,
          msg: `${name} is a ${right}, and this was a ${method}`,
          data: null,
        });
        expect(text).not.toContain(token);
      }
    },
  );

  it('a call shows no token in its answer when the path is unknown', async () => {
    const { origin } = new URL(server.url);
    for (const path of [`${PATH}findByTpOrderid`, `/baidu${PATH}refund`, '/baidu/rest/2.0/other']) {
      const response = await fetch(`${origin}${path}?access_token=${token}`);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain(token);
    }
  });

  it('a call names the calls there are when its name is unknown', async () => {
    expect((await get('findbytporderid', {})).msg).toBe(
      'The payment service has no findbytporderid; it has findByTpOrderId, cancelOrder, applyOrderRefund, findOrderRefund, orderBill, capitaBill',
    );
  });

  it.each([
    [
      { client_id: APP_KEY },
      `client_id is the payment appKey; client_id must be the App Key of the mini-program`,
    ],
    [{ client_id: DEAL_ID }, `client_id is the dealId; client_id must be the App Key of the mini-program`],
    [
      { client_id: CLIENT.clientSecret, client_secret: CLIENT.clientId },
      'client_id is the App Secret; client_id must be the App Key of the mini-program',
    ],
    [
      { client_secret: CLIENT.clientId },
      'client_secret is the App Key of the mini-program; client_secret must be its App Secret',
    ],
  ])('the token is refused with the name of the mix-up when the request has %j', async (change, words) => {
    const query = new URLSearchParams({ ...credentials, ...change });
    const response = await fetch(`${server.url}/oauth/2.0/token?${String(query)}`);
    const { error, error_description: description } = (await response.json()) as Record<string, string>;
    expect([error, description]).toEqual(['invalid_client', words]);
    expect(description).not.toContain(CLIENT.clientSecret);
  });

  it.each([
    [
      CLIENT.clientId,
      `支付服务不存在: pmAppKey is the App Key of the mini-program; it must be the payment appKey ${APP_KEY}`,
    ],
    [DEAL_ID, `支付服务不存在: pmAppKey is the dealId; it must be the payment appKey ${APP_KEY}`],
    ['MMother', '支付服务不存在'],
  ])('a call names the mix-up when pmAppKey is %s', async (pmAppKey, msg) => {
    expect(await get('findByTpOrderId', { pmAppKey, tpOrderId: 'T' })).toEqual({
      errno: 60008,
      msg,
      data: null,
    });
  });
});

it('the cashier serves the console page and its assets when they are requested', async () => {
  const page = await (await fetch(`${server.url}/console/`)).text();
  expect(page).toContain('console.js');
  for (const file of ['console.js', 'console.css', 'cashier.js', 'cashier.css']) {
    const response = await fetch(`${server.url}/${file}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(500);
  }
});

it('a browser shows the console in no frame when a page of another site has one', async () => {
  const { headers } = await fetch(`${server.url}/console`);
  expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
});

describe('the API 1.0', () => {
  const REFUND = 'use POST /rest/2.0/smartapp/pay/paymentservice/applyOrderRefund.';
  const REST = '/nop/server/rest';

  it.each([
    ['POST', REST, { method: 'nuomi.cashier.applyorderrefund' }, REFUND],
    ['GET', REST, { method: 'nuomi.cashier.applyorderrefund' }, REFUND],
    ['POST', REST, { method: 'nuomi.cashier.syncorderstatus' }, '2.0 has no write-off'],
    ['GET', REST, {}, 'applyOrderRefund for refunds.'],
    ['POST', '/cashier/applyOrderRefund', {}, REFUND],
    ['POST', '/cashier/syncOrderStatus', {}, '2.0 has no write-off'],
    [
      'GET',
      '/platform/entity/openapi/queryorderdetail',
      { orderId: 1 },
      'use GET /rest/2.0/smartapp/pay/paymentservice/findByTpOrderId.',
    ],
  ])('responds with 404 and the replacement when it gets %s %s %j', async (method, path, fields, instead) => {
    const params = form(fields);
    const url = `${server.url}${path}`;
    const answer = await (method === 'GET'
      ? fetch(`${url}?${String(params)}`)
      : fetch(url, { method, body: params }));
    expect(answer.status).toBe(404);
    const { errno, msg } = (await answer.json()) as Answered;
    expect(errno).toBe(404);
    expect(msg).toContain(`${path} `);
    expect(msg).toContain('belongs to the API 1.0, which is not simulated here.');
    expect(msg).toContain(instead);
  });
});
