/** Does what the state machine asks for, and reports back to it. */
import { createOrder } from '../backend/create-order';
import { settings, text, timing } from '../config/config';
import { randomKey } from '../hash';
import { showModal } from '../host/swan';
import {
  addAttempt,
  attemptBeforeCashier,
  commit,
  dispatch,
  isWaiting,
  type LiveAttempt,
  liveAttempts,
  removeAttempt,
} from './attempts';
import { call, isOutstanding, nextCallId, waitForInterval } from './cashier-call';
import {
  type ButtonHandle,
  blockOf,
  enqueue,
  flush,
  isActive,
  isMounted,
  isTopPage,
  type PaymentRequest,
} from './components';
import { deliver, paidOutcome, rememberPaid, takeOutcome } from './delivery';
import { draftOf, freeKey, isOrderOf, putDraft, takeDraftsOf } from './drafts';
import { ageOf, claimOf } from './ledger';
import { findOrder, isOld, now, ordersOf, putOrder } from './ledger-storage';
import { toOutcome } from './outcome';
import { toQuestion } from './question';
import { applyStatus, check, endOf, foundStatus, markSettled, poll } from './settlement';
import {
  type Attempt,
  type AttemptEvent,
  type AttemptGoods,
  createAttempt,
  type Effect,
  type FoundOrder,
  takesSettlement,
} from './state-machine';
import { trace } from './trace';
import type { Failure, PayOutcome } from './types';

/** ms that a hidden page is waited for before the cashier is given up */
const SHOW_WAIT = 1000;
/** ms within which a tap was on its way before the question opened */
const QUESTION_GUARD = 1100;
/** ms for which a cancelled order is checked beside the next one, and how many at most */
const CANCELLED_AGE = 1800000;
const MAX_CANCELLED = 3;

/** orders that could not be checked by the latest attempt that checked any */
let unreachableBefore: string[] = [];
let question: { live: LiveAttempt; isFresh: boolean } | null = null;

export function startAttempt(
  button: ButtonHandle,
  request: PaymentRequest,
  owner: string,
  isTapped: boolean,
): Promise<PayOutcome> {
  let resolve: LiveAttempt['resolve'] = () => undefined;
  const promise = new Promise<PayOutcome>(keep => (resolve = keep));
  const live: LiveAttempt = {
    state: createAttempt(goodsOf(request), request.refusal, waitingOrders(owner)),
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
    onShow: null,
    hasCheckedCancelled: false,
  };
  addAttempt(live);
  dispatch(live, { type: 'start' });
  return promise;
}

const goodsOf = ({ goods, orderKey, isReady, createUrl, statusUrl }: PaymentRequest): AttemptGoods => ({
  goods,
  orderKey,
  isReady,
  canCreate: !isReady && !!createUrl,
  canCheck: !!statusUrl,
});

/** Orders that are over, and whose outcome was not delivered. */
function waitingOrders(owner: string): FoundOrder[] {
  return ordersOf(owner)
    .filter(order => order.settled && !!order.outcome && !isOld(order))
    .map(order => {
      const outcome = order.outcome as PayOutcome;
      const status = foundStatus(outcome.outcome, 'reason' in outcome ? outcome.reason : '');
      return { order, status, isWaiting: true };
    });
}

type Effects = {
  [Type in Effect['type']]: (live: LiveAttempt, effect: Extract<Effect, { type: Type }>) => void;
};

export function runEffect(live: LiveAttempt, effect: Effect): void {
  (EFFECTS[effect.type] as (live: LiveAttempt, effect: Effect) => void)(live, effect);
}

