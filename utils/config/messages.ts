import type { OrderViewStatus } from '../order/order-view';

/**
 * Every text of pay-button that a user can read. Baidu's limits: toast with icon <= 7 characters, text toast two lines of
 * 14, modal title <= 8, content <= 50, its buttons <= 4. No codes, no exclamation marks, "你". English is in locale/en.
 */
export interface Messages {
  /** labels of the button, one for each phase */
  idle: string;
  ordering: string;
  paying: string;
  confirming: string;
  pending: string;
  paid: string;
  /** toasts */
  success: string;
  cancel: string;
  unconfirmed: string;
  /** payfail, one for each reason */
  'order-request': string;
  'order-rejected': string;
  'order-invalid': string;
  'amount-changed': string;
  unsupported: string;
  'virtual-goods-ios': string;
  'not-logged-in': string;
  rejected: string;
  cashier: string;
  closed: string;
  refunded: string;
  /** payfail of an order that may be paid, and of one that is closed as well */
  doubtful: string;
  closedDoubtful: string;
  /** the question before another call; {order} is the newest order it is about, with its amount and 等 N 笔 */
  askTitle: string;
  /** the order that is called again may be paid */
  askSame: string;
  /** another order may be paid */
  askOther: string;
  askPaid: string;
  askClosed: string;
  askRefunded: string;
  /** several orders, of which some are paid and others may be */
  askMixed: string;
  /** {title} {amount} of one order, and of the newest of {count} */
  askOrder: string;
  askOrders: string;
  askConfirm: string;
  askCancel: string;
}

/** The texts of order-summary that `configure({ messages })` can replace; the Chinese ones are in the component. */
export type OrderMessages = Record<`status-${OrderViewStatus}`, string> & {
  orderLoading: string;
  /** no order, or one with nothing in it */
  orderEmpty: string;
  /** the backend knows no such order */
  orderMissing: string;
  /** the backend refuses the order without a login */
  orderDenied: string;
  /** the backend does not return the order now */
  orderRefused: string;
  orderRetry: string;
  /** `{sum}` stands for what the lines come to */
  orderMismatch: string;
  /** why a pay-button of this order refuses */
  orderPaid: string;
  orderLeft: string;
  /** after a number of days: 2 天 03:04:05 */
  orderDays: string;
  orderTotal: string;
  orderReturned: string;
  orderNumber: string;
  orderCopy: string;
  orderCopied: string;
  orderCreated: string;
};

/** A toast holds two lines of fourteen characters; a longer message of the backend is replaced by ours. */
export const TOAST_LENGTH = 28;

export const MESSAGES: Messages = {
  idle: '立即支付',
  ordering: '正在下单',
  paying: '支付中',
  confirming: '正在确认',
  pending: '查询支付结果',
  paid: '已支付',
  success: '支付成功',
  cancel: '已取消支付',
  unconfirmed: '支付结果确认中，请勿重复支付',
  'order-request': '网络或服务异常，请稍后再试',
  'order-rejected': '暂时无法下单，请稍后再试',
  'order-invalid': '订单信息有误，请联系商家',
  'amount-changed': '订单金额有变化，请重新确认',
  unsupported: '请升级百度 App 后再支付',
  'virtual-goods-ios': 'iOS 暂不支持购买此商品',
  'not-logged-in': '请登录百度账号后再支付',
  rejected: '暂时无法打开收银台，请稍后再试',
  cashier: '支付没有完成，请稍后再试',
  closed: '订单已关闭，请重新下单',
  refunded: '订单已退款，需要请重新下单',
  doubtful: '支付没有完成，如已扣款请稍后查看订单',
  closedDoubtful: '订单已关闭，如已扣款请联系商家',
  askTitle: '继续支付前',
  askSame: '{order}未收到付款。已付款请取消，稍后查看。继续仍是同一笔订单。',
  askOther: '{order}未收到付款。已付款请取消，稍后查看。继续将支付本次订单。',
  askPaid: '{order}已支付。继续将再支付本次订单。',
  askClosed: '{order}已关闭，如已扣款请联系商家。继续将支付本次订单。',
  askRefunded: '{order}已退款。继续将支付本次订单。',
  askMixed: '{order}已付款、已退款或待确认，可取消后查看。继续将支付本次订单。',
  askOrder: '「{title}」{amount} ',
  askOrders: '「{title}」{amount} 等 {count} 笔',
  askConfirm: '继续支付',
  askCancel: '取消',
};
