/**
 * Verifies notifications of the platform: the signature must hold, and the signed text must have one meaning only.
 */
import { MerchantError } from './errors';
import { formEncode, readForm } from './form-body';
import type { FormBody, FormProblem } from './form-body';
import { isJsonObject, tryParseJson, phpJson } from './json';
import { loadPublicKey } from './keys';
import type { KeyInput } from './keys';
import {
  findAmbiguousParameter,
  findMalformedParameter,
  findParameterWithSeparator,
} from './notification-ambiguity';
import type { NotificationKind } from './notification-ambiguity';
import { rejectReply } from './notification-reply';
import type { RejectReply } from './notification-reply';
import { printable } from './printable';
import { canonicalText, decodeStrictBase64, UNSIGNED_PARAMETERS, verifyText } from './signature';

export interface NotificationOptions {
  /**
   * Also accept a signature over percent-encoded values (space as +). The documents contradict each other about it;
   * every signature seen so far is over raw values.
   */
  acceptEncodedValues?: boolean;
}

/** 通知支付状态. Money in fen, integer; ids are decimal text because they are 64-bit. */
export interface PayNotification {
  /** Baidu's order id: de-duplicate on it, and keep it for refunds */
  orderId: string;
  /** Baidu's user id at the cashier: keep it for refunds */
  userId: string;
  tpOrderId: string;
  dealId: string;
  /** what the order costs; compare your amount with this one */
  totalMoney: number;
  /** what the buyer paid after discounts */
  payMoney: number;
  /** 2 paid, 1 unpaid, -1 cancelled; only 2 is a payment */
  status: number;
  /** null, like the numbers below, when it is absent or no whole number; params has the text as received */
  unitPrice: number | null;
  count: number | null;
  promoMoney: number | null;
  hbMoney: number | null;
  hbBalanceMoney: number | null;
  giftCardMoney: number | null;
  /** seconds since the epoch; says whether an order was paid before it expired */
  payTime: number | null;
  payType: string | null;
  partnerId: string | null;
  /** null when it is absent or no JSON object or array; params has the text */
  promoDetail: Record<string, unknown> | unknown[] | null;
  /** null when it is absent or no JSON object; params has the text. It passed through the client unsigned: trust nothing in it. */
  returnData: Record<string, unknown> | null;
}

/** 通知退款状态. Beware: 2 is a failure here, and a success in findOrderRefund. */
export interface RefundNotification {
  orderId: string;
  userId: string | null;
  tpOrderId: string | null;
  /** de-duplicate on it; applyOrderRefund returned it */
  refundBatchId: string;
  refundStatus: 'success' | 'failed';
}

/** 退款审核: the platform asks whether to refund (only without isSkipAudit=1). */
export interface RefundAuditNotification {
  orderId: string;
  userId: string | null;
  tpOrderId: string | null;
  refundBatchId: string;
  /** fen */
  applyRefundMoney: number | null;
}

export type NotificationErrorCode =
  | FormProblem
  | 'SIGNATURE_MISSING'
  | 'SIGNATURE_REFUSED'
  | 'JSON_REWRITTEN'
  | 'NOTIFY_SPLICED'
  | 'PARAMETER_MALFORMED'
  | 'KIND_UNKNOWN';

interface Verified<Kind extends string, Notification> {
  ok: true;
  kind: Kind;
  notification: Notification;
  /** every signed parameter, as received */
  params: Record<string, string>;
  /** how values are written in the signed text */
  signedValues: 'raw' | 'form-encoded';
}

export type NotificationResult =
  | Verified<'pay', PayNotification>
  | Verified<'refund', RefundNotification>
  | Verified<'refund-audit', RefundAuditNotification>
  | {
      ok: false;
      code: NotificationErrorCode;
      /** for a developer's log; do not send it to the caller */
      message: string;
      /** send this, as JSON */
      reply: Readonly<RejectReply>;
    };

type Params = Readonly<Record<string, string>>;

/** Ends the reading of a notification; verifyNotification returns it as a result. */
class NotificationError extends MerchantError<NotificationErrorCode> {
  override readonly name = 'NotificationError';
}

function mapParams(params: Params, change: (value: string, name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, change(value, name)]));
}

function readIntegerParameter(params: Params, name: string): number | null {
  const value = params[name] ?? '';
  const number = /^-?\d+$/.test(value) ? Number(value) : null;
  return Number.isSafeInteger(number) ? number : null;
}

function requireParameter(params: Params, name: string): string {
  const value = params[name];
  if (!value) throw new NotificationError('PARAMETER_MALFORMED', `${name} is missing`);
  return value;
}

