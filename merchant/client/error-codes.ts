/**
 * The meaning of error numbers. Baidu has published no list for the 2.0 calls; these are from 错误码 of 1.0, the official
 * SDKs and the numbers common to Baidu's open platform.
 */
import type { ApiFailure } from './types';

/**
 * - busy: the request was not carried out; repeat it later
 * - trouble: a failure inside the platform; the request may have been carried out
 * - refused: the request was refused, and will be each time
 * - other: on no list, so that nothing can be concluded
 */
type Meaning = 'busy' | 'trouble' | 'refused' | 'other';

const ERROR_CODES: Record<'business' | 'gateway', Partial<Record<Meaning, readonly number[]>>> = {
  gateway: { busy: [2, 4, 17, 18] },
  business: {
    busy: [5010003],
    trouble: [1000, 10003, 6002, 5010002, 5010004, 5010005],
    refused: [2002, 10001, 10002, 40001, 60000, 5010001],
  },
};

export function meaningOf(kind: 'business' | 'gateway', code: number): Meaning {
  const meanings = ['busy', 'trouble', 'refused'] as const;
  return meanings.find(meaning => ERROR_CODES[kind][meaning]?.includes(code)) ?? 'other';
}

/** 10002 is 系统错误 and has several meanings, so the message decides. */
const ORDER_UNKNOWN_CODES = [1, 10002];
const ORDER_UNKNOWN_MESSAGE =
  /订单[^，。,;；]{0,6}(未找到|找不到|不存在)|(未找到|找不到|不存在)[^，。,;；]{0,6}订单|order\b.{0,20}\bnot (found|exist)/i;

/**
 * Returns true if Baidu has never seen the order, because the cashier was not opened with it.
 *
 * Only the known answers count. After every other failure the order may exist, and may be paid: query it again later.
 *
 * @param failure of findByTpOrderId, or of cancelOrder with your order number
 */
export function isOrderUnknown({ kind, code, message }: ApiFailure): boolean {
  return (
    kind === 'business' && ORDER_UNKNOWN_CODES.includes(Number(code)) && ORDER_UNKNOWN_MESSAGE.test(message)
  );
}

/**
 * Returns true if the platform will refuse this request each time, so that it may be recorded as refused.
 *
 * Only the known answers count. Every other failure may be temporary (too many requests, internal errors, an empty
 * balance), and after some of them the request may have been carried out: query before you repeat it.
 */
export function isFinalRefusal({ kind, code }: ApiFailure): boolean {
  return kind === 'business' && meaningOf(kind, Number(code)) === 'refused';
}
