/**
 * One attempt to pay as an explicit state machine: check, create, ask once, call, and what the answer means. Pure: `step`
 * takes a state and an event and gives the next state and what is to be done about it. No clock, no host, no storage.
 */
import type { CreateResult } from '../backend/create-order';
import type { StatusResult } from '../backend/check-status';
import { ageOf, isBlocking, isOfGoods, isUnsettled, isWorthReplacing, type LedgerOrder } from './ledger';
import type { Result } from './outcome';
import type { CancelCause, CashierResult, Failure } from './types';

export type Step = 'checking' | 'creating' | 'asking' | 'waiting' | 'paying' | 'confirming' | 'ended';

/** An order that turned out to be over while something else is being paid. */
export interface FoundOrder {
  order: LedgerOrder;
  status: 'paid' | 'refunded' | 'closed';
  /** it was over before this attempt, and its outcome waits for delivery, which may have happened by now */
  isWaiting?: boolean;
}

/** What is to be paid, and how. */
export interface AttemptGoods {
  goods: string;
  orderKey: string;
  isReady: boolean;
  /** there is a create-url */
  canCreate: boolean;
  /** there is a status-url */
  canCheck: boolean;
}

export interface Attempt extends AttemptGoods {
  step: Step;
  /** why what is wanted cannot be paid; unsettled orders of these goods are checked all the same */
  refusal: Failure | null;
  /** '' while there is no order */
  tpOrderId: string;
  totalAmount: number;
  dealTitle: string;
  /** the person said yes to a question */
  asked: boolean;
  /** numbers of the orders that question was about */
  named: string[];
  found: FoundOrder[];
  /** the order of the key was over, and a new key was taken */
  renewed: boolean;
  /** the goods on the button changed before the call, and were ordered anew */
  recreated: boolean;
  /** fen that the order must come to all the same; null: any amount */
  expectedAmount: number | null;
  /** serial of its cashier call, 0 before */
  call: number;
  /** what its call was answered with */
  result: CashierResult | 'lost' | null;
  code: number | string | null;
  raw: unknown;
  /** DevTools' own cashier answered, which makes no charge */
  isSimulated: boolean;
}

export type AttemptEvent =
  | { type: 'start' }
  /** every check was answered; what the answers settle is in the ledger by now */
  | { type: 'checked'; unreachable: string[]; before: string[] }
  /** `isNews`: the backend said so now; else the orderInfo is ready, or in memory from an earlier attempt */
  | { type: 'created'; result: CreateResult; idempotencyKey: string; isNews: boolean }
  | { type: 'replied'; yes: boolean }
  /** every condition of the cashier call holds */
  | { type: 'clear'; call: number }
  | { type: 'goods-changed'; goods: AttemptGoods }
  | {
      type: 'answered';
      result: CashierResult;
      code: number | string | null;
      raw: unknown;
      isSimulated: boolean;
    }
  /** a tap got through, or its page was shown again: no cashier is open */
  | { type: 'lost' }
  /** the last check of a window was answered */
  | { type: 'window-over'; status: StatusResult }
  /** its order, or one of its goods, is settled */
  | { type: 'settled'; order: LedgerOrder; result: Result }
  | { type: 'found'; found: FoundOrder }
  | { type: 'cancel'; by: CancelCause }
  | { type: 'fail'; failure: Failure };

export type Effect =
  | { type: 'check'; orders: LedgerOrder[] }
  /** the order of these goods, from memory or from the backend. `renew`: with a new key, for a new order */
  | { type: 'create'; renew: boolean }
  | { type: 'free-key' }
  | { type: 'warn-key'; tpOrderId: string }
  | { type: 'ordercreated'; reused: boolean }
  | { type: 'ask'; question: QuestionSubject }
  | { type: 'accept'; orders: LedgerOrder[] }
  /** wait until the cashier may be called, then report 'clear' */
  | { type: 'gate' }
  | { type: 'call' }
  | { type: 'confirm'; window: 'long' | 'short' | 'once' }
  /** `settles`: its order is settled by this */
  | { type: 'end'; result: Result; resumed: boolean; settles?: boolean };

export interface QuestionSubject {
  /** the newest first */
  orders: LedgerOrder[];
  /** what is said of all of them; 'mixed' where they differ */
  kind: 'same' | 'other' | 'mixed' | FoundOrder['status'];
}

