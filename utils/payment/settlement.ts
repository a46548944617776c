/**
 * Settles orders by the status that the backend reports: ends the attempts that wait for them; where there is none, delivers
 * the outcome.
 */
import type { StatusResult } from '../backend/check-status';
import { now } from '../host/swan';
import type { OrderStatus } from '../order/order-view';
import { checkOrderOnce } from './checks';
import { isMounted } from './component-registry';
import { deliver } from './delivery';
import { removeDraftsOf } from './drafts';
import { isSameOwner, type LedgerOrder, settlementOf } from './ledger';
import { findOrder, isOld, putOrder, removeOrder } from './ledger-storage';
import { attemptAtCashier, commit, dispatch, type Attempt, liveAttempts } from './live-attempts';
import { type AttemptResult, toOutcome } from './outcome';
import { forgetPaidOrder, rememberPaid } from './paid-goods';
import { setSettledStatus, type SettledStatus, toSettledStatus } from './known-orders';
import { isEndedBy } from './state-machine';

/** Requests the status of an order and applies it. @param done called afterwards */
export function checkAndSettle(
  order: LedgerOrder,
  done: (status: StatusResult) => void = () => undefined,
): void {
  checkOrderOnce(order, status => applyStatus(order.tpOrderId, status), done);
}

/**
 * Polls the status of an order until it is settled or the delays are over by the clock, so that neither a slow backend nor
 * time in the background makes it last longer or shorter; one check always begins after that time.
 * @param delays ms before each check
 * @param onEnd called once, with the last status, or with 'unreachable' when the order is settled or gone
 * @param isWanted called before and after each check; false ends the polling without onEnd
 */
export function pollStatus(
  { tpOrderId }: LedgerOrder,
  delays: number[],
  onEnd: (status: StatusResult) => void = () => undefined,
  isWanted = (): boolean => true,
): void {
  const total = delays.reduce((sum, delay) => sum + delay, 0);
  let spent = 0;
  let last = now();
  /** A clock that is set back takes no time away. */
  const elapsed = (): number => {
    const time = now();
    spent += Math.max(0, time - last);
    last = time;
    return spent;
  };
  const next = (rest: number[]): void => {
    const order = findOrder(tpOrderId);
    if (!isWanted()) return;
    if (!order || order.settled) {
      onEnd('unreachable');
      return;
    }
    const isLast = rest.length < 2 || elapsed() >= total;
    checkAndSettle(order, status => {
      if (!isWanted()) return;
      if (isLast) onEnd(status);
      else wait(rest.slice(1));
    });
  };
  const wait = (rest: number[]): void => {
    const delay = Math.max(0, Math.min(rest[0] as number, total - elapsed()));
    setTimeout(() => next(rest), delay);
  };
  if (delays[0]) wait(delays);
  else next(delays);
}

/** @param check 'last': the attempt at the cashier with this order makes no further one */
export function applyStatus(tpOrderId: string, status: StatusResult, check?: 'last'): void {
  const order = findOrder(tpOrderId);
  if (!order || (order.settled && !isCorrected(order, status))) return;
  const isAwaited = !check && !!attemptAtCashier(tpOrderId);
  const reason = settlementOf(order, status, isAwaited, isOld(order));
  if (reason === 'paid') settle(order, { outcome: 'success', verified: true, raw: null });
  else if (reason === 'dropped') {
    // An undelivered cancel is still to be delivered.
    if (!order.outcome || isOld(order)) removeOrder(tpOrderId);
    removeDraftsOf(order);
    commit();
  } else if (reason) {
    settle(order, { outcome: 'fail', failure: { reason, code: null }, mayBePaid: reason === 'closed' });
  }
}

/** Its outcome still waits, and is no longer true. */
function isCorrected({ outcome }: LedgerOrder, status: StatusResult): boolean {
  const waiting = outcome && toSettledStatus(outcome);
  if (!waiting) return false;
  return status === 'paid' ? waiting !== 'paid' : /^refund/.test(status) && waiting !== 'refunded';
}

/** The backend has said so, whether the order is in the ledger or not. */
export function rememberBackendStatus(tpOrderId: string, status: OrderStatus): void {
  if (!tpOrderId) return;
  if (status === 'paid') setSettledStatus(tpOrderId, status);
  if (/^refund/.test(status)) setSettledStatus(tpOrderId, 'refunded');
}

/** Drops an undelivered outcome of an earlier attempt, such as pending: it is no longer true. */
function markSettled(order: LedgerOrder, status: SettledStatus): LedgerOrder {
  setSettledStatus(order.tpOrderId, status);
  return putOrder({ ...order, settled: true, outcome: null, accepted: '' });
}

/** Ends the attempts that wait for this order; without any, delivers the result as an outcome of its own. */
export function settle(order: LedgerOrder, result: AttemptResult): void {
  const { tpOrderId, totalAmount, orderKey, calledAt } = order;
  const elapsed = Math.max(0, now() - calledAt);
  const outcome = toOutcome(result, { tpOrderId, totalAmount, orderKey, resumed: true, elapsed });
  const status = toSettledStatus(outcome);
  const settled = markSettled(order, status);
  if (outcome.outcome === 'success') rememberPaid(order, outcome);
  else removeDraftsOf(order);
  if (status === 'refunded') forgetPaidOrder(tpOrderId);
  const attempts = liveAttempts().filter(
    attempt => isSameOwner(attempt.owner, order.owner) || attempt.state.tpOrderId === tpOrderId,
  );
  const endedAttempts = attempts.filter(({ state }) => isEndedBy(state, order, result, now()));
  // Mounted components come first: what they receive is not kept for an attempt whose page is gone.
  const rank = ({ button }: Attempt): number => (isMounted(button) ? 0 : 1);
  endedAttempts.sort((one, other) => rank(one) - rank(other));
  endedAttempts.forEach(attempt => dispatch(attempt, { type: 'settled', order: settled, result }));
  if (!endedAttempts.length) deliver(outcome, settled, null, order.goods);
  attempts.forEach(attempt =>
    dispatch(attempt, { type: 'other-settled', settled: { order: settled, status } }),
  );
  commit();
}
