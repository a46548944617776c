/**
 * The payments of this mini-program, as components and pages use them. Components come and go, an order stays: what happens
 * to it is decided in state-machine.ts and ledger.ts, and done in effects.ts.
 */
import { hasCashier } from '../host/cashier';
import { getAppState, isJoined } from '../host/app-state';
import type { OrderStatus } from '../order/order-status';
import {
  attemptAtCashier,
  attemptBeforeCashier,
  commit,
  dispatch,
  liveAttempts,
  type LiveAttempt,
  setEffectRunner,
} from './attempts';
import { detectLostCall, isOutstanding, pageShown } from './cashier-call';
import { wasJustChecked } from './checks';
import {
  addComponent,
  blockOf,
  type ButtonHandle,
  type ComponentHandle,
  hideComponent,
  isDelivering,
  isActive,
  isMounted,
  mountedButtons,
  type PaymentRequest,
  removeComponent,
  type SummaryHandle,
} from './components';
import {
  currentOwner,
  deliver,
  deliverWaiting,
  forgetPaid,
  forgetPaidOrder,
  isGuarded,
  onOutcomeOf,
  paidOutcome,
  takeOutcome,
} from './delivery';
import { freeKey, isOrderOf } from './drafts';
import { endHiddenQuestion, runEffect, startAttempt, supersede, tapWhileAsking } from './effects';
import { isBlocking, isOfGoods, isSameOwner, isUnsettled, type LedgerOrder } from './ledger';
import { forgetOldOrders, now, ordersOf, putOrder, takeRestored } from './ledger-storage';
import { toOutcome } from './outcome';
import { applyStatus, poll } from './settlement';
import { isThisPurchase } from './state-machine';
import { timing } from '../config/config';
import type { Failure, PayOutcome, Phase } from './types';

/** ms after its page was shown that an unanswered call is checked: its callback comes first, as a rule */
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
  /** what it means to pay, or shows, became something else */
  changed(handle: ComponentHandle): void;
  phaseOf(button: ButtonHandle): Phase;
  /** the label of a button that an order-summary locks; null when none does */
  lockedLabel(button: ButtonHandle): string | null;
  /** a tap reached the button, also one that pays nothing */
  tapped(button: ButtonHandle): void;
  pay(button: ButtonHandle, request: PaymentRequest, isTapped: boolean): Promise<PayOutcome>;
  reset(button: ButtonHandle): boolean;
  resumePending(): Promise<PayOutcome[]>;
  /** the payment of the order that a summary shows, or of its order-key */
  paymentFor(summary: SummaryHandle): { phase: Phase; tpOrderId: string };
  /** a status that a component received from the backend: counts as a check */
  reportStatus(tpOrderId: string, status: OrderStatus): void;
  isActive(handle: ComponentHandle): boolean;
  /** false when its page was closed, which not every host says to components */
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

/** Finds out about every payment whose outcome is not known or was not delivered; see PaymentManager. */
export function resumePending(): Promise<PayOutcome[]> {
  const find = (): Promise<PayOutcome[]> => paymentManager().resumePending();
  // Before App() has run there is nothing yet that copies of this package share.
  return isJoined() ? find() : later(find);
}

