import { json } from '../../scripts/support/http';
import type { CashierState } from '../../sandbox/cashier';
import { canonicalOrderText, payReply, signText, verifyNotification } from '../../merchant';
import type { SheetOrCallbacks } from '../../sandbox/cashier/payments';
import { waitFor } from '../helpers/wait-for';
import {
  call,
  type CashierServer,
  merchantKeys,
  openCashier,
  order,
  pay,
  platformKeys,
  startCashierServer,
  state,
  useCashierServer,
} from '../helpers/cashier-server';

jest.setTimeout(180_000);

const server = useCashierServer();

const refused = (errCode: number, errMsg: string): SheetOrCallbacks => ({
  callbacks: [{ type: 'fail', errCode, errMsg }],
  popup: errMsg,
});

async function settled(tpOrderId: string, wanted: string): Promise<CashierState> {
  await waitFor(async () => (await state(server, tpOrderId)).notifications[0]?.state === wanted);
  // The state is read in several statements: this time none of them comes before the settlement.
  return state(server, tpOrderId);
}

describe('opening the cashier', () => {
  it('shows amount, title, rows of cashierTopBlock and the channels left when an order is opened', async () => {
    const orderInfo = order({
      totalAmount: 1234567,
      displayData: {
        cashierTopBlock: [[{ leftCol: '数量', rightCol: '1' }], [{ leftCol: '地址', rightCol: '海淀' }]],
      },
    });

    expect(await openCashier(server, orderInfo, ['Alipay', 'BDWallet'])).toEqual({
      sheet: {
        title: '爱鲜蜂 水果拼盘',
        amount: '12,345.67',
        groups: [[{ left: '数量', right: '1' }], [{ left: '地址', right: '海淀' }]],
        channels: [
          { id: 'WeChat', name: '微信支付' },
          { id: 'DuXiaoMan', name: '度小满' },
        ],
      },
    });
  });

  it('charges nothing when the user has not confirmed', async () => {
    const orderInfo = order();
    await openCashier(server, orderInfo);
    const found = await state(server, orderInfo.tpOrderId);
    expect(found.orders).toMatchObject([{ status: 1, amount: 11300, consumed: false }]);
    expect(found.charges).toEqual([]);
    expect(found.notifications).toEqual([]);
  });

  it('fails with 6, and logs the reason, when the signature is wrong', async () => {
    const orderInfo = { ...order(), totalAmount: '1' };
    expect(await openCashier(server, orderInfo)).toEqual(refused(6, '请求签名错误'));
    expect(server.log.at(-1)).toContain(orderInfo.tpOrderId);
    const [rejection] = (await state(server)).rejections;
    expect(rejection).toMatchObject({ tpOrderId: orderInfo.tpOrderId, errCode: 6, errMsg: '请求签名错误' });
    expect(rejection?.reasons.join()).not.toBe('');
    expect((await state(server, orderInfo.tpOrderId)).orders).toEqual([]);
  });

  it.each([
    ['a signature', { totalAmount: '1' }, /^AMOUNT_SIGNED_DIFFERS_FROM_SENT: /],
    ['a form', { totalAmount: '0' }, /^AMOUNT_NOT_CANONICAL: /],
    ['a dealId', { dealId: '1' }, /^dealId 1 /],
  ])(
    'gives the reason in the requested language, and in English in the log, when %s is wrong',
    async (_what, fields, named) => {
      const changed = { ...order(), ...fields };
      const rsaSign = signText(canonicalOrderText(changed) ?? '', merchantKeys.privateKey);
      const orderInfo = 'dealId' in fields ? { ...changed, rsaSign } : changed;
      const reasonsIn = async (language: string) => {
        const headers = { 'accept-language': language };
        const answer = await fetch(`${server.url}/_simulate`, json({ orderInfo }, headers));
        const listed = await fetch(`${server.url}/_state`, { headers });
        const { data } = (await answer.json()) as { data: { reasons: string[] } };
        const { data: found } = (await listed.json()) as { data: CashierState };
        expect(found.rejections[0]?.reasons).toEqual(data.reasons);
        return data.reasons;
      };
      const [english = ''] = await reasonsIn('en');
      const [chinese = ''] = await reasonsIn('zh-CN,zh;q=0.9,en;q=0.8');
      expect([english, chinese]).toEqual([expect.stringMatching(named), expect.stringMatching(named)]);
      expect(english).not.toMatch(/\p{Script=Han}/u);
      expect(chinese).toMatch(/\p{Script=Han}/u);
      expect(server.log.at(-1)).toContain(english.slice(0, 500));
    },
  );

  it.each([
    ['appKey', { appKey: 'MMMxyz' }, 'MMMxyz'],
    ['dealId', { dealId: '1' }, 'dealId 1 '],
  ])('fails with its name when the %s is unknown', async (_field, fields, named) => {
    expect(await openCashier(server, order(fields))).toEqual(refused(6, '商品不存在'));
    expect((await state(server)).rejections[0]?.reasons.join()).toContain(named);
  });

  it.each([undefined, null, 'text', 7, []])('fails with 904 when the orderInfo is %j', async orderInfo => {
    expect(await openCashier(server, orderInfo)).toEqual({
      callbacks: [{ type: 'fail', errCode: 904, errMsg: '[jsNative Argument Error]orderInfo is required.' }],
      popup: null,
    });
  });

  it.each([
    ['http://u:topsecret@127.0.0.1:3000/pay', /notifyUrl must have no user and no password/],
    [
      'http://example.com/pay',
      /names the host example.com; only this machine and the host of --notify .*leave it out/,
    ],
    ['http://127.0.0.1:6000/pay', /notifyUrl names port 6000, which the fetch of Node refuses/],
  ])('fails before the money is taken when notifications cannot be sent to %s', async (notifyUrl, words) => {
    const orderInfo = order({ notifyUrl });
    const answer = await call<{ reasons: string[] }>(server, 'POST', '/_simulate', { orderInfo });
    expect(answer).toMatchObject({ status: 422, data: { reasons: [expect.stringMatching(words)] } });
    expect(JSON.stringify(answer)).not.toContain('topsecret');
    expect((await state(server, orderInfo.tpOrderId)).charges).toEqual([]);
  });

  it('fails when bizInfo is no JSON object, the amount 0 or the notifyUrl on another host', async () => {
    expect(await openCashier(server, { ...order(), bizInfo: '[1]' })).toEqual(refused(6, '请求签名错误'));
    expect(await openCashier(server, { ...order(), notifyUrl: 'http://example.com/x' })).toEqual(
      refused(6, '支付失败'),
    );
    const free = { ...order(), totalAmount: '0' };
    const rsaSign = signText(canonicalOrderText(free) ?? '', merchantKeys.privateKey);
    expect(await openCashier(server, { ...free, rsaSign })).toEqual(refused(6, '订单金额错误'));
  });

  it('refuses when every channel is banned', async () => {
    const all = ['BDWallet', 'WeChat', 'Alipay', 'DuXiaoMan'];
    expect(await openCashier(server, order(), all)).toEqual(refused(6, '没有可用的支付方式'));
  });

  it.each([
    ['amount', { totalAmount: 5 }, 'totalAmount was 11300 fen'],
    ['title', { dealTitle: '另一件' }, 'dealTitle'],
  ])('fails when the tpOrderId is known with another %s', async (_field, change, named) => {
    const first = order();
    await openCashier(server, first);
    expect(await openCashier(server, order({ ...change, tpOrderId: first.tpOrderId }))).toEqual(
      refused(6, '订单信息不一致'),
    );
    expect((await state(server)).rejections[0]?.reasons.join()).toContain(named);
  });

  it('opens again when the order was left unpaid, and fails when it is paid', async () => {
    const orderInfo = order();
    await openCashier(server, orderInfo);
    expect(await openCashier(server, orderInfo)).toHaveProperty('sheet');
    await pay(server, orderInfo);
    expect(await openCashier(server, orderInfo)).toEqual(refused(6, '订单已支付'));
    expect(await pay(server, orderInfo)).toEqual(refused(6, '订单已支付'));
  });
});

