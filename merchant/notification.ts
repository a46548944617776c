/**
 * Verifies notifications of the platform: the signature must hold, and the parameters must be readable in one way only.
 */
import { formEncode, readForm } from './form-body';
import type { FormBody } from './form-body';
import { isJsonObject, jsonValue, phpJson } from './json';
import { loadPublicKey } from './keys';
import type { KeyInput } from './keys';
import { findAmbiguousParameter, findMalformedParameter, findSeparator } from './notification-ambiguity';
import type { NotificationKind } from './notification-ambiguity';
import { refusedReply } from './notification-reply';
import type {
  NotificationRefusal,
  NotificationResult,
  PayNotification,
  RefundNotification,
} from './notification-types';
import { printable } from './printable';
import { canonicalText, UNSIGNED_PARAMETERS, verifyText } from './signature';

export interface NotificationOptions {
  /**
   * Also accept a signature over percent-encoded values (space as +). The documents contradict themselves about it;
   * every signature seen so far is over raw values.
   */
  acceptEncodedValues?: boolean;
}

type Params = Readonly<Record<string, string>>;

class NotificationError extends Error {
  constructor(
    readonly code: NotificationRefusal,
    message: string,
  ) {
    super(message);
  }
}

function mapValues(params: Params, change: (value: string, name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, change(value, name)]));
}

function readInteger(params: Params, name: string): number | null {
  const value = params[name] ?? '';
  const number = /^-?\d+$/.test(value) ? Number(value) : null;
  return Number.isSafeInteger(number) ? number : null;
}

function requireText(params: Params, name: string): string {
  const value = params[name];
  if (!value) throw new NotificationError('PARAMETER_MALFORMED', `${name} is missing`);
  return value;
}

/** An amount or a status: absent is null, but digits that a number cannot hold are refused. */
function readExact(params: Params, name: string): number | null {
  const number = readInteger(params, name);
  if (number === null && params[name]) {
    throw new NotificationError('PARAMETER_MALFORMED', `${name} is no safe integer`);
  }
  return number;
}

function requireInteger(params: Params, name: string): number {
  requireText(params, name);
  return readExact(params, name) ?? 0;
}

function readPay(params: Params): PayNotification {
  const integer = (name: string): number | null => readInteger(params, name);
  // Usually both are empty, and JSON.parse takes its time to refuse an empty text.
  const json = (name: string): unknown => (params[name] ? jsonValue(params[name]) : null);
  const promoDetail = json('promoDetail');
  const returnData = json('returnData');
  return {
    orderId: requireText(params, 'orderId'),
    userId: requireText(params, 'userId'),
    tpOrderId: requireText(params, 'tpOrderId'),
    dealId: requireText(params, 'dealId'),
    totalMoney: requireInteger(params, 'totalMoney'),
    payMoney: requireInteger(params, 'payMoney'),
    status: requireInteger(params, 'status'),
    unitPrice: integer('unitPrice'),
    count: integer('count'),
    promoMoney: integer('promoMoney'),
    hbMoney: integer('hbMoney'),
    hbBalanceMoney: integer('hbBalanceMoney'),
    giftCardMoney: integer('giftCardMoney'),
    payTime: readExact(params, 'payTime'),
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
    orderId: requireText(params, 'orderId'),
    userId: params.userId || null,
    tpOrderId: params.tpOrderId || null,
    refundBatchId: requireText(params, 'refundBatchId'),
  };
}

function kindOf(params: Params): NotificationKind {
  if ('refundStatus' in params) return 'refund';
  if ('refundBatchId' in params) return 'refund-audit';
  if ('totalMoney' in params) return 'pay';
  throw new NotificationError('KIND_UNKNOWN', 'neither a payment nor a refund notification');
}

/**
 * JSON that was parsed and written anew is no longer the text that was signed. PHP turns {} into [] and escapes / and
 * everything beyond ASCII, Python adds spaces.
 *
 * @returns the parameter whose signed text was another writing of the same JSON, or null
 */
