/**
 * The cashier call: at most one is outstanding, at least minCallInterval after the one before. Its callback may come late,
 * twice or never.
 */
import { timing } from '../config/config';
import { callCashier, type CashierAnswer, isSimulated } from '../host/cashier';
import { now, type PageInstance } from '../host/swan';
import { invalidateRunningChecks } from './checks';
import { type LedgerOrder, withAnswer, withCall, withLostCall } from './ledger';
import { findOrder, putOrder, saveLedger, takeBackOrder } from './ledger-storage';
import { commit, dispatch, type Attempt, liveAttempts } from './live-attempts';
import { goodsOf, setSettledStatus, type SettledStatus, settledStatusOf } from './known-orders';
import { pollStatus, settle } from './settlement';
import { trace } from './trace';

interface OutstandingCall {
  id: number;
  tpOrderId: string;
  page: PageInstance | undefined;
  /** a tap that reaches a button proves that no cashier is open */
  tapProvesLost: boolean;
  /** pay() without a tap proves it, too */
  payProvesLost: boolean;
  /** as it was called */
  order: LedgerOrder;
  /** how it was settled before: a shop may open a closed order again */
  settledBefore: SettledStatus | undefined;
}

/** ms after which a tap cannot have been on its way before the cashier opened */
const TAP_PROVES_LOST_AFTER = 5000;
/** ms after which pay() without a tap takes the call for lost */
const PAY_PROVES_LOST_AFTER = 60000;

/** a button on a tab page lives as long as the app: only its latest orders are kept */
const MAX_STARTED = 20;

let outstanding: OutstandingCall | null = null;
let lastCallId = 0;
/** run when minCallInterval is over; null while no call is that recent */
let intervalCallbacks: (() => void)[] | null = null;

export const nextCallId = (): number => ++lastCallId;

export const isOutstanding = (): boolean => !!outstanding;

/** @returns whether the last call is less than minCallInterval ago; `then` then runs when it no longer is */
export function waitForInterval(then: () => void): boolean {
  if (intervalCallbacks) intervalCallbacks.push(then);
  return !!intervalCallbacks;
}

export function openCashier(attempt: Attempt): void {
  const { state, request, button, owner, orderInfo } = attempt;
  const { tpOrderId, totalAmount, dealTitle, goods, orderKey, isReady } = state;
  const known: Partial<LedgerOrder> = findOrder(tpOrderId) || {};
  // A ready order may have been made by a create-url of this run: it is found by those goods, too.
  const made = isReady ? goodsOf(tpOrderId).slice(-1)[0] : undefined;
  const order = {
    tpOrderId,
    totalAmount,
    dealTitle,
    orderKey: made ? made.orderKey : orderKey,
    calls: known.calls || [],
    goods: made ? made.goods : goods,
    idempotencyKey: made ? made.idempotencyKey : attempt.idempotencyKey,
    statusUrl: request.statusUrl || known.statusUrl || '',
    // An order that two users have called, or one who is not known, is every user's from then on.
    owner: known.tpOrderId && owner && known.owner !== owner ? '' : known.owner || owner,
    outcome: known.outcome || null,
  };
  const called = putOrder(withCall(order, state.callId, now()));
  const settledBefore = settledStatusOf(tpOrderId);
  setSettledStatus(tpOrderId, undefined);
  button.paid = null;
  button.started = (button.started || []).concat(tpOrderId).slice(-MAX_STARTED);
  trace('call', tpOrderId, { durable: saveLedger() });
  const current: OutstandingCall = (outstanding = {
    id: state.callId,
    tpOrderId,
    page: button.page,
    order: called,
    settledBefore,
    tapProvesLost: false,
    payProvesLost: false,
  });
  intervalCallbacks = [];
  try {
    callCashier({ ...orderInfo!, ...request.extras }, request.bannedChannels, answer =>
      onAnswer(current, answer),
    );
  } finally {
    startTimers(current);
    endEarlierAttempts(attempt);
  }
}

/**
 * Ends the attempts that still wait for the outcome of an earlier call of this order. After the call, because handlers of
 * their events may leave the page.
 */
function endEarlierAttempts(attempt: Attempt): void {
  liveAttempts().forEach(other => {
    const { callId, tpOrderId } = other.state;
    if (other !== attempt && callId && tpOrderId === attempt.state.tpOrderId) {
      dispatch(other, { type: 'polling-ended', status: 'unreachable' });
    }
  });
}

