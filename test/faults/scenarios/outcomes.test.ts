/**
 * The outcome table, row by row: the cashier's callback is a claim, the backend is the truth. Every story is complete:
 * nothing else is heard, in no other order.
 */
import type { Plan } from '../world/cashier';
import { CREATE, Stage, STATUS } from '../world/stage';

const ORDERED = [
  'paytap idle',
  'idle → ordering',
  'cashier T1',
  'ordercreated T1 1999 tea',
  'ordering → paying',
];

/** What a later tap tells of an order that was paid all the while. */
const FOUND_PAID = [
  'toast 支付成功',
  'paysuccess T1 1999 verified resumed',
  'paycomplete success resumed 80 ms',
];

/** Taps once and tells what follows the opening of the cashier. */
function once(plan: Partial<Plan>, statusUrl: boolean, prepare?: (stage: Stage) => void): Stage {
  const stage = new Stage();
  const [button] = stage.open({ ...CREATE, ...(statusUrl ? STATUS : {}) });
  prepare?.(stage);
  stage.plan(plan);
  button!.tap();
  expect(stage.after(1000)).toEqual(ORDERED);
  return stage;
}

/** Callback at 2080 ms, its look answered at 2160 ms. */
const LOOKED = 2160;

describe('the cashier says success', () => {
  test('and the backend says paid at once: verified', () => {
    const stage = once({ notify: 0 }, true);
    expect(stage.after(120000)).toEqual([
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      `paycomplete success ${LOOKED} ms`,
    ]);
    expect(stage.phone.toasts).toEqual([{ title: '支付成功', icon: 'success' }]);
  });

  test('and the backend learns of it late: looks go on, one event', () => {
    const stage = once({ notify: 20000 }, true);
    expect(stage.after(20000)).toEqual(['paying → confirming']);
    expect(stage.after(60000)).toEqual([
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      expect.stringMatching(/^paycomplete success 2[2-9]\d{3} ms$/),
    ]);
  });

  test('and the backend never hears of it: pending after sixteen looks within about a minute', () => {
    const stage = once({ notify: 10000000 }, true);
    expect(stage.after(200000)).toEqual([
      'paying → confirming',
      'confirming → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      expect.stringMatching(/^paycomplete pending 6[2-4]\d{3} ms$/),
    ]);
    expect(stage.backend.received.filter(({ url }) => /status/.test(url))).toHaveLength(16);
  });

  test('and there is no status-url: success, unverified', () => {
    expect(once({}, false).after(120000)).toEqual([
      'paying → paid',
      'toast 支付成功',
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
    ]);
  });

  test.each([true, false])('hands over what the cashier gave, untouched (status-url: %s)', statusUrl => {
    const raw = { statusCode: '0', responseData: 'statecode={0}' };
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...(statusUrl ? STATUS : {}) });
    stage.plan({ answer: [true, raw], notify: 0 });
    button!.tap();
    stage.wait(5000);
    expect(button!.events.find(({ name }) => name === 'paysuccess')?.detail.raw).toBe(raw);
    expect(button!.events.find(({ name }) => name === 'paycomplete')?.detail.raw).toBe(raw);
  });

  test.each([
    ['{}', {}],
    ['a raw string', 'notify=%'],
    ['undefined', undefined],
    ['null', null],
  ])('with %s for a result', (_, raw) => {
    expect(once({ answer: [true, raw], notify: 0 }, true).after(20000)).toContain(
      'paysuccess T1 1999 verified',
    );
  });
});

