import type { PageConfig, TabBarConfig } from '../compiled-app';
import type { TabBarAdapter } from '../swan-api/host-adapter';
import { element } from '../../dom';

/** An element of index.html. @throws Error when it has none of that id */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** The navigation bar above the pages. */
export class NavigationBar {
  private readonly bar = byId('bar');
  private readonly title = byId('title');

  constructor(actions: { back(): void; home(): void; menu(): void; leave(): void }) {
    for (const [id, action] of Object.entries(actions)) byId(id).addEventListener('click', action);
  }

  /** Sets the bar for a page. With the style custom, only the capsule is left of it, over the page. */
  showPage(config: PageConfig, { canGoBack, isHome }: { canGoBack: boolean; isHome: boolean }): void {
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
      const button = element(
        'button',
        { type: 'button' },
        element('img'),
        element('span', {}, config?.list[index]?.text ?? ''),
      );
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
    if (badge !== null) button?.append(element('b', { class: 'badge' }, badge.length > 4 ? '…' : badge));
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

/** The button that opens the developer panel, which is there once a script has put something into it. */
export function prepareDevPanel(): void {
  const panel = byId('dev-panel');
  const toggle = byId('dev-panel-toggle');
  toggle.addEventListener('click', () => {
    const open = document.body.classList.toggle('dev-panel-open');
    toggle.setAttribute('aria-expanded', String(open));
    toggle.textContent = open ? '收起' : '开发者';
  });
  const update = (): void =>
    void document.body.classList.toggle('has-dev-panel', panel.childElementCount > 0);
  new MutationObserver(update).observe(panel, { childList: true });
  update();
}

/** Keeps the time in the status bar. */
export function showClock(): void {
  const now = new Date();
  byId('clock').textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, '0')}`;
  setTimeout(showClock, 60000 - (now.getTime() % 60000));
}