/** An amount or a status: null when it is absent; refused when a number cannot hold its digits exactly. */
function readExactIntegerParameter(params: Params, name: string): number | null {
  const number = readIntegerParameter(params, name);
  if (number === null && params[name]) {
    throw new NotificationError('PARAMETER_MALFORMED', `${name} is no safe integer`);
  }
  return number;
}

function requireIntegerParameter(params: Params, name: string): number {
  requireParameter(params, name);
  return readExactIntegerParameter(params, name) ?? 0;
}

function readPay(params: Params): PayNotification {
  const integer = (name: string): number | null => readIntegerParameter(params, name);
  // Usually both are empty, and letting JSON.parse fail is slow.
  const json = (name: string): unknown => (params[name] ? tryParseJson(params[name]) : null);
  const promoDetail = json('promoDetail');
  const returnData = json('returnData');
  return {
    orderId: requireParameter(params, 'orderId'),
    userId: requireParameter(params, 'userId'),
    tpOrderId: requireParameter(params, 'tpOrderId'),
    dealId: requireParameter(params, 'dealId'),
    totalMoney: requireIntegerParameter(params, 'totalMoney'),
    payMoney: requireIntegerParameter(params, 'payMoney'),
    status: requireIntegerParameter(params, 'status'),
    unitPrice: integer('unitPrice'),
    count: integer('count'),
    promoMoney: integer('promoMoney'),
    hbMoney: integer('hbMoney'),
    hbBalanceMoney: integer('hbBalanceMoney'),
    giftCardMoney: integer('giftCardMoney'),
    payTime: readExactIntegerParameter(params, 'payTime'),
    payType: params.payType || null,
    partnerId: params.partnerId || null,
    promoDetail: isJsonObject(promoDetail) || Array.isArray(promoDetail) ? promoDetail : null,
    returnData: isJsonObject(returnData) ? returnData : null,
  };
}

function readRefund(params: Params): RefundNotification {
  const status = params.refundStatus;
  if (status !== '1' && status !== '2') {
    throw new NotificationError('PARAMETER_MALFORMED', 'refundStatus is neither 1 (success) nor 2 (failed)');
  }
  return { ...readRefundIds(params), refundStatus: status === '1' ? 'success' : 'failed' };
}

function readRefundIds(params: Params): Omit<RefundNotification, 'refundStatus'> {
  return {
    orderId: requireParameter(params, 'orderId'),
    userId: params.userId || null,
    tpOrderId: params.tpOrderId || null,
    refundBatchId: requireParameter(params, 'refundBatchId'),
  };
}

function kindOf(params: Params): NotificationKind {
  if ('refundStatus' in params) return 'refund';
  if ('refundBatchId' in params) return 'refund-audit';
  if ('totalMoney' in params) return 'pay';
  throw new NotificationError('KIND_UNKNOWN', 'neither a payment nor a refund notification');
}

function rewriteJson(json: string, write: (value: unknown) => string): string {
  try {
    return write(JSON.parse(json));
  } catch {
    // No JSON, or nested too deeply to be written.
    return json;
  }
}

const compact = (json: string): string => rewriteJson(json, JSON.stringify);
/** PHP writes {} as []. */
const withObjects = (json: string): string => json.replaceAll('[]', '{}');

/** Each writes JSON in a way in which the platform may have signed it. */
const JSON_RESTORERS: ((json: string) => string)[] = [
  compact,
  withObjects,
  json => withObjects(compact(json)),
  json => rewriteJson(json, phpJson),
];

/**
 * Finds JSON that was parsed and written again on the way, so that its text is no longer the signed one. PHP turns {} into
 * [] and escapes / and everything beyond ASCII, Python adds spaces.
 *
 * @returns the name of the parameter, or null
 */