/** ms for which a payment of the same goods is taken for this purchase, not for an earlier one */
const FRESH = 600000;

interface Turn {
  attempt: Attempt;
  /** all orders of its owner, the latest call first */
  orders: LedgerOrder[];
  /** ms since the epoch */
  now: number;
  effects: Effect[];
}

type Handlers = {
  [Type in AttemptEvent['type']]: (turn: Turn, event: Extract<AttemptEvent, { type: Type }>) => void;
};

export function createAttempt(goods: AttemptGoods, refusal: Failure | null, found: FoundOrder[]): Attempt {
  return {
    ...goods,
    refusal,
    found,
    step: 'checking',
    tpOrderId: '',
    totalAmount: 0,
    dealTitle: '',
    asked: false,
    named: [],
    renewed: false,
    recreated: false,
    expectedAmount: null,
    call: 0,
    result: null,
    code: null,
    raw: null,
    isSimulated: false,
  };
}

export function isBeforeCashier({ step, call }: Attempt): boolean {
  return step !== 'ended' && !call;
}

/** Whether what settles `order` ends this attempt: its own order, or goods that were paid for a moment ago. */
export function takesSettlement(attempt: Attempt, order: LedgerOrder, result: Result, now: number): boolean {
  if (attempt.step === 'ended') return false;
  if (attempt.tpOrderId === order.tpOrderId || attempt.call) return attempt.tpOrderId === order.tpOrderId;
  // The person has agreed to pay another order of the same goods.
  if (attempt.asked && attempt.named.indexOf(order.tpOrderId) >= 0) return false;
  return (
    isOfGoods(order, attempt.goods) && (result.outcome !== 'success' || isThisPurchase(attempt, order, now))
  );
}

/** Whether an order of the same goods that was paid is what is being bought, and not bought once more. */
export function isThisPurchase(
  { isReady, orderKey }: Pick<AttemptGoods, 'isReady' | 'orderKey'>,
  order: LedgerOrder,
  now: number,
): boolean {
  return isReady || !!orderKey || ageOf(order, now) < FRESH;
}

export function step(
  before: Attempt,
  event: AttemptEvent,
  orders: LedgerOrder[],
  now: number,
): [Attempt, Effect[]] {
  const turn: Turn = { attempt: { ...before }, orders, now, effects: [] };
  const handle = HANDLERS[event.type] as (turn: Turn, event: AttemptEvent) => void;
  if (before.step !== 'ended') handle(turn, event);
  return [turn.attempt, turn.effects];
}

