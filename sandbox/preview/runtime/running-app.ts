import { messageOf } from '../../error-message';
import { ASSET_PLACEHOLDER, TAG_PLACEHOLDER, tabsOf, type CompiledView } from '../compiled-app';
import { componentView } from './component';
import type { Environment, ReportOptions } from './environment';
import { Scheduler } from './scheduler';
import { cloneThroughJson, type Values } from './json-values';
import { readDefinition } from './component-definition';
import { ownerOf, setOwner } from './template-owner';
import { OpenPage, pageOf } from './page';
import { appListeners, registeredApp, resetApp } from './registration';
import { defineView, type View, type ViewClass, problemView } from './san-view';
import { templateHelpers, templateTag } from './template-helpers';
// Defines the elements and properties that compiled templates use.
import './tags';

type Query = Record<string, string>;

/** A running mini-program: the app object and the stack of pages. */
export class RunningApp {
  readonly scheduler = new Scheduler();
  private ownApp: Values | undefined;
  pages: OpenPage[] = [];
  /** Open pages that are tabs; they stay open while another tab is shown. */
  private readonly tabPages = new Map<string, OpenPage>();
  private readonly tabs: string[];
  private readonly componentViews = new Map<string, ViewClass>();
  private readonly helpers = new Map<string, Values>();
  private isLaunched = false;
  /** What is left of a call that opens a page. */
  private opening: (() => void) | null = null;

  constructor(readonly environment: Environment) {
    this.tabs = tabsOf(environment.app);
  }

  /** What getApp() answers: nothing before App() was called. */
  get appObject(): Values | undefined {
    return this.ownApp ?? registeredApp();
  }

  get top(): OpenPage | undefined {
    return this.pages[this.pages.length - 1];
  }

  /** @throws Error before the first page is open */
  get topPage(): OpenPage {
    if (!this.top) throw new Error('no page is open yet');
    return this.top;
  }

  /** Every page that is not closed, those of other tabs among them. */
  get allPages(): OpenPage[] {
    return [...new Set([...this.tabPages.values(), ...this.pages])];
  }

  isTab(route: string): boolean {
    return this.tabs.includes(route);
  }

  /**
   * Runs app.js and opens the first page. On a phone, promises settle between the scripts, onLoad and onShow: what
   * follows an `await` in onLaunch comes before onLoad, and so on.
   */
  launch(route: string, query: Query): void {
    resetApp();
    const registration = this.environment.register('app');
    this.ownApp = registration?.kind === 'app' ? registration.definition : {};
    const options = appOptions(route, query);
    this.callApp('onLaunch', options);
    const page = this.addPage(route, query);
    this.openSoon(() => {
      this.openSoon(() => {
        this.isLaunched = true;
        this.callApp('onShow', { ...options, entryType: 'user' });
        this.drawNew(page);
      });
      page.load();
    });
  }

  private callApp(name: string, argument?: unknown): void {
    for (const method of [this.appObject?.[name], ...appListeners(name)]) {
      if (typeof method !== 'function') continue;
      try {
        method.call(this.appObject, argument);
      } catch (error) {
        this.environment.onError(error, `app.js: ${name}`);
      }
    }
  }

