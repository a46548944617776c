import { isOrderUnknown, type ApiFailure, type PlatformOrder } from '../../merchant';
import type { ShopContext } from './shop-options';
import { ShopError } from './errors';
import { withOrderLock, type OrderRow } from './orders';
import { recordPayment } from './payments';

/**
 * 查询订单: queries an order at Baidu and records its payment, as its notification would have.
 *
 * @returns null when the order is unknown to Baidu, because the cashier was never opened with it
 * @throws ShopError BAIDU_UNREACHABLE, BAIDU_REFUSED when the state at Baidu is unknown
 */
export async function syncOrder(shop: ShopContext, tpOrderId: string): Promise<PlatformOrder | null> {
  const found = await queryOrder(shop, tpOrderId);
  if (found?.status !== 'paid') return found;
  const { orderId, userId, dealId, totalMoney, payMoney, raw } = found;
  if (totalMoney === null || (dealId !== null && dealId !== shop.dealId)) {
    shop.log(
      `order ${tpOrderId} is paid at Baidu, but its dealId is ${dealId} and its totalMoney ${totalMoney}`,
    );
    throw new ShopError('BAIDU_REFUSED');
  }
  const payment = {
    orderId,
    userId,
    tpOrderId,
    totalMoney,
    payMoney: payMoney ?? totalMoney,
    // The answer has no time of payment. An order that is still open here was paid in time.
    payTime: null,
  };
  const recorded = await recordPayment(shop, payment, 'query', raw);
  if (!recorded) {
    shop.log(`order ${tpOrderId} is paid at Baidu, but its orderId ${orderId} has paid another order here`);
    throw new ShopError('BAIDU_REFUSED');
  }
  if (!recorded.isRepeated) {
    const decision = recorded.rejectReason === null ? 'accepted' : `goes back (${recorded.rejectReason})`;
    shop.log(`payment ${orderId} of order ${tpOrderId} found by a query: ${decision}`);
  }
  return found;
}

/** As syncOrder, but writes nothing. */
async function queryOrder(shop: ShopContext, tpOrderId: string): Promise<PlatformOrder | null> {
  const answer = await shop.client.findByTpOrderId(tpOrderId);
  if (answer.ok) return answer.data;
  if (isOrderUnknown(answer)) return null;
  shop.log(`cannot query order ${tpOrderId}: ${answer.message}`);
  throw toShopError(answer);
}

function toShopError({ kind }: ApiFailure): ShopError {
  return new ShopError(kind === 'business' || kind === 'gateway' ? 'BAIDU_REFUSED' : 'BAIDU_UNREACHABLE');
}

/**
 * Closes an unpaid order. A query at Baidu comes first, so that a payment made in time is found; then the order is
 * cancelled at Baidu, so that it cannot be paid there any more. An order that is paid stays as it is.
 *
 * @returns whether it can no longer be paid at Baidu either. Baidu cannot close an order that it has never seen.
 * @throws ShopError BAIDU_UNREACHABLE, BAIDU_REFUSED: nothing was closed here then
 */
export async function closeOrder(
  shop: ShopContext,
  tpOrderId: string,
  reason: 'expired' | 'cancelled',
): Promise<{ isFinal: boolean }> {
  const found = await syncOrder(shop, tpOrderId);
  if (found?.status === 'unknown') throw new ShopError('BAIDU_REFUSED');
  if (found?.status === 'unpaid') await cancelAtBaidu(shop, found);
  await withOrderLock(shop.database, tpOrderId, async (tx, order) => {
    if (order.status !== 'unpaid') return;
    await tx.query(`UPDATE shop.orders SET status = 'closed', close_reason = $2 WHERE tp_order_id = $1`, [
      tpOrderId,
      reason,
    ]);
  });
  return { isFinal: found !== null };
}

async function cancelAtBaidu(shop: ShopContext, { tpOrderId, orderId }: PlatformOrder): Promise<void> {
  const answer = await shop.client.cancelOrder({ orderId });
  if (answer.ok) return;
  shop.log(`cannot close order ${tpOrderId} at Baidu: ${answer.message}`);
  throw toShopError(answer);
}

/**
 * The worker's check of an order: finds a payment whose notification is late or lost, and closes an expired order. The
 * next check is due when the order is twice as old, for a week: a closed order that is unknown to Baidu can still be
 * paid by a phone that has kept its orderInfo.
 */
export async function checkOrder(shop: ShopContext, order: OrderRow): Promise<void> {
  const isFinal = await syncOrClose(shop, order);
  await shop.database.query(
    `UPDATE shop.orders
     SET attempts = 0,
         run_at = CASE
           WHEN status = 'unpaid' THEN least(expires_at, now() + greatest(now() - created_at, $3 * interval '1 ms'))
           WHEN $2 OR now() - created_at > interval '7 days' THEN NULL
           ELSE now() + greatest(now() - created_at, $3 * interval '1 ms')
         END
     WHERE tp_order_id = $1 AND run_at IS NOT NULL`,
    [order.tp_order_id, isFinal, shop.retryAfter],
  );
}

async function syncOrClose(shop: ShopContext, order: OrderRow): Promise<boolean> {
  const { tp_order_id: tpOrderId } = order;
  if (order.status === 'unpaid' && order.expired) {
    return (await closeOrder(shop, tpOrderId, 'expired')).isFinal;
  }
  const found = await syncOrder(shop, tpOrderId);
  if (order.status === 'closed' && found?.status === 'unpaid') await cancelAtBaidu(shop, found);
  if (order.status === 'unpaid' && found?.status === 'cancelled')
    await closeOrder(shop, tpOrderId, 'cancelled');
  return found !== null && found.status !== 'unknown';
}
