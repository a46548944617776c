/** The texts of order-summary that `configure({ messages })` can replace. Types only: the texts are the component's. */
import type { OrderViewStatus } from './order-view';

export type OrderMessages = Record<`status-${OrderViewStatus}`, string> & {
  'order-loading': string;
  /** no order, or one with nothing in it */
  'order-empty': string;
  /** the answer says that there is no such order */
  'order-missing': string;
  /** the answer wants the person to log in */
  'order-denied': string;
  /** the backend does not hand out the order */
  'order-refused': string;
  'order-retry': string;
  /** `{sum}` stands for what the lines come to */
  'order-mismatch': string;
  /** a payment was refused because there is nothing left to pay */
  'order-paid': string;
  'order-left': string;
  'order-days': string;
  'order-total': string;
  'order-returned': string;
  'order-number': string;
  'order-copy': string;
  'order-copied': string;
  'order-created': string;
};
