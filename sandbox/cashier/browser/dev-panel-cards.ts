/** What the developer panel lists: orders with their notifications, and rejected calls. */
import { formatFen } from '../../../utils/order/money';
import type { CashierState, NotificationRow } from '../cashier-state';
import { element } from '../../dom';
import { orderStatus, type Labels } from './labels';

const MAX_REJECTIONS = 5;

const note = (text: string) => element('p', { class: 'bd-panel-note' }, text);

export function orderCards(
  { orders, notifications, refunds }: CashierState,
  labels: Labels,
  resend: (id: number) => void,
): Node[] {
  if (orders.length === 0) return [note(labels.panel.noOrders)];
  return orders.map(order => {
    const refunded = refunds
      .filter(refund => refund.orderId === order.orderId && refund.status === 2)
      .reduce((sum, { money }) => sum + money, 0);
    return element(
      'article',
      { class: 'bd-panel-order', 'data-panel': 'order', 'data-order': order.tpOrderId },
      element(
        'div',
        { class: 'bd-panel-line' },
        element('strong', {}, `¥${formatFen(order.amount)}`),
        element(
          'span',
          { class: `bd-panel-badge bd-panel-status${order.status}`, 'data-panel': 'status' },
          orderStatus(order, labels),
        ),
      ),
      element('div', { class: 'bd-panel-title' }, order.title),
      element('code', {}, order.tpOrderId),
      ...(refunded > 0 ? [note(labels.panel.refunded(`¥${formatFen(refunded)}`))] : []),
      ...notifications
        .filter(({ orderId }) => orderId === order.orderId)
        .flatMap(notification => [
          notificationDetails(notification, labels, resend),
          ...notificationProblem(notification, labels),
        ]),
    );
  });
}

/** Why the backend does not know of the payment yet: the details, which say it too, are closed. */
function notificationProblem({ kind, state, url, attempts }: NotificationRow, labels: Labels): HTMLElement[] {
  if (state === 'done') return [];
  const problem = url === '' ? labels.noAddress(kind) : attempts.at(-1)?.explanation;
  return problem === undefined
    ? []
    : [element('p', { class: 'bd-panel-reason', 'data-panel': 'notification-problem' }, problem)];
}

function notificationDetails(
  { id, kind, state, dueAt, attempts, attemptCount, url }: NotificationRow,
  labels: Labels,
  resend: (id: number) => void,
): HTMLElement {
  const { panel } = labels;
  const last = attempts.at(-1);
  const button = element(
    'button',
    { type: 'button', class: 'bd-panel-button', 'data-panel': 'resend' },
    labels.resend,
  );
  button.addEventListener('click', () => resend(id));
  return element(
    'details',
    { class: 'bd-panel-notification', 'data-panel': 'notification', 'data-key': String(id) },
    element(
      'summary',
      {},
      panel.notification(labels.kinds[kind], labels.notificationStates[state], attemptCount),
    ),
    ...(url ? [note(url)] : []),
    ...(last
      ? [
          element('p', {}, panel.attempt(last.number, labels.clock(last.startedAt), last.explanation)),
          element('pre', {}, last.reply || panel.noReply),
        ]
      : []),
    ...(state === 'waiting' ? [note(panel.next(labels.clock(dueAt)))] : []),
    button,
  );
}

export function rejectionCards({ rejections }: CashierState, labels: Labels): Node[] {
  if (rejections.length === 0) return [note(labels.panel.none)];
  return rejections
    .slice(0, MAX_REJECTIONS)
    .map(({ at, tpOrderId, errCode, errMsg, reasons }) =>
      element(
        'article',
        { class: 'bd-panel-order', 'data-panel': 'rejection' },
        element(
          'div',
          { class: 'bd-panel-line' },
          element('strong', {}, errMsg),
          element('span', {}, `${errCode} · ${labels.clock(at)}`),
        ),
        ...(tpOrderId ? [element('code', {}, tpOrderId)] : []),
        ...reasons.map(reason => element('p', { class: 'bd-panel-reason' }, reason)),
      ),
    );
}
