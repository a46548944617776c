/** An order as order-summary shows it and a backend describes it. Types only. */
import type { OrderStatus } from './order-status';

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
  /** one sentence for the person */
  note?: string;
}
