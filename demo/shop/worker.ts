import { Poller } from '../../lib/poller';
import type { ShopContext } from './shop-options';
import type { OrderRow } from './orders';
import type { RefundRow } from './refund-results';
import { continueRefund } from './refunds';
import { checkOrder } from './sync-order';

/** Jobs that run at the same time. */
const BATCH_SIZE = 10;
const POLL_INTERVAL = 1000;

/**
 * Takes the rows that are due. Taking one sets the time of its next run, so that no other process takes it until then:
 * that is its lease. A job that succeeds sets another time or none; after a crash the row is simply due again. The rows
 * that have waited longest come first, so that one which never succeeds cannot keep the others waiting.
 */
async function takeDueRows<Row>(
  shop: ShopContext,
  table: 'orders' | 'refunds',
  key: 'tp_order_id' | 'biz_refund_batch_id',
): Promise<Row[]> {
  const { rows } = await shop.database.query<Row>(
    `UPDATE shop.${table}
     SET attempts = attempts + 1, run_at = now() + least($1 * 2 ^ least(attempts, 20), 3600000) * interval '1 ms'
     WHERE ${key} IN (SELECT ${key} FROM shop.${table} WHERE run_at <= now()
                      ORDER BY run_at LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED)
     RETURNING *, now() AS server_time${table === 'orders' ? ', expires_at <= now() AS expired' : ''}`,
    [shop.retryAfter],
  );
  return rows;
}

/**
 * Runs the jobs that are due now, once each.
 *
 * @returns how many there were
 */
export async function runDueJobs(shop: ShopContext): Promise<number> {
  const orders = await takeDueRows<OrderRow>(shop, 'orders', 'tp_order_id');
  const refunds = await takeDueRows<RefundRow>(shop, 'refunds', 'biz_refund_batch_id');
  const attempt = async (name: string, job: Promise<void>): Promise<void> => {
    try {
      await job;
    } catch (error) {
      shop.log(`${name} will be tried again: ${String(Object(error).message)}`);
    }
  };
  await Promise.all([
    ...orders.map(order => attempt(`order ${order.tp_order_id}`, checkOrder(shop, order))),
    ...refunds.map(refund => attempt(`refund ${refund.biz_refund_batch_id}`, continueRefund(shop, refund))),
  ]);
  return orders.length + refunds.length;
}

/** The shop's work between requests. It may be killed anywhere, and any number of processes may have one. */
export function createWorker(shop: ShopContext): Poller {
  return new Poller(
    async () => (await runDueJobs(shop)) > 0,
    POLL_INTERVAL,
    line => shop.log(`worker: ${line}`),
  );
}
