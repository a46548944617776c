import type { NotificationRow } from '../state';

/** What the books' states are called in the drawer and in the console. */
export const NOTIFICATION_STATE: Record<NotificationRow['state'], string> = {
  waiting: '等待中',
  held: '不会发送',
  done: '已确认',
  'abnormal-refund': '异常退款',
  'given-up': '已放弃',
};

export const ORDER_STATE: Record<number, string> = { 1: '未支付', 2: '已支付', [-1]: '已取消' };

export const REFUND_STATE: Record<number, string> = { 1: '退款中', 2: '退款成功', 3: '退款失败' };
