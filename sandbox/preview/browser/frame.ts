import type { PageConfig, TabBarConfig } from '../compiled-app';
import type { Modal, TabBarAdapter, Toast } from '../swan-api/host-adapter';

/** An element of the page shell. @throws Error when the shell lacks it */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** A new element; children given as text stay text. */
function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** The navigation bar above the pages. */
export class NavigationBar {
  private readonly bar = byId('bar');
  private readonly title = byId('title');

  constructor(actions: { back(): void; home(): void; menu(): void; leave(): void }) {
    for (const [id, action] of Object.entries(actions)) byId(id).addEventListener('click', action);
  }

  /** Sets the bar for a page. With the style custom, only the capsule is left of it, over the page. */
  showPage(config: PageConfig, canGoBack: boolean, isHome: boolean): void {
    const title = config.navigationBarTitleText ?? '';
    this.title.textContent = title;
    document.title = title || '小程序预览';
    this.bar.classList.toggle('light', config.navigationBarTextStyle === 'white');
    this.bar.style.background = config.navigationBarBackgroundColor ?? '#ffffff';
    byId('screen').classList.toggle('custom-navigation', config.navigationStyle === 'custom');
    byId('back').hidden = !canGoBack;
    byId('home').hidden = canGoBack || isHome;
    byId('pages').style.background = config.backgroundColor ?? '#ffffff';
  }
}

/** The bar of tabs below the pages. */
export class TabBar implements TabBarAdapter {
  private isShown = true;
  private isOnTab = false;
  private readonly element = byId('tabs');
  private readonly buttons: HTMLElement[];

  /**
   * @param config from app.json; undefined for a mini-program without tabs
   * @param assets address its icons are below
   * @param select is called with the index of a tapped tab
   */
  constructor(
    private readonly config: TabBarConfig | undefined,
    private readonly routes: string[],
    private readonly assets: string,
    select: (index: number) => void,
  ) {
    this.buttons = routes.map((_route, index) => {
      const button = make('button', '', make('img', ''), make('span', '', config?.list[index]?.text ?? ''));
      button.type = 'button';
      button.addEventListener('click', () => select(index));
      return button;
    });
    this.element.append(...this.buttons);
    this.element.style.background = config?.backgroundColor ?? '#ffffff';
    this.element.classList.toggle('white-border', config?.borderStyle === 'white');
  }

  /** Shows the bar under a page that is a tab, and hides it under another one. */
  showPage(route: string): void {
    this.isOnTab = this.routes.includes(route);
    this.update();
    this.buttons.forEach((button, index) => this.select(button, index, this.routes[index] === route));
  }

  private update(): void {
    this.element.hidden = !this.isOnTab || !this.isShown;
  }

  setShown(isShown: boolean): void {
    this.isShown = isShown;
    this.update();
  }

  mark(index: number, badge: string | null): boolean {
    const button = this.buttons[index];
    button?.querySelector('.badge')?.remove();
    // A phone has room for four letters.
    if (badge !== null) button?.append(make('b', 'badge', badge.length > 4 ? '…' : badge));
    return button !== undefined;
  }

  private select(button: HTMLElement, index: number, isSelected: boolean): void {
    const { iconPath, selectedIconPath } = this.config?.list[index] ?? {};
    const { color = '#999999', selectedColor = '#3c76ff' } = this.config ?? {};
    const icon = (isSelected && selectedIconPath) || iconPath;
    const image = button.querySelector('img');
    image?.toggleAttribute('hidden', !icon);
    if (icon) image?.setAttribute('src', `${this.assets}/${icon.replace(/^\//, '')}`);
    button.style.color = isSelected ? selectedColor : color;
    button.setAttribute('aria-current', isSelected ? 'page' : 'false');
  }
}

/** The strip above a page that says what its code threw. */
export class ErrorStrip {
  private readonly element = byId('errors');

  constructor() {
    byId('errors-close').addEventListener('click', () => this.show(null));
  }

  /** @param text null for no error */
  show(text: string | null): void {
    this.element.hidden = text === null;
    byId('errors-text').textContent = text;
  }
}

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
