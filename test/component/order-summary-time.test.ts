import {
  envelope,
  setPageData,
  mountSummary,
  NOW,
  order,
  advance,
  phone,
  rows,
  setDataOf,
  startSummaryApp,
  status,
  stopApp,
  timeLeft,
} from '../helpers/component-page';

beforeEach(() => startSummaryApp());
afterEach(stopApp);

const ticks = (page: Parameters<typeof setDataOf>[0]): unknown[] =>
  setDataOf(page)
    .slice(1)
    .map(({ keys }) => keys.join());

describe('the time to pay', () => {
  test('sets one key per second, and nothing after its end, when it runs down', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + 3000 }) });
    expect(timeLeft(page)).toBe('00:03');
    await advance(page, 1000);
    expect(timeLeft(page)).toBe('00:02');
    await advance(page, 1000);
    expect(timeLeft(page)).toBe('00:01');
    expect(ticks(page)).toEqual(['timeLeft', 'timeLeft']);
    await advance(page, 1000);
    expect(timeLeft(page)).toBeNull();
    expect(status(page)).toBe('已关闭');
    await advance(page, 60_000);
    expect(ticks(page)).toEqual(['timeLeft', 'timeLeft', 'status,statusText']);
    expect(page.events.map(({ name }) => name)).toEqual(['orderload', 'orderexpire', 'statuschange']);
    expect(page.details('orderexpire')).toEqual([{ tpOrderId: order().tpOrderId, expiresAt: NOW + 3000 }]);
  });

  test('keeps its place, hidden, when the order is paid, and has none when the order is another or has no expiresAt', async () => {
    const left = (): Element | null => page.queryElement('.order-summary__order-left');
    const ends = order({ expiresAt: NOW + 60_000 });
    const page = await mountSummary({ order: ends });
    await setPageData(page, { order: { ...ends, status: 'paid' } });
    expect([timeLeft(page), left()?.textContent]).toEqual([null, '剩余支付时间 01:00']);
    await setPageData(page, { order: { ...ends, status: 'paid', tpOrderId: 'another' } });
    expect(left()).toBeNull();
    await setPageData(page, { order: ends });
    await setPageData(page, { order: { ...ends, expiresAt: undefined } });
    expect(left()).toBeNull();
  });

  test('changes at the full second when the order arrived between two', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + 2400 }) });
    expect(timeLeft(page)).toBe('00:03');
    const started = Date.now();
    await advance(page, NOW + 390 - started);
    expect(timeLeft(page)).toBe('00:03');
    await advance(page, 40);
    expect(timeLeft(page)).toBe('00:02');
  });

  test('sets less than 35 bytes per second when the order has 200 lines', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({
      title: `茶 ${index}`,
      unitAmount: 1,
      quantity: 1,
      amount: 1,
    }));
    const page = await mountSummary({ order: order({ lines, fees: [], discounts: [], totalAmount: 200 }) });
    await advance(page, 10_000);
    const [load, ...later] = setDataOf(page);
    expect(load?.bytes).toBeGreaterThan(5000);
    expect(later.length).toBeGreaterThanOrEqual(9);
    expect(later.length).toBeLessThanOrEqual(10);
    expect(Math.max(...later.map(({ bytes }) => bytes))).toBeLessThan(35);
  });

  test.each([
    [59_000, '00:59'],
    [3_600_000, '01:00:00'],
    [90_061_000, '1 天 01:01:01'],
  ])('is shown correctly when %d ms are left: %s', async (left, text) => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + left }) });
    expect(timeLeft(page)).toBe(text);
  });

  test.each([
    ['an hour slow', -3_600_000],
    ['an hour fast', 3_600_000],
  ])('is correct when the device clock is %s', async (_what, wrong) => {
    jest.setSystemTime(NOW + wrong);
    const page = await mountSummary({ order: order({ expiresAt: NOW + 30_000 }) });
    expect(timeLeft(page)).toBe('00:30');
    await advance(page, 29_000);
    expect(timeLeft(page)).toBe('00:01');
    await advance(page, 1000);
    expect(page.details('orderexpire')).toHaveLength(1);
  });

  test('does not go back when the page gives the same order again', async () => {
    const page = await mountSummary({ order: order() });
    await advance(page, 60_000);
    await setPageData(page, { order: order({ note: '请尽快付款' }) });
    expect(timeLeft(page)).toBe('14:00');
  });

  test('does not go back when a response was slower, and is corrected when the device clock was set', async () => {
    const page = await mountSummary({ order: order() });
    await advance(page, 60_000);
    await setPageData(page, { order: order({ serverTime: NOW + 57_000 }) });
    expect(timeLeft(page)).toBe('14:00');
    jest.setSystemTime(Date.now() + 7_200_000);
    await setPageData(page, { order: order({ serverTime: NOW + 62_000 }) });
    expect(timeLeft(page)).toBe('13:58');
  });

  test('is counted by the clock of the device when nothing names the time', async () => {
    jest.setSystemTime(NOW + 60_000);
    const page = await mountSummary({ order: order({ serverTime: undefined }) });
    expect(timeLeft(page)).toBe('14:00');
  });

  test.each([
    ['the Date header of the answer, when it has no serverTime', undefined, '14:00'],
    ['its serverTime, when it has both', NOW + 120_000, '13:00'],
  ])('is counted by %s', async (_what, serverTime, left) => {
    jest.setSystemTime(NOW + 3_600_000);
    const header = { Date: new Date(NOW + 60_000).toUTCString() };
    phone.onRequest(() => ({ ...envelope(order({ serverTime })), header }));
    const page = await mountSummary({ url: '/orders/1' });
    await advance(page);
    expect(timeLeft(page)).toBe(left);
  });

  test('is counted the same when the times are digits as text', async () => {
    jest.setSystemTime(NOW + 3_600_000);
    const texts = { expiresAt: String(NOW + 900_000), serverTime: String(NOW), createdAt: String(NOW) };
    const page = await mountSummary({ order: { ...order(), ...texts } });
    expect(timeLeft(page)).toBe('15:00');
    expect(rows(page).join()).toContain('下单时间 | 2026-11-2');
  });

  test.each(['', null])('has no end when expiresAt is %p', async expiresAt => {
    const page = await mountSummary({ order: { ...order(), expiresAt } });
    expect([status(page), timeLeft(page)]).toEqual(['待付款', null]);
  });

  test('stops when the app is in the background, and is correct when the app is shown again', async () => {
    const page = await mountSummary({ order: order() });
    await page.hide();
    const before = setDataOf(page).length;
    await advance(page, 120_000);
    expect(setDataOf(page)).toHaveLength(before);
    await page.show();
    expect(timeLeft(page)).toBe('13:00');
    await advance(page, 1000);
    expect(timeLeft(page)).toBe('12:59');
  });

  test('does not start when the order arrives in the background', async () => {
    const page = await mountSummary({});
    await page.hide();
    await setPageData(page, { order: order() });
    await advance(page, 5000);
    expect(setDataOf(page)).toHaveLength(1);
  });

  test('stops when the order is paid', async () => {
    const page = await mountSummary({ order: order() });
    await setPageData(page, { order: order({ status: 'paid' }) });
    await advance(page, 400);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('fires orderexpire on the way back when it ran out in the background', async () => {
    const page = await mountSummary({ order: order() });
    await page.hide();
    await advance(page, 901_000);
    expect(page.details('orderexpire')).toEqual([]);
    await page.show();
    expect(page.details('orderexpire')).toHaveLength(1);
    expect(status(page)).toBe('已关闭');
  });

  test('fires orderexpire once when the order arrives expired', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW - 1 }) });
    expect(status(page)).toBe('已关闭');
    await page.hide();
    await page.show();
    expect(page.details('orderexpire')).toHaveLength(1);
  });

  test('starts again when the order gets more time, and fires again at its end', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + 1000 }) });
    await advance(page, 1000);
    await setPageData(page, { order: order({ expiresAt: NOW + 5000, serverTime: NOW + 1000 }) });
    expect(status(page)).toBe('待付款');
    await advance(page, 5000);
    expect(page.details('orderexpire')).toHaveLength(2);
  });

  test.each(['paid', 'paying', 'closed', 'refunding', 'refunded'] as const)(
    'never ends when the order is %s',
    async word => {
      const page = await mountSummary({ order: order({ status: word, expiresAt: NOW + 1000 }) });
      await advance(page, 5000);
      expect(page.details('orderexpire')).toEqual([]);
      expect(setDataOf(page)).toHaveLength(1);
    },
  );

  test('stops when the component goes, and when the page is closed', async () => {
    const page = await mountSummary({ order: order(), there: true }, '', {
      template: '<order-summary id="s" order="{{order}}" s-if="{{there}}"></order-summary>',
    });
    await page.setData({ there: false });
    await advance(page, 5000);
    expect(jest.getTimerCount()).toBe(0);

    const next = await mountSummary({ order: order() });
    await next.close();
    await advance(next, 5000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
