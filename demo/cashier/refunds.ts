import type { Queryable } from '../database';

/**
 * 异常退款: the merchant's reply to a payment notification asked for it. The whole payment goes back at once and the order
 * counts as cancelled. Part of the transaction that records the reply.
 */
export async function refundAbnormal(tx: Queryable, orderId: number, now: number): Promise<void> {
  await tx.query('UPDATE baidu.orders SET status = -1 WHERE order_id = $1', [orderId]);
  await tx.query(
    `INSERT INTO baidu.refunds (order_id, app_key, money, reason, status, due_at, created_at, finished_at)
     SELECT o.order_id, o.app_key, c.total_money - c.promo_money - coalesce(
         (SELECT sum(r.money) FROM baidu.refunds r WHERE r.order_id = o.order_id AND r.status <> 3), 0)::bigint,
       '异常退款', 2, $2, $2, $2
     FROM baidu.orders o JOIN baidu.charges c USING (order_id)
     WHERE o.order_id = $1
       AND c.total_money - c.promo_money > coalesce(
         (SELECT sum(r.money) FROM baidu.refunds r WHERE r.order_id = o.order_id AND r.status <> 3), 0)`,
    [orderId, now],
  );
}
