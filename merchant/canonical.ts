/**
 * The text that gets signed: parameters sorted by name, `name=value` joined with `&`, nothing encoded, empty values kept.
 * Source: 百度智能小程序 docs, 签名与验签.
 */
import type { OrderInfo } from '../utils/order/order-info';

/** Carry the signature or describe it; never part of what is signed. */
export const UNSIGNED_PARAMETERS: readonly string[] = ['rsaSign', 'sign', 'sign_type'];

/** Order numbers that are signed here. Percent-encoding leaves these characters alone, so every reader on the way sees one text. */
export const TP_ORDER_ID = /^[A-Za-z0-9_.-]{1,64}$/;

export const FIELDS_WITH_AMOUNT = ['appKey', 'dealId', 'totalAmount', 'tpOrderId'] as const;
export const FIELDS_WITHOUT_AMOUNT = ['appKey', 'dealId', 'tpOrderId'] as const;

/** Joins `name=value` pairs in the order given. */
function joinPairs(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

/** Sorts by name as bytes sort ASCII, case-sensitive. */
function sortedPairs(params: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(params)
    .filter(([name]) => !UNSIGNED_PARAMETERS.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The text that rsaSign of a set of parameters covers (notifications: every POST parameter received). */
export function canonicalText(params: Readonly<Record<string, string>>): string {
  return joinPairs(sortedPairs(params));
}

/** The names an orderInfo's signature covers; null for a signFieldsRange that does not exist. */
export function signedFields(signFieldsRange: unknown): readonly (keyof OrderInfo)[] | null {
  const range = String(signFieldsRange ?? '0');
  return range === '1' ? FIELDS_WITH_AMOUNT : range === '0' ? FIELDS_WITHOUT_AMOUNT : null;
}

/**
 * The text that rsaSign of an orderInfo covers.
 *
 * @returns null when a signed field is missing or no text, or signFieldsRange is neither "0" nor "1"
 */
export function orderText(order: Partial<Record<keyof OrderInfo, unknown>>): string | null {
  const fields = signedFields(order.signFieldsRange);
  if (!fields) return null;
  const pairs: [string, string][] = [];
  for (const field of fields) {
    const value = order[field];
    if (typeof value !== 'string' || !value) return null;
    pairs.push([field, value]);
  }
  return joinPairs(pairs);
}
