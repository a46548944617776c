/**
 * Every text a person can read, in Chinese and English. Baidu's limits: toast with icon <= 7 characters, text toast
 * two lines of 14, modal title <= 8, content <= 50, its buttons <= 4. No codes, no exclamation marks, "你".
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
  unsupported: string;
  'virtual-goods-ios': string;
  'not-logged-in': string;
  rejected: string;
  cashier: string;
  closed: string;
  /** cashier failed and the order may be paid all the same */
  doubtful: string;
  /** the question before a pending order is paid again */
  askTitle: string;
  askContent: string;
  /** the same when something else is to be paid by now */
  askNewContent: string;
  askConfirm: string;
  askCancel: string;
}

/** A toast holds two lines of fourteen characters; longer words of a backend are replaced by ours. */
export const TOAST_LENGTH = 28;

export type Locale = 'zh-CN' | 'en';

export const MESSAGES: Record<Locale, Messages> = {
  'zh-CN': {
    idle: '立即支付',
    ordering: '正在下单',
    paying: '支付中',
    confirming: '正在确认',
    pending: '查询支付结果',
    paid: '已支付',
    success: '支付成功',
    cancel: '已取消支付',
    unconfirmed: '支付结果确认中，请勿重复支付',
    'order-request': '网络不太顺畅，请稍后再试',
    'order-rejected': '暂时无法下单，请稍后再试',
    'order-invalid': '订单信息有误，请联系商家',
    unsupported: '请升级百度 App 后再支付',
    'virtual-goods-ios': 'iOS 暂不支持购买此商品',
    'not-logged-in': '请登录百度账号后再支付',
    rejected: '暂时无法打开收银台，请稍后再试',
    cashier: '支付没有完成，请稍后再试',
    closed: '订单已关闭，请重新下单',
    doubtful: '支付没有完成，如已扣款请稍后查看订单',
    askTitle: '尚未收到付款',
    askContent: '如果你已付款，请取消并稍后查看。继续支付仍是同一笔订单。',
    askNewContent: '上一笔订单没有收到付款。如果你已付款，请取消并稍后查看；继续将支付新的订单。',
    askConfirm: '继续支付',
    askCancel: '取消',
  },
  en: {
    idle: 'Pay now',
    ordering: 'Ordering',
    paying: 'Paying',
    confirming: 'Confirming',
    pending: 'Check payment',
    paid: 'Paid',
    success: 'Paid',
    cancel: 'Payment cancelled',
    unconfirmed: 'Confirming your payment. Please do not pay again.',
    'order-request': 'Network trouble. Please try again.',
    'order-rejected': 'Cannot place the order now. Try again later.',
    'order-invalid': 'This order has an error. Please ask the shop.',
    unsupported: 'Please update Baidu App to pay.',
    'virtual-goods-ios': 'Not available on iOS.',
    'not-logged-in': 'Please log in to Baidu to pay.',
    rejected: 'Cannot open the cashier now. Try again later.',
    cashier: 'Payment not completed. Try again later.',
    closed: 'This order is closed. Please order again.',
    doubtful: 'Not completed. If charged, check the order later.',
    askTitle: 'Not paid yet',
    askContent: 'If you have paid, cancel and check later. Continuing pays this same order.',
    askNewContent: 'Your last order is not paid. If you have paid, cancel. Continuing pays the new order.',
    askConfirm: 'Continue',
    askCancel: 'Cancel',
  },
};
