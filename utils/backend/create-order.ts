/** Requests an order from the backend, and reports in the console what is wrong with the response. */
import { toObject, toText } from '../coerce';
import { settings, timing } from '../config/config';
import { TOAST_LENGTH } from '../config/messages';
import { MAX_FEN, parseFen } from '../order/money';
import { type OrderInfo, parseOrderInfo } from '../order/order-info';
import type { OrderStatus } from '../order/order-view';
import type { Failure } from '../payment/pay-button-events';
import { readStatus } from './check-status';
import { sendRequest } from './request';

export interface CreateRequest {
  createUrl: string;
  method: string;
  /** as it is sent */
  payload: unknown;
  header: Record<string, string> | null;
  /** the amount the user was shown, fen; null when none was given with the goods */
  amount: number | null;
}

/** The order of this key is settled; totalAmount is 0 when the backend does not send it. */
export interface AlreadySettled {
  status: Exclude<OrderStatus, 'unpaid'>;
  tpOrderId: string;
  totalAmount: number;
}

export type CreateResult = { orderInfo: OrderInfo } | { failure: Failure } | AlreadySettled;

export const INVALID: Failure = { reason: 'order-invalid', code: null };

/**
 * Sends one request to create-url, at most `createTimeout` long, with the key in the header of `idempotencyHeader`.
 * @param done called once, with an order ready for the cashier, a settled order, or the reason of payfail
 */
export function createOrder(
  request: CreateRequest,
  idempotencyKey: string,
  done: (result: CreateResult) => void,
): void {
  const { idempotencyHeader } = settings();
  const header = { ...request.header };
  if (idempotencyHeader) header[idempotencyHeader] = idempotencyKey;
  const { createUrl: url, method } = request;
  // Without a payload {} is sent: many frameworks refuse an empty body with a JSON content type.
  const data = request.payload || {};
  sendRequest({ url, method, data, header, timeout: timing().createTimeout }, result => {
    if (result.ok) {
      done(readOrder(url, result.data, request.amount));
      return;
    }
    const { reason, code, message, raw } = result;
    console.warn('pay-button: no order from ' + url + ': ' + message);
    const isForUsers = reason === 'order-rejected' && message.length <= TOAST_LENGTH;
    done({ failure: { reason, code, message: isForUsers ? message : '', raw } });
  });
}

/**
 * `data` is the orderInfo, or `{ orderInfo, order: { status } }`; only `order.status` is read as a status. Each of the three
 * may be JSON text: many backends keep an orderInfo as text.
 */
function readOrder(url: string, data: unknown, amount: number | null): CreateResult {
  const body = (toObject(data) || {}) as { orderInfo?: unknown; order?: unknown };
  const raw = body.orderInfo === undefined ? data : body.orderInfo;
  const order = toObject(body.order) as Record<string, unknown> | null;
  if (order && (settings().mapStatus || order.status !== undefined)) {
    const status = readStatus(order);
    if (!status) {
      console.warn('pay-button: ' + url + ' names no status that is known; see configure({ mapStatus })');
      return { failure: { reason: 'order-request', code: null, raw: data } };
    }
    if (status !== 'unpaid') {
      const { tpOrderId, totalAmount } = (toObject(raw) || {}) as Record<string, unknown>;
      return {
        status,
        tpOrderId: readTpOrderId(order.tpOrderId) || readTpOrderId(tpOrderId),
        totalAmount: parseFen(order.totalAmount === undefined ? totalAmount : order.totalAmount) || 0,
      };
    }
  }
  const result = readOrderInfo(raw, amount);
  return 'failure' in result ? { failure: { ...result.failure, raw: data } } : result;
}

/** An order number; a JSON number beyond 2^53 has lost its digits, and is none. */
const readTpOrderId = (value: unknown): string =>
  typeof value === 'number' && value > MAX_FEN ? '' : toText(value);

/** Checks an orderInfo and its amount; reports in the console why the cashier must not be called with it. */
export function readOrderInfo(
  raw: unknown,
  amount: number | null,
): { orderInfo: OrderInfo } | { failure: Failure } {
  const { orderInfo, problems } = parseOrderInfo(raw);
  problems.forEach(({ severity, code, message }) => {
    console[severity === 'error' ? 'error' : 'warn'](
      'pay-button: ' + message + ' [' + code + '], see docs/signature-codes.md',
    );
  });
  if (!orderInfo) return { failure: INVALID };
  const totalAmount = +orderInfo.totalAmount;
  if (amount === null || amount === totalAmount) return { orderInfo };
  console.error('pay-button: amount shows ' + amount + ' fen, the order says ' + totalAmount);
  return { failure: { reason: 'amount-changed', code: null, totalAmount } };
}
