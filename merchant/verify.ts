/**
 * Verifying, as strictly as the platform does: Node alone would accept base64 that Java refuses.
 */
import { verify } from 'node:crypto';
import type { OrderInfo } from '../utils/order/order-info';
import { orderText } from './canonical';
import { loadPublicKey } from './keys';
import type { KeyInput } from './keys';

/** Base64 -> bytes; null unless it is standard base64 with padding, on one line, written the one canonical way. */
export function strictBase64(text: unknown): Buffer | null {
  if (typeof text !== 'string' || !text) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Whether `signature` (base64) is SHA1withRSA over the UTF-8 text. Never throws for what was sent. */
export function verifyText(text: string, signature: unknown, publicKey: KeyInput): boolean {
  const key = loadPublicKey(publicKey);
  const bytes = strictBase64(signature);
  return bytes !== null && verify('RSA-SHA1', Buffer.from(text, 'utf8'), key, bytes);
}

/**
 * Whether an orderInfo carries the signature of this merchant.
 *
 * @param order as it reached the cashier; every signed value must be text
 * @param publicKey the merchant's public key, as uploaded to the console
 * @throws KeyError for the key only
 */
export function verifyOrderInfo(
  order: Partial<Record<keyof OrderInfo, unknown>>,
  publicKey: KeyInput,
): boolean {
  const text = orderText(order);
  return verifyText(text ?? '', order.rsaSign, publicKey) && text !== null;
}
