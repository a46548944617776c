/** An order as a backend describes it and order-summary shows it, its status, and the events of order-summary. */

/** What the backend can say about an order. */
export type OrderStatus = 'unpaid' | 'paid' | 'closed' | 'refunding' | 'refunded';

export function isOrderStatus(word: unknown): word is OrderStatus {
  return typeof word === 'string' && /^(unpaid|paid|closed|refunding|refunded)$/.test(word);
}

/** Whether an order in this state has been paid for, so that paying it again would be a second charge. */
export function wasPaid(status: unknown): status is 'paid' | 'refunding' | 'refunded' {
  return status === 'paid' || status === 'refunding' || status === 'refunded';
}

/** 'paying': a payment is under way or its result is not known yet. */
export type OrderViewStatus = OrderStatus | 'paying';

export interface OrderLine {
  /** what is bought */
  title: string;
  /** address of a square picture */
  thumbnail?: string;
  /** size, colour, … */
  spec?: string;
  /** fen */
  unitAmount: number;
  /** above 0 */
  quantity: number;
  /** fen; may be less than unitAmount * quantity when the line has a discount of its own */
  amount: number;
}

/** A fee or a discount; a discount is written as a positive amount. */
export interface OrderCharge {
  /** what it is for */
  title: string;
  /** fen */
  amount: number;
}

/** A row of text: who receives it, where, when. */
export interface OrderDetail {
  /** on the left */
  title: string;
  /** on the right */
  text: string;
}

/** lines + fees - discounts = totalAmount, in fen; times in ms since the epoch. Amounts and times may be digits as text. */
export interface OrderView {
  /** absent in a quote, before the order is made */
  tpOrderId?: string;
  /** the order in a few words */
  title: string;
  /** the goods; where there is no list, nothing is said about the sum */
  lines: OrderLine[];
  /** what comes on top: delivery, packing, … */
  fees: OrderCharge[];
  /** what is taken off */
  discounts: OrderCharge[];
  /** rows of text: who receives it, where, when */
  details?: OrderDetail[];
  /** fen */
  totalAmount: number;
  /** unpaid, paying, paid, closed, refunding or refunded */
  status: OrderViewStatus;
  /** fen that went back so far */
  refundedAmount?: number;
  /** when it was ordered; left out when it cannot be read */
  createdAt?: number;
  /** until when it can be paid, by the server's clock */
  expiresAt?: number;
  /** the server's clock when it answered; without it the Date header of the answer, else the device's clock */
  serverTime?: number;
  /** one sentence for the user */
  note?: string;
}

// ---- Events of order-summary; amounts are integer fen

export interface OrderMismatch {
  /** lines + fees - discounts in fen; null beyond what a number holds exactly */
  sum: number | null;
  /** fen */
  totalAmount: number;
}

export interface OrderLoadDetail {
  /** checked: every amount is integer fen, absent lists are empty */
  order: OrderView;
  /** set when the lines do not add up to the total: it is shown, and a pay-button of the same order-key refuses */
  mismatch: OrderMismatch | null;
  /** it replaces an earlier answer */
  refreshed: boolean;
}

export interface OrderFailDetail {
  /** 'order-invalid': an order came, but it has an error */
  reason: 'order-request' | 'order-rejected' | 'order-invalid';
  /** HTTP status or the backend's errno; for logs, not for users */
  code: number | string | null;
  /** a sentence for a developer, or the backend's own words */
  message: string;
  /** an earlier answer is still shown */
  stale: boolean;
}

export interface OrderExpireDetail {
  /** the merchant's order number; '' when there is none */
  tpOrderId: string;
  /** ms since the epoch, by the server's clock */
  expiresAt: number;
}

export interface StatusChangeDetail {
  /** what is shown now */
  status: OrderViewStatus;
  /** what was shown before */
  previous: OrderViewStatus;
  tpOrderId: string;
}

export interface OrderCopyDetail {
  tpOrderId: string;
}

/** Event name -> detail. */
export interface OrderSummaryEvents {
  /** an order is shown, for the first time or again */
  orderload: OrderLoadDetail;
  /** no order could be loaded, or the one that came has an error */
  orderfail: OrderFailDetail;
  /** the time to pay is over */
  orderexpire: OrderExpireDetail;
  /** the status shown became another one */
  statuschange: StatusChangeDetail;
  /** the user copied the order number */
  ordercopy: OrderCopyDetail;
}
