type RectCallback = (rect: object | null) => void;

/** The part of swan.createSelectorQuery that measures elements. */
export function selectorQuery(root: Element | null, prefix: string | null) {
  const results: (() => unknown)[] = [];
  const find = (selector: string): Element[] => {
    const scoped = prefix === null ? selector : selector.replace(/\.(?=[\w-])/g, `.${prefix}__`);
    return root ? [...root.querySelectorAll(scoped)] : [];
  };
  const rectOf = (element: Element | undefined): object | null => {
    if (!element) return null;
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    return { id: element.id, left, top, right, bottom, width, height };
  };
  const query = {
    select: (selector: string) => measure(() => rectOf(find(selector)[0])),
    selectAll: (selector: string) => measure(() => find(selector).map(rectOf)),
    in: () => query,
    exec(done?: (all: unknown[]) => void): void {
      setTimeout(() => {
        const all = results.map(result => result());
        done?.(all);
      }, 0);
    },
  };
  function measure(read: () => unknown) {
    return {
      boundingClientRect(callback?: RectCallback) {
        results.push(() => {
          const value = read();
          callback?.(value as object | null);
          return value;
        });
        return query;
      },
    };
  }
  return query;
}
