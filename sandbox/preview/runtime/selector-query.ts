import { originOf, relativeRect, scrollerOf } from './page-coordinates';

type Callback = ((result: unknown) => void) | undefined;

interface Fields {
  id?: boolean;
  dataset?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  /** Properties of CSS, in any of their two spellings. */
  computedStyle?: string[];
}

const allOf = (values: object[]): object[] => values;
const firstOf = ([first]: object[]): object | null => first ?? null;

/**
 * The part of swan.createSelectorQuery that reads elements.
 * @param root the element below which is searched; null when there is none
 * @param prefix tag of the component whose classes the selectors mean; null for those of a page
 */
export function selectorQuery(root: () => HTMLElement | null, prefix: string | null) {
  const results: (() => unknown)[] = [];
  const find = elementFinder(root, prefix);
  const scrollRoot = (): HTMLElement[] => {
    const element = root();
    const page = element && scrollerOf(element);
    return page ? [page] : [];
  };
  const query = {
    select: (selector: string) => reading(() => find(selector), firstOf),
    selectAll: (selector: string) => reading(() => find(selector), allOf),
    selectViewport: () => reading(scrollRoot, firstOf),
    /** Searches in the template of a component. */
    in: (component: unknown) =>
      (component as { createSelectorQuery?(): object } | null)?.createSelectorQuery?.() ?? query,
    exec(done?: (all: unknown[]) => void): void {
      setTimeout(() => {
        const all = results.map(result => result());
        done?.(all);
      }, 0);
    },
  };
  function reading(elements: () => HTMLElement[], choose: typeof firstOf | typeof allOf) {
    const add = (read: (element: HTMLElement) => object, callback: Callback) => {
      results.push(() => {
        const value = choose(elements().map(read));
        callback?.(value);
        return value;
      });
      return query;
    };
    return {
      boundingClientRect: (callback?: Callback) => add(readRect, callback),
      scrollOffset: (callback?: Callback) => add(readScroll, callback),
      fields: (fields: Fields, callback?: Callback) => add(element => readFields(element, fields), callback),
    };
  }
  return query;
}

function readRect(element: HTMLElement) {
  const rect = relativeRect(element.getBoundingClientRect(), originOf(element));
  return { id: element.id, dataset: element.swanDataset ?? {}, ...rect };
}

function readScroll({ id, swanDataset: dataset = {}, scrollLeft, scrollTop }: HTMLElement) {
  return { id, dataset, scrollLeft, scrollTop };
}

function readFields(element: HTMLElement, fields: Fields): object {
  const { id, dataset, left, top, right, bottom, width, height } = readRect(element);
  const { scrollLeft, scrollTop } = element;
  return {
    ...(fields.id && { id }),
    ...(fields.dataset && { dataset }),
    ...(fields.rect && { left, top, right, bottom }),
    ...(fields.size && { width, height }),
    ...(fields.scrollOffset && { scrollLeft, scrollTop }),
    ...readStyle(element, fields.computedStyle ?? []),
  };
}

/** The values that an element has, by the names as they were asked for. */
function readStyle(element: HTMLElement, names: string[]): Record<string, string> {
  const style = getComputedStyle(element) as unknown as Record<string, string>;
  return Object.fromEntries(names.flatMap(name => (style[name] ? [[name, style[name]]] : [])));
}

/** Finds elements by a selector of Swan. */
export type FindElements = (selector: string) => HTMLElement[];

/**
 * @param root the element below which is searched; null when there is none
 * @param prefix tag of the component whose classes the selectors mean; null for those of a page
 */
export function elementFinder(root: () => HTMLElement | null, prefix: string | null): FindElements {
  return selector => {
    const scoped = prefix === null ? selector : selector.replace(/\.(?=[\w-])/g, `.${prefix}__`);
    return [...(root()?.querySelectorAll<HTMLElement>(scoped) ?? [])];
  };
}
