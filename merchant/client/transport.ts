/**
 * Sends one HTTP request to the platform, with its repetitions, and reads the three envelopes that answers come in.
 */
import { isJsonObject, parseExactJson, readInteger, readText } from '../json';
import type { JsonObject } from '../json';
import { fetchLimited, FetchTimeoutError } from '../limited-fetch';
import { printable } from '../printable';
import { failure, meaningOf, NO_REASON } from './failures';
import type { ApiFailure, ApiResult } from './failures';

export interface ApiRequest {
  /** of the call, for messages; the parameters are left out of messages because they hold secrets */
  name: string;
  url: string;
  method: 'GET' | 'POST';
  query: Readonly<Record<string, string>>;
  /** sent as application/x-www-form-urlencoded */
  form?: Readonly<Record<string, string>>;
  /** whether it may be repeated even when the first one arrived */
  isIdempotent: boolean;
}

export interface Transport {
  fetch: typeof fetch;
  /** ms for one attempt, body included */
  timeout: number;
  /** further attempts of an idempotent request */
  retries: number;
  /** ms before the second attempt; doubles */
  retryDelay: number;
}

/** The largest answer of the documents has a few KiB. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** Parameters whose values are removed from every message, because the platform's own text may quote them. */
const SECRETS = ['access_token', 'client_secret'];

/** The payment service has an appKey, too, and it is the more familiar one. */
const CLIENT_HINT =
  '; clientId and clientSecret are App Key and App Secret of the mini-program, not those of the payment service';

/** Reads a property without `instanceof Error`, which fails for errors of another realm (a vm, a test runner). */
function getProperty(value: unknown, name: 'code' | 'cause' | 'syscall' | 'errors' | 'message'): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function errorCodeOf(error: unknown): string {
  const code = getProperty(getProperty(error, 'cause'), 'code') ?? getProperty(error, 'code');
  return typeof code === 'string' && code ? printable(code, 64) : 'FETCH_FAILED';
}

/**
 * Returns true if the connection failed before the request was sent. Looks at the system call, because the code alone is
 * not enough: EHOSTUNREACH can also end a connection over which the request was sent.
 */
function isBeforeConnection(error: unknown): boolean {
  const cause = getProperty(error, 'cause') ?? error;
  if (getProperty(cause, 'code') === 'UND_ERR_CONNECT_TIMEOUT') return true;
  const attempts = getProperty(cause, 'errors');
  const failed = Array.isArray(attempts) && attempts.length > 0 ? attempts : [cause];
  return failed.every(each => ['connect', 'getaddrinfo'].includes(String(getProperty(each, 'syscall'))));
}

function toFailure(request: ApiRequest, error: unknown, timeout: number): ApiFailure {
  const { name, isIdempotent } = request;
  const origin = originOf(request);
  if (error instanceof FetchTimeoutError) {
    const text = `${name}: no answer from ${origin} within ${timeout} ms`;
    return failure('timeout', 'TIMEOUT', text, { retryable: isIdempotent });
  }
  // Of an answer that it does not accept, such as a redirect, fetch gives no code, only words.
  const code = errorCodeOf(error);
  const words = readMessage(request, getProperty(getProperty(error, 'cause'), 'message'));
  const text = `${name}: no usable answer from ${origin} (${code === 'FETCH_FAILED' && words ? words : code})`;
  return failure('network', code, text, { retryable: isIdempotent || isBeforeConnection(error) });
}

/** Where a request goes, without the query, which holds secrets. */
function originOf({ url }: ApiRequest): string {
  return new URL(url).origin;
}

/** A text of the platform, fit for a log and without secrets; null when there is none. */
function readMessage({ query }: ApiRequest, value: unknown): string | null {
  let text = readText(value);
  for (const name of SECRETS) {
    const secret = query[name];
    if (text && secret !== undefined) text = text.replaceAll(secret, '…');
  }
  return text && printable(text);
}

/** The failure that the envelope of an answer reports, or null. */
function envelopeFailure(request: ApiRequest, body: JsonObject): ApiFailure | null {
  const { name, isIdempotent } = request;
  const message = (value: unknown): string | null => readMessage(request, value);
  // The gateway's code is read first: its answers have no errno, which must not be taken for errno 0.
  const gateway = readInteger(body.error_code);
  if (gateway !== null && gateway !== 0) {
    const text = `${name}: ${message(body.error_msg) ?? 'refused by the gateway'} (error_code ${gateway})`;
    return failure('gateway', gateway, text, { retryable: meaningOf('gateway', gateway) === 'busy' });
  }
  const oauth = message(body.error);
  if (oauth !== null) {
    const text = `${name}: ${message(body.error_description) ?? oauth}`;
    return failure('gateway', oauth, oauth === 'invalid_client' ? text + CLIENT_HINT : text, {
      retryable: false,
    });
  }
  const errno = readInteger(body.errno);
  if (errno !== null && errno !== 0) {
    const text = `${name}: ${message(body.msg) ?? message(body.errmsg) ?? NO_REASON} (errno ${errno})`;
    const meaning = meaningOf('business', errno);
    return failure('business', errno, text, {
      retryable: meaning === 'busy' || (isIdempotent && meaning === 'internal-error'),
    });
  }
  return null;
}

function parseBody(text: string): JsonObject | null {
  try {
    const body = parseExactJson(text);
    return isJsonObject(body) ? body : null;
  } catch {
    return null;
  }
}

function readResponse(request: ApiRequest, status: number, text: string): ApiResult<unknown> {
  const { name, isIdempotent } = request;
  const body = parseBody(text);
  const reported = body && envelopeFailure(request, body);
  if (reported) return reported;
  if (status < 200 || status > 299) {
    const retryable = isIdempotent && (status === 429 || status >= 500);
    const hint = status === 404 ? '; is baseUrl right?' : '';
    return failure('network', status, `${name}: HTTP ${status} from ${originOf(request)}${hint}`, {
      retryable,
    });
  }
  return body
    ? { ok: true, data: body }
    : failure('malformed', 'NOT_JSON', `${name}: the answer is no JSON object`, { retryable: isIdempotent });
}

async function sendOnce(request: ApiRequest, { fetch, timeout }: Transport): Promise<ApiResult<unknown>> {
  const { name, url, method, query, form, isIdempotent } = request;
  const init: RequestInit = {
    method,
    // A redirect would send the token, which is in the query, to another host.
    redirect: 'error',
    headers: { accept: 'application/json' },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  };
  try {
    const limits = { timeout, maxBytes: MAX_RESPONSE_BYTES, fetch };
    const address = `${url}?${new URLSearchParams(query).toString()}`;
    const { status, body, isTooLarge } = await fetchLimited(address, init, limits);
    // The decoder drops a byte order mark, which JSON.parse refuses.
    if (!isTooLarge) return readResponse(request, status, new TextDecoder().decode(body));
    const message = `${name}: the answer is larger than ${MAX_RESPONSE_BYTES} bytes`;
    return failure('malformed', 'TOO_LARGE', message, { retryable: isIdempotent });
  } catch (error) {
    return toFailure(request, error, timeout);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** @returns the JSON object of an answer that reports no failure; its `data` is not checked */
export async function sendRequest(request: ApiRequest, transport: Transport): Promise<ApiResult<unknown>> {
  for (let attempts = 0; ; attempts++) {
    const result = await sendOnce(request, transport);
    const mayRepeat = !result.ok && result.retryable && result.kind !== 'malformed' && request.isIdempotent;
    if (!mayRepeat || attempts >= transport.retries) return result;
    await wait(transport.retryDelay * 2 ** attempts);
  }
}
