import type * as SwanCashier from 'swan-cashier';
import { killApp, mountPage, type MountedPage } from '../../sandbox/preview/testing';
import {
  envelope,
  setPageData,
  COMPONENTS,
  muteConsoleErrors,
  NOW,
  order,
  summaryOrderInfo,
  advance,
  phone,
  rows,
  startSummaryApp,
  status,
  stopApp,
  timeLeft,
} from '../helpers/component-page';

const tpOrderId = order().tpOrderId;
let backend: Record<string, unknown>;

beforeEach(() => {
  startSummaryApp();
  backend = {
    '/orders': { orderInfo: summaryOrderInfo(), order: { status: 'unpaid' } },
    '/status': { status: 'unpaid' },
    '/view': order(),
  };
  phone.onRequest(({ url }) => {
    const path = url.replace('https://shop.example', '').replace(/\?.*/, '');
    return path in backend ? envelope(backend[path]) : { statusCode: 404 };
  });
});

afterEach(stopApp);

const SUMMARY =
  '<order-summary id="s" order="{{order}}" order-url="{{url}}" order-key="{{key}}"></order-summary>';
const BUTTON =
  '<pay-button id="p" create-url="/orders" order-payload="{{cart}}" status-url="{{statusUrl}}" order-key="{{key}}"></pay-button>';

const checkout = (data: Record<string, unknown> = {}, template = SUMMARY + BUTTON): Promise<MountedPage> =>
  mountPage({
    template,
    usingComponents: COMPONENTS,
    data: {
      order: order(),
      url: '',
      key: 'cart-1',
      cart: { sku: 'kettle' },
      statusUrl: '/status',
      there: true,
      ...data,
    },
  });

/** Taps, and waits for what follows at once. */
const tapPay = async (page: MountedPage): Promise<void> => {
  await page.tap('#p');
  await advance(page, 50);
};

const phaseOf = (page: MountedPage): string => page.component<SwanCashier.PayButtonInstance>('#p').phase;
const labelOf = (page: MountedPage, id = '#p'): string => page.text(id);

const reasons = (page: MountedPage): unknown[] =>
  page.details('payfail').map(detail => (detail as { reason: string }).reason);

describe('order-summary', () => {
  test.each([
    ['above', SUMMARY + BUTTON],
    ['below', BUTTON + SUMMARY],
  ])(
    'follows the payment from the tap to paid when it is %s the pay-button of its order-key',
    async (_place, template) => {
      const page = await checkout({}, template);
      await tapPay(page);
      expect(status(page)).toBe('支付处理中');
      expect(timeLeft(page)).toBeNull();
      backend['/status'] = { status: 'paid' };
      phone.payments[0]?.succeed();
      await advance(page, 100);
      expect(status(page)).toBe('已支付');
      const told = page.details('statuschange').map(detail => (detail as { status: string }).status);
      expect(told).toEqual(['paying', 'paid']);
    },
  );

  test('shows unpaid with the remaining time when the payment was cancelled', async () => {
    const page = await checkout();
    await tapPay(page);
    await advance(page, 60_000);
    phone.payments[0]?.cancel();
    await advance(page, 100);
    expect(status(page)).toBe('待付款');
    expect(timeLeft(page)).toBe('14:00');
  });

  test('gets its order number from the payment when it shows a quote', async () => {
    const page = await checkout({ order: order({ tpOrderId: '' }) });
    expect(rows(page).join()).not.toContain('订单编号');
    await tapPay(page);
    expect(rows(page)).toContain(`订单编号 | ${tpOrderId} | 复制`);
    await page.tap('.order-summary__order-number');
    await advance(page);
    expect(phone.clipboardText).toBe(tpOrderId);
  });

  test('loads the order again when it was paid', async () => {
    const page = await checkout({ order: null, url: '/view' });
    await tapPay(page);
    backend['/status'] = { status: 'paid' };
    backend['/view'] = order({ status: 'paid', note: '商家正在备货' });
    phone.payments[0]?.succeed();
    await advance(page, 200);
    expect(page.text('.order-summary__order-note')).toBe('商家正在备货');
  });

  test('stays paid when the backend still says unpaid', async () => {
    const page = await checkout({ order: null, url: '/view', statusUrl: '' });
    await tapPay(page);
    phone.payments[0]?.succeed();
    await advance(page, 200);
    expect(status(page)).toBe('已支付');
  });

  test('ignores a payment of its order-key when that is of another order', async () => {
    const page = await checkout();
    await tapPay(page);
    await setPageData(page, { order: order({ tpOrderId: 'T2' }) });
    expect(status(page)).toBe('待付款');
  });

  test('shows unpaid when the cart changes', async () => {
    const page = await checkout({ order: order({ tpOrderId: '' }) });
    await tapPay(page);
    backend['/status'] = { status: 'paid' };
    phone.payments[0]?.succeed();
    await advance(page, 100);
    expect(status(page)).toBe('已支付');
    await setPageData(page, { cart: { sku: 'cup' }, order: order({ tpOrderId: '', title: '青瓷品茗杯' }) });
    expect(status(page)).toBe('待付款');
  });

  test('follows the payment by the number of the order when there is no order-key', async () => {
    const page = await checkout(
      { info: summaryOrderInfo() },
      '<order-summary id="s" order-info="{{info}}"></order-summary><pay-button id="p" order-info="{{info}}"></pay-button>',
    );
    await tapPay(page);
    expect(status(page)).toBe('支付处理中');
  });

  test('ends a payment of unknown result when its order-url says paid', async () => {
    const page = await checkout({ order: null, url: '/view', statusUrl: '' });
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    await tapPay(page);
    expect(page.details('paypending')).toHaveLength(1);
    expect(status(page)).toBe('支付处理中');
    backend['/view'] = order({ status: 'paid' });
    await page.hide();
    await page.show();
    await advance(page, 100);
    expect(page.details('paysuccess')).toMatchObject([{ tpOrderId, resumed: true }]);
    expect(status(page)).toBe('已支付');
    // Once when the page opened, and once when it was shown again: its own answer said paid.
    expect(phone.requests.filter(({ url }) => /view/.test(url))).toHaveLength(2);
  });
});

