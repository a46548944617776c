import type { Channel, Sheet } from '../sheet';
import { element } from '../../dom';
import type { CashierView } from './payment-port';

/** The half-screen sheet and the failure popup, as plain DOM over the phone's screen. */
export class SheetView implements CashierView {
  private readonly layer = element('div', { class: 'bd-cashier', 'data-cashier': 'layer' });

  /** Replaces what an earlier view still shows on this screen. */
  constructor(screen: HTMLElement) {
    screen.querySelectorAll('[data-cashier="layer"]').forEach(old => old.remove());
    screen.append(this.layer);
  }

  showSheet(sheet: Sheet, on: { confirm(channel: string): void; cancel(): void }): void {
    let answered = false;
    const once = (answer: () => void) => () => {
      if (answered) return;
      answered = true;
      answer();
    };
    const picker = channelPicker(sheet.channels);
    const confirm = button('confirm', 'bd-cashier-confirm', `确认支付 ¥${sheet.amount}`);
    const cancel = button('cancel', 'bd-cashier-cancel', '取消支付');
    confirm.addEventListener(
      'click',
      once(() => on.confirm(picker.chosen())),
    );
    cancel.addEventListener('click', once(on.cancel));
    const panel = sheetPanel(sheet, { channels: picker.list, confirm, cancel });
    this.layer.replaceChildren(element('div', { class: 'bd-cashier-mask' }), panel);
    panel.tabIndex = -1;
    panel.focus({ preventScroll: true });
    panel.addEventListener('keydown', event => event.key === 'Escape' && !cancel.disabled && cancel.click());
  }

  showBusy(): void {
    const confirm = this.layer.querySelector('.bd-cashier-confirm');
    if (confirm) confirm.textContent = '正在支付…';
    this.layer.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button, input').forEach(control => {
      control.disabled = true;
    });
  }

  showPopup(message: string): void {
    const dismiss = button('dismiss', 'bd-cashier-dismiss', '知道了');
    dismiss.addEventListener('click', () => this.close());
    this.layer.replaceChildren(
      element('div', { class: 'bd-cashier-mask' }),
      element(
        'section',
        { class: 'bd-cashier-popup', 'data-cashier': 'popup', role: 'alertdialog', 'aria-modal': 'true' },
        element('p', {}, message),
        dismiss,
      ),
    );
    dismiss.focus({ preventScroll: true });
  }

  close(): void {
    this.layer.classList.add('bd-cashier-leaving');
    this.layer.replaceChildren(...[...this.layer.children].map(makeInert));
    // The animation may never end: a hidden tab does not animate.
    setTimeout(() => this.layer.remove(), 300);
  }
}

function sheetPanel(
  sheet: Sheet,
  { channels, confirm, cancel }: Record<'channels' | 'confirm' | 'cancel', HTMLElement>,
): HTMLElement {
  return element(
    'section',
    {
      class: 'bd-cashier-sheet',
      'data-cashier': 'sheet',
      role: 'dialog',
      'aria-modal': 'true',
      'aria-label': '百度收银台',
    },
    element('header', { class: 'bd-cashier-head' }, element('span', {}, '百度收银台'), cancel),
    element(
      'div',
      { class: 'bd-cashier-body' },
      element(
        'div',
        { class: 'bd-cashier-sum' },
        element('p', { class: 'bd-cashier-title', 'data-cashier': 'title' }, sheet.title),
        element(
          'p',
          { class: 'bd-cashier-amount', 'data-cashier': 'amount' },
          element('small', {}, '¥'),
          sheet.amount,
        ),
        ...(sheet.discount
          ? [element('p', { class: 'bd-cashier-discount' }, `已优惠 ¥${sheet.discount}`)]
          : []),
      ),
      ...sheet.groups.map(rows),
      channels,
    ),
    element('footer', { class: 'bd-cashier-foot' }, confirm),
  );
}

function button(hook: string, className: string, label: string): HTMLButtonElement {
  return element('button', { type: 'button', class: className, 'data-cashier': hook }, label);
}

function rows(group: Sheet['groups'][number]): HTMLElement {
  return element(
    'dl',
    { class: 'bd-cashier-rows' },
    ...group.map(({ left, right }) => element('div', {}, element('dt', {}, left), element('dd', {}, right))),
  );
}

let pickers = 0;

function channelPicker(channels: Channel[]): { list: HTMLElement; chosen: () => string } {
  const name = `bd-cashier-channel-${++pickers}`;
  const list = element(
    'div',
    { class: 'bd-cashier-channels', role: 'radiogroup', 'aria-label': '支付方式' },
    ...channels.map(({ id, name: label }, index) =>
      element(
        'label',
        { class: 'bd-cashier-channel', 'data-cashier': 'channel', 'data-channel': id },
        element(
          'i',
          { class: `bd-cashier-mark bd-cashier-mark-${id}`, 'aria-hidden': 'true' },
          label.slice(0, 1),
        ),
        element('span', {}, label),
        element('input', { type: 'radio', name, value: id, checked: index === 0 }),
      ),
    ),
  );
  return {
    list,
    chosen: () => list.querySelector<HTMLInputElement>('input:checked')?.value ?? channels[0]?.id ?? '',
  };
}

/** While the sheet closes it cannot be tapped, and tests do not find it. */
function makeInert(node: Element): Element {
  node.setAttribute('inert', '');
  node.removeAttribute('data-cashier');
  node.querySelectorAll('[data-cashier]').forEach(part => part.removeAttribute('data-cashier'));
  return node;
}
