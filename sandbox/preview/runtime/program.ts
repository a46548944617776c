import type { AppConfig, Unit } from '../types';
import { ASSET_MARK, TAG_MARK } from '../marks';
import { componentView, type ComponentNode } from './component';
import { readDefinition, type Definition } from './definition';
import { OpenPage } from './page';
import type { Registration } from './registration';
import { Scheduler } from './scheduler';
import { cloneThroughJson, type Values } from './values';
import type { View, ViewClass } from './view';

/** Hears what components and pages do; for tests and tools. */
export interface Recorder {
  event(node: ComponentNode, name: string, detail: unknown): void;
  /** @param late whether the page or component was gone already, so that nothing could change on the screen */
  setData(of: ComponentNode | OpenPage, changes: Values, late: boolean): void;
}

/** What the runtime needs from the place it runs in. */
export interface Host {
  app: AppConfig;
  /** Compiled pages and components by id. */
  units: Record<string, Unit>;
  /** Where pages are drawn. */
  screen: HTMLElement;
  /** Address the mini-program's files are served under, without a final slash. */
  assets: string;
  /** Turns an address the mini-program gives a picture into one the browser can reach. */
  reachable?(url: string): string;
  /** Runs a unit's script, or `app`, and answers what it registered. */
  script(id: string): Registration | null;
  /** Adds css to the document once per key; absent where nothing is seen. */
  style?(key: string, css: string): void;
  /** The page on top is another one now. */
  topChanged?(page: OpenPage): void;
  /** An error of the mini-program's code; `where` names the page or component and the function. */
  failed(error: unknown, where: string): void;
  recorder?: Recorder;
}

/** A running mini-program: the app object and the stack of pages. */
export class Program {
  readonly scheduler = new Scheduler();
  readonly pageViews = new WeakMap<View, OpenPage>();
  /** What getApp() answers. */
  app: Values = {};
  pages: OpenPage[] = [];
  private readonly views = new Map<string, ViewClass>();
  private readonly definitions = new Map<string, Definition>();
  private launched = false;

  constructor(readonly host: Host) {}

  get top(): OpenPage | undefined {
    return this.pages[this.pages.length - 1];
  }

  /** Runs app.js and opens the first page. */
  launch(route: string, query: Record<string, string>): void {
    const registration = this.host.script('app');
    if (registration?.kind === 'app') this.app = registration.definition;
    const options = { path: route, query, scene: '' };
    this.callApp('onLaunch', options);
    this.openNow(route, query, () => {
      this.launched = true;
      this.callApp('onShow', options);
    });
  }

  private callApp(name: string, argument?: unknown): void {
    const method = this.app[name];
    if (typeof method !== 'function') return;
    try {
      method.call(this.app, argument);
    } catch (error) {
      this.host.failed(error, `app.js: ${name}`);
    }
  }

  /** Reports an error of the mini-program's code; those of handlers of touches also reach App.onError. */
  report(error: unknown, where: string, toApp: boolean): void {
    this.host.failed(error, where);
    if (toApp)
      this.callApp('onError', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** Values as they arrive on the other side of the bridge; what cannot travel is reported and lost. */
  crossBridge(changes: Values, where: string): Values {
    try {
      return cloneThroughJson(changes);
    } catch (error) {
      this.report(error, `${where}: setData`, false);
      return {};
    }
  }

  /** The page a view belongs to, found upwards. */
  pageOf(view: View): OpenPage | undefined {
    let root = view;
    while (root.parentComponent) root = root.parentComponent;
    return this.pageViews.get(root);
  }

  /** The view classes of the components a unit uses, by tag. Classes refer to each other, so they are made late. */
  viewsFor(unit: Unit): Record<string, ViewClass> {
    const views: Record<string, ViewClass> = {};
    for (const [tag, id] of Object.entries(unit.using)) views[tag] = this.viewOf(id, tag);
    return views;
  }

  private viewOf(id: string, tag: string): ViewClass {
    const key = `${tag} ${id}`;
    const known = this.views.get(key);
    if (known) return known;
    const unit = this.host.units[id];
    if (!unit) throw new Error(`component ${id} is not part of the mini-program`);
    const view = componentView(this, unit, tag, this.definitionOf(id));
    this.views.set(key, view);
    this.host.style?.(key, unit.css.replaceAll(TAG_MARK, tag).replaceAll(ASSET_MARK, this.host.assets));
    return view;
  }

  private definitionOf(id: string): Definition {
    const known = this.definitions.get(id);
    if (known) return known;
    const registration = this.host.script(id);
    if (registration?.kind !== 'component') throw new Error(`${id}.js does not call Component()`);
    const definition = readDefinition(registration.definition);
    this.definitions.set(id, definition);
    return definition;
  }

  /** Opens a page on top of the stack; the one below is hidden. */
  open(route: string, query: Record<string, string>): void {
    this.hidePage(this.top);
    this.openNow(route, query);
  }

  private hidePage(page: OpenPage | undefined): void {
    page?.call('onHide');
    page?.tellComponents('hide');
  }

  private openNow(route: string, query: Record<string, string>, beforeShow?: () => void): void {
    const unit = this.host.units[route];
    if (unit?.kind !== 'page') throw new Error(`there is no page ${route}; app.json lists the pages`);
    const registration = this.host.script(route);
    if (registration?.kind !== 'page') throw new Error(`${route}.js does not call Page()`);
    const page = new OpenPage(this, unit, registration.definition, query);
    this.pages.push(page);
    page.call('onLoad', query);
    beforeShow?.();
    page.call('onShow');
    page.draw(this.host.screen);
    this.host.topChanged?.(page);
    page.call('onReady');
  }

  /** Closes the upper `count` pages; the first page stays. */
  back(count: number): void {
    const keep = Math.max(1, this.pages.length - count);
    if (keep === this.pages.length) return;
    this.drop(keep);
    const page = this.top;
    if (!page) return;
    this.host.topChanged?.(page);
    page.call('onShow');
    page.tellComponents('show');
  }

  /** Closes the upper `count` pages and opens another one in their place. */
  replace(count: number, route: string, query: Record<string, string>): void {
    this.drop(Math.max(0, this.pages.length - count));
    this.openNow(route, query);
  }

  /** Closes pages until `keep` are left. A closed page is no longer in the stack when it hears of it. */
  private drop(keep: number): void {
    while (this.pages.length > keep) {
      const page = this.pages.pop();
      page?.call('onUnload');
      this.hidePage(page);
      page?.dispose();
    }
  }

  /** The user left the app; its code runs on for a while. */
  hide(): void {
    this.callApp('onHide');
    this.hidePage(this.top);
  }

  /** The user came back. */
  show(): void {
    if (!this.launched) return;
    const page = this.top;
    this.callApp('onShow', { path: page?.route, query: page?.query });
    page?.call('onShow');
    page?.tellComponents('show');
  }

  /** Ends the program without telling it, as the system does. */
  kill(): void {
    this.scheduler.clear();
    for (const page of this.pages) page.dispose();
    this.pages = [];
  }
}
