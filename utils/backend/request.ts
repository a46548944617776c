/**
 * One request to the shop's backend. Each response and each failure of network, HTTP or envelope is a typed result; nothing
 * here throws, and each request has exactly one result.
 */
import { inspect, toText } from '../coerce';
import { settings } from '../config/config';
import { type RequestOptions, swanRequest } from '../host/swan';
import { jsonObject } from '../order/order-info';

interface BackendFailure {
  ok: false;
  /** 'order-request': network, HTTP status, time-out, no envelope. 'order-rejected': the envelope says no */
  reason: 'order-request' | 'order-rejected';
  /** HTTP status, the envelope's errno, or null when there was no answer at all */
  code: number | string | null;
  /** for 'order-rejected' the backend's own words, else one English sentence for a developer */
  message: string;
  /** the body, as it came */
  raw?: unknown;
}

export type BackendResult =
  | {
      ok: true;
      data: unknown;
      /** ms since the epoch, by the Date header of the answer; undefined where it has none */
      date?: number;
    }
  | BackendFailure;

export interface BackendRequest {
  url: string;
  method: string;
  data?: unknown;
  header?: Record<string, string> | null;
  /** ms */
  timeout: number;
  /** called with a response that came after the time-out; without it the request is aborted then */
  onLate?(result: BackendResult): void;
}

interface Response {
  data?: unknown;
  statusCode?: number;
  header?: unknown;
}

type Envelope = { ok: boolean; data?: unknown; message?: unknown; code?: unknown };

const isAbsolute = (url: string): boolean => /^https?:\/\//.test(url);

/** @returns the address that `url` means, by configure({ baseUrl }) where it is relative: joined with one slash */
export function resolveUrl(url: string): string {
  const { baseUrl } = settings();
  if (isAbsolute(url) || !baseUrl) return url;
  // A query goes on as it is written.
  if (/\?/.test(baseUrl) || /^\?/.test(url)) return baseUrl + url;
  return baseUrl.replace(/\/*$/, '/') + url.replace(/^\/+/, '');
}

/** Sends one request and reads the envelope. @param done called once */
export function sendRequest(request: BackendRequest, done: (result: BackendResult) => void): void {
  let isUnanswered = true;
  let task: { abort?: () => void } | void = undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const finish = (result: BackendResult): void => {
    if (!isUnanswered) {
      if (request.onLate && result.ok) request.onLate(result);
      return;
    }
    isUnanswered = false;
    clearTimeout(timer);
    done(result);
  };
  const fail = (message: string): void =>
    finish({ ok: false, reason: 'order-request', code: null, message: message + ': ' + request.url });
  const abort = (): void => {
    try {
      if (task && task.abort) task.abort();
    } catch {
      // An abort that fails leaves the request running; its response is ignored either way.
    }
  };
  try {
    const { requestAdapter, header: configured } = settings();
    const url = resolveUrl(request.url);
    const header = typeof configured === 'function' ? configured() : configured;
    if (!requestAdapter && !isAbsolute(url)) return fail('configure({ baseUrl }) needs https://');
    if (header && typeof header.then === 'function')
      return fail('configure({ header }) must return the header, not a promise');
    const send = (requestAdapter || swanRequest) as (options: RequestOptions) => typeof task;
    task = send({
      url,
      method: request.method,
      data: request.data === null ? undefined : request.data,
      header: { ...header, ...request.header },
      success: response => finish(readSafely(response || {})),
      fail: error => fail('request failed ' + toText(((error || {}) as { errMsg?: unknown }).errMsg)),
    });
  } catch (error) {
    fail('request failed ' + inspect(error));
  }
  // An adapter that is an async function rejects instead of throwing.
  const promise = task as { then?: (done: undefined, fail: (error: unknown) => void) => void } | undefined;
  if (promise && promise.then) promise.then(undefined, error => fail('request failed ' + inspect(error)));
  // After the request, which a tap waits for; an adapter may have responded already.
  if (isUnanswered) {
    timer = setTimeout(() => {
      fail('no answer within ' + request.timeout + ' ms');
      if (!request.onLate) abort();
    }, request.timeout);
  }
}

/** A team's own envelope() may throw: the answer counts as unreadable then. */
function readSafely(response: Response): BackendResult {
  try {
    return readResponse(response);
  } catch (error) {
    return failure(null, 'configure({ envelope }) threw ' + inspect(error), response.data);
  }
}

function readResponse({ statusCode = 200, data: body, header }: Response): BackendResult {
  // swan.request calls success for every HTTP status. An adapter that has no status answered well.
  if (statusCode < 200 || statusCode > 299) return failure(statusCode, 'HTTP ' + statusCode, body);
  const envelope = readEnvelope(body);
  if (!envelope) {
    return failure(
      statusCode,
      'the answer is not { errno | code, msg | message, data }; see configure({ envelope })',
      body,
    );
  }
  if (envelope.ok) return { ok: true, data: envelope.data, date: readDate(header) };
  const message = toText(envelope.message).trim();
  return { ok: false, reason: 'order-rejected', code: readCode(envelope.code), message, raw: body };
}

function failure(code: number | null, message: string, raw: unknown): BackendFailure {
  return { ok: false, reason: 'order-request', code, message, raw };
}

/** What backends send with a code they mean as success: no user should read it as the reason of a failure. */
const SUCCESS_WORDS =
  /^(操作|请求|下单|查询|获取|提交|处理|创建)?成功|^(下单|获取|提交|创建|生成|订单|支付参数)*成功\S?$|^(success|succeed|ok)/i;

function readEnvelope(body: unknown): Envelope | null {
  const { envelope } = settings();
  const own = envelope && envelope(body);
  if (envelope) return own && 'ok' in own ? own : null;
  // PHP files saved with a byte order mark send one each before the JSON, and the host then returns text; trim() drops them.
  const holder = (typeof body === 'string' ? jsonObject(body.trim()) : body) as
    Record<string, unknown> | undefined;
  if (!holder || typeof holder !== 'object') return null;
  const code = holder.errno === undefined ? holder.code : holder.errno;
  if (typeof code !== 'number' && typeof code !== 'string') return null;
  const ok = code !== '' && +code === 0;
  const message = toText(holder.msg || holder.message);
  if (!ok)
    console.warn('swan-cashier: code ' + code + ' is not 0, so it is a refusal; see configure({ envelope })');
  return { ok, code, message: SUCCESS_WORDS.test(message) ? '' : message, data: holder.data };
}

/** A team's own envelope() may return anything. */
function readCode(code: unknown): number | string | null {
  return typeof code === 'number' || typeof code === 'string' ? code : null;
}

function readDate(header: unknown): number | undefined {
  const fields = (header || {}) as Record<string, unknown>;
  const time = Date.parse(toText(fields.Date || fields.date));
  return isNaN(time) ? undefined : time;
}
