import type { PayNotification } from '../../merchant';
import type { Database, Queryable } from '../database';
import { isOver, type OrderFacts } from './order';
import { withLock } from './store';

/** Why a genuine payment does not count. */
type ReturnReason = 'amount' | 'closed' | 'paid-before';

type PaymentOutcome =
  /** not an order of this shop: nothing was written */
  | { known: false }
  /** `returnedBecause`: the money goes back to the person */
  | { known: true; repeated: boolean; returnedBecause: ReturnReason | null };

/** A payment as Baidu tells of it; amounts in fen, `payTime` in seconds. */
type Payment = Pick<
  PayNotification,
  'orderId' | 'userId' | 'tpOrderId' | 'totalMoney' | 'payMoney' | 'payTime'
>;

/**
 * Writes a genuine payment down, once per orderId, and decides whether it counts. A repeat gets the first decision
 * again, whatever has happened since.
 *
 * @param params everything Baidu said, for the records
 */
export async function recordPayment(
  db: Database,
  payment: Payment,
  source: 'notified' | 'asked',
  params: Record<string, unknown>,
  clock: () => number,
): Promise<PaymentOutcome> {
  const outcome = await withLock(db, payment.tpOrderId, async (tx): Promise<PaymentOutcome> => {
    const now = clock();
    const returnedBecause = returnReason(payment, await standingOf(tx, payment.tpOrderId), now);
    const { rows } = await tx.query(
      `INSERT INTO shop.payments (order_id, tp_order_id, user_id, total_money, pay_money, pay_time, source, params,
                                  received_at, returned_because)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (order_id) DO NOTHING RETURNING order_id`,
      [
        payment.orderId,
        payment.tpOrderId,
        payment.userId,
        payment.totalMoney,
        payment.payMoney,
        payment.payTime,
        source,
        JSON.stringify(params),
        now,
        returnedBecause,
      ],
    );
    if (rows.length > 0) return { known: true, repeated: false, returnedBecause };
    const before = await decisionOn(tx, payment.orderId);
    if (before?.tp_order_id !== payment.tpOrderId) return { known: false };
    return { known: true, repeated: true, returnedBecause: before.returned_because };
  });
  return outcome ?? { known: false };
}

type Standing = Pick<OrderFacts, 'order_id' | 'total_amount' | 'expires_at' | 'closed_at'>;

/** What the decision needs of an order that exists; all of its facts would take the database several times as long. */
async function standingOf(tx: Queryable, tpOrderId: string): Promise<Standing> {
  const { rows } = await tx.query<Standing>(
    `SELECT total_amount, expires_at,
            (SELECT closed_at FROM shop.closings WHERE tp_order_id = $1) AS closed_at,
            (SELECT order_id FROM shop.payments WHERE tp_order_id = $1 AND returned_because IS NULL) AS order_id
     FROM shop.orders WHERE tp_order_id = $1`,
    [tpOrderId],
  );
  return rows[0] as Standing;
}

interface Decision {
  tp_order_id: string;
  returned_because: ReturnReason | null;
}

async function decisionOn(tx: Queryable, orderId: string): Promise<Decision | undefined> {
  const { rows } = await tx.query<Decision>(
    'SELECT tp_order_id, returned_because FROM shop.payments WHERE order_id = $1',
    [orderId],
  );
  return rows[0];
}

/** totalMoney is what the order costs; payMoney may be less, when Baidu pays a part of it as a promotion. */
function returnReason({ totalMoney, payMoney }: Payment, order: Standing, now: number): ReturnReason | null {
  if (order.order_id !== null) return 'paid-before';
  if (totalMoney !== order.total_amount || payMoney < 0 || payMoney > totalMoney) return 'amount';
  return isOver(order, now) ? 'closed' : null;
}
