/**
 * SHA1withRSA (PKCS#1 v1.5), base64 with padding on one line: the only signature the cashier knows.
 */
import { sign } from 'node:crypto';
import { jsonObject } from '../utils/order/order-info';
import type { OrderInfo } from '../utils/order/order-info';
import { parseFen } from '../utils/order/money';
import { canonicalText, orderText, TP_ORDER_ID } from './canonical';
import { loadPrivateKey } from './keys';
import type { KeyInput } from './keys';

/** An order before it is signed; made by buildOrderInfo. */
export type UnsignedOrder = Omit<OrderInfo, 'rsaSign'>;

/** Signs a text, UTF-8. */
export function signText(text: string, privateKey: KeyInput): string {
  return sign('RSA-SHA1', Buffer.from(text, 'utf8'), loadPrivateKey(privateKey)).toString('base64');
}

function refuse(field: keyof OrderInfo, what: string): never {
  throw new RangeError(`${field} ${what}`);
}

/** Refuses what a cashier could read in two ways, or not at all. */
function check(order: UnsignedOrder): void {
  const { appKey, dealId, tpOrderId, totalAmount, dealTitle, signFieldsRange, bizInfo } = order;
  if (typeof appKey !== 'string' || !/^[\w.-]+$/.test(appKey)) {
    refuse('appKey', 'must be the payment appKey of your payment service (letters and digits, like MMMabc)');
  }
  if (typeof dealId !== 'string' || !/^\d+$/.test(dealId)) {
    refuse('dealId', 'must be the decimal settlement id of your payment service, as text');
  }
  if (typeof tpOrderId !== 'string' || !TP_ORDER_ID.test(tpOrderId)) {
    refuse('tpOrderId', 'must be 1 to 64 characters of A-Z a-z 0-9 _ . -');
  }
  const fen = typeof totalAmount === 'string' ? parseFen(totalAmount) : null;
  if (fen === null || fen < 1 || String(fen) !== totalAmount) {
    refuse('totalAmount', 'must be the amount in fen as digits, at least "1" (113.00 yuan is "11300")');
  }
  if (typeof dealTitle !== 'string' || !dealTitle) refuse('dealTitle', 'must say what is bought');
  if (signFieldsRange !== '1' && signFieldsRange !== '0') {
    refuse('signFieldsRange', 'must be "1" (the signature covers totalAmount) or "0" (it does not)');
  }
  if (bizInfo !== undefined && bizInfo !== '' && (typeof bizInfo !== 'string' || !jsonObject(bizInfo))) {
    refuse('bizInfo', 'must be the text of a JSON object');
  }
}

/**
 * Signs an order for `swan.requestPolymerPayment`.
 *
 * @param order from buildOrderInfo; amounts are digits in fen
 * @param privateKey the merchant's; load it once with loadPrivateKey
 * @returns a copy with rsaSign
 * @throws RangeError naming the field that must not be signed; KeyError for the key
 */
export function signOrderInfo(order: UnsignedOrder, privateKey: KeyInput): OrderInfo {
  check(order);
  const text = orderText(order);
  if (text === null) throw new RangeError('the order lacks a signed field');
  return { ...order, rsaSign: signText(text, privateKey) };
}

/**
 * Signs the POST parameters of a notification, as the platform does. For a local cashier and for tests.
 *
 * @returns a copy with rsaSign
 */
export function signNotification(
  params: Readonly<Record<string, string>>,
  privateKey: KeyInput,
): Record<string, string> {
  return { ...params, rsaSign: signText(canonicalText(params), privateKey) };
}