function findRewrittenJson(params: Params, verifies: (params: Params) => boolean): string | null {
  const names = ['promoDetail', 'returnData'].filter(name => /^\s*[[{]/.test(params[name] ?? ''));
  const subsets = names.length > 1 ? [names, ...names.map(name => [name])] : names.map(name => [name]);
  for (const subset of subsets) {
    for (const restore of [compact, objects, (text: string) => objects(compact(text)), php]) {
      const signed = mapValues(params, (value, name) => (subset.includes(name) ? restore(value) : value));
      if (verifies(signed)) return subset[0] ?? null;
    }
  }
  return null;
}

function rewrite(json: string, write: (value: unknown) => string): string {
  try {
    return write(JSON.parse(json));
  } catch {
    // No JSON, or nested too deeply to be written.
    return json;
  }
}

function compact(json: string): string {
  return rewrite(json, JSON.stringify);
}

function php(json: string): string {
  return rewrite(json, phpJson);
}

function objects(json: string): string {
  return json.replaceAll('[]', '{}');
}

/** @throws NotificationError saying why the signature does not hold */
function refuseSignature(rsaSign: string, params: Params, publicKey: KeyInput): never {
  const rewritten = findRewrittenJson(params, signed =>
    verifyText(canonicalText(signed), rsaSign, publicKey),
  );
  if (rewritten !== null) {
    throw new NotificationError(
      'JSON_REWRITTEN',
      `${rewritten} was signed as other text: its JSON was parsed and written anew on the way (PHP makes [] of {}); give the raw body`,
    );
  }
  const hint = / /.test(rsaSign) ? ': it has spaces in place of +, so the body was decoded twice' : '';
  throw new NotificationError(
    'SIGNATURE_REFUSED',
    `rsaSign is not the signature of these parameters by this platform key${hint}`,
  );
}

function refuseForm(params: Params): void {
  const holder = findSeparator(params);
  if (holder !== null) {
    throw new NotificationError(
      'NOTIFY_SPLICED',
      `${printable(holder, 64)} could hold other parameters: the text can be read in two ways`,
    );
  }
  const malformed = findMalformedParameter(params);
  if (malformed !== null) {
    const value = printable(params[malformed] ?? '', 64);
    throw new NotificationError('PARAMETER_MALFORMED', `${malformed} is no whole number: ${value}`);
  }
}

function read(body: FormBody, publicKey: KeyInput, options: NotificationOptions): NotificationResult {
  const form = readForm(body);
  if (!form.ok) throw new NotificationError(form.code, form.message);
  const { rsaSign } = form.params;
  const params = Object.fromEntries(
    Object.entries(form.params).filter(([name]) => !UNSIGNED_PARAMETERS.includes(name)),
  );
  if (!rsaSign) throw new NotificationError('SIGNATURE_MISSING', 'rsaSign is missing');
  const isRaw = verifyText(canonicalText(params), rsaSign, publicKey);
  const encoded = !isRaw && options.acceptEncodedValues ? mapValues(params, formEncode) : params;
  if (!isRaw && (encoded === params || !verifyText(canonicalText(encoded), rsaSign, publicKey))) {
    refuseSignature(rsaSign, params, publicKey);
  }
  refuseForm(isRaw ? params : encoded);
  const kind = kindOf(params);
  const ambiguous = findAmbiguousParameter(isRaw ? params : encoded, kind);
  if (ambiguous !== null) {
    throw new NotificationError(
      'NOTIFY_SPLICED',
      `${printable(ambiguous, 64)} could be other parameters, by the same signature: the text can be read in two ways`,
    );
  }

  const common = { ok: true, params, signedValues: isRaw ? 'raw' : 'form-encoded' } as const;
  if (kind === 'pay') return { ...common, kind, notification: readPay(params) };
  if (kind === 'refund') return { ...common, kind, notification: readRefund(params) };
  const applyRefundMoney = readExact(params, 'applyRefundMoney');
  return { ...common, kind, notification: { ...readRefundIds(params), applyRefundMoney } };
}

/**
 * Reads and verifies a notification.
 *
 * @param body the raw POST body (text or bytes; best), or its parameters as a framework parsed them. Not the parameters
 *   of the URL.
 * @param platformPublicKey the platform's public key of your payment service, from the console
 * @returns its content, or the reason for refusing it with the reply to send. Never throws for what was sent.
 * @throws KeyError for the key only
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
    return read(body, key, options);
  } catch (error) {
    if (!(error instanceof NotificationError)) throw error;
    return { ok: false, code: error.code, message: error.message, reply: refusedReply };
  }
}
