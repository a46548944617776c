/**
 * The call of the cashier: at most one is outstanding, at least minCallInterval after the one before. Its callback may come
 * late, twice or never.
 */
import { timing } from '../config/config';
import { callCashier, type CashierResponse, isSimulated } from '../host/cashier';
import type { PageInstance } from '../host/swan';
import { commit, dispatch, liveAttempts, type LiveAttempt } from './attempts';
import { outdateChecks } from './checks';
import { type LedgerOrder, withAnswer, withCall, withLostCall } from './ledger';
import { findOrder, now, putOrder, removeOrder, saveLedger } from './ledger-storage';
import { applyStatus, endOf, forgetEnd, poll, settle } from './settlement';
import { trace } from './trace';

interface OutstandingCall {
  id: number;
  tpOrderId: string;
  page: PageInstance | undefined;
  /** a tap that gets through proves that no cashier is open */
  isTapProof: boolean;
  /** pay() without a tap proves it, too */
  isPayProof: boolean;
  /** as it was called */
  order: LedgerOrder;
}

/** ms after which a tap that gets through was not on its way before the cashier opened */
const TAP_PROOF = 5000;
/** ms after which pay() without a tap takes the call for lost */
const PAY_PROOF = 60000;

/** a button on a tab page lives as long as the app */
const MAX_STARTED = 20;

let outstanding: OutstandingCall | null = null;
let lastCallId = 0;
/** runs when minCallInterval is over; null while no call is that recent */
let onCooled: (() => void)[] | null = null;

export const nextCallId = (): number => ++lastCallId;

export const isOutstanding = (): boolean => !!outstanding;

/** @returns whether a call is too recent; `then` runs when it is not any more */
export function waitForInterval(then: () => void): boolean {
  if (onCooled) onCooled.push(then);
  return !!onCooled;
}

export function call(live: LiveAttempt): void {
  const { state, request, button, owner, orderInfo } = live;
  const { tpOrderId, totalAmount, dealTitle, goods, orderKey, isReady } = state;
  const known: Partial<LedgerOrder> = findOrder(tpOrderId) || {};
  const order = {
    tpOrderId,
    totalAmount,
    dealTitle,
    orderKey: (isReady && known.orderKey) || orderKey,
    calls: known.calls || [],
    goods: (isReady && known.goods) || goods,
    idempotencyKey: live.idempotencyKey || known.idempotencyKey || '',
    statusUrl: request.statusUrl || known.statusUrl || '',
    // An order that two users have called, or one who is not known, is every user's from then on.
    owner: known.tpOrderId && (!known.owner || (owner && known.owner !== owner)) ? '' : known.owner || owner,
    outcome: known.outcome || null,
  };
  const called = putOrder(withCall(order, state.call, now()));
  forgetEnd(tpOrderId);
  outdateChecks();
  button.paid = null;
  button.started = (button.started || []).concat(tpOrderId).slice(-MAX_STARTED);
  trace('call', tpOrderId, { durable: saveLedger() });
  const current: OutstandingCall = (outstanding = {
    id: state.call,
    tpOrderId,
    page: button.page,
    order: called,
    isTapProof: false,
    isPayProof: false,
  });
  const waiting: (() => void)[] = (onCooled = []);
  try {
    callCashier({ ...orderInfo!, ...request.extras }, request.bannedChannels, response =>
      answer(current, response),
    );
  } finally {
    watch(current, waiting);
    endEarlier(live);
  }
}

/**
 * An attempt that still waits for the outcome of an earlier call of this order leaves it to this one. After the call,
 * because handlers of its events may leave the page.
 */
function endEarlier(live: LiveAttempt): void {
  liveAttempts().forEach(other => {
    const { call: id, tpOrderId } = other.state;
    if (other !== live && id && tpOrderId === live.state.tpOrderId) {
      dispatch(other, { type: 'window-over', status: 'unreachable' });
    }
  });
}

