/** The events of order-summary. Types only; amounts are integer fen. */
import type { OrderView, OrderViewStatus } from '../order/order-view';

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
  /** HTTP status or the backend's errno; for logs, not for people */
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
  /** the person copied the order number */
  ordercopy: OrderCopyDetail;
}
