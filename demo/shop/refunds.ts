/** Asks Baidu for refunds: at the shop's request, and in the worker until each is accepted or refused. */
import { isFinalRefusal, type PlatformRefund } from '../../merchant';
import type { Queryable } from '../../lib/database';
import type { ShopContext } from './shop-options';
import { badRequest, ShopError } from './errors';
import { withOrderLock, type OrderRow } from './orders';
import {
  markAccepted,
  markRefused,
  markReturned,
  newRefundNumber,
  type RefundRow,
  refundsOfPayer,
  updateOrderStatus,
} from './refund-results';

interface RefundedPayment {
  user_id: string | null;
  total_money: number;
  status: 'accepted' | 'rejected';
}

interface RefundRequest {
  /** fen; null: everything that is left */
  amount: number | null;
  reason: string;
  /** null: only for everything that is left, which can be asked for again without harm */
  idempotencyKey: string | null;
}

/**
 * Refunds a paid order: the refund is stored first and then applied for at Baidu, so that the worker finishes it
 * when this process or the network fails. The same request again is the same refund.
 *
 * @throws ShopError NOT_REFUNDABLE, REFUND_TOO_LARGE, KEY_REUSED, BAIDU_REFUSED
 */
export async function requestRefund(
  shop: ShopContext,
  tpOrderId: string,
  request: RefundRequest,
): Promise<void> {
  const stored = await withOrderLock(shop.database, tpOrderId, (tx, order) =>
    insertRefund(shop, tx, order, request),
  );
  if (!stored) return;
  if (stored.isNew) await submitRefund(shop, stored.refund);
  const { rows } = await shop.database.query<RefundRow>(
    'SELECT status, refusal FROM shop.refunds WHERE biz_refund_batch_id = $1',
    [stored.refund.biz_refund_batch_id],
  );
  if (rows[0]?.status === 'refused') throw new ShopError('BAIDU_REFUSED', { reason: rows[0].refusal ?? '' });
}

/** @returns null when everything was refunded already, or is about to be */
async function insertRefund(
  shop: ShopContext,
  tx: Queryable,
  order: OrderRow,
  { amount, reason, idempotencyKey }: RefundRequest,
): Promise<{ refund: RefundRow; isNew: boolean } | null> {
  const earlier = await findByKey(tx, idempotencyKey);
  if (earlier) {
    if (earlier.tp_order_id === order.tp_order_id && earlier.requested_amount === amount) {
      return { refund: earlier, isNew: false };
    }
    throw new ShopError('KEY_REUSED', {
      field: 'Idempotency-Key',
      reason: 'was used for another refund; a new refund needs a new key',
    });
  }
  if (amount !== null && idempotencyKey === null) {
    throw badRequest('Idempotency-Key', 'must be given to refund a part of an order');
  }
  const refundable = await checkRefundable(tx, order, amount);
  if (!refundable) return null;
  // Stored as the first attempt of this process; the worker takes over when it did not finish within the lease.
  const { rows } = await tx.query<RefundRow>(
    `INSERT INTO shop.refunds (biz_refund_batch_id, order_id, tp_order_id, idempotency_key, requested_amount, amount,
                               reason, status, attempts, run_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'requested', 1, now() + $8 * interval '1 ms')
     ON CONFLICT (idempotency_key) DO NOTHING RETURNING *`,
    [
      newRefundNumber(order.tp_order_id),
      refundable.orderId,
      order.tp_order_id,
      idempotencyKey,
      amount,
      refundable.amount,
      reason,
      shop.retryAfter,
    ],
  );
  const [refund] = rows;
  // Another order has taken the key at this very moment.
  if (!refund) throw new ShopError('KEY_REUSED', { field: 'Idempotency-Key', reason: 'is in use' });
  await updateOrderStatus(tx, order.tp_order_id);
  return { refund, isNew: true };
}

/**
 * What of an order can be refunded now.
 *
 * @param amount fen; null: everything that is left
 * @returns Baidu's number of its payment, and the fen to refund; null when nothing is left
 * @throws ShopError NOT_REFUNDABLE, REFUND_TOO_LARGE
 */
async function checkRefundable(
  tx: Queryable,
  order: OrderRow,
  amount: number | null,
): Promise<{ orderId: string; amount: number } | null> {
  const { rows } = await tx.query<{ order_id: string; pay_money: number; taken: number }>(
    `SELECT p.order_id, p.pay_money,
            (SELECT coalesce(sum(r.amount), 0)::int8 FROM shop.refunds r
             WHERE r.order_id = p.order_id AND r.status IN ('requested', 'accepted', 'succeeded')) AS taken
     FROM shop.payments p WHERE p.tp_order_id = $1 AND p.status = 'accepted'`,
    [order.tp_order_id],
  );
  const [payment] = rows;
  if (!payment) throw new ShopError('NOT_REFUNDABLE', { reason: 'the order is not paid' });
  const left = order.total_amount - payment.taken;
  if (amount === null && left <= 0) return null;
  const refunded = amount ?? left;
  if (refunded > left) {
    throw new ShopError('REFUND_TOO_LARGE', { field: 'amount', reason: `${left} fen are left to refund` });
  }
  if (refunded < order.total_amount && payment.pay_money !== order.total_amount) {
    throw new ShopError('NOT_REFUNDABLE', {
      field: 'amount',
      reason: 'Baidu paid a part of this order as a promotion: it can only be refunded whole',
    });
  }
  return { orderId: payment.order_id, amount: refunded };
}

