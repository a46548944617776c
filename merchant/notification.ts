/**
 * Notifications of the platform: believed only when the signature holds and the parameters can be read in one way only.
 */
import { jsonObject } from '../utils/order/order-info';
import { canonicalText, UNSIGNED_PARAMETERS } from './signature';
import { formEncode, readForm } from './form-body';
import type { FormBody } from './form-body';
import { loadPublicKey } from './keys';
import type { KeyInput } from './keys';
import type {
  NotificationRefusal,
  NotificationResult,
  PayNotification,
  RefundNotification,
} from './notification-types';
import { refusedReply } from './notification-reply';
import { splicedAt } from './notification-ambiguity';
import { verifyText } from './signature';

export interface NotificationOptions {
  /**
   * Also accept a signature over percent-encoded values (space as +). The documents contradict themselves about it;
   * every signature seen so far is over raw values.
   */
  acceptEncodedValues?: boolean;
}

class Refusal extends Error {
  constructor(
    readonly code: NotificationRefusal,
    message: string,
  ) {
    super(message);
  }
}

function encodeValues(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, formEncode(value)]));
}

function readNumber(params: Readonly<Record<string, string>>, name: string): number | null {
  const value = params[name];
  if (value === undefined || value === '') return null;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Refusal('PARAMETER_MALFORMED', `${name} is no safe integer`);
  return number;
}

function required<T>(value: T | null | undefined | '', name: string): T {
  if (value === null || value === undefined || value === '') {
    throw new Refusal('PARAMETER_MALFORMED', `${name} is missing`);
  }
  return value;
}

function readPay(params: Readonly<Record<string, string>>): PayNotification {
  const number = (name: string): number | null => readNumber(params, name);
  // Most often they are empty, and JSON.parse takes its time to say that this is no JSON.
  const object = (name: string) => (params[name] && jsonObject(params[name])) || null;
  return {
    orderId: required(params.orderId, 'orderId'),
    userId: required(params.userId, 'userId'),
    tpOrderId: required(params.tpOrderId, 'tpOrderId'),
    dealId: required(params.dealId, 'dealId'),
    totalMoney: required(number('totalMoney'), 'totalMoney'),
    payMoney: required(number('payMoney'), 'payMoney'),
    status: required(number('status'), 'status'),
    unitPrice: number('unitPrice'),
    count: number('count'),
    promoMoney: number('promoMoney'),
    hbMoney: number('hbMoney'),
    hbBalanceMoney: number('hbBalanceMoney'),
    giftCardMoney: number('giftCardMoney'),
    payTime: number('payTime'),
    payType: params.payType || null,
    partnerId: params.partnerId || null,
    promoDetail: object('promoDetail'),
    returnData: object('returnData'),
  };
}

function readRefund(params: Readonly<Record<string, string>>): RefundNotification {
  const status = params.refundStatus;
  if (status !== '1' && status !== '2') {
    throw new Refusal('PARAMETER_MALFORMED', 'refundStatus is neither 1 (success) nor 2 (failed)');
  }
  return { ...readRefundIds(params), refundStatus: status === '1' ? 'success' : 'failed' };
}

function readRefundIds(params: Readonly<Record<string, string>>): Omit<RefundNotification, 'refundStatus'> {
  return {
    orderId: required(params.orderId, 'orderId'),
    userId: params.userId || null,
    tpOrderId: params.tpOrderId || null,
    refundBatchId: required(params.refundBatchId, 'refundBatchId'),
  };
}

function read(body: FormBody, publicKey: KeyInput, options: NotificationOptions): NotificationResult {
  const form = readForm(body);
  if (!form.ok) throw new Refusal(form.code, form.message);
  const { rsaSign } = form.params;
  const params = Object.fromEntries(
    Object.entries(form.params).filter(([name]) => !UNSIGNED_PARAMETERS.includes(name)),
  );
  if (!rsaSign) throw new Refusal('SIGNATURE_MISSING', 'rsaSign is missing');
  const raw = verifyText(canonicalText(params), rsaSign, publicKey);
  if (
    !raw &&
    !(options.acceptEncodedValues && verifyText(canonicalText(encodeValues(params)), rsaSign, publicKey))
  ) {
    throw new Refusal(
      'SIGNATURE_REFUSED',
      'rsaSign is not the signature of these parameters by this platform key',
    );
  }
  const spliced = splicedAt(params);
  if (spliced !== null) {
    throw new Refusal(
      'NOTIFY_SPLICED',
      `${spliced} could be part of another parameter: the text can be read in two ways`,
    );
  }

  const common = { ok: true, params, signedValues: raw ? 'raw' : 'form-encoded' } as const;
  if ('refundStatus' in params) return { ...common, kind: 'refund', notification: readRefund(params) };
  if ('refundBatchId' in params) {
    const applyRefundMoney = readNumber(params, 'applyRefundMoney');
    return { ...common, kind: 'refund-audit', notification: { ...readRefundIds(params), applyRefundMoney } };
  }
  if ('totalMoney' in params) return { ...common, kind: 'pay', notification: readPay(params) };
  throw new Refusal('KIND_UNKNOWN', 'neither a payment nor a refund notification');
}

/**
 * Reads and verifies a notification.
 *
 * @param body the raw POST body (best), or its parameters as a framework parsed them. Not the parameters of the URL.
 * @param platformPublicKey the platform's public key of your payment service, from the console
 * @returns what it says, or why it is not believed with the answer to send. Never throws for what was sent.
 * @throws KeyError for the key only
 */
export function verifyNotification(
  body: FormBody,
  platformPublicKey: KeyInput,
  options: NotificationOptions = {},
): NotificationResult {
  const key = loadPublicKey(platformPublicKey);
  try {
    return read(body, key, options);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, code: error.code, message: error.message, reply: refusedReply };
  }
}
