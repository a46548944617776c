import type { Modal, Toast } from '../swan-api/host-adapter';
import { element } from '../../dom';

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
    const look = toast.icon === 'none' ? 'toast' : `toast iconic ${toast.icon}`;
    const box = element('div', { class: look, role: 'status' }, toast.title);
    this.toastElement = element('div', { class: toast.mask ? 'veil' : 'veil pass' }, box);
    this.screen.append(this.toastElement);
    if (toast.duration !== null) this.toastTimer = setTimeout(() => this.toast(null), toast.duration);
  }

  /** Asks the user; answers whether the text was confirmed. */
  modal(modal: Modal): Promise<boolean> {
    const heading = element('h2', {}, modal.title);
    const text = element('p', {}, modal.content);
    const confirm = element('button', { class: 'confirm' }, modal.confirmText);
    const cancel = element('button', { class: 'cancel' }, modal.cancelText);
    confirm.style.color = modal.confirmColor;
    cancel.style.color = modal.cancelColor;
    const box = element(
      'div',
      { class: 'modal', role: 'dialog', 'aria-modal': 'true', 'aria-label': modal.title || modal.content },
      heading,
      text,
      element('footer', {}, ...(modal.showCancel ? [cancel] : []), confirm),
    );
    const veil = element('div', { class: 'veil dim' }, box);
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
    const buttons = items.map(item => element('button', {}, item));
    const cancel = element('button', { class: 'cancel' }, '取消');
    const attributes = { class: 'sheet', role: 'dialog', 'aria-modal': 'true' };
    const sheet = element('div', attributes, ...buttons, cancel);
    const veil = element('div', { class: 'veil dim bottom' }, sheet);
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
    const image = element('img', { src: url, alt: '图片预览' });
    const button = element('button', { 'aria-label': '关闭图片' }, image);
    const veil = element('div', { class: 'veil picture' }, button);
    button.addEventListener('click', () => veil.remove());
    this.screen.append(veil);
    button.focus({ preventScroll: true });
  }

  /** The screen while the user is elsewhere; `back` runs when they return. */
  away(back: () => void): HTMLElement {
    const button = element('button', {}, '返回小程序');
    const veil = element('div', { class: 'veil away' }, button);
    button.addEventListener('click', back);
    this.screen.append(veil);
    button.focus({ preventScroll: true });
    return veil;
  }

  /** Shows what is wrong with the mini-program to its developer. */
  broken(problem: string): void {
    this.screen.append(
      element('div', { class: 'broken' }, element('h2', {}, '小程序无法运行'), element('pre', {}, problem)),
    );
  }
}
