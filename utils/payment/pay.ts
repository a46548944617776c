/** What a tap and a call of pay() lead to: an outcome that is known, an attempt that is joined, or a new one. */
import { INVALID } from '../backend/create-order';
import { hasCashier } from '../host/cashier';
import { now } from '../host/swan';
import { isBeforeCashier } from './attempt-state';
import { giveUpLostCall, isOutstanding } from './cashier-call';
import {
  addComponent,
  type ButtonHandle,
  hasDuplicateId,
  isActive,
  isMounted,
  isTopPage,
  lockOf,
  type PaymentRequest,
  showComponent,
  type SummaryLock,
} from './component-registry';
import { deliver, deliverWaiting, hadRecentSuccess } from './delivery';
import { cancelOlderAttempt, startAttempt } from './effects';
import { isDelivering } from './event-queue';
import { ageOf, isOfPurchase, type LedgerOrder } from './ledger';
import { ownOrders } from './ledger-storage';
import {
  type Attempt,
  attemptAtCashier,
  attemptBeforeCashier,
  commit,
  forgetOld,
  liveAttempts,
} from './live-attempts';
import { isOrderOf } from './known-orders';
import { toOutcome } from './outcome';
import { paidOutcome } from './paid-goods';
import type { Failure, PayOutcome } from './pay-button-events';
import { tapWhileAsking } from './question';
import { isSamePurchase } from './state-machine';

/** ms after which a page no longer pays for a tap: it has asked its backend for an order at most so long */
const MAX_TAP_AGE = 60000;

/** the attempt that a tap joined and ended, for pay() of the same tap */
let attemptEndedByTap: { button: ButtonHandle; goods: string; promise: Promise<PayOutcome> } | null = null;

/** A tap reached the button, also one that pays nothing. */
export function tapped(button: ButtonHandle): void {
  showComponent(button);
  tapWhileAsking();
  const { goods } = button.request;
  const joined = attemptToJoin(button, button.request);
  giveUpLostCall('tapProvesLost');
  // Without status-url there is nothing to wait for: the attempt that this tap joins has ended already.
  attemptEndedByTap =
    joined && liveAttempts().indexOf(joined) < 0 ? { button, goods, promise: joined.promise } : null;
  if (attemptEndedByTap) setTimeout(() => (attemptEndedByTap = null), 0);
}

/** The page has not called pay() in its handler of the tap: a later pay() may take it. */
export function keepTap(button: ButtonHandle): void {
  button.taps = (button.taps || []).concat(now());
}

/** @param isTapped the user tapped the button, or the page calls it in its handler of the tap */
export function pay(button: ButtonHandle, request: PaymentRequest, isTapped: boolean): Promise<PayOutcome> {
  // pay() in an event handler starts when every component has received its events.
  if (isDelivering()) return runInNextTask(() => pay(button, request, isTapped));
  forgetOld();
  const isOfTap = takeTap(button, request) || isTapped;
  // A page that pays at once for this tap did not want to pay for the earlier ones.
  if (isTapped) button.taps = [];
  // pay() in onReady comes before the component is attached.
  if (!button.page) addComponent(button);
  return (
    knownOutcome(button, request, isOfTap) ||
    joinAttempt(button, request) ||
    cancelAtOnce(button, request, isTapped) ||
    supersede(button, request) ||
    startAttempt(button, { ...request, refusal: refusalOf(button, request) }, isTapped)
  );
}

/** @returns whether pay() may be for an earlier tap: its page has asked its backend for an order first */
function takeTap(button: ButtonHandle, { input }: PaymentRequest): boolean {
  const taps = (button.taps || []).filter(at => ageOf({ calledAt: at }, now()) < MAX_TAP_AGE);
  // Without an order of the page it takes none.
  button.taps = taps.slice(input ? 1 : 0);
  return !!taps.length;
}

