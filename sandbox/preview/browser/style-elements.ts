import { ASSET_PLACEHOLDER } from '../compiled-app';

/**
 * The <style> elements of the mini-program in cascade order: app.css, the page, components.
 * So a class from outside changes nothing that the component sets itself, unless it says !important. Pages are
 * documents of their own on a phone, so only the css of the page on top is there.
 */
export class StyleElements {
  private readonly app = document.head.appendChild(document.createElement('style'));
  private readonly page = document.head.appendChild(document.createElement('style'));

  constructor(
    appCss: string,
    private readonly assets: string,
  ) {
    this.app.textContent = this.resolved(appCss);
  }

  addComponent(css: string): void {
    document.head.appendChild(document.createElement('style')).textContent = css;
  }

  showPage(css: string): void {
    this.page.textContent = this.resolved(css);
  }

  private resolved(css: string): string {
    return css.replaceAll(ASSET_PLACEHOLDER, this.assets);
  }
}
