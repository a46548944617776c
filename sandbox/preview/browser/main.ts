import { messageOf } from '../../error-message';
import { routesOf, tabsOf, type PageConfig } from '../compiled-app';
import { listenForEvents } from '../runtime/tags';
import type { OpenPage } from '../runtime/page';
import { RunningApp } from '../runtime/running-app';
import { registrationGlobals } from '../runtime/registration';
import { createSwan, type Swan } from '../swan-api';
import type { NavigationAdapter, NavigationBarChange } from '../swan-api/host-adapter';
import { resolvePage } from '../swan-api/navigation';
import { reachableUrl } from './backend-request';
import { Dialogs } from './dialogs';
import { byId, ErrorStrip, NavigationBar, prepareDevPanel, showClock, TabBar } from './frame';
import { createBrowserHost } from './host';
import { loadFiles, ModuleLoader, type AppFiles } from './module-loader';
import { BrowserRecorder } from './browser-recorder';
import { keepMouseEventsOnTouched } from '../runtime/gestures';
import { StyleElements } from './style-elements';
import type { Runtime } from '../runtime/environment';

const ASSETS = '/preview/files';

type Query = Record<string, string>;

/** What tests and the console can do with the running mini-program. */
export interface Preview extends Pick<BrowserRecorder, 'setDataLog' | 'calls' | 'events' | 'errors'> {
  /** Routes of the open pages, the visible one last. */
  pages(): string[];
  /** What getCurrentPages() has for the page on top. */
  page(): unknown;
  /** What getApp() answers. */
  app(): unknown;
  /** The mini-program's swan object. */
  swan: Swan;
  /** What selectComponent answers on the page on top. */
  component(selector: string): unknown;
  /** The user leaves the app, without the screen that says so. */
  appHide(): void;
  appShow(): void;
  back(): void;
  /** The app is killed and opened again on the same page. */
  reload(): void;
}

declare global {
  interface Window {
    preview?: Preview;
  }
}

/** A running mini-program with the phone around it. */
class PreviewApp {
  private readonly routes: string[];
  private readonly tabs: string[];
  private readonly recorder = new BrowserRecorder();
  private readonly errors = new ErrorStrip();
  private readonly styles: StyleElements;
  private readonly bar: NavigationBar;
  /** What pages changed in their bars, over what their json says. */
  private readonly barChanges = new WeakMap<OpenPage, PageConfig>();
  private readonly tabBar: TabBar;
  private readonly swan: Swan;
  private readonly runningApp: RunningApp;

  constructor(
    private readonly files: AppFiles,
    private readonly dialogs: Dialogs,
  ) {
    const { app, backend } = files;
    this.routes = routesOf(app);
    this.tabs = tabsOf(app);
    this.styles = new StyleElements(files.appCss, ASSETS);
    this.bar = new NavigationBar({
      back: () => this.runningApp.back(1),
      home: () => this.runningApp.relaunch(this.home, {}),
      menu: () => void this.openMenu(),
      leave: () => this.leave(),
    });
    this.tabBar = new TabBar(app.tabBar, this.tabs, ASSETS, index => this.tapTab(index));
    const navigation = this.createNavigation();
    const host = createBrowserHost({
      dialogs,
      navigation,
      navigationBar: change => this.changeBar(change),
      tabBar: this.tabBar,
      backend,
      requestTimeout: Math.min(app.networkTimeout?.request ?? 60000, 60000),
      addressOf: url => this.runningApp.topPage.assetUrl(url),
      page: () => this.runningApp.topPage,
      onCall: (name, options) => this.recorder.call(name, options),
      onError: (error, where) => this.onError(error, where),
    });
    this.swan = createSwan(host);
    const globals = {
      ...registrationGlobals,
      swan: this.swan,
      getApp: () => this.runningApp.appObject,
      getCurrentPages: () => this.runningApp.pages.map(page => page.pageObject),
    };
    // On window, because a script may replace Page() or Component() for all scripts.
    Object.assign(window, globals);
    const modules = new ModuleLoader(files.scripts, globals);
    this.runningApp = new RunningApp({
      app,
      views: files.views,
      screen: byId('pages'),
      assets: ASSETS,
      reachable: url => reachableUrl(url, backend),
      register: path => modules.register(path),
      load: id => modules.load(id),
      addStyle: css => this.styles.addComponent(css),
      onTopPage: () => this.showTopPage(),
      onError: (error, where) => this.onError(error, where),
      onProblem: (problem, path) => void this.recorder.error(problem, path),
      recorder: this.recorder,
    });
    keepMouseEventsOnTouched(document);
    listenForEvents(byId('pages'), (url, openType, delta) => {
      if (openType === 'navigateBack') navigation.back(delta);
      else this.followNavigator(navigation, url, openType);
    });
    listenForUncaughtErrors((...report) => this.runningApp.report(...report));
  }

  private get home(): string {
    return this.routes[0] ?? '';
  }

  start(): void {
    const { runningApp, recorder } = this;
    for (const warning of this.files.warnings) console.warn(warning);
    window.preview = {
      pages: () => runningApp.pages.map(page => page.route),
      page: () => runningApp.top?.pageObject,
      app: () => runningApp.appObject,
      swan: this.swan,
      component: selector => runningApp.top?.selectOne(selector),
      setDataLog: recorder.setDataLog,
      calls: recorder.calls,
      events: recorder.events,
      errors: recorder.errors,
      appHide: () => runningApp.hide(),
      appShow: () => runningApp.show(),
      back: () => runningApp.back(1),
      reload: () => window.location.reload(),
    };
    const { route, query } = this.startPage();
    runningApp.launch(route, query);
  }

