/** Asks the backend whether an order is paid. */
import { toText } from '../coerce';
import { settings, timing } from '../config/config';
import { isOrderStatus, type OrderStatus } from '../order/order-status';
import { type BackendRequest, type BackendResult, send } from './request';

/** 'unreachable' is everything that is not a clear word about the order: never read it as unpaid. */
export type StatusResult = OrderStatus | 'unreachable';

/**
 * @param url `{tpOrderId}` in it stands for the number; without it the number goes into the query
 * @param late called with what the backend says after the time-out; paid is the truth however late
 */
export function checkStatus(
  url: string,
  header: BackendRequest['header'],
  tpOrderId: string,
  done: (status: StatusResult) => void,
  late?: (status: StatusResult) => void,
): () => void {
  const id = encode(tpOrderId);
  const address =
    url.indexOf('{tpOrderId}') >= 0
      ? url.split('{tpOrderId}').join(id)
      : url + (url.indexOf('?') < 0 ? '?' : '&') + 'tpOrderId=' + id;
  const read = (result: BackendResult): StatusResult => {
    const status = result.ok && readStatus(result.data);
    if (!status) {
      const problem = result.ok
        ? 'names no status that is known; see configure({ mapStatus })'
        : result.message;
      console.warn('swan-cashier: status-url ' + url + ': ' + problem);
    }
    return status || 'unreachable';
  };
  const request: BackendRequest = { url: address, method: 'GET', header, timeout: timing().statusTimeout };
  if (late) request.late = result => late(read(result));
  return send(request, result => done(read(result)));
}

/** A number that was cut within a character cannot be encoded, and no backend knows it. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '';
  }
}

const BAIDU_STATUS: Record<string, OrderStatus> = { 1: 'unpaid', 2: 'paid', '-1': 'closed' };

/** @returns null when the backend's word is not understood */
export function readStatus(data: unknown): OrderStatus | null {
  const { mapStatus } = settings();
  try {
    const word = toText(mapStatus ? mapStatus(data) : (data as { status?: unknown }).status);
    const status = isOrderStatus(word) ? word : BAIDU_STATUS[word];
    // The value may be an inherited property such as toString.
    return isOrderStatus(status) ? status : null;
  } catch {
    return null;
  }
}
