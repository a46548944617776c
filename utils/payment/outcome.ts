/** Turns the result of an attempt into the outcome that a page receives, with its message. */
import { text } from '../config/config';
import type { CancelCause, Failure, PayFailReason, PayOutcome } from './pay-button-events';

/** How an attempt or an order ends, without its order and its message. */
export type AttemptResult =
  | { outcome: 'success'; verified: boolean; raw: unknown }
  | { outcome: 'cancel'; by: CancelCause; mayBePaid: boolean }
  | { outcome: 'fail'; failure: Failure; mayBePaid: boolean }
  | { outcome: 'pending' };

/** The order an outcome is about, as far as there is one. */
interface OutcomeContext {
  tpOrderId: string;
  totalAmount: number;
  orderKey: string;
  resumed: boolean;
  /** ms since the attempt began */
  elapsed: number;
}

/** After these reasons another tap would end the same way. */
const FINAL: PayFailReason[] = ['order-invalid', 'amount-changed', 'unsupported', 'virtual-goods-ios'];

/** fen that a test package (测试包) can pay at most */
const TEST_PACKAGE_LIMIT = 1000;

/** The outcome of a result; a refusal that test packages get for large amounts is explained in the console. */
export function toOutcome(result: AttemptResult, context: OutcomeContext): PayOutcome {
  if (result.outcome !== 'fail') return { ...context, ...result };
  const { failure, mayBePaid } = result;
  const { reason, code, message, raw, isFinal, totalAmount = context.totalAmount } = failure;
  if (totalAmount > TEST_PACKAGE_LIMIT && (reason === 'cashier' || reason === 'rejected')) {
    console.warn('pay-button: refused with ' + totalAmount + ' fen; a test package (测试包) may pay 1000');
  }
  const doubtful = reason === 'closed' ? 'closedDoubtful' : 'doubtful';
  return {
    ...context,
    outcome: 'fail',
    totalAmount,
    reason,
    code,
    mayBePaid,
    raw,
    message: message || text(mayBePaid ? doubtful : reason),
    retryable: !isFinal && FINAL.indexOf(reason) < 0,
  };
}
