/** Runs the effects of the state machine, and dispatches their results to it as events. */
import type { StatusResult } from '../backend/check-status';
import { type AlreadySettled, createOrder, type CreateResult } from '../backend/create-order';
import { currentOwner, settings, text, timing } from '../config/config';
import { now } from '../host/swan';
import { createAttemptState, type Effect, type SettledOrder } from './attempt-state';
import { callWhenPossible, purchaseOf } from './call-conditions';
import { openCashier } from './cashier-call';
import { type ButtonHandle, isMounted, isShownRepriced, type PaymentRequest } from './component-registry';
import { deliver } from './delivery';
import { discardDraft, draftOf, expireDraftsOf, keepOrderInfo } from './drafts';
import { enqueue, flush } from './event-queue';
import { ageOf, claimOf } from './ledger';
import { findOrder, isOutcomeOld, ordersOf, putOrder } from './ledger-storage';
import {
  addAttempt,
  attemptBeforeCashier,
  dispatch,
  type Attempt,
  removeAttempt,
  trackRevision,
} from './live-attempts';
import { isOrderOf, settledStatusOf, toSettledStatus } from './known-orders';
import { type AttemptResult, toOutcome } from './outcome';
import { paidOutcome, rememberPaid } from './paid-goods';
import type { PayOutcome } from './pay-button-events';
import { ask } from './question';
import { applyStatus, checkAndSettle, pollStatus, rememberBackendStatus, settle } from './settlement';

/** ms for which the orderInfo of an order is used again without a request */
const MAX_ORDER_AGE = 600000;
/** ms for which a cancelled order is checked when the next one is created, and how many at most */
const CANCELLED_AGE = 1800000;
const MAX_CANCELLED = 3;

/** numbers of the orders that the latest attempt with checks could not reach */
let unreachableBefore: string[] = [];

export function startAttempt(
  button: ButtonHandle,
  request: PaymentRequest,
  isTapped: boolean,
): Promise<PayOutcome> {
  const owner = currentOwner();
  let resolve: Attempt['resolve'] = () => undefined;
  const promise = new Promise<PayOutcome>(keep => (resolve = keep));
  const attempt: Attempt = {
    state: createAttemptState(purchaseOf(request), request.refusal, undeliveredOrders(owner)),
    owner,
    button,
    request,
    promise,
    resolve,
    orderInfo: null,
    idempotencyKey: '',
    startedAt: now(),
    revision: 0,
    isPageKnown: isTapped,
  };
  addAttempt(attempt);
  dispatch(attempt, { type: 'start' });
  return promise;
}

/** Settled orders whose outcome was not delivered. */
function undeliveredOrders(owner: string): SettledOrder[] {
  return ordersOf(owner)
    .filter(order => order.settled && !order.accepted && !!order.outcome && !isOutcomeOld(order))
    .map(order => ({ order, status: toSettledStatus(order.outcome as PayOutcome), isUndelivered: true }));
}

type Effects = {
  [Type in Effect['type']]: (attempt: Attempt, effect: Extract<Effect, { type: Type }>) => void;
};

export function runEffect(attempt: Attempt, effect: Effect): void {
  (EFFECTS[effect.type] as (attempt: Attempt, effect: Effect) => void)(attempt, effect);
}

