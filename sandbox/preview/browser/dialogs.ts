import type { Modal, Toast } from '../swan-api/host-adapter';
import { make } from './dom';

/** What the phone draws over a mini-program: toast, modal, action sheet, picture. */
export class Dialogs {
  private toastElement: HTMLElement | null = null;
  private toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly screen: HTMLElement) {}

  /** Shows a toast in place of the last one, or only takes that away. */
  toast(toast: Toast | null): void {
    clearTimeout(this.toastTimer);
    this.toastElement?.remove();
    this.toastElement = null;
    if (!toast) return;
    const box = make('div', toast.icon === 'none' ? 'toast' : `toast iconic ${toast.icon}`, toast.title);
    box.setAttribute('role', 'status');
    this.toastElement = make('div', toast.mask ? 'veil' : 'veil pass', box);
    this.screen.append(this.toastElement);
    if (toast.duration !== null) this.toastTimer = setTimeout(() => this.toast(null), toast.duration);
  }

  /** Asks the user; answers whether the text was confirmed. */
  modal(modal: Modal): Promise<boolean> {
    const heading = make('h2', '', modal.title);
    const text = make('p', '', modal.content);
    const confirm = make('button', 'confirm', modal.confirmText);
    const cancel = make('button', 'cancel', modal.cancelText);
    confirm.style.color = modal.confirmColor;
    cancel.style.color = modal.cancelColor;
    const box = make(
      'div',
      'modal',
      heading,
      text,
      make('footer', '', ...(modal.showCancel ? [cancel] : []), confirm),
    );
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    box.setAttribute('aria-label', modal.title || modal.content);
    const veil = make('div', 'veil dim', box);
    this.screen.append(veil);
    confirm.focus({ preventScroll: true });
    return new Promise(resolve => {
      const settle = (confirmed: boolean) => () => {
        veil.remove();
        resolve(confirmed);
      };
      confirm.addEventListener('click', settle(true));
      cancel.addEventListener('click', settle(false));
    });
  }

  /** @returns the index of the item that the user chose, or null */
  actionSheet(items: string[], color: string): Promise<number | null> {
    const buttons = items.map(item => make('button', '', item));
    const cancel = make('button', 'cancel', '取消');
    const sheet = make('div', 'sheet', ...buttons, cancel);
    sheet.setAttribute('role', 'dialog');
    sheet.setAttribute('aria-modal', 'true');
    const veil = make('div', 'veil dim bottom', sheet);
    this.screen.append(veil);
    return new Promise(resolve => {
      const settle = (index: number | null): void => {
        veil.remove();
        resolve(index);
      };
      buttons.forEach((button, index) => {
        button.style.color = color;
        button.addEventListener('click', () => settle(index));
      });
      cancel.addEventListener('click', () => settle(null));
      veil.addEventListener('click', event => {
        if (event.target === veil) settle(null);
      });
    });
  }

  /** Shows a picture over the whole screen until it is tapped. */
  picture(url: string): void {
    const image = make('img', '');
    image.src = url;
    image.alt = '图片预览';
    const button = make('button', '', image);
    button.setAttribute('aria-label', '关闭图片');
    const veil = make('div', 'veil picture', button);
    button.addEventListener('click', () => veil.remove());
    this.screen.append(veil);
    button.focus({ preventScroll: true });
  }

  /** The screen while the user is elsewhere; `back` runs when they return. */
  away(back: () => void): HTMLElement {
    const button = make('button', '', '返回小程序');
    const veil = make('div', 'veil away', button);
    button.addEventListener('click', back);
    this.screen.append(veil);
    button.focus({ preventScroll: true });
    return veil;
  }

  /** Shows what is wrong with the mini-program to its developer. */
  broken(problem: string): void {
    this.screen.append(make('div', 'broken', make('h2', '', '小程序无法运行'), make('pre', '', problem)));
  }
}
