import type { PageConfig } from '../types';
import { byId } from './dom';

/** The navigation bar above the pages. */
export class Bar {
  private readonly bar = byId('bar');
  private readonly title = byId('title');

  constructor(actions: { back(): void; home(): void; menu(): void; leave(): void }) {
    for (const [id, action] of Object.entries(actions)) byId(id).addEventListener('click', action);
  }

  /** Dresses the bar for a page. `window` holds what app.json says for all pages. */
  showPage(page: PageConfig, window: PageConfig, canGoBack: boolean, isHome: boolean): void {
    const config = { ...window, ...page };
    this.setTitle(config.navigationBarTitleText ?? '');
    this.setColors(
      config.navigationBarTextStyle ?? 'black',
      config.navigationBarBackgroundColor ?? '#ffffff',
    );
    byId('back').hidden = !canGoBack;
    byId('home').hidden = canGoBack || isHome;
    byId('pages').style.background = config.backgroundColor ?? '#ffffff';
  }

  setTitle(text: string): void {
    this.title.textContent = text;
    document.title = text || '小程序预览';
  }

  /** @param front black, white or their hex codes, the only colors Swan knows here */
  setColors(front: string, background: string): void {
    this.bar.classList.toggle('light', front === 'white' || /^#f{3}(f{3})?$/i.test(front));
    this.bar.style.background = background;
  }
}
