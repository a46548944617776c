/**
 * A phone: the app with its page stack, the components on its pages, storage, the modal, and the `swan` global. It
 * behaves as the real runtime was measured to (test/component/swan-facts.test.ts): properties arrive late, closing a
 * page fires hide and no detached, async APIs return nothing.
 */
import type { PayOutcome } from '../../../utils';
import { type Backend, SECRETS } from './backend';
import type { Cashier, CashierOptions } from './cashier';
import type { Clock } from './clock';
import type { Code, ComponentDefinition, Library } from './library';

export type StorageMood = 'well' | 'refuses' | 'throws' | 'lies' | 'breaks';
export type ModalMood = 'yes' | 'no' | 'never';

export interface Happened {
  name: string;
  detail: Record<string, unknown>;
}

/** What this host lacks or does differently. */
export interface Quirks {
  getApp?: 'missing';
  getCurrentPages?: 'missing';
  /** base libraries before 1.13.27 */
  pageLifetimes?: 'missing';
  /** a closed page is still in getCurrentPages() while its hide runs */
  closing?: 'hide-first';
  showModal?: 'fails' | 'throws';
  cashier?: 'missing';
  platform?: 'ios';
  /** what a page's handler throws comes out of triggerEvent */
  handlers?: 'throw';
  /** a component is attached as soon as its properties are there, and its page is ready 100 ms later */
  ready?: 'late';
}

export interface Said {
  level: 'log' | 'warn' | 'error';
  text: string;
}

/** One component instance, as the runtime keeps it. */
export class Button {
  readonly events: Happened[] = [];
  readonly promises: Promise<PayOutcome>[] = [];
  data: Record<string, unknown>;
  setDataCount = 0;
  propertyChanges = 0;
  attached = true;
  private readonly instance: Record<string, unknown>;

  constructor(
    readonly page: Page,
    private readonly phone: Phone,
    private readonly definition: ComponentDefinition,
    readonly properties: Record<string, unknown>,
  ) {
    const defaults = Object.fromEntries(
      Object.entries(definition.properties).map(([name, { value }]) => [name, value]),
    );
    this.data = { ...defaults, ...JSON.parse(JSON.stringify(definition.data)), ...properties };
    this.instance = {
      data: this.data,
      setData: (changes: object) => {
        if (!this.attached || !this.page.open) phone.violate('setData after detach or page close');
        this.setDataCount++;
        Object.assign(this.data, changes);
      },
      triggerEvent: (name: string, detail: Record<string, unknown>) => {
        this.events.push({ name, detail });
        // The runtime swallows what a handler throws.
        try {
          phone.heard(this, name, detail);
        } catch (error) {
          if (phone.quirks.handlers) throw error;
          phone.said.push({ level: 'log', text: `thirdScriptError ${error}` });
        }
      },
    };
    for (const [name, method] of Object.entries(definition.methods))
      this.instance[name] = method.bind(this.instance);
    const pay = this.instance.pay as (input?: object) => Promise<PayOutcome>;
    this.instance.pay = (input?: object) => this.kept(pay(input));
    phone.later(0, () => {
      for (const name of Object.keys(properties)) this.observe(name);
      const late = phone.quirks.ready === 'late';
      const attach = (): void => {
        this.life('lifetimes', 'attached');
        phone.later(late ? 100 : 0, () => this.life('lifetimes', 'ready'));
      };
      if (late) attach();
      else phone.later(0, attach);
    });
  }

  tap(): void {
    this.call('handleTap');
  }

  pay(input?: object): Promise<PayOutcome> | undefined {
    let promise: Promise<PayOutcome> | undefined;
    this.phone.guarded(() => (promise = this.facade().pay(input)));
    return promise;
  }

  reset(): void {
    this.phone.guarded(() => this.facade().reset());
  }

  private facade(): Facade {
    const { definition, instance } = this;
    return (definition as unknown as { export: () => Facade }).export.call(instance);
  }

  set(name: string, value: unknown): void {
    this.properties[name] = value;
    this.propertyChanges++;
    this.phone.later(15, () => {
      this.data[name] = value;
      this.phone.later(0, () => this.observe(name));
    });
  }

  detach(): void {
    this.attached = false;
    this.life('lifetimes', 'detached');
  }

  life(kind: 'lifetimes' | 'pageLifetimes', name: string): void {
    const hook = this.definition[kind][name];
    if (kind === 'pageLifetimes' && this.phone.quirks.pageLifetimes) return;
    if (hook) this.phone.guarded(() => hook.call(this.instance));
  }

  get phase(): string {
    return (this.instance.phase as string) || 'idle';
  }

  private observe(name: string): void {
    const method = this.definition.properties[name]?.observer;
    if (method && this.attached && this.page.open) this.call(method);
  }

  private call(method: string): void {
    this.phone.guarded(() => (this.instance[method] as () => void)());
  }

  private kept(promise: Promise<PayOutcome>): Promise<PayOutcome> {
    if (!this.promises.includes(promise)) this.promises.push(promise);
    return promise;
  }
}

