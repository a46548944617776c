import type { PlatformOrder } from '../../merchant';
import type { Shop } from './context';
import { ShopError } from './errors';
import { statusOf, type OrderFacts } from './order';
import { recordPayment } from './payments';
import { learnRefunds } from './refunds';
import { saidNo } from './said-no';
import { findOrder } from './store';

/** What Baidu says about an order; null: it never reached the cashier. Amounts in fen. */
interface BaiduView {
  status: PlatformOrder['status'];
  totalMoney: number | null;
  payMoney: number | null;
}

/**
 * 查询订单 and 查询退款: asks Baidu about an order and writes down what is new, as a notification would have.
 *
 * @returns the facts as they are then
 * @throws ShopError BAIDU_UNREACHABLE
 */
export async function ask(
  shop: Shop,
  facts: OrderFacts,
): Promise<{ facts: OrderFacts; baidu: BaiduView | null }> {
  const answer = await shop.client.findByTpOrderId(facts.tp_order_id);
  if (!answer.ok && !saidNo(answer)) {
    shop.log(`cannot ask about order ${facts.tp_order_id}: ${answer.message}`);
    throw new ShopError('BAIDU_UNREACHABLE');
  }
  if (!answer.ok) return { facts, baidu: null };
  const { status, totalMoney, payMoney } = answer.data;
  if (status === 'paid') await learnPayment(shop, facts, answer.data);
  if (facts.refunding > 0) await learnRefunds(shop, facts);
  return {
    facts: (await findOrder(shop.database, facts.tp_order_id)) ?? facts,
    baidu: { status, totalMoney, payMoney },
  };
}

/**
 * A payment whose notification is late or lost. Only one that counts is taken from here: money can be sent back by
 * answering the notification, and by nothing else that is simple.
 */
async function learnPayment(shop: Shop, facts: OrderFacts, found: PlatformOrder): Promise<void> {
  const { orderId, userId, dealId, totalMoney, payMoney, raw } = found;
  const counts = statusOf(facts, shop.clock()) === 'unpaid' && totalMoney === facts.total_amount;
  if (!counts || totalMoney === null || userId === null || dealId !== shop.dealId) return;
  const payment = {
    orderId,
    userId,
    tpOrderId: facts.tp_order_id,
    totalMoney,
    payMoney: payMoney ?? totalMoney,
    payTime: null,
  };
  await recordPayment(shop.database, payment, 'asked', raw, shop.clock);
  shop.log(`payment ${orderId} of order ${facts.tp_order_id} found by asking`);
}