/** Goods that are paid: nothing is bought. */
function knownOutcome(
  button: ButtonHandle,
  request: PaymentRequest,
  isOfTap: boolean,
): Promise<PayOutcome> | null {
  const { goods } = request;
  const isMeant = (order: LedgerOrder): boolean =>
    !isSuccess(order.outcome) || isSamePurchase(request, order, now());
  const delivered = isMounted(button) ? deliverWaiting(button, goods, isMeant) : [];
  const waiting = delivered.filter(isSuccess)[0];
  // The button shows these goods as paid.
  if (waiting) button.request = request;
  if (delivered.length) commit();
  if (waiting) return Promise.resolve<PayOutcome>({ ...waiting });
  // A newer order of the same goods may be paid as well: the button shows `pending` then.
  if (ownOrders().some(order => isOfPurchase(order, goods))) return null;
  const shown = paidOutcome(button.request.goods, button);
  const requested = paidOutcome(goods, button);
  const paid = requested || (!request.input && shown);
  if (requested) {
    // The button shows these goods as paid, and so does a quote beside it.
    button.request = request;
    commit();
  }
  if (paid) return Promise.resolve<PayOutcome>({ ...paid, resumed: true });
  // A tap on a button that shows `paid` buys nothing, also when its page gives other goods to pay().
  return isOfTap && shown ? endWithoutAttempt(button, request, null) : null;
}

/** The attempt of this button with these goods that is under way. */
function joinAttempt(button: ButtonHandle, request: PaymentRequest): Promise<PayOutcome> | null {
  const ended = attemptEndedByTap;
  if (ended && ended.button === button && ended.goods === request.goods) return ended.promise;
  const joined = attemptToJoin(button, request);
  giveUpLostCall('payProvesLost');
  if (!joined) return null;
  button.request = request;
  return joined.promise;
}

function cancelAtOnce(
  button: ButtonHandle,
  request: PaymentRequest,
  isTapped: boolean,
): Promise<PayOutcome> | null {
  if (!isMounted(button)) return endWithoutAttempt(button, request, 'detached');
  if (hadRecentSuccess(button)) return endWithoutAttempt(button, request, isTapped ? null : 'busy');
  // Its page was left for one where a payment is under way.
  const current = attemptBeforeCashier();
  const isBelow = !isTapped && current && isActive(current.button) && !isTopPage(button);
  return isBelow ? endWithoutAttempt(button, request, 'left') : null;
}

/** Ends the attempt that has not reached the cashier; one that has cannot be ended. */
function supersede(button: ButtonHandle, request: PaymentRequest): Promise<PayOutcome> | null {
  cancelOlderAttempt();
  // onTrace may have called pay().
  if (attemptBeforeCashier() || isOutstanding()) return endWithoutAttempt(button, request, 'busy');
  button.request = request;
  return null;
}

const attemptToJoin = (button: ButtonHandle, next: PaymentRequest): Attempt | undefined =>
  liveAttempts().filter(
    attempt =>
      attempt.button === button &&
      // The page may have been given the order that was made for it.
      (attempt === attemptAtCashier(next.goods) ||
        (attempt.state.goods === next.goods &&
          !(isBeforeCashier(attempt.state) && isAtOtherPrice(attempt.request, next)))),
  )[0];

/** pay() was given the same order at another price. */
const isAtOtherPrice = (before: PaymentRequest, { orderInfo, isOwnInput }: PaymentRequest): boolean =>
  isOwnInput && !!orderInfo && !!before.orderInfo && +orderInfo.totalAmount !== +before.orderInfo.totalAmount;

const isSuccess = (outcome: PayOutcome | null): boolean => !!outcome && outcome.outcome === 'success';

export const runInNextTask = <Value>(action: () => Promise<Value>): Promise<Value> =>
  new Promise(resolve => setTimeout(() => resolve(action()), 0));

export const lockOfButton = (button: ButtonHandle): SummaryLock | null =>
  lockOf(button, tpOrderId => {
    const { goods } = button.request;
    const paid = paidOutcome(goods, button);
    return isOrderOf(tpOrderId, goods) || (!!paid && paid.tpOrderId === tpOrderId);
  });

function refusalOf(button: ButtonHandle, request: PaymentRequest): Failure | null {
  if (request.refusal) return request.refusal;
  // What was tapped may not be what its properties name.
  if (hasDuplicateId(button)) return INVALID;
  if (!hasCashier()) return { reason: 'unsupported', code: null };
  const lock = lockOfButton(button);
  return lock && lock.failure;
}

/** @param by null: ignore the tap silently, because what is shown was paid */
function endWithoutAttempt(
  button: ButtonHandle,
  { orderKey }: PaymentRequest,
  by: 'busy' | 'detached' | 'left' | null,
): Promise<PayOutcome> {
  const outcome = toOutcome(
    { outcome: 'cancel', by: by || 'busy', mayBePaid: false },
    { tpOrderId: '', totalAmount: 0, orderKey, resumed: false, elapsed: 0 },
  );
  if (by) deliver(outcome, undefined, button, '');
  commit();
  return Promise.resolve(outcome);
}
