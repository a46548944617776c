import type { OrderView } from 'swan-cashier';
import { ask } from './backend';

/** What is sent to the shop, for a quote and for an order. It names no price: those are the shop's. */
export interface Cart {
  items: { sku: string; quantity: number }[];
  /** '' for none */
  coupon: string;
}

export const cartOf = (sku: string, quantity: number, coupon: string): Cart => ({
  items: [{ sku, quantity }],
  coupon,
});

/** What the cart costs now. Nothing is ordered by it, so there is no time of ordering either. */
export const quote = (cart: Cart): Promise<OrderView> =>
  ask<OrderView>('POST', '/shop/quote', cart).then(order => {
    delete order.createdAt;
    return order;
  });
