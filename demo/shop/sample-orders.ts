import type { FastifyInstance } from 'fastify';
import type { ShopContext } from './shop-options';
import { ShopError, success } from './errors';
import type { OrderView } from '../../utils/order/order-view';
import { quoteView } from './orders';
import { priceOf } from './pricing';

const MINUTE = 60_000;

/**
 * Orders that are hard to come by in a shop that works: for looking at how they are shown. None of them is stored, so
 * none can be paid.
 */
const SAMPLES: Record<string, (now: number, order: OrderView) => Partial<OrderView>> = {
  expired: now => ({
    status: 'closed',
    createdAt: now - 31 * MINUTE,
    expiresAt: now - MINUTE,
    note: '超过支付时间，订单已关闭',
  }),
  // One yuan more than its lines: what a backend with a rounding bug would send.
  mismatch: (_now, order) => ({ totalAmount: order.totalAmount + 100 }),
  refund: (now, order) => ({
    status: 'paid',
    createdAt: now - 90 * MINUTE,
    expiresAt: now - 60 * MINUTE,
    refundedAmount: order.lines[0]?.amount ?? 0,
    note: '已部分退款',
  }),
  refunding: now => ({
    status: 'refunding',
    createdAt: now - 90 * MINUTE,
    expiresAt: now - 60 * MINUTE,
    note: '退款处理中，将原路退回',
  }),
};

const CART = {
  items: [
    { sku: 'pine-smoke', quantity: 2 },
    { sku: 'white-tea', quantity: 1 },
  ],
  coupon: 'HELLO',
  totalAmount: null,
};

export function addSampleOrders(app: FastifyInstance, shop: ShopContext): void {
  app.get('/samples', async () => success(Object.keys(SAMPLES)));

  app.get<{ Params: { name: string } }>('/samples/:name', async request => {
    const { name } = request.params;
    const change = Object.hasOwn(SAMPLES, name) ? SAMPLES[name] : undefined;
    if (!change)
      throw new ShopError('SAMPLE_NOT_FOUND', { reason: `known: ${Object.keys(SAMPLES).join(', ')}` });
    const order: OrderView = { tpOrderId: `sample-${name}`, ...quoteView(priceOf(CART), shop) };
    return success({ ...order, ...change(Date.now(), order) });
  });
}
