/** Requests to the shop's backend, and what pages get of them. */
import type { OrderView, OrderViewStatus } from 'swan-cashier';

/** Where the shop is. On a phone it must be https and listed among the request domains of the mini-program. */
export const BACKEND = 'http://127.0.0.1:8790';

const TROUBLE = '网络或服务异常，请稍后再试';

/** With these statuses the shop's message is for the user; with others it is for developers. */
const STATUSES_FOR_USERS = [200, 409, 502, 503];

/**
 * Sends a request to the shop. @returns what its envelope `{ errno, msg, data }` holds; rejects with an Error whose
 * message can be shown
 */
export function request<Data>(method: 'GET' | 'POST', path: string, data?: object): Promise<Data> {
  return new Promise((resolve, reject) => {
    swan.request({
      url: BACKEND + path,
      method,
      data,
      header: shopperHeader(),
      success: ({ statusCode, data: body }) => {
        const { errno, msg, data: answer } = Object(body) as { errno?: number; msg?: string; data?: Data };
        if (errno === 0 && statusCode === 200) resolve(answer as Data);
        else reject(new Error((STATUSES_FOR_USERS.indexOf(statusCode) >= 0 && msg) || TROUBLE));
      },
      fail: () => reject(new Error(TROUBLE)),
    });
  });
}

const STORAGE_KEY = 'shopper';

let shopper = '';

/** A random id of this phone, by which orders are listed, so that the demo needs no login. */
export function shopperHeader(): Record<string, string> {
  shopper = shopper || stored() || createId();
  return { 'X-Shopper': shopper };
}

function stored(): string {
  const value: unknown = swan.getStorageSync(STORAGE_KEY);
  return typeof value === 'string' ? value : '';
}

function createId(): string {
  const id = `${new Date().getTime().toString(36)}-${Math.random().toString(36).slice(2)}`;
  swan.setStorageSync(STORAGE_KEY, id);
  return id;
}

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

export const STATUS_TEXT: Record<OrderViewStatus, string> = {
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
