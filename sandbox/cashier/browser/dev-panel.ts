import { messageOf } from '../../error-message';
import type { OutcomeName } from '../payment-outcomes';
import type { CashierState } from '../cashier-state';
import type { FaultScript, PaymentStep } from '../fault-script';
import { element } from '../../dom';
import type { CashierApi } from './cashier-api';
import { currentLocale, labelsOf, switchLanguage, type Labels } from './labels';
import { orderCards, rejectionCards } from './dev-panel-cards';

const REFRESH = 2000;
const NO_FAULT: PaymentStep = { outcome: 'sheet' };

export interface DevPanel {
  refresh(): void;
  /** stops polling the cashier */
  stop(): void;
}

/** The developer's view of the cashier: how the next payment ends, and what is stored. */
export function mountDevPanel(container: HTMLElement, api: CashierApi): DevPanel {
  const mount = (): DevPanel => {
    const labels = labelsOf(currentLocale());
    const other = element('button', { type: 'button', class: 'bd-panel-button', 'data-panel': 'language' });
    other.textContent = labels.switchLanguage;
    other.addEventListener('click', () => {
      switchLanguage();
      mounted.stop();
      section.remove();
      mounted = mount();
    });
    const { section, ...panel } = createPanel(api, labels, other);
    container.append(section);
    panel.refresh();
    const timer = setInterval(
      () => document.visibilityState === 'visible' && container.isConnected && panel.refresh(),
      REFRESH,
    );
    return { refresh: panel.refresh, stop: () => clearInterval(timer) };
  };
  let mounted = mount();
  return { refresh: () => mounted.refresh(), stop: () => mounted.stop() };
}

interface PaymentControls {
  outcome: HTMLSelectElement;
  always: HTMLInputElement;
  sheetFirst: HTMLInputElement;
  /** shows what is scripted */
  script: HTMLElement;
}

function createPanel(
  api: CashierApi,
  labels: Labels,
  otherLanguage: HTMLElement,
): { section: HTMLElement; refresh: () => void } {
  const controls = createControls(labels);
  const { outcome, always, sheetFirst } = controls;
  const orders = element('div', { 'data-panel': 'orders' });
  const rejections = element('div', { 'data-panel': 'rejections' });
  const orderList = element('div', {}, element('h3', {}, labels.panel.orders), orders);
  const rejectionList = element('div', {}, element('h3', {}, labels.panel.rejections), rejections);
  const lists = element('div', {}, orderList, rejectionList);
  const connectionError = element('p', {
    class: 'bd-panel-error',
    'data-panel': 'connection-error',
    role: 'alert',
  });

  const actionError = element('p', { class: 'bd-panel-error', 'data-panel': 'action-error', role: 'alert' });

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      connectionError.textContent = '';
    } catch (error) {
      connectionError.textContent = labels.noAnswer(messageOf(error));
    }
  };

  let choices = 0;
  const apply = () =>
    attempt(async () => {
      choices += 1;
      const step = chosenStep(controls);
      const script = await api.setFaults({
        ...(await api.faults()),
        payments: always.checked || step === NO_FAULT ? [] : [step],
        always: always.checked ? step : NO_FAULT,
      });
      renderFaultScript(script, controls, labels);
    });

  const refresh = () =>
    attempt(async () => {
      const before = choices;
      const [state, faults] = await Promise.all([api.state(20), api.faults()]);
      // An answer to a request from before the developer's choice must not replace the choice.
      if (before === choices) renderFaultScript(faults, controls, labels);
      replaceWhenDifferent(orders, orderCards(state, labels, resend));
      replaceWhenDifferent(rejections, rejectionCards(state, labels));
      const first = isLatestRejected(state) ? rejectionList : orderList;
      if (lists.firstElementChild !== first) lists.prepend(first);
    });

  const resend = (id: number): void => {
    actionError.textContent = '';
    api.resend(id).then(refresh, error => {
      actionError.textContent = messageOf(error);
    });
  };

  [outcome, always, sheetFirst].forEach(control => control.addEventListener('change', () => void apply()));
  const section = renderPanel(api, labels, controls, { lists, connectionError, actionError, otherLanguage });
  return { section, refresh: () => void refresh() };
}