const MANAGER: PaymentManager = {
  add: handle => addComponent(handle, true),

  ready(handle) {
    handle.isReady = true;
    lookAfter(handle, 0);
  },

  shown(handle) {
    const { wasAway } = handle;
    addComponent(handle);
    handle.wasAway = false;
    pageShown(handle.page);
    if (handle.kind === 'button' && wasAway) handle.paid = null;
    // Later, when every component of the page has been shown: a call that is made until then is not older than the show.
    liveAttempts().forEach(({ onShow }) => onShow && setTimeout(onShow, 0));
    lookAfter(handle, CHECK_DELAY);
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
      if (handle.isReady && isMounted(handle)) lookAfter(handle);
    }, 0);
  },

  phaseOf(button) {
    const live = liveAttempts().filter(one => one.button === button)[0] || attemptOf(button.request.goods);
    if (live) return phaseOfAttempt(live);
    const { goods } = button.request;
    if (ownOrders().some(order => isBlocking(order) && isOfGoods(order, goods))) return 'pending';
    return paidOutcome(goods, button) ? 'paid' : 'idle';
  },

  lockedLabel(button) {
    const block = blockOfButton(button);
    return block && block.label ? block.label : null;
  },

  tapped(button) {
    addComponent(button);
    tapWhileAsking();
    const { goods } = button.request;
    const joined = joinedAttempt(button, goods);
    detectLostCall(true);
    // Without status-url there is nothing to wait for: the attempt that this tap joins is over already.
    endedByTap =
      joined && liveAttempts().indexOf(joined) < 0 ? { button, goods, promise: joined.promise } : null;
    if (endedByTap) setTimeout(() => (endedByTap = null), 0);
  },

  pay(button, request, isTapped) {
    // pay() in an event handler starts when every component has its events.
    if (isDelivering()) return later(() => MANAGER.pay(button, request, isTapped));
    forgetOld();
    // pay() in onReady comes before the component is attached.
    if (!button.page) addComponent(button, true);
    const { goods } = request;
    const isMeant = (order: LedgerOrder): boolean =>
      !isSuccess(order.outcome) || isThisPurchase(request, order, now());
    const delivered = isMounted(button) ? deliverWaiting(button, goods, isMeant) : [];
    const waiting = delivered.filter(isSuccess)[0];
    // What it shows as paid is what it was asked to pay.
    if (waiting) button.request = request;
    if (delivered.length) commit();
    if (waiting) return Promise.resolve<PayOutcome>({ ...waiting });
    const paid = paidOutcome(goods, button);
    if (paid) return Promise.resolve<PayOutcome>({ ...paid, resumed: true });
    if (endedByTap && endedByTap.button === button && endedByTap.goods === goods) return endedByTap.promise;
    const joined = joinedAttempt(button, goods);
    if (!isTapped) detectLostCall(false);
    if (joined) {
      button.request = request;
      return joined.promise;
    }
    if (!isMounted(button)) return refuse(button, request, 'detached');
    if (isGuarded(button)) return refuse(button, request, isTapped ? null : 'busy');
    supersede();
    // A handler of paycancel may have paid.
    const newer = attemptBeforeCashier();
    if (newer && newer === joinedAttempt(button, goods)) return newer.promise;
    if (newer || isOutstanding()) return refuse(button, request, 'busy');
    button.request = request;
    return startAttempt(
      button,
      { ...request, refusal: refusalOf(button, request) },
      currentOwner(),
      isTapped,
    );
  },

  reset(button) {
    const { goods } = button.request;
    const own = liveAttempts().filter(one => one.button === button || one.state.goods === goods);
    const isKept =
      (button.request.isReady && !!paidOutcome(goods)) ||
      own.some(({ state }) => !!state.call) ||
      ownOrders().some(order => isUnsettled(order) && isOfGoods(order, goods));
    if (isKept) {
      console.warn('pay-button: reset() is ignored while an order of these goods may be paid');
      return false;
    }
    own.forEach(one => dispatch(one, { type: 'cancel', by: 'reset' }));
    forgetPaid(button);
    freeKey(goods, currentOwner());
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
      // They count as delivered together with the promise, not before: a button may have received one meanwhile.
      outcomes.forEach((outcome, index) => {
        const waiting = takeOutcome(outcome.tpOrderId);
        if (waiting) latest.push({ ...waiting, resumed: true });
        else if (isUnsettled(orders[index] as LedgerOrder)) latest.push(outcome);
      });
      commit();
      return latest;
    });
  },

  paymentFor({ orderKey, tpOrderId }) {
    const isIts = (one: { orderKey: string; tpOrderId: string }): boolean =>
      tpOrderId ? one.tpOrderId === tpOrderId : !!orderKey && one.orderKey === orderKey;
    const live = liveAttempts().filter(
      ({ state }) => isIts(state) || (!state.tpOrderId && !!orderKey && state.orderKey === orderKey),
    )[0];
    if (live) return { phase: phaseOfAttempt(live), tpOrderId: live.state.tpOrderId || tpOrderId };
    const order = ownOrders().filter(one => isBlocking(one) && isIts(one))[0];
    if (order) return { phase: 'pending', tpOrderId: order.tpOrderId };
    const isPaid =
      !!paidOutcome(tpOrderId) ||
      mountedButtons().some(
        button =>
          !!orderKey &&
          button.request.orderKey === orderKey &&
          !tpOrderId &&
          !!paidOutcome(button.request.goods, button),
      );
    return { phase: isPaid ? 'paid' : 'idle', tpOrderId };
  },

  reportStatus(tpOrderId, status) {
    if (status === 'refunding' || status === 'refunded') forgetPaidOrder(tpOrderId);
    applyStatus(tpOrderId, status);
  },

  isActive,

  isMounted,

  configChanged() {
    mountedButtons().forEach(button => button.isReady && lookAfter(button));
    commit();
  },
};

