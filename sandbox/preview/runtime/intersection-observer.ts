import type { FindElements } from './selector-query';
import { originOf, relativeRect, scrollerOf, type Rect } from './page-coordinates';

type Callback = (result: object) => void;

/** px by which the frame of reference is larger on each side. */
type Margins = Partial<Record<'top' | 'right' | 'bottom' | 'left', number>>;

export interface IntersectionOptions {
  thresholds?: number[];
  /** The ratio to start from: one that is the same at the start is not reported. */
  initialRatio?: number;
  selectAll?: boolean;
}

/**
 * swan.createIntersectionObserver, made of the browser's.
 * @param root an element of the page
 */
export function intersectionObserver(
  find: FindElements,
  root: () => HTMLElement | null,
  { thresholds = [0], initialRatio = 0, selectAll = false }: IntersectionOptions,
) {
  let observers: IntersectionObserver[] = [];
  let reference: string | null = null;
  let margins: Margins = {};
  const relativeTo = (selector: string | null, given: Margins = {}): unknown => {
    reference = selector;
    margins = given;
    return observer;
  };
  const start = (selector: string, callback: Callback): void => {
    const element = root();
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const { top = 0, right = 0, bottom = 0, left = 0 } = margins;
    const started = new IntersectionObserver(reporter(initialRatio, callback), {
      root: reference === null ? scrollerOf(element) : (find(reference)[0] ?? null),
      rootMargin: `${top}px ${right}px ${bottom}px ${left}px`,
      threshold: thresholds,
    });
    observers.push(started);
    for (const target of find(selector).slice(0, selectAll ? undefined : 1)) started.observe(target);
  };
  const observer = {
    relativeTo,
    relativeToViewport: (given?: Margins): unknown => relativeTo(null, given),
    observe(selector: string, callback: Callback): void {
      // By then, what the script has set is drawn.
      setTimeout(() => start(selector, callback), 0);
    },
    disconnect(): void {
      for (const started of observers) started.disconnect();
      observers = [];
    },
  };
  return observer;
}

/** Reports each ratio of an element that differs from the last one. */
function reporter(initialRatio: number, callback: Callback): IntersectionObserverCallback {
  const ratios = new WeakMap<Element, number>();
  return entries => {
    for (const entry of entries) {
      const { target, intersectionRatio } = entry;
      const before = ratios.get(target) ?? initialRatio;
      ratios.set(target, intersectionRatio);
      if (target instanceof HTMLElement && target.isConnected && intersectionRatio !== before)
        callback(resultOf(entry, target));
    }
  };
}

function resultOf(entry: IntersectionObserverEntry, target: HTMLElement): object {
  const origin = originOf(target);
  const rect = (given: DOMRectReadOnly | null): Rect | null => given && relativeRect(given, origin);
  return {
    id: target.id,
    dataset: target.swanDataset ?? {},
    time: entry.time,
    intersectionRatio: entry.intersectionRatio,
    boundingClientRect: rect(entry.boundingClientRect),
    intersectionRect: rect(entry.intersectionRect),
    relativeRect: rect(entry.rootBounds),
  };
}
