/**
 * Reads the data of each answer into its type. Where the documents contradict each other, both forms are accepted, and null
 * is an empty list, as some servers write it. An answer about another order is an error: a cache or proxy that mixes answers
 * up must not make an order paid.
 */
import { isJsonObject, readId, readInteger, readText } from '../json';
import type { JsonObject } from '../json';
import { printable } from '../printable';
import { failure } from './failures';
import type { ApiResult } from './failures';
import type { Bill, BillFile, PlatformOrder, PlatformRefund, RefundAccepted } from './types';

export function invalidResponse(
  name: string,
  what: string,
  { retryable }: { retryable: boolean },
): ApiResult<never> {
  return failure('malformed', 'UNEXPECTED_DATA', `${name}: ${what}`, { retryable });
}

function wrongOrder(
  name: string,
  requested: string,
  got: string,
  { retryable }: { retryable: boolean },
): ApiResult<never> {
  const message = `${name}: asked about ${printable(requested, 64)}, but the answer is about ${printable(got, 64)}`;
  return failure('malformed', 'OTHER_ORDER', message, { retryable });
}

/**
 * The first parameter of the request that the answer repeats with another value; a parameter that the answer does not
 * repeat, or as 0, is no mismatch.
 */
function findMismatch(
  fields: JsonObject,
  requested: Readonly<Record<string, string>>,
): [requested: string, got: string] | null {
  for (const [name, value] of Object.entries(requested)) {
    const got = readText(fields[name]);
    if (got !== null && got !== '0' && got !== value) return [value, got];
  }
  return null;
}

const ORDER_STATUSES = new Map<number | null, PlatformOrder['status']>([
  [1, 'unpaid'],
  [2, 'paid'],
  [-1, 'cancelled'],
]);

export function readOrder(data: unknown, requested: string): ApiResult<PlatformOrder> {
  const fields: JsonObject = isJsonObject(data) ? data : {};
  const orderId = readId(fields.orderId);
  const tpOrderId = readText(fields.tpOrderId);
  if (orderId === null || tpOrderId === null) {
    return invalidResponse('findByTpOrderId', 'the answer holds no orderId or tpOrderId', {
      retryable: true,
    });
  }
  if (tpOrderId !== requested)
    return wrongOrder('findByTpOrderId', requested, tpOrderId, { retryable: true });
  const statusCode = readInteger(fields.status);
  return {
    ok: true,
    data: {
      orderId,
      tpOrderId,
      dealId: readId(fields.dealId),
      userId: readId(fields.userId),
      status: ORDER_STATUSES.get(statusCode) ?? 'unknown',
      statusCode,
      totalMoney: readInteger(fields.totalMoney),
      payMoney: readInteger(fields.payMoney),
      tradeNo: readText(fields.tradeNo),
      createTime: readInteger(fields.createTime),
      bizInfo: readText(fields.bizInfo),
      openId: readText(fields.openId),
      raw: fields,
    },
  };
}

const REFUND_STATUSES = new Map<number | null, PlatformRefund['refundStatus']>([
  [1, 'pending'],
  [2, 'success'],
  [3, 'failed'],
]);

function readRefund(item: unknown): PlatformRefund | null {
  if (!isJsonObject(item)) return null;
  const refundBatchId = readId(item.refundBatchId);
  if (refundBatchId === null) return null;
  const code = readInteger(item.refundStatus);
  return {
    bizRefundBatchId: readText(item.bizRefundBatchId),
    refundBatchId,
    orderId: readId(item.orderId),
    userId: readId(item.userId),
    refundStatus: REFUND_STATUSES.get(code) ?? 'unknown',
    refundStatusCode: code,
  };
}

/**
 * @param tpOrderId of the request; an item may repeat it. It may have another userId: several users may have paid one order,
 *   and whether the platform separates their refunds is not documented.
 */
export function readRefunds(data: unknown, tpOrderId: string): ApiResult<PlatformRefund[]> {
  const items: unknown = data ?? [];
  if (!Array.isArray(items))
    return invalidResponse('findOrderRefund', 'the answer is no list', { retryable: true });
  for (const item of items.filter(isJsonObject)) {
    const mismatch = findMismatch(item, { tpOrderId });
    if (mismatch) return wrongOrder('findOrderRefund', ...mismatch, { retryable: true });
  }
  const refunds = items.map(readRefund);
  return refunds.every(refund => refund !== null)
    ? { ok: true, data: refunds }
    : invalidResponse('findOrderRefund', 'a refund has no refundBatchId', { retryable: true });
}

export function readBill(name: string, data: unknown): ApiResult<Bill> {
  const list: unknown = (isJsonObject(data) ? data.data : data) ?? [];
  if (!Array.isArray(list)) return invalidResponse(name, 'the answer is no list', { retryable: true });
  const files = list.filter(isJsonObject).map((item): BillFile => ({
    url: readText(item.url),
    downloadName: readText(item.downloadName),
    createTime: readText(item.createTime),
    exportStatus: readInteger(item.exportStatus),
  }));
  return {
    ok: true,
    data: { totalCount: (isJsonObject(data) ? readInteger(data.totalCount) : null) ?? files.length, files },
  };
}

/** @param params parameters of the request; the answer may repeat its order and refund numbers */
export function readRefundAccepted(
  data: unknown,
  params: Readonly<Record<string, string>>,
): ApiResult<RefundAccepted> {
  const fields: JsonObject = isJsonObject(data) ? data : {};
  const { orderId = '', tpOrderId = '', bizRefundBatchId = '' } = params;
  const mismatch = findMismatch(fields, { orderId, tpOrderId, bizRefundBatchId });
  if (mismatch) return wrongOrder('applyOrderRefund', ...mismatch, { retryable: false });
  const refundBatchId = readId(fields.refundBatchId);
  return refundBatchId === null
    ? invalidResponse(
        'applyOrderRefund',
        'accepted, but the answer holds no refundBatchId; ask findOrderRefund',
        { retryable: false },
      )
    : { ok: true, data: { refundBatchId, refundPayMoney: readInteger(fields.refundPayMoney) } };
}
