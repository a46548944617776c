/**
 * The meaning of error numbers. Baidu has published no list for the 2.0 calls; these are from 错误码 of 1.0, the official
 * SDKs and the numbers common to Baidu's open platform.
 */
import type { ApiFailure } from './result';

/**
 * - busy: nothing was done, ask later
 * - trouble: inside of the platform; whether anything was done is unknown
 * - refused: the request itself is refused, and will be each time
 * - other: not on any list, so that nothing can be concluded
 */
type Meaning = 'busy' | 'trouble' | 'refused' | 'other';

const NUMBERS: Record<'business' | 'gateway', Partial<Record<Meaning, readonly number[]>>> = {
  gateway: { busy: [2, 4, 17, 18] },
  business: {
    busy: [5010003],
    trouble: [1000, 10003, 6002, 5010002, 5010004, 5010005],
    refused: [2002, 10001, 10002, 40001, 60000, 5010001],
  },
};

export function meaningOf(kind: 'business' | 'gateway', code: number): Meaning {
  const meanings = ['busy', 'trouble', 'refused'] as const;
  return meanings.find(meaning => NUMBERS[kind][meaning]?.includes(code)) ?? 'other';
}

/** 10002 is 系统错误, and has several meanings: the text of the message decides. */
const ORDER_UNKNOWN = [1, 10002];
const NOT_FOUND =
  /订单[^，。,;；]{0,6}(未找到|找不到|不存在)|(未找到|找不到|不存在)[^，。,;；]{0,6}订单|order\b.{0,20}\bnot (found|exist)/i;

/**
 * Whether Baidu says that it has never seen the order: the cashier was not opened with it.
 *
 * This is a list of answers. After every other failure the order may exist, and may be paid: ask again later.
 *
 * @param failure of findByTpOrderId, or of cancelOrder with your order number
 */
export function isOrderUnknown({ kind, code, message }: ApiFailure): boolean {
  return kind === 'business' && ORDER_UNKNOWN.includes(Number(code)) && NOT_FOUND.test(message);
}

/**
 * Whether a refusal is the platform's last word on a request like this one, so that it may be written down as refused.
 *
 * This is a list of answers, too. Every other failure may be gone the next time (too many requests, internal trouble, an
 * empty balance), and after some of them the request may have been carried out: look before you repeat it.
 */
export function isFinalRefusal({ kind, code }: ApiFailure): boolean {
  return kind === 'business' && meaningOf(kind, Number(code)) === 'refused';
}