describe('a payment of unknown result', () => {
  /** A summary and a button of one key, whose payment ended without a result. */
  const pendingCheckout = async (data: Record<string, unknown> = {}): Promise<MountedPage> => {
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    const page = await checkout({ statusUrl: '', ...data });
    await tapPay(page);
    expect(phaseOf(page)).toBe('pending');
    return page;
  };

  test('succeeds when the page gives the order as paid', async () => {
    const page = await pendingCheckout();
    await setPageData(page, { order: order({ status: 'paid' }) });
    expect(page.details('paysuccess')).toMatchObject([{ tpOrderId, resumed: true }]);
    expect(phaseOf(page)).toBe('paid');
  });

  test('fails when the page gives the order as refunded', async () => {
    const page = await pendingCheckout();
    await setPageData(page, { order: order({ status: 'refunded' }) });
    expect(page.details('payfail')).toMatchObject([{ reason: 'refunded', tpOrderId, mayBePaid: false }]);
  });

  test('stays unknown when the page gives the order as closed', async () => {
    const page = await pendingCheckout();
    await setPageData(page, { order: order({ status: 'closed' }) });
    expect([page.details('payfail'), page.details('paysuccess')]).toEqual([[], []]);
    expect(labelOf(page)).toBe('查询支付结果');
    await setPageData(page, { order: order() });
    expect(phaseOf(page)).toBe('pending');
    await tapPay(page);
    expect(phone.modals).toHaveLength(1);
    expect(phone.payments).toHaveLength(1);
  });

  test('fails with mayBePaid when the order-url says closed', async () => {
    const page = await pendingCheckout({ order: null, url: '/view' });
    backend['/view'] = order({ status: 'closed' });
    await page.hide();
    await page.show();
    await advance(page, 100);
    expect(page.details('payfail')).toMatchObject([{ reason: 'closed', tpOrderId, mayBePaid: true }]);
  });

  test.each([
    ['succeeds', 'paid', 'paysuccess', { tpOrderId, resumed: true }],
    ['fails, and may be paid,', 'closed', 'payfail', { tpOrderId, reason: 'closed', mayBePaid: true }],
  ] as const)('%s when the status-url of the summary says %s', async (_what, said, event, detail) => {
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    const summary = SUMMARY.replace('order-key', 'status-url="/view-status" order-key');
    const page = await checkout({ statusUrl: '' }, summary + BUTTON);
    await tapPay(page);
    backend['/view-status'] = { status: said };
    await page.hide();
    await page.show();
    await advance(page, 400);
    expect(page.details(event)).toMatchObject([detail]);
  });

  test('stays unknown when another order is paid', async () => {
    const page = await pendingCheckout();
    await setPageData(page, { order: order({ tpOrderId: 'T2', status: 'paid' }) });
    expect(page.details('paysuccess')).toEqual([]);
  });

  test('shows the question at a tap when the time to pay is over', async () => {
    const page = await pendingCheckout({ order: order({ expiresAt: NOW + 5000 }) });
    await advance(page, 10_000);
    expect(phaseOf(page)).toBe('pending');
    await tapPay(page);
    expect(phone.modals).toHaveLength(1);
    expect(reasons(page)).toEqual([]);
  });
});

