/**
 * How a call fails, and the meaning of error numbers. Baidu has published no list for the 2.0 calls; these numbers are from
 * 错误码 of 1.0, the official SDKs and the numbers common to Baidu's open platform.
 */

/**
 * - business: the platform understood and refused; `code` is its errno
 * - gateway: the gateway or the token service refused; `code` is its error_code, or OAuth's error
 * - network: no answer, or an HTTP status outside 2xx; `code` is the status or Node's error code
 * - timeout: no answer in time
 * - malformed: an answer that cannot be read
 */
export type ApiFailureKind = 'business' | 'gateway' | 'network' | 'timeout' | 'malformed';

export interface ApiFailure {
  ok: false;
  kind: ApiFailureKind;
  code: number | string;
  /** for a developer's log; holds no token and no secret */
  message: string;
  /** the same call may succeed later, and repeating it cannot do harm */
  retryable: boolean;
}

/** The result of a call. What the platform answers, or fails to answer, is never thrown. */
export type ApiResult<T> = { ok: true; data: T } | ApiFailure;

export function failure(
  kind: ApiFailureKind,
  code: number | string,
  message: string,
  { retryable }: { retryable: boolean },
): ApiFailure {
  return { ok: false, kind, code, message, retryable };
}

/**
 * - busy: the request was not carried out; repeat it later
 * - internal-error: a failure inside the platform; the request may have been carried out
 * - refused: the request was refused, and will be each time
 * - unknown: on no list, so that nothing can be concluded
 */
type Meaning = 'busy' | 'internal-error' | 'refused' | 'unknown';

const ERROR_CODES: Record<'business' | 'gateway', Partial<Record<Meaning, readonly number[]>>> = {
  gateway: { busy: [2, 4, 17, 18] },
  business: {
    busy: [5010003],
    'internal-error': [1000, 10003, 6002, 5010002, 5010004, 5010005],
    refused: [2002, 10001, 10002, 40001, 60000, 5010001],
  },
};

export function meaningOf(kind: 'business' | 'gateway', code: number): Meaning {
  const meanings = ['busy', 'internal-error', 'refused'] as const;
  return meanings.find(meaning => ERROR_CODES[kind][meaning]?.includes(code)) ?? 'unknown';
}

/** 10002 is 系统错误 and has several meanings, so the message decides. */
const ORDER_UNKNOWN_CODES = [1, 10002];
/**
 * The first is documented (错误码), the others say the same. Only the whole message counts: 订单用户不存在 or "order of
 * user not found" is about an order that exists, and may be paid.
 */
const ORDER_UNKNOWN_MESSAGES = ['订单未找到', '订单不存在', 'order not found', 'order does not exist'];

/** What the platform said, without the name of the call and the number that `message` has around it, and without 系统错误. */
function textOf(message: string): string {
  return message
    .replace(/^\w+: /, '')
    .replace(/ \(errno -?\d+\)$/, '')
    .replace(/^系统错误[\s:：,，(（]+/, '')
    .replace(/[\s.。!！)）]+$/, '')
    .trim()
    .toLowerCase();
}

/**
 * Returns true if Baidu has never seen the order, because the cashier was not opened with it.
 *
 * Only the known answers count. After every other failure the order may exist, and may be paid: query it again later.
 *
 * @param failure of findByTpOrderId, or of cancelOrder with your order number
 */
export function isOrderUnknown({ kind, code, message }: ApiFailure): boolean {
  return (
    kind === 'business' &&
    ORDER_UNKNOWN_CODES.includes(Number(code)) &&
    ORDER_UNKNOWN_MESSAGES.includes(textOf(message))
  );
}

/** The message of a refusal whose answer has no text. */
export const NO_REASON = 'refused without a reason';

/** Words for a failure inside of the platform: no number makes a refusal of them. */
const SYSTEM_ERROR =
  /^(?:系统错误|系统异常|服务异常|网络异常|内部错误|未知错误|(?:system|internal|unknown) error)$/;
/** No reason, a number, or characters that a wrong charset has lost. */
const UNREADABLE = new RegExp(`^(?:[?\\d]*|${NO_REASON})$|\ufffd`);
/** Words that ask to come back. */
const TEMPORARY = /稍后|重试|繁忙|超时|retry|try again|busy|timed? ?out/;

/**
 * Returns true if the platform will refuse this request each time, so that it may be recorded as refused.
 *
 * Only the known answers count. Every other failure may be temporary (too many requests, internal errors, an empty
 * balance), and after some of them the request may have been carried out: query before you repeat it.
 */
export function isFinalRefusal({ kind, code, message }: ApiFailure): boolean {
  const text = textOf(message);
  const isRefused = kind === 'business' && meaningOf(kind, Number(code)) === 'refused';
  // 10002 is 系统错误 and has several meanings, so its reason has to be there.
  const isExplained = Number(code) !== 10002 || !UNREADABLE.test(text);
  return isRefused && isExplained && !SYSTEM_ERROR.test(text) && !TEMPORARY.test(text);
}
