/** The six interfaces of the payment service: what each reads from its parameters, and what it answers. */
import type { Queryable } from '../../../lib/database';
import type { CashierContext } from '../context';
import { BusinessError } from '../http';
import type { ApiMethod } from '../fault-script';
import { applyRefund } from '../refunds';
import type { Settings } from '../settings';
import { requestStatement, statementDayProblem, type StatementKind } from '../statements';
import { formatBeijing } from '../time-zone';
import type { PaymentService } from '../services';
import type { Params } from './params';
import { toJsonText } from '../../../merchant/json';
import { jsonObject } from '../../../utils/order/order-info';
import type { StoredOrder } from '../orders';

export interface ApiDeps extends CashierContext {
  /** http://127.0.0.1:8790/baidu: statements are downloaded below it */
  cashierUrl: string;
}

/** @returns the data of a success; @throws BusinessError */
type Handler = (params: Params, service: PaymentService, deps: ApiDeps) => Promise<unknown>;

export const METHODS: Record<Exclude<ApiMethod, 'token'>, { verb: 'GET' | 'POST'; handle: Handler }> = {
  findByTpOrderId: { verb: 'GET', handle: findByTpOrderId },
  cancelOrder: { verb: 'GET', handle: cancelOrder },
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
  service: PaymentService,
  { database, settings }: ApiDeps,
): Promise<unknown> {
  const order = await findOrder(database, service, params.text('tpOrderId'), settings);
  if (!order) throw unknownOrder(settings);
  return order;
}

async function cancelOrder(
  params: Params,
  service: PaymentService,
  { database, settings }: ApiDeps,
): Promise<unknown> {
  const result = await closeUnpaidOrder(database, service, params.integer('orderId'));
  if (result === 'unknown') throw unknownOrder(settings, false);
  if (result === 'paid')
    throw new BusinessError(settings.errno.refused, '系统错误: 已支付订单不能关闭', false);
  return true;
}

async function applyOrderRefund(params: Params, service: PaymentService, deps: ApiDeps): Promise<unknown> {
  const { database, settings, now } = deps;
  const { errno } = settings;
  params.oneOf('refundType', ['1', '2', '3']);
  const request = {
    orderId: params.integer('orderId'),
    userId: params.integer('userId'),
    tpOrderId: params.text('tpOrderId'),
    bizRefundBatchId: params.text('bizRefundBatchId', 64),
    reason: params.text('refundReason'),
    money: params.optional('applyRefundMoney') === undefined ? null : params.integer('applyRefundMoney'),
    notifyUrl: params.notifyUrl('refundNotifyUrl', service.refundNotifyUrl, settings.notifyHosts),
  };
  if (request.money === 0) params.throwInvalid('applyRefundMoney', 'at least 1 fen');
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
    if (!refund.isConsumed && settings.refundBeforeConsumed === 'wait') {
      deps.log(
        `refund ${refund.refundBatchId} of order ${request.orderId} waits: it is carried out when your backend has accepted the notification of the payment`,
      );
    }
    return { refundBatchId: String(refund.refundBatchId), refundPayMoney: refund.refundPayMoney };
  }
  if (refund.unmatched === 'order') throw unknownOrder(settings);
  if (refund.unmatched === 'user') throwWrongUser(params);
  throw new BusinessError(errno.refused, `系统错误: ${refund.message}`);
}

async function findOrderRefund(
  params: Params,
  service: PaymentService,
  { database, settings }: ApiDeps,
): Promise<unknown> {
  const userId = params.integer('userId');
  const refunds = await findRefunds(database, service, params.text('tpOrderId'), userId);
  if (refunds === 'order-unknown') throw unknownOrder(settings);
  return refunds === 'wrong-user' ? throwWrongUser(params) : refunds;
}

/** 对账单: the first call starts the export, later ones return its state. */
async function statement(
  kind: StatementKind,
  params: Params,
  service: PaymentService,
  deps: ApiDeps,
): Promise<unknown> {
  const { database, settings, now, cashierUrl } = deps;
  const day = params.text('billTime');
  const at = now();
  const problem = statementDayProblem(day, at);
  if (problem) params.throwInvalid('billTime', problem);
  const times = { now: at, readyAt: at + scaled(settings.statementDuration, deps) };
  const wanted = { app_key: service.appKey, kind, day };
  const { createdAt, ...rest } = await requestStatement(database, wanted, times, {
    cashierUrl,
    exportStatus: settings.exportStatus,
  });
  return { totalCount: 1, data: [{ createTime: formatBeijing(createdAt), ...rest }] };
}

