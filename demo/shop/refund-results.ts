/** The rows of shop.refunds, by what Baidu answers and notifies; the status of an order follows from them. */
import { randomInt } from 'node:crypto';
import type { ApiFailure, PlatformRefund } from '../../merchant';
import type { Queryable } from '../../lib/database';
import type { ShopContext } from './shop-options';
import { withOrderLock } from './orders';

/** A row of shop.refunds. Amounts in fen. */
export interface RefundRow {
  biz_refund_batch_id: string;
  order_id: string;
  tp_order_id: string;
  requested_amount: number | null;
  amount: number;
  reason: string;
  status: 'return-requested' | 'requested' | 'accepted' | 'refused' | 'succeeded' | 'failed';
  refund_batch_id: string | null;
  refusal: string | null;
  attempts: number;
}

/** Begins with the number of the order; the rest is random. */
export function newRefundNumber(tpOrderId: string): string {
  return `R${tpOrderId.slice(0, 50)}-${String(randomInt(1e12)).padStart(12, '0')}`;
}

interface ListedRefunds {
  /** what Baidu lists under any of the users, each refund once */
  refunds: PlatformRefund[];
  /** users whose query failed */
  failures: Map<string, ApiFailure>;
}

/**
 * 查询退款 asks for the refunds of an order under one user, and several users may have paid one order: each is asked for.
 *
 * @param userIds of Baidu; null, of a payment whose user is not known yet, is left out
 */
export async function listRefundsAtBaidu(
  { client }: ShopContext,
  tpOrderId: string,
  userIds: readonly (string | null)[],
): Promise<ListedRefunds> {
  const users = [...new Set(userIds)].filter(userId => userId !== null);
  const answers = await Promise.all(
    users.map(async userId => ({ userId, answer: await client.findOrderRefund({ tpOrderId, userId }) })),
  );
  const failures = new Map<string, ApiFailure>();
  // Whether Baidu separates the refunds of one order by user is not documented.
  const refunds = new Map<string, PlatformRefund>();
  for (const { userId, answer } of answers) {
    if (!answer.ok) failures.set(userId, answer);
    else for (const item of answer.data) refunds.set(item.refundBatchId, item);
  }
  return { refunds: [...refunds.values()], failures };
}

/**
 * What Baidu lists of an order, as syncRefunds has recorded it.
 *
 * @returns null when the list is not complete for the user who made the payment of this refund
 */
export async function refundsOfPayer(
  shop: ShopContext,
  { order_id: orderId, tp_order_id: tpOrderId }: RefundRow,
): Promise<PlatformRefund[] | null> {
  const { refunds, answeredPayments } = await syncRefunds(shop, tpOrderId);
  return answeredPayments.has(orderId) ? refunds : null;
}

/**
 * 查询退款: queries the refunds of all users who paid an order, and records the states of those of this shop.
 *
 * @returns what Baidu lists, and the payments whose users it has answered for
 */
export async function syncRefunds(
  shop: ShopContext,
  tpOrderId: string,
): Promise<{ refunds: PlatformRefund[]; answeredPayments: Set<string> }> {
  const { rows: payments } = await shop.database.query<{ order_id: string; user_id: string | null }>(
    'SELECT order_id, user_id FROM shop.payments WHERE tp_order_id = $1',
    [tpOrderId],
  );
  const { refunds, failures } = await listRefundsAtBaidu(
    shop,
    tpOrderId,
    payments.map(payment => payment.user_id),
  );
  for (const [userId, { message }] of failures) {
    shop.log(`cannot ask for the refunds of order ${tpOrderId} to user ${userId}: ${message}`);
  }
  await withOrderLock(shop.database, tpOrderId, async tx => {
    const { rows } = await tx.query<RefundRow>('SELECT * FROM shop.refunds WHERE tp_order_id = $1', [
      tpOrderId,
    ]);
    for (const item of refunds) {
      const refund = rows.find(
        row =>
          row.biz_refund_batch_id === item.bizRefundBatchId || row.refund_batch_id === item.refundBatchId,
      );
      if (!refund) continue;
      await setAccepted(shop, tx, refund, item.refundBatchId);
      if (item.refundStatus === 'success' || item.refundStatus === 'failed') {
        await setResult(shop, tx, refund, item.refundStatus);
      }
    }
    await updateOrderStatus(tx, tpOrderId);
  });
  const answered = payments.filter(({ user_id: userId }) => userId !== null && !failures.has(userId));
  return { refunds, answeredPayments: new Set(answered.map(payment => payment.order_id)) };
}

interface RefundResult {
  orderId: string;
  refundBatchId: string;
  refundStatus: 'success' | 'failed';
}

/**
 * Records the result of a refund from its notification.
 *
 * @returns false when this shop has no payment with that orderId; nothing was written then
 */
