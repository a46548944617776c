import type { Shop } from './context';
import { ShopError } from './errors';
import { ask } from './asking';
import { statusOf, type OrderFacts } from './order';
import { saidNo } from './said-no';
import { withOrder } from './store';
import { AT_ONCE, type Turn } from './turn';

/** How an order ended at Baidu; `never-opened`: nobody ever called the cashier with it. */
type ClosedAtBaidu = 'closed' | 'never-opened' | 'paid';

/**
 * Closes an unpaid order by hand: first at Baidu, so that nobody pays an order that is closed here. Closing again
 * changes nothing.
 *
 * @throws ShopError ALREADY_PAID, BAIDU_REFUSED, BAIDU_UNREACHABLE
 */
export async function close(shop: Shop, facts: OrderFacts): Promise<OrderFacts> {
  if (refuseWhenPaid(shop, facts) === 'closed') return facts;
  const outcome = await closeAtBaidu(shop, facts.tp_order_id);
  if (outcome === 'unreachable') throw new ShopError('BAIDU_UNREACHABLE');
  if (outcome === 'refused') throw new ShopError('BAIDU_REFUSED');
  if (outcome === 'paid') {
    await ask(shop, facts);
    throw new ShopError('ALREADY_PAID');
  }
  const closed = await withOrder(shop.database, facts.tp_order_id, async (tx, present) => {
    if (refuseWhenPaid(shop, present) === 'closed') return present;
    const now = shop.clock();
    await tx.query('INSERT INTO shop.closings (tp_order_id, closed_at) VALUES ($1, $2)', [
      present.tp_order_id,
      now,
    ]);
    return { ...present, closed_at: now };
  });
  await noteClosed(shop, facts.tp_order_id, outcome);
  return closed ?? facts;
}

function refuseWhenPaid(shop: Shop, facts: OrderFacts): 'closed' | 'unpaid' {
  const status = statusOf(facts, shop.clock());
  if (status !== 'closed' && status !== 'unpaid') throw new ShopError('ALREADY_PAID');
  return status;
}

/** `refused`: Baidu knows the order and will not close it now. Only that order is concerned, unlike `unreachable`. */
async function closeAtBaidu(
  shop: Shop,
  tpOrderId: string,
): Promise<ClosedAtBaidu | 'refused' | 'unreachable'> {
  // Looked up here and not by cancelOrder itself, so that a no to the one is not taken for a no to the other.
  const found = await shop.client.findByTpOrderId(tpOrderId);
  if (!found.ok && saidNo(found)) return 'never-opened';
  if (found.ok && found.data.status === 'paid') return 'paid';
  if (found.ok && found.data.status === 'cancelled') return 'closed';
  const answer = found.ok ? await shop.client.cancelOrder({ orderId: found.data.orderId }) : found;
  if (answer.ok) return 'closed';
  shop.log(`cannot close order ${tpOrderId} at Baidu: ${answer.message}`);
  return saidNo(answer) ? 'refused' : 'unreachable';
}

async function noteClosed(shop: Shop, tpOrderId: string, outcome: ClosedAtBaidu): Promise<void> {
  await shop.database.query(
    `INSERT INTO shop.closings_at_baidu (tp_order_id, outcome, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [tpOrderId, outcome, shop.clock()],
  );
}

/** Nobody pays an order any more that has been over for this long, ms. */
const WORTH_CLOSING = 7 * 24 * 3600_000;

/**
 * 关闭订单 for orders whose time is over: what is closed here must not be paid there. A payment that gets through all
 * the same is given back when its notification comes.
 *
 * @returns false when Baidu could not be asked, and it is worth waiting a while
 */
export async function closeExpired(shop: Shop, turn: Turn): Promise<boolean> {
  const find = async (after: string) => {
    const { rows } = await shop.database.query<{ id: string }>(
      `SELECT o.tp_order_id AS id FROM shop.orders o
       LEFT JOIN shop.closings_at_baidu b ON b.tp_order_id = o.tp_order_id
       LEFT JOIN shop.payments p ON p.tp_order_id = o.tp_order_id
       WHERE o.expires_at BETWEEN $1::int8 - ${WORTH_CLOSING} AND $1 AND b.tp_order_id IS NULL AND p.order_id IS NULL
         AND o.tp_order_id > $2
       ORDER BY o.tp_order_id LIMIT ${AT_ONCE}`,
      [shop.clock(), after],
    );
    return rows;
  };
  for await (const { id } of turn.round(find)) {
    const outcome = await closeAtBaidu(shop, id);
    if (outcome === 'unreachable') return false;
    if (outcome === 'refused') continue;
    await noteClosed(shop, id, outcome);
    if (outcome === 'paid')
      shop.log(`order ${id} expired here but is paid at Baidu: its payment will go back`);
  }
  return true;
}
