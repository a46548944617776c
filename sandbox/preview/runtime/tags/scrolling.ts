/** What <scroll-view> and pages do when they are scrolled. The browser scrolls them. */
import { defineElementProperty } from './element-properties';

/** px from an end of a scroll-view within which it is reached, unless the template says otherwise. */
const THRESHOLD = 50;

/** Runs once what the template holds is drawn. */
const later = (work: () => void): void => void setTimeout(work, 0);

defineElementProperty<unknown>('swanScrollTop', (element, top) =>
  later(() => (element.scrollTop = Number(top) || 0)),
);
defineElementProperty<unknown>('swanScrollLeft', (element, left) =>
  later(() => (element.scrollLeft = Number(left) || 0)),
);
defineElementProperty<unknown>('swanScrollIntoView', (element, id) =>
  later(() => {
    const child = [...element.querySelectorAll('[id]')].find(each => each.id === id);
    if (!child) return;
    const from = element.getBoundingClientRect();
    const to = child.getBoundingClientRect();
    element.scrollTop += to.top - from.top;
    element.scrollLeft += to.left - from.left;
  }),
);

interface ScrollDetail {
  scrollTop: number;
  scrollLeft: number;
  scrollHeight: number;
  scrollWidth: number;
  deltaX: number;
  deltaY: number;
}

const details = new WeakMap<Element, ScrollDetail>();

/** Where a scroll-view is, and by how much its content moved there: down and to the right count. */
function moved(view: HTMLElement): ScrollDetail {
  const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = view;
  const before = details.get(view) ?? { scrollTop: 0, scrollLeft: 0 };
  const deltaX = before.scrollLeft - scrollLeft;
  const deltaY = before.scrollTop - scrollTop;
  return { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX, deltaY };
}

/** What the event scroll of a scroll-view is about. */
export const scrollDetail = (view: Element): ScrollDetail | undefined => details.get(view);

/** Dispatches scrolltoupper and scrolltolower. */
export function listenForScrollViews(root: HTMLElement): void {
  const ends = new WeakMap<HTMLElement, string | null>();
  const reportEnd = (view: HTMLElement): void => {
    // It begins at the upper end.
    const before = ends.has(view) ? ends.get(view) : 'scrolltoupper';
    const end = endOf(view);
    ends.set(view, end);
    if (end !== null && end !== before)
      view.dispatchEvent(new CustomEvent(end, { detail: details.get(view) ?? {} }));
  };
  const onScroll = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement) || target.localName !== 'swan-scroll-view') return;
    details.set(target, moved(target));
    reportEnd(target);
  };
  root.addEventListener('scroll', onScroll, { capture: true });
}

/** The event of the end that a scroll-view is at, or null. */
function endOf(view: HTMLElement): string | null {
  const threshold = (side: string): number => Number(view.getAttribute(`${side}-threshold`) ?? THRESHOLD);
  const [before, after] = view.hasAttribute('scroll-y')
    ? [view.scrollTop, view.scrollHeight - view.scrollTop - view.clientHeight]
    : [view.scrollLeft, view.scrollWidth - view.scrollLeft - view.clientWidth];
  if (after <= threshold('lower')) return 'scrolltolower';
  return before <= threshold('upper') ? 'scrolltoupper' : null;
}

/** px from the end at which a page's onReachBottom runs, unless its json says otherwise. */
const REACH_BOTTOM = 50;

/**
 * Runs a page's functions while its element is scrolled: onPageScroll, and onReachBottom each time the end comes near.
 * @param distance px from the end; undefined for that of a phone
 * @param call calls a function of the page
 */
export function listenForPageScroll(
  element: HTMLElement,
  distance: number | undefined,
  call: (name: string, argument?: unknown) => void,
): void {
  /** The height when onReachBottom ran; null when the end was left since. */
  let reachedAt: number | null = null;
  element.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = element;
    call('onPageScroll', { scrollTop });
    const isNear = scrollHeight - scrollTop - clientHeight <= (distance ?? REACH_BOTTOM);
    // A page that became longer has another end, even when one jump leads from end to end.
    const isNew = isNear && reachedAt !== scrollHeight;
    reachedAt = isNear ? scrollHeight : null;
    if (isNew) call('onReachBottom');
  });
}
