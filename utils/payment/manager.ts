/**
 * The payments of this mini-program, as components and pages use them. What happens to an attempt and to an order is decided
 * in state-machine.ts and ledger.ts, and done in effects.ts; an order outlives the components that pay it.
 */
import { INVALID } from '../backend/create-order';
import { currentOwner, timing } from '../config/config';
import { getAppState, isJoined } from '../host/app-state';
import { hasCashier } from '../host/cashier';
import { now } from '../host/swan';
import type { OrderStatus } from '../order/order-view';
import { detectLostCall, isOutstanding, pageShown } from './cashier-call';
import { wasRecentlyChecked } from './checks';
import {
  addComponent,
  attachComponent,
  lockOf,
  type ButtonHandle,
  type ComponentHandle,
  forgetPaymentOfQuotes,
  hideComponent,
  isActive,
  isDelivering,
  isMounted,
  hasDuplicateId,
  isTopPage,
  mountedButtons,
  type PaymentRequest,
  removeComponent,
  type SummaryHandle,
  type SummaryPayment,
} from './component-registry';
import { isBeforeCashier } from './attempt';
import { deliver, deliverWaiting, hadRecentSuccess, onOutcomeOf, takeOutcome } from './delivery';
import { discardDraft, expireDraftsOf } from './drafts';
import { cancelOlderAttempt, endHiddenQuestion, runEffect, startAttempt, tapWhileAsking } from './effects';
import { ageOf, needsQuestion, isOfGoods, isSameOwner, isUnsettled, type LedgerOrder } from './ledger';
import { forgetOldOrders, ownOrders, putOrder, takeRestored } from './ledger-storage';
import {
  attemptAtCashier,
  attemptBeforeCashier,
  commit,
  dispatch,
  type LiveAttempt,
  liveAttempts,
  setEffectRunner,
} from './live-attempts';
import { forgetOrdersOf, isOrderOf } from './order-goods';
import { toOutcome } from './outcome';
import { forgetPaid, forgetPaidOrder, paidOutcome } from './paid-goods';
import type { Failure, PayOutcome, Phase } from './pay-button-events';
import { paymentFor, phaseOf } from './phases';
import { applyStatus, pollStatus, rememberAnswer } from './settlement';
import { isSamePurchase } from './state-machine';

/** ms after its page was shown that a call without a callback is checked: the callback comes sooner, as a rule */
const CHECK_DELAY = 2000;
/** ms after which a page no longer pays for a tap: it has asked its backend for an order at most so long */
const MAX_TAP_AGE = 60000;

export interface PaymentManager {
  /** attached */
  add(handle: ComponentHandle): void;
  /** can receive events from now on */
  ready(handle: ComponentHandle): void;
  /** its page, or the app, came to the front */
  shown(handle: ComponentHandle): void;
  /** @returns false when its page is closed, so that nothing may be set any more */
  hidden(handle: ComponentHandle): boolean;
  remove(handle: ComponentHandle): void;
  /** what it is to pay, or shows, has changed */
  changed(handle: ComponentHandle): void;
  phaseOf(button: ButtonHandle): Phase;
  /** what was paid of its goods, in fen; null when nothing was */
  paidAmount(button: ButtonHandle): number | null;
  /** the label of a button that an order-summary locks; null when none does */
  lockedLabel(button: ButtonHandle): string | null;
  /** a tap reached the button, also one that pays nothing */
  tapped(button: ButtonHandle): void;
  /** the page has not called pay() in its handler of the tap */
  tapUnanswered(button: ButtonHandle): void;
  pay(button: ButtonHandle, request: PaymentRequest, isTapped: boolean): Promise<PayOutcome>;
  reset(button: ButtonHandle): boolean;
  resumePending(): Promise<PayOutcome[]>;
  /** the payment of the order that a summary shows, or of its order-key */
  paymentFor(summary: SummaryHandle): SummaryPayment;
  /**
   * a status that a component received: counts as a check
   * @param isAnswer the backend has answered it; else it is that of an order which the page gave
   */
  reportStatus(tpOrderId: string, status: OrderStatus, isAnswer: boolean): void;
  isActive(handle: ComponentHandle): boolean;
  /** false when its page was closed, an event that not every host fires on components */
  isMounted(handle: ComponentHandle): boolean;
  configChanged(): void;
}

