/**
 * swan-cashier/merchant: what a backend needs for 百度收银台. Node >= 20, no dependencies.
 */
export { KeyError, loadPrivateKey, loadPublicKey, readKey } from './keys';
export type { KeyErrorCode, KeyFormat, KeyInput, KeyTrait, ReadKey } from './keys';
export { canonicalText, orderText } from './canonical';
export { buildOrderInfo } from './order';
export type { CashierRow, CashierTopBlock, OrderInput } from './order';
export { signNotification, signOrderInfo, signText } from './sign';
export type { UnsignedOrder } from './sign';
export { strictBase64, verifyOrderInfo, verifyText } from './verify';
export { verifyNotification } from './notification';
export type { NotificationOptions } from './notification';
export type {
  NotificationRefusal,
  NotificationResult,
  PayNotification,
  RefundAuditNotification,
  RefundNotification,
} from './notification-types';
export { payReply, refundAuditReply, refundReply, refusedReply } from './replies';
export type { PayReply, RefundAuditReply, RefundReply, RefusedReply } from './replies';
export { readBody } from './body';
export { MAX_BODY_BYTES, readForm } from './form';
export type { Form, FormBody, FormProblem } from './form';
export type { OrderInfo } from '../utils/order/order-info';
export { compareKeys, diagnoseNotification, diagnoseOrder, explainRefusal } from './diagnose';
export type { Diagnosis, Finding, FindingCode, Locale, Severity } from './diagnose';
export { createClient } from './api/client';
export type { Client, ClientOptions } from './api/client';
export type { ApiFailure, ApiFailureKind, ApiResult } from './api/result';
export type {
  Bill,
  BillFile,
  Id,
  PlatformOrder,
  PlatformRefund,
  RefundAccepted,
  RefundRequest,
} from './api/types';
