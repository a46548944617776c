import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A small random generator with a seed (mulberry32), so that a failing order can be made again. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Order = Record<string, string>;

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-';
const SPECIAL = ['中', '订单', '/', '+', ' ', '%', '#', '"', "'", '<', '（', '￥', '😀', ':', '@'];

export function randomText(next: () => number, alphabet: string | string[], length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
}

/** An order without a signature; `special` puts Chinese and reserved characters into the signed fields. */
export function randomOrder(next: () => number, special = false): Order {
  const digits = (length: number): string =>
    String(1 + Math.floor(next() * 9)) + randomText(next, '0123456789', length - 1);
  const appKey = 'MM' + randomText(next, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 4);
  const dealId = digits(9);
  const tpOrderId = special
    ? randomText(next, 'ABab12', 3) + '单 +' + randomText(next, SPECIAL, 4) + randomText(next, PLAIN, 3)
    : randomText(next, PLAIN, 6 + Math.floor(next() * 20)) + 'Aa';
  const totalAmount = String(101 + Math.floor(next() ** 3 * 9_000_000));
  return {
    dealId,
    appKey,
    totalAmount,
    tpOrderId,
    dealTitle: '商品 ' + randomText(next, [...SPECIAL, 'a', 'b'], 5),
    signFieldsRange: '1',
    bizInfo: JSON.stringify({
      tpData: { appKey, dealId, tpOrderId, totalAmount, returnData: { k: '值&=' } },
    }),
    notifyUrl: 'https://shop.example/pay/notify?shop=' + digits(3),
  };
}

export const SIGNED_FIELDS = ['appKey', 'dealId', 'totalAmount', 'tpOrderId'];

export function joinFields(order: Order, names = SIGNED_FIELDS, separator = '&'): string {
  return names.map(name => `${name}=${order[name]}`).join(separator);
}

export function sha1WithRsa(data: string | Buffer, key: KeyObject): string {
  return sign('RSA-SHA1', Buffer.from(data), key).toString('base64');
}
