/** What each reason of `payfail` means to a developer. */
import type { PayFailReason } from '../../utils/payment';

export const REASONS: Record<PayFailReason, { en: string; 'zh-CN': string }> = {
  'order-request': {
    en: 'create-url could not be reached, timed out or answered outside 2xx',
    'zh-CN': 'create-url 连不上、超时，或返回了非 2xx 状态码',
  },
  'order-rejected': {
    en: 'the backend refused the order: errno (or code) is not 0; its own msg is shown when it has at most 28 characters',
    'zh-CN': '后端拒绝下单：errno（或 code）不为 0；msg 不超过 28 个字时直接展示给用户',
  },
  'order-invalid': {
    en: 'a property, the orderInfo or its amount is wrong; the console names the field and the fix',
    'zh-CN': '属性、orderInfo 或金额有误；控制台会指出字段和改法',
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
    en: 'the person did not log in to Baidu',
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
    en: 'the order is closed, or paid already in another place',
    'zh-CN': '订单已关闭，或已在别处支付',
  },
};