/** The phone shows 请求签名错误 then, and the developer looks for the reason, which is below twenty orders otherwise. */
const isLatestRejected = ({ orders: [order], rejections: [rejection] }: CashierState): boolean =>
  rejection !== undefined && rejection.at > (order?.createdAt ?? 0);

function createControls(labels: Labels): PaymentControls {
  return {
    outcome: element(
      'select',
      { 'data-panel': 'outcome', 'aria-label': labels.panel.nextPayment },
      element('option', { value: 'sheet' }, labels.panel.sheet),
      ...Object.entries(labels.outcomes).map(([value, label]) => element('option', { value }, label)),
    ),
    always: element('input', { type: 'checkbox', 'data-panel': 'always' }),
    sheetFirst: element('input', { type: 'checkbox', 'data-panel': 'sheet-first' }),
    script: element('p', { class: 'bd-panel-note', 'data-panel': 'script', role: 'status' }),
  };
}

const chosenStep = ({ outcome, sheetFirst }: PaymentControls): PaymentStep =>
  outcome.value === 'sheet' ? NO_FAULT : { outcome: outcome.value as OutcomeName, sheet: sheetFirst.checked };

function renderPanel(
  api: CashierApi,
  { panel }: Labels,
  { outcome, always, sheetFirst, script }: PaymentControls,
  parts: Record<'lists' | 'connectionError' | 'actionError' | 'otherLanguage', HTMLElement>,
): HTMLElement {
  return element(
    'section',
    { class: 'bd-panel', 'data-panel': 'cashier', 'aria-label': panel.name },
    element(
      'header',
      { class: 'bd-panel-head' },
      element('h2', {}, panel.title),
      element('a', { href: `${api.path}/console`, target: '_blank' }, panel.openConsole),
      parts.otherLanguage,
    ),
    element('label', { class: 'bd-panel-field' }, element('span', {}, panel.nextPayment), outcome),
    element(
      'div',
      { class: 'bd-panel-checks' },
      element('label', {}, sheetFirst, panel.sheetFirst),
      element('label', {}, always, panel.always),
    ),
    script,
    parts.connectionError,
    parts.actionError,
    parts.lists,
  );
}

function renderFaultScript(
  faults: FaultScript,
  { outcome, always, sheetFirst, script }: PaymentControls,
  labels: Labels,
): void {
  const name = (step: PaymentStep) =>
    step.outcome === 'sheet'
      ? labels.panel.sheet
      : labels.panel.step(labels.outcomes[step.outcome], step.sheet);
  const isNormal = faults.always.outcome === 'sheet';
  script.textContent = labels.panel.script(faults.payments.map(name), name(faults.always), isNormal);
  const next = faults.payments[0] ?? faults.always;
  outcome.value = next.outcome;
  if (faults.payments.length === 0 && next.outcome !== 'sheet') always.checked = true;
  sheetFirst.disabled = next.outcome === 'sheet';
  sheetFirst.checked = next.outcome !== 'sheet' && next.sheet;
}

/** Keeps what the developer opened or selected while nothing changed. */
function replaceWhenDifferent(container: HTMLElement, children: Node[]): void {
  const wanted = element('div', {}, ...children);
  const open = new Set([...container.querySelectorAll('details')].filter(({ open }) => open).map(keyOf));
  if (htmlWithoutOpen(container) === wanted.innerHTML) return;
  container.replaceChildren(...wanted.childNodes);
  container.querySelectorAll('details').forEach(details => {
    details.open = open.has(keyOf(details));
  });
}

/** A notification is the same one however often it was sent meanwhile. */
function keyOf({ dataset }: HTMLElement): string | undefined {
  return dataset.key;
}

function htmlWithoutOpen(container: HTMLElement): string {
  return container.innerHTML.replaceAll(' open=""', '');
}
