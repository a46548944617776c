/**
 * The orders that have been at the cashier, and what may follow from what is known of them. Pure: every function takes an
 * order and returns a new one, or a fact about it. No clock, no host, no storage.
 */
import type { OrderStatus } from '../order/order-view';
import type { CashierResult, PayOutcome } from './pay-button-events';

/** What is claimed of one cashier call, lowest first. 'unanswered' and 'lost' weigh the same. */
export type Claim = 'cancelled' | 'unanswered' | 'lost' | 'doubtful' | 'success';

export interface CashierCall {
  /** serial within this run of the app; 0 for a call of an earlier run, whose callback is gone */
  id: number;
  claim: Claim;
}

export interface LedgerOrder {
  tpOrderId: string;
  /** what it buys: see PaymentRequest */
  goods: string;
  /** the explicit order-key, '' for none */
  orderKey: string;
  idempotencyKey: string;
  statusUrl: string;
  /** fen */
  totalAmount: number;
  dealTitle: string;
  /** the userId it was called for, '' when it was not known */
  owner: string;
  /** ms since the epoch, by the device clock */
  calledAt: number;
  calls: CashierCall[];
  /** the goods that the user agreed to pay another order of, in spite of this one; '' for none */
  accepted: string;
  /** how it ended is known; it stays until its outcome was delivered */
  settled: boolean;
  /** an outcome that no component was there to receive */
  outcome: PayOutcome | null;
  /** since when the outcome waits, in ms since the epoch by the device clock */
  outcomeAt?: number;
}

/** A second question about the same order after that many calls that were not cancelled offers a new order. */
const MAX_CALLS = 2;
/** ms after which an order that cannot be checked is given up for a new one, if the user agrees */
const MAX_UNCHECKED_AGE = 1800000;

export const RANK: Record<Claim, number> = { cancelled: 0, unanswered: 1, lost: 1, doubtful: 2, success: 3 };

/** The highest claim of its calls. */
export function claimOf({ calls }: LedgerOrder): Claim {
  return calls.reduce<Claim>(
    (highest, { claim }) => (RANK[claim] > RANK[highest] ? claim : highest),
    'cancelled',
  );
}

/** It may be paid, and whether it is paid is not known yet. */
export function isUnsettled(order: LedgerOrder): boolean {
  return !order.settled && claimOf(order) !== 'cancelled';
}

/** Unsettled, and the user has not agreed to pay another order in spite of it. */
export function needsQuestion(order: LedgerOrder): boolean {
  return isUnsettled(order) && !order.accepted;
}

/** An unsettled order of these goods, unless the user agreed to pay another one of them in spite of it. */
export function isOfPurchase(order: LedgerOrder, goods: string): boolean {
  return isUnsettled(order) && isOfGoods(order, goods) && order.accepted !== goods;
}

/** An unknown owner matches every owner. */
export function isSameOwner(one: string, other: string): boolean {
  return !one || !other || one === other;
}

/** Found by its goods or by its number, which is what names the goods of a ready orderInfo. */
export function isOfGoods(order: { goods: string; tpOrderId: string }, goods: string): boolean {
  return !!goods && (order.goods === goods || order.tpOrderId === goods);
}

/** The device clock may have been set either way. */
export function ageOf({ calledAt }: { calledAt: number }, now: number): number {
  return Math.abs(now - calledAt);
}

/** Called MAX_CALLS times without a result, or too old and without a status-url. */
export function shouldReplace(order: LedgerOrder, now: number): boolean {
  const notCancelled = order.calls.filter(({ claim }) => claim !== 'cancelled').length;
  return notCancelled >= MAX_CALLS || (!order.statusUrl && ageOf(order, now) > MAX_UNCHECKED_AGE);
}

export function withCall(
  order: Omit<LedgerOrder, 'calledAt' | 'accepted' | 'settled'>,
  id: number,
  now: number,
): LedgerOrder {
  const calls = order.calls.concat({ id, claim: 'unanswered' });
  return { ...order, calls, calledAt: now, accepted: '', settled: false };
}

/** A call is given up, or replaced by a later one: its callback still counts, except for a cancel. */
export function withLostCall(order: LedgerOrder, id: number): LedgerOrder {
  return withClaim(order, id, claim => (claim === 'unanswered' ? 'lost' : claim));
}

const CLAIMS: Partial<Record<CashierResult, Claim>> = {
  success: 'success',
  cancel: 'cancelled',
  paying: 'doubtful',
  failed: 'doubtful',
};

/**
 * The first answer of a call replaces what was claimed, later ones only raise it. A cashier that never opened takes the
 * call back. A cancel of a lost call is ignored: our own next call may have caused it.
 */
export function withAnswer(order: LedgerOrder, id: number, result: CashierResult): LedgerOrder {
  const answer = CLAIMS[result];
  const isWithoutAnswer = (claim: Claim): boolean => claim === 'unanswered' || claim === 'lost';
  if (!answer)
    return { ...order, calls: order.calls.filter(call => call.id !== id || !isWithoutAnswer(call.claim)) };
  const answered = withClaim(order, id, claim =>
    claim === 'unanswered' || RANK[answer] > RANK[claim] ? answer : claim,
  );
  const rises = RANK[claimOf(answered)] > RANK[claimOf(order)];
  return rises ? { ...answered, accepted: '' } : answered;
}

function withClaim(order: LedgerOrder, id: number, next: (claim: Claim) => Claim): LedgerOrder {
  const calls = order.calls.map(call => (call.id === id ? { id, claim: next(call.claim) } : call));
  return { ...order, calls };
}

/** What a status of the backend does to an order; null: nothing changes. */
type Settlement = 'paid' | 'refunded' | 'closed' | 'dropped' | null;

/**
 * @param status what the backend says
 * @param isAwaited an attempt at the cashier waits for this order: that it was closed means nothing yet
 * @param isOld its latest call is older than recordTtl
 */
export function settlementOf(
  order: LedgerOrder,
  status: OrderStatus | 'unreachable',
  isAwaited: boolean,
  isOld: boolean,
): Settlement {
  if (status === 'paid') return 'paid';
  if (status === 'refunding' || status === 'refunded') return 'refunded';
  if (status === 'unreachable') return null;
  const claim = claimOf(order);
  if (status === 'closed' && !isAwaited) {
    if (claim === 'cancelled') return 'dropped';
    if (claim !== 'success') return 'closed';
  }
  return isOld && !isAwaited ? 'dropped' : null;
}