describe('paying', () => {
  it('charges once and notifies with 18 signed parameters when the user confirms', async () => {
    const orderInfo = order({ returnData: { bizKey1: '值 & 1=2' } });
    await openCashier(server, orderInfo);
    const answer = await pay(server, orderInfo);

    const found = await settled(orderInfo.tpOrderId, 'done');
    const orderId = found.orders[0]?.orderId;
    expect(answer).toEqual({
      callbacks: [
        {
          type: 'success',
          payload: {
            statusCode: 0,
            statusMsg: '支付成功',
            responseData: `statecode={0};order_no={${orderId}};notify={}`,
          },
        },
      ],
      popup: null,
    });
    expect(found).toMatchObject({
      orders: [{ status: 2, consumed: true }],
      charges: [{ orderId, totalMoney: 11300, promoMoney: 0, channel: 'WeChat' }],
      notifications: [{ attempts: [{ number: 1, httpStatus: 200, verdict: 'done' }] }],
    });

    const requests = server.merchant.requests.filter(
      ({ params }) => params.tpOrderId === orderInfo.tpOrderId,
    );
    expect(requests).toHaveLength(1);
    expect(requests[0]?.path).toBe('/pay');
    expect(Object.keys(requests[0]?.params ?? {})).toHaveLength(19);
    expect(verifyNotification(requests[0]?.body ?? '', platformKeys.publicKey)).toMatchObject({
      ok: true,
      kind: 'pay',
      notification: {
        orderId: String(orderId),
        tpOrderId: orderInfo.tpOrderId,
        totalMoney: 11300,
        payMoney: 11300,
        status: 2,
      },
      params: { returnData: '{"bizKey1":"值 & 1=2"}', promoDetail: '', dealId: orderInfo.dealId },
    });
  });

  it('notifies the URL of the order when it names one', async () => {
    const orderInfo = order({ notifyUrl: `${server.merchant.origin}/mine?x=1` });
    await pay(server, orderInfo);
    await settled(orderInfo.tpOrderId, 'done');
    expect(
      server.merchant.requests.find(({ params }) => params.tpOrderId === orderInfo.tpOrderId)?.path,
    ).toBe('/mine?x=1');
  });

  it('reduces payMoney, not totalMoney, when there is a promotion', async () => {
    await call(server, 'PUT', '/_faults', { promoMoney: 300 });
    const orderInfo = order();
    expect(await openCashier(server, orderInfo)).toMatchObject({
      sheet: { amount: '110.00', discount: '3.00' },
    });
    await pay(server, orderInfo);
    const { notifications } = await settled(orderInfo.tpOrderId, 'done');
    expect(notifications[0]?.params).toMatchObject({
      totalMoney: '11300',
      payMoney: '11000',
      promoMoney: '300',
    });
  });

  it('charges once when many confirmations race', async () => {
    const orderInfo = order();
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay(server, orderInfo)));
    const successes = answers.filter(
      answer => 'callbacks' in answer && answer.callbacks[0]?.type === 'success',
    );
    expect(successes).toHaveLength(1);
    const found = await settled(orderInfo.tpOrderId, 'done');
    expect(found.charges).toHaveLength(1);
    expect(found.notifications).toHaveLength(1);
  });

  it('charges nothing when the signature is wrong', async () => {
    const orderInfo = { ...order(), totalAmount: '1' };
    expect(await pay(server, orderInfo)).toEqual(refused(6, '请求签名错误'));
    expect((await state(server, orderInfo.tpOrderId)).charges).toEqual([]);
  });
});

