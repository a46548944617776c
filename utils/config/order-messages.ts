/** The texts of order-summary that `configure({ messages })` can replace; '' is silent. Types only: the texts are the component's. */
import type { OrderViewStatus } from '../order/order-view';

export type OrderMessages = Record<`status-${OrderViewStatus}`, string> & {
  orderLoading: string;
  /** no order, or one with nothing in it */
  orderEmpty: string;
  /** the backend knows no such order */
  orderMissing: string;
  /** the backend wants to know who asks */
  orderDenied: string;
  /** the backend does not hand out the order now */
  orderRefused: string;
  orderRetry: string;
  /** `{sum}` stands for what the lines come to */
  orderMismatch: string;
  /** why a pay-button of this order refuses */
  orderPaid: string;
  orderLeft: string;
  /** after a number of days: 2 天 03:04:05 */
  orderDays: string;
  orderTotal: string;
  orderReturned: string;
  orderNumber: string;
  orderCopy: string;
  orderCopied: string;
  orderCreated: string;
};