async function findByKey(tx: Queryable, idempotencyKey: string | null): Promise<RefundRow | undefined> {
  if (idempotencyKey === null) return undefined;
  const sql = 'SELECT * FROM shop.refunds WHERE idempotency_key = $1';
  return (await tx.query<RefundRow>(sql, [idempotencyKey])).rows[0];
}

/** The worker's next step for a refund that is not finished. */
export async function continueRefund(shop: ShopContext, refund: RefundRow): Promise<void> {
  if (refund.status === 'return-requested') return checkReturn(shop, refund);
  if (refund.status === 'requested') return submitRefund(shop, refund);
  const isKnown = (await refundsOfPayer(shop, refund)) !== null;
  if (refund.status === 'refused' && isKnown) {
    const done = `UPDATE shop.refunds SET run_at = NULL WHERE biz_refund_batch_id = $1 AND status = 'refused'`;
    await shop.database.query(done, [refund.biz_refund_batch_id]);
  }
}

/**
 * Applies for a refund at Baidu. A query before a second attempt finds out whether the first one arrived, because
 * the effect of a repeated number is not documented.
 */
async function submitRefund(shop: ShopContext, refund: RefundRow): Promise<void> {
  const payment = await findPayment(shop, refund);
  if (payment.user_id === null) {
    // Refunds and queries of refunds need it. A notification or a later answer has it.
    const found = await shop.client.findByTpOrderId(refund.tp_order_id);
    payment.user_id = found.ok && found.data.orderId === refund.order_id ? found.data.userId : null;
    if (payment.user_id === null) {
      shop.log(`refund ${refund.biz_refund_batch_id} waits: Baidu has not said the userId of its payment`);
      return;
    }
    await shop.database.query(
      'UPDATE shop.payments SET user_id = $2 WHERE order_id = $1 AND user_id IS NULL',
      [refund.order_id, payment.user_id],
    );
  }
  if (refund.attempts > 1) {
    const known = await refundsOfPayer(shop, refund);
    if (!known || isListed(known, refund)) return;
  }

  const isWhole = refund.amount === payment.total_money;
  const answer = await shop.client.applyOrderRefund({
    orderId: refund.order_id,
    userId: payment.user_id,
    tpOrderId: refund.tp_order_id,
    refundType: payment.status === 'rejected' ? 'failure' : 'user',
    refundReason: refund.reason,
    bizRefundBatchId: refund.biz_refund_batch_id,
    ...(isWhole ? {} : { applyRefundMoney: refund.amount }),
  });
  if (answer.ok) return markAccepted(shop, refund, answer.data.refundBatchId);
  shop.log(`refund ${refund.biz_refund_batch_id}: ${answer.message}`);
  // Even a refusal may be about a repeat of what was accepted: refused is only what Baidu then does not list.
  if (!isFinalRefusal(answer)) return;
  const listed = await refundsOfPayer(shop, refund);
  if (!listed || isListed(listed, refund)) return;
  const returned = payment.status === 'rejected' ? findReturn(listed, refund) : undefined;
  if (!returned) await markRefused(shop, refund, answer.message);
  else if (returned.refundStatus === 'success') await markReturned(shop, refund);
}

async function findPayment(shop: ShopContext, refund: RefundRow): Promise<RefundedPayment> {
  const sql = `SELECT user_id, total_money, status FROM shop.payments WHERE order_id = $1`;
  return (await shop.database.query<RefundedPayment>(sql, [refund.order_id])).rows[0] as RefundedPayment;
}

const isListed = (listed: PlatformRefund[], refund: RefundRow): boolean =>
  listed.some(item => item.bizRefundBatchId === refund.biz_refund_batch_id);

/** The refund by which Baidu returns, or has returned, the payment because a reply asked for it. */
function findReturn(listed: PlatformRefund[], { order_id: orderId }: RefundRow): PlatformRefund | undefined {
  return listed.find(item => item.orderId === orderId && item.refundStatus !== 'failed');
}

/**
 * Whether Baidu has returned a payment that the reply to its notification asked to return. If not, the reply was lost,
 * and a refund is applied for instead; from then on repeated notifications are no longer answered with isErrorOrder.
 */
async function checkReturn(shop: ShopContext, refund: RefundRow): Promise<void> {
  const { order_id: orderId, tp_order_id: tpOrderId } = refund;
  const found = await shop.client.findByTpOrderId(tpOrderId);
  const listed = await refundsOfPayer(shop, refund);
  if (!found.ok || !listed) return;
  const isOrder = found.data.orderId === orderId;
  const returned = findReturn(listed, refund);
  if ((isOrder && found.data.status === 'cancelled') || returned?.refundStatus === 'success') {
    return markReturned(shop, refund);
  }
  if (returned) return;
  shop.log(`payment ${orderId} of order ${tpOrderId} was not returned by the reply, applying for a refund`);
  await withOrderLock(shop.database, tpOrderId, tx =>
    tx.query(
      `UPDATE shop.refunds SET status = 'requested', attempts = 0, run_at = now()
       WHERE biz_refund_batch_id = $1 AND status = 'return-requested'`,
      [refund.biz_refund_batch_id],
    ),
  );
}
