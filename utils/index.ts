/** swan-cashier: the public API for pages and app.js. The components are used from templates. */
export type { Config, Timing, Trace } from './config';
export { configure } from './configure';
export * from './events';
export type { PaymentOptions, PaymentPort, RequestOptions, RequestPort } from './host';
export type { Locale, Messages } from './messages';
export { formatFen, parseFen } from './money';
export { type OrderInfo, type OrderInfoCode, type OrderInfoProblem, parseOrderInfo } from './order-info';
export type * from './order-events';
export type { OrderMessages } from './order-messages';
export type { OrderStatus } from './order-status';
export type * from './order-view';
export type { Claim, OutcomeTable } from './outcome';
export type { OrderSummaryProps } from './order-summary-props';
export type { PayButtonInstance, PayInput } from './pay-button';
export type { PayButtonProps } from './pay-button-props';
export type { PayFailReason, Phase } from './payment';
export { resumePending } from './resume';