const HANDLERS: Handlers = {
  start: check,

  checked(turn, { unreachable, before }) {
    const { attempt } = turn;
    const silent = mine(turn).filter(
      ({ tpOrderId }) => unreachable.indexOf(tpOrderId) >= 0 && before.indexOf(tpOrderId) < 0,
    )[0];
    if (attempt.refusal) fail(turn, attempt.refusal);
    else if (silent) {
      takeOrder(attempt, silent);
      end(turn, { outcome: 'pending' }, false);
    } else create(turn, false);
  },

  created(turn, { result, idempotencyKey, isNews }) {
    const { attempt, orders, effects } = turn;
    const unsettled = orders.filter(
      one => one.idempotencyKey === idempotencyKey && !!idempotencyKey && isUnsettled(one),
    )[0];
    if ('failure' in result) {
      if (result.failure.reason === 'order-rejected' && !unsettled) effects.push({ type: 'free-key' });
      fail(turn, result.failure);
    } else if ('status' in result) {
      orderIsOver(turn, result);
    } else {
      const { tpOrderId, totalAmount, dealTitle } = result.orderInfo;
      takeOrder(attempt, { tpOrderId, totalAmount: +totalAmount, dealTitle });
      if (attempt.expectedAmount !== null && attempt.expectedAmount !== +totalAmount) {
        cancel(turn, 'changed');
        return;
      }
      if (unsettled && unsettled.tpOrderId !== tpOrderId) {
        effects.push({ type: 'warn-key', tpOrderId: unsettled.tpOrderId });
      }
      if (isNews) {
        effects.push({ type: 'ordercreated', reused: orders.some(one => one.tpOrderId === tpOrderId) });
      }
      ask(turn);
    }
  },

  replied(turn, { yes }) {
    const { attempt, orders } = turn;
    if (!yes) {
      cancel(turn, 'user');
      return;
    }
    const same = sameOrder(turn);
    const replaces = !!same && isReplaced(turn, same);
    attempt.asked = true;
    turn.effects.push({
      type: 'accept',
      orders: orders.filter(one => attempt.named.indexOf(one.tpOrderId) >= 0 && (one !== same || replaces)),
    });
    if (replaces) create(turn, true);
    else wait(turn);
  },

  clear(turn, { call }) {
    const { attempt, orders } = turn;
    const isNamed = (one: LedgerOrder): boolean => attempt.named.indexOf(one.tpOrderId) >= 0;
    const news =
      orders.some(one => isBlocking(one) && !isNamed(one)) ||
      // An outcome that still waits was delivered nowhere.
      attempt.found.some(
        ({ order }) => !isNamed(order) && orders.some(one => one.tpOrderId === order.tpOrderId),
      );
    if (!news) {
      attempt.step = 'paying';
      attempt.call = call;
      attempt.canCheck =
        attempt.canCheck || orders.some(one => one.tpOrderId === attempt.tpOrderId && !!one.statusUrl);
      turn.effects.push({ type: 'call' });
    } else if (attempt.asked) {
      cancel(turn, 'changed');
    } else {
      check(turn);
    }
  },

  'goods-changed'(turn, { goods }) {
    // The person agreed to pay the same order, not another one.
    if (sameOrder(turn)) {
      cancel(turn, 'changed');
      return;
    }
    const expectedAmount = turn.attempt.totalAmount;
    turn.attempt = {
      ...turn.attempt,
      ...goods,
      recreated: true,
      expectedAmount,
      tpOrderId: '',
      totalAmount: 0,
    };
    create(turn, false);
  },

  answered(turn, { result, code, raw, isSimulated }) {
    const { attempt } = turn;
    // A later callback of the same call says more only when it says success.
    if (attempt.step === 'confirming' && (result !== 'success' || attempt.result === 'success')) return;
    attempt.result = result;
    attempt.code = code;
    attempt.raw = raw;
    attempt.isSimulated = isSimulated && result === 'success';
    if (result === 'rejected' || result === 'not-logged-in') fail(turn, { reason: result, code, raw });
    else confirm(turn);
  },

  lost(turn) {
    turn.attempt.result = 'lost';
    confirm(turn);
  },

  'window-over': (turn, { status }) => conclude(turn, status),

  settled(turn, { order, result }) {
    const { attempt } = turn;
    const { raw } = attempt;
    takeOrder(attempt, order);
    end(turn, result.outcome === 'success' ? { ...result, raw } : result, !attempt.call);
  },

  found(turn, { found }) {
    const { attempt } = turn;
    attempt.found = attempt.found.concat(found);
  },

  cancel: (turn, { by }) => cancel(turn, by),

  fail: (turn, { failure }) => fail(turn, failure),
};

/** Unsettled orders of these goods. */
function mine({ attempt, orders }: Turn): LedgerOrder[] {
  return orders.filter(one => isBlocking(one) && isOfGoods(one, attempt.goods));
}

/** The order that is about to be called, where it was called before and may be paid. */
function sameOrder({ attempt, orders }: Turn): LedgerOrder | undefined {
  return orders.filter(one => one.tpOrderId === attempt.tpOrderId && isUnsettled(one))[0];
}

function isReplaced({ attempt, now }: Turn, same: LedgerOrder): boolean {
  return attempt.canCreate && isWorthReplacing(same, now);
}

function takeOrder(
  attempt: Attempt,
  { tpOrderId, totalAmount, dealTitle }: Pick<LedgerOrder, 'tpOrderId' | 'totalAmount' | 'dealTitle'>,
): void {
  attempt.tpOrderId = tpOrderId;
  attempt.totalAmount = totalAmount;
  attempt.dealTitle = dealTitle;
}

// ---- check, create, ask once, call

function check(turn: Turn): void {
  const { attempt, orders } = turn;
  attempt.step = 'checking';
  const unsettled = orders.filter(
    one => isUnsettled(one) && !!one.statusUrl && (!attempt.refusal || isOfGoods(one, attempt.goods)),
  );
  if (unsettled.length) turn.effects.push({ type: 'check', orders: unsettled });
  else HANDLERS.checked(turn, { type: 'checked', unreachable: [], before: [] });
}

function create(turn: Turn, renew: boolean): void {
  turn.attempt.step = 'creating';
  turn.effects.push({ type: 'create', renew });
}

