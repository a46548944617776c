import { ask } from './backend';

export type Status = 'unpaid' | 'paying' | 'paid' | 'closed' | 'refunding' | 'refunded';

export interface OrderLine {
  sku?: string;
  title: string;
  thumbnail?: string;
  spec?: string;
  unitAmount: number;
  quantity: number;
  amount: number;
}

/** An order as the shop shows it; amounts in fen, times in ms. */
export interface OrderView {
  /** absent in a quote */
  tpOrderId?: string;
  title: string;
  lines: OrderLine[];
  totalAmount: number;
  status: Status;
  createdAt: number;
}

export const STATUS_TEXT: Record<Status, string> = {
  unpaid: '待支付',
  paying: '支付中',
  paid: '已支付',
  closed: '已关闭',
  refunding: '退款中',
  refunded: '已退款',
};

/** The orders of this phone's shopper, newest first. */
export const orders = (): Promise<OrderView[]> => ask('GET', '/shop/orders');

export const orderUrl = (tpOrderId: string): string => `/shop/orders/${encodeURIComponent(tpOrderId)}`;
