/** What order-summary says, in Chinese and English. `configure({ messages, locale })` chooses and replaces. */
import {
  type Locale,
  type OrderFailDetail,
  type OrderMessages,
  settings,
  text,
  TOAST_LENGTH,
} from '../../utils/bundle';

export const TEXTS: Record<Locale, OrderMessages> = {
  'zh-CN': {
    'status-unpaid': '待付款',
    'status-paying': '支付处理中',
    'status-paid': '已支付',
    'status-closed': '已关闭',
    'status-refunding': '退款中',
    'status-refunded': '已退款',
    orderLoading: '正在加载订单',
    orderEmpty: '暂无订单内容',
    orderMissing: '没有找到这笔订单',
    orderDenied: '请登录后查看订单',
    orderRefused: '订单暂时打不开，请稍后再试',
    orderRetry: '重新加载',
    orderMismatch: '明细合计 {sum}，与订单金额不符，请联系商家',
    orderPaid: '订单已支付，无需再次支付',
    orderLeft: '剩余支付时间',
    orderDays: '天',
    orderTotal: '合计',
    orderReturned: '已退款',
    orderNumber: '订单编号',
    orderCopy: '复制',
    orderCopied: '已复制',
    orderCreated: '下单时间',
  },
  en: {
    'status-unpaid': 'To pay',
    'status-paying': 'Paying',
    'status-paid': 'Paid',
    'status-closed': 'Closed',
    'status-refunding': 'Refunding',
    'status-refunded': 'Refunded',
    orderLoading: 'Loading the order',
    orderEmpty: 'Nothing ordered',
    orderMissing: 'This order was not found.',
    orderDenied: 'Please log in to see this order.',
    orderRefused: 'Cannot open this order now. Try again later.',
    orderRetry: 'Try again',
    orderMismatch: 'The items come to {sum}, not to this total. Please ask the shop.',
    orderPaid: 'This order is paid.',
    orderLeft: 'Time left to pay',
    orderDays: 'd',
    orderTotal: 'Total',
    orderReturned: 'Refunded',
    orderNumber: 'Order number',
    orderCopy: 'Copy',
    orderCopied: 'Copied',
    orderCreated: 'Ordered',
  },
};

/** All texts of the locale, the mini-program's own first. */
export function texts(): OrderMessages {
  const { locale, messages } = settings();
  const own = TEXTS[locale] || TEXTS['zh-CN'];
  const words = {} as OrderMessages;
  (Object.keys(own) as (keyof OrderMessages)[]).forEach(key => {
    words[key] = messages[key] || own[key];
  });
  return words;
}

/** What a person is told instead of an order: never a code, and the backend's own words only when they are short. */
export function apologise(
  { reason, code, message }: Pick<OrderFailDetail, 'reason' | 'code' | 'message'>,
  words: OrderMessages,
): string {
  if (reason === 'order-invalid') return text(reason);
  if (reason === 'order-rejected')
    return message.length <= TOAST_LENGTH && message ? message : words.orderRefused;
  if (code === null) return text(reason);
  return code === 404
    ? words.orderMissing
    : /^40[13]$/.test('' + code)
      ? words.orderDenied
      : words.orderRefused;
}
