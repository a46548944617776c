import type { Unit } from '../types';
import type { Definition, Lifetime, Method } from './definition';
import { classNames } from './helpers';
import { nodeOf, setNode, type Instance } from './nodes';
import { ownerOf, setOwner, type Owner } from './owner';
import type { OpenPage } from './page';
import type { Program } from './program';
import { selectorQuery } from './query';
import { templateHelpers } from './template-helpers';
import {
  cloneThroughJson,
  deepEqual,
  getPath,
  isPlainObject,
  parsePath,
  withPath,
  type Values,
} from './values';
import { defineView, type View, type ViewClass } from './view';

/** How long changes wait for more, in ms, before they cross between script and view. */
export const BRIDGE_DELAY = 10;

/** One component on a page: ties the user's instance to its view. */
export class ComponentNode implements Owner {
  readonly instance: Instance;
  readonly label: string;
  readonly page: OpenPage;
  /** Set when the component was removed from its page; the instance lives on, silently. */
  detached = false;
  private readonly listeners: View['listeners'];
  /** Whose template it stands in. */
  readonly outer: Owner | undefined;
  /** Classes given from outside by the name they stand for; a phone asks for them once. */
  private readonly external: Map<string, string>;
  private sending = false;
  private readonly incoming = new Set<string>();
  private before: Values | null = null;

  constructor(
    readonly program: Program,
    readonly unit: Unit,
    readonly tag: string,
    readonly definition: Definition,
    readonly view: View,
  ) {
    this.label = unit.id;
    const page = program.pageOf(view);
    if (!page) throw new Error(`${unit.id} was created outside a page`);
    this.page = page;
    this.listeners = view.listeners;
    this.outer = ownerOf(view.owner);
    this.external = this.readExternal();
    this.instance = this.makeInstance();
    setOwner(view, this);
    setNode(this.instance, this);
    view.data.listen(change => this.hear(String(change.expr.paths[0]?.value)));
    page.adopt(this);
  }

  get self(): Values {
    return this.instance;
  }

  get id(): string {
    return String(this.view.data.raw.id ?? '');
  }

  /** Whether nothing the component does can be seen any more. */
  get gone(): boolean {
    return this.detached || this.page.closed;
  }

  private makeInstance(): Instance {
    const { definition, unit } = this;
    const data = cloneThroughJson(this.view.data.raw);
    const dataset: Values = {};
    for (const [key, value] of Object.entries(data)) {
      const name = /^data([A-Z].*)$/.exec(key)?.[1];
      if (name) dataset[name.charAt(0).toLowerCase() + name.slice(1)] = value;
    }
    const instance: Instance = Object.assign(Object.create(instanceMethods) as object, {
      data,
      id: String(data.id ?? ''),
      is: unit.id,
      dataset,
    });
    Object.defineProperty(instance, 'properties', { get: () => instance.data });
    return Object.assign(instance, definition.methods);
  }

  /** Ties the root element to the instance, once it is there. */
  drawn(): void {
    if (!this.view.el) return;
    setNode(this.view.el, this);
    Object.assign(this.view.el, { swan: this.instance });
  }

  classNames(pieces: unknown[]): string {
    const { externalClasses, addGlobalClass } = this.definition;
    const rules = { prefix: this.tag, externalClasses, addGlobalClass };
    return classNames(pieces, rules, name => this.external.get(name) ?? '');
  }

  ownClasses(names: unknown): string {
    return classNames([names], { prefix: this.tag, externalClasses: [], addGlobalClass: false }, () => '');
  }

  private readExternal(): Map<string, string> {
    const camelCase = (name: string): string =>
      name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    return new Map(
      this.definition.externalClasses.map(name => {
        const given = this.view.data.raw[camelCase(name)];
        return [name, given ? (this.outer?.ownClasses(given) ?? '') : ''];
      }),
    );
  }

  /** Calls a user's function with the instance; what it throws is reported, never passed on. */
  call(method: Method, args: unknown[], where: string): void {
    try {
      method.apply(this.instance, args);
    } catch (error) {
      this.program.report(error, `${this.label}: ${where}`, false);
    }
  }

  run(lifetime: Lifetime): void {
    for (const method of this.definition.lifetimes[lifetime]) this.call(method, [], lifetime);
  }

  runPageLifetime(name: 'show' | 'hide'): void {
    for (const method of this.definition.pageLifetimes[name]) this.call(method, [], `pageLifetimes.${name}`);
  }

  /** The observers due because the first values differ from the defaults. */
  firstObservers(): void {
    const initial: Values = { ...this.instance.data };
    for (const [name, property] of Object.entries(this.definition.properties)) {
      initial[name] = property.initial;
      this.observe(name, this.instance.data[name], property.initial);
    }
    this.runDataObservers(initial);
  }

  private observe(name: string, now: unknown, before: unknown): void {
    const observer = this.definition.properties[name]?.observer;
    if (!observer || deepEqual(now, before)) return;
    const method = typeof observer === 'string' ? this.instance[observer] : observer;
    if (typeof method === 'function') this.call(method as Method, [now, before], `observer of ${name}`);
  }

