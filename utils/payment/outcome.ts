/** How a payment ends, put into the words and fields that a page gets. */
import { text } from '../config/config';
import type { CancelCause, Failure, PayFailReason, PayOutcome } from './types';

/** How an attempt or an order ends, before it is put into words. */
export type Result =
  | { outcome: 'success'; verified: boolean; raw: unknown }
  | { outcome: 'cancel'; by: CancelCause; mayBePaid: boolean }
  | { outcome: 'fail'; failure: Failure; mayBePaid: boolean }
  | { outcome: 'pending' };

/** The order an outcome is about, as far as there is one. */
export interface OutcomeContext {
  tpOrderId: string;
  totalAmount: number;
  orderKey: string;
  resumed: boolean;
  /** ms since the attempt began */
  elapsed: number;
}

/** Another tap on these may succeed. */
const RETRYABLE: PayFailReason[] = [
  'order-request',
  'order-rejected',
  'not-logged-in',
  'cashier',
  'closed',
  'refunded',
];
/** More than this a test package (测试包) cannot pay, fen. */
const TEST_PACKAGE_LIMIT = 1000;

export function toOutcome(result: Result, context: OutcomeContext): PayOutcome {
  if (result.outcome !== 'fail') return { ...context, ...result };
  const { failure, mayBePaid } = result;
  const { reason, code, message, raw, final, totalAmount = context.totalAmount } = failure;
  if (totalAmount > TEST_PACKAGE_LIMIT && (reason === 'cashier' || reason === 'rejected')) {
    console.warn('pay-button: refused with ' + totalAmount + ' fen; a test package (测试包) may pay 1000');
  }
  const doubtful = reason === 'closed' ? 'closedDoubtful' : 'doubtful';
  return {
    ...context,
    ...{ outcome: 'fail', totalAmount, reason, code, mayBePaid, raw },
    message: message || text(mayBePaid ? doubtful : reason),
    retryable: !final && RETRYABLE.indexOf(reason) >= 0,
  };
}