/** Timers, not the clock: that may be set meanwhile. */
function watch(current: OutstandingCall, waiting: (() => void)[]): void {
  const { minCallInterval, callTimeout } = timing();
  setTimeout(() => {
    onCooled = null;
    waiting.forEach(then => then());
  }, minCallInterval);
  setTimeout(() => (current.isTapProof = true), TAP_PROOF);
  setTimeout(() => (current.isPayProof = true), PAY_PROOF);
  setTimeout(() => lose(current), callTimeout);
}

/** Its page was shown: the cashier is gone, though paying by WeChat shows the app while the cashier still works. */
export function pageShown(page: PageInstance | undefined): void {
  const current = outstanding;
  if (!current || current.page !== page) return;
  current.isTapProof = true;
  setTimeout(() => (current.isPayProof = true), TAP_PROOF);
}

/** Gives the outstanding call up, if a tap that got through, or pay() without one, proves that no cashier is open. */
export function detectLostCall(isTap: boolean): void {
  if (outstanding && (isTap ? outstanding.isTapProof : outstanding.isPayProof)) lose(outstanding);
}

function lose(lost: OutstandingCall): void {
  if (outstanding !== lost) return;
  release(lost);
  outdateChecks();
  const order = findOrder(lost.tpOrderId);
  if (order) putOrder(withLostCall(order, lost.id));
  const live = attemptOf(lost);
  if (live) dispatch(live, { type: 'lost' });
  commit();
}

/** No cashier is open any more; the host and the timers may hold on to the call, but not to its page. */
function release(over: OutstandingCall): void {
  if (outstanding === over) outstanding = null;
  over.page = undefined;
}

const attemptOf = ({ id }: OutstandingCall): LiveAttempt | undefined =>
  liveAttempts().filter(({ state }) => state.call === id)[0];

function answer(answered: OutstandingCall, { result, code, raw }: CashierResponse): void {
  const { id, tpOrderId } = answered;
  trace('cashier', tpOrderId, { result, code });
  release(answered);
  outdateChecks();
  const order = /^(success|paying|failed)$/.test(result)
    ? orderOf(answered, result === 'success')
    : findOrder(tpOrderId);
  const live = attemptOf(answered);
  const claimed = order && !order.settled ? putOrder(withAnswer(order, id, result)) : undefined;
  if (claimed && !claimed.calls.length) removeOrder(tpOrderId, false);
  if (result === 'success' && isSimulated()) warnSimulated();
  if (live) dispatch(live, { type: 'answered', result, code, raw, isSimulated: isSimulated() });
  else if (claimed && result === 'success') confirmLate(claimed, raw);
  commit();
}

/** Though the call was taken back, or the order closed or forgotten, it may be paid. */
function orderOf({ id, tpOrderId, order }: OutstandingCall, isSuccess: boolean): LedgerOrder | undefined {
  const known = findOrder(tpOrderId);
  const end = endOf(tpOrderId);
  if (end && (end !== 'closed' || !isSuccess)) return known;
  if (known && known.calls.some(one => one.id === id)) return { ...known, settled: false };
  return { ...order, ...known, calls: (known ? known.calls : []).concat({ id, claim: 'lost' }) };
}

let hasWarned = false;

function warnSimulated(): void {
  if (!hasWarned)
    console.warn("swan-cashier: DevTools' cashier only simulates: it says success without a charge");
  hasWarned = true;
}

/** No attempt waits for this order any more: its success is confirmed by the backend, and delivered as a further outcome. */
function confirmLate(order: LedgerOrder, raw: unknown): void {
  const { confirmDelays } = timing();
  const settleUnverified = (): void => {
    const known = findOrder(order.tpOrderId);
    if (known && !known.settled) settle(known, { outcome: 'success', verified: false, raw });
  };
  if (!order.statusUrl) settleUnverified();
  else if (isSimulated()) poll(order, [0], () => true, settleUnverified);
  else
    poll(
      order,
      confirmDelays,
      () => true,
      status => applyStatus(order.tpOrderId, status),
    );
}
