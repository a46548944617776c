/** The tables of the console page. */
import { messageOf } from '../../error-message';
import { formatFen } from '../../../utils/order/money';
import type { OutcomeName } from '../payment-outcomes';
import { channelName } from '../sheet';
import type { AttemptRow, CashierState, NotificationRow, RefundRow } from '../cashier-state';
import { element } from '../../dom';
import { orderStatus, type Labels } from './labels';

export interface TableContext {
  labels: Labels;
  /** where the cashier is mounted: /baidu */
  cashierPath: string;
  resend: (id: number) => void;
  decide: (callId: string, outcome: OutcomeName) => void;
}

type Cell = string | Node;
type Width = 'some' | 'wide' | undefined;

/** Width class of each column whose text may wrap; undefined: the text is short and stays on one line. */
const WIDTHS: Record<string, Width[]> = {
  orders: [undefined, undefined, undefined, 'some'],
  notifications: [undefined, undefined, 'some', 'some', 'wide', 'some'],
  refunds: [undefined, undefined, undefined, undefined, undefined, 'wide', 'some'],
  rejections: [undefined, undefined, undefined, undefined, 'wide'],
};

function table(name: string, head: string[], rows: Cell[][], { labels }: TableContext): HTMLElement {
  if (rows.length === 0) return element('p', { class: 'empty', 'data-console': name }, labels.console.empty);
  const cell = (tag: 'th' | 'td', column: number, content: Cell) =>
    element(tag, { class: WIDTHS[name]?.[column] }, content);
  const row = (tag: 'th' | 'td', cells: Cell[]) =>
    element('tr', {}, ...cells.map((content, column) => cell(tag, column, content)));
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      { 'data-console': name },
      element('thead', {}, row('th', head)),
      element('tbody', {}, ...rows.map(cells => row('td', cells))),
    ),
  );
}

const money = (fen: number) => element('span', { class: 'money' }, `¥${formatFen(fen)}`);
const code = (text: string | number) => element('code', {}, String(text));

function button(hook: string, label: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', 'data-console': hook }, label);
  made.addEventListener('click', act);
  return made;
}

/** Payments that wait for a decision here, such as those of DevTools. */
export function callCards({ calls }: CashierState, { labels, decide }: TableContext): HTMLElement {
  if (calls.length === 0)
    return element('p', { class: 'empty', 'data-console': 'calls' }, labels.console.noCalls);
  const cards = calls.map(({ callId, tpOrderId, title, amount, createdAt }) => {
    const outcome = element(
      'select',
      { 'aria-label': labels.panel.nextPayment },
      ...Object.entries(labels.outcomes).map(([value, label]) => element('option', { value }, label)),
    );
    return element(
      'article',
      { class: 'call', 'data-console': 'call' },
      element('strong', {}, money(amount), ` ${title}`),
      code(tpOrderId),
      element('span', { class: 'note' }, labels.time(createdAt)),
      outcome,
      button('confirm', labels.console.confirm, () => decide(callId, outcome.value as OutcomeName)),
      button('cancel', labels.console.cancel, () => decide(callId, 'cancelled')),
    );
  });
  return element('div', { 'data-console': 'calls' }, ...cards);
}

export function orderTable({ orders, charges }: CashierState, context: TableContext): HTMLElement {
  const { labels } = context;
  const rows = orders.map(order => {
    const charge = charges.find(({ orderId }) => orderId === order.orderId);
    return [
      labels.time(order.createdAt),
      code(order.orderId),
      code(order.tpOrderId),
      order.title,
      money(order.amount),
      charge ? money(charge.totalMoney - charge.promoMoney) : '',
      orderStatus(order, labels),
      charge ? (labels.channels[charge.channel] ?? channelName(charge.channel) ?? charge.channel) : '',
    ];
  });
  return table('orders', labels.console.orderColumns, rows, context);
}

export function notificationTable(state: CashierState, context: TableContext): HTMLElement {
  const { labels, cashierPath, resend } = context;
  const rows = state.notifications.map(notification => [
    labels.kinds[notification.kind],
    code(notification.tpOrderId),
    notification.url || labels.noAddress(notification.kind),
    element(
      'div',
      {},
      notificationState(notification, labels),
      button('resend', labels.resend, () => resend(notification.id)),
    ),
    attemptsCell(notification, labels),
    element('div', {}, paramsDetails(notification, labels), bodyDetails(notification, cashierPath, labels)),
  ]);
  return table('notifications', labels.console.notificationColumns, rows, context);
}

