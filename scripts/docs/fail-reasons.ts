/** What each reason of `payfail` means to a developer. */
import type { PayFailReason } from '../../utils/payment/pay-button-events';

export const REASONS: Record<PayFailReason, { en: string; 'zh-CN': string }> = {
  'order-request': {
    en: 'create-url could not be reached, timed out or answered outside 2xx',
    'zh-CN': 'create-url 连不上、超时，或返回了非 2xx 状态码',
  },
  'order-rejected': {
    en: 'the backend refused the order: errno (or code) is not 0; its own msg is shown when it has at most 28 characters; raw is its whole answer',
    'zh-CN': '后端拒绝下单：errno（或 code）不为 0；msg 不超过 28 个字时直接展示给用户；raw 是完整的响应',
  },
  'order-invalid': {
    en: 'a property, the orderInfo, or the order that an order-summary shows is wrong; the console names the field and the fix',
    'zh-CN': '属性、orderInfo 或 order-summary 展示的订单有误；控制台会指出字段和改法',
  },
  'amount-changed': {
    en: 'the order has another amount than the one shown; totalAmount is that of the order',
    'zh-CN': '订单金额与页面显示的不同；totalAmount 是订单的金额',
  },
  unsupported: {
    en: 'this base library or host has no cashier',
    'zh-CN': '当前基础库或宿主没有收银台',
  },
  'virtual-goods-ios': {
    en: 'virtual-goods is set and the phone runs iOS',
    'zh-CN': '设置了 virtual-goods，且手机是 iOS',
  },
  'not-logged-in': {
    en: 'the user did not log in to Baidu',
    'zh-CN': '用户没有登录百度账号',
  },
  rejected: {
    en: 'the cashier never opened: it refused the call',
    'zh-CN': '收银台拒绝了调用，没有打开',
  },
  cashier: {
    en: 'the cashier said failed, or could not find out; mayBePaid tells whether the order may be paid all the same',
    'zh-CN': '收银台报告失败，或没能查到结果；mayBePaid 表示订单是否仍可能已付款',
  },
  closed: {
    en: 'the order is closed, or an order-summary shows it as paid; with mayBePaid the money may have been taken',
    'zh-CN': '订单已关闭，或 order-summary 显示已支付；mayBePaid 为 true 表示可能已扣款',
  },
  refunded: {
    en: 'the order was paid and refunded, or is being refunded',
    'zh-CN': '订单已付款并已退款，或正在退款',
  },
};
