import { HostError } from '../../sandbox/preview/testing';
import {
  envelope,
  setPageData,
  configure,
  muteConsoleErrors,
  NOW,
  mountSummary,
  order,
  advance,
  phone,
  setDataOf,
  startSummaryApp,
  status,
  stopApp,
} from '../helpers/component-page';

const URL = '/orders/1';

beforeEach(() => startSummaryApp({ header: { 'X-Shopper': 'a' } }));
afterEach(stopApp);

const retry = '.order-summary__order-retry';

describe('order-url', () => {
  test('is requested once, with the settings of the mini-program, and its order shown with one setData, when the page opens', async () => {
    phone.onRequest(() => envelope(order()));
    const page = await mountSummary({ url: URL });
    await advance(page);
    expect(phone.requests).toMatchObject([
      { url: 'https://shop.example/orders/1', method: 'GET', header: { 'X-Shopper': 'a' } },
    ]);
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(setDataOf(page)).toHaveLength(1);
    expect(page.details('orderload')).toMatchObject([{ refreshed: false }]);
  });

  test('leaves the skeleton and calls no setData when the request is running', async () => {
    phone.onRequest(() => 'never');
    const page = await mountSummary({ url: URL });
    await advance(page, 1000);
    expect(page.queryElement('[aria-busy]')).not.toBeNull();
    expect(setDataOf(page)).toHaveLength(0);
  });

  test.each([null, undefined, {}, []])('shows the empty text when it responds with %p', async data => {
    phone.onRequest(() => envelope(data));
    const page = await mountSummary({ url: URL });
    await advance(page);
    expect(page.text()).toBe('暂无订单内容');
    expect(page.details('orderload')).toMatchObject([{ mismatch: null }]);
  });

  test.each([
    ['no network', new HostError(1001, 'request:fail'), '网络或服务异常，请稍后再试', 'order-request', null],
    ['no answer', 'never', '网络或服务异常，请稍后再试', 'order-request', null],
    ['no such order', { statusCode: 404 }, '没有找到这笔订单', 'order-request', 404],
    ['no login', { statusCode: 401 }, '请登录后查看订单', 'order-request', 401],
    ["another user's order", { statusCode: 403 }, '请登录后查看订单', 'order-request', 403],
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
      envelope(order({ totalAmount: 0.1 })),
      '订单信息有误，请联系商家',
      'order-invalid',
      null,
    ],
  ] as const)(
    'shows a sentence and a retry button when it fails with %s',
    async (_what, reply, words, reason, code) => {
      muteConsoleErrors();
      phone.onRequest(() => reply as never);
      const page = await mountSummary({ url: URL });
      await advance(page, 16_000);
      expect(page.text('.order-summary__order-reason')).toBe(words);
      expect(page.text(retry)).toBe('重新加载');
      expect(page.details('orderfail')).toMatchObject([{ reason, code, stale: false }]);
      phone.onRequest(() => envelope(order()));
      await page.tap(retry);
      await advance(page);
      expect(page.text('.order-summary__order-total')).toBe('¥848.40');
      expect(page.queryElement(retry)).toBeNull();
    },
  );

  test.each([
    ['an HTTP status', { statusCode: 404 }, 'https://shop.example', /\/orders\/1: HTTP 404$/],
    ['no baseUrl', 'never', '', /configure\(\{ baseUrl \}\) needs https/],
  ] as const)(
    'is named in the console, with the reason, when it fails with %s',
    async (_what, reply, baseUrl, words) => {
      configure({ baseUrl });
      const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
      phone.onRequest(() => reply as never);
      await advance(await mountSummary({ url: URL }));
      expect(warn.mock.calls.map(([text]) => text as string)).toEqual([expect.stringMatching(words)]);
    },
  );

  test('is requested once more, with the skeleton, when the retry button is tapped three times', async () => {
    phone.onRequest(() => ({ statusCode: 502 }));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => 'never');
    await page.tap(retry, 3);
    await advance(page);
    expect(phone.requests).toHaveLength(2);
    expect(page.queryElement('[aria-busy]')).not.toBeNull();
  });

  test('has no retry button when the page gave the order', async () => {
    muteConsoleErrors();
    const page = await mountSummary({ order: order({ totalAmount: 0.1 }) });
    expect(page.queryElement(retry)).toBeNull();
  });

  test('replaces the order of the page when it responds', async () => {
    phone.onRequest(async () => {
      await new Promise(resolve => setTimeout(resolve, 500));
      return envelope(order({ status: 'paid' }));
    });
    const page = await mountSummary({ url: URL, order: order() });
    expect(status(page)).toBe('待付款');
    await advance(page, 600);
    expect(status(page)).toBe('已支付');
    expect(page.details('orderload')).toMatchObject([{ refreshed: false }, { refreshed: true }]);
  });

  test('keeps its order when another property changes and the page is shown again', async () => {
    phone.onRequest(() => envelope(order({ status: 'paid' })));
    const page = await mountSummary({ url: URL, order: order(), safe: false }, 'safe-area="{{safe}}"');
    await advance(page);
    phone.onRequest(() => 'never');
    await setPageData(page, { safe: true });
    await page.hide();
    await page.show();
    expect(status(page)).toBe('已支付');
    expect(page.details('orderload')).toHaveLength(2);
  });

  test('shows nothing when it responds after another order-url replaced it', async () => {
    phone.onRequest(async ({ url }) => {
      const late = url.endsWith('/1');
      await new Promise(resolve => setTimeout(resolve, late ? 500 : 10));
      return envelope(order({ tpOrderId: late ? 'T1' : 'T2' }));
    });
    const page = await mountSummary({ url: URL });
    await setPageData(page, { url: '/orders/2' });
    await advance(page, 1000);
    expect(page.details('orderload')).toMatchObject([{ order: { tpOrderId: 'T2' } }]);
    await setPageData(page, { url: '' });
    expect(page.queryElement('[aria-busy]')).not.toBeNull();
  });

  test('changes nothing when it responds after the page was closed', async () => {
    phone.onRequest(() => envelope(order()));
    const first = await mountSummary({ order: order() });
    phone.onRequest(async () => {
      await new Promise(resolve => setTimeout(resolve, 100));
      return envelope(order());
    });
    const page = await first.open({
      template: '<order-summary id="t" order-url="/orders/2"></order-summary>',
      usingComponents: { 'order-summary': 'components/order-summary/order-summary' },
    });
    await page.close();
    const before = setDataOf(first).length;
    await advance(first, 500);
    expect(setDataOf(first)).toHaveLength(before);
  });
});

