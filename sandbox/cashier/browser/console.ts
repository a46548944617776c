import { formatFen } from '../../../utils/order/money';
import { beijingDay } from '../beijing';
import { channelName } from '../sheet';
import type { CashierState, NotificationRow } from '../state';
import { cashierApi } from './api';
import { element } from './dom';
import { attempts, bodyOf, paramsOf, time } from './notification-cells';
import { NOTIFICATION_STATE, ORDER_STATE, REFUND_STATE } from './words';

/** The console page: the whole books, and the bills. */
const REFRESH = 3000;
const root = document.getElementById('console');
const base = location.pathname.replace(/\/console\/?$/, '');
const api = cashierApi(base);

type Cell = string | Node;

/** Columns that may wrap, and how much room they need all the same. The others are short and stay on one line. */
const WRAPPING: Record<string, 'some' | 'wide'> = {
  商品: 'some',
  地址: 'some',
  状态: 'some',
  参数: 'some',
  每次尝试与应答: 'wide',
  原因: 'wide',
};

function table(name: string, head: string[], rows: Cell[][]): HTMLElement {
  const cell = (tag: 'th' | 'td', column: number, content: Cell) =>
    element(tag, { class: WRAPPING[head[column] ?? ''] }, content);
  if (rows.length === 0) return element('p', { class: 'empty', 'data-console': name }, '还没有记录');
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      { 'data-console': name },
      element('thead', {}, element('tr', {}, ...head.map((text, column) => cell('th', column, text)))),
      element(
        'tbody',
        {},
        ...rows.map(row => element('tr', {}, ...row.map((content, column) => cell('td', column, content)))),
      ),
    ),
  );
}

const money = (fen: number) => element('span', { class: 'money' }, `¥${formatFen(fen)}`);
const code = (text: string | number) => element('code', {}, String(text));

function orders({ orders, charges }: CashierState): HTMLElement {
  return table(
    'orders',
    ['创建时间', '百度订单号', '商户订单号', '商品', '金额', '实付', '状态', '支付方式'],
    orders.map(order => {
      const charge = charges.find(({ orderId }) => orderId === order.orderId);
      return [
        time(order.createdAt),
        code(order.orderId),
        code(order.tpOrderId),
        order.title,
        money(order.amount),
        charge ? money(charge.totalMoney - charge.promoMoney) : '',
        (ORDER_STATE[order.status] ?? '') + (order.consumed ? ' · 已消费' : ''),
        charge ? channelName(charge.channel) : '',
      ];
    }),
  );
}

function notifications(state: CashierState): HTMLElement {
  return table(
    'notifications',
    ['类型', '商户订单号', '地址', '状态', '每次尝试与应答', '参数'],
    state.notifications.map(notification => [
      notification.kind === 'pay' ? '支付' : '退款',
      code(notification.tpOrderId),
      notification.url || '没有通知地址',
      notificationState(notification),
      attempts(notification),
      element('div', {}, paramsOf(notification), bodyOf(notification, base)),
    ]),
  );
}

function notificationState({ state, dueAt }: NotificationRow): string {
  return NOTIFICATION_STATE[state] + (state === 'waiting' ? `，下次 ${time(dueAt)}` : '');
}

function refunds(state: CashierState): HTMLElement {
  return table(
    'refunds',
    ['申请时间', '退款批次', '商户退款号', '商户订单号', '金额', '原因', '状态', '完成时间'],
    state.refunds.map(refund => [
      time(refund.createdAt),
      code(refund.refundBatchId),
      code(refund.bizRefundBatchId ?? ''),
      code(refund.tpOrderId),
      money(refund.money),
      refund.reason,
      REFUND_STATE[refund.status] ?? '',
      time(refund.finishedAt),
    ]),
  );
}

function refusals(state: CashierState): HTMLElement {
  return table(
    'refusals',
    ['时间', '商户订单号', '代码', '提示', '原因'],
    state.refusals.map(({ at, tpOrderId, errCode, errMsg, reasons }) => [
      time(at),
      code(tpOrderId),
      String(errCode),
      errMsg,
      element('div', {}, ...reasons.map(reason => element('p', {}, reason))),
    ]),
  );
}

function bills(): HTMLElement {
  const today = beijingDay(Date.now());
  const day = element('input', { type: 'date', value: today, max: today, 'aria-label': '账单日期' });
  const link = (kind: string, label: string) => {
    const anchor = element('a', { class: 'download', 'data-console': `${kind}-bill` }, label);
    const point = () => anchor.setAttribute('href', `${base}/_bill?kind=${kind}&day=${day.value}`);
    day.addEventListener('change', point);
    point();
    return anchor;
  };
  return element(
    'div',
    { class: 'bills', 'data-console': 'bills' },
    day,
    link('order', '下载订单对账单'),
    link('capital', '下载资金账单'),
  );
}

const SECTIONS: [string, (state: CashierState) => HTMLElement][] = [
  ['订单', orders],
  ['通知', notifications],
  ['退款', refunds],
  ['被拒绝的调起', refusals],
];

/** What is read stays in sight: a notification that is sent again and again redraws its table every two seconds. */
function redraw(holder: HTMLElement, drawn: HTMLElement): void {
  const scrolled = holder.querySelector('.scroll')?.scrollLeft ?? 0;
  const open = [...holder.querySelectorAll<HTMLElement>('details[open]')].map(({ dataset }) => dataset.key);
  holder.replaceChildren(drawn);
  drawn.scrollLeft = scrolled;
  for (const details of drawn.querySelectorAll('details')) details.open = open.includes(details.dataset.key);
}

/** Redrawn only when the books changed, so that what was selected stays. */
function watch(holders: HTMLElement[], trouble: HTMLElement): void {
  let shown = '';
  const refresh = async (): Promise<void> => {
    try {
      const state = await api.state(200);
      trouble.textContent = '';
      const text = JSON.stringify(state);
      if (text === shown) return;
      shown = text;
      SECTIONS.forEach(([, draw], index) => {
        const holder = holders[index];
        if (holder) redraw(holder, draw(state));
      });
    } catch (error) {
      trouble.textContent = `收银台没有应答：${error instanceof Error ? error.message : String(error)}`;
    }
  };
  void refresh();
  setInterval(() => document.visibilityState === 'visible' && void refresh(), REFRESH);
}

if (root) {
  const holders = SECTIONS.map(() => element('div', {}));
  const trouble = element('p', { class: 'trouble', role: 'alert' });
  root.append(
    element('h1', {}, '百度收银台 · 控制台'),
    element('p', { class: 'note' }, '本机模拟，没有真实资金。'),
    trouble,
    ...SECTIONS.map(([title], index) =>
      element('section', {}, element('h2', {}, title), holders[index] ?? ''),
    ),
    element('section', {}, element('h2', {}, '账单'), bills()),
  );
  watch(holders, trouble);
}
