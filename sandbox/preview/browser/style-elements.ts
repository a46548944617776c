import { ASSET_PLACEHOLDER } from '../compiled-app';

/**
 * The <style> elements of the mini-program in cascade order: app.css, the page, components.
 * So a class from outside changes nothing that the component sets itself, unless it says !important. The css of a page
 * changes nothing on others, and stays, so that a page below another one keeps its layout and its place.
 */
export class StyleElements {
  private readonly app = document.head.appendChild(document.createElement('style'));
  private readonly pages = new Map<string, HTMLStyleElement>();
  /** Before it are those of the pages, after it those of components. */
  private readonly border = document.head.appendChild(document.createComment('components'));

  constructor(
    appCss: string,
    private readonly assets: string,
  ) {
    this.app.textContent = this.resolved(appCss);
  }

  addComponent(css: string): void {
    document.head.appendChild(document.createElement('style')).textContent = css;
  }

  /** Adds the css of a page, or makes it the last one: names of @keyframes and @font-face are those of the page on top. */
  showPage(route: string, css: string): void {
    const style = this.pages.get(route) ?? document.createElement('style');
    style.textContent = this.resolved(css);
    this.pages.set(route, style);
    if (this.border.previousSibling !== style) this.border.before(style);
  }

  private resolved(css: string): string {
    return css.replaceAll(ASSET_PLACEHOLDER, this.assets);
  }
}
