/**
 * The payments of this mini-program, as components and pages use them. What happens to an attempt and to an order is decided
 * in state-machine.ts and ledger.ts, and done in effects.ts; an order outlives the components that pay it.
 */
import { currentOwner, timing } from '../config/config';
import { getAppState, hasApp } from '../host/app-state';
import { PROPERTY_DELAY } from '../host/define-component';
import type { OrderStatus } from '../order/order-view';
import { pageShown } from './cashier-call';
import { wasRecentlyChecked } from './checks';
import {
  attachComponent,
  type ButtonHandle,
  type ComponentHandle,
  forgetPaymentOfQuotes,
  hideComponent,
  isActive,
  isMounted,
  mountedButtons,
  type PaymentRequest,
  removeComponent,
  showComponent,
  type SummaryHandle,
  type SummaryPayment,
} from './component-registry';
import { deliverWaiting, onOutcomeOf, takeOutcome } from './delivery';
import { discardDraft, expireDraftsOf } from './drafts';
import { runEffect } from './effects';
import { isOfGoods, isUnsettled, type LedgerOrder } from './ledger';
import { isOfCurrentOwner, ownOrders, putOrder, takeRestored } from './ledger-storage';
import {
  attemptAtCashier,
  attemptBeforeCashier,
  commit,
  dispatch,
  forgetOld,
  liveAttempts,
  setEffectRunner,
} from './live-attempts';
import { forgetGoods } from './known-orders';
import { toOutcome } from './outcome';
import { forgetPaid, forgetPaidOrder, paidOutcome } from './paid-goods';
import type { PayOutcome, Phase } from './pay-button-events';
import { keepTap, lockOfButton, pay, runInNextTask, tapped } from './pay';
import { paymentFor, phaseOf } from './phases';
import { endHiddenQuestion } from './question';
import { applyStatus, pollStatus, rememberBackendStatus } from './settlement';

/** ms after its page was shown that a call without a callback is checked: the callback comes sooner, as a rule */
const CHECK_DELAY = 2000;

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
  /** the page has not called pay() in its handler of the tap: a later pay() may take it */
  keepTap(button: ButtonHandle): void;
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
  return hasApp() ? find() : runInNextTask(find);
}

const MANAGER: PaymentManager = {
  add: attachComponent,

  ready(handle) {
    handle.isReady = true;
    deliverAndCheck(handle, 0);
  },

  shown(handle) {
    const { wasAway } = handle;
    showComponent(handle);
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
    const isPageOpen = hideComponent(handle);
    setTimeout(endHiddenQuestion, 0);
    return isPageOpen;
  },

  remove(handle) {
    removeComponent(handle);
    const current = attemptBeforeCashier();
    if (current && current.button === handle) dispatch(current, { type: 'cancel', by: 'detached' });
    commit();
  },

  changed(handle) {
    commitSoon();
    // Between two properties that change together, status-url may be that of another order.
    setTimeout(() => {
      if (handle.isReady && isMounted(handle)) deliverAndCheck(handle);
    }, PROPERTY_DELAY);
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

  tapped,

  keepTap,

  pay,

  reset(button) {
    const { goods } = button.request;
    const attempts = liveAttempts().filter(
      attempt => attempt.button === button || attempt.state.goods === goods,
    );
    const isKept =
      (button.request.isReady && !button.request.input && !!paidOutcome(goods)) ||
      attempts.some(({ state }) => !!state.callId) ||
      ownOrders().some(order => isUnsettled(order) && isOfGoods(order, goods));
    if (isKept) {
      console.warn('pay-button: reset() is ignored while an order of these goods may be paid');
      return false;
    }
    attempts.forEach(attempt => dispatch(attempt, { type: 'cancel', by: 'reset' }));
    forgetPaid(button);
    forgetPaymentOfQuotes(button);
    discardDraft(goods, currentOwner());
    forgetGoods(goods);
    // The input of pay() is forgotten, too.
    button.taps = [];
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
        if (!isOfCurrentOwner(order)) return;
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
    if (isAnswer) rememberBackendStatus(tpOrderId, status);
    applyStatus(tpOrderId, status);
  },

  isActive,

  isMounted,

  configChanged() {
    mountedButtons().forEach(button => button.isReady && deliverAndCheck(button));
    commit();
  },
};

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
      .forEach(order => checkUnsettledOrder(order, callDelay));
  }
  if (callDelay !== undefined) commitSoon();
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

function checkUnsettledOrder(order: LedgerOrder, callDelay: number | undefined): void {
  const { tpOrderId } = order;
  const isUnanswered = (): boolean => {
    const attempt = attemptAtCashier(tpOrderId);
    return !!attempt && attempt.state.step === 'paying';
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
    let isWaiting = true;
    const finish = (outcome: PayOutcome): void => {
      isWaiting = false;
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
    if (statusUrl) pollStatus(order, timing().failureDelays, giveUp, () => isWaiting);
    else giveUp();
  });
}
