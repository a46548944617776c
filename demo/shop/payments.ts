import type { ShopContext } from './shop-options';
import { newRefundNumber } from './refund-results';

/** Why a genuine payment does not pay its order and goes back. */
type RejectReason = 'amount' | 'late' | 'closed' | 'duplicate';

/** A payment as Baidu describes it; amounts in fen. */
interface Payment {
  orderId: string;
  /** absent in some answers of findByTpOrderId; the notification has it */
  userId: string | null;
  tpOrderId: string;
  totalMoney: number;
  payMoney: number;
  /** seconds since the epoch; null when Baidu does not say it */
  payTime: number | null;
}

interface RecordedPayment {
  /** it was stored before: the first decision is given again, even if the order has changed since */
  isRepeated: boolean;
  rejectReason: RejectReason | null;
  /** the reply to its notification has to ask Baidu to return it */
  mustReturnInReply: boolean;
}

/**
 * Decides whether a payment pays its order, and stores both. It is a function of the database because that takes one
 * round trip, where a transaction of the same statements takes one for each of them, and keeps their plans.
 *
 * - The row of the order is locked first, as in withOrderLock, so that a payment, a close and a refund of one order come
 *   one after the other, in all processes.
 * - A user who saw that an order is closed may have bought again, so a closed order stays closed. One that has
 *   expired but is still open here counts as paid when the payment was made in time, also if its notification comes later.
 *   Before it expires no payment is late, even if Baidu's clock is ahead of the database's.
 * - total_money is what the order costs; pay_money may be less, when Baidu pays a part of it as a promotion.
 * - A rejected payment gets its refund in the same transaction, so that a crash cannot lose it.
 */
export const CREATE_RECORD_PAYMENT = `
  CREATE FUNCTION shop.record_payment(
    baidu_order_id text, order_number text, payer_id text, total int8, paid int8, pay_time timestamptz,
    payment_source text, parameters text, refund_number text, return_timeout int8)
  RETURNS TABLE (is_repeated boolean, reason text, return_by_reply boolean) LANGUAGE plpgsql AS $$
  DECLARE
    known shop.orders;
  BEGIN
    SELECT * INTO known FROM shop.orders WHERE tp_order_id = order_number FOR UPDATE;
    IF NOT FOUND THEN
      RETURN;
    END IF;

    reason := CASE
      WHEN known.status = 'closed' THEN 'closed'
      WHEN known.status <> 'unpaid' THEN 'duplicate'
      WHEN total <> known.total_amount OR paid NOT BETWEEN 0 AND total THEN 'amount'
      WHEN pay_time > known.expires_at AND now() > known.expires_at THEN 'late'
    END;
    INSERT INTO shop.payments (order_id, tp_order_id, user_id, total_money, pay_money, paid_at, status, reject_reason,
                               source, params)
    VALUES (baidu_order_id, order_number, payer_id, total, paid, pay_time,
            CASE WHEN reason IS NULL THEN 'accepted' ELSE 'rejected' END, reason, payment_source, parameters)
    ON CONFLICT (order_id) DO NOTHING;

    IF NOT FOUND THEN
      RETURN QUERY
        UPDATE shop.payments p SET user_id = coalesce(p.user_id, payer_id)
        WHERE p.order_id = baidu_order_id AND p.tp_order_id = order_number
        RETURNING true, p.reject_reason, EXISTS (SELECT FROM shop.refunds r WHERE r.order_id = baidu_order_id
                                                 AND r.status = 'return-requested');
      RETURN;
    END IF;

    IF reason IS NULL THEN
      UPDATE shop.orders SET status = 'paid', run_at = NULL WHERE tp_order_id = order_number;
    ELSE
      IF reason = 'late' THEN
        UPDATE shop.orders SET status = 'closed', close_reason = 'expired' WHERE tp_order_id = order_number;
      END IF;
      INSERT INTO shop.refunds (biz_refund_batch_id, order_id, tp_order_id, amount, reason, status, run_at)
      VALUES (refund_number, baidu_order_id, order_number, total, '付款未被订单接受，原路退回',
              CASE WHEN payment_source = 'notification' THEN 'return-requested' ELSE 'requested' END,
              now() + CASE WHEN payment_source = 'notification' THEN return_timeout ELSE 0 END * interval '1 ms');
    END IF;
    RETURN QUERY SELECT false, reason, reason IS NOT NULL AND payment_source = 'notification';
  END $$`;

/**
 * Stores a genuine payment, once per orderId, and decides whether it pays the order.
 *
 * @param source a payment that was found by a query has no reply that could return it: a refund is applied for
 * @param params everything Baidu said, for the records
 * @returns undefined when it is for no order of this shop; nothing was written then
 */
export async function recordPayment(
  { database, returnTimeout }: ShopContext,
  payment: Payment,
  source: 'notification' | 'query',
  params: unknown,
): Promise<RecordedPayment | undefined> {
  const { orderId, userId, tpOrderId, totalMoney, payMoney, payTime } = payment;
  const { rows } = await database.query<RecordedPayment>(
    `SELECT is_repeated AS "isRepeated", reason AS "rejectReason", return_by_reply AS "mustReturnInReply"
     FROM shop.record_payment($1, $2, $3, $4, $5, to_timestamp($6), $7, $8, $9, $10)`,
    [
      orderId,
      tpOrderId,
      userId,
      totalMoney,
      payMoney,
      readPayTime(payTime),
      source,
      JSON.stringify(params),
      newRefundNumber(tpOrderId),
      returnTimeout,
    ],
  );
  return rows[0];
}

/** @returns null for what cannot be a time in seconds */
function readPayTime(seconds: number | null): number | null {
  return seconds !== null && seconds > 0 && seconds < 1e11 ? seconds : null;
}
