import type { Database, Queryable } from '../../lib/database';
import { formatFen } from '../../utils/order/money';
import type { CashierContext } from './context';
import { consoleNotifyUrl, type PaymentService } from './services';
import { startOfDay } from './time-zone';
import { refundParams } from './notifications';
import type { Settings } from './settings';

/** What applyOrderRefund asks for, already read and checked for form. */
interface RefundRequest {
  orderId: number;
  userId: number;
  tpOrderId: string;
  bizRefundBatchId: string;
  reason: string;
  /** fen; null = the whole order */
  money: number | null;
  /** of the refund's own, '' when there is none */
  notifyUrl: string;
}

type RefundAnswer =
  | {
      accepted: true;
      refundBatchId: number;
      /** fen that go back to the user */
      refundPayMoney: number;
      /** the payment counts as 已消费 */
      isConsumed: boolean;
    }
  | { accepted: false; unmatched?: 'order' | 'user'; message: string };

/** Why a refund failed: `_faults` said so, or 每日退款上限 was reached. */
export type RefundFailure = 'scripted' | 'daily-limit';

interface PaidOrder {
  order_id: number;
  user_id: number;
  status: number;
  consumed: boolean;
  total_money: number | null;
  promo_money: number | null;
}

const refused = (message: string): RefundAnswer => ({ accepted: false, message });

/**
 * 申请退款: accepts a refund, which is carried out later. The same bizRefundBatchId again gives the same answer, no second
 * refund.
 */
export async function applyRefund(
  database: Database,
  { appKey }: PaymentService,
  request: RefundRequest,
  times: { now: number; dueAt: number },
): Promise<RefundAnswer> {
  return database.transaction(async tx => {
    const { rows: orders } = await tx.query<PaidOrder>(
      `SELECT order_id, user_id, status, consumed, total_money, promo_money
       FROM baidu.orders LEFT JOIN baidu.charges USING (order_id)
       WHERE app_key = $1 AND order_id = $2 AND tp_order_id = $3 FOR UPDATE OF orders`,
      [appKey, request.orderId, request.tpOrderId],
    );
    const [order] = orders;
    if (!order) return { accepted: false, unmatched: 'order', message: '订单未找到' };
    if (order.user_id !== request.userId) return { accepted: false, unmatched: 'user', message: 'userId' };
    if (order.status !== 2 || order.total_money === null || order.promo_money === null) {
      return refused('订单未支付或已取消，不允许退款');
    }
    const promoMoney = order.promo_money;
    const money = request.money ?? order.total_money;
    const acceptedAs = (refundBatchId: number): RefundAnswer => {
      const refundPayMoney = money - promoMoney;
      return { accepted: true, refundBatchId, refundPayMoney, isConsumed: order.consumed };
    };

    const { rows: known } = await tx.query<{ refund_batch_id: number; order_id: number; money: number }>(
      'SELECT refund_batch_id, order_id, money FROM baidu.refunds WHERE app_key = $1 AND biz_refund_batch_id = $2',
      [appKey, request.bizRefundBatchId],
    );
    const [earlier] = known;
    if (earlier) {
      return earlier.order_id === order.order_id && earlier.money === money
        ? acceptedAs(earlier.refund_batch_id)
        : refused('bizRefundBatchId 已用于另一笔退款');
    }
    if (promoMoney > 0 && money !== order.total_money) return refused('使用平台优惠的订单只能整单退款');
    const left = order.total_money - (await refundedMoney(tx, order.order_id));
    if (money > left) return refused(`退款金额超过可退金额，可退 ${left} 分`);

    const { rows: made } = await tx.query<{ refund_batch_id: number }>(
      `INSERT INTO baidu.refunds
         (order_id, app_key, biz_refund_batch_id, money, reason, notify_url, status, due_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)
       ON CONFLICT (app_key, biz_refund_batch_id) DO NOTHING RETURNING refund_batch_id`,
      [
        order.order_id,
        appKey,
        request.bizRefundBatchId,
        money,
        request.reason,
        request.notifyUrl,
        times.dueAt,
        times.now,
      ],
    );
    const [refund] = made;
    // Another order took the same number at this very moment.
    if (!refund) return refused('bizRefundBatchId 已用于另一笔退款');
    return acceptedAs(refund.refund_batch_id);
  });
}

interface DueRefund {
  refund_batch_id: number;
  /** 异常退款: the rest of this payment went back already */
  is_given_back: boolean;
  order_id: number;
  user_id: number;
  app_key: string;
  tp_order_id: string;
  notify_url: string;
  money: number;
}

/**
 * Carries out what is due: the result and its notification in one transaction. A refund waits until the payment counts as
 * 已消费. It does not when the merchant had the payment given back: then that never comes.
 */
