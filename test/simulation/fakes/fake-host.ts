/**
 * A phone with one mini-program: the process, the page stack and the tabs, the app in front or in the background, and
 * the `swan` global. It behaves as the real runtime was measured to (test/component/swan-compatibility.test.ts).
 */
import type { Clock } from './clock';
import { type BackendResponse, type FakeBackend, SECRETS } from './fake-backend';
import type { CashierOptions, FakeCashier } from './fake-cashier';
import { type ComponentOptions, FakeComponent, type Properties } from './fake-component';
import { FakeModal, type ModalOptions } from './fake-modal';
import { FakePage, type PageHandlers } from './fake-page';
import { FakeStorage } from './fake-storage';
import type { ComponentDefinition, HostGlobals, Library, LoadLibrary, Outcome, Settings } from './library';
import type { Observe } from './observation';

/** What this host lacks or does differently. */
export interface HostOptions extends ComponentOptions {
  noGetApp?: boolean;
  noGetCurrentPages?: boolean;
  noCashier?: boolean;
  /** a closed page is still in getCurrentPages() while its hide runs */
  hideBeforeClose?: boolean;
  platform?: 'android' | 'ios' | 'devtools';
}

interface ConsoleLine {
  level: 'log' | 'warn' | 'error';
  text: string;
}

/** One component to put on a page. */
export interface ComponentSpec {
  name?: 'pay-button' | 'order-summary';
  properties: Properties;
  /** which copy of the package it is from */
  copy?: number;
}

export class FakeHost {
  pages: FakePage[] = [];
  isFront = true;
  library!: Library;
  /** what app.js does besides configure() */
  onAppShow: (() => void) | null = null;
  readonly storage: FakeStorage;
  readonly modal: FakeModal;
  readonly toasts: { title: string; icon: string }[] = [];
  readonly console: ConsoleLine[] = [];
  readonly traces: Record<string, unknown>[] = [];
  /** the process; a kill makes a new one, and what still points at the old one is dropped */
  process: object = {};
  private app: Record<string, unknown> | undefined;
  private definitions: Record<string, ComponentDefinition>[] = [];
  private otherTabs: FakePage[] = [];

  constructor(
    readonly clock: Clock,
    private readonly load: LoadLibrary,
    private readonly backend: FakeBackend,
    private readonly cashier: FakeCashier,
    world: object,
    readonly observe: Observe,
    readonly options: HostOptions,
    private readonly copies: number,
    /** what app.js passes to configure(); read anew at each start */
    private readonly settings: () => Settings,
    /** every copy of the package is configured, or only the one of app.js */
    private readonly configuresAll: boolean,
  ) {
    this.storage = new FakeStorage(observe);
    this.modal = new FakeModal(clock, world, observe);
    this.modal.isVisible = () => this.isFront && !cashier.isShown;
    cashier.app = { hide: () => this.hide(), show: () => this.show() };
    this.start();
  }

  // ---- the process

  later(ms: number, action: () => void): number {
    return this.clock.after(ms, action, this.process);
  }

  misuse(rule: string): void {
    this.observe({ kind: 'misuse', rule });
  }

