import { configure } from 'swan-cashier';
import { DeviceError } from '../../demo/preview/testing';
import {
  answer,
  change,
  expectComplaints,
  NOW,
  mountSummary,
  order,
  pass,
  phone,
  setDataOf,
  status,
} from './order-summary-kit';

const URL = '/orders/1';

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
  configure({ baseUrl: 'https://shop.example', header: { 'X-Shopper': 'a' } });
});

afterEach(() => {
  configure({ baseUrl: '', header: null, mapStatus: null });
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const retry = '.order-summary__order-retry';

describe('An order from order-url', () => {
  test('is asked for once, with the settings of the mini-program, and shown with one setData', async () => {
    phone.onRequest(() => answer(order()));
    const page = await mountSummary({ url: URL });
    await pass(page);
    expect(phone.requests).toMatchObject([
      { url: 'https://shop.example/orders/1', method: 'GET', header: { 'X-Shopper': 'a' } },
    ]);
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(setDataOf(page)).toHaveLength(1);
    expect(page.details('orderload')).toMatchObject([{ refreshed: false }]);
  });

  test('shows the skeleton while it is under way', async () => {
    phone.onRequest(() => 'never');
    const page = await mountSummary({ url: URL });
    await pass(page, 1000);
    expect(page.find('[aria-busy]')).not.toBeNull();
    expect(setDataOf(page)).toHaveLength(0);
  });

  test.each([null, undefined, {}])('%p is no order', async data => {
    phone.onRequest(() => answer(data));
    const page = await mountSummary({ url: URL });
    await pass(page);
    expect(page.text()).toBe('暂无订单内容');
  });

  test.each([
    ['no network', new DeviceError(1001, 'request:fail'), '网络不太顺畅，请稍后再试', 'order-request', null],
    ['no answer', 'never', '网络不太顺畅，请稍后再试', 'order-request', null],
    ['no such order', { statusCode: 404 }, '没有找到这笔订单', 'order-request', 404],
    ['no login', { statusCode: 401 }, '请登录后查看订单', 'order-request', 401],
    ['another person’s order', { statusCode: 403 }, '请登录后查看订单', 'order-request', 403],
    ['a broken backend', { statusCode: 502 }, '订单暂时打不开，请稍后再试', 'order-request', 502],
    ['a page of html', { data: '<html>' }, '订单暂时打不开，请稍后再试', 'order-request', 200],
    ['a refusal with words', { data: { errno: 7, msg: '订单已归档' } }, '订单已归档', 'order-rejected', 7],
    [
      'a refusal with too many words',
      { data: { errno: 7, msg: 'java.lang.NullPointerException at OrderController' } },
      '订单暂时打不开，请稍后再试',
      'order-rejected',
      7,
    ],
    [
      'an order that cannot be believed',
      answer(order({ totalAmount: 0.1 })),
      '订单信息有误，请联系商家',
      'order-invalid',
      null,
    ],
  ] as const)('%s is said in words, with a way to try again', async (_what, reply, words, reason, code) => {
    expectComplaints();
    phone.onRequest(() => reply as never);
    const page = await mountSummary({ url: URL });
    await pass(page, 16_000);
    expect(page.text('.order-summary__order-reason')).toBe(words);
    expect(page.text(retry)).toBe('重新加载');
    expect(page.details('orderfail')).toMatchObject([{ reason, code, stale: false }]);
    phone.onRequest(() => answer(order()));
    await page.tap(retry);
    await pass(page);
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(page.find(retry)).toBeNull();
  });

  test('trying again shows the skeleton and asks once, however often it is tapped', async () => {
    phone.onRequest(() => ({ statusCode: 502 }));
    const page = await mountSummary({ url: URL });
    await pass(page);
    phone.onRequest(() => 'never');
    await page.tap(retry, 3);
    await pass(page);
    expect(phone.requests).toHaveLength(2);
    expect(page.find('[aria-busy]')).not.toBeNull();
  });

  test('an order given by the page cannot be loaded again, so no button says so', async () => {
    expectComplaints();
    const page = await mountSummary({ order: order({ totalAmount: 0.1 }) });
    expect(page.find(retry)).toBeNull();
  });

  test('an order the page has already is shown at once, then replaced by the answer', async () => {
    phone.onRequest(async () => {
      await new Promise(resolve => setTimeout(resolve, 500));
      return answer(order({ status: 'paid' }));
    });
    const page = await mountSummary({ url: URL, order: order() });
    expect(status(page)).toBe('待付款');
    await pass(page, 600);
    expect(status(page)).toBe('已支付');
    expect(page.details('orderload')).toMatchObject([{ refreshed: false }, { refreshed: true }]);
  });

  test('another order-url means another order: what comes late for the first is ignored', async () => {
    phone.onRequest(async ({ url }) => {
      const late = url.endsWith('/1');
      await new Promise(resolve => setTimeout(resolve, late ? 500 : 10));
      return answer(order({ tpOrderId: late ? 'T1' : 'T2' }));
    });
    const page = await mountSummary({ url: URL });
    await change(page, { url: '/orders/2' });
    await pass(page, 1000);
    expect(phone.requests.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(page.details('orderload')).toMatchObject([{ order: { tpOrderId: 'T2' } }]);
    await change(page, { url: '' });
    expect(page.find('[aria-busy]')).not.toBeNull();
  });

  test('an answer after the page was closed changes nothing', async () => {
    phone.onRequest(() => answer(order()));
    const first = await mountSummary({ order: order() });
    phone.onRequest(async () => {
      await new Promise(resolve => setTimeout(resolve, 100));
      return answer(order());
    });
    const page = await first.open({
      template: '<order-summary id="t" order-url="/orders/2"></order-summary>',
      usingComponents: { 'order-summary': 'components/order-summary/order-summary' },
    });
    await page.close();
    const before = setDataOf(first).length;
    await pass(first, 500);
    expect(phone.requests[0]?.aborted).toBe(true);
    expect(setDataOf(first)).toHaveLength(before);
  });
});

describe('Coming back to the page', () => {
  test('reads the order again and sets only what changed', async () => {
    phone.onRequest(() => answer(order()));
    const page = await mountSummary({ url: URL });
    await pass(page);
    phone.onRequest(() => answer(order({ status: 'refunding', note: '退款处理中' })));
    await page.hide();
    await page.show();
    await pass(page);
    expect(status(page)).toBe('退款中');
    expect(phone.requests).toHaveLength(2);
    expect(page.details('statuschange')).toMatchObject([{ status: 'refunding', previous: 'unpaid' }]);
  });

  test('without network keeps what was there and tells only the developer', async () => {
    phone.onRequest(() => answer(order()));
    const page = await mountSummary({ url: URL });
    await pass(page);
    phone.onRequest(() => new DeviceError(1001, 'request:fail'));
    await page.hide();
    await page.show();
    await pass(page);
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(page.details('orderfail')).toMatchObject([{ reason: 'order-request', stale: true }]);
  });

  test('with an order that became unbelievable shows it no longer', async () => {
    expectComplaints();
    phone.onRequest(() => answer(order()));
    const page = await mountSummary({ url: URL });
    await pass(page);
    phone.onRequest(() => answer(order({ totalAmount: -1 })));
    await page.hide();
    await page.show();
    await pass(page);
    expect(page.text('.order-summary__order-reason')).toBe('订单信息有误，请联系商家');
    expect(page.details('orderfail')).toMatchObject([{ stale: false }]);
  });

  test('asks status-url where there is no order-url', async () => {
    const page = await mountSummary({ order: order() }, 'status-url="/status"');
    expect(phone.requests).toEqual([]);
    phone.onRequest(() => answer({ status: 'paid' }));
    await page.hide();
    await page.show();
    await pass(page);
    expect(phone.requests.map(({ url }) => url)).toEqual([
      'https://shop.example/status?tpOrderId=20261123090000000001',
    ]);
    expect(status(page)).toBe('已支付');
  });

  test.each([
    ['a word nobody knows', answer({ status: 'shipped' })],
    ['a failure', { statusCode: 500 }],
  ])('%s of status-url changes nothing', async (_what, reply) => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const page = await mountSummary({ order: order() }, 'status-url="/status"');
    phone.onRequest(() => reply);
    await page.hide();
    await page.show();
    await pass(page);
    expect(status(page)).toBe('待付款');
  });

  test('a quote has no number to ask about', async () => {
    const page = await mountSummary({ order: order({ tpOrderId: '' }) }, 'status-url="/status"');
    await page.hide();
    await page.show();
    expect(phone.requests).toEqual([]);
  });

  test('a backend with words of its own is understood through mapStatus', async () => {
    configure({ mapStatus: data => ((data as { state?: string }).state === 'DONE' ? 'paid' : null) });
    phone.onRequest(() => answer({ ...order(), status: 'DONE', state: 'DONE' }));
    const page = await mountSummary({ url: URL });
    await pass(page);
    expect(status(page)).toBe('已支付');
    await change(page, { url: '', order: order() });
    expect(status(page)).toBe('待付款');
  });
});

describe('When the time to pay is over', () => {
  test('the backend is asked what became of the order', async () => {
    phone.onRequest(() => answer(order({ expiresAt: NOW + 2000 })));
    const page = await mountSummary({ url: URL });
    await pass(page);
    const closed = order({ status: 'closed', note: '超过支付时间，订单已关闭', serverTime: NOW + 2000 });
    phone.onRequest(() => answer(closed));
    await pass(page, 2000);
    await pass(page);
    expect(phone.requests).toHaveLength(2);
    expect(page.text('.order-summary__order-note')).toBe('超过支付时间，订单已关闭');
    expect(page.details('statuschange')).toHaveLength(1);
  });

  test('a clock that jumped ahead is corrected by the answer', async () => {
    phone.onRequest(() => answer(order()));
    const page = await mountSummary({ url: URL });
    await pass(page);
    phone.onRequest(() => answer(order({ serverTime: NOW + 2000 })));
    jest.setSystemTime(NOW + 3_600_000);
    await pass(page, 2000);
    expect(status(page)).toBe('待付款');
    expect(page.details('statuschange')).toMatchObject([{ status: 'closed' }, { status: 'unpaid' }]);
  });
});

test('a tab page that was switched away from looks closed to its components, and comes back', async () => {
  phone.onRequest(() => answer(order()));
  const page = await mountSummary({ url: URL, key: 'k' });
  await pass(page);
  const open = jest.spyOn(globalThis as unknown as { getCurrentPages(): unknown[] }, 'getCurrentPages');
  open.mockReturnValue([]);
  await page.hide();
  open.mockRestore();
  phone.onRequest(() => answer(order({ status: 'paid' })));
  await page.show();
  await pass(page);
  expect(status(page)).toBe('已支付');
});
