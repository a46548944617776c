/** Runs the effects of the state machine, and dispatches their results to it as events. */
import type { StatusResult } from '../backend/check-status';
import { type AlreadySettled, createOrder, type CreateResult } from '../backend/create-order';
import { currentOwner, settings, text, timing } from '../config/config';
import { randomKey } from '../hash';
import { now, showModal } from '../host/swan';
import {
  type Attempt,
  type AttemptEvent,
  createAttempt,
  type Effect,
  type Purchase,
  type SettledOrder,
} from './attempt';
import { isOutstanding, nextCallId, openCashier, waitForInterval } from './cashier-call';
import {
  lockOf,
  type ButtonHandle,
  isActive,
  isMounted,
  isShownRepriced,
  isTopPage,
  type PaymentRequest,
} from './component-registry';
import { deliver, takeOutcome } from './delivery';
import { discardDraft, draftOf, expireDraftsOf, keepOrderInfo, putDraft } from './drafts';
import { enqueue, flush } from './event-queue';
import { ageOf, claimOf } from './ledger';
import { findOrder, isOutcomeOld, ordersOf, putOrder } from './ledger-storage';
import {
  addAttempt,
  attemptBeforeCashier,
  commit,
  dispatch,
  type LiveAttempt,
  liveAttempts,
  removeAttempt,
  trackRevision,
} from './live-attempts';
import { isOrderOf } from './order-goods';
import { type AttemptResult, toOutcome } from './outcome';
import { paidOutcome, rememberPaid } from './paid-goods';
import type { Failure, PayOutcome } from './pay-button-events';
import { toQuestion } from './question-text';
import { settledStatusOf, toSettledStatus } from './settled-status';
import { applyStatus, checkAndSettle, markSettled, pollStatus, rememberAnswer } from './settlement';
import { isEndedBy } from './state-machine';
import { trace } from './trace';

/** ms to wait for the show of a hidden page before the attempt is cancelled */
const SHOW_WAIT = 1000;
/** ms after a question opened in which a tap was made before that */
const QUESTION_GUARD = 1100;
/** ms for which the orderInfo of an order is used again without a request */
const MAX_ORDER_AGE = 600000;
/** ms for which a cancelled order is checked when the next one is created, and how many at most */
const CANCELLED_AGE = 1800000;
const MAX_CANCELLED = 3;

/** numbers of the orders that the latest attempt with checks could not reach */
let unreachableBefore: string[] = [];
let question: { live: LiveAttempt; isFresh: boolean } | null = null;

