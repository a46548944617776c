import './animation';
import { targetOf } from './event-target';
import { listenForForms } from './form';
import { chosenOf, isDisabledButton, listenForControls } from './form-controls';
import { AFTER_TAP, isGesture, listenForGestures, sendTap } from './gestures';
import './control-styles';
import { listenForMovableViews } from './movable-view';
import { originOf, scrollerOf } from './page-coordinates';
import { listenForScrollViews, scrollDetail } from './scroll-view';
import { listenForPickerViews } from './picker-view';
import './rich-text';
import './swiper';
import type { TemplateOwner } from './template-owner';

interface Place {
  clientX: number;
  clientY: number;
  identifier?: number;
  force?: number;
}

/** A touch as a page gets it: places are counted from the page's corner, not from the window's. */
function touchOn(element: Element, { clientX, clientY, identifier = 0, force = 1 }: Place) {
  const origin = originOf(element);
  const x = clientX - origin.x;
  const y = clientY - origin.y;
  const { scrollLeft = 0, scrollTop = 0 } = scrollerOf(element) ?? {};
  return { clientX: x, clientY: y, pageX: x + scrollLeft, pageY: y + scrollTop, identifier, force };
}

/** The `detail` of an event of a built-in tag. */
function detailOf(event: Event, touches: Touches | null): unknown {
  const { currentTarget, target } = event;
  if (event.type.startsWith('touch')) return {};
  const [first] = touches?.changedTouches ?? [];
  if (first) return { x: first.pageX, y: first.pageY };
  if (event instanceof CustomEvent && event.detail) return event.detail;
  if (!(currentTarget instanceof HTMLElement)) return {};
  if (event.type === 'change' && currentTarget.localName.endsWith('-group')) {
    return { value: chosenOf(currentTarget) };
  }
  if (target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio')) {
    return { checked: target.checked };
  }
  if (target instanceof HTMLInputElement && target.type === 'range') return { value: target.valueAsNumber };
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return { value: target.value, cursor: target.selectionStart ?? target.value.length };
  }
  if (event.type === 'error' && target instanceof HTMLImageElement) return { errMsg: 'image load failed' };
  if (event.type === 'load' && target instanceof HTMLImageElement) {
    return { width: target.naturalWidth, height: target.naturalHeight };
  }
  if (event.type === 'scroll') return scrollDetail(currentTarget) ?? {};
  return {};
}

/** Calls the handler of an element, unless the element is a disabled button, which gets no tap. */
export function handleEvent(owner: TemplateOwner, event: Event, handler: unknown, kind: string): void {
  const { currentTarget } = event;
  const isDisabled =
    event.type === 'tap' && currentTarget instanceof HTMLElement && isDisabledButton(currentTarget);
  if (isDisabled) return;
  if (kind === 'catch') {
    event.stopPropagation();
    // What is below does not scroll.
    if (/^touch(start|move)$/.test(event.type)) event.preventDefault();
    // Templates name any method, or "true", when nothing but that is wanted.
    if (typeof owner.self[String(handler)] !== 'function') return;
  }
  const touches = touchesOf(event);
  owner.callHandler(
    handler,
    Object.assign(
      {
        type: event.type,
        timeStamp: event.timeStamp,
        // The change of a browser's control bubbles, that of a tag of Swan is an event of this tag alone.
        target: targetOf(event.type === 'change' ? currentTarget : event.target),
        currentTarget: targetOf(currentTarget),
        detail: detailOf(event, touches),
      },
      touches,
    ),
    { reachesApp: true },
  );
}

/** Leads to a page. @param delta for the open-type navigateBack: how many pages are closed */
type Navigate = (url: string, openType: string, delta: number) => void;

/** Leads where a tapped navigator points; other mini-programs are not there. */
function follow(navigator: Element, navigate: Navigate): void {
  const url = navigator.getAttribute('url') ?? '';
  const openType = navigator.getAttribute('open-type') || 'navigate';
  const isElsewhere = navigator.getAttribute('target') === 'miniProgram' || openType === 'exit';
  if (isElsewhere || (!url && openType !== 'navigateBack')) return;
  navigate(url, openType, Number(navigator.getAttribute('delta')) || 1);
}

/**
 * Makes taps out of touches and clicks below `root`, and runs what built-in tags do by themselves.
 * @param navigate called for a tapped navigator
 */
export function listenForEvents(root: HTMLElement, navigate: Navigate): void {
  listenForGestures(root);
  listenForScrollViews(root);
  listenForMovableViews(root);
  listenForPickerViews(root);
  root.addEventListener(AFTER_TAP, event => {
    if (!(event.target instanceof Element)) return;
    const navigator = event.target.closest('swan-navigator');
    if (navigator) follow(navigator, navigate);
  });
  listenForForms(root);
  listenForControls(root);
  listenForImages(root);
  root.addEventListener('keydown', event => {
    if (!(event.target instanceof HTMLElement)) return;
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.target.dispatchEvent(new CustomEvent('confirm', { detail: { value: event.target.value } }));
    } else if (
      (event.key === 'Enter' || event.key === ' ') &&
      event.target.matches('[role=button], [role=link]')
    ) {
      event.preventDefault();
      sendTap(event.target, 0, 0);
    }
  });
}

/** Marks pictures that cannot be loaded; a phone shows nothing in their place, a browser an icon. */
function listenForImages(root: HTMLElement): void {
  for (const type of ['load', 'error']) {
    const mark = (event: Event): void => {
      const { target } = event;
      if (!(target instanceof HTMLImageElement)) return;
      target.toggleAttribute('broken', type === 'error');
      // A phone loads nothing, and says nothing, while there is no address.
      if (!target.getAttribute('src')) event.stopPropagation();
    };
    root.addEventListener(type, mark, { capture: true });
  }
}

interface Touches {
  touches: ReturnType<typeof touchOn>[];
  changedTouches: ReturnType<typeof touchOn>[];
}

/**
 * The fingers of a touch or a gesture: those on the screen, and those that the event is about. A phone has none on the
 * screen for a tap or a long press.
 */
function touchesOf(event: Event): Touches | null {
  const { currentTarget } = event;
  if (!(currentTarget instanceof Element)) return null;
  const all = (places: Iterable<Place>) => [...places].map(place => touchOn(currentTarget, place));
  if (isGesture(event)) {
    const isDown = event.type === 'touchstart' || event.type === 'touchmove';
    return { touches: all(isDown ? [event.detail] : []), changedTouches: all([event.detail]) };
  }
  if (typeof TouchEvent === 'undefined' || !(event instanceof TouchEvent)) return null;
  return { touches: all(event.touches), changedTouches: all(event.changedTouches) };
}