/** the attempt that a tap joined and ended, until pay() that belongs to the tap */
let endedByTap: { button: ButtonHandle; goods: string; promise: Promise<PayOutcome> } | null = null;

const joinedAttempt = (button: ButtonHandle, goods: string): LiveAttempt | undefined =>
  liveAttempts().filter(one => one.button === button && one.state.goods === goods)[0];

const isSuccess = (outcome: PayOutcome | null): boolean => !!outcome && outcome.outcome === 'success';

const later = <Value>(action: () => Promise<Value>): Promise<Value> =>
  new Promise(resolve => setTimeout(() => resolve(action()), 0));

const forgetOld = (): void => forgetOldOrders(currentOwner(), tpOrderId => !!attemptAtCashier(tpOrderId));

const ownOrders = (): LedgerOrder[] => ordersOf(currentOwner());

/** The attempt that another button of the same goods has under way. */
function attemptOf(goods: string): LiveAttempt | undefined {
  return liveAttempts().filter(
    ({ state, owner }) => isOfGoods(state, goods) && isSameOwner(owner, currentOwner()),
  )[0];
}

function phaseOfAttempt({ state, owner }: LiveAttempt): Phase {
  const { step, goods } = state;
  if (step === 'paying' || step === 'confirming') return step;
  if (step === 'checking' || step === 'asking') {
    const isPending = ordersOf(owner).some(order => isBlocking(order) && isOfGoods(order, goods));
    if (isPending) return step === 'asking' ? 'pending' : 'confirming';
  }
  return 'ordering';
}

const blockOfButton = (button: ButtonHandle): SummaryHandle['block'] =>
  blockOf(button, tpOrderId => isOrderOf(tpOrderId, button.request.goods));

function refusalOf(button: ButtonHandle, request: PaymentRequest): Failure | null {
  if (request.refusal) return request.refusal;
  if (!hasCashier()) return { reason: 'unsupported', code: null };
  const block = blockOfButton(button);
  return block && block.failure;
}

/** Nothing is started. @param by null: the tap was meant for what was paid a moment ago, and no event is fired */
function refuse(
  button: ButtonHandle,
  { orderKey }: PaymentRequest,
  by: 'busy' | 'detached' | null,
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
 * A component can receive events: what waited for it is delivered, and what may be paid is checked.
 * @param callDelay ms until a call without an answer is checked; undefined: it is not
 */
function lookAfter(handle: ComponentHandle, callDelay?: number): void {
  forgetOld();
  if (handle.kind === 'button' && isMounted(handle)) {
    const { goods, statusUrl } = handle.request;
    deliverWaiting(handle, goods);
    ownOrders()
      .filter(order => isUnsettled(order) && isOfGoods(order, goods))
      // The address may have changed since the order was called.
      .map(order => (statusUrl ? putOrder({ ...order, statusUrl }) : order))
      .filter(order => !!order.statusUrl)
      .forEach(order => lookInto(order, callDelay));
  }
  commit();
}

function lookInto(order: LedgerOrder, callDelay: number | undefined): void {
  const { tpOrderId } = order;
  const isUnanswered = (): boolean => {
    const live = attemptAtCashier(tpOrderId);
    return !!live && live.state.step === 'paying';
  };
  const checkOnce = (delays: number[]): void => {
    if (!wasJustChecked(tpOrderId))
      poll(
        order,
        delays,
        () => true,
        status => applyStatus(tpOrderId, status),
      );
  };
  if (!attemptAtCashier(tpOrderId)) {
    checkOnce(takeRestored(tpOrderId) ? timing().failureDelays : [0]);
  } else if (callDelay !== undefined && isUnanswered()) {
    setTimeout(() => {
      if (isUnanswered()) checkOnce([0]);
    }, callDelay);
  }
}

/** The outcome of an order that is open, or was not delivered; it needs no component then. */
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
    if (statusUrl) poll(order, timing().failureDelays, () => isOpen, giveUp);
    else giveUp();
  });
}