/** @throws BusinessError always */
function throwWrongUser(params: Params): never {
  params.throwInvalid('userId', 'that of the payment notification');
}

type PaidRow = StoredOrder & {
  total_money: number | null;
  promo_money: number | null;
  trade_no: string | null;
};

/**
 * 查询订单: the documented fields, or null for an order that was never opened in the cashier. It answers about one order; of
 * several users' orders of one number that is the paid one.
 */
async function findOrder(
  db: Queryable,
  service: PaymentService,
  tpOrderId: string,
  settings: Settings,
): Promise<Record<string, unknown> | null> {
  const { rows } = await db.query<PaidRow>(
    `SELECT orders.*, total_money, promo_money, trade_no
     FROM baidu.orders LEFT JOIN baidu.charges USING (order_id) WHERE app_key = $1 AND tp_order_id = $2
     ORDER BY (status = 2) DESC, order_id LIMIT 1`,
    [service.appKey, tpOrderId],
  );
  const [order] = rows;
  if (!order) return null;
  return {
    orderId: order.order_id,
    tpOrderId: order.tp_order_id,
    dealId: Number(order.deal_id),
    userId: order.user_id,
    status: order.status,
    subStatus: 0,
    type: 0,
    count: 1,
    oriPrice: order.amount,
    settlePrice: order.amount,
    totalMoney: order.amount,
    payMoney: order.total_money === null ? 0 : order.total_money - (order.promo_money ?? 0),
    tradeNo: order.trade_no ?? '',
    payType: order.trade_no === null ? 0 : settings.payType,
    tpId: 0,
    createTime:
      settings.createTimeUnit === 'seconds' ? Math.floor(order.created_at / 1000) : order.created_at,
    parentOrderId: 0,
    parentType: 0,
    bizInfo: bizInfoOfPhone(order.biz_info, service),
    openId: order.user_id === settings.userId ? settings.openId : `demoOpenId${order.user_id}`,
    appKey: service.clientId,
    appId: service.appId ?? 0,
  };
}

/** bizInfo as a phone sends it on: it parses the text, adds keys of its own and writes it anew. */
function bizInfoOfPhone(bizInfo: string, service: PaymentService): string {
  const sent = bizInfo === '' ? {} : jsonObject(bizInfo);
  return (sent && toJsonText({ ...sent, swanFrom: 'swan', cuid: '', appId: service.clientId })) ?? bizInfo;
}

/** 关闭订单. Closing twice is closing; a paid order stays as it is. */
async function closeUnpaidOrder(
  db: Queryable,
  { appKey }: PaymentService,
  orderId: number,
): Promise<'closed' | 'paid' | 'unknown'> {
  const { rows: closed } = await db.query(
    `UPDATE baidu.orders SET status = -1, planned_outcome = NULL, charge_due_at = NULL
     WHERE app_key = $1 AND order_id = $2 AND status <> 2 RETURNING order_id`,
    [appKey, orderId],
  );
  if (closed.length > 0) return 'closed';
  const { rows } = await db.query('SELECT 1 FROM baidu.orders WHERE app_key = $1 AND order_id = $2', [
    appKey,
    orderId,
  ]);
  return rows.length > 0 ? 'paid' : 'unknown';
}

/** 查询退款: one item for each batch; here refundStatus is 1 退款中, 2 退款成功, 3 退款失败. Under each user only their own. */
async function findRefunds(
  db: Queryable,
  { appKey }: PaymentService,
  tpOrderId: string,
  userId: number,
): Promise<Record<string, unknown>[] | 'order-unknown' | 'wrong-user'> {
  const { rows: orders } = await db.query<{ user_id: number }>(
    'SELECT user_id FROM baidu.orders WHERE app_key = $1 AND tp_order_id = $2',
    [appKey, tpOrderId],
  );
  if (orders.length === 0) return 'order-unknown';
  if (!orders.some(order => order.user_id === userId)) return 'wrong-user';
  const { rows } = await db.query<{
    biz_refund_batch_id: string | null;
    order_id: number;
    refund_batch_id: number;
    status: number;
  }>(
    `SELECT r.biz_refund_batch_id, r.order_id, r.refund_batch_id, r.status
     FROM baidu.refunds r JOIN baidu.orders o USING (order_id)
     WHERE o.app_key = $1 AND o.tp_order_id = $2 AND o.user_id = $3 ORDER BY r.refund_batch_id`,
    [appKey, tpOrderId, userId],
  );
  return rows.map(row => ({
    bizRefundBatchId: row.biz_refund_batch_id ?? '',
    orderId: row.order_id,
    refundBatchId: row.refund_batch_id,
    refundStatus: row.status,
    userId,
  }));
}