/** One for all copies of this package: the first copy's. */
export function paymentManager(): PaymentManager {
  const state = getAppState() as { manager?: PaymentManager };
  // Here and not when this file is loaded: a bundler then leaves payments out where a page only imports configure().
  setEffectRunner(runEffect);
  return (state.manager = state.manager || MANAGER);
}

/**
 * Checks every order of the current user that may be paid, at 0, 3 and 6 s (`failureDelays`), and waits for attempts under
 * way. Pages call it to receive outcomes that no component was there to receive.
 * @returns these outcomes, which count as delivered; 'pending' where it is still not known. Never rejects.
 */
export function resumePending(): Promise<PayOutcome[]> {
  const find = (): Promise<PayOutcome[]> => paymentManager().resumePending();
  // Before App() has run, the copies of this package share nothing yet.
  return isJoined() ? find() : runInNextTask(find);
}

const MANAGER: PaymentManager = {
  add: attachComponent,

  ready(handle) {
    handle.isReady = true;
    deliverAndCheck(handle, 0);
  },

  shown(handle) {
    const { wasAway } = handle;
    addComponent(handle);
    handle.wasAway = false;
    pageShown(handle.page);
    if (handle.kind === 'button') {
      // A tab page that comes back sells again, unless it was paid out of sight.
      if (handle.paid && handle.paid.isUnseen) handle.paid.isUnseen = false;
      else if (wasAway) handle.paid = null;
    }
    // The first show comes before ready.
    if (handle.isReady) deliverAndCheck(handle, CHECK_DELAY);
  },

  hidden(handle) {
    const isOpen = hideComponent(handle);
    setTimeout(endHiddenQuestion, 0);
    return isOpen;
  },

  remove(handle) {
    removeComponent(handle);
    const current = attemptBeforeCashier();
    if (current && current.button === handle) dispatch(current, { type: 'cancel', by: 'detached' });
    commit();
  },

  changed(handle) {
    // Properties that change together arrive one after the other.
    setTimeout(() => {
      if (handle.isReady && isMounted(handle)) deliverAndCheck(handle);
    }, 0);
  },

  phaseOf,

  paidAmount(button) {
    const paid = paidOutcome(button.request.goods, button);
    return paid && paid.totalAmount;
  },

  lockedLabel(button) {
    const lock = lockOfButton(button);
    return (lock && lock.label) || null;
  },

  tapped(button) {
    addComponent(button);
    tapWhileAsking();
    const { goods } = button.request;
    const joined = joinedAttempt(button, button.request);
    detectLostCall(true);
    // Without status-url there is nothing to wait for: the attempt that this tap joins has ended already.
    attemptEndedByTap =
      joined && liveAttempts().indexOf(joined) < 0 ? { button, goods, promise: joined.promise } : null;
    if (attemptEndedByTap) setTimeout(() => (attemptEndedByTap = null), 0);
  },

  tapUnanswered(button) {
    button.openTaps = (button.openTaps || []).concat(now());
  },

  pay(button, request, isTapped) {
    // pay() in an event handler starts when every component has received its events.
    if (isDelivering()) return runInNextTask(() => MANAGER.pay(button, request, isTapped));
    forgetOld();
    const openTaps = (button.openTaps || []).filter(at => ageOf({ calledAt: at }, now()) < MAX_TAP_AGE);
    const isOfEarlierTap = !isTapped && !!request.input && openTaps.length > 0;
    // A page that pays at once for this tap did not want to pay for the earlier ones.
    button.openTaps = isTapped ? [] : openTaps.slice(isOfEarlierTap ? 1 : 0);
    // pay() in onReady comes before the component is attached.
    if (!button.page) addComponent(button, true);
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
    const isOpen = ownOrders().some(order => needsQuestion(order) && isOfGoods(order, goods));
    const shown = isOpen ? null : paidOutcome(button.request.goods, button);
    const ownPaid = isOpen ? null : paidOutcome(goods, button);
    const paid = ownPaid || (!request.input && shown);
    // The button shows these goods as paid.
    if (ownPaid) button.request = request;
    if (paid) return Promise.resolve<PayOutcome>({ ...paid, resumed: true });
    // A tap on a button that shows `paid` buys nothing, also when its page gives other goods to pay().
    if ((isTapped || isOfEarlierTap) && shown) return endWithoutAttempt(button, request, null);
    if (attemptEndedByTap && attemptEndedByTap.button === button && attemptEndedByTap.goods === goods)
      return attemptEndedByTap.promise;
    const joined = joinedAttempt(button, request);
    if (!isTapped) detectLostCall(false);
    if (joined) {
      button.request = request;
      return joined.promise;
    }
    if (!isMounted(button)) return endWithoutAttempt(button, request, 'detached');
    if (hadRecentSuccess(button)) return endWithoutAttempt(button, request, isTapped ? null : 'busy');
    // Its page was left for one where a payment is under way.
    const current = attemptBeforeCashier();
    if (!isTapped && current && isActive(current.button) && !isTopPage(button)) {
      return endWithoutAttempt(button, request, 'left');
    }
    cancelOlderAttempt();
    // A handler of paycancel may have paid.
    const newer = attemptBeforeCashier();
    if (newer && newer === joinedAttempt(button, request)) return newer.promise;
    if (newer || isOutstanding()) return endWithoutAttempt(button, request, 'busy');
    button.request = request;
    return startAttempt(button, { ...request, refusal: refusalOf(button, request) }, isTapped);
  },

  reset(button) {
    const { goods } = button.request;
    const own = liveAttempts().filter(live => live.button === button || live.state.purchase.goods === goods);
    const isKept =
      (button.request.isReady && !button.request.input && !!paidOutcome(goods)) ||
      own.some(({ state }) => !!state.call) ||
      ownOrders().some(order => isUnsettled(order) && isOfGoods(order, goods));
    if (isKept) {
      console.warn('pay-button: reset() is ignored while an order of these goods may be paid');
      return false;
    }
    own.forEach(live => dispatch(live, { type: 'cancel', by: 'reset' }));
    forgetPaid(button);
    forgetPaymentOfQuotes(button);
    discardDraft(goods, currentOwner());
    forgetOrdersOf(goods);
    // The input of pay() is forgotten, too.
    button.openTaps = [];
    if (button.request.input) button.request = button.readProperties();
    commit();
    return true;
  },

  resumePending() {
    forgetOld();
    const orders = ownOrders().filter(order => isUnsettled(order) || !!order.outcome);
    const promises = orders.map(resume);
    commit();
    return Promise.all(promises).then(outcomes => {
      const latest: PayOutcome[] = [];
      // They count as delivered only now: a button may have received one meanwhile.
      outcomes.forEach((outcome, index) => {
        const order = orders[index] as LedgerOrder;
        // Another user may have logged in meanwhile.
        if (!isSameOwner(order.owner, currentOwner())) return;
        const waiting = takeOutcome(outcome.tpOrderId);
        if (waiting) latest.push({ ...waiting, resumed: true });
        else if (isUnsettled(order)) latest.push(outcome);
      });
      commit();
      return latest;
    });
  },

  paymentFor,

  reportStatus(tpOrderId, status, isAnswer) {
    expireDraftsOf(tpOrderId);
    // A page may show an order as closed by its own clock only.
    if (status === 'closed' && !isAnswer) return;
    // A refund that is under way may be refused.
    if (status === 'refunded') forgetPaidOrder(tpOrderId);
    if (isAnswer) rememberAnswer(tpOrderId, status);
    applyStatus(tpOrderId, status);
  },

  isActive,

  isMounted,

  configChanged() {
    mountedButtons().forEach(button => button.isReady && deliverAndCheck(button));
    commit();
  },
};

