/** The six interfaces of the payment service: what each reads from its parameters, and what it answers. */
import type { Database } from '../../../lib/database';
import { BusinessError } from '../errors';
import type { ApiMethod } from '../faults';
import { applyRefund } from '../refunds';
import type { Settings } from '../settings';
import { requestStatement, statementDayProblem, type StatementKind } from '../statements';
import { formatBeijing } from '../time-zone';
import type { Service } from '../validate-order';
import { cancelOrder, findOrder, findRefunds } from './order-store';
import type { Params } from './params';

export interface ApiDeps {
  database: Database;
  services: Service[];
  settings: Settings;
  clockScale: number;
  now: () => number;
  /** something became due */
  runNow: () => void;
  /** where the cashier is mounted, as a URL */
  base: string;
}

/** @returns the data of a success; @throws BusinessError */
type Handler = (params: Params, service: Service, deps: ApiDeps) => Promise<unknown>;

export const METHODS: Record<Exclude<ApiMethod, 'token'>, { verb: 'GET' | 'POST'; handle: Handler }> = {
  findByTpOrderId: { verb: 'GET', handle: findByTpOrderId },
  cancelOrder: { verb: 'GET', handle: closeOrder },
  applyOrderRefund: { verb: 'POST', handle: applyOrderRefund },
  findOrderRefund: { verb: 'GET', handle: findOrderRefund },
  orderBill: { verb: 'GET', handle: (...call) => statement('order', ...call) },
  capitaBill: { verb: 'GET', handle: (...call) => statement('capital', ...call) },
};

/** Real ms of a time on Baidu's clock. */
const scaled = (ms: number, { clockScale }: ApiDeps) => Math.ceil(ms / clockScale);

const unknownOrder = ({ errno }: Settings, data: unknown = null) =>
  new BusinessError(errno.orderUnknown, '系统错误: 订单未找到', data);

async function findByTpOrderId(
  params: Params,
  service: Service,
  { database, settings }: ApiDeps,
): Promise<unknown> {
  const order = await findOrder(database, service, params.text('tpOrderId'), settings);
  if (!order) throw unknownOrder(settings);
  return order;
}

async function closeOrder(
  params: Params,
  service: Service,
  { database, settings }: ApiDeps,
): Promise<unknown> {
  const result = await cancelOrder(database, service, params.integer('orderId'));
  if (result === 'unknown') throw unknownOrder(settings, false);
  if (result === 'paid')
    throw new BusinessError(settings.errno.refused, '系统错误: 已支付订单不能关闭', false);
  return true;
}

async function applyOrderRefund(params: Params, service: Service, deps: ApiDeps): Promise<unknown> {
  const { database, settings, now } = deps;
  const { errno } = settings;
  params.oneOf('refundType', ['1', '2', '3']);
  const request = {
    orderId: params.integer('orderId'),
    tpOrderId: params.text('tpOrderId'),
    bizRefundBatchId: params.text('bizRefundBatchId', 64),
    reason: params.text('refundReason'),
    money: params.optional('applyRefundMoney') === undefined ? null : params.integer('applyRefundMoney'),
    notifyUrl: params.notifyUrl('refundNotifyUrl', service.refundNotifyUrl, settings.notifyHosts),
  };
  checkUser(params, settings);
  if (request.money === 0) params.invalid('applyRefundMoney', 'at least 1 fen');
  if (params.oneOf('isSkipAudit', ['0', '1']) === '0') {
    throw new BusinessError(errno.refused, '未设置退款审核地址，请使用 isSkipAudit=1');
  }
  const at = now();
  const refund = await applyRefund(database, service, request, {
    now: at,
    dueAt: at + scaled(settings.refundDuration, deps),
  });
  deps.runNow();
  if (refund.accepted) {
    return { refundBatchId: String(refund.refundBatchId), refundPayMoney: refund.refundPayMoney };
  }
  throw refund.orderUnknown
    ? unknownOrder(settings)
    : new BusinessError(errno.refused, `系统错误: ${refund.message}`);
}

async function findOrderRefund(
  params: Params,
  service: Service,
  { database, settings }: ApiDeps,
): Promise<unknown> {
  const userId = checkUser(params, settings);
  const refunds = await findRefunds(database, service, params.text('tpOrderId'), userId);
  if (!refunds) throw unknownOrder(settings);
  return refunds;
}

/** 对账单: the first call starts the export, later ones return its state. */
async function statement(
  kind: StatementKind,
  params: Params,
  service: Service,
  deps: ApiDeps,
): Promise<unknown> {
  const { database, settings, now, base } = deps;
  const day = params.text('billTime');
  const at = now();
  const problem = statementDayProblem(day, at);
  if (problem) params.invalid('billTime', problem);
  const times = { now: at, readyAt: at + scaled(settings.billDuration, deps) };
  const wanted = { app_key: service.appKey, kind, day };
  const { createdAt, ...rest } = await requestStatement(database, wanted, base, settings, times);
  return { totalCount: 1, data: [{ createTime: formatBeijing(createdAt), ...rest }] };
}

function checkUser(params: Params, { userId }: Settings): number {
  if (params.integer('userId') !== userId) params.invalid('userId', 'that of the payment notification');
  return userId;
}
