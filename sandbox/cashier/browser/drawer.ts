import type { FaultScript, PaymentStep } from '../faults';
import { OUTCOMES } from '../outcomes';
import type { CashierState, NotificationRow, OrderRow } from '../state';
import { formatFen } from '../../../utils/order/money';
import type { CashierApi } from './api';
import { element } from './dom';
import { NOTIFICATION_STATE, ORDER_STATE } from './words';

const HONEST = '正常收银台';
const REFRESH = 2000;

export interface Drawer {
  refresh(): void;
  /** asks the cashier for nothing more */
  stop(): void;
}

/** The developer's side of the cashier: how the next payment ends, and what the books say. */
export function mountDrawer(drawer: HTMLElement, api: CashierApi): Drawer {
  const outcome = element(
    'select',
    { 'data-drawer': 'outcome', 'aria-label': '支付结果' },
    element('option', { value: 'sheet' }, HONEST),
    ...Object.entries(OUTCOMES).map(([value, { label }]) => element('option', { value }, label)),
  );
  const always = element('input', { type: 'checkbox', 'data-drawer': 'always' });
  const sheetFirst = element('input', { type: 'checkbox', 'data-drawer': 'sheet-first' });
  const script = element('p', { class: 'bd-drawer-note', 'data-drawer': 'script', role: 'status' });
  const orders = element('div', { 'data-drawer': 'orders' });
  const refusals = element('div', { 'data-drawer': 'refusals' });
  const trouble = element('p', { class: 'bd-drawer-trouble', 'data-drawer': 'trouble', role: 'alert' });

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      trouble.textContent = '';
    } catch (error) {
      trouble.textContent = `收银台没有应答：${error instanceof Error ? error.message : String(error)}`;
    }
  };

  let choices = 0;
  const apply = () =>
    attempt(async () => {
      choices += 1;
      const step = { outcome: outcome.value, sheet: sheetFirst.checked } as PaymentStep;
      const honest: PaymentStep = { outcome: 'sheet', sheet: true };
      const now = await api.faults();
      showScript(
        await api.setFaults({
          ...now,
          payments: always.checked || step.outcome === 'sheet' ? [] : [step],
          always: always.checked ? step : honest,
        }),
      );
    });

  const showScript = (faults: FaultScript): void => {
    const names = faults.payments.map(stepName);
    const later = stepName(faults.always);
    const then = `，之后${faults.always.outcome === 'sheet' ? '恢复' : '一直是'}${later}`;
    script.textContent = `接下来：${names.length > 0 ? names.join('、') + then : later}`;
    const next = faults.payments[0] ?? faults.always;
    outcome.value = next.outcome;
    if (faults.payments.length === 0 && next.outcome !== 'sheet') always.checked = true;
    sheetFirst.disabled = outcome.value === 'sheet';
  };

  const refresh = () =>
    attempt(async () => {
      const before = choices;
      const [state, faults] = await Promise.all([api.state(20), api.faults()]);
      // What was asked before the developer chose is not shown over the choice.
      if (before === choices) showScript(faults);
      replaceWhenDifferent(orders, orderList(state));
      replaceWhenDifferent(refusals, refusalList(state));
    });

  [outcome, always, sheetFirst].forEach(control => control.addEventListener('change', () => void apply()));

  drawer.append(
    element(
      'section',
      { class: 'bd-drawer', 'data-drawer': 'cashier', 'aria-label': '收银台调试' },
      element('h2', {}, '百度收银台'),
      element('a', { class: 'bd-drawer-link', href: `${api.base}/console`, target: '_blank' }, '打开控制台'),
      element('label', { class: 'bd-drawer-field' }, element('span', {}, '下一次支付'), outcome),
      element(
        'div',
        { class: 'bd-drawer-checks' },
        element('label', {}, sheetFirst, '先显示收银台'),
        element('label', {}, always, '每一次都这样'),
      ),
      script,
      trouble,
      element('h3', {}, '订单与通知'),
      orders,
      element('h3', {}, '被拒绝的调起'),
      refusals,
    ),
  );
  void refresh();
  const timer = setInterval(
    () => document.visibilityState === 'visible' && drawer.isConnected && void refresh(),
    REFRESH,
  );
  return { refresh: () => void refresh(), stop: () => clearInterval(timer) };
}

