import { randomInt } from 'node:crypto';
import type { PlatformRefund } from '../../merchant';
import type { Queryable } from '../database';
import type { Shop } from './context';
import { badRequest, ShopError } from './errors';
import type { OrderFacts } from './order';
import { findOrder, withOrder } from './store';
import { AT_ONCE, type Turn } from './turn';

interface RefundWish {
  /** fen; null: everything that is left */
  amount: number | null;
  reason: string;
  /** null: only for everything that is left, where the order itself is the key */
  idempotencyKey: string | null;
}

interface Refund {
  biz_refund_batch_id: string;
  tp_order_id: string;
  asked_amount: number | null;
  amount: number;
  reason: string;
  requested_at: number;
}

/**
 * Asks for a refund: written down first, then applied for at Baidu. From then on it is settled whatever happens to
 * this process or the network. The same wish again is the same refund.
 *
 * @returns the facts as they are then
 * @throws ShopError NOT_REFUNDABLE, REFUND_TOO_LARGE, KEY_REUSED, BAIDU_REFUSED
 */
export async function refund(
  shop: Shop,
  tpOrderId: string,
  wish: RefundWish,
): Promise<OrderFacts | undefined> {
  const made = await withOrder(shop.database, tpOrderId, (tx, facts) =>
    writeDown(tx, facts, wish, shop.clock()),
  );
  if (!made) return undefined;
  const refused = await settle(shop, made);
  if (refused !== null) throw new ShopError('BAIDU_REFUSED', { reason: refused });
  return findOrder(shop.database, tpOrderId);
}

