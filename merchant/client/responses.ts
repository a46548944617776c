/**
 * The data of each answer, read into its type. Where the documents contradict themselves, both forms are taken.
 */
import { isJsonObject } from '../json';
import type { JsonObject } from '../json';
import { readId, readInteger, readText } from '../json';
import { failure } from './result';
import type { ApiResult } from './result';
import type { Bill, BillFile, PlatformOrder, PlatformRefund, RefundAccepted } from './types';

export function malformed(name: string, what: string, retryable: boolean): ApiResult<never> {
  return failure('malformed', 'UNEXPECTED_DATA', `${name}: ${what}`, retryable);
}

export function readOrder(data: unknown): ApiResult<PlatformOrder> {
  const fields: JsonObject = isJsonObject(data) ? data : {};
  const orderId = readId(fields.orderId);
  const tpOrderId = readText(fields.tpOrderId);
  if (orderId === null || tpOrderId === null) {
    return malformed('findByTpOrderId', 'the answer holds no orderId or tpOrderId', true);
  }
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

export function readRefunds(data: unknown): ApiResult<PlatformRefund[]> {
  if (!Array.isArray(data)) return malformed('findOrderRefund', 'the answer is no list', true);
  const refunds = data.map(readRefund);
  return refunds.every(refund => refund !== null)
    ? { ok: true, data: refunds }
    : malformed('findOrderRefund', 'a refund has no refundBatchId', true);
}

export function readBill(name: string, data: unknown): ApiResult<Bill> {
  const list: unknown = isJsonObject(data) ? data.data : data;
  if (!Array.isArray(list)) return malformed(name, 'the answer is no list', true);
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

export function readAccepted(data: unknown): ApiResult<RefundAccepted> {
  const fields: JsonObject = isJsonObject(data) ? data : {};
  const refundBatchId = readId(fields.refundBatchId);
  return refundBatchId === null
    ? malformed(
        'applyOrderRefund',
        'accepted, but the answer holds no refundBatchId; ask findOrderRefund',
        false,
      )
    : { ok: true, data: { refundBatchId, refundPayMoney: readInteger(fields.refundPayMoney) } };
}
