/**
 * One component instance, as the real runtime keeps it: properties arrive late, observers run before created(), what a
 * handler throws is swallowed, a closed page fires hide and no detached.
 */
import type { Clock } from './clock';
import type { ComponentDefinition, Outcome } from './library';

export type Properties = Record<string, unknown>;

/** What selectComponent gives a page. */
interface Facade {
  pay(input?: object): Promise<Outcome>;
  reset(): unknown;
}

interface PayCall {
  promise: Promise<Outcome>;
  outcome: Outcome | null;
}

export type ComponentObservation =
  /** a finger reached a button */
  | { kind: 'tap'; component: FakeComponent }
  /** a page called pay() */
  | { kind: 'pay'; component: FakeComponent }
  | { kind: 'reset'; component: FakeComponent }
  | { kind: 'event'; component: FakeComponent; name: string; detail: Record<string, unknown> };

/** What the page's own code does with the events of a component. */
export interface EventHandlers {
  /** `bind:` handlers of every component on it */
  onEvent?: (component: FakeComponent, name: string, detail: Record<string, unknown>) => void;
}

/** The page a component is on: what the component needs of it, and what scenarios reach through the component. */
export interface ComponentPage {
  /** false once it was unloaded */
  open: boolean;
  /** onReady has come and its components are attached */
  ready: boolean;
  readonly handlers: EventHandlers;
  readonly components: FakeComponent[];
  readonly buttons: FakeComponent[];
  unload(): void;
}

/** How a host treats components. */
export interface ComponentOptions {
  /** base libraries before 1.13.27 */
  noPageLifetimes?: boolean;
  /** what a page's handler throws comes out of triggerEvent */
  handlersThrow?: boolean;
  /** a component is ready 100 ms after it was attached */
  ready?: 'late';
}

/** The host a component runs in. */
interface ComponentHost {
  readonly process: object;
  readonly clock: Clock;
  readonly options: ComponentOptions;
  readonly observe: (observation: ComponentObservation) => void;
  later(ms: number, action: () => void): void;
  misuse(rule: string): void;
  guarded(action: () => void): void;
}

/** of the elements that have no id of their own */
let nextId = 1;

/** ms from a page's setData to the component, where the first property arrives */
const PROPERTY_DELAY = 15;

export class FakeComponent {
  readonly properties: Properties;
  readonly data: Record<string, unknown>;
  /** what pay() gave the page, without doubles */
  readonly payCalls: PayCall[] = [];
  /** what it showed last, by its statechange events */
  phase = 'idle';
  attached = true;
  /** for scenarios */
  label = '';
  setDataCount = 0;
  /** how often it changed its phase, fired paysuccess, was given other properties, and was reset */
  phaseChanges = 0;
  successes = 0;
  propertyChanges = 0;
  resets = 0;
  changedAt = -Infinity;
  /** whether the goods it shows can be bought, as far as the world knows */
  isPayable: () => boolean = () => false;
  /** the process it lives in */
  readonly process: object;
  private readonly instance: Record<string, unknown>;

  constructor(
    readonly name: 'pay-button' | 'order-summary',
    readonly page: ComponentPage,
    private readonly host: ComponentHost,
    private readonly definition: ComponentDefinition,
    properties: Properties,
  ) {
    this.properties = { ...properties };
    this.process = host.process;
    const defaults = Object.fromEntries(
      Object.entries(definition.properties).map(([key, { value }]) => [key, value]),
    );
    this.data = { ...defaults, ...(JSON.parse(JSON.stringify(definition.data)) as object), ...properties };
    this.instance = {
      data: this.data,
      properties: this.data,
      nodeId: properties.id ?? '_' + nextId++,
      pageinstance: page,
      setData: (changes: object) => {
        if (!this.isAlive) host.misuse(`${name}: setData after detach or page close`);
        this.setDataCount++;
        Object.assign(this.data, changes);
      },
      triggerEvent: (event: string, detail: Record<string, unknown> = {}) => this.emit(event, detail),
    };
    for (const [key, method] of Object.entries(definition.methods)) {
      this.instance[key] = method.bind(this.instance);
    }
  }

  /** its events still reach a page */
  get isAlive(): boolean {
    return this.attached && this.page.open;
  }

  /** What the runtime does with a new instance, before the first timer of onReady. */
  mount(): void {
    this.lifetime('created');
    this.lifetime('attached');
    if (this.host.options.ready === 'late') this.host.later(100, () => this.lifetime('ready'));
    else this.lifetime('ready');
  }

  observeAll(): void {
    for (const name of Object.keys(this.properties)) this.runObserver(name);
  }

  /** A finger on it, wherever it is: who may tap is up to the world. */
  tap(): void {
    this.host.observe({ kind: 'tap', component: this });
    this.host.guarded(() => (this.instance.handleTap as () => void)());
  }

  pay(input?: object): Promise<Outcome> | undefined {
    this.host.observe({ kind: 'pay', component: this });
    let promise: Promise<Outcome> | undefined;
    this.host.guarded(() => (promise = this.facade().pay(input)));
    if (promise && !this.payCalls.some(call => call.promise === promise)) {
      const call: PayCall = { promise, outcome: null };
      this.payCalls.push(call);
      void promise.then(outcome => (call.outcome = outcome));
    }
    return promise;
  }

  reset(): unknown {
    this.resets++;
    this.host.observe({ kind: 'reset', component: this });
    let answer: unknown;
    this.host.guarded(() => (answer = this.facade().reset()));
    return answer;
  }

  /** Calls a method of the component, as its template would. */
  call(method: string): void {
    this.host.guarded(() => (this.instance[method] as () => void)());
  }

  /** The page's setData, which reaches the component through the view. */
  set(properties: Properties): void {
    Object.assign(this.properties, properties);
    this.propertyChanges += Object.keys(properties).length;
    this.changedAt = this.host.clock.now();
    // Each in a task of its own, the last one first.
    Object.entries(properties)
      .reverse()
      .forEach(([name, value], index) =>
        this.host.later(PROPERTY_DELAY + index, () => {
          this.data[name] = value;
          this.host.later(0, () => this.runObserver(name));
        }),
      );
  }

  detach(): void {
    if (!this.attached) return;
    this.attached = false;
    this.lifetime('detached');
  }

  lifetime(name: string): void {
    const hook = this.definition.lifetimes[name];
    if (hook) this.host.guarded(() => hook.call(this.instance));
  }

  pageLifetime(name: 'show' | 'hide'): void {
    const hook = this.definition.pageLifetimes?.[name];
    if (hook && !this.host.options.noPageLifetimes) this.host.guarded(() => hook.call(this.instance));
  }

  private facade(): Facade {
    return this.definition.export!.call(this.instance) as Facade;
  }

  private emit(event: string, detail: Record<string, unknown>): void {
    if (event === 'statechange') {
      this.phase = String(detail.phase);
      this.phaseChanges++;
    }
    if (event === 'paysuccess') this.successes++;
    this.host.observe({ kind: 'event', component: this, name: event, detail });
    // The runtime swallows what a handler throws.
    try {
      this.page.handlers.onEvent?.(this, event, detail);
    } catch (error) {
      if (this.host.options.handlersThrow) throw error;
    }
  }

  private runObserver(name: string): void {
    const method = this.definition.properties[name]?.observer;
    if (method && this.isAlive) this.call(method);
  }
}
