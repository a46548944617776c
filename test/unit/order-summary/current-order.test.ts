import type { OrderViewStatus } from '../../../utils/order/order-view';
import { getMessages } from '../../../components/order-summary/messages';
import { lockFor, currentOrder, type StatusCheck } from '../../../components/order-summary/current-order';
import { parseOrder, type ParsedOrder } from '../../../components/order-summary/parse-order';

const NOW = 1795424400000;
const order = (more: object = {}): ParsedOrder => parseOrder({ tpOrderId: 'T1', totalAmount: 1, ...more });
const idle = { phase: 'idle', tpOrderId: '', goods: '' } as const;

describe('currentOrder', () => {
  test.each([
    ['unpaid', 'idle', 'unpaid'],
    ['unpaid', 'ordering', 'unpaid'],
    ['unpaid', 'paying', 'paying'],
    ['unpaid', 'confirming', 'paying'],
    ['unpaid', 'pending', 'paying'],
    ['unpaid', 'paid', 'paid'],
    ['closed', 'paid', 'paid'],
    ['closed', 'pending', 'paying'],
    ['closed', 'idle', 'closed'],
    ['refunding', 'paid', 'refunding'],
    ['refunded', 'paid', 'refunded'],
    ['paid', 'idle', 'paid'],
    ['paying', 'idle', 'paying'],
  ] as const)(
    'has its status when the backend says %s and the payment is %s: %s',
    (reported, phase, status) => {
      const payment = { phase, tpOrderId: 'T1', goods: '' };
      expect(currentOrder(order({ status: reported }), null, payment, NOW)).toMatchObject({
        reported,
        status,
      });
    },
  );

  test('takes the number of its payment when it has none', () => {
    const payment = { phase: 'paying', tpOrderId: 'T1', goods: '' } as const;
    expect(currentOrder(order({ tpOrderId: '' }), null, payment, NOW)).toMatchObject({
      tpOrderId: 'T1',
      status: 'paying',
    });
  });

  test('ignores the payment when it is of another order', () => {
    const payment = { phase: 'paid', tpOrderId: 'T2', goods: '' } as const;
    expect(currentOrder(order(), null, payment, NOW)).toMatchObject({
      tpOrderId: 'T1',
      status: 'unpaid',
      phase: 'idle',
    });
  });

  test('has no status when no order was read', () => {
    const payment = { phase: 'paid', tpOrderId: 'T1', goods: '' } as const;
    expect(currentOrder(null, null, payment, NOW)).toMatchObject({ tpOrderId: 'T1', status: '' });
    expect(currentOrder(order({ totalAmount: -1 }), null, payment, NOW).status).toBe('');
  });

  test('uses a check only when it was about this order', () => {
    const check: StatusCheck = { tpOrderId: 'T1', status: 'paid' };
    const statusOf = (tpOrderId: string, ofPayment: string): string =>
      currentOrder(order({ tpOrderId }), check, { phase: 'idle', tpOrderId: ofPayment, goods: '' }, NOW)
        .status;
    expect(statusOf('T1', '')).toBe('paid');
    expect(statusOf('T2', '')).toBe('unpaid');
    // A quote: the check was about the order that its payment had then.
    expect(statusOf('', 'T1')).toBe('paid');
    expect(statusOf('', 'T2')).toBe('unpaid');
  });

  test('stays paid when one part of the backend says paid and the other does not', () => {
    const statusOf = (ofOrder: string, ofCheck: StatusCheck['status']): string =>
      currentOrder(order({ status: ofOrder }), { tpOrderId: 'T1', status: ofCheck }, idle, NOW).status;
    expect(statusOf('paid', 'unpaid')).toBe('paid');
    expect(statusOf('unpaid', 'paid')).toBe('paid');
    expect(statusOf('paid', 'refunded')).toBe('refunded');
    expect(statusOf('unpaid', 'closed')).toBe('closed');
  });

  test('counts the time that is left, and is closed when it is over', () => {
    const at = (now: number): object => currentOrder(order({ expiresAt: NOW + 5000 }), null, idle, now);
    expect(at(NOW)).toMatchObject({ status: 'unpaid', timeLeft: 5000, expiredAt: 0 });
    expect(at(NOW + 4999)).toMatchObject({ status: 'unpaid', timeLeft: 1 });
    expect(at(NOW + 5000)).toMatchObject({
      reported: 'unpaid',
      status: 'closed',
      timeLeft: 0,
      expiredAt: NOW + 5000,
    });
  });

  test.each(['paid', 'paying', 'closed', 'refunded'])('has no time to run out when it is %s', status => {
    const parsed = order({ status, expiresAt: NOW - 1 });
    expect(currentOrder(parsed, null, idle, NOW)).toMatchObject({ status, timeLeft: 0, expiredAt: 0 });
  });

  test('has no expiry when its payment is pending', () => {
    const parsed = order({ expiresAt: NOW - 1 });
    const payment = { phase: 'pending', tpOrderId: 'T1', goods: '' } as const;
    expect(currentOrder(parsed, null, payment, NOW)).toMatchObject({ status: 'paying', expiredAt: 0 });
  });
});

describe('lockFor', () => {
  const messages = getMessages();
  const shown = (status: OrderViewStatus | '', isOfPayment = false) =>
    ({ status, tpOrderId: 'T1', goods: '', isOfPayment }) as const;
  const OF_KEY = { tpOrderId: 'T1', goods: '', isOfKey: true };

  test('counts for its payment alone when the status is not the order’s own', () => {
    expect(lockFor(order(), shown('paid', true), messages)).toMatchObject({
      tpOrderId: 'T1',
      isOfKey: false,
    });
  });

  test.each(['', 'unpaid', 'paying'] as const)('lets an order be paid when its status is %p', status => {
    expect(lockFor(order(), shown(status), messages)).toBeNull();
  });

  test('returns null when there is no order', () => {
    expect(lockFor(null, shown(''), messages)).toBeNull();
  });

  test.each([
    ['paid', 'closed', '已支付', '订单已支付，无需再次支付'],
    ['closed', 'closed', '已关闭', ''],
    ['refunding', 'refunded', '退款中', ''],
    ['refunded', 'refunded', '已退款', ''],
  ] as const)(
    'returns the reason with the status as label when the order is %s',
    (status, reason, label, message) => {
      const lock = { failure: { reason, code: null, message, isFinal: true }, label, ...OF_KEY };
      expect(lockFor(order(), shown(status), messages)).toEqual(lock);
      expect(lockFor(order({ lines: [] }), shown(status), messages)).toEqual(lock);
    },
  );

  test.each([
    ['does not add up', { lines: [] }],
    ['has an error', { totalAmount: -1 }],
  ])('returns order-invalid without a label when the order %s', (_what, more) => {
    const failure = { reason: 'order-invalid', code: null };
    expect(lockFor(order(more), shown('unpaid'), messages)).toEqual({ failure, label: '', ...OF_KEY });
  });
});