/** What selectComponent gives a page. */
interface Facade {
  pay(input?: object): Promise<PayOutcome>;
  reset(): void;
}

interface Answers {
  success: (res: object) => void;
  fail: () => void;
}

export class Page {
  open = true;
  buttons: Button[] = [];
}

export class Phone {
  pages: Page[] = [];
  front = true;
  storageMood: StorageMood = 'well';
  modalMood: ModalMood = 'no';
  /** the process; a kill makes a new one, and whatever still points at the old one is dropped */
  private process: object = {};
  private app: Record<string, unknown> = {};
  private definitions: ComponentDefinition[] = [];
  library!: Library;
  readonly violations: string[] = [];
  readonly traces: Record<string, unknown>[] = [];
  storage = new Map<string, unknown>();
  modal = false;
  quirks: Quirks = {};
  /** what the library wrote to the console */
  readonly said: Said[] = [];
  readonly toasts: { title: string; icon: string }[] = [];
  /** questions a person was asked */
  readonly questions: { title: string; content: string; confirmText: string; cancelText: string }[] = [];
  /** how often a person answered no */
  refusals = 0;
  /** when a person last answered yes, ms */
  agreedAt = 0;
  private otherTabs: Page[] = [];

  constructor(
    readonly clock: Clock,
    private readonly code: Code,
    private readonly backend: Backend,
    private readonly cashier: Cashier,
    private readonly options: {
      copies: number;
      settings: object;
      listener: (button: Button, event: Happened) => void;
      called: (tpOrderId: string) => void;
      quirks?: Quirks;
      /** told of every toast and question, in words */
      shown?: (line: string) => void;
    },
  ) {
    this.quirks = options.quirks ?? {};
    this.start();
  }

  later(ms: number, action: () => void): number {
    return this.clock.after(ms, action, this.process);
  }

  violate(rule: string): void {
    this.violations.push(rule);
  }

  heard(button: Button, name: string, detail: Record<string, unknown>): void {
    this.options.listener(button, { name, detail });
  }