/** The backend says that the order of this key is over. What is known of it at the cashier is in the ledger by now. */
function orderIsOver(turn: Turn, result: Extract<CreateResult, { status: string }>): void {
  const { attempt, orders } = turn;
  const { status, tpOrderId, totalAmount } = result;
  const wasCalled =
    orders.some(one => one.tpOrderId === tpOrderId) ||
    attempt.found.some(({ order: one }) => one.tpOrderId === tpOrderId);
  if (status === 'paid' && !wasCalled) {
    takeOrder(attempt, { tpOrderId, totalAmount, dealTitle: '' });
    end(turn, { outcome: 'success', verified: true, raw: null }, true);
  } else if (attempt.renewed) {
    fail(turn, { reason: status === 'closed' ? 'closed' : 'refunded', code: null });
  } else {
    attempt.renewed = true;
    create(turn, true);
  }
}

function ask(turn: Turn): void {
  const { attempt, orders } = turn;
  const found = attempt.found.filter(
    one => !one.isWaiting || orders.some(({ tpOrderId }) => tpOrderId === one.order.tpOrderId),
  );
  const blocking = orders.filter(isBlocking);
  const subjects = found
    .map(one => one.order)
    .concat(blocking)
    .sort((one, other) => other.calledAt - one.calledAt);
  const newest = subjects[0];
  if (!newest || attempt.asked) {
    wait(turn);
    return;
  }
  const same = sameOrder(turn);
  const kinds = found.map<QuestionSubject['kind']>(one => one.status).concat(blocking.map(() => 'other'));
  const isSame = subjects.length === 1 && newest === same && !isReplaced(turn, same);
  attempt.step = 'asking';
  attempt.named = subjects.map(one => one.tpOrderId);
  turn.effects.push({
    type: 'ask',
    question: {
      orders: subjects,
      kind: isSame ? 'same' : kinds.every(kind => kind === kinds[0]) ? (kinds[0] as 'other') : 'mixed',
    },
  });
}

function wait(turn: Turn): void {
  turn.attempt.step = 'waiting';
  turn.effects.push({ type: 'gate' });
}

// ---- what the answer means

function confirm(turn: Turn): void {
  const { attempt } = turn;
  const { result } = attempt;
  attempt.step = 'confirming';
  if (!attempt.canCheck) {
    conclude(turn, 'unreachable');
    return;
  }
  const isLong = (result === 'success' && !attempt.isSimulated) || result === 'paying';
  turn.effects.push({
    type: 'confirm',
    window: isLong ? 'long' : result === 'failed' ? 'short' : 'once',
  });
}

/** Nothing more will be checked: what was claimed has to do. */
function conclude(turn: Turn, status: StatusResult): void {
  const { attempt } = turn;
  const { result, code, raw, canCheck, isSimulated } = attempt;
  if (result === 'success' && (!canCheck || isSimulated)) {
    end(turn, { outcome: 'success', verified: false, raw }, false, true);
  } else if (result === 'cancel') {
    cancel(turn, 'user', canCheck && status === 'unreachable');
  } else if (result === 'failed') {
    fail(turn, { reason: 'cashier', code, raw });
  } else {
    end(turn, { outcome: 'pending' }, false);
  }
}

// ---- how an attempt ends

function end(turn: Turn, result: Result, resumed: boolean, settles?: boolean): void {
  turn.attempt.step = 'ended';
  turn.effects.push({ type: 'end', result, resumed, settles });
}

/** An order that may be paid is never called cancelled. */
function cancel(turn: Turn, by: CancelCause, mayBePaid = false): void {
  const unsettled = !!sameOrder(turn);
  end(turn, unsettled ? { outcome: 'pending' } : { outcome: 'cancel', by, mayBePaid }, false);
}

/** Its success waits for another person. */
const isPaidUntold = ({ outcome }: LedgerOrder): boolean => !!outcome && outcome.outcome === 'success';

function fail(turn: Turn, failure: Failure): void {
  const { attempt, orders } = turn;
  const mayBePaid = orders.some(one =>
    one.tpOrderId === attempt.tpOrderId
      ? isUnsettled(one) || isPaidUntold(one)
      : isUnsettled(one) && isOfGoods(one, attempt.goods),
  );
  end(turn, { outcome: 'fail', failure, mayBePaid }, false);
}
