/** The console page: all records of the cashier, the calls that wait for a decision, and the statements. */
import { messageOf } from '../../error-message';
import { formatBeijingDay } from '../time-zone';
import type { CashierState } from '../cashier-state';
import {
  callCards,
  notificationTable,
  orderTable,
  refundTable,
  rejectionTable,
  type TableContext,
} from './console-tables';
import { element } from '../../dom';
import { cashierApi, type CashierApi } from './cashier-api';
import { currentLocale, labelsOf, switchLanguage, type Labels } from './labels';

const REFRESH = 2000;

type Draw = (state: CashierState, context: TableContext) => HTMLElement;

const sections = ({ console: labels }: Labels): [title: string, draw: Draw][] => [
  [labels.calls, callCards],
  [labels.orders, orderTable],
  [labels.notifications, notificationTable],
  [labels.refunds, refundTable],
  [labels.rejections, rejectionTable],
];

function statements({ console: labels }: Labels, cashierPath: string): HTMLElement {
  const today = formatBeijingDay(Date.now());
  const day = element('input', { type: 'date', value: today, max: today, 'aria-label': labels.day });
  const link = (kind: string, label: string) => {
    const anchor = element('a', { class: 'download', 'data-console': `${kind}-statement` }, label);
    const point = () =>
      anchor.setAttribute('href', `${cashierPath}/_statement?kind=${kind}&day=${day.value}`);
    day.addEventListener('change', point);
    point();
    return anchor;
  };
  return element(
    'div',
    { class: 'statements', 'data-console': 'statements' },
    day,
    link('order', labels.orderStatement),
    link('capital', labels.capitalStatement),
  );
}

/** Keeps the scroll position and the open details: a notification that is retried redraws its table every two seconds. */
function redraw(container: HTMLElement, drawn: HTMLElement): void {
  const scrolled = container.querySelector('.scroll')?.scrollLeft ?? 0;
  const open = [...container.querySelectorAll<HTMLElement>('details[open]')].map(
    ({ dataset }) => dataset.key,
  );
  container.replaceChildren(drawn);
  drawn.scrollLeft = scrolled;
  for (const details of drawn.querySelectorAll('details')) details.open = open.includes(details.dataset.key);
}

/** Each section is redrawn only when its own part has changed, so that what was selected or chosen there stays. */
function watch(
  api: CashierApi,
  labels: Labels,
  containers: HTMLElement[],
  { connectionError, actionError }: { connectionError: HTMLElement; actionError: HTMLElement },
): { refresh: () => Promise<void> } {
  const drawn: string[] = [];
  /** The message of a failed action stays until the next action. */
  const act = (work: () => Promise<unknown>): void => {
    actionError.textContent = '';
    work().then(refresh, error => {
      actionError.textContent = messageOf(error);
    });
  };
  const context: TableContext = {
    labels,
    cashierPath: api.path,
    resend: id => act(() => api.resend(id)),
    decide: (callId, outcome) => act(() => api.decide(callId, outcome)),
  };
  const refresh = async (): Promise<void> => {
    try {
      const state = await api.state(200);
      connectionError.textContent = '';
      sections(labels).forEach(([, draw], index) => {
        const container = containers[index];
        const table = draw(state, context);
        if (!container || drawn[index] === table.innerHTML) return;
        drawn[index] = table.innerHTML;
        redraw(container, table);
      });
    } catch (error) {
      connectionError.textContent = labels.noAnswer(messageOf(error));
    }
  };
  return { refresh };
}

function mount(root: HTMLElement, cashierPath: string): void {
  const labels = labelsOf(currentLocale());
  document.documentElement.lang = currentLocale();
  document.title = labels.console.title;
  const other = element('button', { type: 'button', 'data-console': 'language' }, labels.switchLanguage);
  other.addEventListener('click', () => {
    switchLanguage();
    location.reload();
  });
  const containers = sections(labels).map(() => element('div', {}));
  const connectionError = element('p', { class: 'error', role: 'alert' });
  const actionError = element('p', { class: 'error', role: 'alert', 'data-console': 'action-error' });
  root.append(
    element('header', {}, element('h1', {}, labels.console.title), other),
    element('p', { class: 'note' }, labels.console.note),
    connectionError,
    actionError,
    ...sections(labels).map(([title], index) =>
      element('section', {}, element('h2', {}, title), containers[index] ?? ''),
    ),
    element('section', {}, element('h2', {}, labels.console.statements), statements(labels, cashierPath)),
  );
  const { refresh } = watch(cashierApi(cashierPath), labels, containers, { connectionError, actionError });
  void refresh();
  setInterval(() => document.visibilityState === 'visible' && void refresh(), REFRESH);
}

const root = document.getElementById('console');
if (root) mount(root, location.pathname.replace(/\/console\/?$/, ''));
