/** Calls of the shop's backend that pages share, and what they get. */
import type { OrderView, OrderViewStatus } from 'swan-cashier';
import { request } from './backend';

/** A product as the shop sells it; amounts in fen. */
export interface Product {
  sku: string;
  title: string;
  spec: string;
  description: string;
  unitAmount: number;
  thumbnail: string;
  soldOut: boolean;
}

export interface Coupon {
  code: string;
  title: string;
  minimum: number;
}

export const fetchProducts = (): Promise<Product[]> => request('GET', '/shop/products');

export const fetchCoupons = (): Promise<Coupon[]> => request('GET', '/shop/coupons');

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
export const fetchQuote = (cart: Cart): Promise<OrderView> =>
  request<OrderView>('POST', '/shop/quote', cart).then(order => {
    delete order.createdAt;
    return order;
  });

export type Status = OrderViewStatus;

export const STATUS_TEXT: Record<Status, string> = {
  unpaid: '待付款',
  paying: '支付处理中',
  paid: '已支付',
  closed: '已关闭',
  refunding: '退款中',
  refunded: '已退款',
};

/** The orders of this phone's shopper, newest first. */
export const fetchOrders = (): Promise<OrderView[]> => request('GET', '/shop/orders');

export const orderUrl = (tpOrderId: string): string => `/shop/orders/${encodeURIComponent(tpOrderId)}`;