describe('the scripted outcomes', () => {
  const run = async (outcome: string) => {
    await call(server, 'PUT', '/_faults', { payments: [outcome] });
    const orderInfo = order();
    const answer = await openCashier(server, orderInfo);
    return { orderInfo, answer, callbacks: 'callbacks' in answer ? answer.callbacks : [] };
  };
  const paidIn = (tpOrderId: string) => async () => (await state(server, tpOrderId)).orders[0]?.status === 2;

  it.each([
    ['paid', ['success'], true],
    ['failed', [6], false],
    ['cancelled', [2], false],
    ['paying-then-unpaid', [1], false],
    ['silent-paid', [], true],
    ['silent-unpaid', [], false],
    ['success-twice', ['success', 'success'], true],
    ['success-and-fail', ['success', 6], true],
    ['never-notified', ['success'], true],
    ['paid-but-cancelled', [2], true],
    ['rejected', ['1001'], false],
    ['success-text', ['success'], true],
    ['success-empty', ['success'], true],
  ])(
    'a payment ends as scripted when the outcome is %s: callbacks %j, paid %s',
    async (outcome, heard, paid) => {
      const { orderInfo, callbacks } = await run(outcome);
      expect(callbacks.map(callback => (callback.type === 'success' ? 'success' : callback.errCode))).toEqual(
        heard,
      );
      expect(await paidIn(orderInfo.tpOrderId)()).toBe(paid);
    },
  );

  it('a payment fails with 1 and is charged later when the outcome is paying-then-paid', async () => {
    const { orderInfo, callbacks } = await run('paying-then-paid');
    expect(callbacks).toMatchObject([{ type: 'fail', errCode: 1 }]);
    expect(await paidIn(orderInfo.tpOrderId)()).toBe(false);
    await settled(orderInfo.tpOrderId, 'done');
    expect(await paidIn(orderInfo.tpOrderId)()).toBe(true);
  });

  it('a notification is waiting when the outcome is notified-late', async () => {
    const { orderInfo } = await run('notified-late');
    const { charges, notifications } = await state(server, orderInfo.tpOrderId);
    const [charge] = charges;
    expect(notifications).toMatchObject([
      { state: 'waiting', attempts: [], dueAt: (charge?.paidAt ?? 0) + 1000 },
    ]);
  });

  it('a notification is held back when the outcome is never-notified', async () => {
    const { orderInfo } = await run('never-notified');
    expect((await state(server, orderInfo.tpOrderId)).notifications).toMatchObject([
      { state: 'held', attempts: [] },
    ]);
  });

  it('success gets a raw string or nothing when the outcome is success-text or success-empty', async () => {
    const text = (await run('success-text')).callbacks[0];
    expect(text).toMatchObject({ payload: expect.stringContaining('statecode={0}') });
    expect((await run('success-empty')).callbacks[0]).toEqual({ type: 'success' });
  });

  it('an outcome waits behind the sheet and is used once when the script says sheet', async () => {
    await call(server, 'PUT', '/_faults', { payments: [{ outcome: 'paid-but-cancelled', sheet: true }] });
    const first = order();
    expect(await openCashier(server, first)).toHaveProperty('sheet');
    expect(await pay(server, first)).toMatchObject({ callbacks: [{ errCode: 2 }] });
    expect(await paidIn(first.tpOrderId)()).toBe(true);

    const second = order();
    await openCashier(server, second);
    expect(await pay(server, second)).toMatchObject({ callbacks: [{ type: 'success' }] });
  });

  it('every payment after the scripted ones ends alike when the script has always', async () => {
    await call(server, 'PUT', '/_faults', { payments: ['cancelled'], always: 'failed' });
    const codes = [];
    for (let i = 0; i < 3; i++) codes.push(await openCashier(server, order()));
    expect(codes).toMatchObject([2, 6, 6].map(errCode => ({ callbacks: [{ errCode }] })));
  });

  it('an order is paid when it is paid again after a failure', async () => {
    const { orderInfo } = await run('failed');
    expect(await pay(server, orderInfo)).toMatchObject({ callbacks: [{ type: 'success' }] });
  });
});

