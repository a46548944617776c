/** swan-cashier: the public API for pages and app.js. The components are used from templates. */
export type { Config, Timing, Trace } from './config/config';
export { configure } from './config/configure';
export type { Messages } from './config/messages';
export type { OrderMessages } from './config/order-messages';
export type { PaymentAdapter, PaymentOptions, RequestAdapter, RequestOptions } from './host/swan';
export { formatFen, parseFen } from './order/money';
export {
  type OrderInfo,
  type OrderInfoCode,
  type OrderInfoProblem,
  parseOrderInfo,
} from './order/order-info';
export type { OrderStatus } from './order/order-status';
export type * from './order/order-view';
export { resumePending } from './payment/manager';
export type * from './payment/order-events';
export type { OrderSummaryProps } from './payment/order-summary-props';
export type { PayButtonProps } from './payment/pay-button-props';
export type * from './payment/types';
