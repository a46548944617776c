/**
 * One attempt to pay: its state, the events that change it, and the effects that a change asks for. state-machine.ts says
 * which event leads where, effects.ts does what is asked for.
 */
import type { StatusResult } from '../backend/check-status';
import type { AlreadySettled, CreateResult } from '../backend/create-order';
import type { LedgerOrder } from './ledger';
import type { AttemptResult } from './outcome';
import type { CancelCause, CashierResult, Failure } from './pay-button-events';
import type { SettledStatus } from './known-orders';

type AttemptStep = 'checking' | 'creating' | 'asking' | 'waiting' | 'paying' | 'confirming' | 'ended';

/** An order that turned out to be settled while something else is being paid. */
export interface SettledOrder {
  order: LedgerOrder;
  status: SettledStatus;
  /** settled before this attempt, without delivery then; it may have been delivered since */
  isUndelivered?: boolean;
}

/** What is to be paid, and how. */
export interface Purchase {
  goods: string;
  orderKey: string;
  isReady: boolean;
  /** there is a status-url */
  canCheck: boolean;
}

/** At most 16 fields: V8 makes slow objects of copies that have more, and each event copies it. */
export interface AttemptState extends Purchase {
  step: AttemptStep;
  /** why the request cannot be paid; unsettled orders of these goods are checked all the same */
  refusal: Failure | null;
  /** '' while there is no order */
  tpOrderId: string;
  totalAmount: number;
  dealTitle: string;
  /** the user said yes to a question */
  hasAgreed: boolean;
  /** the orders that question was about, as they were then */
  askedAbout: LedgerOrder[];
  /** other orders that turned out to be settled meanwhile */
  settled: SettledOrder[];
  /** the order of the first key was settled, so a new key was made */
  hasNewKey: boolean;
  /** fen of the first order, which the second one must come to: goods changed before the call; null: they did not */
  expectedAmount: number | null;
  /** serial of its cashier call; 0 before the call */
  callId: number;
  answer: CallAnswer;
}

/** What the cashier answered to the call. */
interface CallAnswer {
  /** null while there is no answer, and when the call was lost */
  result: CashierResult | null;
  code: number | string | null;
  raw: unknown;
  /** it is of DevTools' own cashier, which makes no charge */
  isSimulated: boolean;
}

export type AttemptEvent =
  | { type: 'start' }
  /** every check has ended; its result is in the ledger already. `unreachable`: but for those of the last attempt with checks */
  | { type: 'checked'; unreachable: string[] }
  /** `reused`: the backend answered with an order known before; null: it was not asked, the orderInfo is ready or in memory */
  | {
      type: 'created';
      result: Exclude<CreateResult, AlreadySettled>;
      idempotencyKey: string;
      reused: boolean | null;
    }
  /** instead of `created`. `wasPaid`: in this run of the app */
  | { type: 'already-settled'; result: AlreadySettled; wasPaid: boolean }
  | { type: 'user-answered'; yes: boolean }
  /** every condition of the cashier call holds */
  | { type: 'ready'; callId: number }
  | { type: 'goods-changed'; purchase: Purchase }
  | {
      type: 'cashier-answered';
      result: CashierResult;
      code: number | string | null;
      raw: unknown;
      isSimulated: boolean;
    }
  /** a tap reached a button, or its page was shown again: no cashier is open */
  | { type: 'lost' }
  /** the last status check after the call has ended */
  | { type: 'polling-ended'; status: StatusResult }
  /** its order, or one of its goods, is settled */
  | { type: 'settled'; order: LedgerOrder; result: AttemptResult }
  | { type: 'other-settled'; settled: SettledOrder }
  | { type: 'cancel'; by: CancelCause }
  | { type: 'fail'; failure: Failure };

export type Effect =
  | { type: 'check'; orders: LedgerOrder[] }
  /** get the order of these goods, from memory or from the backend; `isNew`: a new one, with a new key */
  | { type: 'create'; isNew: boolean }
  | { type: 'discard-key' }
  | { type: 'warn-key'; tpOrderId: string }
  | { type: 'warn-changed' }
  | { type: 'ordercreated'; reused: boolean }
  | { type: 'ask'; question: QuestionSubject }
  | { type: 'accept'; orders: LedgerOrder[] }
  /** wait until the cashier may be called, then dispatch 'ready' */
  | { type: 'wait' }
  | { type: 'call' }
  /** poll the status after the call, with these delays of configure({ timing }); null: check it once */
  | { type: 'confirm'; delays: 'confirmDelays' | 'failureDelays' | null }
  /** the cashier's claim settles its order, and so ends every attempt that waits for it */
  | { type: 'settle'; result: AttemptResult }
  /** `isResumed`: an earlier payment was found */
  | { type: 'end'; result: AttemptResult; isResumed?: boolean };

export interface QuestionSubject {
  /** the newest first */
  orders: LedgerOrder[];
  /** what is said of all of them; 'mixed' where they differ */
  kind: 'same' | 'other' | 'mixed' | SettledStatus;
}

export function createAttemptState(
  purchase: Purchase,
  refusal: Failure | null,
  settledOrders: SettledOrder[],
): AttemptState {
  return {
    ...purchase,
    refusal,
    settled: settledOrders,
    step: 'checking',
    tpOrderId: '',
    totalAmount: 0,
    dealTitle: '',
    hasAgreed: false,
    askedAbout: [],
    hasNewKey: false,
    expectedAmount: null,
    callId: 0,
    answer: { result: null, code: null, raw: null, isSimulated: false },
  };
}

export function isBeforeCashier({ step, callId }: AttemptState): boolean {
  return step !== 'ended' && !callId;
}