export function startAttempt(
  button: ButtonHandle,
  request: PaymentRequest,
  isTapped: boolean,
): Promise<PayOutcome> {
  const owner = currentOwner();
  let resolve: LiveAttempt['resolve'] = () => undefined;
  const promise = new Promise<PayOutcome>(keep => (resolve = keep));
  const live: LiveAttempt = {
    state: createAttempt(purchaseOf(request), request.refusal, undeliveredOrders(owner)),
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
  addAttempt(live);
  dispatch(live, { type: 'start' });
  return promise;
}

const purchaseOf = ({ goods, orderKey, isReady, statusUrl }: PaymentRequest): Purchase => ({
  goods,
  orderKey,
  isReady,
  canCheck: !!statusUrl,
});

/** Settled orders whose outcome was not delivered. */
function undeliveredOrders(owner: string): SettledOrder[] {
  return ordersOf(owner)
    .filter(order => order.settled && !order.accepted && !!order.outcome && !isOutcomeOld(order))
    .map(order => ({ order, status: toSettledStatus(order.outcome as PayOutcome), isUndelivered: true }));
}

type Effects = {
  [Type in Effect['type']]: (live: LiveAttempt, effect: Extract<Effect, { type: Type }>) => void;
};

export function runEffect(live: LiveAttempt, effect: Effect): void {
  (EFFECTS[effect.type] as (live: LiveAttempt, effect: Effect) => void)(live, effect);
}

const EFFECTS: Effects = {
  check(live, { orders }) {
    const isCurrent = trackRevision(live);
    const unreachable: string[] = [];
    let running = orders.length;
    orders.forEach(order =>
      checkAndSettle(order, status => {
        if (status === 'unreachable') unreachable.push(order.tpOrderId);
        if (--running || !isCurrent()) return;
        const before = unreachableBefore;
        unreachableBefore = unreachable;
        dispatch(live, { type: 'checked', unreachable, before });
      }),
    );
  },

  create(live, { renew }) {
    const { owner, request, state } = live;
    const { goods, orderKey, isReady } = state.purchase;
    if (renew)
      putDraft({ goods, orderKey, owner, idempotencyKey: randomKey(), orderInfo: null, orderedAt: 0 });
    const draft = isReady ? null : draftOf(state.purchase, owner);
    const idempotencyKey = (live.idempotencyKey = draft ? draft.idempotencyKey : '');
    const { orderInfo } = draft || request;
    const created = (result: Exclude<CreateResult, AlreadySettled>, reused: boolean | null): void => {
      if ('orderInfo' in result) live.orderInfo = result.orderInfo;
      dispatch(live, { type: 'created', result, idempotencyKey, reused });
    };
    // The backend may have closed an older one, or changed its price.
    const isOutdated =
      !!draft &&
      (Math.abs(now() - draft.orderedAt) >= MAX_ORDER_AGE ||
        (!!orderInfo && isShownRepriced(live.button, orderInfo)));
    if (orderInfo && !isOutdated) {
      checkCancelledOrders(live);
      created({ orderInfo }, null);
      return;
    }
    createOrder(request, idempotencyKey, answer => {
      const result = withKnownStatus(answer, goods);
      let reused = false;
      if ('orderInfo' in result) {
        const { tpOrderId } = result.orderInfo;
        reused = !!findOrder(tpOrderId) || isOrderOf(tpOrderId, goods);
        keepOrderInfo(idempotencyKey, result.orderInfo, now());
      }
      if ('status' in result) {
        const tpOrderId =
          result.tpOrderId || tpOrderIdOfKey(idempotencyKey, owner) || (orderInfo ? orderInfo.tpOrderId : '');
        rememberAnswer(tpOrderId, result.status);
        applyStatus(tpOrderId, result.status);
        dispatch(live, {
          type: 'already-settled',
          result: { ...result, tpOrderId },
          wasPaid: !!paidOutcome(tpOrderId),
        });
      } else created(result, reused);
    });
    // After the request, which the tap waits for.
    checkCancelledOrders(live);
  },

  'discard-key': ({ state, owner }) => discardDraft(state.purchase.goods, owner),

  'warn-key'({ state }, { tpOrderId }) {
    const { idempotencyHeader } = settings();
    console.error(
      'pay-button: order ' +
        tpOrderId +
        ' may be paid, and for its key the backend answered another one, ' +
        state.tpOrderId,
      '; it must answer the same order for the same ' +
        idempotencyHeader +
        ' (configure({ idempotencyHeader }))',
    );
  },

  'warn-changed': ({ changedKeys: keys }) =>
    console.warn('pay-button: changed after the tap: ' + (keys || 'an earlier order may be paid by now')),

  ordercreated({ button, state }, { reused }) {
    const { tpOrderId, totalAmount, dealTitle } = state;
    const { orderKey } = state.purchase;
    if (!isMounted(button)) return;
    enqueue(() => button.onCreated({ tpOrderId, totalAmount, dealTitle, orderKey, reused }));
    flush();
  },

  ask(live, { question: subject }) {
    whenActive(live, () => {
      const { state } = live;
      const asked = { live, isFresh: true };
      question = asked;
      setTimeout(() => (asked.isFresh = false), QUESTION_GUARD);
      trace('question', state.tpOrderId, { kind: subject.kind });
      showModal(toQuestion(subject), yes => {
        // The question delivers what it says, even when its attempt has ended meanwhile; a late success it did not say.
        if (yes !== null)
          subject.orders.forEach(({ tpOrderId }) => {
            const { settled = false, outcome = null } = findOrder(tpOrderId) || {};
            if (settled && outcome && toSettledStatus(outcome) === subject.kind) takeOutcome(tpOrderId);
          });
        if (question === asked) answerQuestion(!!yes);
        else commit();
      });
    });
  },

  accept: (_live, { orders }) => orders.forEach(order => putOrder({ ...order, accepted: true })),

  wait: callWhenPossible,

  call: openCashier,

  confirm(live, { delays: name }) {
    const delays = name ? timing()[name] : [0];
    const order = findOrder(live.state.tpOrderId);
    const isCurrent = trackRevision(live);
    const onEnd = (status: StatusResult): void => {
      if (status === 'closed') applyStatus(live.state.tpOrderId, status, true);
      if (isCurrent()) dispatch(live, { type: 'polling-ended', status });
    };
    if (order) pollStatus(order, delays, onEnd, isCurrent);
    else onEnd('unreachable');
  },

  end(live, { result, how }) {
    const { state, owner, button } = live;
    const { tpOrderId, totalAmount } = state;
    const { orderKey, goods } = state.purchase;
    removeAttempt(live);
    const elapsed = Math.max(0, now() - live.startedAt);
    const context = { tpOrderId, totalAmount, orderKey, resumed: how === 'resumed', elapsed };
    const outcome = toOutcome(withPaidMessage(result, tpOrderId), context);
    const settled = how === 'settles' ? findOrder(tpOrderId) : undefined;
    if (settled) markSettled(settled, 'paid');
    if (outcome.outcome === 'success')
      rememberPaid({ tpOrderId, goods, orderKey, owner, idempotencyKey: live.idempotencyKey }, outcome);
    const endOthers = (): void => {
      if (settled)
        liveAttempts().forEach(other => {
          const event: AttemptEvent = isEndedBy(other.state, settled, result, now())
            ? { type: 'settled', order: settled, result }
            : {
                type: 'other-settled',
                settled: { order: { ...settled, settled: true }, status: 'paid', isUndelivered: true },
              };
          dispatch(other, event);
        });
    };
    // A button of theirs would receive the outcome of one that is gone besides its own.
    if (!isMounted(button)) endOthers();
    const order = findOrder(tpOrderId);
    // That the cashier was not opened is of no use later, and another attempt may have this outcome to deliver.
    const isWorthKeeping =
      (result.outcome !== 'cancel' || result.by === 'user') && !(order && order.settled && order.outcome);
    deliver(outcome, isWorthKeeping ? order : undefined, button, goods);
    // A copy: the ledger may keep this one.
    live.resolve({ ...outcome });
    endOthers();
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
function checkCancelledOrders(live: LiveAttempt): void {
  ordersOf(live.owner)
    .filter(
      order => !!order.statusUrl && claimOf(order) === 'cancelled' && ageOf(order, now()) < CANCELLED_AGE,
    )
    .slice(0, MAX_CANCELLED)
    .forEach(order => checkAndSettle(order));
}

// ---- the question

function answerQuestion(yes: boolean): void {
  const asked = question;
  question = null;
  if (asked) dispatch(asked.live, { type: 'user-answered', yes });
}

/** A tap reaches a button only when no question is open, unless it was made just before the question opened. */
export function tapWhileAsking(): void {
  if (question && !question.isFresh) answerQuestion(false);
}

/** The host closes a question together with its page. */
export function endHiddenQuestion(): void {
  if (question && !isActive(question.live.button)) answerQuestion(false);
}

// ---- the way to the cashier

/** Calls `then` when the page is on top and the app in front; during onShow and onReady that is not known yet. */
function whenActive(live: LiveAttempt, then: () => void): void {
  const isCurrent = trackRevision(live);
  let hasWaited = false;
  const proceed = (): void => {
    if (!isCurrent()) return;
    if (!live.isPageKnown) {
      live.isPageKnown = true;
      setTimeout(proceed, 0);
    } else if (isActive(live.button)) {
      then();
    } else if (isTopPage(live.button) && !hasWaited) {
      hasWaited = true;
      setTimeout(proceed, SHOW_WAIT);
    } else {
      dispatch(live, { type: 'cancel', by: 'left' });
    }
  };
  proceed();
}

/** Why the order must not be called again: it was settled in this run of the app. */
function failureIfSettled({ tpOrderId, purchase }: Attempt): Failure | null {
  const order = findOrder(tpOrderId);
  const status = settledStatusOf(tpOrderId);
  // The shop may have opened a closed order again, after its outcome was delivered.
  if ((!status || status === 'closed') && !(order && order.settled)) return null;
  // A ready orderInfo has no other order, so another tap ends the same way.
  return { reason: status === 'refunded' ? 'refunded' : 'closed', code: null, isFinal: purchase.isReady };
}

function callWhenPossible(live: LiveAttempt): void {
  const isCurrent = trackRevision(live);
  const again = (): void => {
    if (isCurrent()) callWhenPossible(live);
  };
  if (waitForInterval(again)) return;
  whenActive(live, () => {
    const { button, state } = live;
    const { tpOrderId } = state;
    const { goods } = state.purchase;
    const settledFailure = failureIfSettled(state);
    const lock = lockOf(button, id => id === tpOrderId || isOrderOf(id, goods));
    const request = live.request.isOwnInput ? live.request : button.read(live.request.input);
    if (isOutstanding()) dispatch(live, { type: 'cancel', by: 'busy' });
    else if (lock) dispatch(live, { type: 'fail', failure: lock.failure });
    else if (settledFailure) {
      // The backend replays it: the next tap asks for another one.
      expireDraftsOf(tpOrderId);
      dispatch(live, { type: 'fail', failure: settledFailure });
    } else if (request.goods !== goods || isRepriced(state, request)) changeGoods(live, request);
    else dispatch(live, { type: 'ready', call: nextCallId() });
  });
}

/** The shop changed the price of an order after the tap, or the page that of the button. */
const isRepriced = ({ totalAmount }: Attempt, { isReady, orderInfo }: PaymentRequest): boolean =>
  isReady && (!orderInfo || +orderInfo.totalAmount !== totalAmount);

/** The goods of the properties changed after the tap: the tap blurred a field, and the page has set its value. */
function changeGoods(live: LiveAttempt, request: PaymentRequest): void {
  const { refusal, amount, goods } = request;
  live.changedKeys = changedKeys(live.request, request);
  if (refusal && goods) {
    dispatch(live, { type: 'fail', failure: refusal });
  } else if (
    !goods ||
    // The same button may have become the row of another order.
    request.isReady ||
    live.request.isReady ||
    request.createUrl !== live.request.createUrl ||
    request.orderKey !== live.request.orderKey ||
    live.state.expectedAmount !== null ||
    amount !== live.request.amount ||
    paidOutcome(goods, live.button)
  ) {
    dispatch(live, { type: 'cancel', by: 'changed' });
  } else {
    live.request = request;
    dispatch(live, { type: 'goods-changed', purchase: purchaseOf(request) });
  }
}

function changedKeys(before: PaymentRequest, after: PaymentRequest): string {
  const flat = ({
    payload,
    orderInfo,
    amount,
    orderKey,
    createUrl,
  }: PaymentRequest): Record<string, unknown> => ({
    ...(payload as object),
    ...orderInfo,
    amount,
    'order-key': orderKey,
    'create-url': createUrl,
  });
  const one = flat(before);
  const other = flat(after);
  return Object.keys({ ...one, ...other })
    .filter(key => JSON.stringify(one[key]) !== JSON.stringify(other[key]))
    .join(', ');
}

/** A newer tap cancels the attempt that has not reached the cashier. */
export function cancelOlderAttempt(): void {
  const current = attemptBeforeCashier();
  if (current) dispatch(current, { type: 'cancel', by: 'superseded' });
}
