import type { Queryable } from '../../lib/database';
import type { Shop } from './context';
import { withOrderLock, type OrderRow } from './orders';
import { insertReturn } from './refunds';

/** Why a genuine payment does not pay its order and goes back. */
type RejectReason = 'amount' | 'late' | 'closed' | 'duplicate';

/** A payment as Baidu describes it; amounts in fen. */
export interface Payment {
  orderId: string;
  /** absent in some answers of findByTpOrderId; the notification has it */
  userId: string | null;
  tpOrderId: string;
  totalMoney: number;
  payMoney: number;
  /** seconds since the epoch; null when Baidu does not say it */
  payTime: number | null;
}

export interface RecordedPayment {
  isRepeated: boolean;
  rejectReason: RejectReason | null;
  /** the reply to its notification has to ask Baidu to return it */
  returnByReply: boolean;
}

/**
 * Writes a genuine payment down, once per orderId, and decides whether it pays the order. A rejected payment gets its
 * refund in the same transaction, so that no crash can part them.
 *
 * @param params everything Baidu said, for the records
 * @returns undefined when it is for no order of this shop; nothing was written then
 */
export async function recordPayment(
  shop: Shop,
  payment: Payment,
  source: 'notification' | 'query',
  params: unknown,
): Promise<RecordedPayment | undefined> {
  const { orderId, userId, tpOrderId, totalMoney, payMoney } = payment;
  const payTime = readPayTime(payment.payTime);
  return withOrderLock(shop.database, tpOrderId, async (tx, order) => {
    const rejectReason = reasonToReject({ ...payment, payTime }, order);
    const { rows } = await tx.query(
      `INSERT INTO shop.payments (order_id, tp_order_id, user_id, total_money, pay_money, paid_at, status,
                                  reject_reason, source, params)
       VALUES ($1, $2, $3, $4, $5, to_timestamp($6), $7, $8, $9, $10) ON CONFLICT (order_id) DO NOTHING RETURNING order_id`,
      [
        orderId,
        tpOrderId,
        userId,
        totalMoney,
        payMoney,
        payTime,
        rejectReason === null ? 'accepted' : 'rejected',
        rejectReason,
        source,
        JSON.stringify(params),
      ],
    );
    if (rows.length === 0) return findRecorded(tx, payment);
    if (rejectReason === null) {
      await tx.query(`UPDATE shop.orders SET status = 'paid', run_at = NULL WHERE tp_order_id = $1`, [
        tpOrderId,
      ]);
      return { isRepeated: false, rejectReason, returnByReply: false };
    }
    if (rejectReason === 'late') {
      await tx.query(
        `UPDATE shop.orders SET status = 'closed', close_reason = 'expired' WHERE tp_order_id = $1`,
        [tpOrderId],
      );
    }
    const returnByReply = source === 'notification';
    await insertReturn(
      tx,
      { orderId, tpOrderId, amount: totalMoney },
      returnByReply
        ? { status: 'asked-in-reply', after: shop.returnTimeout }
        : { status: 'requested', after: 0 },
    );
    return { isRepeated: false, rejectReason, returnByReply };
  });
}

/** @returns null for what cannot be a time in seconds */
function readPayTime(seconds: number | null): number | null {
  return seconds !== null && seconds > 0 && seconds < 1e11 ? seconds : null;
}

/**
 * A person who was told that an order is closed may have bought again, so a closed order stays closed. One that has
 * expired but is still open here counts as paid when the payment was made in time, however late we get to know of it.
 *
 * totalMoney is what the order costs; payMoney may be less, when Baidu pays a part of it as a promotion.
 */
function reasonToReject({ totalMoney, payMoney, payTime }: Payment, order: OrderRow): RejectReason | null {
  if (order.status === 'closed') return 'closed';
  if (order.status !== 'unpaid') return 'duplicate';
  if (totalMoney !== order.total_amount || payMoney < 0 || payMoney > totalMoney) return 'amount';
  return payTime !== null && payTime * 1000 > order.expires_at.getTime() ? 'late' : null;
}

/** A repeat gets the first decision again, whatever has happened since. */
async function findRecorded(tx: Queryable, payment: Payment): Promise<RecordedPayment | undefined> {
  const { rows } = await tx.query<{ reject_reason: RejectReason | null; return_by_reply: boolean }>(
    `UPDATE shop.payments p SET user_id = coalesce(p.user_id, $3)
     WHERE p.order_id = $1 AND p.tp_order_id = $2
     RETURNING p.reject_reason, EXISTS (SELECT FROM shop.refunds r WHERE r.order_id = p.order_id
                                        AND r.status = 'asked-in-reply') AS return_by_reply`,
    [payment.orderId, payment.tpOrderId, payment.userId],
  );
  const [found] = rows;
  return (
    found && { isRepeated: true, rejectReason: found.reject_reason, returnByReply: found.return_by_reply }
  );
}