  /** Nothing the library does may throw into a page. */
  guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.violate(`threw into the page: ${(error as Error).stack}`);
    }
  }

  openPage(buttons: { properties: Record<string, unknown>; copy: number }[]): Page {
    this.top()?.buttons.forEach(button => button.life('pageLifetimes', 'hide'));
    const page = new Page();
    this.pages.push(page);
    this.modal = false;
    buttons.forEach(({ properties, copy }) => this.addButton(page, properties, copy));
    return page;
  }

  /** A component that appears on a page, whichever page is in front by then. */
  addButton(page: Page, properties: Record<string, unknown>, copy = 0): Button {
    const definition = this.definitions[copy % this.definitions.length]!;
    const button = new Button(page, this, definition, { ...properties });
    page.buttons.push(button);
    return button;
  }

  closePage(): void {
    const page = this.top();
    if (!page) return;
    const hideFirst = this.quirks.closing === 'hide-first';
    if (!hideFirst) this.pages.pop();
    page.open = hideFirst;
    this.modal = false;
    // Android: the cashier's activity goes with it and calls nobody back.
    this.cashier.drop();
    page.buttons.forEach(button => button.life('pageLifetimes', 'hide'));
    if (hideFirst) this.pages.pop();
    page.open = false;
    if (this.front) this.top()?.buttons.forEach(button => button.life('pageLifetimes', 'show'));
  }

  /**
   * Another tab comes to the front. The page stack names the current tab only, so this page is not in it, and it is
   * not closed either.
   */
  switchTab(): void {
    while (this.pages.length > 1) this.closePage();
    const [tab] = this.pages.splice(0, 1, this.otherTabs.pop() ?? new Page());
    this.modal = false;
    this.otherTabs.push(tab!);
    tab!.buttons.forEach(button => button.life('pageLifetimes', 'hide'));
    if (this.front) this.top()?.buttons.forEach(button => button.life('pageLifetimes', 'show'));
  }

  /** reLaunch: no page of before is left, tabs included. */
  closeAll(): void {
    while (this.pages.length) this.closePage();
    for (const tab of this.otherTabs.splice(0)) tab.open = false;
  }

  hide(): void {
    if (!this.front) return;
    this.front = false;
    this.top()?.buttons.forEach(button => button.life('pageLifetimes', 'hide'));
  }

  show(): void {
    if (this.front) return;
    this.front = true;
    this.top()?.buttons.forEach(button => button.life('pageLifetimes', 'show'));
  }

  kill(): void {
    this.clock.forget(this.process);
    this.cashier.drop();
    this.pages.concat(this.otherTabs).forEach(page => (page.open = false));
    this.pages = [];
    this.otherTabs = [];
    this.front = true;
    this.modal = false;
    this.start();
  }

  top(): Page | undefined {
    return this.pages[this.pages.length - 1];
  }

  private start(): void {
    this.process = {};
    this.app = {};
    this.definitions = [];
    for (let copy = 0; copy < this.options.copies; copy++) {
      this.library = this.code(this.globals());
      this.library.configure({ ...this.options.settings, onTrace: trace => this.traces.push({ ...trace }) });
    }
  }

  private globals(): Parameters<Code>[0] {
    const mine = this.process;
    /** A callback into a process that has died since goes nowhere. */
    const alive =
      <Args extends unknown[]>(callback?: (...args: Args) => void) =>
      (...args: Args): void => {
        if (this.process === mine && callback) this.guarded(() => callback(...args));
      };
    const { clock } = this;
    class FakeDate {
      getTime(): number {
        return clock.now();
      }
    }
    const quiet = (): void => undefined;
    const { quirks } = this;
    const say =
      (level: Said['level']) =>
      (...words: unknown[]): void =>
        void this.said.push({ level, text: words.join(' ') });
    return {
      Component: definition => this.definitions.push(definition),
      getApp: () => {
        if (quirks.getApp) throw new ReferenceError('getApp is not defined');
        return this.app;
      },
      getCurrentPages: () => {
        if (quirks.getCurrentPages) throw new ReferenceError('getCurrentPages is not defined');
        return [...this.pages];
      },
      setTimeout: (action, ms) => this.clock.after(ms, alive(action), mine),
      clearTimeout: timer => this.clock.cancel(timer),
      console: { log: say('log'), warn: say('warn'), error: say('error') },
      Date: FakeDate,
      swan: {
        request: (options: {
          url: string;
          success: (res: unknown) => void;
          fail: (err: unknown) => void;
        }) => {
          this.backend.request(options, alive(options.success), alive(options.fail));
          return { abort: quiet };
        },
        requestPolymerPayment:
          quirks.cashier === 'missing'
            ? undefined
            : (options: CashierOptions) => {
                this.called(options);
                const { success, fail } = options;
                this.cashier.request({ ...options, success: alive(success), fail: alive(fail) });
              },
        showToast: (options: { title?: unknown; icon?: unknown }) => {
          this.toasts.push({ title: String(options.title), icon: String(options.icon) });
          this.options.shown?.(`toast ${options.title}`);
          if (
            !options.title ||
            typeof options.title !== 'string' ||
            /undefined|null|\d{3,}/.test(options.title)
          ) {
            this.violate(`toast without words: ${options.title}`);
          }
        },
        showModal: (options: Phone['questions'][number] & Answers) => {
          if (quirks.showModal === 'throws') throw new Error('no modal');
          if (quirks.showModal === 'fails') {
            this.later(10, alive(options.fail));
            return;
          }
          const { title, content, confirmText, cancelText } = options;
          this.questions.push({ title, content, confirmText, cancelText });
          this.options.shown?.(`question ${title}`);
          this.modal = true;
          if (this.modalMood === 'never') return;
          const answer = this.modalMood === 'yes' ? { confirm: true } : { cancel: true };
          this.later(
            300,
            alive(() => {
              this.modal = false;
              if ('confirm' in answer) this.agreedAt = this.clock.now();
              else this.refusals++;
              options.success(answer);
            }),
          );
        },
        getSystemInfoSync: () => ({ platform: quirks.platform ?? 'android' }),
        getStorageSync: (key: string) => {
          if (this.storageMood === 'throws') throw new Error('storage');
          if (this.storageMood === 'breaks') return null;
          if (this.storageMood !== 'well') return { errCode: '1003', errMsg: 'refused' };
          return this.storage.get(key) ?? '';
        },
        setStorageSync: (key: string, value: unknown) => {
          if (this.storageMood === 'throws') throw new Error('storage');
          if (this.storageMood === 'breaks') return null;
          if (this.storageMood === 'refuses') return { errCode: '1003', errMsg: 'refused' };
          const text = JSON.stringify(value);
          Object.values(SECRETS).forEach(secret => {
            if (text.includes(secret)) this.violate(`storage holds a secret: ${secret}`);
          });
          this.storage.set(key, JSON.parse(text));
          return undefined;
        },
      },
    };
  }

  /** Rules that can be seen at the moment of the call. */
  private called({ orderInfo }: CashierOptions): void {
    this.options.called(orderInfo.tpOrderId);
    if (!this.front || !this.top()) this.violate('cashier called while the app is not in front');
    if (this.cashier.age() < 1000) this.violate('cashier called within 1000 ms of the last call');
    if (this.cashier.isOpen() && this.cashier.age() < 900000)
      this.violate('cashier called over an open cashier');
    if (!orderInfo || !this.backend.order(orderInfo.tpOrderId))
      this.violate('cashier called without a valid orderInfo');
    const record = JSON.stringify(this.storage.get('swan-cashier') ?? '');
    if (this.storageMood === 'well' && !record.includes(`\\"${orderInfo.tpOrderId}\\"`)) {
      this.violate('cashier called before the purchase was in storage');
    }
  }
}