function findRewrittenJson(params: Params, verifies: (params: Params) => boolean): string | null {
  const names = ['promoDetail', 'returnData'].filter(name => /^\s*[[{]/.test(params[name] ?? ''));
  const subsets = names.length > 1 ? [names, ...names.map(name => [name])] : names.map(name => [name]);
  for (const subset of subsets) {
    for (const restore of JSON_RESTORERS) {
      const signed = mapParams(params, (value, name) => (subset.includes(name) ? restore(value) : value));
      if (verifies(signed)) return subset[0] ?? null;
    }
  }
  return null;
}

/** @throws NotificationError saying why the signature does not hold */
function throwSignatureError(rsaSign: string, params: Params, publicKey: KeyInput): never {
  const rewritten = findRewrittenJson(params, signed =>
    verifyText(canonicalText(signed), rsaSign, publicKey),
  );
  if (rewritten !== null) {
    throw new NotificationError(
      'JSON_REWRITTEN',
      `${rewritten} was signed as other text: its JSON was parsed and written anew on the way (PHP makes [] of {}); give the raw body`,
    );
  }
  if (decodeStrictBase64(rsaSign) === null) {
    const spaces = 'it has spaces in place of +: the body holds a bare +, or was decoded twice';
    const other = 'standard base64 is on one line, with + / and = at the end, and not percent-encoded';
    throw new NotificationError(
      'SIGNATURE_REFUSED',
      `rsaSign is not standard base64, so it was not compared; ${/ /.test(rsaSign) ? spaces : other}`,
    );
  }
  throw new NotificationError(
    'SIGNATURE_REFUSED',
    'rsaSign is not the signature of these parameters by this platform key; ' +
      'npx swan-cashier doctor --notify tells why, from the body',
  );
}

/** @throws NotificationError for a parameter that holds a separator, or whose value does not fit its name */
function checkParameters(params: Params): void {
  const separated = findParameterWithSeparator(params);
  if (separated !== null) {
    throw new NotificationError(
      'NOTIFY_SPLICED',
      `${printable(separated, 64)} could hold other parameters: the text can be read in two ways`,
    );
  }
  const malformed = findMalformedParameter(params);
  if (malformed !== null) {
    const value = printable(params[malformed] ?? '', 64);
    throw new NotificationError('PARAMETER_MALFORMED', `${malformed} is no whole number: ${value}`);
  }
}

function verifyAndRead(
  body: FormBody,
  publicKey: KeyInput,
  options: NotificationOptions | null,
): NotificationResult {
  const form = readForm(body);
  if (!form.ok) throw new NotificationError(form.code, form.message);
  const { rsaSign } = form.params;
  const params = Object.fromEntries(
    Object.entries(form.params).filter(([name]) => !UNSIGNED_PARAMETERS.includes(name)),
  );
  if (!rsaSign) {
    const [only = '', ...others] = Object.keys(form.params);
    const isBase64 = !others.length && Buffer.from(only.replace(/ /g, '+'), 'base64').includes('rsaSign=');
    const hint = isBase64 ? ': the body is base64 (isBase64Encoded of an API gateway); decode it first' : '';
    throw new NotificationError('SIGNATURE_MISSING', `rsaSign is missing${hint}`);
  }
  const isRaw = verifyText(canonicalText(params), rsaSign, publicKey);
  const encoded = !isRaw && options?.acceptEncodedValues ? mapParams(params, formEncode) : params;
  if (!isRaw && (encoded === params || !verifyText(canonicalText(encoded), rsaSign, publicKey))) {
    throwSignatureError(rsaSign, params, publicKey);
  }
  checkParameters(isRaw ? params : encoded);
  const kind = kindOf(params);
  const ambiguous = findAmbiguousParameter(isRaw ? params : encoded, kind);
  if (ambiguous !== null) {
    throw new NotificationError(
      'NOTIFY_SPLICED',
      `${printable(ambiguous, 64)} could be other parameters, by the same signature: the text can be read in two ways`,
    );
  }

  const verified = { ok: true, params, signedValues: isRaw ? 'raw' : 'form-encoded' } as const;
  if (kind === 'pay') return { ...verified, kind, notification: readPay(params) };
  if (kind === 'refund') return { ...verified, kind, notification: readRefund(params) };
  const applyRefundMoney = readExactIntegerParameter(params, 'applyRefundMoney');
  return { ...verified, kind, notification: { ...readRefundIds(params), applyRefundMoney } };
}

/**
 * Reads and verifies a notification.
 *
 * @param body the raw POST body (text or bytes; best), or its parameters as a framework parsed them. Not the parameters
 *   of the URL.
 * @param platformPublicKey the platform's public key of your payment service, from the console
 * @returns its content, or the reason for refusing it with the reply to send; never throws for the content of a body
 * @throws KeyError for the key, and nothing else
 * @example
 * const result = verifyNotification(await readBody(request), platformKey);
 * if (!result.ok) return result.reply;
 */
export function verifyNotification(
  body: FormBody,
  platformPublicKey: KeyInput,
  options: NotificationOptions = {},
): NotificationResult {
  const key = loadPublicKey(platformPublicKey);
  try {
    return verifyAndRead(body, key, options);
  } catch (error) {
    if (!(error instanceof NotificationError)) throw error;
    return { ok: false, code: error.code, message: error.message, reply: rejectReply };
  }
}
