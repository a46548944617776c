import type { OrderView, OrderViewStatus } from 'swan-cashier';
import { ask } from './backend';

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
export const orders = (): Promise<OrderView[]> => ask('GET', '/shop/orders');

export const orderUrl = (tpOrderId: string): string => `/shop/orders/${encodeURIComponent(tpOrderId)}`;
