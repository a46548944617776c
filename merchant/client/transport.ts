/**
 * One HTTP request to the platform, and the meaning of its three envelopes.
 */
import { isJsonObject, parseExactJson, readInteger, readText } from '../json';
import { FetchTimeout, fetchLimited } from '../limited-fetch';
import { printable } from '../printable';
import { meaningOf } from './refusals';
import { failure } from './result';
import type { ApiResult } from './result';

export interface ApiRequest {
  /** for messages: never with parameters, they hold secrets */
  name: string;
  url: string;
  method: 'GET' | 'POST';
  query: Readonly<Record<string, string>>;
  /** sent as application/x-www-form-urlencoded */
  form?: Readonly<Record<string, string>>;
  /** repeating it cannot do harm, even when the first one arrived */
  safe: boolean;
}

export interface Transport {
  fetch: typeof fetch;
  /** ms for one attempt, body included */
  timeout: number;
  /** further attempts of a safe request */
  retries: number;
  /** ms before the second attempt; doubles */
  retryDelay: number;
}

/** The largest answer of the documents has a few KiB. */
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** Values of the query that no message may repeat, not even in the words of the platform. */
const SECRETS = ['access_token', 'client_secret'];

/** Read by property: an error of another realm (a test runner's, a vm's) is no instance of this one's Error. */
function property(value: unknown, name: 'code' | 'cause' | 'syscall' | 'errors'): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function codeOf(error: unknown): string {
  const code = property(property(error, 'cause'), 'code') ?? property(error, 'code');
  return typeof code === 'string' && code ? printable(code, 64) : 'FETCH_FAILED';
}

/**
 * Whether a connection was never made, so that nothing can have arrived. By the system call and not by the code alone:
 * EHOSTUNREACH, for one, also ends a connection over which the request was sent.
 */
function isBeforeConnection(error: unknown): boolean {
  const cause = property(error, 'cause') ?? error;
  if (property(cause, 'code') === 'UND_ERR_CONNECT_TIMEOUT') return true;
  const attempts = property(cause, 'errors');
  const failed = Array.isArray(attempts) && attempts.length > 0 ? attempts : [cause];
  return failed.every(each => ['connect', 'getaddrinfo'].includes(String(property(each, 'syscall'))));
}

function toFailure({ name, safe }: ApiRequest, error: unknown, timeout: number): ApiResult<never> {
  if (error instanceof FetchTimeout) {
    return failure('timeout', 'TIMEOUT', `${name}: no answer within ${timeout} ms`, safe);
  }
  const code = codeOf(error);
  return failure('network', code, `${name}: no answer (${code})`, safe || isBeforeConnection(error));
}

/** Gateway errors first: their answers have no errno, which a careless reader takes for errno 0. */
function readEnvelope({ name, query, safe }: ApiRequest, status: number, text: string): ApiResult<unknown> {
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch {
    body = undefined;
  }
  /** What the platform says, fit for a log. */
  const said = (value: unknown): string | null => {
    const words = readText(value);
    const secrets = SECRETS.flatMap(secret => query[secret] ?? []);
    return words && printable(secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), words));
  };
  if (isJsonObject(body)) {
    const gateway = readInteger(body.error_code);
    if (gateway !== null && gateway !== 0) {
      const message = `${name}: ${said(body.error_msg) ?? 'refused by the gateway'} (error_code ${gateway})`;
      return failure('gateway', gateway, message, meaningOf('gateway', gateway) === 'busy');
    }
    const oauth = said(body.error);
    if (oauth !== null) {
      return failure('gateway', oauth, `${name}: ${said(body.error_description) ?? oauth}`, false);
    }
    const errno = readInteger(body.errno);
    if (errno !== null && errno !== 0) {
      const message = `${name}: ${said(body.msg) ?? said(body.errmsg) ?? 'refused'} (errno ${errno})`;
      const meaning = meaningOf('business', errno);
      return failure('business', errno, message, meaning === 'busy' || (safe && meaning === 'trouble'));
    }
  }
  if (status < 200 || status > 299) {
    const retryable = safe && (status === 429 || status >= 500);
    return failure('network', status, `${name}: HTTP ${status}`, retryable);
  }
  return isJsonObject(body)
    ? { ok: true, data: body }
    : failure('malformed', 'NOT_JSON', `${name}: the answer is no JSON object`, safe);
}

async function attempt(request: ApiRequest, { fetch, timeout }: Transport): Promise<ApiResult<unknown>> {
  const { name, url, method, query, form, safe } = request;
  const init: RequestInit = {
    method,
    // The query holds the token: it must not follow a redirect to another host.
    redirect: 'error',
    headers: { accept: 'application/json' },
    ...(form ? { body: new URLSearchParams(form) } : {}),
  };
  try {
    const limits = { timeout, maxBytes: MAX_RESPONSE_BYTES, fetch };
    const address = `${url}?${new URLSearchParams(query).toString()}`;
    const { status, body, isTooLarge } = await fetchLimited(address, init, limits);
    // The decoder drops a byte order mark, which JSON.parse refuses.
    if (!isTooLarge) return readEnvelope(request, status, new TextDecoder().decode(body));
    const message = `${name}: the answer is larger than ${MAX_RESPONSE_BYTES} bytes`;
    return failure('malformed', 'TOO_LARGE', message, safe);
  } catch (error) {
    return toFailure(request, error, timeout);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** @returns the whole answer of a call that succeeded; `data` of it is the caller's to read */
export async function sendRequest(request: ApiRequest, transport: Transport): Promise<ApiResult<unknown>> {
  for (let attempts = 0; ; attempts++) {
    const result = await attempt(request, transport);
    const again = !result.ok && result.retryable && result.kind !== 'malformed' && request.safe;
    if (!again || attempts >= transport.retries) return result;
    await wait(transport.retryDelay * 2 ** attempts);
  }
}
