import { text } from './config';
import type { PayOutcome } from './events';
import type { Payment, Verdict } from './payment';

/** More than this a test package (测试包) cannot pay, fen. */
const TEST_PACKAGE_LIMIT = 1000;

/** Puts a verdict into the words and fields a page gets. */
export function describe(payment: Payment, verdict: Verdict, resumed: boolean, elapsed: number): PayOutcome {
  const { tpOrderId, totalAmount } = payment;
  const common = { tpOrderId, totalAmount, resumed, elapsed };
  if (verdict.outcome !== 'fail') {
    return { ...verdict, ...common };
  }
  const { reason, code, message, mayBePaid, raw, final } = verdict;
  if (totalAmount > TEST_PACKAGE_LIMIT && /^(cashier|rejected)$/.test(reason)) {
    console.warn(
      'pay-button: refused with ' + totalAmount + ' fen; a test package (测试包) may pay 1000 at most',
    );
  }
  return {
    ...common,
    outcome: 'fail',
    reason,
    code,
    message: message || text(mayBePaid ? 'doubtful' : reason),
    retryable: !final && /^(order-request|order-rejected|not-logged-in|cashier|closed)$/.test(reason),
    mayBePaid,
    raw,
  };
}