/** the attempt that a tap joined and ended, for pay() of the same tap */
let attemptEndedByTap: { button: ButtonHandle; goods: string; promise: Promise<PayOutcome> } | null = null;

const joinedAttempt = (button: ButtonHandle, next: PaymentRequest): LiveAttempt | undefined =>
  liveAttempts().filter(
    live =>
      live.button === button &&
      live.state.purchase.goods === next.goods &&
      !(isBeforeCashier(live.state) && isAtOtherPrice(live.request, next)),
  )[0];

/** pay() was given the same order at another price. */
const isAtOtherPrice = (before: PaymentRequest, { orderInfo, isOwnInput }: PaymentRequest): boolean =>
  isOwnInput && !!orderInfo && !!before.orderInfo && +orderInfo.totalAmount !== +before.orderInfo.totalAmount;

const isSuccess = (outcome: PayOutcome | null): boolean => !!outcome && outcome.outcome === 'success';

const runInNextTask = <Value>(action: () => Promise<Value>): Promise<Value> =>
  new Promise(resolve => setTimeout(() => resolve(action()), 0));

const forgetOld = (): void => forgetOldOrders(currentOwner(), tpOrderId => !!attemptAtCashier(tpOrderId));

const lockOfButton = (button: ButtonHandle): SummaryHandle['lock'] =>
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

