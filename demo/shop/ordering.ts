import { createHash } from 'node:crypto';
import { buildOrderInfo, signOrderInfo, type OrderInfo } from '../../merchant';
import { formatFen } from '../../utils/order/money';
import type { Cart } from './cart';
import type { Shop } from './context';
import { ShopError } from './errors';
import { shownPrice, viewOf, type OrderFacts, type OrderView } from './order';
import { priceOf } from './pricing';
import { findByKey, insertOrder } from './store';

/** Prices a cart without storing anything. */
export function quote(shop: Shop, cart: Cart): OrderView {
  const price = priceOf(cart);
  const now = shop.clock();
  return {
    ...shownPrice(price, shop.origin),
    totalAmount: price.totalAmount,
    status: 'unpaid',
    createdAt: now,
    expiresAt: now + shop.orderLifetime,
    serverTime: now,
  };
}

interface Buyer {
  /** chosen by the app; null when it has none */
  shopper: string | null;
  /** null: every request is a new order */
  idempotencyKey: string | null;
}

/**
 * Creates an order, or finds the one this key has made already.
 *
 * @throws ShopError KEY_REUSED when the key belongs to another cart or shopper, and what priceOf throws
 */
export async function order(
  shop: Shop,
  cart: Cart,
  buyer: Buyer,
): Promise<{ orderInfo: OrderInfo; order: OrderView }> {
  const facts = await orderFacts(shop, cart, buyer);
  return { orderInfo: orderInfoOf(shop, facts), order: viewOf(facts, shop.clock(), shop.origin) };
}

async function orderFacts(shop: Shop, cart: Cart, buyer: Buyer): Promise<OrderFacts> {
  const { shopper, idempotencyKey } = buyer;
  const requestDigest = digest([shopper, cart.items.map(item => [item.sku, item.quantity]), cart.coupon]);
  const now = shop.clock();
  let price;
  try {
    price = priceOf(cart);
    if (cart.totalAmount !== null && cart.totalAmount !== price.totalAmount) {
      throw new ShopError('PRICE_CHANGED', {
        field: 'totalAmount',
        reason: `the cart now costs ${price.totalAmount} fen`,
      });
    }
  } catch (error) {
    // The order may be older than the present prices: a repeated request still gets it.
    const earlier = idempotencyKey === null ? undefined : await findByKey(shop.database, idempotencyKey);
    if (!earlier || !(error instanceof ShopError)) throw error;
    return sameRequest(earlier, requestDigest);
  }
  const expiresAt = now + shop.orderLifetime;
  const { facts } = await insertOrder(shop.database, {
    price,
    shopper,
    idempotencyKey,
    requestDigest,
    now,
    expiresAt,
  });
  return sameRequest(facts, requestDigest);
}

function sameRequest(facts: OrderFacts, requestDigest: string): OrderFacts {
  if (facts.request_digest === requestDigest) return facts;
  throw new ShopError('KEY_REUSED', {
    field: 'Idempotency-Key',
    reason: 'was used for another cart or shopper; a new purchase needs a new key',
  });
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

/** SHA1withRSA with PKCS#1 v1.5 is deterministic: the same order always gives the same orderInfo. */
function orderInfoOf(shop: Shop, facts: OrderFacts): OrderInfo {
  const rows = facts.lines.map(({ title, quantity, amount }) => ({
    leftCol: `${title} ×${quantity}`,
    rightCol: `¥${formatFen(amount)}`,
  }));
  const more = [
    ...facts.fees.map(({ title, amount }) => ({ leftCol: title, rightCol: `¥${formatFen(amount)}` })),
    ...facts.discounts.map(({ title, amount }) => ({ leftCol: title, rightCol: `-¥${formatFen(amount)}` })),
  ];
  const unsigned = buildOrderInfo({
    appKey: shop.appKey,
    dealId: shop.dealId,
    tpOrderId: facts.tp_order_id,
    totalAmount: facts.total_amount,
    dealTitle: facts.title,
    cashierTopBlock: more.length > 0 ? [rows, more] : [rows],
  });
  return signOrderInfo(unsigned, shop.privateKey);
}
