/** Every text of the developer panel and the console, in the developer's language. The sheet is the user's, and Chinese. */
import type { Locale } from '../../../merchant';
import type { OutcomeName } from '../payment-outcomes';
import type { NotificationRow, OrderRow, RefundStatusReason } from '../cashier-state';

export interface Labels {
  /** label of the language switch, in the other language */
  switchLanguage: string;
  time: (ms: number) => string;
  clock: (ms: number) => string;
  noAnswer: (reason: string) => string;
  outcomes: Record<OutcomeName, string>;
  /** of baidu.orders, refunds and notifications, by their number or name */
  orderStates: Record<number, string>;
  refundStates: Record<number, string>;
  refundStatusReasons: Record<RefundStatusReason, string>;
  notificationStates: Record<NotificationRow['state'], string>;
  /** ways to pay that are no channel of the sheet */
  channels: Record<string, string>;
  consumed: string;
  kinds: Record<NotificationRow['kind'], string>;
  noAddress: (kind: NotificationRow['kind']) => string;
  resend: string;
  panel: {
    name: string;
    title: string;
    openConsole: string;
    nextPayment: string;
    sheet: string;
    sheetFirst: string;
    always: string;
    step: (name: string, sheetFirst: boolean) => string;
    script: (names: string[], later: string, isNormal: boolean) => string;
    orders: string;
    noOrders: string;
    refunded: (amount: string) => string;
    notification: (kind: string, state: string, count: number) => string;
    attempt: (number: number, time: string, explanation: string) => string;
    noReply: string;
    next: (time: string) => string;
    rejections: string;
    none: string;
  };
  console: {
    title: string;
    note: string;
    calls: string;
    noCalls: string;
    confirm: string;
    cancel: string;
    orders: string;
    notifications: string;
    refunds: string;
    rejections: string;
    statements: string;
    empty: string;
    orderColumns: string[];
    notificationColumns: string[];
    refundColumns: string[];
    rejectionColumns: string[];
    refundStatus: (state: string, reason: string) => string;
    next: (time: string) => string;
    attempts: (total: number, shown: number) => string;
    params: string;
    body: string;
    download: (file: string) => string;
    verify: (file: string) => string;
    day: string;
    orderStatement: string;
    capitalStatement: string;
  };
}

const ADDRESS_OPTIONS: Record<NotificationRow['kind'], string> = {
  pay: '--notify',
  refund: '--refund-notify',
};