const EFFECTS: Effects = {
  check(live, { orders }) {
    const isStill = isWaiting(live);
    const unreachable: string[] = [];
    let open = orders.length;
    orders.forEach(order =>
      check(order, status => {
        if (status === 'unreachable') unreachable.push(order.tpOrderId);
        if (--open || !isStill()) return;
        const before = unreachableBefore;
        unreachableBefore = unreachable;
        dispatch(live, { type: 'checked', unreachable, before });
      }),
    );
  },

  create(live, { renew }) {
    const { owner, request, state } = live;
    const { goods, orderKey, isReady } = state;
    if (renew) putDraft({ goods, orderKey, owner, idempotencyKey: randomKey(), orderInfo: null });
    const { idempotencyKey, orderInfo } = isReady
      ? { idempotencyKey: '', orderInfo: request.orderInfo }
      : draftOf(state, owner);
    live.idempotencyKey = idempotencyKey;
    const created = (result: Extract<AttemptEvent, { type: 'created' }>['result'], isNews: boolean): void => {
      if ('orderInfo' in result) live.orderInfo = result.orderInfo;
      dispatch(live, { type: 'created', result, idempotencyKey, isNews });
    };
    if (orderInfo) {
      created({ orderInfo }, false);
      return;
    }
    const isStill = isWaiting(live);
    createOrder(request, idempotencyKey, result => {
      if (!isStill()) return;
      if ('orderInfo' in result)
        putDraft({ goods, orderKey, owner, idempotencyKey, orderInfo: result.orderInfo });
      if (!('status' in result)) {
        created(result, true);
        return;
      }
      // A backend may leave out the number of an order that it has named before.
      const called = ordersOf(owner).filter(
        order => !!idempotencyKey && order.idempotencyKey === idempotencyKey,
      )[0];
      const tpOrderId = result.tpOrderId || (called ? called.tpOrderId : '');
      takeDraftsOf({ idempotencyKey, tpOrderId });
      applyStatus(tpOrderId, result.status);
      // What the status settles may have ended this attempt.
      if (isStill()) created({ ...result, tpOrderId }, true);
    });
    checkCancelled(live);
  },

  'free-key': ({ state, owner }) => freeKey(state.goods, owner),

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

  ordercreated({ button, state }, { reused }) {
    const { tpOrderId, totalAmount, dealTitle, orderKey } = state;
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
        // The question delivers the outcomes that it names, also when its attempt has ended meanwhile.
        if (yes !== null && subject.kind !== 'mixed')
          subject.orders.filter(({ settled }) => settled).forEach(order => takeOutcome(order.tpOrderId));
        if (question === asked) reply(!!yes);
        else commit();
      });
    });
  },

  accept: (_live, { orders }) => orders.forEach(order => putOrder({ ...order, accepted: true })),

  gate(live) {
    checkCancelled(live);
    openGate(live);
  },

  call,

  confirm(live, { window }) {
    const { confirmDelays, failureDelays } = timing();
    const delays = window === 'long' ? confirmDelays : window === 'short' ? failureDelays : [0];
    const order = findOrder(live.state.tpOrderId);
    const isStill = isWaiting(live);
    const over = (status: Extract<AttemptEvent, { type: 'window-over' }>['status']): void => {
      if (status === 'closed') applyStatus(live.state.tpOrderId, status, true);
      if (isStill()) dispatch(live, { type: 'window-over', status });
    };
    if (order) poll(order, delays, isStill, over);
    else over('unreachable');
  },

  end(live, { result, resumed, settles }) {
    const { state, owner, button } = live;
    const { tpOrderId, totalAmount, orderKey, goods } = state;
    removeAttempt(live);
    if (question && question.live === live) question = null;
    const elapsed = Math.max(0, now() - live.startedAt);
    const outcome = toOutcome(result, { tpOrderId, totalAmount, orderKey, resumed, elapsed });
    const known = findOrder(tpOrderId);
    if (known && settles) markSettled(known, 'paid');
    if (outcome.outcome === 'success') {
      rememberPaid({ tpOrderId, goods, orderKey, owner, idempotencyKey: live.idempotencyKey }, outcome);
      // The goods that it was ordered for, where it was paid by way of its orderInfo.
      if (known) rememberPaid(known, outcome);
    }
    const order = findOrder(tpOrderId);
    // That the cashier was not opened is of no use later, and another attempt may have the same outcome.
    const waits =
      (result.outcome !== 'cancel' || result.by === 'user') && !(order && order.settled && order.outcome);
    deliver(outcome, waits ? order : undefined, button, goods);
    // A copy: the ledger may keep this one.
    live.resolve({ ...outcome });
    if (known && settles) {
      liveAttempts()
        .filter(other => takesSettlement(other.state, known, result, now()))
        .forEach(other => dispatch(other, { type: 'settled', order: known, result }));
    }
  },
};

/** Orders that were cancelled a while ago may be paid all the same; the answer is not waited for. */
function checkCancelled(live: LiveAttempt): void {
  if (live.hasCheckedCancelled) return;
  live.hasCheckedCancelled = true;
  ordersOf(live.owner)
    .filter(
      order =>
        !order.settled &&
        !!order.statusUrl &&
        claimOf(order) === 'cancelled' &&
        ageOf(order, now()) < CANCELLED_AGE,
    )
    .slice(0, MAX_CANCELLED)
    .forEach(order => check(order, () => undefined));
}

