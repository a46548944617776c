import { randomInt } from 'node:crypto';
import type { Database, Queryable } from '../database';
import type { OrderFacts } from './order';
import type { Price } from './pricing';

const FACTS = `
  SELECT o.tp_order_id, o.request_digest, o.title, o.lines, o.fees, o.discounts, o.total_amount,
         o.created_at, o.expires_at, c.closed_at, p.order_id, p.user_id, p.pay_money,
         EXISTS (SELECT FROM shop.payments back
                 WHERE back.tp_order_id = o.tp_order_id AND back.returned_because IS NOT NULL) AS returned,
         r.refunded, r.refunding, r.failed_refunds
  FROM shop.orders o
  LEFT JOIN shop.closings c ON c.tp_order_id = o.tp_order_id
  LEFT JOIN shop.payments p ON p.tp_order_id = o.tp_order_id AND p.returned_because IS NULL
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(f.amount) FILTER (WHERE n.succeeded), 0)::int8 AS refunded,
           coalesce(sum(f.amount) FILTER (WHERE n.succeeded IS NULL AND a.refused IS NULL), 0)::int8 AS refunding,
           count(*) FILTER (WHERE n.succeeded = false OR a.refused IS NOT NULL) AS failed_refunds
    FROM shop.refunds f
    LEFT JOIN shop.refund_answers a ON a.biz_refund_batch_id = f.biz_refund_batch_id
    LEFT JOIN shop.refund_notices n ON n.refund_batch_id = a.refund_batch_id
    WHERE f.tp_order_id = o.tp_order_id
  ) r`;

interface NewOrder {
  price: Price;
  shopper: string | null;
  idempotencyKey: string | null;
  requestDigest: string;
  /** ms */
  now: number;
  /** ms */
  expiresAt: number;
}

/**
 * Writes an order down, unless its idempotency key is already there: one statement, so that of many equal requests at
 * the same moment one makes the order and the others find it.
 *
 * @returns the facts of the order that now holds the key; `created` when it is this one
 */
export async function insertOrder(
  db: Queryable,
  order: NewOrder,
): Promise<{ facts: OrderFacts; created: boolean }> {
  for (;;) {
    const tpOrderId = newOrderNumber(order.now);
    const { title, lines, fees, discounts, totalAmount } = order.price;
    const { rows } = await db.query(
      `INSERT INTO shop.orders (tp_order_id, shopper, idempotency_key, request_digest, title, lines, fees, discounts,
                                total_amount, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11)
       ON CONFLICT DO NOTHING RETURNING tp_order_id`,
      [
        tpOrderId,
        order.shopper,
        order.idempotencyKey,
        order.requestDigest,
        title,
        JSON.stringify(lines),
        JSON.stringify(fees),
        JSON.stringify(discounts),
        totalAmount,
        order.now,
        order.expiresAt,
      ],
    );
    if (rows.length > 0) return { facts: freshFacts(tpOrderId, order), created: true };
    const facts = order.idempotencyKey === null ? null : await findByKey(db, order.idempotencyKey);
    if (facts) return { facts, created: false };
    // Only the order number was taken: draw another one.
  }
}

/** Time first, so that numbers sort; then chance, so that nobody can guess another person's. */
function newOrderNumber(now: number): string {
  const time = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
  return time + String(randomInt(1e12)).padStart(12, '0');
}

function freshFacts(tpOrderId: string, { price, requestDigest, now, expiresAt }: NewOrder): OrderFacts {
  const { title, lines, fees, discounts, totalAmount } = price;
  return {
    tp_order_id: tpOrderId,
    request_digest: requestDigest,
    title,
    lines,
    fees,
    discounts,
    total_amount: totalAmount,
    created_at: now,
    expires_at: expiresAt,
    closed_at: null,
    order_id: null,
    user_id: null,
    pay_money: null,
    returned: false,
    refunded: 0,
    refunding: 0,
    failed_refunds: 0,
  };
}

export async function findByKey(db: Queryable, idempotencyKey: string): Promise<OrderFacts | undefined> {
  return (await db.query<OrderFacts>(`${FACTS} WHERE o.idempotency_key = $1`, [idempotencyKey])).rows[0];
}

export async function findOrder(db: Queryable, tpOrderId: string): Promise<OrderFacts | undefined> {
  return (await db.query<OrderFacts>(`${FACTS} WHERE o.tp_order_id = $1`, [tpOrderId])).rows[0];
}

/** The newest 50 orders of a shopper, newest first. */
export async function ordersOf(db: Queryable, shopper: string): Promise<OrderFacts[]> {
  const newest = `${FACTS} WHERE o.shopper = $1 ORDER BY o.created_at DESC, o.tp_order_id DESC LIMIT 50`;
  return (await db.query<OrderFacts>(newest, [shopper])).rows;
}

/**
 * Runs `work` while nobody else changes the order. Whatever adds a fact to an order does it in here, so that a payment, a
 * closing and a refund of one order always happen one after the other.
 *
 * `work` reads with statements of its own, because only they see what others committed while this one waited for the row.
 *
 * @returns undefined when there is no such order
 */
export function withLock<T>(
  db: Database,
  tpOrderId: string,
  work: (tx: Queryable) => Promise<T>,
): Promise<T | undefined> {
  return db.transaction(async tx => {
    const lock = 'SELECT FROM shop.orders WHERE tp_order_id = $1 FOR UPDATE';
    const { rows } = await tx.query(lock, [tpOrderId]);
    return rows.length > 0 ? work(tx) : undefined;
  });
}

/** withLock, for work that has to know everything about the order. */
export function withOrder<T>(
  db: Database,
  tpOrderId: string,
  work: (tx: Queryable, facts: OrderFacts) => Promise<T>,
): Promise<T | undefined> {
  return withLock(db, tpOrderId, async tx => {
    const facts = await findOrder(tx, tpOrderId);
    return facts && work(tx, facts);
  });
}
