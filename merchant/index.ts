/**
 * swan-cashier/merchant: what a backend needs for 百度收银台. Node >= 20, no dependencies.
 */
export { KeyError, loadPrivateKey, loadPublicKey, readKey } from './keys';
export type { KeyErrorCode, KeyFormat, KeyInput, KeyTrait, ReadKey } from './keys';
export { canonicalText, orderText } from './signature';
export { buildOrderInfo } from './order-info';
export type { CashierRow, CashierTopBlock, OrderInput } from './order-info';
export { signNotification, signOrderInfo, signText } from './signature';
export type { UnsignedOrder } from './signature';
export { strictBase64, verifyOrderInfo, verifyText } from './signature';
export { verifyNotification } from './notification';
export type { NotificationOptions } from './notification';
export type {
  NotificationRefusal,
  NotificationResult,
  PayNotification,
  RefundAuditNotification,
  RefundNotification,
} from './notification-types';
export { payReply, refundAuditReply, refundReply, refusedReply } from './notification-reply';
export type { PayReply, RefundAuditReply, RefundReply, RefusedReply } from './notification-reply';
export { readBody } from './form-body';
export { MAX_BODY_BYTES, readForm } from './form-body';
export type { Form, FormBody, FormProblem } from './form-body';
export type { OrderInfo } from '../utils/order/order-info';
export { compareKeys, diagnoseNotification, diagnoseOrder, explainRefusal } from './diagnose';
export type { Diagnosis, Finding, FindingCode, Locale, Severity } from './diagnose';
export { createClient } from './client/client';
export { isFinalRefusal, isOrderUnknown } from './client/refusals';
export type { Client, ClientOptions } from './client/client';
export type { ApiFailure, ApiFailureKind, ApiResult } from './client/result';
export type {
  Bill,
  BillFile,
  Id,
  PlatformOrder,
  PlatformRefund,
  RefundAccepted,
  RefundRequest,
} from './client/types';