/**
 * For a component that can receive events: delivers the outcomes that waited for it, and checks its unsettled orders.
 * @param callDelay ms until an order whose cashier call has no callback is checked; undefined: never
 */
function deliverAndCheck(handle: ComponentHandle, callDelay?: number): void {
  forgetOld();
  if (handle.kind === 'button' && isMounted(handle)) {
    const { goods, statusUrl } = handle.request;
    // On a page below it would not be seen.
    if (isActive(handle) && deliverWaiting(handle, goods).length) commit();
    ownOrders()
      .filter(order => isUnsettled(order) && isOfGoods(order, goods))
      // The address may have changed since the order was called; while properties change it may be that of the next order.
      .map(order =>
        statusUrl && (!order.statusUrl || callDelay !== undefined)
          ? putOrder({ ...order, statusUrl })
          : order,
      )
      .filter(order => !!order.statusUrl)
      .forEach(order => checkOpenOrder(order, callDelay));
  }
  commitSoon();
}

let isCommitDue = false;

/** One commit for all rows of a list: each of them refreshes every component. */
function commitSoon(): void {
  if (isCommitDue) return;
  isCommitDue = true;
  setTimeout(() => {
    isCommitDue = false;
    commit();
  }, 0);
}

function checkOpenOrder(order: LedgerOrder, callDelay: number | undefined): void {
  const { tpOrderId } = order;
  const isUnanswered = (): boolean => {
    const live = attemptAtCashier(tpOrderId);
    return !!live && live.state.step === 'paying';
  };
  const checkOnce = (delays: number[]): void => {
    if (!wasRecentlyChecked(tpOrderId)) pollStatus(order, delays);
  };
  if (!attemptAtCashier(tpOrderId)) {
    checkOnce(takeRestored(tpOrderId) ? timing().failureDelays : [0]);
  } else if (callDelay !== undefined && isUnanswered()) {
    setTimeout(() => {
      if (isUnanswered()) checkOnce([0]);
    }, callDelay);
  }
}

/** Finds the outcome of an unsettled order, or the undelivered one of a settled order. */
function resume(order: LedgerOrder): Promise<PayOutcome> {
  const { tpOrderId, totalAmount, orderKey, statusUrl } = order;
  if (!isUnsettled(order)) {
    return Promise.resolve<PayOutcome>({ ...(order.outcome as PayOutcome), resumed: true });
  }
  return new Promise(resolve => {
    let isOpen = true;
    const finish = (outcome: PayOutcome): void => {
      isOpen = false;
      stop();
      resolve({ ...outcome });
    };
    const stop = onOutcomeOf(tpOrderId, finish);
    const giveUp = (): void =>
      finish(
        toOutcome({ outcome: 'pending' }, { tpOrderId, totalAmount, orderKey, resumed: true, elapsed: 0 }),
      );
    // A live attempt has an outcome of its own.
    if (attemptAtCashier(tpOrderId)) return;
    if (statusUrl) pollStatus(order, timing().failureDelays, giveUp, () => isOpen);
    else giveUp();
  });
}