  /** The page in the address, so that a reload opens it again; else the first page. */
  private startPage(): { route: string; query: Query } {
    const wanted = resolvePage(window.location.hash.slice(1) || '/', '');
    return this.routes.includes(wanted.route) ? wanted : { route: this.home, query: {} };
  }

  private createNavigation(): NavigationAdapter {
    const noTab = (move: (route: string, query: Query) => void): typeof move => {
      return (route, query) => {
        if (this.tabs.includes(route)) throw new Error(`${route} is a tab; swan.switchTab opens it`);
        move(route, query);
      };
    };
    return {
      route: () => this.runningApp.top?.route ?? '',
      open: noTab((route, query) => this.runningApp.open(route, query)),
      replace: noTab((route, query) => this.runningApp.replace(route, query)),
      relaunch: (route, query) => this.runningApp.relaunch(route, query),
      switchTab: route => {
        if (!this.tabs.includes(route)) throw new Error(`${route} is not in the tabBar of app.json`);
        this.runningApp.switchTab(route);
      },
      back: count => this.runningApp.back(count),
    };
  }

  private followNavigator(navigation: NavigationAdapter, url: string, openType: string): void {
    try {
      const { route, query } = resolvePage(url, navigation.route());
      if (openType === 'redirect') navigation.replace(route, query);
      else if (openType === 'reLaunch') navigation.relaunch(route, query);
      else if (openType === 'switchTab') navigation.switchTab(route);
      else navigation.open(route, query);
    } catch (error) {
      this.onError(error, `<navigator url="${url}">`);
    }
  }

  private tapTab(index: number): void {
    const route = this.tabs[index] ?? '';
    const text = this.files.app.tabBar?.list[index]?.text ?? '';
    this.runningApp.switchTab(route);
    this.runningApp.top?.call('onTabItemTap', { index: String(index), pagePath: route, text });
  }

  private onError(error: unknown, where: string): void {
    this.errors.show(this.recorder.error(error, where));
  }

  private showTopPage(): void {
    const page = this.runningApp.top;
    if (!page) return;
    for (const other of this.runningApp.allPages) {
      other.element?.classList.toggle('under', other !== page);
      other.element?.toggleAttribute('inert', other !== page);
    }
    this.styles.showPage(page.route, page.compiled.css);
    this.showBar(page);
    this.tabBar.showPage(page.route);
    const query = new URLSearchParams(page.query).toString();
    window.history.replaceState(null, '', `#/${page.route}${query && `?${query}`}`);
  }

  private showBar(page: OpenPage): void {
    const config = { ...this.files.app.window, ...page.compiled.config, ...this.barChanges.get(page) };
    const isHome = page.route === this.home || this.tabs.includes(page.route);
    this.bar.showPage(config, { canGoBack: this.runningApp.pages.length > 1, isHome });
  }

  private changeBar({ title, frontColor, backgroundColor }: NavigationBarChange): void {
    const page = this.runningApp.topPage;
    const textStyle = frontColor === '#ffffff' ? 'white' : 'black';
    this.barChanges.set(page, {
      ...this.barChanges.get(page),
      ...(title !== undefined && { navigationBarTitleText: title }),
      ...(frontColor !== undefined && { navigationBarTextStyle: textStyle }),
      ...(backgroundColor !== undefined && { navigationBarBackgroundColor: backgroundColor }),
    });
    this.showBar(page);
  }

  private async openMenu(): Promise<void> {
    const canGoBack = this.runningApp.pages.length > 1;
    // A page with a bar of its own may have no button for it, which a phone does not need.
    const items = ['重新进入小程序', '清除数据并重新进入', ...(canGoBack ? ['返回上一页'] : [])];
    const choice = await this.dialogs.actionSheet(items, '#1b1d23');
    if (choice === null) return;
    if (choice === 2) {
      this.runningApp.back(1);
      return;
    }
    if (choice === 1) (this.swan.clearStorageSync as () => void)();
    window.location.reload();
  }

  private leave(): void {
    this.runningApp.hide();
    const veil = this.dialogs.away(() => {
      veil.remove();
      this.runningApp.show();
    });
  }
}

/** Reports what the mini-program's code throws when no function of the preview called it: in timers and promises. */
function listenForUncaughtErrors(report: Runtime['report']): void {
  // The report is in the console already, so the browser need not print the error, too.
  window.addEventListener('error', event => {
    event.preventDefault();
    report(event.error ?? event.message, scriptOf(event.error), { reachesApp: true });
  });
  window.addEventListener('unhandledrejection', event => {
    event.preventDefault();
    report(event.reason, scriptOf(event.reason));
  });
}

/** The first script of the mini-program in an error's stack; their names begin with `swan/`. */
function scriptOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return /\bswan\/([^\s()]+?\.js)\b/.exec(stack)?.[1] ?? 'uncaught';
}

async function start(): Promise<void> {
  const dialogs = new Dialogs(byId('screen'));
  prepareDevPanel();
  showClock();
  try {
    new PreviewApp(await loadFiles(), dialogs).start();
  } catch (error) {
    console.error(error);
    dialogs.broken(messageOf(error));
  }
}

void start();
