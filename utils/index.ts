/** swan-cashier: the public API for pages and app.js. The components are used from templates. */
export type { Config, Timing, Trace } from './config/config';
export { configure } from './config/configure';
export type { Messages, OrderMessages } from './config/messages';
export type { PaymentAdapter, PaymentOptions, RequestAdapter, RequestOptions } from './host/swan';
export { formatFen, parseFen } from './order/money';
export {
  type OrderInfo,
  type OrderInfoCode,
  type OrderInfoProblem,
  parseOrderInfo,
} from './order/order-info';
export type {
  OrderCharge,
  OrderCopyDetail,
  OrderDetail,
  OrderExpireDetail,
  OrderFailDetail,
  OrderLine,
  OrderLoadDetail,
  OrderMismatch,
  OrderStatus,
  OrderSummaryEvents,
  OrderView,
  OrderViewStatus,
  StatusChangeDetail,
} from './order/order-view';
export { resumePending } from './payment/manager';
export type { OrderSummaryProps, PayButtonProps } from './props.generated';
export type {
  CancelCause,
  CashierResult,
  OrderCreatedDetail,
  OutcomeTable,
  PayButtonEvents,
  PayButtonInstance,
  PayCancelDetail,
  PayFailDetail,
  PayFailReason,
  PayInput,
  PayOutcome,
  PayPendingDetail,
  PaySuccessDetail,
  PayTapDetail,
  Phase,
  StateChangeDetail,
} from './payment/pay-button-events';
