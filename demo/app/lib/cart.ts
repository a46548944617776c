import { ask } from './backend';
import type { OrderView } from './orders';

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

/** What the cart costs now; nothing is ordered. */
export const quote = (cart: Cart): Promise<OrderView> => ask('POST', '/shop/quote', cart);