/** Timers instead of times: the device clock may be set meanwhile. */
function startTimers(current: OutstandingCall): void {
  const { minCallInterval, callTimeout } = timing();
  setTimeout(() => {
    const callbacks = intervalCallbacks || [];
    intervalCallbacks = null;
    callbacks.forEach(then => then());
  }, minCallInterval);
  setTimeout(() => (current.tapProvesLost = true), TAP_PROVES_LOST_AFTER);
  setTimeout(() => (current.payProvesLost = true), PAY_PROVES_LOST_AFTER);
  setTimeout(() => giveUpCall(current), callTimeout);
}

/** A show of its page proves to a tap that the cashier is gone; paying by WeChat shows the app while it still works. */
export function pageShown(page: PageInstance | undefined): void {
  const current = outstanding;
  if (!current || current.page !== page) return;
  current.tapProvesLost = true;
  setTimeout(() => (current.payProvesLost = true), TAP_PROVES_LOST_AFTER);
}

/** Gives up the outstanding call if a tap, or pay() without one, proves by now that no cashier is open. */
export function giveUpLostCall(proof: 'tapProvesLost' | 'payProvesLost'): void {
  if (outstanding && outstanding[proof]) giveUpCall(outstanding);
}

function giveUpCall(lost: OutstandingCall): void {
  if (outstanding !== lost) return;
  clearOutstanding(lost);
  invalidateRunningChecks();
  const order = findOrder(lost.tpOrderId);
  if (order) putOrder(withLostCall(order, lost.id));
  const attempt = attemptOf(lost);
  if (attempt) dispatch(attempt, { type: 'lost' });
  commit();
}

/** No cashier is open any more. Drops the page reference, or a late callback would keep the closed page in memory. */
function clearOutstanding(call: OutstandingCall): void {
  if (outstanding === call) outstanding = null;
  call.page = undefined;
}

const attemptOf = ({ id }: OutstandingCall): Attempt | undefined =>
  liveAttempts().filter(({ state }) => state.callId === id)[0];

function onAnswer(call: OutstandingCall, { result, code, raw }: CashierAnswer): void {
  const { id, tpOrderId } = call;
  trace('cashier', tpOrderId, { result, code });
  clearOutstanding(call);
  invalidateRunningChecks();
  const order = /^(success|paying|failed)$/.test(result)
    ? restoredOrder(call, result === 'success')
    : findOrder(tpOrderId);
  const attempt = attemptOf(call);
  const claimed = order && !order.settled ? putOrder(withAnswer(order, id, result)) : undefined;
  if (claimed && !claimed.calls.length) {
    takeBackOrder(tpOrderId);
    setSettledStatus(tpOrderId, call.settledBefore);
  }
  if (result === 'success' && isSimulated()) warnSimulated();
  if (attempt) dispatch(attempt, { type: 'cashier-answered', result, code, raw, isSimulated: isSimulated() });
  else if (claimed && result === 'success') confirmLate(claimed, raw);
  commit();
}

/** The order of this call, put back where it was closed or removed meanwhile: it may be paid. */
function restoredOrder(
  { id, tpOrderId, order }: OutstandingCall,
  isSuccess: boolean,
): LedgerOrder | undefined {
  const known = findOrder(tpOrderId);
  const status = settledStatusOf(tpOrderId);
  if (status && (status !== 'closed' || !isSuccess)) return known;
  if (known && known.calls.some(call => call.id === id)) return { ...known, settled: false };
  return { ...order, ...known, calls: (known ? known.calls : []).concat({ id, claim: 'lost' }) };
}

let hasWarned = false;

function warnSimulated(): void {
  if (!hasWarned) console.warn("swan-cashier: DevTools' cashier only simulates, nobody is charged");
  hasWarned = true;
}

/** No attempt waits for this order any more: confirms its success with the backend, and delivers one more outcome. */
function confirmLate(order: LedgerOrder, raw: unknown): void {
  const { confirmDelays } = timing();
  const settleUnverified = (): void => {
    const known = findOrder(order.tpOrderId);
    if (known && !known.settled) settle(known, { outcome: 'success', verified: false, raw });
  };
  if (!order.statusUrl) settleUnverified();
  else if (isSimulated()) pollStatus(order, [0], settleUnverified);
  else pollStatus(order, confirmDelays);
}
