import type { Queryable } from '../../lib/database';
import type { Locale } from '../../merchant';
import type { RefundFailure } from './refunds';
import { listWaitingCalls, type WaitingCall } from './waiting-calls';
import type { RejectedCall } from './rejection-log';

/**
 * What the database holds, as JSON, newest first; amounts in fen, times in ms. What `GET _state`, the developer panel and the
 * console show.
 */
export interface CashierState {
  orders: OrderRow[];
  charges: ChargeRow[];
  notifications: NotificationRow[];
  refunds: RefundRow[];
  /** cashier calls that wait for the developer's decision, of any order */
  calls: WaitingCall[];
  /** newest first */
  rejections: RejectedCall[];
}

export interface OrderRow {
  orderId: number;
  appKey: string;
  tpOrderId: string;
  userId: number;
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
  /** in the language that was asked for */
  explanation: string;
  startedAt: number;
  finishedAt: number;
}

export interface RefundRow {
  refundBatchId: number;
  bizRefundBatchId: string | null;
  orderId: number;
  tpOrderId: string;
  money: number;
  reason: string;
  /** 1 退款中, 2 退款成功, 3 退款失败 */
  status: number;
  /** why it does not go on, or failed; null for most */
  statusReason: RefundStatusReason | null;
  createdAt: number;
  finishedAt: number | null;
}

/** `not-consumed`: it waits until the merchant accepts the notification of the payment. */
export type RefundStatusReason = RefundFailure | 'not-consumed';

/** A notification may have hundreds of attempts, and the developer panel polls every two seconds. */
const LAST_ATTEMPTS = 5;
const REPLY_CHARACTERS = 500;

/**
 * @param filter.tpOrderId only what belongs to this order
 * @param filter.limit newest orders at most
 */
export async function readCashierState(
  db: Queryable,
  rejections: RejectedCall[],
  locale: Locale,
  filter: { tpOrderId?: string; limit: number },
): Promise<CashierState> {
  const orders = await readOrders(db, filter);
  const orderIds = orders.map(order => order.orderId);
  return {
    orders,
    charges: await readCharges(db, orderIds),
    notifications: await readNotifications(db, locale, orderIds),
    refunds: await readRefunds(db, orderIds),
    calls: await listWaitingCalls(db, filter.limit),
    rejections: [...rejections].reverse(),
  };
}

async function readOrders(
  db: Queryable,
  { tpOrderId, limit }: { tpOrderId?: string; limit: number },
): Promise<OrderRow[]> {
  const { rows } = await db.query<OrderRow>(
    `SELECT order_id AS "orderId", app_key AS "appKey", tp_order_id AS "tpOrderId", user_id AS "userId", title, amount,
       status, consumed,
       created_at AS "createdAt"
     FROM baidu.orders WHERE $1::text IS NULL OR tp_order_id = $1 ORDER BY order_id DESC LIMIT $2`,
    [tpOrderId ?? null, limit],
  );
  return rows;
}

async function readCharges(db: Queryable, orderIds: number[]): Promise<ChargeRow[]> {
  const { rows } = await db.query<ChargeRow>(
    `SELECT c.order_id AS "orderId", o.tp_order_id AS "tpOrderId", trade_no AS "tradeNo", channel,
       total_money AS "totalMoney", promo_money AS "promoMoney", paid_at AS "paidAt"
     FROM baidu.charges c JOIN baidu.orders o USING (order_id)
     WHERE c.order_id = ANY ($1::bigint[]) ORDER BY c.order_id DESC`,
    [orderIds],
  );
  return rows;
}

async function readNotifications(
  db: Queryable,
  locale: Locale,
  orderIds: number[],
): Promise<NotificationRow[]> {
  const { rows: notifications } = await db.query<Omit<NotificationRow, 'attempts'>>(
    `SELECT n.id, kind, n.order_id AS "orderId", o.tp_order_id AS "tpOrderId", refund_batch_id AS "refundBatchId",
       url, params, state, due_at AS "dueAt",
       (SELECT count(*)::integer FROM baidu.attempts WHERE notification_id = n.id) AS "attemptCount"
     FROM baidu.notifications n JOIN baidu.orders o USING (order_id)
     WHERE n.order_id = ANY ($1::bigint[]) ORDER BY n.id DESC`,
    [orderIds],
  );
  const { rows: attempts } = await db.query<AttemptRow & { notificationId: number }>(
    `SELECT notification_id AS "notificationId", number, http_status AS "httpStatus", left(reply, $2) AS reply,
       verdict, CASE WHEN $4 THEN coalesce(explanation_zh, explanation) ELSE explanation END AS explanation,
       started_at AS "startedAt", finished_at AS "finishedAt"
     FROM unnest($1::bigint[]) AS wanted (id) CROSS JOIN LATERAL (
       SELECT * FROM baidu.attempts WHERE notification_id = wanted.id ORDER BY id DESC LIMIT $3) AS last
     ORDER BY last.id`,
    [notifications.map(({ id }) => id), REPLY_CHARACTERS, LAST_ATTEMPTS, locale === 'zh-CN'],
  );
  return notifications.map(notification => ({
    ...notification,
    attempts: attempts
      .filter(({ notificationId }) => notificationId === notification.id)
      .map(({ notificationId: _, ...attempt }) => attempt),
  }));
}

async function readRefunds(db: Queryable, orderIds: number[]): Promise<RefundRow[]> {
  const { rows } = await db.query<RefundRow>(
    `SELECT refund_batch_id AS "refundBatchId", biz_refund_batch_id AS "bizRefundBatchId", r.order_id AS "orderId",
       o.tp_order_id AS "tpOrderId", money, reason, r.status,
       coalesce(failure, CASE WHEN r.status = 1 AND o.status = 2 AND NOT consumed THEN 'not-consumed' END) AS "statusReason",
       r.created_at AS "createdAt", finished_at AS "finishedAt"
     FROM baidu.refunds r JOIN baidu.orders o USING (order_id)
     WHERE r.order_id = ANY ($1::bigint[]) ORDER BY refund_batch_id DESC`,
    [orderIds],
  );
  return rows;
}
