import type { ComponentDefinition, Lifetime, Method } from './component-definition';
import { parsePath, setPath, type Values } from './json-values';
import { Observers } from './data-observers';
import type { ReportOptions, Runtime } from './environment';
import type { View } from './san-view';

/** An event for a handler. Those of a component have what its tag has as target. */
export interface HandledEvent {
  type: string;
  currentTarget?: { id: string; dataset: Values };
}

/** A page or a component: what owns a template, its data, and the methods that its events name. */
export abstract class TemplateOwner {
  /** What `this` is in the user's methods. */
  abstract readonly self: Values & { data: Values };
  /** Id of a component's tag; '' for a page. */
  abstract readonly id: string;
  protected observers: Observers | null = null;

  constructor(
    protected readonly runtime: Runtime,
    /** Path of its files, by which messages name it. */
    readonly path: string,
    /** null for a page made with Page(). */
    readonly definition: ComponentDefinition | null,
  ) {}

  /** Whether nothing it does can be seen any more. */
  abstract get isGone(): boolean;

  abstract classNames(segments: unknown[]): string;

  /** The classes that a template passes to an external class: classes of this template, not external ones of its own. */
  abstract ownClasses(names: unknown): string;

  /** Brings changes of the data into the view. */
  protected abstract send(changes: Values, callback?: () => void): void;

  /** The address in the browser of a picture of the mini-program. */
  assetUrl(address: string): string {
    const { environment } = this.runtime;
    if (address === '' || address.startsWith('//')) return address;
    if (/^[a-z][\w+.-]*:/i.test(address)) return environment.reachable?.(address) ?? address;
    return environment.assets + new URL(address, `https://swan.invalid/${this.path}`).pathname;
  }

  protected report(error: unknown, where: string, options?: ReportOptions): void {
    this.runtime.report(error, where, options);
  }

  /** Makes the observers of the definition run, once `self` is there. */
  protected startObservers(definition: ComponentDefinition): void {
    this.observers = new Observers(
      definition,
      this.self,
      (method, args, where) => this.apply(method, args, where),
      work => this.runtime.scheduler.after(0, work),
    );
  }

  /** Calls a user's function; what it throws is reported, never passed on. */
  protected apply(method: Method, args: unknown[], where: string): void {
    try {
      method.apply(this.self, args);
    } catch (error) {
      this.report(error, `${this.path}: ${where}`);
    }
  }

  /** Calls the handler that a template names for an event, which may be none. */
  callHandler(name: unknown, event: HandledEvent, options?: ReportOptions): void {
    const { self, path } = this;
    if (name === undefined || name === null || name === '') return;
    const method = self[String(name)];
    if (typeof method !== 'function') {
      this.report(new Error(`${path} has no method "${String(name)}" for the event ${event.type}`), path);
      return;
    }
    try {
      method.call(self, event);
    } catch (error) {
      this.report(error, `${path}: ${String(name)}`, options);
    }
  }

  run(lifetime: Lifetime, ...args: unknown[]): void {
    for (const method of this.definition?.lifetimes[lifetime] ?? []) this.apply(method, args, lifetime);
  }

  runPageLifetime(name: 'show' | 'hide'): void {
    for (const method of this.definition?.pageLifetimes[name] ?? [])
      this.apply(method, [{}], `pageLifetimes.${name}`);
  }

  /** The data of the script changes at once, the view later, and not when it is gone. */
  setData(changes: Values, callback?: () => void): void {
    const { self } = this;
    const before = this.observers?.snapshot();
    // In place: scripts keep what is in the data, and some watch it with setters.
    for (const [path, value] of Object.entries(changes)) setPath(self.data, parsePath(path), value);
    this.runtime.environment.recorder?.setData(this, changes, this.isGone);
    if (this.isGone) return;
    if (before) this.observers?.onSetData(Object.keys(changes), before);
    this.send(changes, callback);
  }
}

/** What `this` is in a component's methods. */
export interface Instance {
  [member: string]: unknown;
  data: Values;
  readonly id: string;
  readonly is: string;
  readonly dataset: Values;
}

const owners = new WeakMap<View, TemplateOwner>();

export const ownerOf = (view: View | undefined): TemplateOwner | undefined => view && owners.get(view);

export function setOwner(view: View, owner: TemplateOwner): void {
  owners.set(view, owner);
}

const instances = new WeakMap<Element, Instance>();

/** The instance of the component whose root element this is. */
export const instanceAt = (element: Element): Instance | undefined => instances.get(element);

export function setInstance(element: Element, instance: Instance): void {
  instances.set(element, instance);
}
