import type { Queryable } from '../../lib/database';
import type { StoredOrder } from './orders';
import { listOpenCalls, type OpenCall } from './open-calls';
import type { RejectedCall } from './rejections';

/**
 * What the database holds, as JSON, newest first; amounts in fen, times in ms. What `GET _state`, the dev panel and the
 * console show.
 */
export interface CashierState {
  orders: OrderRow[];
  charges: ChargeRow[];
  notifications: NotificationRow[];
  refunds: RefundRow[];
  /** cashier calls that wait for a person, of any order */
  calls: OpenCall[];
  /** newest first */
  rejections: RejectedCall[];
}

export interface OrderRow {
  orderId: number;
  appKey: string;
  tpOrderId: string;
  title: string;
  amount: number;
  /** 1 未支付, 2 已支付, -1 订单取消 */
  status: number;
  consumed: boolean;
  createdAt: number;
}

interface ChargeRow {
  orderId: number;
  tpOrderId: string;
  tradeNo: string;
  channel: string;
  totalMoney: number;
  promoMoney: number;
  paidAt: number;
}

export interface NotificationRow {
  id: number;
  kind: 'pay' | 'refund';
  orderId: number;
  tpOrderId: string;
  refundBatchId: number | null;
  url: string;
  params: Record<string, string>;
  state: 'waiting' | 'held' | 'done' | 'abnormal-refund' | 'given-up';
  dueAt: number;
  /** how many were made; `attempts` has the last of them */
  attemptCount: number;
  attempts: AttemptRow[];
}

export interface AttemptRow {
  number: number;
  /** null: no reply arrived */
  httpStatus: number | null;
  /** its beginning */
  reply: string;
  verdict: string;
  explanation: string;
  startedAt: number;
  finishedAt: number;
}

interface RefundRow {
  refundBatchId: number;
  bizRefundBatchId: string | null;
  orderId: number;
  tpOrderId: string;
  money: number;
  reason: string;
  /** 1 退款中, 2 退款成功, 3 退款失败 */
  status: number;
  createdAt: number;
  finishedAt: number | null;
}

/** A notification may have hundreds of attempts, and the dev panel polls every two seconds. */
const LAST_ATTEMPTS = 5;
const REPLY_CHARACTERS = 500;

/** @param filter.tpOrderId only what belongs to this order; @param filter.limit newest orders at most */
export async function readState(
  db: Queryable,
  rejections: RejectedCall[],
  filter: { tpOrderId?: string; limit: number },
): Promise<CashierState> {
  const { rows: orders } = await db.query<StoredOrder>(
    `SELECT * FROM baidu.orders WHERE $1::text IS NULL OR tp_order_id = $1 ORDER BY order_id DESC LIMIT $2`,
    [filter.tpOrderId ?? null, filter.limit],
  );
  const ids = orders.map(order => order.order_id);
  const { rows: charges } = await db.query<ChargeRow>(
    `SELECT c.order_id AS "orderId", o.tp_order_id AS "tpOrderId", trade_no AS "tradeNo", channel,
       total_money AS "totalMoney", promo_money AS "promoMoney", paid_at AS "paidAt"
     FROM baidu.charges c JOIN baidu.orders o USING (order_id)
     WHERE c.order_id = ANY ($1::bigint[]) ORDER BY c.order_id DESC`,
    [ids],
  );
  const { rows: notifications } = await db.query<Omit<NotificationRow, 'attempts'>>(
    `SELECT n.id, kind, n.order_id AS "orderId", o.tp_order_id AS "tpOrderId", refund_batch_id AS "refundBatchId",
       url, params, state, due_at AS "dueAt",
       (SELECT count(*)::integer FROM baidu.attempts WHERE notification_id = n.id) AS "attemptCount"
     FROM baidu.notifications n JOIN baidu.orders o USING (order_id)
     WHERE n.order_id = ANY ($1::bigint[]) ORDER BY n.id DESC`,
    [ids],
  );
  const { rows: attempts } = await db.query<AttemptRow & { notificationId: number }>(
    `SELECT notification_id AS "notificationId", number, http_status AS "httpStatus", left(reply, $2) AS reply,
       verdict, explanation, started_at AS "startedAt", finished_at AS "finishedAt"
     FROM unnest($1::bigint[]) AS wanted (id) CROSS JOIN LATERAL (
       SELECT * FROM baidu.attempts WHERE notification_id = wanted.id ORDER BY id DESC LIMIT $3) AS last
     ORDER BY last.id`,
    [notifications.map(({ id }) => id), REPLY_CHARACTERS, LAST_ATTEMPTS],
  );
  const { rows: refunds } = await db.query<RefundRow>(
    `SELECT refund_batch_id AS "refundBatchId", biz_refund_batch_id AS "bizRefundBatchId", r.order_id AS "orderId",
       o.tp_order_id AS "tpOrderId", money, reason, r.status, r.created_at AS "createdAt", finished_at AS "finishedAt"
     FROM baidu.refunds r JOIN baidu.orders o USING (order_id)
     WHERE r.order_id = ANY ($1::bigint[]) ORDER BY refund_batch_id DESC`,
    [ids],
  );
  return {
    orders: orders.map(order => ({
      orderId: order.order_id,
      appKey: order.app_key,
      tpOrderId: order.tp_order_id,
      title: order.title,
      amount: order.amount,
      status: order.status,
      consumed: order.consumed,
      createdAt: order.created_at,
    })),
    charges,
    notifications: notifications.map(notification => ({
      ...notification,
      attempts: attempts
        .filter(({ notificationId }) => notificationId === notification.id)
        .map(({ notificationId: _, ...attempt }) => attempt),
    })),
    refunds,
    calls: await listOpenCalls(db, filter.limit),
    rejections: [...rejections].reverse(),
  };
}