export async function recordRefundResult(shop: ShopContext, result: RefundResult): Promise<boolean> {
  const { orderId, refundBatchId, refundStatus } = result;
  const { rows: payments } = await shop.database.query<{ tp_order_id: string }>(
    'SELECT tp_order_id FROM shop.payments WHERE order_id = $1',
    [orderId],
  );
  const [payment] = payments;
  if (!payment) return false;
  await withOrderLock(shop.database, payment.tp_order_id, async tx => {
    const { rows } = await tx.query<RefundRow>(
      'SELECT * FROM shop.refunds WHERE order_id = $1 AND refund_batch_id = $2',
      [orderId, refundBatchId],
    );
    if (rows[0]) {
      await setResult(shop, tx, rows[0], refundStatus);
      await updateOrderStatus(tx, payment.tp_order_id);
      return;
    }
    // It may be a refund whose acceptance is not stored yet. The notification lacks our number, so the worker queries
    // Baidu for it.
    await tx.query(
      `UPDATE shop.refunds SET run_at = now() WHERE order_id = $1 AND status IN ('requested', 'refused')`,
      [orderId],
    );
    shop.log(`refund ${refundBatchId} of payment ${orderId} is not known here yet`);
  });
  return true;
}

export async function markAccepted(
  shop: ShopContext,
  refund: RefundRow,
  refundBatchId: string,
): Promise<void> {
  await withOrderLock(shop.database, refund.tp_order_id, async tx => {
    await setAccepted(shop, tx, refund, refundBatchId);
    await updateOrderStatus(tx, refund.tp_order_id);
  });
}

/** An acceptance overrules a refusal: an earlier attempt may have been accepted while a later one was refused. */
async function setAccepted(
  { retryAfter }: ShopContext,
  tx: Queryable,
  refund: RefundRow,
  refundBatchId: string,
): Promise<void> {
  await tx.query(
    `UPDATE shop.refunds SET status = 'accepted', refund_batch_id = $2, refusal = NULL, attempts = 0,
                             updated_at = now(), run_at = now() + $3 * interval '1 ms'
     WHERE biz_refund_batch_id = $1 AND status IN ('requested', 'refused')`,
    [refund.biz_refund_batch_id, refundBatchId, retryAfter],
  );
}

export function markReturned(shop: ShopContext, refund: RefundRow): Promise<void> {
  return withOrderLock(shop.database, refund.tp_order_id, tx => setResult(shop, tx, refund, 'success'));
}

export async function markRefused(shop: ShopContext, refund: RefundRow, refusal: string): Promise<void> {
  await withOrderLock(shop.database, refund.tp_order_id, async tx => {
    // Only by the latest attempt: another process may have begun a later one since.
    const { rows } = await tx.query(
      `UPDATE shop.refunds SET status = 'refused', refusal = $3, updated_at = now(), run_at = NULL
       WHERE biz_refund_batch_id = $1 AND status = 'requested' AND attempts = $2 RETURNING status`,
      [refund.biz_refund_batch_id, refund.attempts, refusal.slice(0, 500)],
    );
    if (rows.length > 0) await retryReturn(shop, tx, refund);
    await updateOrderStatus(tx, refund.tp_order_id);
  });
}

async function setResult(
  shop: ShopContext,
  tx: Queryable,
  refund: RefundRow,
  result: 'success' | 'failed',
): Promise<void> {
  const { rows } = await tx.query(
    result === 'success'
      ? `UPDATE shop.refunds SET status = 'succeeded', updated_at = now(), run_at = NULL
         WHERE biz_refund_batch_id = $1 AND status <> 'succeeded' RETURNING status`
      : `UPDATE shop.refunds SET status = 'failed', updated_at = now(), run_at = NULL
         WHERE biz_refund_batch_id = $1 AND status NOT IN ('succeeded', 'failed') RETURNING status`,
    [refund.biz_refund_batch_id],
  );
  if (rows.length > 0 && result === 'failed') await retryReturn(shop, tx, refund);
}

/** The return of a rejected payment is tried again until it succeeds, because no request will repeat it. */
async function retryReturn(shop: ShopContext, tx: Queryable, refund: RefundRow): Promise<void> {
  const { rows } = await tx.query(`SELECT FROM shop.payments WHERE order_id = $1 AND status = 'rejected'`, [
    refund.order_id,
  ]);
  if (rows.length === 0) return;
  shop.log(
    `payment ${refund.order_id} of order ${refund.tp_order_id} could not be returned, next try in an hour`,
  );
  await tx.query(
    `INSERT INTO shop.refunds (biz_refund_batch_id, order_id, tp_order_id, amount, reason, status, run_at)
     VALUES ($1, $2, $3, $4, $5, 'requested', now() + interval '1 hour')`,
    [newRefundNumber(refund.tp_order_id), refund.order_id, refund.tp_order_id, refund.amount, refund.reason],
  );
}

/** The status of a paid order follows from its refunds. Call it with the order locked, after each change of them. */
export async function updateOrderStatus(tx: Queryable, tpOrderId: string): Promise<void> {
  await tx.query(
    `UPDATE shop.orders o
     SET refunded_amount = r.succeeded,
         status = CASE WHEN r.open > 0 THEN 'refunding' WHEN r.succeeded >= o.total_amount THEN 'refunded' ELSE 'paid' END
     FROM (SELECT count(*) FILTER (WHERE r.status IN ('requested', 'accepted')) AS open,
                  coalesce(sum(r.amount) FILTER (WHERE r.status = 'succeeded'), 0)::int8 AS succeeded
           FROM shop.payments p JOIN shop.refunds r USING (order_id)
           WHERE p.tp_order_id = $1 AND p.status = 'accepted') r
     WHERE o.tp_order_id = $1 AND o.status IN ('paid', 'refunding', 'refunded')`,
    [tpOrderId],
  );
}