describe('order-summary on a page that is shown again', () => {
  test('loads the order again, and fires statuschange, when there is an order-url', async () => {
    phone.onRequest(() => envelope(order()));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => envelope(order({ status: 'refunding', note: '退款处理中' })));
    await page.hide();
    await page.show();
    await advance(page);
    expect(status(page)).toBe('退款中');
    expect(phone.requests).toHaveLength(2);
    expect(page.details('statuschange')).toMatchObject([{ status: 'refunding', previous: 'unpaid' }]);
  });

  test('fires no statuschange when the order had an error before', async () => {
    muteConsoleErrors();
    phone.onRequest(() => envelope(order({ totalAmount: -1 })));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => envelope(order()));
    await page.hide();
    await page.show();
    await advance(page);
    expect(status(page)).toBe('待付款');
    expect(page.details('statuschange')).toEqual([]);
  });

  test('shows the order when it could not be loaded before', async () => {
    phone.onRequest(() => ({ statusCode: 502 }));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => envelope(order()));
    await page.hide();
    await page.show();
    await advance(page);
    expect(page.queryElement('.order-summary__order-reason')).toBeNull();
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  });

  test('keeps its order, and fires a stale orderfail, when there is no network', async () => {
    phone.onRequest(() => envelope(order()));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => new HostError(1001, 'request:fail'));
    await page.hide();
    await page.show();
    await advance(page);
    expect(page.text('.order-summary__order-total')).toBe('¥848.40');
    expect(page.details('orderfail')).toMatchObject([{ reason: 'order-request', stale: true }]);
  });

  test('shows the error in place of the order when the new order is invalid', async () => {
    muteConsoleErrors();
    phone.onRequest(() => envelope(order()));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => envelope(order({ totalAmount: -1 })));
    await page.hide();
    await page.show();
    await advance(page);
    expect(page.text('.order-summary__order-reason')).toBe('订单信息有误，请联系商家');
    expect(page.details('orderfail')).toMatchObject([{ stale: false }]);
  });

  test('checks status-url when there is no order-url', async () => {
    const page = await mountSummary({ order: order() }, 'status-url="/status"');
    expect(phone.requests).toEqual([]);
    phone.onRequest(() => envelope({ status: 'paid' }));
    await page.hide();
    await page.show();
    await advance(page, 400);
    expect(phone.requests.map(({ url }) => url)).toEqual([
      'https://shop.example/status?tpOrderId=20261123090000000001',
    ]);
    expect(status(page)).toBe('已支付');
  });

  test('replaces {tpOrderId} when the status-url has it', async () => {
    const page = await mountSummary(
      { order: order({ tpOrderId: 'T/1' }) },
      'status-url="/orders/{tpOrderId}/status"',
    );
    phone.onRequest(() => envelope({ status: 'paid' }));
    await page.hide();
    await page.show();
    await advance(page, 400);
    expect(phone.requests.map(({ url }) => url)).toEqual(['https://shop.example/orders/T%2F1/status']);
  });

  test('checks the new order, and ignores what comes late for the first, when the page changed it', async () => {
    const page = await mountSummary({ order: order({ tpOrderId: 'T1' }) }, 'status-url="/status"');
    phone.onRequest(async ({ url }) => {
      const isFirst = url.endsWith('T1');
      await new Promise(resolve => setTimeout(resolve, isFirst ? 500 : 10));
      return envelope({ status: isFirst ? 'paid' : 'unpaid' });
    });
    await page.hide();
    await page.show();
    await advance(page, 400);
    await setPageData(page, { order: order({ tpOrderId: 'T2' }) });
    await page.hide();
    await page.show();
    await advance(page, 1000);
    expect(phone.requests.map(({ url }) => url.slice(-2))).toEqual(['T1', 'T2']);
    expect(status(page)).toBe('待付款');
  });

  test('stays paid when status-url said paid and the page gives the order as unpaid again', async () => {
    const page = await mountSummary({ order: order() }, 'status-url="/status"');
    phone.onRequest(() => envelope({ status: 'paid' }));
    await page.hide();
    await page.show();
    await advance(page, 400);
    await setPageData(page, { order: order({ note: '请尽快付款' }) });
    expect(status(page)).toBe('已支付');
    await setPageData(page, { order: order({ status: 'refunded' }) });
    expect(status(page)).toBe('已退款');
    await setPageData(page, { order: order({ status: 'closed' }) });
    expect(status(page)).toBe('已关闭');
  });

  test('shows another order as unpaid when status-url said paid of the first', async () => {
    const page = await mountSummary({ order: order({ tpOrderId: 'T1' }) }, 'status-url="/status"');
    phone.onRequest(() => envelope({ status: 'paid' }));
    await page.hide();
    await page.show();
    await advance(page, 400);
    expect(status(page)).toBe('已支付');
    await setPageData(page, { order: order({ tpOrderId: 'T2' }) });
    expect(status(page)).toBe('待付款');
  });

  test.each([
    ['an unknown status', envelope({ status: 'shipped' })],
    ['a failure', { statusCode: 500 }],
  ])('changes nothing when status-url answers %s', async (_what, reply) => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const page = await mountSummary({ order: order() }, 'status-url="/status"');
    phone.onRequest(() => reply);
    await page.hide();
    await page.show();
    await advance(page, 400);
    expect(status(page)).toBe('待付款');
  });

  test('checks nothing when a quote has no number', async () => {
    const page = await mountSummary({ order: order({ tpOrderId: '' }) }, 'status-url="/status"');
    await page.hide();
    await page.show();
    await advance(page, 400);
    expect(phone.requests).toEqual([]);
  });

  test('uses configure({ mapStatus }) when the backend has its own statuses', async () => {
    configure({ mapStatus: data => ((data as { state?: string }).state === 'DONE' ? 'paid' : null) });
    phone.onRequest(() => envelope({ ...order(), status: 'DONE', state: 'DONE' }));
    const page = await mountSummary({ url: URL });
    await advance(page);
    expect(status(page)).toBe('已支付');
    await setPageData(page, { url: '', order: order() });
    expect(status(page)).toBe('待付款');
  });
});

