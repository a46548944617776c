/**
 * What a page sees of a payment: the events of pay-button, the outcome that pay() resolves to, its instance.
 * No detail has a key called type, target or currentTarget: Swan spreads the detail over the event itself.
 * Amounts are integer fen, times are ms.
 */

export type Phase = 'idle' | 'ordering' | 'paying' | 'confirming' | 'pending' | 'paid';

export type PayFailReason =
  | 'order-request'
  | 'order-rejected'
  | 'order-invalid'
  | 'amount-changed'
  | 'unsupported'
  | 'virtual-goods-ios'
  | 'not-logged-in'
  | 'rejected'
  | 'cashier'
  | 'closed'
  | 'refunded';

/** What the cashier's callback claims. */
export type CashierResult =
  | 'success'
  /** the user closed the cashier */
  | 'cancel'
  /** a payment is under way, its result is unknown */
  | 'paying'
  /** the cashier never opened */
  | 'rejected'
  | 'not-logged-in'
  /** failed, or the cashier could not find out: may be paid all the same */
  | 'failed';

/** cashier code -> what it claims; undefined: as by default */
export type OutcomeTable = Record<string, CashierResult | undefined>;

/** Why an attempt ended without a payment and without a failure. */
export type CancelCause = 'user' | 'left' | 'busy' | 'changed' | 'superseded' | 'detached' | 'reset';

/** What a failure is made of before its order and the user's message are added. */
export interface Failure {
  reason: PayFailReason;
  code: number | string | null;
  /** the backend's own words, when they are fit for a user */
  message?: string;
  raw?: unknown;
  /** fen; the order's, where it is the amount that is wrong */
  totalAmount?: number;
  /** another tap would end the same way, although its reason is a retryable one */
  isFinal?: boolean;
}

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
  /** the explicit order-key; '' when there is none */
  orderKey: string;
  /** the backend answered the order that these goods already had */
  reused: boolean;
}

export interface StateChangeDetail {
  phase: Phase;
  /** what it showed before */
  previous: Phase;
}

/** The order that an outcome is about. */
interface PaidOrder {
  /** the merchant's order number; '' while there is no order */
  tpOrderId: string;
  /** fen */
  totalAmount: number;
  /** the explicit order-key; '' when there is none */
  orderKey: string;
}

export interface PaySuccessDetail extends PaidOrder {
  /** true: the backend says paid. false: only the cashier does (no status-url, or DevTools) */
  verified: boolean;
  /** found out later: after a page close, a restart or a late callback */
  resumed: boolean;
  /** what the cashier returned, untouched; null when the payment was found later */
  raw: unknown;
}

export interface PayCancelDetail extends PaidOrder {
  /**
   * 'user': the user closed the cashier, or said no to the question. All others: the cashier was not called. 'left': the
   * page was not in front; 'busy': a cashier call was still open, or a payment on this page succeeded less than 3 s ago;
   * 'changed': the goods changed meanwhile; 'superseded': a newer tap; 'detached': the component was removed; 'reset':
   * reset() was called
   */
  by: CancelCause;
  /** the cashier said cancel, but status-url did not answer: check the order before you offer the goods elsewhere */
  mayBePaid: boolean;
}

export interface PayFailDetail extends PaidOrder {
  /** see the table of reasons */
  reason: PayFailReason;
  /** cashier code, HTTP status or the backend's errno; for logs, not for users */
  code: number | string | null;
  /** a sentence for the user */
  message: string;
  /** another tap may succeed */
  retryable: boolean;
  /** the money may have been taken: check the order before you offer the goods elsewhere */
  mayBePaid: boolean;
  /** what the cashier or the backend answered, untouched; undefined when it was neither */
  raw: unknown;
}

export type PayPendingDetail = PaidOrder;

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
  /** each tap on a button that is not locked, before its payment begins */
  paytap: PayTapDetail;
  /** the backend answered with an order */
  ordercreated: OrderCreatedDetail;
  /** each change of phase */
  statechange: StateChangeDetail;
  /** paid */
  paysuccess: PaySuccessDetail;
  /** cancelled: by the user, or because the cashier was not opened; `by` says which */
  paycancel: PayCancelDetail;
  /** not paid as far as is known, with a reason and a sentence for the user */
  payfail: PayFailDetail;
  /** the result is not known yet; the next tap checks the order, and asks before another cashier call */
  paypending: PayPendingDetail;
  /** after each of the four outcomes, with all that is known */
  paycomplete: PayOutcome;
}

/** What pay() may be given, because a property set in the same tick has not arrived yet. */
export interface PayInput {
  /** a ready orderInfo, or its JSON text */
  orderInfo?: object | string;
  /** what is sent to create-url */
  payload?: unknown;
  /** fen; an order of another totalAmount is refused. The property amount counts for the goods of the properties alone */
  amount?: number | string;
  /** used instead of the property order-key */
  orderKey?: string;
}

/** What `selectComponent('#id')` of the page gives. */
export interface PayButtonInstance {
  /** Pays, or joins the payment under way. Never rejects. */
  pay(input?: PayInput): Promise<PayOutcome>;
  /**
   * Gives up what is not at the cashier and may not be paid, so that the same goods make a new order.
   * @returns whether it did
   */
  reset(): boolean;
  readonly phase: Phase;
}
