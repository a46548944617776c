/**
 * dist/utils/index.js: the public API, and below it what the components share with it. One file, so that a component
 * folder and this one are all a mini-program has to copy.
 */
export * from './index';

export { checkStatus, readStatus, type StatusResult } from './backend/check-status';
export { INVALID, readOrderInfo } from './backend/create-order';
export { type BackendResult, sendRequest } from './backend/request';
export { inspect, isOrderInfoGiven, toBoolean, toFen, toObject, toText } from './coerce';
export { settings, text, timing } from './config/config';
export { TOAST_LENGTH } from './config/messages';
export { hash, stableJson } from './hash';
export { defineComponent, PROPERTY_DELAY, type Types } from './host/define-component';
export { fireEvent } from './host/fire-event';
export { copyText, isIos, showToast } from './host/swan';
export { MAX_FEN } from './order/money';
export { isOrderStatus, wasPaid } from './order/order-view';
export type {
  ButtonHandle,
  PaymentRequest,
  SummaryHandle,
  SummaryLock,
  SummaryPayment,
} from './payment/component-registry';
export { paymentManager } from './payment/manager';
