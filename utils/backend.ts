/**
 * The shop's backend: create an order, read an order, read whether it is paid. Whatever the network, HTTP or the
 * envelope can do becomes a typed failure; nothing here throws, and each request answers exactly once.
 */
import { settings, timing } from './config';
import { swanRequest } from './host';
import { toText } from './normalize';
import { jsonObject } from './order-info';
import { isOrderStatus, type OrderStatus } from './order-status';

export interface BackendFailure {
  ok: false;
  /** 'order-request': network, HTTP status, time-out, no envelope. 'order-rejected': the envelope says no */
  reason: 'order-request' | 'order-rejected';
  /** HTTP status, the envelope's errno, or null when there was no answer at all */
  code: number | string | null;
  /** for 'order-rejected' the backend's own words, else one English sentence for a developer */
  message: string;
}

export type BackendResult = { ok: true; data: unknown } | BackendFailure;

export interface BackendRequest {
  url: string;
  method: string;
  data?: unknown;
  header?: Record<string, string> | null;
  /** ms */
  timeout: number;
}

/** 'unreachable' is everything that is not a clear word about the order: never read it as unpaid. */
export type LookResult = OrderStatus | 'unreachable';

type Envelope = { ok: boolean; data?: unknown; message?: unknown; code?: unknown };

/**
 * Sends one request and reads the envelope.
 * @returns a function that gives up: the request is aborted and `done` is not called any more
 */
export function send(request: BackendRequest, done: (result: BackendResult) => void): () => void {
  let open = true;
  let task: { abort?: () => void } | void;
  const finish = (result: BackendResult): void => {
    if (open) {
      open = false;
      clearTimeout(timer);
      done(result);
    }
  };
  const fail = (code: BackendFailure['code'], message: string): void =>
    finish({ ok: false, reason: 'order-request', code, message });
  const abort = (): void => {
    try {
      if (task && task.abort) task.abort();
    } catch {
      // An abort that fails leaves the request running; its answer is ignored either way.
    }
  };
  const timer = setTimeout(() => {
    fail(null, 'no answer within ' + request.timeout + ' ms: ' + request.url);
    abort();
  }, request.timeout);

  try {
    const { baseUrl, request: port } = settings();
    const header = requestHeader(request.header);
    const url = /^https?:/.test(request.url) ? request.url : baseUrl + request.url;
    if (!port && !/^https?:/.test(url)) throw 'no address: configure({ baseUrl }) is not set';
    task = (port || swanRequest)({
      url,
      method: request.method,
      data: request.data === null ? undefined : request.data,
      header,
      success: res => finish(readSafely(res)),
      fail: err =>
        fail(
          null,
          'request failed: ' + request.url + ' ' + (((err || {}) as { errMsg?: string }).errMsg || ''),
        ),
    });
  } catch (error) {
    fail(null, 'request failed: ' + error);
  }
  return () => {
    open = false;
    clearTimeout(timer);
    abort();
  };
}

function requestHeader(own: Record<string, string> | null | undefined): Record<string, string> {
  const { header } = settings();
  return { ...(typeof header === 'function' ? header() : header), ...own };
}

/** A team's own envelope() may throw; that is an answer nobody can read. */
function readSafely(res: { data?: unknown; statusCode?: number } | undefined): BackendResult {
  try {
    return readResponse(res);
  } catch (error) {
    const message = 'configure({ envelope }) threw: ' + error;
    return { ok: false, reason: 'order-request', code: null, message };
  }
}

function readResponse(res: { data?: unknown; statusCode?: number } | undefined): BackendResult {
  // swan.request calls success for every HTTP status. A port that has no status answered well.
  const { statusCode = 200, data: body } = res || {};
  const envelope = readEnvelope(body);
  if (statusCode < 200 || statusCode > 299) {
    return { ok: false, reason: 'order-request', code: statusCode, message: 'HTTP ' + statusCode };
  }
  if (!envelope) {
    const message = 'the answer is not { errno | code, msg | message, data }; see configure({ envelope })';
    return { ok: false, reason: 'order-request', code: statusCode, message };
  }
  if (envelope.ok) return { ok: true, data: envelope.data };
  const code = envelope.code as number;
  return { ok: false, reason: 'order-rejected', code, message: toText(envelope.message).trim() };
}

function readEnvelope(body: unknown): Envelope | null {
  const { envelope } = settings();
  if (envelope) return envelope(body);
  const holder = (typeof body === 'string' ? jsonObject(body) : body) as Record<string, unknown> | undefined;
  if (!holder || typeof holder !== 'object') return null;
  const code = holder.errno === undefined ? holder.code : holder.errno;
  if (typeof code !== 'number' && typeof code !== 'string') return null;
  return { ok: code !== '' && +code === 0, code, message: holder.msg || holder.message, data: holder.data };
}

/** Asks status-url about one order; anything unclear is 'unreachable'. */
export function look(
  url: string,
  header: BackendRequest['header'],
  tpOrderId: string,
  done: (status: LookResult) => void,
): () => void {
  const query = (url.indexOf('?') < 0 ? '?' : '&') + 'tpOrderId=' + encodeURIComponent(tpOrderId);
  return send({ url: url + query, method: 'GET', header, timeout: timing().look }, result => {
    const status = result.ok && readStatus(result.data);
    if (!status) {
      const problem = result.ok
        ? 'names no status that is known; see configure({ mapStatus })'
        : result.message;
      console.warn('swan-cashier: status-url ' + url + ': ' + problem);
    }
    done(status || 'unreachable');
  });
}

const BAIDU_STATUS: Record<string, OrderStatus> = { 1: 'unpaid', 2: 'paid', '-1': 'closed' };

/** @returns null when the backend's word is not understood */
export function readStatus(data: unknown): OrderStatus | null {
  const { mapStatus } = settings();
  try {
    const word = toText(mapStatus ? mapStatus(data) : (data as { status?: unknown }).status);
    const status = isOrderStatus(word) ? word : BAIDU_STATUS[word];
    // Every object has more keys than were put there.
    return isOrderStatus(status) ? status : null;
  } catch {
    return null;
  }
}
