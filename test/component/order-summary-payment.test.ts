import type * as SwanCashier from 'swan-cashier';
import { killApp, mountPage, type MountedPage } from '../../demo/preview/testing';
import {
  answer,
  change,
  COMPONENTS,
  expectComplaints,
  NOW,
  order,
  orderInfo,
  pass,
  phone,
  rows,
  status,
  timeLeft,
} from './order-summary-kit';

const tpOrderId = order().tpOrderId;
let backend: Record<string, unknown>;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
  // What was bought in one test must not be remembered in the next.
  killApp(true);
  jest.requireActual<typeof SwanCashier>('swan-cashier').configure({ baseUrl: 'https://shop.example' });
  backend = {
    '/orders': { orderInfo: orderInfo(), order: { status: 'unpaid' } },
    '/status': { status: 'unpaid' },
    '/view': order(),
  };
  phone.onRequest(({ url }) => {
    const path = url.replace('https://shop.example', '').replace(/\?.*/, '');
    return path in backend ? answer(backend[path]) : { statusCode: 404 };
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

interface Button {
  pay(): Promise<SwanCashier.PayOutcome>;
  reset(): void;
  phase: string;
}

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

/** A tap, and whatever comes of it at once. */
const tapPay = async (page: MountedPage): Promise<void> => {
  await page.tap('#p');
  await pass(page, 50);
};

const reasons = (page: MountedPage): unknown[] =>
  page.details('payfail').map(detail => (detail as { reason: string }).reason);

describe('One order-key, one status', () => {
  test.each([
    ['first', SUMMARY + BUTTON],
    ['last', BUTTON + SUMMARY],
  ])('the summary, when it stands %s, follows the payment from the tap to paid', async (_place, template) => {
    const page = await checkout({}, template);
    await tapPay(page);
    expect(status(page)).toBe('支付处理中');
    expect(timeLeft(page)).toBeNull();
    backend['/status'] = { status: 'paid' };
    phone.payments[0]?.succeed();
    await pass(page, 100);
    expect(status(page)).toBe('已支付');
    const told = page.details('statuschange').map(detail => (detail as { status: string }).status);
    expect(told).toEqual(['paying', 'paid']);
  });

  test('a cancelled payment leaves it waiting, with the time that is left', async () => {
    const page = await checkout();
    await tapPay(page);
    await pass(page, 60_000);
    phone.payments[0]?.cancel();
    await pass(page, 100);
    expect(status(page)).toBe('待付款');
    expect(timeLeft(page)).toBe('14:00');
  });

  test('a quote gets its order number when the order is made', async () => {
    const page = await checkout({ order: order({ tpOrderId: '' }) });
    expect(rows(page).join()).not.toContain('订单编号');
    await tapPay(page);
    expect(rows(page)).toContain(`订单编号 | ${tpOrderId} | 复制`);
    await page.tap('.order-summary__order-number');
    await pass(page);
    expect(phone.clipboardText).toBe(tpOrderId);
  });

  test('paid makes it read the order again', async () => {
    const page = await checkout({ order: null, url: '/view' });
    await tapPay(page);
    backend['/status'] = { status: 'paid' };
    backend['/view'] = order({ status: 'paid', note: '商家正在备货' });
    phone.payments[0]?.succeed();
    await pass(page, 200);
    expect(page.text('.order-summary__order-note')).toBe('商家正在备货');
  });

  test('a backend that is late does not make a paid order unpaid', async () => {
    const page = await checkout({ order: null, url: '/view', statusUrl: '' });
    await tapPay(page);
    phone.payments[0]?.succeed();
    await pass(page, 200);
    expect(status(page)).toBe('已支付');
  });

  test('a purchase of another order under the same key means nothing to this one', async () => {
    const page = await checkout();
    await tapPay(page);
    await change(page, { order: order({ tpOrderId: 'T2' }) });
    expect(status(page)).toBe('待付款');
  });

  test('a changed cart is a new purchase, so the paid one is not shown for it', async () => {
    const page = await checkout({ order: order({ tpOrderId: '' }) });
    await tapPay(page);
    backend['/status'] = { status: 'paid' };
    phone.payments[0]?.succeed();
    await pass(page, 100);
    expect(status(page)).toBe('已支付');
    await change(page, { cart: { sku: 'cup' }, order: order({ tpOrderId: '', title: '青瓷品茗杯' }) });
    expect(status(page)).toBe('待付款');
  });

  test('without an order-key both know each other by the number of the order', async () => {
    const page = await checkout(
      { info: orderInfo() },
      '<order-summary id="s" order-info="{{info}}"></order-summary><pay-button id="p" order-info="{{info}}"></pay-button>',
    );
    await tapPay(page);
    expect(status(page)).toBe('支付处理中');
  });

  test('an answer of order-url that says paid ends a payment nobody knew the end of', async () => {
    const page = await checkout({ order: null, url: '/view', statusUrl: '' });
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    await tapPay(page);
    expect(page.details('paypending')).toHaveLength(1);
    expect(status(page)).toBe('支付处理中');
    backend['/view'] = order({ status: 'paid' });
    await page.hide();
    await page.show();
    await pass(page, 100);
    expect(page.details('paysuccess')).toMatchObject([{ tpOrderId, resumed: true }]);
    expect(status(page)).toBe('已支付');
  });
});

describe('What the summary knows, the pay-button heeds', () => {
  test.each([
    ['does not add up', { totalAmount: 84841 }, 'order-invalid'],
    ['cannot be believed', { totalAmount: 0.5 }, 'order-invalid'],
    ['is closed', { status: 'closed' }, 'closed'],
    ['is paid', { status: 'paid' }, 'closed'],
    ['was refunded', { status: 'refunded' }, 'closed'],
    ['is too late', { expiresAt: NOW - 1 }, 'closed'],
  ] as const)('an order that %s is not paid', async (_what, more, reason) => {
    expectComplaints();
    const page = await checkout({ order: order(more as never) });
    await tapPay(page);
    expect(reasons(page)).toEqual([reason]);
    expect(phone.payments).toEqual([]);
    expect(phone.requests).toEqual([]);
  });

  test('a person who pays a paid order hears that, not that it is closed', async () => {
    const page = await checkout({ order: order({ status: 'paid' }) });
    await tapPay(page);
    expect(phone.toasts).toMatchObject([{ title: '订单已支付，无需再次支付' }]);
  });

  test('the time running out locks the button of this key, and of no other', async () => {
    const other = '<pay-button id="q" create-url="/orders" order-key="other"></pay-button>';
    const page = await checkout({}, SUMMARY + BUTTON + other);
    await pass(page, 900_000);
    await tapPay(page);
    expect(reasons(page)).toEqual(['closed']);
    await page.tap('#q');
    await pass(page, 50);
    expect(phone.payments).toHaveLength(1);
  });

  test('a mended order can be paid', async () => {
    expectComplaints();
    const page = await checkout({ order: order({ totalAmount: 1 }) });
    await tapPay(page);
    await change(page, { order: order() });
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });

  test('a payment under way is not cut short when the time runs out', async () => {
    const page = await checkout({ order: order({ expiresAt: NOW + 5000 }) });
    await tapPay(page);
    await pass(page, 10_000);
    expect(page.details('orderexpire')).toEqual([]);
    backend['/status'] = { status: 'paid' };
    phone.payments[0]?.succeed();
    await pass(page, 100);
    expect(page.details('paysuccess')).toHaveLength(1);
    expect(status(page)).toBe('已支付');
  });

  test('when it was cancelled after the time ran out, that is told then', async () => {
    const page = await checkout({ order: order({ expiresAt: NOW + 5000 }) });
    await tapPay(page);
    await pass(page, 10_000);
    phone.payments[0]?.cancel();
    await pass(page, 100);
    expect(page.details('orderexpire')).toHaveLength(1);
    expect(status(page)).toBe('已关闭');
  });

  test('a pending payment can still be looked up after the time ran out', async () => {
    const page = await checkout({ order: order({ expiresAt: NOW + 5000 }), statusUrl: '' });
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    await tapPay(page);
    await pass(page, 10_000);
    expect(page.component<Button>('#p').phase).toBe('pending');
    await tapPay(page);
    expect(phone.modals).toHaveLength(1);
    expect(reasons(page)).toEqual([]);
  });

  test('what a summary said goes with it', async () => {
    const page = await checkout(
      { order: order({ status: 'closed' }) },
      `<view s-if="{{there}}">${SUMMARY}</view>${BUTTON}`,
    );
    await page.setData({ there: false });
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });

  test('and with its page', async () => {
    const first = await checkout({}, BUTTON);
    const second = await first.open({
      template: SUMMARY,
      usingComponents: COMPONENTS,
      data: { order: order({ status: 'closed' }), url: '', key: 'cart-1' },
    });
    await second.close();
    await tapPay(first);
    expect(phone.payments).toHaveLength(1);
  });

  test('another order-key frees the first', async () => {
    const page = await checkout(
      { order: order({ status: 'closed' }), summaryKey: 'cart-1' },
      SUMMARY.replace('{{key}}', '{{summaryKey}}') + BUTTON,
    );
    await change(page, { summaryKey: 'cart-2' });
    await tapPay(page);
    expect(phone.payments).toHaveLength(1);
  });
});

describe('A summary is no pay-button', () => {
  const looks = (): unknown[] => phone.requests.filter(({ url }) => /status/.test(url));

  test('alone on a page it does not look into a payment of before', async () => {
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    await tapPay(await checkout());
    await pass(await checkout(), 70_000);
    killApp();
    const before = looks().length;
    const page = await checkout({}, SUMMARY);
    await page.hide();
    await page.show();
    await pass(page, 100);
    expect(looks()).toHaveLength(before);
    expect(status(page)).toBe('支付处理中');
  });

  test('a tap on what is paid does not make it read the order again', async () => {
    const page = await checkout({ order: null, url: '/view', statusUrl: '' });
    await tapPay(page);
    phone.payments[0]?.succeed();
    await pass(page, 1200);
    const views = (): unknown[] => phone.requests.filter(({ url }) => /view/.test(url));
    const before = views().length;
    await tapPay(page);
    await pass(page, 1000);
    expect(views()).toHaveLength(before);
  });

  test('an outcome whose page is closed goes to the button below it', async () => {
    const below = await checkout();
    const above = await below.open({
      template: BUTTON,
      usingComponents: COMPONENTS,
      data: { key: 'cart-1', cart: { sku: 'kettle' }, statusUrl: '/status' },
    });
    await tapPay(above);
    phone.payments[0]?.succeed();
    await pass(above, 100);
    await above.close();
    await pass(below, 100);
    backend['/status'] = { status: 'paid' };
    await pass(below, 6000);
    expect(below.details('paysuccess')).toMatchObject([{ tpOrderId }]);
  });

  test('when it says closed while a payment is pending, that payment stays in doubt', async () => {
    phone.answerPayments({ fail: { errCode: 1, errMsg: '支付中' } });
    const page = await checkout({ statusUrl: '' });
    await tapPay(page);
    expect(page.component<Button>('#p').phase).toBe('pending');
    await change(page, { order: order({ status: 'closed' }) });
    await tapPay(page);
    expect(page.details('payfail')).toMatchObject([{ reason: 'closed', mayBePaid: true, tpOrderId }]);
    expect(page.component<Button>('#p').phase).toBe('pending');
    await change(page, { order: order() });
    await tapPay(page);
    expect(phone.modals).toHaveLength(1);
    expect(phone.payments).toHaveLength(1);
  });

  test('a second summary that goes does not take back what the first one says', async () => {
    expectComplaints();
    const page = await checkout(
      { order: order({ totalAmount: 1 }), more: true },
      SUMMARY +
        '<order-summary s-if="{{more}}" order="{{order}}" order-key="{{key}}"></order-summary>' +
        BUTTON,
    );
    await change(page, { more: false });
    await tapPay(page);
    expect(phone.payments).toHaveLength(0);
  });

  test('a second summary that adds up does not take back what the first one says', async () => {
    expectComplaints();
    const page = await checkout(
      { order: order({ totalAmount: 1 }), info: orderInfo() },
      SUMMARY + '<order-summary order-info="{{info}}" order-key="{{key}}"></order-summary>' + BUTTON,
    );
    await tapPay(page);
    expect(phone.payments).toHaveLength(0);
  });
});
