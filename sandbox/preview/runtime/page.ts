import { messageOf } from '../../error-message';
import type { CompiledView } from '../compiled-app';
import { nodeOf, readChanges, type ComponentNode, type ComponentPage } from './component';
import {
  cloneFields,
  cloneThroughJson,
  getPath,
  isPlainObject,
  parsePath,
  viewOrder,
  viewPath,
  type Values,
} from './json-values';
import { membersOf, readDefinition, type ComponentDefinition, type Method } from './component-definition';
import { elementFinder, selectorQuery } from './selector-query';
import { intersectionObserver } from './intersection-observer';
import { nullObject } from '../swan-api/unsupported';
import { listOperations } from './list-operations';
import { eventHooks, methodHooks, type Registration } from './registration';
import type { ReportOptions, Runtime } from './environment';
import { defineView, type View, problemView } from './san-view';
import { joinClasses, templateHelpers } from './template-helpers';
import { listenForPageScroll } from './tags/scrolling';
import { TemplateOwner, type HandledEvent, setOwner, type Instance } from './template-owner';

/** ms after the last change of a component until all changes cross from script to view. */
const BRIDGE_DELAY = 10;

interface QueuedChange {
  node: ComponentNode;
  changes: Values;
  callback: (() => void) | undefined;
}

/** What the page's script registered, or why the page cannot be shown. */
type PageContent = { registration: Registration } | { problem: string };

/** One page on the stack: the user's page object, its view and the components on it. */
export class OpenPage extends TemplateOwner implements ComponentPage {
  /** What getCurrentPages() has. */
  readonly pageObject: Values;
  /** What `this` is in the page's functions: the page object, or the instance of a page made with Component(). */
  readonly self: Values & { data: Values };
  readonly id = '';
  isClosed = false;
  /** Every component the page ever had, in the order of creation; detached ones stay selectable, as on a phone. */
  private readonly nodes: ComponentNode[] = [];
  /** why the page cannot be shown */
  private problem: string | null;
  private view: View | null = null;
  private newComponents: ComponentNode[] = [];
  private queued: QueuedChange[] = [];
  private stopWaiting: (() => void) | null = null;

  constructor(
    runtime: Runtime,
    readonly compiled: CompiledView,
    readonly query: Record<string, string>,
    content: PageContent,
  ) {
    const { kind, definition: source } =
      'problem' in content ? { kind: 'page', definition: {} as Values } : content.registration;
    const definition = kind === 'component' ? readDefinition(source) : null;
    super(runtime, compiled.path, definition);
    this.problem = 'problem' in content ? content.problem : null;
    if (definition) {
      this.pageObject = this.addPageMembers({ data: {} });
      this.self = this.makeComponent(definition);
      this.startObservers(definition);
    } else {
      const fields = cloneFields(source);
      fields.data = cloneThroughJson(source.data ?? {});
      this.pageObject = this.addPageMembers(fields);
      this.self = this.pageObject as Values & { data: Values };
    }
  }

  get route(): string {
    return this.path;
  }

  get isGone(): boolean {
    return this.isClosed;
  }

  get element(): HTMLElement | null {
    return this.view?.el ?? null;
  }

  private addPageMembers(fields: Values): Values {
    return Object.assign(fields, {
      route: this.route,
      uri: this.route,
      options: this.query,
      ...this.commonMembers(),
      getData: (path = '') => getPath(this.self.data, parsePath(path)),
      ...listOperations(
        () => this.self.data,
        (changes, callback) => this.setData(changes, callback),
      ),
      nextTick: (work: () => void) => this.send({}, () => work()),
    });
  }

  private commonMembers(): Values {
    return {
      setData: (first: unknown, second?: unknown, third?: unknown) =>
        this.setData(...readChanges(first, second, third)),
      groupSetData: (work: () => void) => work.call(this.self),
      selectComponent: (selector: string) => this.selectOne(selector),
      selectAllComponents: (selector: string) => this.select(selector),
      createSelectorQuery: () => this.createSelectorQuery(),
      createIntersectionObserver: (options?: unknown) => this.createIntersectionObserver(options),
      createCanvasContext: nullObject,
    };
  }

  createSelectorQuery(): unknown {
    return selectorQuery(() => this.element, null);
  }

