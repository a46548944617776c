import { getMessages } from '../../../components/order-summary/messages';
import { currentOrder } from '../../../components/order-summary/current-order';
import { parseOrder, type ParsedOrder } from '../../../components/order-summary/parse-order';
import {
  formatTimeLeft,
  type LoadFailure,
  stateOf,
  toViewData,
  toViewModel,
  type ViewData,
} from '../../../components/order-summary/view-model';

const NOW = 1795424400000;
const messages = getMessages();
const failure: LoadFailure = { reason: 'order-request', code: 404, message: 'HTTP 404' };

const viewData = (parsed: ParsedOrder | null, more: { failure?: LoadFailure; last?: string } = {}) =>
  toViewData(
    parsed,
    more.failure ?? null,
    currentOrder(parsed, null, { phase: 'idle', tpOrderId: '', goods: '' }, NOW),
    messages,
    more.last ?? '',
  ) as ViewData;

describe('stateOf', () => {
  test('is loading when there is neither an order nor a failure', () => {
    expect(stateOf(null, null)).toBe('loading');
    expect(stateOf(null, failure)).toBe('error');
    expect(stateOf(parseOrder({ totalAmount: -1 }), failure)).toBe('error');
    expect(stateOf(parseOrder({ totalAmount: 1 }), null)).toBe('ready');
    expect(stateOf(parseOrder({}), null)).toBe('empty');
  });
});

describe('toViewData', () => {
  test('gives the reason only when no order is shown', () => {
    expect(viewData(null, { failure })).toMatchObject({
      state: 'error',
      view: null,
      reason: '没有找到这笔订单',
    });
    expect(viewData(parseOrder({}))).toMatchObject({ state: 'empty', reason: '暂无订单内容' });
    expect(viewData(parseOrder({ totalAmount: 1 }))).toMatchObject({ state: 'ready', reason: '' });
  });

  test('keeps the last remaining time when the order is paid', () => {
    const paid = parseOrder({ totalAmount: 1, status: 'paid', expiresAt: NOW + 5000 });
    expect(viewData(paid, { last: '01:00' })).toMatchObject({ statusText: '已支付', timeLeft: '01:00' });
    const unpaid = parseOrder({ totalAmount: 1, expiresAt: NOW + 5000 });
    expect(viewData(unpaid, { last: '01:00' }).timeLeft).toBe('00:05');
    expect(viewData(parseOrder({ totalAmount: 1 }), { last: '01:00' }).timeLeft).toBe('');
  });
});

describe('toViewModel', () => {
  const view = (value: object) => {
    const { order, mismatch } = parseOrder(value);
    return toViewModel(order as never, mismatch, 'T1', messages);
  };

  test('writes money as text, discounts with a sign and nothing with a sign when it is nothing', () => {
    const shown = view({
      lines: [{ title: '茶', unitAmount: 1250, quantity: 2, amount: 2500 }],
      fees: [{ title: '运费', amount: 600 }],
      discounts: [
        { title: '券', amount: 100 },
        { title: '无', amount: 0 },
      ],
      totalAmount: 3000,
      refundedAmount: 50,
      createdAt: new Date(2026, 0, 2, 3, 4, 59).getTime(),
      note: '请尽快付款',
    });
    expect(shown.lines).toEqual([
      { title: '茶', spec: '', thumbnail: '', unit: '¥12.50 × 2', amount: '¥25.00' },
    ]);
    expect(shown.rows.map(({ text }) => text)).toEqual(['¥6.00', '-¥1.00', '¥0.00']);
    expect(shown).toMatchObject({
      total: '¥30.00',
      meta: [
        { title: '已退款', text: '¥0.50' },
        { title: '下单时间', text: '2026-01-02 03:04' },
      ],
      mismatch: '',
      note: '请尽快付款',
      noteStatus: 'unpaid',
      hasPictures: false,
      tpOrderId: 'T1',
    });
  });

  test('says what the lines come to when they do not add up', () => {
    const huge = { title: 't', quantity: 1, unitAmount: 1, amount: Number.MAX_SAFE_INTEGER };
    expect(view({ lines: [], discounts: [{ amount: 100 }], totalAmount: 0 }).mismatch).toContain('-¥1.00');
    expect(view({ lines: [huge, huge], totalAmount: 0 }).mismatch).toContain('合计 …，');
  });
});

test.each([
  [1, '00:01'],
  [1000, '00:01'],
  [1001, '00:02'],
  [3_599_001, '01:00:00'],
  [86_400_000, '1 天 00:00:00'],
  [172_799_000, '1 天 23:59:59'],
  [8_640_000_000_001, '100000 天 00:00:01'],
])('formatTimeLeft() writes the time when %d ms are left: %s', (left, text) => {
  expect(formatTimeLeft(left, messages)).toBe(text);
});
