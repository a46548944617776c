/**
 * One HTTP exchange with the platform, and what its three envelopes mean.
 */
import { isJsonObject } from '../json';
import { parseExactJson, readInteger, readText } from '../json';
import { failure } from './result';
import type { ApiResult } from './result';

export interface Exchange {
  /** for messages: never with parameters, they hold secrets */
  name: string;
  url: string;
  method: 'GET' | 'POST';
  query: Readonly<Record<string, string>>;
  /** sent as application/x-www-form-urlencoded */
  form?: Readonly<Record<string, string>>;
  /** repeating it cannot do harm, whatever became of the first one */
  safe: boolean;
}

export interface Transport {
  fetch: typeof fetch;
  /** ms for one attempt, body included */
  timeout: number;
  /** further attempts of a safe exchange */
  retries: number;
  /** ms before the second attempt; doubles */
  retryDelay: number;
}

/** The service is busy or away for the moment, and did nothing. */
const BUSY_GATEWAY = [2, 4, 18];
const BUSY_BUSINESS = [5010003];
/** Internal trouble: whether anything was done is unknown. */
const UNSURE_BUSINESS = [1000, 5010002];
/** The request never left this machine. */
const NOT_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Read by property: an error of another realm (a test runner's, a vm's) is no instance of this one's Error. */
function property(value: unknown, name: 'code' | 'cause' | 'name'): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function codeOf(error: unknown): string {
  const code = property(property(error, 'cause'), 'code') ?? property(error, 'code');
  return typeof code === 'string' && code ? code : 'FETCH_FAILED';
}

function broken({ name, safe }: Exchange, error: unknown, timeout: number): ApiResult<never> {
  if (property(error, 'name') === 'TimeoutError') {
    return failure('timeout', 'TIMEOUT', `${name}: no answer within ${timeout} ms`, safe);
  }
  const code = codeOf(error);
  return failure('network', code, `${name}: no answer (${code})`, safe || NOT_SENT.includes(code));
}

/** Gateway errors first: their answers have no errno, which a careless reader takes for errno 0. */
function readEnvelope({ name, safe }: Exchange, status: number, text: string): ApiResult<unknown> {
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch {
    body = undefined;
  }
  if (isJsonObject(body)) {
    const gateway = readInteger(body.error_code);
    if (gateway !== null && gateway !== 0) {
      const message = `${name}: ${readText(body.error_msg) ?? 'refused by the gateway'} (error_code ${gateway})`;
      return failure('gateway', gateway, message, BUSY_GATEWAY.includes(gateway));
    }
    const oauth = readText(body.error);
    if (oauth !== null) {
      return failure('gateway', oauth, `${name}: ${readText(body.error_description) ?? oauth}`, false);
    }
    const errno = readInteger(body.errno);
    if (errno !== null && errno !== 0) {
      const message = `${name}: ${readText(body.msg) ?? readText(body.errmsg) ?? 'refused'} (errno ${errno})`;
      const retryable = BUSY_BUSINESS.includes(errno) || (safe && UNSURE_BUSINESS.includes(errno));
      return failure('business', errno, message, retryable);
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

async function attempt(exchange: Exchange, { fetch, timeout }: Transport): Promise<ApiResult<unknown>> {
  const { url, method, query, form } = exchange;
  try {
    const response = await fetch(`${url}?${new URLSearchParams(query).toString()}`, {
      method,
      // The query holds the token: it must not follow a redirect to somebody else.
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: { accept: 'application/json' },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    return readEnvelope(exchange, response.status, await response.text());
  } catch (error) {
    return broken(exchange, error, timeout);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** @returns the whole answer of a call that succeeded; `data` of it is the caller's to read */
export async function exchange(what: Exchange, transport: Transport): Promise<ApiResult<unknown>> {
  for (let attempts = 0; ; attempts++) {
    const result = await attempt(what, transport);
    const again = !result.ok && result.retryable && result.kind !== 'malformed' && what.safe;
    if (!again || attempts >= transport.retries) return result;
    await wait(transport.retryDelay * 2 ** attempts);
  }
}