  setData(changes: Values, callback?: () => void): void {
    const { instance } = this;
    const before = instance.data;
    for (const [path, value] of Object.entries(changes)) {
      instance.data = withPath(instance.data, parsePath(path), value);
    }
    this.program.host.recorder?.setData(this, changes, this.gone);
    if (this.gone) return;
    for (const name of Object.keys(changes)) {
      if (!this.definition.properties[name]?.observer) continue;
      this.program.scheduler.after(0, () => this.observe(name, instance.data[name], before[name]));
    }
    this.changed(before);
    this.page.queue(this, changes, callback);
  }

  /** Brings changes of the script into the view. */
  render(changes: Values): void {
    this.sending = true;
    for (const [path, value] of Object.entries(changes)) {
      if (value !== undefined) this.view.data.set(path, value);
    }
    this.sending = false;
  }

  /** A value changed in the view: a property given by the parent, or an input bound both ways. */
  private hear(name: string): void {
    if (this.sending || this.detached) return;
    if (!this.incoming.size) this.program.scheduler.after(BRIDGE_DELAY, () => this.receive());
    this.incoming.add(name);
  }

  private receive(): void {
    const before = this.instance.data;
    for (const name of this.incoming) {
      const value = cloneThroughJson(this.view.data.get(name));
      if (value === undefined || deepEqual(value, before[name])) continue;
      this.instance.data = { ...this.instance.data, [name]: value };
      this.program.scheduler.after(0, () => this.observe(name, value, before[name]));
    }
    this.incoming.clear();
    this.changed(before);
  }

  /** Data observers run once for all changes of a turn. */
  private changed(before: Values): void {
    if (!this.definition.observers.length || this.before) return;
    this.before = before;
    this.program.scheduler.after(0, () => {
      const start = this.before ?? before;
      this.before = null;
      this.runDataObservers(start);
    });
  }

  private runDataObservers(before: Values): void {
    const { data } = this.instance;
    for (const { pattern, handler } of this.definition.observers) {
      const paths = pattern.split(',').map(path => parsePath(path.trim().replace(/\.?\*\*$/, '')));
      const different = paths.some(path => !deepEqual(getPath(before, path), getPath(data, path)));
      if (different)
        this.call(
          handler,
          paths.map(path => getPath(data, path)),
          `observer of ${pattern}`,
        );
    }
  }

  trigger(name: string, detail: unknown): void {
    this.program.host.recorder?.event(this, name, detail);
    const target = { id: this.id, dataset: this.instance.dataset };
    const event = {
      type: name,
      timeStamp: Date.now(),
      target,
      currentTarget: target,
      detail,
      ...(isPlainObject(detail) ? detail : {}),
    };
    for (const { fn } of this.listeners[name] ?? []) fn.call(this.view, event);
  }

  /** Sends a message up to the nearest component that handles it. */
  dispatch(name: string, value: unknown): void {
    for (let view = this.view.parentComponent; view; view = view.parentComponent) {
      const above = ownerOf(view);
      const handler = above instanceof ComponentNode ? above.definition.messages[name] : undefined;
      if (above instanceof ComponentNode && handler) {
        above.call(handler, [{ name, value, target: this.instance }], `messages.${name}`);
        return;
      }
    }
  }
}

function nodeFor(instance: unknown): ComponentNode {
  const node = nodeOf(instance as object);
  if (!node) throw new TypeError('call the method on the component itself: component.setData(…)');
  return node;
}

/** Reads the two ways setData can be called. */
export function readChanges(
  first: unknown,
  second: unknown,
  third: unknown,
): [Values, (() => void) | undefined] {
  const byPath = typeof first === 'string';
  const callback = byPath ? third : second;
  const changes = byPath ? { [first]: second } : isPlainObject(first) ? first : {};
  return [changes, typeof callback === 'function' ? () => callback.call(undefined) : undefined];
}

const instanceMethods = {
  setData(first: unknown, second?: unknown, third?: unknown): void {
    nodeFor(this).setData(...readChanges(first, second, third));
  },
  triggerEvent(name: string, detail: unknown = {}): void {
    nodeFor(this).trigger(name, detail);
  },
  dispatch(name: string, value: unknown): void {
    nodeFor(this).dispatch(name, value);
  },
  selectComponent(selector: string): unknown {
    const node = nodeFor(this);
    return node.page.selectOne(selector, node);
  },
  selectAllComponents(selector: string): Instance[] {
    const node = nodeFor(this);
    return node.page.select(selector, node);
  },
  createSelectorQuery(): unknown {
    const node = nodeFor(this);
    return selectorQuery(node.view.el ?? null, node.tag);
  },
  hasBehavior(): boolean {
    return true;
  },
};

/** The view class of a component under one tag; the tag decides its element and its class names. */
export function componentView(program: Program, unit: Unit, tag: string, definition: Definition): ViewClass {
  const nodes = new WeakMap<View, ComponentNode>();
  const initial: Values = { ...definition.data };
  for (const [name, property] of Object.entries(definition.properties)) initial[name] = property.initial;
  return defineView({
    ...templateHelpers,
    template: `<swan-${tag} hidden="{{$flag(hidden)}}">${unit.template}</swan-${tag}>`,
    components: program.viewsFor(unit),
    initData: () => cloneThroughJson(initial),
    inited() {
      nodes.set(this, new ComponentNode(program, unit, tag, definition, this));
    },
    attached() {
      nodes.get(this)?.drawn();
    },
    detached() {
      const node = nodes.get(this);
      if (node && !node.page.closed) node.page.remove(node);
    },
    error: error => program.report(error, unit.id, false),
  });
}