  /** Nothing the library does may throw into a page. */
  guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.misuse(`threw into the page: ${(error as Error).stack}`);
    }
  }

  kill(): void {
    this.clock.forget(this.process);
    this.cashier.drop();
    this.modal.drop();
    for (const page of this.pages.concat(this.otherTabs)) page.open = false;
    this.pages = [];
    this.otherTabs = [];
    this.isFront = true;
    this.storage.restart();
    this.observe({ kind: 'killed' });
    this.start();
  }

  configure(settings: Settings): void {
    this.guarded(() => this.library.configure(settings));
  }

  resumePending(): Promise<Outcome[]> | undefined {
    let promise: Promise<Outcome[]> | undefined;
    const { process } = this;
    this.guarded(() => (promise = this.library.resumePending()));
    void promise?.then(outcomes => {
      if (this.process === process) this.observe({ kind: 'resumed', outcomes });
    });
    return promise;
  }

  // ---- pages

  get top(): FakePage | undefined {
    return this.pages[this.pages.length - 1];
  }

  /** navigateTo, or the first page of an app. */
  openPage(specs: ComponentSpec[], handlers: PageHandlers = {}): FakePage {
    const below = this.top;
    const page = new FakePage(handlers);
    this.pages.push(page);
    if (below) this.leave(below);
    const components = specs.map(spec => this.create(page, spec));
    this.arrive(page, components);
    return page;
  }

  /** A component that appears (s-if, s-for), whichever page is in front by then. */
  addComponent(page: FakePage, spec: ComponentSpec): FakeComponent {
    const component = this.create(page, spec);
    this.later(0, () => {
      if (!page.open || !component.attached) return;
      component.observeAll();
      component.mount();
    });
    return component;
  }

  /** navigateBack. */
  closePage(): void {
    const page = this.top;
    if (!page) return;
    const { hideBeforeClose } = this.options;
    if (!hideBeforeClose) this.pages.pop();
    // In the real runtime onUnload comes before the components' hide.
    page.unload();
    page.open = !!hideBeforeClose;
    // Android: the cashier's activity goes with it, without a callback.
    this.cashier.drop();
    this.leave(page);
    if (hideBeforeClose) this.pages.pop();
    page.open = false;
    if (this.isFront) this.shown(this.top);
  }

  /**
   * switchTab: another tab comes to the front. The page stack names the current tab only, so this page is not in it,
   * and it is not closed either.
   */
  switchTab(createTab: () => FakePage): void {
    while (this.pages.length > 1) this.closePage();
    const [tab] = this.pages.splice(0, 1);
    if (tab) this.otherTabs.push(tab);
    const next = this.otherTabs.length > 1 ? this.otherTabs.shift() : undefined;
    if (next) this.pages.push(next);
    if (tab) this.leave(tab);
    if (next) this.shown(next);
    else createTab();
  }

  /** reLaunch: another page takes the place of all, tabs included. They are hidden when it is in the stack. */
  relaunch(open: () => FakePage): FakePage {
    const gone = this.pages.splice(0).reverse();
    this.cashier.drop();
    const page = open();
    for (const one of gone) {
      one.unload();
      this.leave(one);
    }
    for (const tab of this.otherTabs.splice(0)) tab.unload();
    return page;
  }

  // ---- the app

  hide(): void {
    if (!this.isFront) return;
    this.isFront = false;
    this.observe({ kind: 'app-hidden' });
    this.top?.components.forEach(component => component.pageLifetime('hide'));
  }

  show(): void {
    if (this.isFront) return;
    this.isFront = true;
    this.observe({ kind: 'app-shown' });
    this.guarded(() => this.onAppShow?.());
    this.shown(this.top);
  }

  private shown(page: FakePage | undefined): void {
    if (!page || !this.isFront) return;
    this.observe({ kind: 'page-shown', page });
    this.guarded(() => page.handlers.onShow?.(page));
    page.components.forEach(component => component.pageLifetime('show'));
  }

  private leave(page: FakePage): void {
    this.modal.closeWith(page);
    page.components.forEach(component => component.pageLifetime('hide'));
  }

  /** onShow, observers, onReady, then created, attached and ready, before the first timer of onReady. */
  private arrive(page: FakePage, components: FakeComponent[]): void {
    this.later(0, () => {
      if (!page.open) return;
      this.guarded(() => page.handlers.onShow?.(page));
      components.forEach(component => component.observeAll());
      this.guarded(() => page.handlers.onReady?.(page));
      components.filter(({ attached }) => attached).forEach(component => component.mount());
      page.ready = true;
    });
  }

  private create(
    page: FakePage,
    { name = 'pay-button', properties, copy = 0 }: ComponentSpec,
  ): FakeComponent {
    const definition = this.definitions[copy % this.definitions.length]![name]!;
    const component = new FakeComponent(name, page, this, definition, properties);
    page.components.push(component);
    return component;
  }

  // ---- a new process

  private start(): void {
    this.process = {};
    this.app = undefined;
    this.definitions = [];
    const settings = { ...this.settings(), onTrace: (trace: object) => this.traces.push({ ...trace }) };
    for (let copy = 0; copy < this.copies; copy++) {
      const definitions: Record<string, ComponentDefinition> = {};
      const library = this.load(this.globals(definitions));
      this.definitions.push(definitions);
      if (copy === 0) {
        this.library = library;
        this.configure(settings);
        // app.js runs before App(): there is no getApp() yet when it configures.
        this.app = {};
      } else if (this.configuresAll) {
        library.configure(settings);
      }
    }
  }

  private globals(definitions: Record<string, ComponentDefinition>): HostGlobals {
    const { process, clock, options } = this;
    /** A callback into a process that has died since goes nowhere. */
    const alive =
      <Args extends unknown[]>(callback?: (...args: Args) => void) =>
      (...args: Args): void => {
        if (this.process === process && callback) this.guarded(() => callback(...args));
      };
    const write =
      (level: ConsoleLine['level']) =>
      (...words: unknown[]): void =>
        void this.console.push({ level, text: words.map(toWords).join(' ') });
    class FakeDate extends Date {
      constructor(...args: [] | [number]) {
        super(args.length ? args[0] : clock.deviceNow());
      }

      static override now(): number {
        return clock.deviceNow();
      }
    }
    return {
      Component: definition => {
        definitions['orderUrl' in definition.properties ? 'order-summary' : 'pay-button'] = definition;
      },
      getApp: () => {
        if (options.noGetApp) throw new ReferenceError('getApp is not defined');
        return this.app;
      },
      getCurrentPages: () => {
        if (options.noGetCurrentPages) throw new ReferenceError('getCurrentPages is not defined');
        return [...this.pages];
      },
      setTimeout: (action, ms) => clock.after(ms, alive(action), process),
      clearTimeout: timer => clock.cancel(timer),
      console: { log: write('log'), warn: write('warn'), error: write('error') },
      Date: FakeDate,
      swan: this.swan(alive, () => this.process === process),
    };
  }

  private swan(
    alive: <Args extends unknown[]>(callback?: (...args: Args) => void) => (...args: Args) => void,
    isAlive: () => boolean,
  ): object {
    return {
      request: (request: {
        url: string;
        success: (response: BackendResponse) => void;
        fail: (error: unknown) => void;
      }) => {
        this.backend.request(request, alive(request.success), alive(request.fail), isAlive);
        return { abort: () => undefined };
      },
      requestPolymerPayment: this.options.noCashier
        ? undefined
        : (options: CashierOptions) =>
            this.cashier.request({
              ...options,
              success: alive(options.success),
              fail: alive(options.fail),
              isAlive,
            }),
      showToast: ({ title, icon }: { title?: unknown; icon?: unknown }) => {
        const toast = { title: String(title), icon: String(icon) };
        this.toasts.push(toast);
        this.observe({ kind: 'toast', ...toast });
      },
      showModal: (options: ModalOptions) => {
        if (!this.isFront) this.misuse('a question was put while the app was in the background');
        this.modal.show({ ...options, success: alive(options.success), fail: alive(options.fail) }, this.top);
      },
      getSystemInfoSync: () => ({ platform: this.options.platform ?? 'android' }),
      setClipboardData: ({ success }: { success?: () => void }) => this.later(5, () => success?.()),
      getStorageSync: (key: string) => this.storage.get(key),
      setStorageSync: (key: string, value: unknown) => {
        const text = JSON.stringify(value);
        for (const [name, secret] of Object.entries(SECRETS)) {
          if (text.includes(secret)) this.misuse(`storage holds a secret: ${name}`);
        }
        return this.storage.set(key, value);
      },
      removeStorageSync: (key: string) => this.storage.set(key, ''),
    };
  }
}

/** What a console shows of a value. */
const toWords = (value: unknown): string =>
  typeof value === 'string' || value instanceof Error ? String(value) : JSON.stringify(value);