const EFFECTS: Effects = {
  check(attempt, { orders }) {
    const isCurrent = trackRevision(attempt);
    const unreachable: string[] = [];
    let running = orders.length;
    orders.forEach(order =>
      checkAndSettle(order, status => {
        if (status === 'unreachable') unreachable.push(order.tpOrderId);
        if (--running || !isCurrent()) return;
        const before = unreachableBefore;
        unreachableBefore = unreachable;
        dispatch(attempt, {
          type: 'checked',
          unreachable: unreachable.filter(tpOrderId => before.indexOf(tpOrderId) < 0),
        });
      }),
    );
  },

  create(attempt, { isNew }) {
    const { owner, request, state } = attempt;
    const { goods, isReady } = state;
    const draft = isReady ? null : draftOf(state, owner, isNew);
    const idempotencyKey = (attempt.idempotencyKey = draft ? draft.idempotencyKey : '');
    const { orderInfo } = draft || request;
    const created = (result: Exclude<CreateResult, AlreadySettled>, reused: boolean | null): void => {
      if ('orderInfo' in result) attempt.orderInfo = result.orderInfo;
      dispatch(attempt, { type: 'created', result, idempotencyKey, reused });
    };
    // The backend may have closed an older one, or changed its price.
    const isOutdated =
      draft &&
      orderInfo &&
      (Math.abs(now() - draft.orderedAt) >= MAX_ORDER_AGE || isShownRepriced(attempt.button, orderInfo));
    if (orderInfo && !isOutdated) {
      checkCancelledOrders(attempt);
      created({ orderInfo }, null);
      return;
    }
    createOrder(request, idempotencyKey, backendResult => {
      const result = withKnownStatus(backendResult, goods);
      let reused = false;
      if ('orderInfo' in result) {
        const { tpOrderId } = result.orderInfo;
        reused = !!findOrder(tpOrderId) || isOrderOf(tpOrderId, goods);
        keepOrderInfo(idempotencyKey, result.orderInfo, now());
      }
      if ('status' in result) {
        const tpOrderId =
          result.tpOrderId || tpOrderIdOfKey(idempotencyKey, owner) || (orderInfo ? orderInfo.tpOrderId : '');
        expireDraftsOf(tpOrderId);
        rememberBackendStatus(tpOrderId, result.status);
        applyStatus(tpOrderId, result.status);
        dispatch(attempt, {
          type: 'already-settled',
          result: { ...result, tpOrderId },
          wasPaid: !!paidOutcome(tpOrderId),
        });
      } else created(result, reused);
    });
    // After the request, which the tap waits for.
    checkCancelledOrders(attempt);
  },

  'discard-key': ({ state, owner }) => discardDraft(state.goods, owner),

  'warn-key'({ state }, { tpOrderId }) {
    const { idempotencyHeader } = settings();
    console.error(
      'pay-button: order ' +
        tpOrderId +
        ' may be paid, and for the same ' +
        idempotencyHeader +
        ' the backend answered ' +
        state.tpOrderId +
        '; see configure({ idempotencyHeader })',
    );
  },

  'warn-changed': ({ changedKeys: keys }) =>
    console.warn('pay-button: changed after the tap: ' + (keys || 'an earlier order may be paid by now')),

  ordercreated({ button, state }, { reused }) {
    const { tpOrderId, totalAmount, dealTitle, orderKey } = state;
    if (!isMounted(button)) return;
    enqueue(() => button.onCreated({ tpOrderId, totalAmount, dealTitle, orderKey, reused }));
    flush();
  },

  ask: (attempt, { question }) => ask(attempt, question),

  accept: ({ state }, { orders }) => orders.forEach(order => putOrder({ ...order, accepted: state.goods })),

  wait: callWhenPossible,

  call: openCashier,

  confirm(attempt, { delays: name }) {
    const delays = name ? timing()[name] : [0];
    const order = findOrder(attempt.state.tpOrderId);
    const isCurrent = trackRevision(attempt);
    const onEnd = (status: StatusResult): void => {
      if (status === 'closed') applyStatus(attempt.state.tpOrderId, status, 'last');
      if (isCurrent()) dispatch(attempt, { type: 'polling-ended', status });
    };
    if (order) pollStatus(order, delays, onEnd, isCurrent);
    else onEnd('unreachable');
  },

  settle(attempt, effect) {
    const order = findOrder(attempt.state.tpOrderId);
    if (order) settle(order, effect.result);
    // It was dropped by its age: the device clock was set.
    else EFFECTS.end(attempt, { ...effect, type: 'end' });
  },

  end(attempt, { result, isResumed = false }) {
    const { state, owner, button, idempotencyKey } = attempt;
    const { tpOrderId, totalAmount, orderKey, goods } = state;
    removeAttempt(attempt);
    const elapsed = Math.max(0, now() - attempt.startedAt);
    const context = { tpOrderId, totalAmount, orderKey, resumed: isResumed, elapsed };
    const outcome = toOutcome(withPaidMessage(result, tpOrderId), context);
    if (outcome.outcome === 'success')
      rememberPaid({ tpOrderId, goods, orderKey, owner, idempotencyKey }, outcome);
    const order = findOrder(tpOrderId);
    // That the cashier was not opened is of no use later, and another attempt may have this outcome to deliver.
    const isWorthKeeping =
      (result.outcome !== 'cancel' || result.by === 'user') && !(order && order.settled && order.outcome);
    deliver(outcome, isWorthKeeping ? order : undefined, button, goods);
    // A copy: the ledger may keep this one.
    attempt.resolve({ ...outcome });
  },
};

/** A backend may replay the orderInfo of an order of which it has said that it is over. */
function withKnownStatus(result: CreateResult, goods: string): CreateResult {
  if (!('orderInfo' in result)) return result;
  const { tpOrderId, totalAmount } = result.orderInfo;
  const status = settledStatusOf(tpOrderId);
  return status && status !== 'closed' && isOrderOf(tpOrderId, goods)
    ? { status, tpOrderId, totalAmount: +totalAmount }
    : result;
}

/** A backend may leave out the number of an order whose number it sent before. */
function tpOrderIdOfKey(idempotencyKey: string, owner: string): string {
  const called = ordersOf(owner).filter(
    order => !!idempotencyKey && order.idempotencyKey === idempotencyKey,
  )[0];
  return called ? called.tpOrderId : '';
}

/** Of an order that cannot be paid because it is paid already. */
function withPaidMessage(result: AttemptResult, tpOrderId: string): AttemptResult {
  const isPaid = settledStatusOf(tpOrderId) === 'paid';
  if (!isPaid || result.outcome !== 'fail' || result.failure.reason !== 'closed') return result;
  return { ...result, failure: { message: text('paid'), ...result.failure } };
}

/** Checks orders that were cancelled a while ago, which may be paid all the same. Nothing waits for the result. */
function checkCancelledOrders(attempt: Attempt): void {
  ordersOf(attempt.owner)
    .filter(
      order =>
        !order.settled &&
        !!order.statusUrl &&
        claimOf(order) === 'cancelled' &&
        ageOf(order, now()) < CANCELLED_AGE,
    )
    .slice(0, MAX_CANCELLED)
    .forEach(order => checkAndSettle(order));
}

/** A newer tap cancels the attempt that has not reached the cashier. */
export function cancelOlderAttempt(): void {
  const current = attemptBeforeCashier();
  if (current) dispatch(current, { type: 'cancel', by: 'superseded' });
}