describe('notifications', () => {
  // One that earlier tests left waiting would take the scripted reply or fault.
  beforeAll(() =>
    waitFor(async () => (await state(server)).notifications.every(({ state }) => state !== 'waiting')),
  );

  const good = JSON.stringify(payReply());
  const payWith = async (...replies: CashierServer['merchant']['replies']) => {
    server.merchant.replies.push(...replies);
    const orderInfo = order();
    await pay(server, orderInfo);
    return orderInfo.tpOrderId;
  };

  it.each([
    ['an HTTP error', { status: 500, body: good }],
    ['another errno', { body: '{"errno":1,"msg":"no"}' }],
    ['a reply that is no JSON', { body: '<html>' }],
    ['isConsumed 1', { body: '{"errno":0,"data":{"isConsumed":1}}' }],
    ['a redirect', { status: 302, body: good }],
    ['no-response', 'no-response' as const],
  ])('are repeated with the same contents when the merchant gives %s', async (_what, reply) => {
    const tpOrderId = await payWith(reply);
    const found = await settled(tpOrderId, 'done');
    // At least once: a reply that is slower than the pause between two attempts is overtaken by the next one.
    const [first, ...later] = found.notifications[0]?.attempts.map(({ verdict }) => verdict) ?? [];
    expect([first, ...new Set(later)]).toEqual(['retry', 'done']);
    const requests = server.merchant.requests.filter(({ params }) => params.tpOrderId === tpOrderId);
    expect(requests.length).toBeGreaterThan(1);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(found.orders[0]?.consumed).toBe(true);
  });

  it.each([
    ['isConsumed is missing', { body: '{"errno":0,"data":{}}' }],
    ['isErrorOrder is 1', { body: JSON.stringify(payReply({ abnormalRefund: true })) }],
  ])('end in an abnormal refund when %s', async (_what, reply) => {
    const tpOrderId = await payWith(reply);
    const found = await settled(tpOrderId, 'abnormal-refund');
    expect(found.orders).toMatchObject([{ status: -1, consumed: false }]);
    expect(found.refunds).toMatchObject([{ money: 11300, status: 2, bizRefundBatchId: null }]);
  });

  it('are explained in the language that is asked for when the reply is refused', async () => {
    const tpOrderId = await payWith({ body: '{"errno":0,"data":{}}' });
    await settled(tpOrderId, 'abnormal-refund');
    const explain = async (language: string): Promise<string | undefined> => {
      const answer = await fetch(`${server.url}/_state?tpOrderId=${tpOrderId}`, {
        headers: { 'accept-language': language },
      });
      const { data } = (await answer.json()) as { data: CashierState };
      return data.notifications[0]?.attempts[0]?.explanation;
    };
    expect(await explain('en')).toMatch(/^data\.isConsumed is missing/);
    expect(await explain('zh-CN')).toMatch(/^没有 data\.isConsumed/);
  });

  it('are given up when the documented number of repetitions has failed', async () => {
    const small = await startCashierServer({ settings: { notifyRetryLimit: 2 }, merchant: server.merchant });
    server.merchant.replies.push(...Array.from({ length: 3 }, () => ({ body: '{"errno":1}' })));
    const orderInfo = order();
    await pay(small, orderInfo);
    const [notification] = await waitFor(async () => {
      const { notifications } = await state(small, orderInfo.tpOrderId);
      return notifications[0]?.state === 'given-up' && notifications;
    });
    expect(notification?.attempts).toHaveLength(3);
    await small.stop();
  });

  it.each([
    ['timeout', 1, ['retry', 'done']],
    ['ignore-response', 2, ['retry', 'done']],
    ['duplicate', 2, ['done']],
  ])('reach the merchant when the fault is %s: %i times', async (fault, times, verdicts) => {
    await call(server, 'PUT', '/_faults', { notifications: [{ fault }] });
    const tpOrderId = await payWith();
    const found = await settled(tpOrderId, 'done');
    expect(found.notifications[0]?.attempts.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(server.merchant.requests.filter(({ params }) => params.tpOrderId === tpOrderId)).toHaveLength(
      times,
    );
  });

  it('have an invalid signature when the fault is bad-signature', async () => {
    await call(server, 'PUT', '/_faults', { notifications: [{ fault: 'bad-signature' }] });
    const tpOrderId = await payWith();
    await settled(tpOrderId, 'done');
    const requests = server.merchant.requests.find(({ params }) => params.tpOrderId === tpOrderId);
    expect(verifyNotification(requests?.body ?? '', platformKeys.publicKey).ok).toBe(false);
  });

  it('are repeated after 2 s when the clock runs sixty times faster', async () => {
    const real = await startCashierServer({ clockScale: 60, merchant: server.merchant });
    server.merchant.replies.push({ body: '{"errno":1}' });
    const orderInfo = order();
    await pay(real, orderInfo);
    const [first, second] = await waitFor(async () => {
      const attempts = (await state(real, orderInfo.tpOrderId)).notifications[0]?.attempts ?? [];
      return attempts.length === 2 && attempts;
    });
    expect((second?.startedAt ?? 0) - (first?.finishedAt ?? 0)).toBeGreaterThanOrEqual(2000);
    await real.stop();
  });
});

describe('a restart', () => {
  it('sends an undelivered notification when an earlier run had charged the order', async () => {
    const first = await startCashierServer({ merchant: server.merchant, clockScale: 1 });
    server.merchant.replies.push('no-response');
    const orderInfo = order();
    await pay(first, orderInfo);
    await waitFor(() =>
      server.merchant.requests.some(({ params }) => params.tpOrderId === orderInfo.tpOrderId),
    );
    await first.cashier.stop();
    await first.app.close();

    const second = await startCashierServer({ merchant: server.merchant, database: first.database });
    const seen = await waitFor(async () => {
      const found = await state(second, orderInfo.tpOrderId);
      return found.notifications[0]?.state === 'done' && found;
    });
    expect(seen.charges).toHaveLength(1);
    await second.stop();
    await first.database.close();
  });
});

describe('the simulated cashier of DevTools', () => {
  it('charges the order and notifies once when it is called three times', async () => {
    const orderInfo = order();
    const answers = await Promise.all([1, 2, 3].map(() => call(server, 'POST', '/_simulate', { orderInfo })));
    expect(answers.map(({ errno }) => errno)).toEqual([0, 0, 0]);
    expect(answers.filter(({ data }) => (data as { charged: boolean }).charged)).toHaveLength(1);
    const found = await settled(orderInfo.tpOrderId, 'done');
    expect(found.charges).toHaveLength(1);
  });

  it('fails with the reasons when the signature is wrong', async () => {
    const answer = await call<{ reasons: string[] }>(server, 'POST', '/_simulate', {
      orderInfo: { ...order(), totalAmount: '1' },
    });
    expect(answer).toMatchObject({ status: 422, errno: 6, msg: '请求签名错误' });
    expect(answer.data.reasons.length).toBeGreaterThan(0);
  });
});

describe('invalid requests', () => {
  it.each([
    ['PUT', '/_faults', [], 400, 'JSON object'],
    ['PUT', '/_faults', { payments: ['nope'] }, 400, 'payments[0] must be one of sheet, paid'],
    ['PUT', '/_faults', { paymnts: [] }, 400, 'unknown part "paymnts"'],
    ['PUT', '/_faults', { promoMoney: 0.5 }, 400, 'promoMoney must be a whole number'],
    ['PUT', '/_faults', { notifications: [{ fault: 'delay', ms: -1 }] }, 400, 'notifications[0].ms'],
    [
      'PUT',
      '/_faults',
      { api: [{ method: 'x', fault: 'disconnect' }] },
      400,
      'api[0].method must be one of token',
    ],
    [
      'PUT',
      '/_faults',
      { api: [{ method: 'token', fault: 'http', code: 99999 }] },
      400,
      'api[0].code must be an HTTP status from 300 to 599; got 99999',
    ],
    ['PUT', '/_faults', { api: [{ method: 'token', fault: 'http', code: 200 }] }, 400, 'api[0].code'],
    [
      'PUT',
      '/_faults',
      { notifications: [{ fault: 'delay' }] },
      400,
      'notifications[0].ms must say how long',
    ],
    ['PUT', '/_faults', { api: [{ method: 'token', fault: 'delay' }] }, 400, 'api[0].ms must say how long'],
    [
      'PUT',
      '/_faults',
      { api: [{ method: 'token', fault: 'expire-token' }] },
      400,
      'api[0].method must be a call that sends an access_token',
    ],
    ['POST', '/_simulate', 'text', 400, 'JSON object with orderInfo, outcome, userId'],
    ['POST', '/_simulate', { outcom: 'failed' }, 400, 'unknown part "outcom"; known: orderInfo, outcome'],
    ['POST', '/_simulate', { orderinfo: {} }, 400, 'unknown part "orderinfo"; known: orderInfo, outcome'],
    ['POST', '/_resend', { ID: 1 }, 400, 'unknown part "ID"; known: id'],
    ['POST', '/cashier/calls', { orderinfo: {} }, 400, 'unknown part "orderinfo"; known: orderInfo'],
    ['GET', '/_state?limit=0', undefined, 400, 'limit must be'],
    ['GET', '/nowhere', undefined, 404, 'no GET /baidu/nowhere'],
  ])(
    'a request gets its error in the envelope when it is %s %s %j',
    async (method, path, body, status, text) => {
      const answer = await call(server, method, path, body);
      expect(answer).toMatchObject({ status, errno: status, data: null });
      expect(answer.msg).toContain(text);
    },
  );

  it('a fault script stays when the next one is invalid', async () => {
    await call(server, 'PUT', '/_faults', { always: 'cancelled' });
    await call(server, 'PUT', '/_faults', { always: 'paid', payments: 7 });
    expect(await openCashier(server, order())).toMatchObject({ callbacks: [{ errCode: 2 }] });
  });

  it.each([
    ['not JSON', 'application/json', '{', 400],
    ['text, which needs no preflight', 'text/plain', '{}', 415],
    ['a form, which needs no preflight', 'application/x-www-form-urlencoded', 'a=1', 415],
    ['more than 64 KiB', 'application/json', JSON.stringify({ x: 'x'.repeat(65536) }), 413],
  ])('a request gets its error in the envelope when its body is %s', async (_what, type, body, status) => {
    const response = await fetch(`${server.url}/cashier/open`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ errno: status, msg: expect.any(String), data: null });
  });
});
