/** An order as order-summary shows it and a backend describes it. Types only. */
import type { OrderStatus } from './order-status';

/** 'paying': a payment is under way or its result is not known yet. */
export type OrderViewStatus = OrderStatus | 'paying';

export interface OrderLine {
  title: string;
  /** address of a square picture */
  thumbnail?: string;
  /** size, colour, … */
  spec?: string;
  /** fen */
  unitAmount: number;
  quantity: number;
  /** fen; may be less than unitAmount * quantity when the line has a discount of its own */
  amount: number;
}

/** A fee or a discount; a discount is written as a positive amount. */
export interface OrderCharge {
  title: string;
  /** fen */
  amount: number;
}

/** A row of text: who receives it, where, when. */
export interface OrderDetail {
  title: string;
  text: string;
}

/** lines + fees - discounts = totalAmount, in fen; times in ms since the epoch. */
export interface OrderView {
  /** absent in a quote, which nobody has ordered yet */
  tpOrderId?: string;
  title: string;
  lines: OrderLine[];
  fees: OrderCharge[];
  discounts: OrderCharge[];
  details?: OrderDetail[];
  /** fen */
  totalAmount: number;
  status: OrderViewStatus;
  /** fen that went back so far */
  refundedAmount?: number;
  createdAt?: number;
  /** until when it can be paid, by the server's clock */
  expiresAt?: number;
  /** the server's clock when it answered; without it the device's clock is believed */
  serverTime?: number;
  /** one sentence for the person */
  note?: string;
}
