/**
 * What pay-button tells a page. No detail has a key called type, target or currentTarget: Swan spreads the detail over
 * the event itself. Amounts are integer fen, times are ms.
 */
import type { PayFailReason, Phase } from './payment';

export interface PayTapDetail {
  /** what the button shows */
  phase: Phase;
}

export interface OrderCreatedDetail {
  /** the merchant's order number; '' while there is no order */
  tpOrderId: string;
  /** fen */
  totalAmount: number;
  /** what is bought */
  dealTitle: string;
  /** the backend answered the order this purchase already had */
  reused: boolean;
}

export interface StateChangeDetail {
  phase: Phase;
  /** what it showed before */
  previous: Phase;
}

export interface PaySuccessDetail {
  tpOrderId: string;
  /** fen */
  totalAmount: number;
  /** true: the backend says paid. false: only the cashier does (no status-url) */
  verified: boolean;
  /** found out later: after a page close, a restart or a late callback */
  resumed: boolean;
  /** what the cashier handed over, untouched */
  raw: unknown;
}

export interface PayCancelDetail {
  tpOrderId: string;
  totalAmount: number;
  /**
   * 'left': the cashier was not called: the page was no longer in front, another cashier stayed open for longer than
   * `timing.turn`, or the button went on to other goods
   */
  by: 'user' | 'left';
}

export interface PayFailDetail {
  /** see the table of reasons */
  reason: PayFailReason;
  /** cashier code, HTTP status or the backend's errno; for logs, not for people */
  code: number | string | null;
  /** a sentence for the person */
  message: string;
  /** another tap may succeed */
  retryable: boolean;
  /** do not offer the goods for payment elsewhere before the order has been looked at */
  mayBePaid: boolean;
  tpOrderId: string;
  totalAmount: number;
  raw: unknown;
}

export interface PayPendingDetail {
  tpOrderId: string;
  totalAmount: number;
}

interface Completion {
  resumed: boolean;
  /** ms since the attempt began */
  elapsed: number;
}

/** What pay() resolves to, and the detail of `paycomplete`. */
export type PayOutcome =
  | ({
      /** which of the four it is */
      outcome: 'success';
    } & PaySuccessDetail &
      Completion)
  | ({ outcome: 'cancel' } & PayCancelDetail & Completion)
  | ({ outcome: 'fail' } & PayFailDetail & Completion)
  | ({ outcome: 'pending' } & PayPendingDetail & Completion);

/** Event name -> detail. */
export interface PayButtonEvents {
  /** each tap on a button that is not disabled, before anything else */
  paytap: PayTapDetail;
  /** the backend answered with an order */
  ordercreated: OrderCreatedDetail;
  /** each change of phase */
  statechange: StateChangeDetail;
  /** paid */
  paysuccess: PaySuccessDetail;
  /** not paid: the person closed the cashier, or it could not be opened in time */
  paycancel: PayCancelDetail;
  /** not paid as far as is known, with a reason and a sentence for the person */
  payfail: PayFailDetail;
  /** nobody knows yet; a tap looks again and never charges twice */
  paypending: PayPendingDetail;
  /** after each of the four outcomes, with all that is known */
  paycomplete: PayOutcome;
}
