import { camelCase, type CompiledView } from '../compiled-app';
import type { Runtime } from './environment';
import { cloneThroughJson, deepEqual, isPlainObject, parsePath, viewPath, type Values } from './json-values';
import { membersOf, type ComponentDefinition } from './component-definition';
import { elementFinder, selectorQuery } from './selector-query';
import { intersectionObserver, type IntersectionOptions } from './intersection-observer';
import { defineView, type View, type ViewClass } from './san-view';
import { classNames, templateHelpers } from './template-helpers';
import { TemplateOwner, ownerOf, setInstance, setOwner, type Instance } from './template-owner';

/** ms after the last change of a property until it crosses from view to script. */
const INCOMING_DELAY = 10;

/** The page a component is on. */
export interface ComponentPage {
  /** What getCurrentPages() has for it. */
  readonly pageObject: Values;
  readonly isClosed: boolean;
  select(selector: string, owner?: ComponentNode): Instance[];
  selectOne(selector: string, owner?: ComponentNode): unknown;
  addComponent(node: ComponentNode): void;
  removeComponent(node: ComponentNode): void;
  /** Queues changes; those of all components of the page are sent together. */
  enqueue(node: ComponentNode, changes: Values, callback: (() => void) | undefined): void;
}

/** Runtime and pages, as components need them. */
interface ComponentRuntime extends Runtime {
  pageOf(view: View): ComponentPage | undefined;
}

/** A component under one tag. */
interface ComponentKind {
  compiled: CompiledView;
  tag: string;
  definition: ComponentDefinition;
}

/** One component on a page: connects the user's instance with its view. */
export class ComponentNode extends TemplateOwner {
  readonly instance: Instance;
  readonly tag: string;
  declare readonly definition: ComponentDefinition;
  readonly page: ComponentPage;
  /** Set when the component was removed from its page. The script may still use the instance, without an effect. */
  isDetached = false;
  /** Whose template its tag is in. */
  readonly outer: TemplateOwner | undefined;
  private readonly listeners: View['listeners'];
  /** Classes given from outside, by the name of the external class; a phone reads them once. */
  private readonly external: Map<string, string>;
  private isSending = false;
  /** What keeps a property that changed in the view from crossing, until it does. */
  private readonly incoming = new Map<string, () => void>();

  constructor(
    runtime: ComponentRuntime,
    { compiled, tag, definition }: ComponentKind,
    readonly view: View,
  ) {
    super(runtime, compiled.path, definition);
    this.tag = tag;
    const page = runtime.pageOf(view);
    if (!page) throw new Error(`${compiled.path} was created outside a page`);
    this.page = page;
    this.listeners = view.listeners;
    this.outer = ownerOf(view.owner);
    this.external = this.readExternal();
    this.instance = this.makeInstance();
    this.startObservers(definition);
    setOwner(view, this);
    nodes.set(this.instance, this);
    view.data.listen(change => this.onViewChange(String(change.expr.paths[0]?.value)));
    page.addComponent(this);
  }

  get self(): Instance {
    return this.instance;
  }

  get id(): string {
    return String(this.view.data.raw.id ?? '');
  }

  get isGone(): boolean {
    return this.isDetached || this.page.isClosed;
  }

  private makeInstance(): Instance {
    const { definition } = this;
    const data = cloneThroughJson(this.view.data.raw);
    const dataset: Values = {};
    for (const [key, value] of Object.entries(data)) {
      const name = /^data([A-Z].*)$/.exec(key)?.[1];
      if (name) dataset[name.charAt(0).toLowerCase() + name.slice(1)] = value;
    }
    const instance: Instance = Object.assign(Object.create(instanceMethods) as object, {
      data,
      id: String(data.id ?? ''),
      nodeId: String(data.id ?? this.view.id),
      is: this.path,
      dataset,
      methods: definition.methods,
    });
    Object.defineProperties(instance, {
      properties: { get: () => instance.data },
      pageinstance: { value: this.page.pageObject, writable: true, configurable: true },
    });
    return Object.assign(instance, membersOf(definition));
  }

  /** Connects the root element with the instance, once it is drawn. */
  onDrawn(): void {
    if (!this.view.el) return;
    setInstance(this.view.el, this.instance);
    Object.assign(this.view.el, { swan: this.instance });
  }

  classNames(segments: unknown[]): string {
    const { externalClasses, addGlobalClass } = this.definition;
    const rules = { prefix: this.tag, externalClasses, addGlobalClass };
    return classNames(segments, rules, name => this.external.get(name) ?? '');
  }

  ownClasses(names: unknown): string {
    return classNames([names], { prefix: this.tag, externalClasses: [], addGlobalClass: false }, () => '');
  }

  private readExternal(): Map<string, string> {
    return new Map(
      this.definition.externalClasses.map(name => {
        const given = this.view.data.raw[camelCase(name)];
        return [name, given ? (this.outer?.ownClasses(given) ?? '') : ''];
      }),
    );
  }

  runInitialObservers(): void {
    this.observers?.runInitial();
  }