describe('order-summary at the end of the time to pay', () => {
  test('loads the order again when there is an order-url', async () => {
    phone.onRequest(() => envelope(order({ expiresAt: NOW + 2000 })));
    const page = await mountSummary({ url: URL });
    await advance(page);
    const closed = order({ status: 'closed', note: '超过支付时间，订单已关闭', serverTime: NOW + 2000 });
    phone.onRequest(() => envelope(closed));
    await advance(page, 2000);
    await advance(page);
    expect(phone.requests).toHaveLength(2);
    expect(page.text('.order-summary__order-note')).toBe('超过支付时间，订单已关闭');
    expect(page.details('statuschange')).toHaveLength(1);
  });

  test('shows unpaid again when the device clock had jumped ahead and order-url says unpaid', async () => {
    phone.onRequest(() => envelope(order()));
    const page = await mountSummary({ url: URL });
    await advance(page);
    phone.onRequest(() => envelope(order({ serverTime: NOW + 2000 })));
    jest.setSystemTime(NOW + 3_600_000);
    await advance(page, 2000);
    expect(status(page)).toBe('待付款');
    expect(page.details('statuschange')).toMatchObject([{ status: 'closed' }, { status: 'unpaid' }]);
  });
});

test('order-summary loads its order again when its tab page comes back', async () => {
  phone.onRequest(() => envelope(order()));
  const page = await mountSummary({ url: URL, key: 'k' });
  await advance(page);
  const open = jest.spyOn(globalThis as unknown as { getCurrentPages(): unknown[] }, 'getCurrentPages');
  open.mockReturnValue([{ route: 'pages/other/other' }]);
  await page.hide();
  open.mockRestore();
  phone.onRequest(() => envelope(order({ status: 'paid' })));
  await page.show();
  await advance(page);
  expect(status(page)).toBe('已支付');
});

test('order-summary calls no setData when reLaunch replaced its page', async () => {
  const page = await mountSummary({ order: order() });
  const before = setDataOf(page).length;
  const pages = globalThis as unknown as { getCurrentPages(): { route: string }[] };
  const route = pages.getCurrentPages()[0]?.route ?? '';
  jest.spyOn(pages, 'getCurrentPages').mockReturnValue([{ route }]);
  await setPageData(page, { order: order({ status: 'paid' }) });
  expect(setDataOf(page)).toHaveLength(before);
});