describe('pay-button', () => {
  test.each([
    ['closed', { status: 'closed' }, '已关闭', 'closed'],
    ['paid', { status: 'paid' }, '已支付', 'closed'],
    ['refunded', { status: 'refunded' }, '已退款', 'refunded'],
    ['too late', { expiresAt: NOW - 1 }, '已关闭', 'closed'],
    ['paid and does not add up', { status: 'paid', totalAmount: 1 }, '已支付', 'closed'],
  ] as const)(
    'is locked with the status as its label when the order is %s',
    async (_what, more, label, reason) => {
      muteConsoleErrors();
      const page = await checkout({ order: order(more) });
      await advance(page);
      expect(labelOf(page)).toBe(label);
      await tapPay(page);
      expect(page.events.filter(({ name }) => name.startsWith('pay'))).toEqual([]);
      await page.component<SwanCashier.PayButtonInstance>('#p').pay();
      expect(reasons(page)).toEqual([reason]);
      expect([phone.payments, phone.requests]).toEqual([[], []]);
    },
  );

  test.each([
    ['does not add up', { totalAmount: 84841 }],
    ['has an error', { totalAmount: 0.5 }],
    ['has a tpOrderId that lost digits', { tpOrderId: JSON.parse('1349625084474417153') as string }],
  ] as const)('fails as order-invalid when the order %s', async (_what, more) => {
    muteConsoleErrors();
    const page = await checkout({ order: order(more) });
    expect(labelOf(page)).toBe('立即支付');
    await tapPay(page);
    expect(reasons(page)).toEqual(['order-invalid']);
    expect([phone.payments, phone.requests]).toEqual([[], []]);
  });

  test('says that the order is paid when pay() is called for a paid one', async () => {
    const page = await checkout({ order: order({ status: 'paid' }) });
    await page.component<SwanCashier.PayButtonInstance>('#p').pay();
    await advance(page);
    expect(phone.toasts).toMatchObject([{ title: '订单已支付，无需再次支付' }]);
  });

  test('is locked when the time of its order-key runs out, and not when that of another does', async () => {
    const other = '<pay-button id="q" create-url="/others" order-key="other"></pay-button>';
    backend['/others'] = summaryOrderInfo({ tpOrderId: 'T2' });
    const page = await checkout({ order: order({ expiresAt: NOW + 30_000 }) }, SUMMARY + BUTTON + other);
    await advance(page, 30_000);
    expect([labelOf(page), labelOf(page, '#q')]).toEqual(['已关闭', '立即支付']);
    await page.tap('#q');
    await advance(page, 50);
    expect(phone.payments).toHaveLength(1);
  });

  test('pays when the order was corrected', async () => {
    muteConsoleErrors();
    const page = await checkout({ order: order({ totalAmount: 1 }) });
    await tapPay(page);
    await setPageData(page, { order: order() });
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });

  test('pays when an order without lines has a total', async () => {
    const { lines: _lines, ...more } = order();
    const page = await checkout({ order: more });
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });

  test('succeeds when the time runs out during the payment', async () => {
    const page = await checkout({ order: order({ expiresAt: NOW + 5000 }) });
    await tapPay(page);
    await advance(page, 10_000);
    expect(page.details('orderexpire')).toEqual([]);
    backend['/status'] = { status: 'paid' };
    phone.payments[0]?.succeed();
    await advance(page, 100);
    expect(page.details('paysuccess')).toHaveLength(1);
    expect(status(page)).toBe('已支付');
  });

  test('is locked when the payment was cancelled after the time ran out', async () => {
    const page = await checkout({ order: order({ expiresAt: NOW + 5000 }) });
    await tapPay(page);
    await advance(page, 10_000);
    phone.payments[0]?.cancel();
    await advance(page, 100);
    expect(page.details('orderexpire')).toHaveLength(1);
    expect([status(page), labelOf(page)]).toEqual(['已关闭', '已关闭']);
  });

  test('pays when the summary that locked it is removed', async () => {
    const page = await checkout(
      { order: order({ status: 'closed' }) },
      `<view s-if="{{there}}">${SUMMARY}</view>${BUTTON}`,
    );
    await advance(page);
    expect(labelOf(page)).toBe('已关闭');
    await setPageData(page, { there: false });
    expect(labelOf(page)).toBe('立即支付');
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });

  test.each([
    ['above it, which was closed', true],
    ['below it', false],
  ])('pays when the summary of its order-key is on the page %s', async (_where, isAbove) => {
    const closed = { order: order({ tpOrderId: '', status: 'closed' }) };
    const first = await checkout(closed, isAbove ? BUTTON : SUMMARY);
    const second = await first.open({
      template: isAbove ? SUMMARY : BUTTON,
      usingComponents: COMPONENTS,
      data: { ...closed, url: '', key: 'cart-1', cart: { sku: 'kettle' }, statusUrl: '/status' },
    });
    if (isAbove) await second.close();
    await tapPay(isAbove ? first : second);
    expect(phone.payments).toHaveLength(1);
  });

  test('pays when the summary that locked it has another order-key and another order', async () => {
    const page = await checkout(
      { order: order({ tpOrderId: 'T2', status: 'closed' }), summaryKey: 'cart-1' },
      SUMMARY.replace('{{key}}', '{{summaryKey}}') + BUTTON,
    );
    await advance(page);
    expect(labelOf(page)).toBe('已关闭');
    await setPageData(page, { summaryKey: 'cart-2' });
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });

  test('is locked again when its tab page comes back', async () => {
    const below = await checkout({}, BUTTON);
    const page = await below.open({
      template: SUMMARY + BUTTON,
      usingComponents: COMPONENTS,
      data: { order: order({ status: 'closed' }), url: '', key: 'cart-1', cart: { sku: 'kettle' } },
    });
    const open = jest.spyOn(globalThis as unknown as { getCurrentPages(): unknown[] }, 'getCurrentPages');
    open.mockReturnValue([{ route: 'pages/other/other' }]);
    await page.hide();
    await advance(page);
    open.mockRestore();
    await page.show();
    await advance(page);
    expect(labelOf(page)).toBe('已关闭');
    await tapPay(page);
    expect(phone.payments).toHaveLength(0);
  });

  test('opens no cashier when one of two summaries has an invalid order', async () => {
    muteConsoleErrors();
    const page = await checkout(
      { order: order({ totalAmount: 1 }), info: summaryOrderInfo() },
      SUMMARY + '<order-summary order-info="{{info}}" order-key="{{key}}"></order-summary>' + BUTTON,
    );
    await tapPay(page);
    expect(phone.payments).toHaveLength(0);
  });

  test('opens no cashier when one of two summaries with an invalid order is removed', async () => {
    muteConsoleErrors();
    const page = await checkout(
      { order: order({ totalAmount: 1 }), more: true },
      SUMMARY +
        '<order-summary s-if="{{more}}" order="{{order}}" order-key="{{key}}"></order-summary>' +
        BUTTON,
    );
    await setPageData(page, { more: false });
    await tapPay(page);
    expect(phone.payments).toHaveLength(0);
  });
});

