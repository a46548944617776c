/**
 * SHA1withRSA (PKCS#1 v1.5) over parameters sorted by name and joined as `name=value&…`, nothing encoded, empty values
 * kept; base64 with padding on one line. Source: 百度智能小程序 docs, 签名与验签.
 */
import { sign, verify } from 'node:crypto';
import type { OrderInfo } from '../utils/order/order-info';
import { InvalidArgumentError } from './errors';
import { isJsonObject, readText } from './json';
import { loadPrivateKey, loadPublicKey } from './keys';
import type { KeyInput } from './keys';
import { findSigningProblem } from './order-rules';
import { describeType } from './printable';

/** Parameters that carry the signature or describe it; they are not part of the signed text. */
export const UNSIGNED_PARAMETERS: readonly string[] = ['rsaSign', 'sign', 'sign_type'];

export const FIELDS_WITH_AMOUNT = ['appKey', 'dealId', 'totalAmount', 'tpOrderId'] as const;
export const FIELDS_WITHOUT_AMOUNT = ['appKey', 'dealId', 'tpOrderId'] as const;

/** Joins entries as `name=value&…`, in the order given. */
function joinEntries(entries: readonly (readonly [string, string])[]): string {
  return entries.map(([name, value]) => `${name}=${value}`).join('&');
}

/** The parameters that are signed, sorted by name as bytes sort ASCII, case-sensitive. */
export function sortedEntries(params: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(params)
    .filter(([name]) => !UNSIGNED_PARAMETERS.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The text that rsaSign of a set of parameters covers (notifications: every POST parameter received).
 *
 * @throws InvalidArgumentError when there are no parameters, and for one that is no text
 */
export function canonicalText(params: Readonly<Record<string, string>>): string {
  const given: unknown = params;
  if (!isJsonObject(given)) throw new InvalidArgumentError('params', 'params must be an object of texts');
  const wrong = Object.keys(given).find(name => typeof given[name] !== 'string');
  if (wrong !== undefined) {
    throw new InvalidArgumentError(wrong, `${wrong} must be text, got ${typeof given[wrong]}`);
  }
  return joinEntries(sortedEntries(params));
}

/** The names an orderInfo's signature covers; null for a signFieldsRange that does not exist. */
export function signedFields(signFieldsRange: unknown): readonly (keyof OrderInfo)[] | null {
  const range = readText(signFieldsRange ?? '0');
  if (range === '1') return FIELDS_WITH_AMOUNT;
  return range === '0' ? FIELDS_WITHOUT_AMOUNT : null;
}

/**
 * The text that rsaSign of an orderInfo covers: canonicalText of its signed fields.
 *
 * @returns null when a signed field is missing or no text, or signFieldsRange is neither "0" nor "1"
 */
export function canonicalOrderText(order: Partial<Record<keyof OrderInfo, unknown>>): string | null {
  const fields = signedFields(order.signFieldsRange);
  if (!fields) return null;
  const entries: [string, string][] = [];
  for (const field of fields) {
    const value = order[field];
    if (typeof value !== 'string' || !value) return null;
    entries.push([field, value]);
  }
  return joinEntries(entries);
}

/** An order before it is signed; made by buildOrderInfo. */
export type UnsignedOrder = Omit<OrderInfo, 'rsaSign'>;

/**
 * Signs a text, UTF-8.
 *
 * @throws InvalidArgumentError when it is no text; KeyError for the key
 */
export function signText(text: string, privateKey: KeyInput): string {
  const given: unknown = text;
  if (typeof given !== 'string') {
    throw new InvalidArgumentError('text', `text must be the text to sign, got ${describeType(given)}`);
  }
  return sign('RSA-SHA1', Buffer.from(text, 'utf8'), loadPrivateKey(privateKey)).toString('base64');
}

/**
 * Signs an order for `swan.requestPolymerPayment`.
 *
 * @param order from buildOrderInfo; amounts are digits in fen
 * @param privateKey the merchant's; load it once with loadPrivateKey
 * @returns a copy with rsaSign
 * @throws InvalidArgumentError naming the field that must not be signed; KeyError for the key
 */
export function signOrderInfo(order: UnsignedOrder, privateKey: KeyInput): OrderInfo {
  const problem = findSigningProblem(order);
  if (problem !== null) throw new InvalidArgumentError(problem.field, problem.message);
  const text = canonicalOrderText(order);
  if (text === null) throw new InvalidArgumentError('order', 'the order lacks a signed field');
  return { ...order, rsaSign: signText(text, privateKey) };
}

/**
 * Signs the POST parameters of a notification, as the platform does. For a local cashier and for tests.
 *
 * @returns a copy with rsaSign
 * @throws InvalidArgumentError for a parameter that is no text; KeyError for the key
 */
export function signNotification(
  params: Readonly<Record<string, string>>,
  privateKey: KeyInput,
): Record<string, string> {
  return { ...params, rsaSign: signText(canonicalText(params), privateKey) };
}

/** Decodes base64; null unless the text is standard base64 with padding, on one line, in its canonical form. */
export function decodeStrictBase64(text: unknown): Buffer | null {
  if (typeof text !== 'string' || !text) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/**
 * Returns true if `signature` (base64) is SHA1withRSA over the UTF-8 text.
 *
 * @throws KeyError for the key, and nothing else
 */
export function verifyText(text: string, signature: unknown, publicKey: KeyInput): boolean {
  const key = loadPublicKey(publicKey);
  const given: unknown = text;
  const bytes = decodeStrictBase64(signature);
  return (
    typeof given === 'string' && bytes !== null && verify('RSA-SHA1', Buffer.from(given, 'utf8'), key, bytes)
  );
}

/**
 * Returns true if an orderInfo carries the signature of this merchant.
 *
 * @param order as the cashier received it; every signed value must be text
 * @param publicKey the merchant's public key, as uploaded to the console
 * @throws KeyError for the key, and nothing else
 */
export function verifyOrderInfo(
  order: Partial<Record<keyof OrderInfo, unknown>>,
  publicKey: KeyInput,
): boolean {
  const given: unknown = order;
  const text = isJsonObject(given) ? canonicalOrderText(given) : null;
  return verifyText(text ?? '', isJsonObject(given) ? given.rsaSign : null, publicKey) && text !== null;
}
