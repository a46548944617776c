/** What order-summary says, in Chinese and English. `configure({ messages, locale })` chooses and replaces. */
import { type Locale, type OrderFailDetail, type OrderMessages, settings, text } from '../../utils/bundle';

const TEXTS: Record<Locale, OrderMessages> = {
  'zh-CN': {
    'status-unpaid': '待付款',
    'status-paying': '支付处理中',
    'status-paid': '已支付',
    'status-closed': '已关闭',
    'status-refunding': '退款中',
    'status-refunded': '已退款',
    'order-loading': '正在加载订单',
    'order-empty': '暂无订单内容',
    'order-missing': '没有找到这笔订单',
    'order-denied': '请登录后查看订单',
    'order-refused': '订单暂时打不开，请稍后再试',
    'order-retry': '重新加载',
    'order-mismatch': '明细合计 {sum}，与订单金额不一致，请联系商家',
    'order-paid': '订单已支付，无需再次支付',
    'order-left': '剩余支付时间',
    'order-days': '天',
    'order-total': '合计',
    'order-returned': '已退款',
    'order-number': '订单编号',
    'order-copy': '复制',
    'order-copied': '已复制',
    'order-created': '下单时间',
  },
  en: {
    'status-unpaid': 'To pay',
    'status-paying': 'Payment in progress',
    'status-paid': 'Paid',
    'status-closed': 'Closed',
    'status-refunding': 'Refund in progress',
    'status-refunded': 'Refunded',
    'order-loading': 'Loading the order',
    'order-empty': 'Nothing ordered yet',
    'order-missing': 'This order was not found.',
    'order-denied': 'Please log in to see this order.',
    'order-refused': 'Cannot open this order now. Try again later.',
    'order-retry': 'Try again',
    'order-mismatch': 'The items come to {sum}, not to this total. Please ask the shop.',
    'order-paid': 'This order is paid already.',
    'order-left': 'Time left to pay',
    'order-days': 'd',
    'order-total': 'Total',
    'order-returned': 'Refunded',
    'order-number': 'Order number',
    'order-copy': 'Copy',
    'order-copied': 'Copied',
    'order-created': 'Ordered',
  },
};

export function say(key: keyof OrderMessages): string {
  const { locale, messages } = settings();
  return messages[key] || (TEXTS[locale] || TEXTS['zh-CN'])[key];
}

/** The fixed texts of the template. */
export function labels(): Record<
  'loading' | 'retry' | 'left' | 'total' | 'returned' | 'number' | 'copy' | 'created',
  string
> {
  return {
    loading: say('order-loading'),
    retry: say('order-retry'),
    left: say('order-left'),
    total: say('order-total'),
    returned: say('order-returned'),
    number: say('order-number'),
    copy: say('order-copy'),
    created: say('order-created'),
  };
}

/** What a person is told when there is no order to show: never a code, and the backend's own words when they are short. */
export function apologise({
  reason,
  code,
  message,
}: Pick<OrderFailDetail, 'reason' | 'code' | 'message'>): string {
  if (reason === 'order-invalid') return text('order-invalid');
  if (reason === 'order-rejected') return message && message.length <= 28 ? message : say('order-refused');
  if (code === 404) return say('order-missing');
  if (code === 401 || code === 403) return say('order-denied');
  return code === null ? text('order-request') : say('order-refused');
}