describe('order-summary without a pay-button', () => {
  const checks = (): unknown[] => phone.requests.filter(({ url }) => /status/.test(url));

  test('sends no check when the payment is of an earlier run', async () => {
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    await tapPay(await checkout());
    await advance(await checkout(), 70_000);
    killApp();
    const before = checks().length;
    const page = await checkout({}, SUMMARY);
    await page.hide();
    await page.show();
    await advance(page, 100);
    expect(checks()).toHaveLength(before);
    expect(status(page)).toBe('支付处理中');
  });
});

test('order-summary does not load again when what is paid is tapped', async () => {
  const page = await checkout({ order: null, url: '/view', statusUrl: '' });
  await tapPay(page);
  phone.payments[0]?.succeed();
  await advance(page, 1200);
  const views = (): unknown[] => phone.requests.filter(({ url }) => /view/.test(url));
  const before = views().length;
  await tapPay(page);
  await advance(page, 5000);
  expect(views()).toHaveLength(before);
});

test('order-summary loads again after paid when an earlier request is under way', async () => {
  const page = await checkout({ order: order(), url: '/view', statusUrl: '' });
  await tapPay(page);
  const answers: (() => void)[] = [];
  phone.onRequest(({ url }) =>
    /view/.test(url)
      ? new Promise(resolve => answers.push(() => resolve(envelope(backend['/view']))))
      : { statusCode: 404 },
  );
  await page.hide();
  await page.show();
  await advance(page);
  phone.payments[0]?.succeed();
  await advance(page, 100);
  backend['/view'] = order({ status: 'paid', note: '商家正在备货' });
  answers.forEach(each => each());
  await advance(page, 100);
  expect(answers).toHaveLength(2);
  expect(page.text('.order-summary__order-note')).toBe('商家正在备货');
});

test('an outcome is delivered to the button below when its page was closed', async () => {
  const below = await checkout();
  const above = await below.open({
    template: BUTTON,
    usingComponents: COMPONENTS,
    data: { key: 'cart-1', cart: { sku: 'kettle' }, statusUrl: '/status' },
  });
  await tapPay(above);
  phone.payments[0]?.succeed();
  await advance(above, 100);
  await above.close();
  await advance(below, 100);
  backend['/status'] = { status: 'paid' };
  await advance(below, 6000);
  expect(below.details('paysuccess')).toMatchObject([{ tpOrderId }]);
});
