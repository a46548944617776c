/** Asks the backend for the order of a purchase, and tells the developer what is wrong with what comes back. */
import { readStatus, send } from './backend';
import { settings, timing } from './config';
import { TOAST_LENGTH } from './messages';
import { parseFen } from './money';
import { toText } from './normalize';
import { type OrderInfo, parseOrderInfo } from './order-info';
import { isPaid } from './order-status';
import type { Failure } from './payment';

export interface OrderRequest {
  createUrl: string;
  method: string;
  payload: unknown;
  header: Record<string, string> | null;
  /** the amount the person was shown, fen */
  amount: number | null;
}

export type OrderAnswer =
  | { orderInfo: OrderInfo }
  /** this purchase is paid or closed already; there is nothing to call the cashier with */
  | { closed: boolean; tpOrderId: string; totalAmount: number }
  | { failure: Failure };

export const INVALID: Failure = { reason: 'order-invalid', code: null };

export function requestOrder(
  request: OrderRequest,
  idempotencyKey: string,
  done: (answer: OrderAnswer) => void,
): void {
  const { idempotencyHeader, mapStatus } = settings();
  const header = { ...request.header };
  if (idempotencyHeader) header[idempotencyHeader] = idempotencyKey;
  const { createUrl: url, method } = request;
  // No payload is still a body: an empty one with a JSON content type is refused by many a framework.
  const data = request.payload || {};
  send({ url, method, data, header, timeout: timing().order }, result => {
    if (!result.ok) {
      const { reason, code, message } = result;
      console.warn('pay-button: no order from ' + url + ': ' + message);
      const forPeople = reason === 'order-rejected' && message.length <= TOAST_LENGTH;
      done({ failure: { reason, code, message: forPeople ? message : '' } });
      return;
    }
    const answer = (result.data || {}) as { orderInfo?: unknown; order?: Record<string, unknown> };
    const raw = answer.orderInfo === undefined ? answer : answer.orderInfo;
    const order = { ...(raw as object), ...answer.order } as Record<string, unknown>;
    const status = readStatus(order);
    const closed = status === 'closed';
    if (!status && answer.order && (mapStatus || order.status !== undefined)) {
      console.warn('pay-button: ' + url + ' names no status that is known; see configure({ mapStatus })');
      done({ failure: { reason: 'order-request', code: null } });
    } else if (closed || isPaid(status)) {
      const { tpOrderId, totalAmount } = order;
      done({ closed, tpOrderId: toText(tpOrderId), totalAmount: parseFen(totalAmount) || 0 });
    } else {
      const orderInfo = readOrderInfo(raw, request.amount);
      done(orderInfo ? { orderInfo } : { failure: INVALID });
    }
  });
}

/** @returns null, and says why in the console, when the cashier must not be called with it */
export function readOrderInfo(raw: unknown, amount: number | null): OrderInfo | null {
  const { orderInfo, problems } = parseOrderInfo(raw);
  problems.forEach(({ severity, code, message }) => {
    console[severity === 'error' ? 'error' : 'warn'](
      'pay-button: ' + message + ' [' + code + '], see docs/signature-codes.md',
    );
  });
  if (orderInfo && amount !== null && +orderInfo.totalAmount !== amount) {
    console.error('pay-button: amount shows ' + amount + ' fen, the order says ' + orderInfo.totalAmount);
    return null;
  }
  return orderInfo;
}
