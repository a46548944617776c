import type { Queryable } from '../../../lib/database';
import { jsonObject } from '../../../utils/order/order-info';
import type { Service } from '../validate-order';
import type { StoredOrder } from '../orders';
import type { Settings } from '../settings';

type PaidRow = StoredOrder & {
  total_money: number | null;
  promo_money: number | null;
  trade_no: string | null;
};

/** 查询订单: the documented fields, or null for an order that was never opened in the cashier. */
export async function findOrder(
  db: Queryable,
  service: Service,
  tpOrderId: string,
  settings: Settings,
): Promise<Record<string, unknown> | null> {
  const { rows } = await db.query<PaidRow>(
    `SELECT orders.*, total_money, promo_money, trade_no
     FROM baidu.orders LEFT JOIN baidu.charges USING (order_id) WHERE app_key = $1 AND tp_order_id = $2`,
    [service.appKey, tpOrderId],
  );
  const [order] = rows;
  if (!order) return null;
  return {
    orderId: order.order_id,
    tpOrderId: order.tp_order_id,
    dealId: Number(order.deal_id),
    userId: settings.userId,
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
    openId: settings.openId,
    appKey: service.clientId,
    appId: service.appId ?? 0,
  };
}

/** bizInfo as a phone sends it on: it parses the text, adds keys of its own and writes it anew. */
function bizInfoOfPhone(bizInfo: string, service: Service): string {
  const sent = bizInfo === '' ? {} : jsonObject(bizInfo);
  return sent ? JSON.stringify({ ...sent, swanFrom: 'swan', cuid: '', appId: service.clientId }) : bizInfo;
}

/** 关闭订单. Closing twice is closing; a paid order stays as it is. */
export async function cancelOrder(
  db: Queryable,
  { appKey }: Service,
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

/** 查询退款: one item for each batch; here refundStatus is 1 退款中, 2 退款成功, 3 退款失败. Null for an unknown order. */
export async function findRefunds(
  db: Queryable,
  { appKey }: Service,
  tpOrderId: string,
  userId: number,
): Promise<Record<string, unknown>[] | null> {
  const { rows: orders } = await db.query(
    'SELECT 1 FROM baidu.orders WHERE app_key = $1 AND tp_order_id = $2',
    [appKey, tpOrderId],
  );
  if (orders.length === 0) return null;
  const { rows } = await db.query<{
    biz_refund_batch_id: string | null;
    order_id: number;
    refund_batch_id: number;
    status: number;
  }>(
    `SELECT r.biz_refund_batch_id, r.order_id, r.refund_batch_id, r.status
     FROM baidu.refunds r JOIN baidu.orders o USING (order_id)
     WHERE o.app_key = $1 AND o.tp_order_id = $2 ORDER BY r.refund_batch_id`,
    [appKey, tpOrderId],
  );
  return rows.map(row => ({
    bizRefundBatchId: row.biz_refund_batch_id ?? '',
    orderId: row.order_id,
    refundBatchId: row.refund_batch_id,
    refundStatus: row.status,
    userId,
  }));
}
