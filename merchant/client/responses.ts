/**
 * Reads the data of each answer into its type. Where the documents contradict themselves, both forms are taken. An answer
 * about another order is none: a cache or a proxy that mixes them up must not make an order paid.
 */
import { isJsonObject } from '../json';
import type { JsonObject } from '../json';
import { readId, readInteger, readText } from '../json';
import { printable } from '../printable';
import { failure } from './result';
import type { ApiResult } from './result';
import type { Bill, BillFile, PlatformOrder, PlatformRefund, RefundAccepted } from './types';

export function invalidResponse(name: string, what: string, retryable: boolean): ApiResult<never> {
  return failure('malformed', 'UNEXPECTED_DATA', `${name}: ${what}`, retryable);
}

function otherOrder(name: string, asked: string, got: string, retryable: boolean): ApiResult<never> {
  const message = `${name}: asked about ${printable(asked, 64)}, but the answer is about ${printable(got, 64)}`;
  return failure('malformed', 'OTHER_ORDER', message, retryable);
}

/** The first value that an answer gives otherwise than it was asked; absent ones say nothing. */
function findMismatch(fields: JsonObject, asked: Readonly<Record<string, string>>): [string, string] | null {
  for (const [name, value] of Object.entries(asked)) {
    const got = readText(fields[name]);
    if (got !== null && got !== '0' && got !== value) return [value, got];
  }
  return null;
}

export function readOrder(data: unknown, asked: string): ApiResult<PlatformOrder> {
  const fields: JsonObject = isJsonObject(data) ? data : {};
  const orderId = readId(fields.orderId);
  const tpOrderId = readText(fields.tpOrderId);
  if (orderId === null || tpOrderId === null) {
    return invalidResponse('findByTpOrderId', 'the answer holds no orderId or tpOrderId', true);
  }
  if (tpOrderId !== asked) return otherOrder('findByTpOrderId', asked, tpOrderId, true);
  const statusCode = readInteger(fields.status);
  const status =
    statusCode === 2 ? 'paid' : statusCode === 1 ? 'unpaid' : statusCode === -1 ? 'cancelled' : 'unknown';
  return {
    ok: true,
    data: {
      orderId,
      tpOrderId,
      dealId: readId(fields.dealId),
      userId: readId(fields.userId),
      status,
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
    refundStatus: code === 1 ? 'pending' : code === 2 ? 'success' : code === 3 ? 'failed' : 'unknown',
    refundStatusCode: code,
  };
}

/** @param asked parameters of the request that an item may repeat */
export function readRefunds(
  data: unknown,
  asked: Readonly<Record<string, string>>,
): ApiResult<PlatformRefund[]> {
  if (!Array.isArray(data)) return invalidResponse('findOrderRefund', 'the answer is no list', true);
  for (const item of data.filter(isJsonObject)) {
    const mismatch = findMismatch(item, asked);
    if (mismatch) return otherOrder('findOrderRefund', ...mismatch, true);
  }
  const refunds = data.map(readRefund);
  return refunds.every(refund => refund !== null)
    ? { ok: true, data: refunds }
    : invalidResponse('findOrderRefund', 'a refund has no refundBatchId', true);
}

export function readBill(name: string, data: unknown): ApiResult<Bill> {
  const list: unknown = isJsonObject(data) ? data.data : data;
  if (!Array.isArray(list)) return invalidResponse(name, 'the answer is no list', true);
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

/** @param asked parameters of the request that the answer may repeat */
export function readAccepted(
  data: unknown,
  asked: Readonly<Record<string, string>>,
): ApiResult<RefundAccepted> {
  const fields: JsonObject = isJsonObject(data) ? data : {};
  const mismatch = findMismatch(fields, asked);
  if (mismatch) return otherOrder('applyOrderRefund', ...mismatch, false);
  const refundBatchId = readId(fields.refundBatchId);
  return refundBatchId === null
    ? invalidResponse(
        'applyOrderRefund',
        'accepted, but the answer holds no refundBatchId; ask findOrderRefund',
        false,
      )
    : { ok: true, data: { refundBatchId, refundPayMoney: readInteger(fields.refundPayMoney) } };
}
