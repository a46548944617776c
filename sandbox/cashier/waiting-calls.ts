/**
 * Cashier calls from outside of the preview, such as from DevTools: the caller has no sheet to show, so the
 * developer decides in the console how the call ends, and the caller polls for the answer.
 */
import { randomBytes } from 'node:crypto';
import type { Queryable } from '../../lib/database';
import { CANCELLED, type Callback } from './payment-outcomes';
import type { StoredOrder } from './orders';

/** What the mini-program's callbacks get, in order. */
export interface CallResponse {
  callbacks: Callback[];
  /** shown to the user, before the callbacks */
  popup: string | null;
}

/** A call that waits for the developer's decision. */
export interface WaitingCall {
  callId: string;
  orderId: number;
  tpOrderId: string;
  title: string;
  /** fen */
  amount: number;
  /** ms */
  createdAt: number;
}

/** Writes a call that waits for the developer's decision. An earlier one of the same order ends as cancelled, as on a phone. */
export async function insertCall(tx: Queryable, orderId: number, now: number): Promise<string> {
  await answerCalls(tx, orderId, { callbacks: [CANCELLED], popup: null });
  const callId = randomBytes(16).toString('hex');
  await tx.query('INSERT INTO baidu.calls (call_id, order_id, created_at) VALUES ($1, $2, $3)', [
    callId,
    orderId,
    now,
  ]);
  return callId;
}

/** Ends the open calls of an order. */
export async function answerCalls(tx: Queryable, orderId: number, response: CallResponse): Promise<void> {
  await tx.query('UPDATE baidu.calls SET response = $2::jsonb WHERE order_id = $1 AND response IS NULL', [
    orderId,
    JSON.stringify(response),
  ]);
}

/** @returns the answer, 'open' while there is none, null for a call that was never made */
export async function readCall(db: Queryable, callId: string): Promise<CallResponse | 'open' | null> {
  const { rows } = await db.query<{ response: CallResponse | null }>(
    'SELECT response FROM baidu.calls WHERE call_id = $1',
    [callId],
  );
  return rows[0] ? (rows[0].response ?? 'open') : null;
}

/** Locks the order of a call until the transaction ends. @returns null when the call is not open */
export async function lockOrderOfCall(tx: Queryable, callId: string): Promise<StoredOrder | null> {
  const { rows } = await tx.query<StoredOrder>(
    `SELECT o.* FROM baidu.orders o JOIN baidu.calls c USING (order_id)
     WHERE c.call_id = $1 AND c.response IS NULL FOR UPDATE OF o`,
    [callId],
  );
  // The process that held the lock may have answered the call meanwhile.
  return rows[0] && (await readCall(tx, callId)) === 'open' ? rows[0] : null;
}

/** Newest first. */
export async function listWaitingCalls(db: Queryable, limit: number): Promise<WaitingCall[]> {
  const { rows } = await db.query<WaitingCall>(
    `SELECT call_id AS "callId", order_id AS "orderId", tp_order_id AS "tpOrderId", title, amount,
       c.created_at AS "createdAt"
     FROM baidu.calls c JOIN baidu.orders USING (order_id)
     WHERE response IS NULL ORDER BY c.created_at DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