  report(error: unknown, where: string, { reachesApp = false }: ReportOptions = {}): void {
    this.environment.onError(error, where);
    if (reachesApp)
      this.callApp('onError', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  crossBridge(changes: Values, where: string): Values {
    try {
      return cloneThroughJson(changes);
    } catch (error) {
      this.report(error, `${where}: setData`);
      return {};
    }
  }

  pageOf(view: View): OpenPage | undefined {
    return pageOf(view);
  }

  /** View classes refer to each other, so they are made when a page first needs them. */
  viewsFor(compiled: CompiledView): Record<string, ViewClass> {
    const views: Record<string, ViewClass> = {};
    for (const [tag, path] of Object.entries(compiled.using)) views[tag] = this.componentViewOf(path, tag);
    for (const [tag, problem] of Object.entries(compiled.missing))
      views[tag] = this.brokenComponentView(compiled.path, tag, problem);
    for (const [name, template] of Object.entries(compiled.templates)) {
      views[templateTag(name)] = this.namedTemplateView(compiled, template, views);
    }
    return views;
  }

  /** A named template is a view of its own whose handlers and class names are those of the template that uses it. */
  private namedTemplateView(
    compiled: CompiledView,
    template: string,
    components: Record<string, ViewClass>,
  ): ViewClass {
    const report = (error: Error): void => this.report(error, compiled.path);
    return defineView({
      ...templateHelpers,
      ...this.helpersFor(compiled),
      template: `<fragment>${template}</fragment>`,
      components,
      initData: () => ({}),
      inited() {
        const owner = ownerOf(this.owner);
        if (owner) setOwner(this, owner);
      },
      error: report,
    });
  }

  helpersFor(compiled: CompiledView): Values {
    const known = this.helpers.get(compiled.path);
    if (known) return known;
    const helpers: Values = {};
    for (const [name, id] of Object.entries(compiled.scripts)) {
      const exported = this.environment.load(id) as { default?: unknown } | undefined;
      helpers[name] = exported?.default ?? exported;
    }
    this.helpers.set(compiled.path, helpers);
    return helpers;
  }

  private componentViewOf(path: string, tag: string): ViewClass {
    const key = `${tag} ${path}`;
    const known = this.componentViews.get(key);
    if (known) return known;
    const view = this.makeComponentView(path, tag, key);
    this.componentViews.set(key, view);
    return view;
  }

  private makeComponentView(path: string, tag: string, key: string): ViewClass {
    const compiled = this.environment.views[path];
    if (!compiled) return this.brokenComponentView(path, tag, `${path} is not part of the mini-program`);
    if (compiled.problems.length) return this.brokenComponentView(path, tag, compiled.problems.join('\n'));
    try {
      const registration = this.environment.register(path);
      if (registration?.kind !== 'component') throw new Error('the script does not call Component()');
      const css = compiled.css.replaceAll(TAG_PLACEHOLDER, tag);
      this.environment.addStyle?.(css.replaceAll(ASSET_PLACEHOLDER, this.environment.assets));
      const definition = readDefinition(registration.definition);
      const components: Record<string, ViewClass> = {};
      const view = componentView(this, { compiled, tag, definition, components });
      // Known before the views that it uses are made, because it may be among them.
      this.componentViews.set(key, view);
      Object.assign(components, this.viewsFor(compiled));
      return view;
    } catch (error) {
      return this.brokenComponentView(path, tag, scriptProblem(path, error));
    }
  }

  /** The view of a component that cannot be shown, so that the page around it can be shown. */
  private brokenComponentView(path: string, tag: string, problem: string): ViewClass {
    this.environment.onProblem(problem, path);
    return problemView(`swan-${tag}`, `<${tag}> 无法显示`, problem, error => this.report(error, path));
  }

  /** Opens a page on top of the stack; the one below is hidden. @throws Error when there is no such page */
  open(route: string, query: Query): void {
    this.finishOpening();
    this.requirePage(route, query);
    this.hidePage(this.top);
    this.openSoon(() => this.openOnTop(route, query));
  }

  /** On a phone a page is created when the call that opens it has succeeded, so its onLoad runs after the callbacks. */
  private openSoon(work: () => void): void {
    this.opening = work;
    this.scheduler.after(0, () => this.goOnOpening());
  }

  /** Opens at once what is still to be opened: calls are carried out one after the other. */
  finishOpening(): void {
    while (this.opening) this.goOnOpening();
  }

  private goOnOpening(): void {
    const { opening } = this;
    this.opening = null;
    opening?.();
  }

  private hidePage(page: OpenPage | undefined): void {
    page?.call('onHide', {});
    page?.notifyPageLifetime('hide');
  }

  private showPage(page: OpenPage): void {
    this.environment.onTopPage?.();
    page.call('onShow', {});
    page.notifyPageLifetime('show');
  }

  private openOnTop(route: string, query: Query, beforeShow?: () => void): void {
    const page = this.addPage(route, query);
    page.load();
    beforeShow?.();
    this.drawNew(page);
  }

  private addPage(route: string, query: Query): OpenPage {
    const page = this.createPage(route, query);
    this.pages.push(page);
    if (this.isTab(route)) this.tabPages.set(route, page);
    return page;
  }

  /** Shows a page for the first time. */
  private drawNew(page: OpenPage): void {
    page.call('onShow', {});
    this.makeReady(page);
    page.draw(this.environment.screen);
    this.environment.onTopPage?.();
  }

  /** Runs onReady later, and after a page that onLoad leads to is loaded. A page that this closes is never ready. */
  private makeReady(page: OpenPage): void {
    this.scheduler.after(0, () => {
      if (this.opening) this.makeReady(page);
      else if (!page.isClosed) page.ready();
    });
  }

  /** Calls onPageNotFound of the app, and throws, when there is no such page. */
  private requirePage(page: string, query: Query): void {
    if (this.environment.views[page]?.kind !== 'page')
      this.callApp('onPageNotFound', { page, query, isEntryPage: false });
    this.compiledPage(page);
  }

  private compiledPage(route: string): CompiledView {
    const compiled = this.environment.views[route];
    if (compiled?.kind !== 'page') throw new Error(`there is no page ${route} in app.json`);
    return compiled;
  }

  private createPage(route: string, query: Query): OpenPage {
    const compiled = this.compiledPage(route);
    const broken = (problem: string): OpenPage => {
      this.environment.onProblem(problem, route);
      return new OpenPage(this, compiled, query, { problem });
    };
    if (compiled.problems.length) return broken(compiled.problems.join('\n'));
    try {
      const registration = this.environment.register(route);
      if (!registration || registration.kind === 'app')
        throw new Error('the script calls neither Page() nor Component()');
      this.helpersFor(compiled);
      return new OpenPage(this, compiled, query, { registration });
    } catch (error) {
      return broken(scriptProblem(route, error));
    }
  }

  /** Closes the upper `count` pages; the first page stays. */
  back(count: number): void {
    this.finishOpening();
    const keep = Math.max(1, this.pages.length - count);
    if (keep === this.pages.length) return;
    this.closeAbove(keep);
    if (this.top) this.showPage(this.top);
  }

  /** Closes the page on top and opens another one in its place. */
  replace(route: string, query: Query): void {
    this.finishOpening();
    this.requirePage(route, query);
    const replaced = this.top;
    if (replaced) this.close(replaced);
    this.openSoon(() => {
      this.pages.pop();
      this.openOnTop(route, query);
    });
  }

  /** Closes all pages, those of other tabs too, and opens another one. */
  relaunch(route: string, query: Query): void {
    this.finishOpening();
    this.requirePage(route, query);
    this.openSoon(() => {
      this.closeAll([...this.pages, ...this.tabPages.values()]);
      this.openOnTop(route, query);
    });
  }

  /** Shows the page of a tab, the one it has already or a new one, and closes all that is not a tab. */
  switchTab(route: string): void {
    this.finishOpening();
    const [bottom] = this.pages;
    if (!bottom || !this.isTab(bottom.route)) {
      this.openSoon(() => {
        this.closeAll(this.pages);
        this.showTab(route);
      });
      return;
    }
    if (this.pages.length === 1 && bottom.route === route) return;
    const isOnTop = this.pages.length === 1;
    this.closeAbove(1);
    this.showTab(route, isOnTop ? bottom : undefined);
  }

  /** @param hidden the tab that was shown until now; it is hidden when the other one is loaded already */
  private showTab(route: string, hidden?: OpenPage): void {
    const page = this.tabPages.get(route);
    this.pages = page ? [page] : [];
    if (!page) return this.openOnTop(route, {}, () => this.hidePage(hidden));
    this.hidePage(hidden);
    this.showPage(page);
  }

  /** Closes pages until `keep` are left. A closed page is no longer in the stack when its onUnload runs. */
  private closeAbove(keep: number): void {
    while (this.pages.length > keep) {
      const page = this.pages.pop();
      if (page) this.close(page);
    }
  }

  /** Closes pages that others replace. They are in the stack when their onUnload runs. */
  private closeAll(pages: OpenPage[]): void {
    for (const page of new Set(pages)) this.close(page);
    this.pages = [];
  }

  private close(page: OpenPage): void {
    this.tabPages.delete(page.route);
    page.call('onUnload');
    this.hidePage(page);
    page.dispose();
  }

  /** The user leaves the app; its code keeps running. */
  hide(): void {
    if (this.top) this.callApp('onHide', appOptions(this.top.route, this.top.query));
    this.hidePage(this.top);
  }

  /** The user came back. */
  show(): void {
    const page = this.top;
    if (!this.isLaunched || !page) return;
    this.callApp('onShow', { ...appOptions(page.route, page.query), entryType: 'user' });
    page.call('onShow', {});
    page.notifyPageLifetime('show');
  }

  /** Ends the program without any lifecycle call, as the system does. */
  kill(): void {
    this.scheduler.clear();
    for (const page of this.allPages) page.dispose();
    this.pages = [];
    this.tabPages.clear();
  }
}

/** What the lifetimes of App() get; onShow also why the app is shown. */
const appOptions = (path: string, query: Query) => ({ path, query, scene: '', shareTicket: '' });

/** The problem of a script: a compiler's message as it is, any other error with the file's name. */
function scriptProblem(path: string, error: unknown): string {
  const message = messageOf(error);
  return /^[^\s:]+:\d+: /.test(message) ? message : `${path}.js: ${message}`;
}
