/** How a payment ends, in the fields and the words a page gets. */
import { configure } from '../../../utils/config/configure';
import { MESSAGES } from '../../../utils/config/messages';
import { type AttemptResult, toOutcome } from '../../../utils/payment/outcome';
import type { Failure, PayFailReason, PayOutcome } from '../../../utils/payment/pay-button-events';

const CONTEXT = { tpOrderId: 'T1', totalAmount: 1000, orderKey: 'cart', resumed: true, elapsed: 7 };
const outcomeOf = (result: AttemptResult): PayOutcome => toOutcome(result, CONTEXT);
type Fail = Extract<PayOutcome, { outcome: 'fail' }>;
const failOf = (failure: Partial<Failure>, mayBePaid = false, totalAmount = 1000): Fail =>
  toOutcome(
    { outcome: 'fail', failure: { reason: 'cashier', code: null, ...failure }, mayBePaid },
    { ...CONTEXT, totalAmount },
  ) as Fail;

afterEach(() => {
  configure({ messages: undefined });
  jest.restoreAllMocks();
});

describe('toOutcome()', () => {
  test('carries the order and its own fields when it is a success, a cancel or pending', () => {
    expect(outcomeOf({ outcome: 'success', verified: true, raw: 'raw' })).toStrictEqual({
      ...CONTEXT,
      outcome: 'success',
      verified: true,
      raw: 'raw',
    });
    expect(outcomeOf({ outcome: 'cancel', by: 'left', mayBePaid: false })).toStrictEqual({
      ...CONTEXT,
      outcome: 'cancel',
      by: 'left',
      mayBePaid: false,
    });
    expect(outcomeOf({ outcome: 'cancel', by: 'user', mayBePaid: true })).toMatchObject({ mayBePaid: true });
    expect(outcomeOf({ outcome: 'pending' })).toStrictEqual({ ...CONTEXT, outcome: 'pending' });
  });

  test('has every field of a failure when the attempt fails', () => {
    expect(
      failOf({ reason: 'order-rejected', code: 7, message: '库存不足', raw: { errno: 7 } }),
    ).toStrictEqual({
      ...CONTEXT,
      outcome: 'fail',
      reason: 'order-rejected',
      code: 7,
      message: '库存不足',
      retryable: true,
      mayBePaid: false,
      raw: { errno: 7 },
    });
  });

  test.each<[PayFailReason, boolean]>([
    ['order-request', true],
    ['order-rejected', true],
    ['order-invalid', false],
    ['amount-changed', false],
    ['unsupported', false],
    ['virtual-goods-ios', false],
    ['not-logged-in', true],
    ['rejected', true],
    ['cashier', true],
    ['closed', true],
    ['refunded', true],
  ])('has the default text when the failure %s has no message: retryable %s', (reason, retryable) => {
    expect(failOf({ reason })).toMatchObject({ message: MESSAGES[reason], retryable });
    expect(failOf({ reason, isFinal: true }).retryable).toBe(false);
  });

  test('says that money may be gone when the order may be paid', () => {
    expect(failOf({ reason: 'cashier' }, true).message).toBe(MESSAGES.doubtful);
    expect(failOf({ reason: 'order-request' }, true).message).toBe(MESSAGES.doubtful);
    expect(failOf({ reason: 'closed' }, true).message).toBe(MESSAGES.closedDoubtful);
  });

  test('names the amount of the order when that is what is wrong', () => {
    expect(failOf({ reason: 'amount-changed', totalAmount: 2199 }).totalAmount).toBe(2199);
    expect(failOf({ reason: 'amount-changed', totalAmount: 0 }).totalAmount).toBe(0);
  });

  test('has the text of configure({ messages }) when that is set', () => {
    configure({ messages: { cashier: '再试一次' } });
    expect(failOf({ reason: 'cashier' }).message).toBe('再试一次');
  });

  test.each<[PayFailReason, number, number]>([
    ['cashier', 1001, 1],
    ['rejected', 1001, 1],
    ['cashier', 1000, 0],
    ['closed', 100000, 0],
  ])('hints at test packages when %s of %i fen is refused: %i times', (reason, totalAmount, hints) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    failOf({ reason }, false, totalAmount);
    expect(warn.mock.calls.filter(([words]) => /测试包/.test(String(words)))).toHaveLength(hints);
  });
});
