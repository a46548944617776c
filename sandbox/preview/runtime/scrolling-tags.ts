/** What <scroll-view> and <swiper> do besides scrolling, which the browser does. */
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

const isVertical = (swiper: Element): boolean => swiper.hasAttribute('vertical');

const currentOf = defineElementProperty<unknown>('swanCurrent', (swiper, current) =>
  later(() => {
    const index = Number(current) || 0;
    if (isVertical(swiper)) swiper.scrollTop = index * swiper.clientHeight;
    else swiper.scrollLeft = index * swiper.clientWidth;
  }),
);

/** Dispatches scrolltoupper, scrolltolower and the change of a swiper. */
export function listenForScrolling(root: HTMLElement): void {
  const shown = new WeakMap<HTMLElement, number>();
  const ends = new WeakMap<HTMLElement, string | null>();
  const onSwiper = (swiper: HTMLElement): void => {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = swiper;
    const current = Math.round(isVertical(swiper) ? scrollTop / clientHeight : scrollLeft / clientWidth);
    const set = Number(currentOf(swiper)) || 0;
    if ((shown.get(swiper) ?? set) === current) return;
    shown.set(swiper, current);
    send(swiper, 'change', { current, source: current === set ? '' : 'touch' });
  };
  const onScrollView = (view: HTMLElement): void => {
    // It begins at the upper end.
    const before = ends.has(view) ? ends.get(view) : 'scrolltoupper';
    const end = endOf(view);
    ends.set(view, end);
    if (end !== null && end !== before) send(view, end, {});
  };
  const onScroll = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement)) return;
    if (target.localName === 'swan-swiper') onSwiper(target);
    else if (target.localName === 'swan-scroll-view') onScrollView(target);
  };
  root.addEventListener('scroll', onScroll, { capture: true });
}

function send(element: HTMLElement, type: string, detail: object): void {
  element.dispatchEvent(new CustomEvent(type, { detail }));
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
