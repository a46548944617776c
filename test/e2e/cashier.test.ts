import { orderText, payReply, signText, verifyNotification } from '../../merchant';
import type { CashierAnswer } from '../../sandbox/cashier/payments';
import { OUTCOMES } from '../../sandbox/cashier/outcomes';
import { eventually } from '../helpers/eventually';
import {
  call,
  merchantKeys,
  openCashier,
  order,
  pay,
  platformKeys,
  startCashierTown,
  stopTowns,
  state,
  type CashierTown,
} from './cashier-town';

jest.setTimeout(60_000);

let town: CashierTown;
beforeAll(async () => {
  town = await startCashierTown();
});
afterAll(stopTowns);
beforeEach(async () => {
  await call(town, 'PUT', '/_faults', {});
  town.merchant.replies.length = 0;
});

const refused = (errCode: number, errMsg: string): CashierAnswer => ({
  callbacks: [{ type: 'fail', errCode, errMsg }],
  popup: errMsg,
});

const settled = (tpOrderId: string, wanted: string) =>
  eventually(async () => {
    const books = await state(town, tpOrderId);
    return books.notifications[0]?.state === wanted && books;
  });

describe('opening the cashier', () => {
  it('shows the amount, the title, the rows of cashierTopBlock and the channels that are not banned', async () => {
    const orderInfo = order({
      totalAmount: 1234567,
      displayData: {
        cashierTopBlock: [[{ leftCol: '数量', rightCol: '1' }], [{ leftCol: '地址', rightCol: '海淀' }]],
      },
    });

    expect(await openCashier(town, orderInfo, ['Alipay', 'BDWallet'])).toEqual({
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

  it('takes nothing before the person confirms', async () => {
    const orderInfo = order();
    await openCashier(town, orderInfo);
    const books = await state(town, orderInfo.tpOrderId);
    expect(books.orders).toMatchObject([{ status: 1, amount: 11300, consumed: false }]);
    expect(books.charges).toEqual([]);
    expect(books.notifications).toEqual([]);
  });

  it('refuses a wrong signature with code 6, and says why in the log and in the state', async () => {
    const orderInfo = { ...order(), totalAmount: '1' };
    expect(await openCashier(town, orderInfo)).toEqual(refused(6, '请求签名错误'));
    expect(town.log.at(-1)).toContain(orderInfo.tpOrderId);
    const [refusal] = (await state(town)).refusals;
    expect(refusal).toMatchObject({ tpOrderId: orderInfo.tpOrderId, errCode: 6, errMsg: '请求签名错误' });
    expect(refusal?.reasons.join()).not.toBe('');
    expect((await state(town, orderInfo.tpOrderId)).orders).toEqual([]);
  });

  it.each([
    ['appKey', { appKey: 'MMMxyz' }, 'MMMxyz'],
    ['dealId', { dealId: '1' }, 'dealId 1 '],
  ])('refuses an unknown %s and names it', async (_field, fields, named) => {
    expect(await openCashier(town, order(fields))).toEqual(refused(6, '商品不存在'));
    expect((await state(town)).refusals[0]?.reasons.join()).toContain(named);
  });

  it.each([undefined, null, 'text', 7, []])('answers 904 for the orderInfo %j', async orderInfo => {
    expect(await openCashier(town, orderInfo)).toEqual({
      callbacks: [{ type: 'fail', errCode: 904, errMsg: '[jsNative Argument Error]orderInfo is required.' }],
      popup: null,
    });
  });

  it('refuses bizInfo that is no JSON object, an amount of nothing, and a notifyUrl on a foreign host', async () => {
    expect(await openCashier(town, { ...order(), bizInfo: '[1]' })).toEqual(refused(6, '请求签名错误'));
    expect(await openCashier(town, { ...order(), notifyUrl: 'http://example.com/x' })).toEqual(
      refused(6, '支付失败'),
    );
    const free = { ...order(), totalAmount: '0' };
    const rsaSign = signText(orderText(free) ?? '', merchantKeys.privateKey);
    expect(await openCashier(town, { ...free, rsaSign })).toEqual(refused(6, '订单金额错误'));
  });

  it('refuses when every channel is banned', async () => {
    const all = ['BDWallet', 'WeChat', 'Alipay', 'DuXiaoMan'];
    expect(await openCashier(town, order(), all)).toEqual(refused(6, '没有可用的支付方式'));
  });

  it.each([
    ['amount', { totalAmount: 5 }, 'totalAmount was 11300 fen'],
    ['title', { dealTitle: '另一件' }, 'dealTitle'],
  ])('refuses a tpOrderId that is known with another %s', async (_field, change, named) => {
    const first = order();
    await openCashier(town, first);
    expect(await openCashier(town, order({ ...change, tpOrderId: first.tpOrderId }))).toEqual(
      refused(6, '订单信息不一致'),
    );
    expect((await state(town)).refusals[0]?.reasons.join()).toContain(named);
  });

  it('opens again for an order that was left unpaid, and not for a paid one', async () => {
    const orderInfo = order();
    await openCashier(town, orderInfo);
    expect(await openCashier(town, orderInfo)).toHaveProperty('sheet');
    await pay(town, orderInfo);
    expect(await openCashier(town, orderInfo)).toEqual(refused(6, '订单已支付'));
    expect(await pay(town, orderInfo)).toEqual(refused(6, '订单已支付'));
  });
});

describe('paying', () => {
  it('charges once and notifies with the 18 parameters, signed by the platform', async () => {
    const orderInfo = order({ returnData: { bizKey1: '值 & 1=2' } });
    await openCashier(town, orderInfo);
    const answer = await pay(town, orderInfo);

    const books = await settled(orderInfo.tpOrderId, 'done');
    const orderId = books.orders[0]?.orderId;
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
    expect(books).toMatchObject({
      orders: [{ status: 2, consumed: true }],
      charges: [{ orderId, totalMoney: 11300, promoMoney: 0, channel: 'WeChat' }],
      notifications: [{ attempts: [{ number: 1, httpStatus: 200, verdict: 'done' }] }],
    });

    const told = town.merchant.told.filter(({ params }) => params.tpOrderId === orderInfo.tpOrderId);
    expect(told).toHaveLength(1);
    expect(told[0]?.path).toBe('/pay');
    expect(Object.keys(told[0]?.params ?? {})).toHaveLength(19);
    expect(verifyNotification(told[0]?.body ?? '', platformKeys.publicKey)).toMatchObject({
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
    const orderInfo = order({ notifyUrl: `${town.merchant.origin}/mine?x=1` });
    await pay(town, orderInfo);
    await settled(orderInfo.tpOrderId, 'done');
    expect(town.merchant.told.find(({ params }) => params.tpOrderId === orderInfo.tpOrderId)?.path).toBe(
      '/mine?x=1',
    );
  });

  it('takes a promotion off payMoney and leaves totalMoney alone', async () => {
    await call(town, 'PUT', '/_faults', { promoMoney: 300 });
    const orderInfo = order();
    expect(await openCashier(town, orderInfo)).toMatchObject({
      sheet: { amount: '110.00', discount: '3.00' },
    });
    await pay(town, orderInfo);
    const { notifications } = await settled(orderInfo.tpOrderId, 'done');
    expect(notifications[0]?.params).toMatchObject({
      totalMoney: '11300',
      payMoney: '11000',
      promoMoney: '300',
    });
  });

  it('charges once when many confirmations race', async () => {
    const orderInfo = order();
    const answers = await Promise.all(Array.from({ length: 20 }, () => pay(town, orderInfo)));
    const successes = answers.filter(
      answer => 'callbacks' in answer && answer.callbacks[0]?.type === 'success',
    );
    expect(successes).toHaveLength(1);
    const books = await settled(orderInfo.tpOrderId, 'done');
    expect(books.charges).toHaveLength(1);
    expect(books.notifications).toHaveLength(1);
  });

  it('refuses to charge an order whose signature is wrong', async () => {
    const orderInfo = { ...order(), totalAmount: '1' };
    expect(await pay(town, orderInfo)).toEqual(refused(6, '请求签名错误'));
    expect((await state(town, orderInfo.tpOrderId)).charges).toEqual([]);
  });
});

describe('the scripted outcomes', () => {
  const run = async (outcome: string) => {
    await call(town, 'PUT', '/_faults', { payments: [outcome] });
    const orderInfo = order();
    const answer = await openCashier(town, orderInfo);
    return { orderInfo, answer, callbacks: 'callbacks' in answer ? answer.callbacks : [] };
  };
  const paidIn = (tpOrderId: string) => async () => (await state(town, tpOrderId)).orders[0]?.status === 2;

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
  ])('%s: the page hears %j, and the order is paid: %s', async (outcome, heard, paid) => {
    const { orderInfo, callbacks } = await run(outcome);
    expect(callbacks.map(callback => (callback.type === 'success' ? 'success' : callback.errCode))).toEqual(
      heard,
    );
    expect(await paidIn(orderInfo.tpOrderId)()).toBe(paid);
  });

  it('paying-then-paid: code 1 first, the money and the notification later', async () => {
    const { orderInfo, callbacks } = await run('paying-then-paid');
    expect(callbacks).toMatchObject([{ type: 'fail', errCode: 1 }]);
    expect(await paidIn(orderInfo.tpOrderId)()).toBe(false);
    await settled(orderInfo.tpOrderId, 'done');
    expect(await paidIn(orderInfo.tpOrderId)()).toBe(true);
  });

  it('notified-late: success at once, the notification is still waiting', async () => {
    const { orderInfo } = await run('notified-late');
    const { charges, notifications } = await state(town, orderInfo.tpOrderId);
    const [charge] = charges;
    expect(notifications).toMatchObject([
      { state: 'waiting', attempts: [], dueAt: (charge?.paidAt ?? 0) + 1000 },
    ]);
  });

  it('never-notified: the notification is held back', async () => {
    const { orderInfo } = await run('never-notified');
    expect((await state(town, orderInfo.tpOrderId)).notifications).toMatchObject([
      { state: 'held', attempts: [] },
    ]);
  });

  it('success-text and success-empty carry a raw string and nothing', async () => {
    const text = (await run('success-text')).callbacks[0];
    expect(text).toMatchObject({ payload: expect.stringContaining('statecode={0}') });
    expect((await run('success-empty')).callbacks[0]).toEqual({ type: 'success' });
  });

  it('waits behind the sheet when asked to, and is used up by one payment', async () => {
    await call(town, 'PUT', '/_faults', { payments: [{ outcome: 'paid-but-cancelled', sheet: true }] });
    const first = order();
    expect(await openCashier(town, first)).toHaveProperty('sheet');
    expect(await pay(town, first)).toMatchObject({ callbacks: [{ errCode: 2 }] });
    expect(await paidIn(first.tpOrderId)()).toBe(true);

    const second = order();
    await openCashier(town, second);
    expect(await pay(town, second)).toMatchObject({ callbacks: [{ type: 'success' }] });
  });

  it('always: every payment after the scripted ones', async () => {
    await call(town, 'PUT', '/_faults', { payments: ['cancelled'], always: 'failed' });
    const codes = [];
    for (let i = 0; i < 3; i++) codes.push(await openCashier(town, order()));
    expect(codes).toMatchObject([2, 6, 6].map(errCode => ({ callbacks: [{ errCode }] })));
  });

  it('an order that failed can be paid afterwards', async () => {
    const { orderInfo } = await run('failed');
    expect(await pay(town, orderInfo)).toMatchObject({ callbacks: [{ type: 'success' }] });
  });

  it('has a label for every outcome', () => {
    const labels = Object.values(OUTCOMES).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('notifications', () => {
  // One that earlier tests left waiting would take the scripted reply or fault.
  beforeAll(() =>
    eventually(async () => (await state(town)).notifications.every(({ state }) => state !== 'waiting')),
  );

  const good = JSON.stringify(payReply());
  const payWith = async (...replies: CashierTown['merchant']['replies']) => {
    town.merchant.replies.push(...replies);
    const orderInfo = order();
    await pay(town, orderInfo);
    return orderInfo.tpOrderId;
  };

  it.each([
    ['an HTTP error', { status: 500, body: good }],
    ['another errno', { body: '{"errno":1,"msg":"no"}' }],
    ['a reply that is no JSON', { body: '<html>' }],
    ['isConsumed 1', { body: '{"errno":0,"data":{"isConsumed":1}}' }],
    ['a redirect', { status: 302, body: good }],
    ['silence', 'silence' as const],
  ])('are repeated after %s, with the same contents', async (_what, reply) => {
    const tpOrderId = await payWith(reply);
    const books = await settled(tpOrderId, 'done');
    expect(books.notifications[0]?.attempts.map(({ verdict }) => verdict)).toEqual(['retry', 'done']);
    const told = town.merchant.told.filter(({ params }) => params.tpOrderId === tpOrderId);
    expect(told).toHaveLength(2);
    expect(told[0]?.body).toBe(told[1]?.body);
    expect(books.orders[0]?.consumed).toBe(true);
  });

  it.each([
    ['isConsumed is missing', { body: '{"errno":0,"data":{}}' }],
    ['isErrorOrder is 1', { body: JSON.stringify(payReply({ abnormalRefund: true })) }],
  ])('end in an abnormal refund when %s', async (_what, reply) => {
    const tpOrderId = await payWith(reply);
    const books = await settled(tpOrderId, 'abnormal-refund');
    expect(books.orders).toMatchObject([{ status: -1, consumed: false }]);
    expect(books.refunds).toMatchObject([{ money: 11300, status: 2, bizRefundBatchId: null }]);
  });

  it('are given up after the documented number of repetitions', async () => {
    const small = await startCashierTown({ settings: { notifyRetryLimit: 2 }, merchant: town.merchant });
    town.merchant.replies.push(...Array.from({ length: 3 }, () => ({ body: '{"errno":1}' })));
    const orderInfo = order();
    await pay(small, orderInfo);
    const [notification] = await eventually(async () => {
      const { notifications } = await state(small, orderInfo.tpOrderId);
      return notifications[0]?.state === 'given-up' && notifications;
    });
    expect(notification?.attempts).toHaveLength(3);
    await small.stop();
  });

  it.each([
    ['drop', 1, ['retry', 'done']],
    ['lose-reply', 2, ['retry', 'done']],
    ['twice', 2, ['done']],
  ])('with the fault %s reach the merchant %i times', async (fault, times, verdicts) => {
    await call(town, 'PUT', '/_faults', { notifications: [{ fault }] });
    const tpOrderId = await payWith();
    const books = await settled(tpOrderId, 'done');
    expect(books.notifications[0]?.attempts.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(town.merchant.told.filter(({ params }) => params.tpOrderId === tpOrderId)).toHaveLength(times);
  });

  it('with the fault forge carry a signature that does not verify', async () => {
    await call(town, 'PUT', '/_faults', { notifications: [{ fault: 'forge' }] });
    const tpOrderId = await payWith();
    await settled(tpOrderId, 'done');
    const told = town.merchant.told.find(({ params }) => params.tpOrderId === tpOrderId);
    expect(verifyNotification(told?.body ?? '', platformKeys.publicKey).ok).toBe(false);
  });

  it('are repeated after two minutes of a clock that runs sixty times faster', async () => {
    const real = await startCashierTown({ clockScale: 60, merchant: town.merchant });
    town.merchant.replies.push({ body: '{"errno":1}' });
    const orderInfo = order();
    await pay(real, orderInfo);
    const [first, second] = await eventually(async () => {
      const attempts = (await state(real, orderInfo.tpOrderId)).notifications[0]?.attempts ?? [];
      return attempts.length === 2 && attempts;
    });
    expect((second?.startedAt ?? 0) - (first?.finishedAt ?? 0)).toBeGreaterThanOrEqual(2000);
    await real.stop();
  });
});

describe('a restart', () => {
  it('sends what an earlier run had charged and not delivered', async () => {
    const first = await startCashierTown({ merchant: town.merchant, clockScale: 1 });
    town.merchant.replies.push('silence');
    const orderInfo = order();
    await pay(first, orderInfo);
    await eventually(() => town.merchant.told.some(({ params }) => params.tpOrderId === orderInfo.tpOrderId));
    await first.cashier.stop();
    await first.app.close();

    const second = await startCashierTown({ merchant: town.merchant, database: first.database });
    const seen = await eventually(async () => {
      const books = await state(second, orderInfo.tpOrderId);
      return books.notifications[0]?.state === 'done' && books;
    });
    expect(seen.charges).toHaveLength(1);
    await second.stop();
    await first.database.close();
  });
});

describe('the simulated cashier of DevTools', () => {
  it('charges the order and notifies, once however often it is told', async () => {
    const orderInfo = order();
    const answers = await Promise.all([1, 2, 3].map(() => call(town, 'POST', '/_simulate', { orderInfo })));
    expect(answers.map(({ errno }) => errno)).toEqual([0, 0, 0]);
    expect(answers.filter(({ data }) => (data as { charged: boolean }).charged)).toHaveLength(1);
    const books = await settled(orderInfo.tpOrderId, 'done');
    expect(books.charges).toHaveLength(1);
  });

  it('refuses what a phone would refuse, and says why', async () => {
    const answer = await call<{ reasons: string[] }>(town, 'POST', '/_simulate', {
      orderInfo: { ...order(), totalAmount: '1' },
    });
    expect(answer).toMatchObject({ status: 422, errno: 6, msg: '请求签名错误' });
    expect(answer.data.reasons.length).toBeGreaterThan(0);
  });
});

describe('wrong requests', () => {
  it.each([
    ['PUT', '/_faults', [], 400, 'JSON object'],
    ['PUT', '/_faults', { payments: ['nope'] }, 400, 'payments[0] must be one of sheet, paid'],
    ['PUT', '/_faults', { paymnts: [] }, 400, 'unknown part "paymnts"'],
    ['PUT', '/_faults', { promoMoney: 0.5 }, 400, 'promoMoney must be a whole number'],
    ['PUT', '/_faults', { notifications: [{ fault: 'delay', ms: -1 }] }, 400, 'notifications[0].ms'],
    ['PUT', '/_faults', { api: [{ method: 'x', fault: 'drop' }] }, 400, 'api[0].method must be one of token'],
    ['POST', '/_simulate', 'text', 400, 'JSON object'],
    ['GET', '/_state?limit=0', undefined, 400, 'limit must be'],
    ['GET', '/nowhere', undefined, 404, 'no GET /baidu/nowhere'],
  ])('%s %s %j is answered in the envelope', async (method, path, body, status, text) => {
    const answer = await call(town, method, path, body);
    expect(answer).toMatchObject({ status, errno: status, data: null });
    expect(answer.msg).toContain(text);
  });

  it('a wrong script leaves the old one in force', async () => {
    await call(town, 'PUT', '/_faults', { always: 'cancelled' });
    await call(town, 'PUT', '/_faults', { always: 'paid', payments: 7 });
    expect(await openCashier(town, order())).toMatchObject({ callbacks: [{ errCode: 2 }] });
  });

  it.each([
    ['not JSON', 'application/json', '{', 400],
    ['text, which needs no preflight', 'text/plain', '{}', 415],
    ['a form, which needs no preflight', 'application/x-www-form-urlencoded', 'a=1', 415],
    ['more than 64 KiB', 'application/json', JSON.stringify({ x: 'x'.repeat(65536) }), 413],
  ])('a body that is %s is answered in the envelope', async (_what, type, body, status) => {
    const response = await fetch(`${town.base}/cashier/open`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ errno: status, msg: expect.any(String), data: null });
  });
});
