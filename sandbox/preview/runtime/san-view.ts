import type { Values } from './json-values';
import san from 'san';

/** What the runtime uses of a San component. */
export interface View {
  /** The engine's own, of no other view. */
  id: string;
  data: {
    raw: Values;
    get(name: string): unknown;
    set(path: string, value: unknown): void;
    listen(listener: (change: { expr: { paths: { value: unknown }[] } }) => void): void;
  };
  el?: HTMLElement;
  /** The view whose template has this component's tag. */
  owner?: View;
  parentComponent?: View;
  /** The classes of the views in it, by tag. */
  components: Record<string, ViewClass>;
  /** Listeners written on this component's tag, by event. */
  listeners: Record<string, { fn: (event: unknown) => void }[] | undefined>;
  attach(parent: Element): void;
  dispose(): void;
  nextTick(work: () => void): void;
}

export type ViewClass = new (options?: { data?: Values }) => View;

/** Hooks and helper methods of a view; inside them `this` is the view. */
interface ViewOptions {
  template: string;
  components: Record<string, ViewClass>;
  initData(): Values;
  inited?(this: View): void;
  attached?(this: View): void;
  detached?(this: View): void;
  error(error: Error): void;
  /** Helpers, and the functions of <import-sjs> and <filter> by module. */
  [helper: string]: unknown;
}

/** How many views may be in each other. A browser does not survive one that is in itself without an end. */
const MAX_DEPTH = 100;

const depthOf = ({ parentComponent }: View): number => (parentComponent ? depthOf(parentComponent) + 1 : 0);

/** San's typings lack lazily given `components` and helper methods: the only cast is here. */
export function defineView(options: ViewOptions): ViewClass {
  const define = san.defineComponent as unknown as (
    given: ViewOptions & { trimWhitespace: 'blank' },
  ) => ViewClass;
  return define({
    ...options,
    inited() {
      options.inited?.call(this);
      if (depthOf(this) < MAX_DEPTH) return;
      this.components = {};
      options.error(new Error('a component or template is in itself without an end'));
    },
    trimWhitespace: 'blank',
  });
}

/** The view of a page or a component that cannot be shown: it says why, and shows what a template has in its tag. */
export function problemView(
  tag: string,
  heading: string,
  problem: string,
  error: (error: Error) => void,
): ViewClass {
  return defineView({
    template: `<${tag}><preview-problem><h2>{{heading}}</h2><pre>{{problem}}</pre></preview-problem><slot></slot></${tag}>`,
    components: {},
    initData: () => ({ heading, problem }),
    error,
  });
}