async function writeDown(tx: Queryable, facts: OrderFacts, wish: RefundWish, now: number): Promise<Refund> {
  const key = keyOf(facts, wish);
  const { rows } = await tx.query<Refund>('SELECT * FROM shop.refunds WHERE idempotency_key = $1', [key]);
  const [earlier] = rows;
  if (earlier) {
    if (earlier.tp_order_id === facts.tp_order_id && earlier.asked_amount === wish.amount) return earlier;
    throw new ShopError('KEY_REUSED', {
      field: 'Idempotency-Key',
      reason: 'was used for another refund; a new refund needs a new key',
    });
  }
  const amount = refundable(facts, wish.amount);
  const refund: Refund = {
    biz_refund_batch_id: `R${facts.tp_order_id.slice(0, 50)}-${randomInt(1e9)}`,
    tp_order_id: facts.tp_order_id,
    asked_amount: wish.amount,
    amount,
    reason: wish.reason,
    requested_at: now,
  };
  await tx.query(
    `INSERT INTO shop.refunds (biz_refund_batch_id, tp_order_id, idempotency_key, asked_amount, amount, reason,
                               requested_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [refund.biz_refund_batch_id, refund.tp_order_id, key, wish.amount, amount, wish.reason, now],
  );
  return refund;
}

/** After a failure the whole order may be refunded anew, so failures count into its key. */
function keyOf(facts: OrderFacts, { amount, idempotencyKey }: RefundWish): string {
  if (idempotencyKey !== null) return `key:${idempotencyKey}`;
  if (amount !== null) throw badRequest('Idempotency-Key', 'must be given to refund a part of an order');
  return `all:${facts.tp_order_id}:${facts.failed_refunds}`;
}

function refundable(facts: OrderFacts, asked: number | null): number {
  if (facts.order_id === null) throw new ShopError('NOT_REFUNDABLE', { reason: 'the order is not paid' });
  const left = facts.total_amount - facts.refunded - facts.refunding;
  const amount = asked ?? left;
  if (left < 1 || amount > left) {
    throw new ShopError('REFUND_TOO_LARGE', { field: 'amount', reason: `${left} fen are left to refund` });
  }
  if (amount < facts.total_amount && facts.pay_money !== facts.total_amount) {
    throw new ShopError('NOT_REFUNDABLE', {
      field: 'amount',
      reason: 'Baidu paid a part of this order as a promotion: it can only be refunded whole',
    });
  }
  return amount;
}

/**
 * Brings a refund to Baidu, once: whoever writes its next attempt down makes it. A later attempt looks first whether an
 * earlier one got through, because what Baidu does with a repeated number is not documented.
 *
 * @returns why Baidu refused it, or null: accepted, or still open
 */
async function settle(shop: Shop, refund: Refund): Promise<string | null> {
  const answered = await answerOf(shop.database, refund);
  if (answered) return answered.refused;
  const now = shop.clock();
  const attempt = Math.floor(Math.max(0, now - refund.requested_at) / shop.retryAfter);
  const { rows } = await shop.database.query(
    `INSERT INTO shop.refund_attempts (biz_refund_batch_id, attempt, at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING attempt`,
    [refund.biz_refund_batch_id, attempt, now],
  );
  const facts = rows.length > 0 ? await findOrder(shop.database, refund.tp_order_id) : undefined;
  if (!facts?.order_id || !facts.user_id) return null;
  if (attempt > 0 && (await foundAtBaidu(shop, facts, refund)) !== 'absent') return null;

  const whole = refund.amount === facts.total_amount;
  const answer = await shop.client.applyOrderRefund({
    orderId: facts.order_id,
    userId: facts.user_id,
    tpOrderId: facts.tp_order_id,
    refundType: 'user',
    refundReason: refund.reason,
    bizRefundBatchId: refund.biz_refund_batch_id,
    ...(whole ? {} : { applyRefundMoney: refund.amount }),
  });
  if (answer.ok) {
    await writeAnswer(shop, refund, answer.data.refundBatchId, null);
    return null;
  }
  shop.log(`refund ${refund.biz_refund_batch_id}: ${answer.message}`);
  // An error may hide that it was taken. Refused is only what Baidu then does not list.
  if (answer.kind !== 'business' || (await foundAtBaidu(shop, facts, refund)) !== 'absent') return null;
  await writeAnswer(shop, refund, null, answer.message);
  return answer.message;
}

type Answer = { refused: string | null };

async function answerOf(db: Queryable, { biz_refund_batch_id }: Refund): Promise<Answer | undefined> {
  const sql = 'SELECT refused FROM shop.refund_answers WHERE biz_refund_batch_id = $1';
  return (await db.query<Answer>(sql, [biz_refund_batch_id])).rows[0];
}

async function writeAnswer(
  shop: Shop,
  { biz_refund_batch_id }: Refund,
  refundBatchId: string | null,
  refused: string | null,
): Promise<void> {
  await shop.database.query(
    `INSERT INTO shop.refund_answers (biz_refund_batch_id, refund_batch_id, refused, answered_at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [biz_refund_batch_id, refundBatchId, refused?.slice(0, 500) ?? null, shop.clock()],
  );
}

async function foundAtBaidu(
  shop: Shop,
  facts: OrderFacts,
  refund: Refund,
): Promise<'found' | 'absent' | 'unknown'> {
  const listed = await listRefunds(shop, facts);
  if (listed === null) return 'unknown';
  const found = listed.find(item => item.bizRefundBatchId === refund.biz_refund_batch_id);
  if (!found) return 'absent';
  await writeAnswer(shop, refund, found.refundBatchId, null);
  return 'found';
}

/** 查询退款; null when Baidu could not be asked */
async function listRefunds(shop: Shop, facts: OrderFacts): Promise<PlatformRefund[] | null> {
  if (facts.user_id === null) return null;
  const answer = await shop.client.findOrderRefund({ tpOrderId: facts.tp_order_id, userId: facts.user_id });
  if (answer.ok) return answer.data;
  shop.log(`cannot ask for the refunds of order ${facts.tp_order_id}: ${answer.message}`);
  return null;
}

/** Writes down the results of an order's refunds whose notification is late or lost. */
export async function learnRefunds(shop: Shop, facts: OrderFacts): Promise<void> {
  for (const item of (await listRefunds(shop, facts)) ?? []) {
    if (item.refundStatus !== 'success' && item.refundStatus !== 'failed') continue;
    if (facts.order_id === null) continue;
    await recordRefund(shop, {
      orderId: facts.order_id,
      refundBatchId: item.refundBatchId,
      succeeded: item.refundStatus === 'success',
      source: 'asked',
    });
  }
}

interface RefundResult {
  orderId: string;
  refundBatchId: string;
  succeeded: boolean;
  source: 'notified' | 'asked';
}

/** @returns false when this shop has no payment with that orderId; nothing is written then */
export async function recordRefund(shop: Shop, result: RefundResult): Promise<boolean> {
  const { orderId, refundBatchId, succeeded, source } = result;
  const known = await shop.database.query('SELECT FROM shop.payments WHERE order_id = $1', [orderId]);
  if (known.rows.length === 0) return false;
  await shop.database.query(
    `INSERT INTO shop.refund_notices (refund_batch_id, order_id, succeeded, source, received_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [refundBatchId, orderId, succeeded, source, shop.clock()],
  );
  return true;
}

/** Brings the refunds to Baidu that a crash or a lost answer has left open. */
export async function settleOpenRefunds(shop: Shop, turn: Turn): Promise<void> {
  const find = async (after: string) => {
    const { rows } = await shop.database.query<Refund & { id: string }>(
      `SELECT f.*, f.biz_refund_batch_id AS id
       FROM shop.refunds f LEFT JOIN shop.refund_answers a USING (biz_refund_batch_id)
       WHERE a.biz_refund_batch_id IS NULL AND f.requested_at <= $1 AND f.biz_refund_batch_id > $2
       ORDER BY f.biz_refund_batch_id LIMIT ${AT_ONCE}`,
      [shop.clock() - shop.retryAfter, after],
    );
    return rows;
  };
  for await (const open of turn.round(find)) await settle(shop, open);
}

/** Asks for the results of accepted refunds whose notification is late or lost. */
export async function askForResults(shop: Shop, turn: Turn): Promise<void> {
  const find = async (after: string) => {
    const { rows } = await shop.database.query<{ id: string }>(
      `SELECT DISTINCT f.tp_order_id AS id FROM shop.refunds f JOIN shop.refund_answers a USING (biz_refund_batch_id)
       LEFT JOIN shop.refund_notices n USING (refund_batch_id)
       WHERE a.refund_batch_id IS NOT NULL AND n.refund_batch_id IS NULL AND a.answered_at <= $1
         AND f.tp_order_id > $2
       ORDER BY f.tp_order_id LIMIT ${AT_ONCE}`,
      [shop.clock() - shop.retryAfter, after],
    );
    return rows;
  };
  for await (const { id } of turn.round(find)) {
    const facts = await findOrder(shop.database, id);
    if (facts) await learnRefunds(shop, facts);
  }
}