describe('the cashier says cancel', () => {
  const cancels: [string, Plan['answer']][] = [
    ['2', [false, { errCode: 2, errMsg: '支付取消' }]],
    ['"2"', [false, { errCode: '2' }]],
    ['6 with the words 支付取消', [false, { errCode: 6, errMsg: '支付取消' }]],
    ['only the words 用户取消', [false, { errMsg: '用户取消' }]],
  ];

  test.each(cancels)('%s, and the backend says unpaid: cancelled by the person', (_, answer) => {
    expect(once({ says: 'cancel', answer, pays: false }, true).after(120000)).toEqual([
      'paying → confirming',
      'confirming → idle',
      'toast 已取消支付',
      'paycancel T1 1999 by user',
      `paycomplete cancel ${LOOKED} ms`,
    ]);
  });

  test('but the backend says paid: success', () => {
    expect(once({ says: 'cancel', pays: true, notify: 0 }, true).after(120000)).toEqual([
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      `paycomplete success ${LOOKED} ms`,
    ]);
  });

  test('and there is no status-url: cancelled', () => {
    expect(once({ says: 'cancel', pays: false }, false).after(120000)).toEqual([
      'paying → idle',
      'toast 已取消支付',
      'paycancel T1 1999 by user',
      'paycomplete cancel 2080 ms',
    ]);
  });

  test('and the backend is unreachable: cancelled after one look, and the next tap looks before it pays', () => {
    const stage = once({ says: 'cancel', pays: true }, true);
    stage.backend.mood = 'lost';
    expect(stage.after(120000)).toEqual([
      'paying → confirming',
      'confirming → idle',
      'toast 已取消支付',
      'paycancel T1 1999 by user',
      'paycomplete cancel 2380 ms',
    ]);
    stage.backend.mood = 'well';
    stage.phone.top()!.buttons[0]!.tap();
    expect(stage.after(120000)).toEqual([
      'paytap idle',
      'idle → confirming',
      'confirming → paid',
      ...FOUND_PAID,
    ]);
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('then the next tap reuses the order', () => {
    const stage = once({ says: 'cancel', pays: false }, true);
    stage.after(120000);
    stage.phone.top()!.buttons[0]!.tap();
    expect(stage.after(120000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'cashier T1',
      'ordercreated T1 1999 tea reused',
      'ordering → paying',
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      'paycomplete success 3240 ms',
    ]);
    const keys = stage.backend.received.map(({ header }) => header?.['Idempotency-Key']).filter(Boolean);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});

describe('the cashier says 1, a payment is under way', () => {
  test('and it succeeds: success', () => {
    expect(once({ says: 'paying', pays: true, notify: 10000 }, true).after(120000)).toEqual([
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      expect.stringMatching(/^paycomplete success 1[2-9]\d{3} ms$/),
    ]);
  });

  test('and nothing comes of it: pending', () => {
    expect(once({ says: 'paying', pays: false }, true).after(120000)).toEqual([
      'paying → confirming',
      'confirming → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      expect.stringMatching(/^paycomplete pending 6[2-4]\d{3} ms$/),
    ]);
  });

  test.each([1, '1'])('as %j without status-url: pending at once', errCode => {
    expect(once({ answer: [false, { errCode, errMsg: '支付失败' }] }, false).after(120000)).toEqual([
      'paying → pending',
      'toast 支付结果确认中，请勿重复支付',
      'paypending T1 1999',
      'paycomplete pending 2080 ms',
    ]);
  });
});

describe('the cashier says it failed', () => {
  const failures: [string, Plan['answer'], string][] = [
    ['6', [false, { errCode: 6, errMsg: '支付失败' }], '6'],
    ['"6"', [false, { errCode: '6' }], '6'],
    ['3', [false, { errCode: 3 }], '3'],
    ['a code nobody knows', [false, { errCode: 'E_77' }], 'E_77'],
    ['{}', [false, {}], 'null'],
    ['a raw string', [false, 'oops'], 'null'],
    ['nothing at all', [false], 'null'],
    ['a name every object has', [false, { errCode: 'constructor' }], 'constructor'],
  ];
  const words = '支付没有完成，如已扣款请稍后查看订单';

  test.each(failures)('with %s: after a short confirm, maybe paid', (_, answer, code) => {
    const stage = once({ answer, pays: false }, true);
    expect(stage.after(120000)).toEqual([
      'paying → confirming',
      'confirming → idle',
      `toast ${words}`,
      `payfail T1 1999 cashier ${code} ${words} retryable mayBePaid`,
      'paycomplete fail 8320 ms',
    ]);
    expect(stage.backend.received.filter(({ url }) => /status/.test(url))).toHaveLength(3);
  });

  test.each(failures)('with %s and without status-url: the same fail', (_, answer, code) => {
    expect(once({ answer, pays: false }, false).after(120000)).toEqual([
      'paying → idle',
      `toast ${words}`,
      `payfail T1 1999 cashier ${code} ${words} retryable mayBePaid`,
      'paycomplete fail 2080 ms',
    ]);
  });

  test('but it was paid: success', () => {
    expect(once({ says: 'failed', pays: true }, true).after(120000)).toEqual([
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      expect.stringMatching(/^paycomplete success 5\d{3} ms$/),
    ]);
  });

  test('and it was paid after the short confirm: the next tap finds out instead of paying again', () => {
    const stage = once({ says: 'failed', pays: true, notify: 60000 }, true);
    expect(stage.after(120000)).toContain(`payfail T1 1999 cashier 6 ${words} retryable mayBePaid`);
    stage.phone.top()!.buttons[0]!.tap();
    expect(stage.after(5000)).toEqual([
      'paytap idle',
      'idle → confirming',
      'confirming → paid',
      ...FOUND_PAID,
    ]);
  });

  test('and without status-url the next tap asks the backend by its key, which says paid: no second charge', () => {
    const stage = once({ says: 'failed', pays: true }, false);
    stage.after(120000);
    stage.phone.top()!.buttons[0]!.tap();
    expect(stage.after(5000)).toEqual(['paytap idle', 'idle → ordering', 'ordering → paid', ...FOUND_PAID]);
    expect(stage.cashier.calls).toHaveLength(1);
  });
});

describe('the cashier says 5', () => {
  test.each([true, false])('not logged in (status-url: %s)', statusUrl => {
    expect(once({ says: 'login', pays: false }, statusUrl).after(120000)).toEqual([
      'paying → idle',
      'toast 请登录百度账号后再支付',
      'payfail T1 1999 not-logged-in 5 请登录百度账号后再支付 retryable',
      'paycomplete fail 2080 ms',
    ]);
  });
});

describe('the cashier refuses the call', () => {
  const words = '暂时无法打开收银台，请稍后再试';
  test.each([904, 201, 202, 1001, '1001', '904'])('with %j: rejected, it never opened', errCode => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'denied', pays: false, answer: [false, { errCode, errMsg: '执行失败' }] });
    button!.tap();
    expect(stage.after(120000)).toEqual([
      ...ORDERED,
      'paying → idle',
      `toast ${words}`,
      `payfail T1 1999 rejected ${errCode} ${words}`,
      'paycomplete fail 80 ms',
    ]);
  });

  test('by throwing: rejected, and nothing is thrown into the page', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ says: 'throw' });
    button!.tap();
    expect(stage.after(120000)).toEqual([
      ...ORDERED,
      'paying → idle',
      `toast ${words}`,
      `payfail T1 1999 rejected null ${words}`,
      'paycomplete fail 80 ms',
    ]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('by not being there (an old base library): unsupported, and no order is made', () => {
    const stage = new Stage({ quirks: { cashier: 'missing' } });
    const [button] = stage.open({ ...CREATE, ...STATUS });
    button!.tap();
    expect(stage.after(120000)).toEqual([
      'paytap idle',
      'toast 请升级百度 App 后再支付',
      'payfail - 0 unsupported null 请升级百度 App 后再支付',
      'paycomplete fail 0 ms',
    ]);
    expect(stage.backend.creates).toBe(0);
  });
});

describe('the backend says', () => {
  test('closed while it is being confirmed: closed, and the next tap is a new purchase', () => {
    const stage = once({ says: 'cancel', pays: false }, true);
    stage.backend.expire();
    const words = '订单已关闭，请重新下单';
    expect(stage.after(120000)).toEqual([
      'paying → confirming',
      'confirming → idle',
      `toast ${words}`,
      `payfail T1 1999 closed null ${words} retryable`,
      `paycomplete fail ${LOOKED} ms`,
    ]);
    stage.phone.top()!.buttons[0]!.tap();
    expect(stage.after(5000).slice(0, 4)).toEqual([
      'paytap idle',
      'idle → ordering',
      'cashier T2',
      'ordercreated T2 1999 tea',
    ]);
  });

  test.each(['refunding', 'refunded'] as const)('%s: that was paid', status => {
    const stage = once({ says: 'cancel', pays: false }, true);
    stage.backend.order('T1')!.status = status as 'refunded';
    expect(stage.after(120000)).toContain('paysuccess T1 1999 verified');
  });

  test.each([
    ['2', 'paysuccess T1 1999 verified'],
    [2, 'paysuccess T1 1999 verified'],
    [1, 'paycancel T1 1999 by user'],
    [-1, 'payfail T1 1999 closed null 订单已关闭，请重新下单 retryable'],
  ])("%j in Baidu's own words", (status, heard) => {
    const stage = once({ says: 'cancel', pays: false }, true);
    stage.backend.instead = () => ({ statusCode: 200, data: { errno: 0, data: { status } } });
    expect(stage.after(120000)).toContain(heard);
  });

  test.each([
    ['an unknown status', { statusCode: 200, data: { errno: 0, data: { status: 'limbo' } } }],
    ['a status every object has', { statusCode: 200, data: { errno: 0, data: { status: 'constructor' } } }],
    ['a list', { statusCode: 200, data: { errno: 0, data: { status: ['unpaid'] } } }],
    ['no data', { statusCode: 200, data: { errno: 0 } }],
    ['no envelope', { statusCode: 200, data: { status: 'unpaid' } }],
    ['401', { statusCode: 401, data: { errno: 0, data: { status: 'unpaid' } } }],
    ['403', { statusCode: 403, data: {} }],
    ['404', { statusCode: 404, data: '<h1>' }],
    ['500 with a good body', { statusCode: 500, data: { errno: 0, data: { status: 'unpaid' } } }],
    ['HTML', { statusCode: 200, data: '<html>' }],
    ['an errno', { statusCode: 200, data: { errno: 7, data: { status: 'unpaid' } } }],
  ])('%s: unreachable, never unpaid, so the next tap looks first', (_, answer) => {
    const stage = once({ says: 'cancel', pays: false }, true);
    stage.backend.instead = () => answer;
    expect(stage.after(120000)).toContain('paycancel T1 1999 by user');
    stage.backend.instead = null;
    stage.phone.top()!.buttons[0]!.tap();
    expect(stage.after(5000).slice(0, 4)).toEqual([
      'paytap idle',
      'idle → confirming',
      'confirming → ordering',
      'cashier T1',
    ]);
  });
});

describe('configure({ outcomes })', () => {
  test('changes what a code means', () => {
    const stage = new Stage({ settings: { outcomes: { 10005: 'cancel' } } });
    const [button] = stage.open(CREATE);
    stage.plan({ answer: [false, { errCode: '10005' }], pays: false });
    button!.tap();
    expect(stage.after(5000)).toContain('paycancel T1 1999 by user');
  });
});

test.each([0, '0', ' '])('a failure with code %j is no success', errCode => {
  const stage = new Stage();
  stage.plan({ pays: false, says: 'failed', answer: [false, { errCode, errMsg: 'x' }] });
  stage.open(CREATE)[0]!.tap();
  expect(stage.after(5000)).toContainEqual(expect.stringMatching(/^payfail T1 1999 cashier .* mayBePaid$/));
});