  createIntersectionObserver(options: unknown): unknown {
    const root = (): HTMLElement | null => this.element;
    return intersectionObserver(elementFinder(root, null), root, isPlainObject(options) ? options : {});
  }

  scrollTo(top: number, isSmooth: boolean): void {
    if (!this.element) return;
    this.element.style.scrollBehavior = isSmooth ? 'smooth' : 'auto';
    this.element.scrollTop = top;
  }

  pullDown(): void {
    this.call('onPullDownRefresh');
  }

  /** The instance of a page made with Component(): its page object is another one, which it has as pageinstance. */
  private makeComponent(definition: ComponentDefinition): Values & { data: Values } {
    const data: Values = cloneThroughJson({ ...definition.data });
    for (const [name, property] of Object.entries(definition.properties)) data[name] ??= property.initial;
    const self: Values & { data: Values } = {
      data,
      is: this.path,
      id: '',
      dataset: {},
      route: this.route,
      methods: definition.methods,
      ...this.commonMembers(),
      triggerEvent: () => undefined,
      dispatch: () => undefined,
      hasBehavior: () => true,
    };
    Object.defineProperties(self, {
      properties: { get: () => self.data },
      pageinstance: { value: this.pageObject, writable: true, configurable: true },
    });
    Object.defineProperty(this.pageObject, 'data', { get: () => self.data });
    return Object.assign(self, membersOf(definition));
  }

  classNames(segments: unknown[]): string {
    return joinClasses(segments);
  }

  ownClasses(names: unknown): string {
    return joinClasses([names]);
  }

  /** Runs one of the page's own functions, such as onLoad. */
  call(name: string, ...args: unknown[]): void {
    const method = this.self[name];
    if (typeof method === 'function') this.apply(method as Method, args, name);
    for (const hook of methodHooks(this.address, name)) {
      const context = { args: { e: args[0] ?? {}, eventName: name, accessUri: this.address } };
      this.apply(
        hook,
        [{ ...context, returnValue: null, thisObject: this.pageObject }],
        `Page.after: ${name}`,
      );
    }
  }

  override callHandler(name: unknown, event: HandledEvent, options?: ReportOptions): void {
    super.callHandler(name, event, options);
    const { currentTarget: target } = event;
    for (const hook of eventHooks(this.address, event.type, { ...target?.dataset, id: target?.id }))
      this.apply(hook, [{ target, args: event, thisObject: this.pageObject }], `Page.after: ${event.type}`);
  }

  /** Its route with its query. */
  private get address(): string {
    const query = new URLSearchParams(this.query).toString();
    return query ? `${this.route}?${query}` : this.route;
  }

  /** The functions that run before the page is shown; a page made with Component() is created first. */
  load(): void {
    this.run('created');
    this.run('onInit', this.query);
    if (this.definition) {
      this.observers?.runInitial();
      this.run('attached');
    } else this.call('onInit', this.query);
    this.call('onLoad', this.query);
  }

  ready(): void {
    this.run('ready');
    this.call('onReady', {});
  }

  /** Draws the page below `parent`, or the reason why it cannot be drawn. */
  draw(parent: HTMLElement): void {
    try {
      if (this.problem === null) this.attach(this.defineView(), parent);
    } catch (error) {
      this.view?.dispose();
      this.problem = `${this.path}.swan: ${messageOf(error)}`;
      this.runtime.environment.onProblem(this.problem, this.path);
    }
    if (this.problem !== null) this.attach(this.defineProblem(this.problem), parent);
    if (this.element) {
      const { onReachBottomDistance } = { ...this.runtime.environment.app.window, ...this.compiled.config };
      listenForPageScroll(this.element, onReachBottomDistance, (name, argument) => this.call(name, argument));
    }
  }

  private attach(PageView: new () => View, parent: HTMLElement): void {
    this.view = new PageView();
    setOwner(this.view, this);
    pages.set(this.view, this);
    this.view.attach(parent);
    this.element?.setAttribute('route', this.route);
  }

  private defineView() {
    const { runtime, compiled } = this;
    return defineView({
      ...templateHelpers,
      ...runtime.helpersFor(compiled),
      template: `<swan-page>${compiled.template}</swan-page>`,
      components: runtime.viewsFor(compiled),
      initData: () => cloneThroughJson(this.self.data),
      error: error => runtime.report(error, compiled.path),
    });
  }

