import type { Unit } from '../types';
import { BRIDGE_DELAY, readChanges, type ComponentNode } from './component';
import { joinClasses } from './helpers';
import { nodeOf, type Instance } from './nodes';
import { setOwner, type Owner } from './owner';
import type { Program } from './program';
import { selectorQuery } from './query';
import { templateHelpers } from './template-helpers';
import { cloneFields, cloneThroughJson, parsePath, withPath, type Values } from './values';
import { defineView, type View } from './view';

interface QueuedChange {
  node: ComponentNode;
  changes: Values;
  callback: (() => void) | undefined;
}

/** One page on the stack: the user's page object, its view and the components on it. */
export class OpenPage implements Owner {
  readonly self: Values;
  readonly label: string;
  closed = false;
  /** Every component the page ever had, in the order of creation; detached ones stay selectable, as on a phone. */
  readonly nodes: ComponentNode[] = [];
  private view: View | null = null;
  private fresh: ComponentNode[] = [];
  private queued: QueuedChange[] = [];
  private stopWaiting: (() => void) | null = null;

  constructor(
    readonly program: Program,
    readonly unit: Unit,
    definition: Values,
    readonly query: Record<string, string>,
  ) {
    this.label = unit.id;
    this.self = this.makeObject(definition);
  }

  get route(): string {
    return this.unit.id;
  }

  get element(): HTMLElement | null {
    return this.view?.el ?? null;
  }

  private makeObject(definition: Values): Values {
    const fields = cloneFields(definition);
    fields.data = cloneThroughJson(definition.data ?? {});
    return Object.assign(fields, {
      route: this.route,
      uri: this.route,
      options: this.query,
      setData: (first: unknown, second?: unknown, third?: unknown) =>
        this.setData(...readChanges(first, second, third)),
      getData: (path: string) =>
        parsePath(path).reduce<unknown>((value, step) => (value as Values)[step], fields.data),
      selectComponent: (selector: string) => this.selectOne(selector),
      selectAllComponents: (selector: string) => this.select(selector),
      createSelectorQuery: () => selectorQuery(this.element, null),
    });
  }

  classNames(pieces: unknown[]): string {
    return joinClasses(pieces);
  }

  ownClasses(names: unknown): string {
    return joinClasses([names]);
  }

  /** Runs one of the page's own functions, such as onLoad. */
  call(name: string, ...args: unknown[]): void {
    const method = this.self[name];
    if (typeof method !== 'function') return;
    try {
      method.apply(this.self, args);
    } catch (error) {
      this.program.report(error, `${this.label}: ${name}`, false);
    }
  }

  /** Draws the page below `parent`. */
  draw(parent: HTMLElement): void {
    const { program, unit } = this;
    const PageView = defineView({
      ...templateHelpers,
      template: `<swan-page>${unit.template}</swan-page>`,
      components: program.viewsFor(unit),
      initData: () => cloneThroughJson(this.self.data as Values),
      error: error => program.report(error, unit.id, false),
    });
    this.view = new PageView();
    setOwner(this.view, this);
    program.pageViews.set(this.view, this);
    this.view.attach(parent);
  }

  setData(changes: Values, callback?: () => void): void {
    for (const [path, value] of Object.entries(changes)) {
      this.self.data = withPath(this.self.data, parsePath(path), value);
    }
    this.program.host.recorder?.setData(this, changes, this.closed);
    if (this.closed) return;
    this.program.scheduler.after(0, () => {
      const { view } = this;
      if (!view || this.closed) return;
      const sent = this.program.crossBridge(changes, this.label);
      for (const [path, value] of Object.entries(sent)) view.data.set(path, value);
      if (callback) view.nextTick(callback);
    });
  }

  /** Takes in a new component. Its observers, then its lifetimes, run with those of all others of this turn. */
  adopt(node: ComponentNode): void {
    this.nodes.push(node);
    this.fresh.push(node);
    if (this.fresh.length === 1) this.program.scheduler.after(0, () => this.welcome());
  }

  private welcome(): void {
    const nodes = this.fresh;
    this.fresh = [];
    for (const node of nodes) node.firstObservers();
    for (const lifetime of ['created', 'attached', 'ready'] as const) {
      for (const node of nodes) node.run(lifetime);
    }
  }

  /** A component's element left the page. */
  remove(node: ComponentNode): void {
    if (node.detached) return;
    node.detached = true;
    this.program.scheduler.after(0, () => node.run('detached'));
  }

  /** Component changes of a page travel together, once nothing more came for a while. */
  queue(node: ComponentNode, changes: Values, callback: (() => void) | undefined): void {
    this.queued.push({ node, changes, callback });
    this.stopWaiting?.();
    this.stopWaiting = this.program.scheduler.after(BRIDGE_DELAY, () => this.send());
  }

  private send(): void {
    const queued = this.queued;
    this.queued = [];
    this.stopWaiting = null;
    for (const { node, changes, callback } of queued) {
      if (node.gone) continue;
      node.render(this.program.crossBridge(changes, node.label));
      if (callback) node.view.nextTick(callback);
    }
  }

  /**
   * The components a selector names: `#id` or `.class`; a tag names none.
   * @param owner only those that stand in this component's own template
   * @throws TypeError for anything longer
   */
  select(selector: string, owner?: ComponentNode): Instance[] {
    const match = /^([#.]?)([\w-]+)$/.exec(selector.trim());
    if (!match) throw new TypeError(`selectComponent("${selector}"): one #id or .class at a time`);
    const [, kind, name = ''] = match;
    const fits = (node: ComponentNode): boolean => {
      if (owner && node.outer !== owner) return false;
      if (kind === '#') return node.id === name;
      const classes = String(node.view.data.raw.class ?? '').split(/\s+/);
      return kind === '.' && classes.some(given => given === name || given.endsWith(`__${name}`));
    };
    const found = this.nodes.filter(fits);
    const living = found.filter(node => !node.detached);
    return [...living, ...found.filter(node => node.detached).reverse()].map(({ instance }) => instance);
  }

  /** What selectComponent answers; only there is an `export` heard. */
  selectOne(selector: string, owner?: ComponentNode): unknown {
    const [instance] = this.select(selector, owner);
    const exported = instance && nodeOf(instance)?.definition.exported;
    return exported ? exported.call(instance) : instance;
  }

  /** Tells the components that the page appeared or disappeared; even detached ones hear of it. */
  tellComponents(what: 'show' | 'hide'): void {
    for (const node of [...this.nodes]) node.runPageLifetime(what);
  }

  /** Takes the page's view down. Components are not told that they are detached. */
  dispose(): void {
    this.closed = true;
    this.view?.dispose();
  }
}