  protected send(changes: Values, callback?: () => void): void {
    this.page.enqueue(this, changes, callback);
  }

  /** Brings changes of the script into the view. */
  render(changes: Values): void {
    this.isSending = true;
    for (const [path, value] of Object.entries(changes)) {
      if (value !== undefined) this.view.data.set(viewPath(path), value);
    }
    this.isSending = false;
  }

  /** A value changed in the view: a property given by the parent, or an input bound both ways. */
  private onViewChange(name: string): void {
    if (this.isSending || this.isDetached) return;
    this.incoming.get(name)?.();
    this.incoming.set(
      name,
      this.runtime.scheduler.after(INCOMING_DELAY, () => this.receive(name)),
    );
  }

  /** Each property crosses by itself: its observer still finds the others as they were. */
  private receive(name: string): void {
    this.incoming.delete(name);
    const { data } = this.instance;
    const value = cloneThroughJson(this.view.data.get(name));
    if (value === undefined || deepEqual(value, data[name])) return;
    const before = this.observers?.snapshot() ?? {};
    data[name] = value;
    this.observers?.onProperty(name, value, before[name]);
    this.observers?.onChange(before);
  }

  trigger(name: string, detail: unknown): void {
    this.runtime.environment.recorder?.event(this, name, detail);
    const target = { id: this.id, dataset: this.instance.dataset };
    const event = {
      type: name,
      timeStamp: Date.now(),
      target,
      currentTarget: target,
      ...(isPlainObject(detail) ? detail : {}),
      detail,
    };
    for (const { fn } of this.listeners[name] ?? []) fn.call(this.view, event);
  }

  /** Sends a message up to the nearest component, or the page, that handles it. */
  dispatch(name: string, value: unknown): void {
    let last: TemplateOwner | undefined;
    for (let view = this.view.parentComponent; view; view = view.parentComponent) {
      const above = ownerOf(view);
      // The view of a named template has the same owner as the template around it.
      if (!above || above === last) continue;
      last = above;
      const { messages } = above.definition ?? {};
      const handler = messages?.[name] ?? messages?.['*'];
      if (!handler) continue;
      try {
        handler.call(above.self, { name, value, target: this.instance });
      } catch (error) {
        this.report(error, `${above.path}: messages.${name}`);
      }
      return;
    }
  }
}

const nodes = new WeakMap<object, ComponentNode>();

/** The runtime's side of an instance. */
export const nodeOf = (instance: object): ComponentNode | undefined => nodes.get(instance);

function nodeFor(instance: unknown): ComponentNode {
  const node = nodes.get(instance as object);
  if (!node) throw new TypeError('call the method on the component itself: component.setData(…)');
  return node;
}

/** Reads the two ways setData can be called. A path without a name changes nothing. */
export function readChanges(
  first: unknown,
  second: unknown,
  third: unknown,
): [Values, (() => void) | undefined] {
  const [given, callback] = typeof first === 'string' ? [{ [first]: second }, third] : [first, second];
  const named = Object.entries(isPlainObject(given) ? given : {}).filter(([path]) => parsePath(path).length);
  const changes = Object.fromEntries(named);
  return [changes, typeof callback === 'function' ? () => callback.call(undefined) : undefined];
}

const instanceMethods = {
  setData(first: unknown, second?: unknown, third?: unknown): void {
    nodeFor(this).setData(...readChanges(first, second, third));
  },
  /** Changes made while `work` runs go to the view together, as all changes of a page's components do here. */
  groupSetData(work: () => void): void {
    work.call(this);
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
    return selectorQuery(() => node.view.el ?? null, node.tag);
  },
  createIntersectionObserver(options: IntersectionOptions = {}): unknown {
    const node = nodeFor(this);
    const root = (): HTMLElement | null => node.view.el ?? null;
    return intersectionObserver(elementFinder(root, node.tag), root, options);
  },
  hasBehavior(): boolean {
    return true;
  },
};

/**
 * The view class of a component under one tag; the tag decides its element and its class names.
 * @param kind.components view classes of the tags in its template; read when one is drawn, so they may be added later
 */
export function componentView(
  runtime: ComponentRuntime,
  { components, ...kind }: ComponentKind & { components: Record<string, ViewClass> },
): ViewClass {
  const { compiled, tag, definition } = kind;
  const drawn = new WeakMap<View, ComponentNode>();
  const initial: Values = { ...definition.data };
  for (const [name, property] of Object.entries(definition.properties)) initial[name] = property.initial;
  return defineView({
    ...templateHelpers,
    ...runtime.helpersFor(compiled),
    template: `<swan-${tag} hidden="{{$given(hidden)}}">${compiled.template}</swan-${tag}>`,
    components,
    initData: () => cloneThroughJson(initial),
    inited() {
      drawn.set(this, new ComponentNode(runtime, kind, this));
    },
    attached() {
      drawn.get(this)?.onDrawn();
    },
    detached() {
      const node = drawn.get(this);
      if (node && !node.page.isClosed) node.page.removeComponent(node);
    },
    error: error => runtime.report(error, compiled.path),
  });
}
