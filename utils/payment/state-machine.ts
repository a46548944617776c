/**
 * One attempt to pay as an explicit state machine: check, create, ask once, call, and what the cashier's answer means. Pure:
 * `transition` takes a state and an event and returns the next state and the effects. No clock, no host, no storage.
 */
import type { StatusResult } from '../backend/check-status';
import type { AttemptState, AttemptEvent, Effect, Purchase, QuestionSubject } from './attempt-state';
import {
  ageOf,
  claimOf,
  needsQuestion,
  isOfGoods,
  isOfPurchase,
  isUnsettled,
  type LedgerOrder,
  shouldReplace,
} from './ledger';
import type { AttemptResult } from './outcome';
import type { CancelCause, Failure } from './pay-button-events';

/** ms for which a payment of the same goods is taken for this purchase, not for an earlier one */
const SAME_PURCHASE_AGE = 600000;

interface TransitionContext {
  attempt: AttemptState;
  /** all orders of its owner, the latest call first */
  orders: LedgerOrder[];
  /** ms since the epoch */
  now: number;
  effects: Effect[];
}

type Handlers = {
  [Type in AttemptEvent['type']]: (
    context: TransitionContext,
    event: Extract<AttemptEvent, { type: Type }>,
  ) => void;
};

/** Whether what settles `order` ends this attempt: its own order, or goods that were paid for a moment ago. */
export function isEndedBy(
  attempt: AttemptState,
  order: LedgerOrder,
  result: AttemptResult,
  now: number,
): boolean {
  const isOwnOrder = isSameOrder(attempt, order);
  if (isOwnOrder || attempt.callId) return isOwnOrder;
  if (!isOfGoods(order, attempt.goods)) return false;
  // The user has agreed to pay another order of the same goods, because this one was not known to be paid.
  if (attempt.hasAgreed && isAsAsked(attempt, order)) {
    return result.outcome === 'success';
  }
  return result.outcome !== 'success' || isSamePurchase(attempt, order, now);
}

/** Whether an order of the same goods that was paid is what is being bought, and not bought once more. */
export function isSamePurchase(
  { isReady, orderKey }: Pick<Purchase, 'isReady' | 'orderKey'>,
  order: LedgerOrder,
  now: number,
): boolean {
  return isReady || !!orderKey || ageOf(order, now) < SAME_PURCHASE_AGE;
}

export function transition(
  before: AttemptState,
  event: AttemptEvent,
  orders: LedgerOrder[],
  now: number,
): [AttemptState, Effect[]] {
  const context: TransitionContext = { attempt: { ...before }, orders, now, effects: [] };
  const handle = HANDLERS[event.type] as (context: TransitionContext, event: AttemptEvent) => void;
  if (before.step !== 'ended') handle(context, event);
  return [context.attempt, context.effects];
}