const ZH: Labels = {
  switchLanguage: 'English',
  time: ms => new Date(ms).toLocaleString('zh-CN', { hour12: false }),
  clock: ms => new Date(ms).toLocaleTimeString('zh-CN', { hour12: false }),
  noAnswer: reason => `收银台没有应答：${reason}`,
  outcomes: {
    paid: '支付成功',
    failed: '支付失败（6）',
    cancelled: '用户取消（2）',
    'paying-then-paid': '支付中（1），稍后到账',
    'paying-then-unpaid': '支付中（1），最终未付',
    'silent-paid': '没有回调，已付款',
    'silent-unpaid': '没有回调，未付款',
    'success-twice': '成功回调两次',
    'success-and-fail': '成功和失败都回调',
    'notified-late': '成功，通知晚到',
    'never-notified': '成功，通知不到',
    'paid-but-cancelled': '已付款，却报取消（2）',
    rejected: '宿主拒绝调起（"1001"）',
    'success-text': '成功，结果是字符串',
    'success-empty': '成功，结果为空',
  },
  orderStates: { 1: '未支付', 2: '已支付', [-1]: '已取消' },
  refundStates: { 1: '退款中', 2: '退款成功', 3: '退款失败' },
  refundStatusReasons: {
    'not-consumed': '等支付通知被确认（已消费）后才退款',
    'daily-limit': '超过每日退款上限',
    scripted: '按 _faults 的脚本',
  },
  notificationStates: {
    waiting: '等待中',
    held: '不会发送',
    done: '已确认',
    'abnormal-refund': '异常退款',
    'given-up': '已放弃',
  },
  channels: { simulated: '模拟支付', later: '稍后到账' },
  consumed: '已消费',
  kinds: { pay: '支付', refund: '退款' },
  noAddress: kind => `没有通知地址：启动时加 ${ADDRESS_OPTIONS[kind]} URL`,
  resend: '重新发送',
  panel: {
    name: '收银台调试',
    title: '百度收银台',
    openConsole: '打开控制台',
    nextPayment: '下一次支付',
    sheet: '正常收银台',
    sheetFirst: '先显示收银台',
    always: '每一次都这样',
    step: (name, sheetFirst) => name + (sheetFirst ? '（先显示收银台）' : ''),
    script: (names, later, isNormal) =>
      `接下来：${names.length > 0 ? `${names.join('、')}，之后${isNormal ? '恢复' : '一直是'}${later}` : later}`,
    orders: '订单与通知',
    noOrders: '还没有订单',
    refunded: amount => `已退款 ${amount}`,
    notification: (kind, state, count) => `${kind}通知：${state}，已发 ${count} 次`,
    attempt: (number, time, explanation) => `第 ${number} 次 ${time}：${explanation}`,
    noReply: '（没有应答）',
    next: time => `下次 ${time}`,
    rejections: '被拒绝的调起',
    none: '没有',
  },
  console: {
    title: '百度收银台 · 控制台',
    note: '本机模拟，没有真实资金。',
    calls: '等待付款',
    noCalls: '没有等待付款的订单',
    confirm: '确认',
    cancel: '取消支付',
    orders: '订单',
    notifications: '通知',
    refunds: '退款',
    rejections: '被拒绝的调起',
    statements: '账单',
    empty: '还没有记录',
    orderColumns: ['创建时间', '百度订单号', '商户订单号', '商品', '金额', '实付', '状态', '支付方式'],
    notificationColumns: ['类型', '商户订单号', '地址', '状态', '每次尝试与应答', '参数'],
    refundColumns: ['申请时间', '退款批次', '商户退款号', '商户订单号', '金额', '原因', '状态', '完成时间'],
    rejectionColumns: ['时间', '商户订单号', '代码', '提示', '原因'],
    refundStatus: (state, reason) => `${state}：${reason}`,
    next: time => `，下次 ${time}`,
    attempts: (total, shown) => `共 ${total} 次，这里是最后 ${shown} 次`,
    params: '参数',
    body: 'POST 正文',
    download: file => `下载 ${file}`,
    verify: file => `检查签名：npx swan-cashier doctor --notify ${file} --key 平台公钥`,
    day: '账单日期',
    orderStatement: '下载订单对账单',
    capitalStatement: '下载资金账单',
  },
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const EN: Labels = {
  switchLanguage: '中文',
  time: ms => new Date(ms).toLocaleString('en-GB'),
  clock: ms => new Date(ms).toLocaleTimeString('en-GB'),
  noAnswer: reason => `The cashier does not answer: ${reason}`,
  outcomes: {
    paid: 'Paid',
    failed: 'Failed (6)',
    cancelled: 'Cancelled by the user (2)',
    'paying-then-paid': 'Paying (1), paid later',
    'paying-then-unpaid': 'Paying (1), never paid',
    'silent-paid': 'No callback, paid',
    'silent-unpaid': 'No callback, not paid',
    'success-twice': 'success called twice',
    'success-and-fail': 'success and fail both called',
    'notified-late': 'Paid, notified late',
    'never-notified': 'Paid, never notified',
    'paid-but-cancelled': 'Paid, but reported as cancelled (2)',
    rejected: 'Refused by the host ("1001")',
    'success-text': 'Paid, result is text',
    'success-empty': 'Paid, result is empty',
  },
  orderStates: { 1: 'unpaid', 2: 'paid', [-1]: 'cancelled' },
  refundStates: { 1: 'in progress', 2: 'refunded', 3: 'failed' },
  refundStatusReasons: {
    'not-consumed': 'waits until the payment notification is acknowledged',
    'daily-limit': 'beyond the limit of a day',
    scripted: 'scripted in _faults',
  },
  notificationStates: {
    waiting: 'waiting',
    held: 'not sent',
    done: 'acknowledged',
    'abnormal-refund': 'abnormal refund',
    'given-up': 'given up',
  },
  channels: {
    simulated: 'simulated',
    later: 'paid later',
    BDWallet: 'Baidu Wallet',
    WeChat: 'WeChat Pay',
    Alipay: 'Alipay',
    DuXiaoMan: 'Du Xiaoman',
  },
  consumed: 'consumed',
  kinds: { pay: 'Payment', refund: 'Refund' },
  noAddress: kind => `no address: start with ${ADDRESS_OPTIONS[kind]} URL`,
  resend: 'Send again',
  panel: {
    name: 'Cashier controls',
    title: 'Baidu cashier',
    openConsole: 'Open the console',
    nextPayment: 'Next payment',
    sheet: 'The sheet, as usual',
    sheetFirst: 'Show the sheet first',
    always: 'Every time',
    step: (name, sheetFirst) => name + (sheetFirst ? ' (after the sheet)' : ''),
    script: (names, later, isNormal) =>
      `Next: ${[...names, (names.length > 0 && !isNormal ? 'always ' : '') + lowerFirst(later)].map(lowerFirst).join('; then ')}`,
    orders: 'Orders and notifications',
    noOrders: 'No orders yet',
    refunded: amount => `Refunded ${amount}`,
    notification: (kind, state, count) =>
      `${kind} notification: ${state}, sent ${count} ${count === 1 ? 'time' : 'times'}`,
    attempt: (number, time, explanation) => `Attempt ${number} at ${time}: ${explanation}`,
    noReply: '(no reply)',
    next: time => `Next at ${time}`,
    rejections: 'Rejected calls',
    none: 'None',
  },
  console: {
    title: 'Baidu cashier · Console',
    note: 'Simulated on this machine, no real money.',
    calls: 'Waiting for payment',
    noCalls: 'No payment waits',
    confirm: 'Confirm',
    cancel: 'Cancel payment',
    orders: 'Orders',
    notifications: 'Notifications',
    refunds: 'Refunds',
    rejections: 'Rejected calls',
    statements: 'Statements',
    empty: 'Nothing yet',
    orderColumns: ['Created', 'Baidu orderId', 'tpOrderId', 'Goods', 'Amount', 'Paid', 'Status', 'Paid by'],
    notificationColumns: ['Kind', 'tpOrderId', 'Address', 'Status', 'Attempts and replies', 'Parameters'],
    refundColumns: [
      'Requested',
      'refundBatchId',
      'bizRefundBatchId',
      'tpOrderId',
      'Amount',
      'Reason',
      'Status',
      'Finished',
    ],
    rejectionColumns: ['Time', 'tpOrderId', 'Code', 'Message', 'Reasons'],
    refundStatus: (state, reason) => `${state}: ${reason}`,
    next: time => `, next at ${time}`,
    attempts: (total, shown) => `${total} in all, the last ${shown}:`,
    params: 'Parameters',
    body: 'POST body',
    download: file => `Download ${file}`,
    verify: file => `Check the signature: npx swan-cashier doctor --notify ${file} --key PLATFORM_PUBLIC_KEY`,
    day: 'Day of the statement',
    orderStatement: 'Download the order statement',
    capitalStatement: 'Download the capital statement',
  },
};

const LABELS: Record<Locale, Labels> = { 'zh-CN': ZH, en: EN };
const STORAGE_KEY = 'swan-cashier-sandbox.language';

export const labelsOf = (locale: Locale): Labels => LABELS[locale];

export function orderStatus({ status, consumed }: OrderRow, labels: Labels): string {
  return (labels.orderStates[status] ?? '') + (status === 2 && consumed ? ` · ${labels.consumed}` : '');
}

/** The language that was chosen here, or else that of the browser: Chinese, or English for all others. */
export function currentLocale(): Locale {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'zh-CN' || stored === 'en') return stored;
  return /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en';
}

/** @returns the language that is current from now on */
export function switchLanguage(): Locale {
  const next = currentLocale() === 'zh-CN' ? 'en' : 'zh-CN';
  localStorage.setItem(STORAGE_KEY, next);
  return next;
}
