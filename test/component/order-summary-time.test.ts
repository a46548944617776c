import { change, NOW, mountSummary, order, pass, setDataOf, status, timeLeft } from './order-summary-kit';

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});

afterEach(() => {
  jest.useRealTimers();
});

const ticks = (page: Parameters<typeof setDataOf>[0]): unknown[] =>
  setDataOf(page)
    .slice(1)
    .map(({ keys }) => keys.join());

describe('The countdown', () => {
  test('goes by the second, touching one key each time, and nothing when it is over', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + 3000 }) });
    expect(timeLeft(page)).toBe('00:03');
    await pass(page, 1000);
    expect(timeLeft(page)).toBe('00:02');
    await pass(page, 1000);
    expect(timeLeft(page)).toBe('00:01');
    expect(ticks(page)).toEqual(['left', 'left']);
    await pass(page, 1000);
    expect(timeLeft(page)).toBeNull();
    expect(status(page)).toBe('已关闭');
    await pass(page, 60_000);
    expect(ticks(page)).toEqual(['left', 'left', 'status,statusText']);
    expect(page.events.map(({ name }) => name)).toEqual(['orderload', 'orderexpire', 'statuschange']);
    expect(page.details('orderexpire')).toEqual([{ tpOrderId: order().tpOrderId, expiresAt: NOW + 3000 }]);
  });

  test('keeps its place, unseen, when the order is paid; another order, or one without an end, has none', async () => {
    const left = (): Element | null => page.find('.order-summary__order-left');
    const ends = order({ expiresAt: NOW + 60_000 });
    const page = await mountSummary({ order: ends });
    await change(page, { order: { ...ends, status: 'paid' } });
    expect([timeLeft(page), left()?.textContent]).toEqual([null, '剩余支付时间 01:00']);
    await change(page, { order: { ...ends, status: 'paid', tpOrderId: 'another' } });
    expect(left()).toBeNull();
    await change(page, { order: ends });
    await change(page, { order: { ...ends, expiresAt: undefined } });
    expect(left()).toBeNull();
  });

  test('turns when the second turns, however the order arrived between two', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + 2400 }) });
    expect(timeLeft(page)).toBe('00:03');
    const started = Date.now();
    await pass(page, NOW + 390 - started);
    expect(timeLeft(page)).toBe('00:03');
    await pass(page, 40);
    expect(timeLeft(page)).toBe('00:02');
  });

  test('200 lines do not make a tick heavier', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({
      title: `茶 ${index}`,
      unitAmount: 1,
      quantity: 1,
      amount: 1,
    }));
    const page = await mountSummary({ order: order({ lines, fees: [], discounts: [], totalAmount: 200 }) });
    await pass(page, 10_000);
    const [load, ...later] = setDataOf(page);
    expect(load?.bytes).toBeGreaterThan(5000);
    expect(later.length).toBeGreaterThanOrEqual(9);
    expect(later.length).toBeLessThanOrEqual(10);
    expect(Math.max(...later.map(({ bytes }) => bytes))).toBeLessThan(30);
  });

  test.each([
    [59_000, '00:59'],
    [3_600_000, '01:00:00'],
    [90_061_000, '1 天 01:01:01'],
  ])('%d ms read %s', async (left, text) => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + left }) });
    expect(timeLeft(page)).toBe(text);
  });

  test.each([
    ['an hour slow', -3_600_000],
    ['an hour fast', 3_600_000],
  ])('is right on a device whose clock is %s', async (_what, wrong) => {
    jest.setSystemTime(NOW + wrong);
    const page = await mountSummary({ order: order() });
    expect(timeLeft(page)).toBe('15:00');
    await pass(page, 899_000);
    expect(timeLeft(page)).toBe('00:01');
    await pass(page, 1000);
    expect(page.details('orderexpire')).toHaveLength(1);
  });

  test('the same answer handed over again later does not turn the time back', async () => {
    const page = await mountSummary({ order: order() });
    await pass(page, 60_000);
    await change(page, { order: order({ note: '请尽快付款' }) });
    expect(timeLeft(page)).toBe('14:00');
  });

  test('a slower answer does not give time back; a corrected clock is believed', async () => {
    const page = await mountSummary({ order: order() });
    await pass(page, 60_000);
    await change(page, { order: order({ serverTime: NOW + 57_000 }) });
    expect(timeLeft(page)).toBe('14:00');
    jest.setSystemTime(Date.now() + 7_200_000);
    await change(page, { order: order({ serverTime: NOW + 62_000 }) });
    expect(timeLeft(page)).toBe('13:58');
  });

  test('without serverTime the device is believed', async () => {
    const page = await mountSummary({ order: order({ serverTime: undefined }) });
    expect(timeLeft(page)).toBe('15:00');
  });

  test('is quiet in the background and right the moment a person is back', async () => {
    const page = await mountSummary({ order: order() });
    await page.hide();
    const before = setDataOf(page).length;
    await pass(page, 120_000);
    expect(setDataOf(page)).toHaveLength(before);
    await page.show();
    expect(timeLeft(page)).toBe('13:00');
    await pass(page, 1000);
    expect(timeLeft(page)).toBe('12:59');
  });

  test('an order that arrives in the background does not start it there', async () => {
    const page = await mountSummary({});
    await page.hide();
    await change(page, { order: order() });
    await pass(page, 5000);
    expect(setDataOf(page)).toHaveLength(1);
  });

  test('ends when the order is paid', async () => {
    const page = await mountSummary({ order: order() });
    await change(page, { order: order({ status: 'paid' }) });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('time that runs out in the background is told on the way back', async () => {
    const page = await mountSummary({ order: order() });
    await page.hide();
    await pass(page, 901_000);
    expect(page.details('orderexpire')).toEqual([]);
    await page.show();
    expect(page.details('orderexpire')).toHaveLength(1);
    expect(status(page)).toBe('已关闭');
  });

  test('an order that arrives too late is closed from the start, and says so once', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW - 1 }) });
    expect(status(page)).toBe('已关闭');
    await page.hide();
    await page.show();
    expect(page.details('orderexpire')).toHaveLength(1);
  });

  test('more time opens it again, and its end is told again', async () => {
    const page = await mountSummary({ order: order({ expiresAt: NOW + 1000 }) });
    await pass(page, 1000);
    await change(page, { order: order({ expiresAt: NOW + 5000, serverTime: NOW + 1000 }) });
    expect(status(page)).toBe('待付款');
    await pass(page, 5000);
    expect(page.details('orderexpire')).toHaveLength(2);
  });

  test.each(['paid', 'paying', 'closed', 'refunding', 'refunded'] as const)(
    'an order that is %s has no time to run out',
    async word => {
      const page = await mountSummary({ order: order({ status: word, expiresAt: NOW + 1000 }) });
      await pass(page, 5000);
      expect(page.details('orderexpire')).toEqual([]);
      expect(setDataOf(page)).toHaveLength(1);
    },
  );

  test('stops with the component and with the page', async () => {
    const page = await mountSummary({ order: order(), there: true }, '', {
      template: '<order-summary id="s" order="{{order}}" s-if="{{there}}"></order-summary>',
    });
    await page.setData({ there: false });
    await pass(page, 5000);
    expect(jest.getTimerCount()).toBe(0);

    const next = await mountSummary({ order: order() });
    await next.close();
    await pass(next, 5000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