const HANDLERS: Handlers = {
  start: check,

  checked(context, { unreachable }) {
    const { attempt, orders } = context;
    const unreachableOrder = orders.filter(
      order => unreachable.indexOf(order.tpOrderId) >= 0 && isOfPurchase(order, attempt.goods),
    )[0];
    if (attempt.refusal) fail(context, attempt.refusal);
    else if (unreachableOrder) {
      setOrder(attempt, unreachableOrder);
      end(context, { outcome: 'pending' });
    } else create(context);
  },

  created(context, { result, idempotencyKey, reused }) {
    const { attempt, orders, effects } = context;
    const unsettled = orders.filter(
      order => order.idempotencyKey === idempotencyKey && !!idempotencyKey && isUnsettled(order),
    )[0];
    if ('failure' in result) {
      if (result.failure.reason === 'order-rejected' && !unsettled) effects.push({ type: 'discard-key' });
      fail(context, result.failure);
    } else {
      const { tpOrderId, totalAmount, dealTitle } = result.orderInfo;
      setOrder(attempt, { tpOrderId, totalAmount: +totalAmount, dealTitle });
      if (attempt.expectedAmount !== null && attempt.expectedAmount !== +totalAmount) {
        cancel(context, 'changed');
        return;
      }
      if (unsettled && unsettled.tpOrderId !== tpOrderId) {
        effects.push({ type: 'warn-key', tpOrderId: unsettled.tpOrderId });
      }
      if (reused !== null) effects.push({ type: 'ordercreated', reused });
      ask(context);
    }
  },

  /** What the status means for the ledger is in it already. */
  'already-settled'(context, { result, wasPaid }) {
    const { attempt, orders } = context;
    const { status, tpOrderId, totalAmount } = result;
    const wasCalled =
      wasPaid ||
      orders.some(order => order.tpOrderId === tpOrderId) ||
      attempt.settled.some(({ order }) => order.tpOrderId === tpOrderId);
    // Of a new key no order can be paid: without a number that is the one before.
    if (status === 'paid' && !wasCalled && (tpOrderId || !attempt.hasNewKey)) {
      setOrder(attempt, { tpOrderId, totalAmount, dealTitle: '' });
      end(context, { outcome: 'success', verified: true, raw: null }, true);
    } else if (attempt.hasNewKey) {
      // Paid and delivered before: the backend sells these goods once.
      if (status === 'paid') setOrder(attempt, { tpOrderId, totalAmount, dealTitle: '' });
      fail(context, { reason: /^refund/.test(status) ? 'refunded' : 'closed', code: null });
    } else {
      attempt.hasNewKey = true;
      create(context, true);
    }
  },

  'user-answered'(context, { yes }) {
    const { attempt, orders } = context;
    if (!yes) {
      cancel(context, 'user');
      return;
    }
    const ownOrder = unsettledOwnOrder(context);
    const replaces = !!ownOrder && isReplaced(context, ownOrder);
    attempt.hasAgreed = true;
    context.effects.push({
      type: 'accept',
      orders: orders.filter(order => isAsAsked(attempt, order) && (order !== ownOrder || replaces)),
    });
    if (replaces) create(context, true);
    else wait(context);
  },

  ready(context, { callId }) {
    const { attempt, orders } = context;
    const mustAskAgain =
      orders.some(
        order => needsQuestion(order) && !(isSameOrder(attempt, order) && isAsAsked(attempt, order)),
      ) ||
      // An outcome that still waits was delivered nowhere.
      attempt.settled.some(
        ({ order }) => !isAsAsked(attempt, order) && orders.some(known => isSameOrder(known, order)),
      );
    if (!mustAskAgain) {
      attempt.step = 'paying';
      attempt.callId = callId;
      if (orders.some(order => isSameOrder(attempt, order) && order.statusUrl)) {
        attempt.canCheck = true;
      }
      context.effects.push({ type: 'call' });
    } else if (attempt.hasAgreed) {
      cancel(context, 'changed');
    } else {
      check(context);
    }
  },

  'goods-changed'(context, { purchase }) {
    // The user agreed to pay the same order, not another one.
    if (unsettledOwnOrder(context)) {
      cancel(context, 'changed');
      return;
    }
    const { attempt } = context;
    context.attempt = {
      ...attempt,
      ...purchase,
      expectedAmount: attempt.totalAmount,
      tpOrderId: '',
      totalAmount: 0,
    };
    create(context);
  },

  'cashier-answered'(context, { result, code, raw, isSimulated }) {
    const { attempt } = context;
    // A later callback of the same call says more only when it says success.
    if (attempt.step === 'confirming' && (result !== 'success' || attempt.answer.result === 'success'))
      return;
    attempt.answer = { result, code, raw, isSimulated };
    if (result === 'rejected' || result === 'not-logged-in') fail(context, { reason: result, code, raw });
    else confirm(context);
  },

  lost: confirm,

  'polling-ended': (context, { status }) => endByClaim(context, status),

  settled(context, { order, result }) {
    const { attempt } = context;
    const { raw } = attempt.answer;
    setOrder(attempt, order);
    end(context, result.outcome === 'success' ? { ...result, raw } : result, !attempt.callId);
  },

  'other-settled'(context, { settled }) {
    const { attempt } = context;
    attempt.settled = attempt.settled
      .filter(({ order }) => !isSameOrder(order, settled.order))
      .concat(settled);
    // A question that was asked before said something else of it.
    attempt.askedAbout = attempt.askedAbout.filter(order => !isSameOrder(order, settled.order));
  },

  cancel: (context, { by }) => cancel(context, by),

  fail: (context, { failure }) => fail(context, failure),
};

/** The order of this attempt, where it was called before and may be paid. */
function unsettledOwnOrder({ attempt, orders }: TransitionContext): LedgerOrder | undefined {
  return orders.filter(order => isSameOrder(attempt, order) && isUnsettled(order))[0];
}

function isReplaced({ attempt, now }: TransitionContext, order: LedgerOrder): boolean {
  return !attempt.isReady && shouldReplace(order, now);
}

function setOrder(
  attempt: AttemptState,
  { tpOrderId, totalAmount, dealTitle }: Pick<LedgerOrder, 'tpOrderId' | 'totalAmount' | 'dealTitle'>,
): void {
  attempt.tpOrderId = tpOrderId;
  attempt.totalAmount = totalAmount;
  attempt.dealTitle = dealTitle;
}

/** The question named it as it is now: what the user agreed to is over when a claim rises. */
const isAsAsked = ({ askedAbout }: AttemptState, order: LedgerOrder): boolean =>
  askedAbout.some(asked => isSameOrder(asked, order) && claimOf(asked) === claimOf(order));

type Numbered = Pick<LedgerOrder, 'tpOrderId'>;

const isSameOrder = (one: Numbered, other: Numbered): boolean => one.tpOrderId === other.tpOrderId;

// ---- check, create, ask once, call

