/**
 * What a call of the server API comes back with. Nothing is thrown for what the other side says or fails to say.
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

export type ApiResult<T> = { ok: true; data: T } | ApiFailure;

export function failure(
  kind: ApiFailureKind,
  code: number | string,
  message: string,
  retryable: boolean,
): ApiFailure {
  return { ok: false, kind, code, message, retryable };
}