// ---- the question

function reply(yes: boolean): void {
  const asked = question;
  question = null;
  if (asked) dispatch(asked.live, { type: 'replied', yes });
}

/** A tap gets through only when no question is open; but one may have been on its way when it opened. */
export function tapWhileAsking(): void {
  if (question && !question.isFresh) reply(false);
}

/** A question goes with its page. */
export function endHiddenQuestion(): void {
  if (question && !isActive(question.live.button)) reply(false);
}

// ---- the way to the cashier

/** Goes on when the page is on top and the app in front, which pay() in onShow or onReady is only known to be later. */
function whenActive(live: LiveAttempt, then: () => void): void {
  const isStill = isWaiting(live);
  let waited = false;
  let isOver = false;
  const judge = (): void => {
    if (isOver || !isStill()) return;
    if (isActive(live.button) && live.isPageKnown) {
      isOver = true;
      live.onShow = null;
      then();
    } else if (!live.isPageKnown) {
      live.isPageKnown = true;
      setTimeout(judge, 0);
    } else if (isTopPage(live.button) && !waited) {
      waited = true;
      live.onShow = judge;
      setTimeout(judge, SHOW_WAIT);
    } else {
      dispatch(live, { type: 'cancel', by: 'left' });
    }
  };
  judge();
}

/** Why the order must not be called again: in this run of the app it was found to be over. */
function overBy({ tpOrderId, isReady }: Attempt): Failure | null {
  const order = findOrder(tpOrderId);
  const end = endOf(tpOrderId);
  // A closed order whose end was delivered may have been opened again.
  if ((!end || end === 'closed') && !(order && order.settled)) return null;
  // There is no other order of a ready orderInfo.
  const message = end === 'paid' ? text('paid') : undefined;
  return { reason: end === 'refunded' ? 'refunded' : 'closed', code: null, final: isReady, message };
}

function openGate(live: LiveAttempt): void {
  const isStill = isWaiting(live);
  const again = (): void => {
    if (isStill()) openGate(live);
  };
  if (waitForInterval(again)) return;
  whenActive(live, () => {
    const { button, state } = live;
    const { goods, tpOrderId } = state;
    const over = overBy(state);
    const block = blockOf(button, id => id === tpOrderId || isOrderOf(id, goods));
    const request = live.request.isOwnInput ? live.request : button.read(live.request.input);
    if (isOutstanding()) dispatch(live, { type: 'cancel', by: 'busy' });
    else if (block) dispatch(live, { type: 'fail', failure: block.failure });
    else if (over) dispatch(live, { type: 'fail', failure: over });
    else if (request.goods !== goods) changeGoods(live, request);
    else dispatch(live, { type: 'clear', call: nextCallId() });
  });
}

/** The tap blurred a field, and the page has set what was typed there. */
function changeGoods(live: LiveAttempt, request: PaymentRequest): void {
  const { refusal, amount, goods } = request;
  if (refusal && goods) {
    dispatch(live, { type: 'fail', failure: refusal });
  } else if (
    !goods ||
    live.state.recreated ||
    amount !== live.request.amount ||
    paidOutcome(goods, live.button)
  ) {
    console.warn('pay-button: the goods changed after the tap: ' + changedKeys(live.request, request));
    dispatch(live, { type: 'cancel', by: 'changed' });
  } else {
    live.request = request;
    dispatch(live, { type: 'goods-changed', goods: goodsOf(request) });
  }
}

function changedKeys(before: PaymentRequest, after: PaymentRequest): string {
  const flat = ({ payload, amount, orderKey, createUrl }: PaymentRequest): Record<string, unknown> => ({
    ...(payload as object),
    ...{ amount, 'order-key': orderKey, 'create-url': createUrl },
  });
  const one = flat(before);
  const other = flat(after);
  return Object.keys({ ...one, ...other })
    .filter(key => JSON.stringify(one[key]) !== JSON.stringify(other[key]))
    .join(', ');
}

/** A newer tap takes the place of what was on its way to the cashier. */
export function supersede(): void {
  const current = attemptBeforeCashier();
  if (current) dispatch(current, { type: 'cancel', by: 'superseded' });
}