export async function settleRefunds(context: CashierContext): Promise<void> {
  const { database, services, settings, log } = context;
  const now = context.now();
  const failed: { refundBatchId: number; failure: RefundFailure }[] = [];
  await database.transaction(async tx => {
    const { rows } = await tx.query<DueRefund>(
      `SELECT refund_batch_id, o.status = -1 AS is_given_back, r.order_id, user_id, r.app_key, tp_order_id, r.notify_url,
         money
       FROM baidu.refunds r JOIN baidu.orders o USING (order_id)
       WHERE r.status = 1 AND r.due_at <= $1 AND (o.consumed OR o.status = -1 OR $2)
       ORDER BY r.due_at LIMIT 20 FOR UPDATE OF r SKIP LOCKED`,
      [now, settings.refundBeforeConsumed === 'allow'],
    );
    for (const refund of rows) {
      const failure = refund.is_given_back ? null : await failureOf(tx, refund, context, now);
      if (failure !== null) failed.push({ refundBatchId: refund.refund_batch_id, failure });
      await tx.query(
        'UPDATE baidu.refunds SET status = $2, failure = $3, finished_at = $4 WHERE refund_batch_id = $1',
        [refund.refund_batch_id, failure === null ? 2 : 3, failure, now],
      );
      const params = refundParams({
        userId: refund.user_id,
        orderId: refund.order_id,
        tpOrderId: refund.tp_order_id,
        refundBatchId: refund.refund_batch_id,
        succeeded: failure === null,
      });
      const url = refund.notify_url || consoleNotifyUrl(services, refund.app_key, 'refund') || '';
      await tx.query(
        `INSERT INTO baidu.notifications (kind, order_id, refund_batch_id, url, params, state, due_at, created_at)
         VALUES ('refund', $1, $2, $3, $4::jsonb, CASE $3 WHEN '' THEN 'held' ELSE 'waiting' END, $5, $5)`,
        [refund.order_id, refund.refund_batch_id, url, JSON.stringify(params), now],
      );
    }
  });
  for (const { refundBatchId, failure } of failed)
    log(`refund ${refundBatchId} failed: ${describeFailure(failure, settings)}`);
}

/** @returns why a refund fails when it is carried out, or null */
async function failureOf(
  tx: Queryable,
  refund: DueRefund,
  { faults, settings }: Pick<CashierContext, 'faults' | 'settings'>,
  now: number,
): Promise<RefundFailure | null> {
  if (faults.takeRefund() === 'fail') return 'scripted';
  const left = settings.dailyRefundLimit - refund.money;
  return (await isMoreRefunded(tx, refund.app_key, startOfDay(now), left)) ? 'daily-limit' : null;
}

function describeFailure(failure: RefundFailure, { dailyRefundLimit }: Settings): string {
  return failure === 'scripted'
    ? 'scripted in _faults'
    : `more than ${formatFen(dailyRefundLimit)} yuan would be refunded today, the limit of a day (每日退款上限)`;
}

/**
 * 异常退款: the merchant's reply to a payment notification asked for it. What is left of the payment goes back at once and
 * the order counts as cancelled. Part of the transaction that records the reply.
 */
export async function refundAbnormal(tx: Queryable, orderId: number, now: number): Promise<void> {
  const { rows } = await tx.query<{ total_money: number; app_key: string }>(
    `SELECT total_money, app_key FROM baidu.orders JOIN baidu.charges USING (order_id)
     WHERE order_id = $1 FOR UPDATE OF orders`,
    [orderId],
  );
  const [order] = rows;
  if (!order) return;
  const left = order.total_money - (await refundedMoney(tx, orderId));
  await tx.query('UPDATE baidu.orders SET status = -1 WHERE order_id = $1', [orderId]);
  if (left <= 0) return;
  await tx.query(
    `INSERT INTO baidu.refunds (order_id, app_key, money, reason, status, due_at, created_at, finished_at)
     VALUES ($1, $2, $3, '异常退款', 2, $4, $4, $4)`,
    [orderId, order.app_key, left, now],
  );
}

/** fen of the order that went back or are on their way */
async function refundedMoney(tx: Queryable, orderId: number): Promise<number> {
  const { rows } = await tx.query<{ sum: number }>(
    'SELECT coalesce(sum(money), 0)::bigint AS sum FROM baidu.refunds WHERE order_id = $1 AND status <> 3',
    [orderId],
  );
  return rows[0]?.sum ?? 0;
}

/**
 * Whether more than `limit` fen went back since then. The limit does not stop payments that are given back, so the sum may
 * be more than a number of JavaScript holds: the database compares.
 */
async function isMoreRefunded(tx: Queryable, appKey: string, since: number, limit: number): Promise<boolean> {
  const { rows } = await tx.query<{ is_more: boolean }>(
    `SELECT coalesce(sum(money), 0) > $3::bigint AS is_more FROM baidu.refunds
     WHERE app_key = $1 AND status = 2 AND finished_at >= $2`,
    [appKey, since, limit],
  );
  return rows[0]?.is_more === true;
}
