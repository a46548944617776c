/** Settles orders by the status that the backend answers: for the attempts that wait for them, else by a delivery. */
import type { StatusResult } from '../backend/check-status';
import { attemptAtCashier, commit, dispatch, type LiveAttempt, liveAttempts } from './attempts';
import { checkOrder } from './checks';
import { isMounted } from './components';
import { deliver, rememberPaid } from './delivery';
import { takeDraftsOf } from './drafts';
import { isSameOwner, type LedgerOrder, settlementOf } from './ledger';
import { createMap, findOrder, isOld, now, putOrder, removeOrder } from './ledger-storage';
import { type Result, toOutcome } from './outcome';
import { type FoundOrder, isBeforeCashier, takesSettlement } from './state-machine';

/** Checks an order; what the answer settles is settled before `done`. */
export function check(order: LedgerOrder, done: (status: StatusResult) => void): void {
  const apply = (status: StatusResult): void => applyStatus(order.tpOrderId, status);
  const applyFirst = (status: StatusResult): void => {
    apply(status);
    done(status);
  };
  checkOrder(order, applyFirst, apply);
}

/**
 * Checks an order again and again, until it is settled or the window is over: at the latest with a check that began when
 * the delays were over by the clock, so that neither a slow backend nor time in the background stretches or cuts it.
 * @param delays ms between the checks
 */
export function poll(
  { tpOrderId }: LedgerOrder,
  delays: number[],
  isWanted: () => boolean,
  over: (status: StatusResult) => void,
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
      over('unreachable');
      return;
    }
    const isLast = rest.length < 2 || elapsed() >= total;
    check(order, status => {
      if (!isWanted()) return;
      if (isLast) over(status);
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

/** @param isWindowOver an attempt that waits for this order has had its last check */
export function applyStatus(tpOrderId: string, status: StatusResult, isWindowOver?: boolean): void {
  const order = findOrder(tpOrderId);
  if (!order || order.settled) return;
  const isLive = !isWindowOver && !!attemptAtCashier(tpOrderId);
  switch (settlementOf(order, status, isLive, isOld(order))) {
    case 'paid':
      settle(order, { outcome: 'success', verified: true, raw: null });
      break;
    case 'refunded':
      settle(order, { outcome: 'fail', failure: { reason: 'refunded', code: null }, mayBePaid: false });
      break;
    case 'closed':
      settle(order, { outcome: 'fail', failure: { reason: 'closed', code: null }, mayBePaid: true });
      break;
    case 'dropped':
      // A cancel that was not delivered is still to be.
      if (!order.outcome || isOld(order)) removeOrder(tpOrderId);
      takeDraftsOf(order);
      commit();
  }
}

/** how orders ended in this run of the app */
const ends = createMap<FoundOrder['status']>();
/** Closed is not final: a late success overrules it. */
export const endOf = (tpOrderId: string): FoundOrder['status'] | undefined => ends[tpOrderId];
/** It is called again. */
export const forgetEnd = (tpOrderId: string): boolean => delete ends[tpOrderId];

/** An outcome of an earlier attempt that still waits, such as pending, is no longer true. */
export function markSettled(order: LedgerOrder, status: FoundOrder['status']): LedgerOrder {
  ends[order.tpOrderId] = status;
  return putOrder({ ...order, settled: true, outcome: null });
}

/** For the attempts that wait for it; else it is delivered as an outcome of its own. */
export function settle(order: LedgerOrder, result: Result): void {
  const status = foundStatus(result.outcome, 'failure' in result ? result.failure.reason : '');
  const settled = markSettled(order, status);
  const { tpOrderId, totalAmount, orderKey, calledAt } = order;
  const elapsed = Math.max(0, now() - calledAt);
  const outcome = toOutcome(result, { tpOrderId, totalAmount, orderKey, resumed: true, elapsed });
  if (outcome.outcome === 'success') rememberPaid(order, outcome);
  else takeDraftsOf(order);
  const live = liveAttempts().filter(
    one => isSameOwner(one.owner, order.owner) || one.state.tpOrderId === tpOrderId,
  );
  const takers = live.filter(({ state }) => takesSettlement(state, order, result, now()));
  // Mounted components come first: what they receive is not kept for an attempt whose page is gone.
  const isThere = ({ button }: LiveAttempt): number => (isMounted(button) ? 0 : 1);
  takers.sort((one, other) => isThere(one) - isThere(other));
  takers.forEach(taker => dispatch(taker, { type: 'settled', order: settled, result }));
  if (!takers.length) deliver(outcome, settled, null, order.goods);
  live
    .filter(one => takers.indexOf(one) < 0 && isBeforeCashier(one.state))
    .forEach(one => dispatch(one, { type: 'found', found: { order: settled, status } }));
  commit();
}

export const foundStatus = (outcome: string, reason: string): FoundOrder['status'] =>
  outcome === 'success' ? 'paid' : reason === 'refunded' ? 'refunded' : 'closed';
