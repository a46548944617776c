/**
 * Checks what a caller passes in, before any request is made. Each function returns the value as it is sent, or throws an
 * InvalidArgumentError that names the argument.
 */
import { InvalidArgumentError } from '../errors';
import { isJsonObject, readId } from '../json';
import type { RefundRequest } from './types';

const REFUND_TYPES = { user: '1', service: '2', failure: '3' } as const;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @throws InvalidArgumentError always */
export function throwInvalid(argument: string, problem: string): never {
  throw new InvalidArgumentError(argument, `${argument} ${problem}`);
}

export function requireText(argument: string, value: unknown): string {
  return typeof value === 'string' && value ? value : throwInvalid(argument, 'must be a non-empty text');
}

/** A key or secret: one with a blank at its end, as of a .env file with CRLF, is refused far away and without a reason. */
export function requireKey(argument: string, value: unknown): string {
  const text = requireText(argument, value);
  return /\s/.test(text) ? throwInvalid(argument, 'must have no blanks and no line ends, got some') : text;
}

export function requireId(argument: string, value: unknown): string {
  return (
    readId(value) ??
    throwInvalid(argument, 'must be the decimal id the platform gave, as text or as an exact number')
  );
}

export function requireDay(argument: string, value: unknown): string {
  const isDay =
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    new Date(value).toJSON()?.startsWith(value);
  return isDay ? value : throwInvalid(argument, 'must be a day as yyyy-MM-dd');
}

export function requireInteger(argument: string, value: unknown, min: number, max: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
    ? value
    : throwInvalid(argument, `must be a whole number from ${min} to ${max}`);
}

/**
 * The members of an argument that callers without TypeScript may have left out altogether.
 *
 * @param example what the argument looks like, for the message
 */
export function requireObject<T extends object>(
  argument: string,
  value: T | undefined,
  example: string,
): Partial<T> {
  return isJsonObject(value) ? value : throwInvalid(argument, `must be an object such as ${example}`);
}

function isWebUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function requireUrl(argument: string, value: unknown): string {
  return isWebUrl(value)
    ? value
    : throwInvalid(argument, 'must be a URL such as https://shop.example/notify/refund');
}

/** Requires https except on this machine: the App Secret and the token are in the query of each request. */
export function requireBaseUrl(argument: string, value: unknown): string {
  if (!isWebUrl(value)) return throwInvalid(argument, 'must be a URL such as https://openapi.baidu.com');
  const url = new URL(value);
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throwInvalid(
      argument,
      `must begin with https:// (http:// is for 127.0.0.1 and localhost), got ${url.origin}`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throwInvalid(argument, 'must have no user, no query and no fragment');
  }
  return url.href.replace(/\/+$/, '');
}

/** The parameters of applyOrderRefund. */
export function refundParams(argument: RefundRequest): Record<string, string> {
  const request = requireObject('request', argument, '{ orderId, userId, tpOrderId, refundType, … }');
  const { applyRefundMoney, audit, refundNotifyUrl, refundType } = request;
  if (applyRefundMoney !== undefined && !(Number.isSafeInteger(applyRefundMoney) && applyRefundMoney >= 1)) {
    throwInvalid(
      'applyRefundMoney',
      'must be an integer number of fen, at least 1; leave it out to refund the whole order',
    );
  }
  if (audit !== undefined && typeof audit !== 'boolean') throwInvalid('audit', 'must be true or false');
  if (typeof refundType !== 'string' || !Object.hasOwn(REFUND_TYPES, refundType)) {
    return throwInvalid('refundType', 'must be user, service or failure');
  }
  return {
    orderId: requireId('orderId', request.orderId),
    userId: requireId('userId', request.userId),
    tpOrderId: requireText('tpOrderId', request.tpOrderId),
    refundType: REFUND_TYPES[refundType],
    refundReason: requireText('refundReason', request.refundReason),
    bizRefundBatchId: requireText('bizRefundBatchId', request.bizRefundBatchId),
    isSkipAudit: audit ? '0' : '1',
    // A server may treat an empty parameter otherwise than an absent one, so absent options are not sent.
    ...(applyRefundMoney === undefined ? {} : { applyRefundMoney: String(applyRefundMoney) }),
    ...(refundNotifyUrl === undefined
      ? {}
      : { refundNotifyUrl: requireUrl('refundNotifyUrl', refundNotifyUrl) }),
  };
}