function notificationState({ state, dueAt }: NotificationRow, labels: Labels): string {
  const next = state === 'waiting' ? labels.console.next(labels.time(dueAt)) : '';
  return labels.notificationStates[state] + next;
}

const ATTEMPTS_SHOWN = 3;

function attemptsCell(
  { attempts: last, attemptCount }: NotificationRow,
  { time, console: labels }: Labels,
): HTMLElement {
  const shown = last.slice(-ATTEMPTS_SHOWN);
  const list = element('ol', {}, ...shown.map(attempt => attemptItem(attempt, time)));
  if (shown.length === attemptCount) return list;
  return element(
    'div',
    {},
    element('p', { class: 'note' }, labels.attempts(attemptCount, shown.length)),
    list,
  );
}

function attemptItem(
  { number, startedAt, finishedAt, httpStatus, explanation, reply }: AttemptRow,
  time: Labels['time'],
): HTMLElement {
  // Where the status is what is wrong, the explanation begins with it.
  const status = httpStatus === null || explanation.startsWith('HTTP') ? '' : ` HTTP ${httpStatus}`;
  return element(
    'li',
    { value: String(number) },
    `${time(startedAt)} (${finishedAt - startedAt} ms)${status}: ${explanation}`,
    ...(reply ? [element('pre', {}, reply)] : []),
  );
}

function paramsDetails({ id, params }: NotificationRow, labels: Labels): HTMLElement {
  const lines = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  return element(
    'details',
    { 'data-key': `params ${id}` },
    element('summary', {}, labels.console.params),
    element('pre', {}, lines.join('\n')),
  );
}

/** Bodies that were fetched, by the id of their notification. */
const bodies = new Map<number, string>();

/**
 * What was posted, signature included: to look at, and as the file that the doctor takes.
 *
 * @param cashierPath where the cashier is mounted
 */
function bodyDetails({ id }: NotificationRow, cashierPath: string, labels: Labels): HTMLElement {
  const href = `${cashierPath}/_notification?id=${id}`;
  const body = element('pre', { 'data-console': 'body' }, bodies.get(id) ?? '…');
  const file = `notification-${id}.txt`;
  const details = element(
    'details',
    { 'data-key': `body ${id}` },
    element('summary', {}, labels.console.body),
    body,
    element('a', { href, download: file, 'data-console': 'body-file' }, labels.console.download(file)),
    element('p', { class: 'note' }, labels.console.verify(file)),
  );
  details.addEventListener('toggle', () => {
    if (!details.open || bodies.has(id)) return;
    fetch(href)
      .then(response =>
        response.ok ? response.text() : Promise.reject(new Error(`HTTP ${response.status}`)),
      )
      .then(
        text => {
          bodies.set(id, text);
          body.textContent = text;
        },
        error => {
          body.textContent = labels.noAnswer(messageOf(error));
        },
      );
  });
  return details;
}

export function refundTable({ refunds }: CashierState, context: TableContext): HTMLElement {
  const { labels } = context;
  const rows = refunds.map(refund => [
    labels.time(refund.createdAt),
    code(refund.refundBatchId),
    code(refund.bizRefundBatchId ?? ''),
    code(refund.tpOrderId),
    money(refund.money),
    refund.reason,
    refundState(refund, labels),
    refund.finishedAt === null ? '' : labels.time(refund.finishedAt),
  ]);
  return table('refunds', labels.console.refundColumns, rows, context);
}

function refundState({ status, statusReason }: RefundRow, labels: Labels): string {
  const state = labels.refundStates[status] ?? '';
  return statusReason === null
    ? state
    : labels.console.refundStatus(state, labels.refundStatusReasons[statusReason]);
}

export function rejectionTable({ rejections }: CashierState, context: TableContext): HTMLElement {
  const { labels } = context;
  const rows = rejections.map(({ at, tpOrderId, errCode, errMsg, reasons }) => [
    labels.time(at),
    code(tpOrderId),
    String(errCode),
    errMsg,
    element('div', {}, ...reasons.map(reason => element('p', {}, reason))),
  ]);
  return table('rejections', labels.console.rejectionColumns, rows, context);
}