function check(context: TransitionContext): void {
  const { attempt, orders } = context;
  attempt.step = 'checking';
  const unsettled = orders.filter(
    order => isUnsettled(order) && !!order.statusUrl && (!attempt.refusal || isOfGoods(order, attempt.goods)),
  );
  if (unsettled.length) context.effects.push({ type: 'check', orders: unsettled });
  else HANDLERS.checked(context, { type: 'checked', unreachable: [] });
}

/** @param isNew a new order takes the place of the one that these goods had */
function create(context: TransitionContext, isNew = false): void {
  context.attempt.step = 'creating';
  context.effects.push({ type: 'create', isNew });
}

function ask(context: TransitionContext): void {
  const { attempt, orders } = context;
  const settledOrders = attempt.settled.filter(({ order, isUndelivered }) => {
    const known = orders.filter(other => isSameOrder(order, other))[0];
    // A late success makes it unsettled again. A payment of these goods is asked about also when it was delivered meanwhile.
    return known ? known.settled : !isUndelivered || isOfGoods(order, attempt.goods);
  });
  // A yes to other goods is none to these, and one to another order none to this one.
  const ownOrder = unsettledOwnOrder(context);
  const asked = orders.filter(
    order => order === ownOrder || needsQuestion(order) || isOfPurchase(order, attempt.goods),
  );
  const subjects = settledOrders
    .map(settled => settled.order)
    .concat(asked)
    .sort((one, other) => other.calledAt - one.calledAt);
  const newest = subjects[0];
  if (!newest || attempt.hasAgreed) {
    wait(context);
    return;
  }
  const kinds = settledOrders
    .map<QuestionSubject['kind']>(settled => settled.status)
    .concat(asked.map(() => 'other'));
  const isSame = subjects.length === 1 && newest === ownOrder && !isReplaced(context, ownOrder);
  attempt.step = 'asking';
  attempt.askedAbout = subjects;
  context.effects.push({
    type: 'ask',
    question: {
      orders: isSame
        ? [{ ...newest, totalAmount: attempt.totalAmount, dealTitle: attempt.dealTitle }]
        : subjects,
      kind: isSame ? 'same' : kinds.reduce((one, other) => (one === other ? one : 'mixed')),
    },
  });
}

function wait(context: TransitionContext): void {
  context.attempt.step = 'waiting';
  context.effects.push({ type: 'wait' });
}

// ---- what the cashier's answer means

function confirm(context: TransitionContext): void {
  const { attempt } = context;
  const { result, isSimulated } = attempt.answer;
  attempt.step = 'confirming';
  if (!attempt.canCheck) {
    endByClaim(context, 'unreachable');
    return;
  }
  const isLong = (result === 'success' && !isSimulated) || result === 'paying';
  const shortDelays = result === 'failed' ? 'failureDelays' : null;
  context.effects.push({ type: 'confirm', delays: isLong ? 'confirmDelays' : shortDelays });
}

/** Nothing more will be checked: what was claimed has to do. */
function endByClaim(context: TransitionContext, status: StatusResult): void {
  const { answer, canCheck } = context.attempt;
  const { result, code, raw, isSimulated } = answer;
  if (result === 'success' && (!canCheck || isSimulated)) {
    context.effects.push({ type: 'settle', result: { outcome: 'success', verified: false, raw } });
  } else if (result === 'cancel') {
    cancel(context, 'user', canCheck && status === 'unreachable');
  } else if (result === 'failed') {
    fail(context, { reason: 'cashier', code, raw });
  } else {
    end(context, { outcome: 'pending' });
  }
}

// ---- how an attempt ends

/** @param isResumed an earlier payment was found */
function end(context: TransitionContext, result: AttemptResult, isResumed = false): void {
  context.attempt.step = 'ended';
  context.effects.push({ type: 'end', result, isResumed });
}

/** An order that may be paid is never called cancelled. */
function cancel(context: TransitionContext, by: CancelCause, mayBePaid = false): void {
  const { attempt, orders } = context;
  if (by === 'changed') context.effects.push({ type: 'warn-changed' });
  const isPending = orders.some(order => isSameOrder(attempt, order) && isInDoubt(order));
  end(context, isPending ? { outcome: 'pending' } : { outcome: 'cancel', by, mayBePaid });
}

/** It may be paid; or it was found paid or closed, and that was not delivered yet, because its owner is not logged in. */
function isInDoubt(order: LedgerOrder): boolean {
  const { outcome } = order;
  return (
    isUnsettled(order) ||
    (!!outcome && (outcome.outcome === 'success' || (outcome.outcome === 'fail' && outcome.mayBePaid)))
  );
}

function fail(context: TransitionContext, failure: Failure): void {
  const { attempt, orders } = context;
  const mayBePaid = orders.some(order =>
    isSameOrder(attempt, order) ? isInDoubt(order) : isUnsettled(order) && isOfGoods(order, attempt.goods),
  );
  end(context, { outcome: 'fail', failure, mayBePaid });
}