  private defineProblem(problem: string) {
    return problemView('swan-page', '这一页无法显示', problem, error => this.report(error, this.path));
  }

  protected send(changes: Values, callback?: () => void): void {
    // What the script does to the values afterwards does not reach the view.
    const sent = this.runtime.crossBridge(changes, this.path);
    this.runtime.scheduler.after(0, () => {
      const { view } = this;
      if (!view || this.isClosed || this.problem !== null) return;
      for (const [path, value] of viewOrder(sent)) view.data.set(viewPath(path), value);
      if (callback) view.nextTick(callback);
    });
  }

  /** Its observers, then its lifetimes, run with those of all other new components of this turn. */
  addComponent(node: ComponentNode): void {
    this.nodes.push(node);
    this.newComponents.push(node);
    if (this.newComponents.length === 1) this.runtime.scheduler.after(0, () => this.runInitialLifecycle());
  }

  private runInitialLifecycle(): void {
    const nodes = this.newComponents;
    this.newComponents = [];
    for (const node of nodes) node.runInitialObservers();
    for (const lifetime of ['created', 'attached', 'ready'] as const) {
      for (const node of nodes) node.run(lifetime);
    }
  }

  /** A component's element left the page. */
  removeComponent(node: ComponentNode): void {
    if (node.isDetached) return;
    node.isDetached = true;
    this.runtime.scheduler.after(0, () => node.run('detached'));
  }

  /** Sends the changes of all components of the page together, BRIDGE_DELAY ms after the last one. */
  enqueue(node: ComponentNode, changes: Values, callback: (() => void) | undefined): void {
    this.queued.push({ node, changes, callback });
    this.stopWaiting?.();
    this.stopWaiting = this.runtime.scheduler.after(BRIDGE_DELAY, () => this.flushQueue());
  }

  private flushQueue(): void {
    const queued = this.queued;
    this.queued = [];
    this.stopWaiting = null;
    for (const { node, changes, callback } of queued) {
      if (node.isGone) continue;
      node.render(this.runtime.crossBridge(changes, node.path));
      if (callback) node.view.nextTick(callback);
    }
  }

  /**
   * The components a selector names: `#id` or `.class`; anything else names none.
   * @param owner only those whose tags are in this component's own template
   * @throws TypeError for one with a space in it
   */
  select(selector: string, owner?: ComponentNode): Instance[] {
    const [, kind, name] = /^([#.])([\w-]+)$/.exec(selector.trim()) ?? [];
    if (/\S\s+\S/.test(selector))
      throw new TypeError(`selectComponent("${selector}"): one #id or .class at a time`);
    const fits = (node: ComponentNode): boolean => {
      if (owner && node.outer !== owner) return false;
      if (kind === '#') return node.id === name;
      const classes = String(node.view.data.raw.class ?? '').split(/\s+/);
      return kind === '.' && classes.some(given => given === name || given.endsWith(`__${name}`));
    };
    const found = this.nodes.filter(fits);
    const living = found.filter(node => !node.isDetached);
    return [...living, ...found.filter(node => node.isDetached).reverse()].map(({ instance }) => instance);
  }

  /** What selectComponent answers; only there `export` is asked for. */
  selectOne(selector: string, owner?: ComponentNode): unknown {
    const [instance] = this.select(selector, owner);
    const exported = instance && nodeOf(instance)?.definition.exported;
    return exported ? exported.call(instance) : instance;
  }

  /** Runs a page lifetime of the components, also of detached ones. Its element has `away` while the page is hidden. */
  notifyPageLifetime(name: 'show' | 'hide'): void {
    // For what moves by itself.
    this.element?.toggleAttribute('away', name === 'hide');
    this.runPageLifetime(name);
    for (const node of [...this.nodes]) node.runPageLifetime(name);
  }

  /** Removes the page's view. Its components do not run `detached`, as on a phone. */
  dispose(): void {
    this.isClosed = true;
    this.view?.dispose();
  }
}

const pages = new WeakMap<View, OpenPage>();

/** The page a view belongs to, found upwards. */
export function pageOf(view: View): OpenPage | undefined {
  let root = view;
  while (root.parentComponent) root = root.parentComponent;
  return pages.get(root);
}
