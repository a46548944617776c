/**
 * One scenario: a shop, a cashier and a phone, driven by hand, and everything that was seen and said, in order, as
 * objects. The invariant is checked all the while: a test fails when a scenario of it broke a sentence of the oracle.
 */
import { SUCCESS, type CashierPlan, type FakeCashier } from './fakes/fake-cashier';
import type { Clock } from './fakes/clock';
import type { FakeBackend, ShopOrder } from './fakes/fake-backend';
import type { FakeComponent, Properties } from './fakes/fake-component';
import type { ComponentSpec, FakeHost, HostOptions } from './fakes/fake-host';
import type { Question } from './fakes/fake-modal';
import type { FakePage, PageHandlers } from './fakes/fake-page';
import { bundleLibrary, type LoadLibrary, type Outcome, type Settings } from './fakes/library';
import type { Observed } from './fakes/observation';
import { World } from './world';

/** One entry of the timeline. */
export type TimelineEvent =
  /** `on` is the component's label; main has none */
  | { on?: string; event: string; detail: Record<string, unknown> }
  | { toast: string }
  | { question: Question }
  /** the cashier was called for this tpOrderId */
  | { cashier: string };

interface ScenarioOptions {
  /** what app.js passes to configure() */
  settings?: Settings;
  host?: HostOptions;
  /** copies of the package; the second component of a page is of the second copy, and so on */
  copies?: number;
  /** false: only the copy that app.js imports is configured */
  configuresAllCopies?: boolean;
}

/** Properties of a pay-button that creates its order, and of one whose backend knows what is paid. */
export const CREATE = { createUrl: '/orders', orderPayload: { goods: 'tea' } };
export const STATUS = { statusUrl: '/status' };

let open: Scenario[] = [];
let library: LoadLibrary | undefined;
let shipped: LoadLibrary | undefined;

/** Sets the library that every scenario runs from now on; undefined is the one that ships. */
export function useLibrary(load: LoadLibrary | undefined): void {
  library = load;
}

/** The library that is under test. */
export const currentLibrary = (): LoadLibrary => library ?? (shipped ??= bundleLibrary());

/** Ends the scenarios of a test: the rules that were broken in them. */
export function takeViolations(): string[] {
  const found = open.flatMap(scenario => scenario.finish());
  open = [];
  return found;
}

afterEach(() => expect(takeViolations()).toEqual([]));

export class Scenario {
  readonly world: World;
  private timeline: TimelineEvent[] = [];

  constructor({ settings, host, copies, configuresAllCopies }: ScenarioOptions = {}) {
    open.push(this);
    this.world = new World({
      load: currentLibrary(),
      settings: settings ?? {},
      userId: String(settings?.userId ?? ''),
      ...(host ? { host } : {}),
      ...(copies ? { copies } : {}),
      ...(configuresAllCopies === undefined ? {} : { configuresAllCopies }),
      onObserved: observed => this.note(observed),
    });
  }

  get clock(): Clock {
    return this.world.clock;
  }

  get backend(): FakeBackend {
    return this.world.backend;
  }

  get cashier(): FakeCashier {
    return this.world.cashier;
  }

  get host(): FakeHost {
    return this.world.host;
  }

  /** Lets time pass. */
  advance(ms: number): this {
    this.clock.advance(ms);
    return this;
  }

  /** What happened since the last time. */
  takeEvents(): TimelineEvent[] {
    return this.timeline.splice(0);
  }

  /** Lets time pass, and hands out what happened until then. */
  eventsAfter(ms: number): TimelineEvent[] {
    return this.advance(ms).takeEvents();
  }

  /** Opens a page of pay-buttons (navigateTo, or the first page) and hands out its buttons. */
  open(...buttons: Properties[]): FakeComponent[] {
    return this.openPage(buttons.map((properties, copy) => ({ properties, copy }))).buttons;
  }

  /** Opens a page of any components, with code of its own. */
  openPage(components: (ComponentSpec | Properties)[], handlers: PageHandlers = {}): FakePage {
    const specs = components.map(one => ('properties' in one ? one : { properties: one }) as ComponentSpec);
    const page = this.host.openPage(specs, handlers);
    this.advance(50);
    return page;
  }

  label(component: FakeComponent, label: string): FakeComponent {
    component.label = label;
    return component;
  }

  /** What the cashier does with its next calls; without a plan it is paid after 2 s. */
  plan(...plans: Partial<CashierPlan>[]): void {
    this.cashier.plan(...plans);
  }

  /** An order that the shop's own code made, ready to be paid. */
  createOrder(goods = 'tea', totalAmount = 1999): { order: ShopOrder; orderInfo: Record<string, string> } {
    const order = this.backend.createOrder(goods, totalAmount);
    return { order, orderInfo: this.backend.orderInfo(order) };
  }

  /** The app dies, with all that was on its pages; the next page is opened by the scenario. */
  kill(): void {
    this.host.kill();
  }

  setUser(userId: string): void {
    this.world.setUser(userId);
  }

  /** What resumePending() has found after that time; null while it is still looking. */
  async resumePending(ms = 0): Promise<Outcome[] | null> {
    const promise = this.host.resumePending();
    await this.clock.advanceAsync(ms);
    return promise ? settled(promise) : null;
  }

  /** What the library wrote to the console. */
  console(level: 'log' | 'warn' | 'error'): string[] {
    return this.host.console.filter(line => line.level === level).map(({ text }) => text);
  }

  /** @returns what the oracle has to complain about */
  finish(): string[] {
    const { invariant } = this.world;
    this.world.checkSecrets();
    invariant.checkRendering();
    invariant.finish();
    return invariant.violations;
  }

  private note(observed: Observed): void {
    if (observed.kind === 'toast') this.timeline.push({ toast: observed.title });
    if (observed.kind === 'question') this.timeline.push({ question: observed.question });
    if (observed.kind === 'call') this.timeline.push({ cashier: observed.call.tpOrderId });
    if (observed.kind === 'event') {
      const { component, name, detail } = observed;
      const { label } = component;
      this.timeline.push({ ...(label ? { on: label } : {}), event: name, detail });
    }
  }
}

/** What a promise has come to by now, or null. */
export function settled<Value>(promise: Promise<Value> | undefined): Promise<Value | null> {
  const nothing = new Promise<null>(resolve => setImmediate(() => resolve(null)));
  return promise ? Promise.race([promise, nothing]) : nothing;
}

export { SUCCESS };
