/** The texts of order-summary. `configure({ messages })` replaces single texts; English is in utils/config/locale/en.ts. */
import { type OrderFailDetail, type OrderMessages, settings, text, TOAST_LENGTH } from '../../utils/internal';

export const MESSAGES: OrderMessages = {
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
};

/** All texts, those of configure() first; '' hides the toast. */
export function getMessages(): OrderMessages {
  const own = settings().messages;
  const messages = {} as OrderMessages;
  (Object.keys(MESSAGES) as (keyof OrderMessages)[]).forEach(key => {
    const ownText = own[key];
    messages[key] = typeof ownText === 'string' ? ownText : MESSAGES[key];
  });
  return messages;
}

/** Why no order is shown; never a code, and the backend's message only when it is short. */
export function errorMessage(
  { reason, code, message }: Omit<OrderFailDetail, 'stale'>,
  messages: OrderMessages,
): string {
  if (reason === 'order-rejected') {
    return message && message.length <= TOAST_LENGTH ? message : messages.orderRefused;
  }
  // Without a code there was no response.
  if (reason === 'order-invalid' || code === null) return text(reason);
  if (code === 404) return messages.orderMissing;
  return code === 401 || code === 403 ? messages.orderDenied : messages.orderRefused;
}
