/** Asks the backend whether an order is paid. */
import { toObject, toText } from '../coerce';
import { settings, timing } from '../config/config';
import { isOrderStatus, type OrderStatus } from '../order/order-view';
import { type BackendRequest, type BackendResult, sendRequest } from './request';

/** 'unreachable': no response, or an unknown status; never treat it as unpaid. */
export type StatusResult = OrderStatus | 'unreachable';

/**
 * Sends one GET request to status-url, at most `statusTimeout` long.
 * @param url `{tpOrderId}` in it stands for the number; without it the number goes into the query
 * @param header in addition to those of configure(), null for none
 * @param done called once, with 'unreachable' after the time-out
 * @param onLateStatus called with the status of a response that comes after the time-out
 */
export function checkStatus(
  url: string,
  header: BackendRequest['header'],
  tpOrderId: string,
  done: (status: StatusResult) => void,
  onLateStatus?: (status: StatusResult) => void,
): void {
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
  if (onLateStatus) request.onLate = result => onLateStatus(read(result));
  sendRequest(request, result => done(read(result)));
}

/** An order number that was cut within a character cannot be encoded: '', which no backend knows. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '';
  }
}

const BAIDU_STATUS: Record<string, OrderStatus> = { 1: 'unpaid', 2: 'paid', '-1': 'closed' };

/** @returns null when the backend's status is unknown */
export function readStatus(data: unknown): OrderStatus | null {
  const { mapStatus } = settings();
  try {
    const word = toText(mapStatus ? mapStatus(data) : (toObject(data) as { status?: unknown }).status);
    const status = isOrderStatus(word) ? word : BAIDU_STATUS[word];
    // The value may be an inherited property such as toString.
    return isOrderStatus(status) ? status : null;
  } catch {
    return null;
  }
}