function stepName({ outcome, sheet }: PaymentStep): string {
  if (outcome === 'sheet') return HONEST;
  return OUTCOMES[outcome].label + (sheet ? '（先显示收银台）' : '');
}

function orderList({ orders, notifications, refunds }: CashierState): Node[] {
  if (orders.length === 0) return [element('p', { class: 'bd-drawer-note' }, '还没有订单')];
  return orders.map(order => {
    const refunded = refunds
      .filter(refund => refund.orderId === order.orderId && refund.status === 2)
      .reduce((sum, { money }) => sum + money, 0);
    return element(
      'article',
      { class: 'bd-drawer-order', 'data-drawer': 'order', 'data-order': order.tpOrderId },
      element(
        'div',
        { class: 'bd-drawer-line' },
        element('strong', {}, `¥${formatFen(order.amount)}`),
        element(
          'span',
          { class: `bd-drawer-badge bd-drawer-status${order.status}`, 'data-drawer': 'status' },
          statusText(order),
        ),
      ),
      element('div', { class: 'bd-drawer-title' }, order.title),
      element('code', {}, order.tpOrderId),
      ...(refunded > 0
        ? [element('div', { class: 'bd-drawer-note' }, `已退款 ¥${formatFen(refunded)}`)]
        : []),
      ...notifications.filter(({ orderId }) => orderId === order.orderId).map(notificationLine),
    );
  });
}

function statusText({ status, consumed }: OrderRow): string {
  return (ORDER_STATE[status] ?? '') + (status === 2 && consumed ? ' · 已消费' : '');
}

function notificationLine({
  id,
  kind,
  state,
  dueAt,
  attempts,
  attemptCount,
  url,
}: NotificationRow): HTMLElement {
  const last = attempts.at(-1);
  return element(
    'details',
    {
      class: 'bd-drawer-notification',
      'data-drawer': 'notification',
      'data-key': String(id),
    },
    element(
      'summary',
      {},
      `${kind === 'pay' ? '支付通知' : '退款通知'}：${NOTIFICATION_STATE[state]}，已发 ${attemptCount} 次`,
    ),
    element('p', { class: 'bd-drawer-note' }, url || '没有通知地址'),
    ...(last
      ? [
          element('p', {}, `第 ${last.number} 次 ${clock(last.startedAt)}：${last.explanation}`),
          element('pre', {}, last.reply || '（没有应答）'),
        ]
      : []),
    ...(state === 'waiting' ? [element('p', { class: 'bd-drawer-note' }, `下次 ${clock(dueAt)}`)] : []),
  );
}

function refusalList({ refusals }: CashierState): Node[] {
  if (refusals.length === 0) return [element('p', { class: 'bd-drawer-note' }, '没有')];
  return refusals
    .slice(0, 5)
    .map(({ at, tpOrderId, errCode, errMsg, reasons }) =>
      element(
        'article',
        { class: 'bd-drawer-order', 'data-drawer': 'refusal' },
        element(
          'div',
          { class: 'bd-drawer-line' },
          element('strong', {}, errMsg),
          element('span', {}, `${errCode} · ${clock(at)}`),
        ),
        ...(tpOrderId ? [element('code', {}, tpOrderId)] : []),
        ...reasons.map(reason => element('p', { class: 'bd-drawer-reason' }, reason)),
      ),
    );
}

function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('zh-CN', { hour12: false });
}

/** Keeps what the developer opened or selected while nothing changed. */
function replaceWhenDifferent(holder: HTMLElement, children: Node[]): void {
  const wanted = element('div', {}, ...children);
  const open = new Set([...holder.querySelectorAll('details')].filter(({ open }) => open).map(keyOf));
  if (withoutOpen(holder) === wanted.innerHTML) return;
  holder.replaceChildren(...wanted.childNodes);
  holder.querySelectorAll('details').forEach(details => {
    details.open = open.has(keyOf(details));
  });
}

/** A notification is the same one however often it was sent meanwhile. */
function keyOf({ dataset }: HTMLElement): string | undefined {
  return dataset.key;
}

function withoutOpen(holder: HTMLElement): string {
  return holder.innerHTML.replaceAll(' open=""', '');
}
