/**
 * swan-cashier/merchant: what a backend needs for 百度收银台. Node >= 20, no dependencies.
 */
export { InvalidArgumentError, KeyError, MerchantError } from './errors';
export type { KeyErrorCode } from './errors';
export { loadPrivateKey, loadPublicKey, readKey } from './keys';
export type { KeyFormat, KeyInput, KeyTrait, ReadKey } from './keys';
export { buildOrderInfo } from './build-order-info';
export type { CashierRow, CashierTopBlock, OrderInput } from './build-order-info';
export type { OrderInfo } from '../utils/order/order-info';
export {
  canonicalText,
  decodeStrictBase64,
  canonicalOrderText,
  signNotification,
  signOrderInfo,
  signText,
  verifyOrderInfo,
  verifyText,
} from './signature';
export type { UnsignedOrder } from './signature';
export { verifyNotification } from './notification';
export type {
  NotificationErrorCode,
  NotificationOptions,
  NotificationResult,
  PayNotification,
  RefundAuditNotification,
  RefundNotification,
} from './notification';
export { payReply, refundAuditReply, refundReply, rejectReply } from './notification-reply';
export type { PayReply, RefundAuditReply, RefundReply, RejectReply } from './notification-reply';
export { MAX_BODY_BYTES, readBody, readForm } from './form-body';
export type { Form, FormBody, FormProblem } from './form-body';
export { diagnoseOrder, explainRefusal } from './diagnose/order';
export { diagnoseNotification } from './diagnose/notification';
export { compareKeys } from './diagnose/keys';
export type { FindingCode, Severity } from './diagnose/codes';
export type { Diagnosis, Finding, Locale } from './diagnose/finding';
export { createClient } from './client/client';
export type { Client, ClientOptions } from './client/client';
export { isFinalRefusal, isOrderUnknown } from './client/failures';
export type { ApiFailure, ApiFailureKind, ApiResult } from './client/failures';
export type {
  Bill,
  BillFile,
  Id,
  PlatformOrder,
  PlatformRefund,
  RefundAccepted,
  RefundRequest,
} from './client/types';
