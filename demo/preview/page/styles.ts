import { ASSET_MARK } from '../marks';

/**
 * Styles of the mini-program in the order that decides between equals: components, then app.css, then the page.
 * Pages are documents of their own on a phone, so only the css of the page on top is there.
 */
export class Styles {
  private readonly app = document.head.appendChild(document.createElement('style'));
  private readonly page = document.head.appendChild(document.createElement('style'));

  constructor(
    appCss: string,
    private readonly assets: string,
  ) {
    this.app.textContent = this.resolved(appCss);
  }

  addComponent(css: string): void {
    const style = document.createElement('style');
    style.textContent = css;
    this.app.before(style);
  }

  showPage(css: string): void {
    this.page.textContent = this.resolved(css);
  }

  private resolved(css: string): string {
    return css.replaceAll(ASSET_MARK, this.assets);
  }
}
