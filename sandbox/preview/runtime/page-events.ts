/** The events that handlers of a page get: touches in the page's coordinates, the tag that was touched, its `detail`. */
import { BUILT_INS } from '../compiler/builtin-tags';
import { chosenOf, isDisabledButton } from './tags/form-controls';
import { scrollDetail } from './tags/scrolling';
import { isGesture } from './gestures';
import { cloneThroughJson, type Values } from './json-values';
import { originOf, scrollerOf } from './page-coordinates';
import { type TemplateOwner, instanceAt } from './template-owner';

/** An element as an event names it. */
interface Target {
  id: string;
  dataset: Values;
  offsetLeft: number;
  offsetTop: number;
}

/** Built-in tags that are drawn with elements of their own in them, which no template can name. */
const DRAWN_WHOLE = [
  'swan-rich-text',
  ...Object.values(BUILT_INS).flatMap(({ element, inner }) => (inner ? [element] : [])),
].join();

/** The element of the tag that a template has where this element is drawn. */
const tagOf = (element: HTMLElement): HTMLElement =>
  element.closest('.picker-control, preview-dots')?.parentElement ??
  element.closest<HTMLElement>(DRAWN_WHOLE) ??
  element;

export function targetOf(given: EventTarget | null): Target {
  if (!(given instanceof HTMLElement)) return { id: '', dataset: {}, offsetLeft: 0, offsetTop: 0 };
  const element = tagOf(given);
  // The script gets a copy of what the view has.
  const dataset = instanceAt(element)?.dataset ?? cloneThroughJson(element.swanDataset ?? {});
  const { id, offsetLeft, offsetTop } = element;
  return { id, dataset, offsetLeft, offsetTop };
}

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
    // The height is that of a keyboard on the screen; here is none.
    if (event.type === 'focus') return { value: target.value, height: 0 };
    return { value: target.value, cursor: target.selectionStart ?? target.value.length };
  }
  if (event.type === 'error' && target instanceof HTMLImageElement) return { errMsg: 'image load failed' };
  if (event.type === 'load' && target instanceof HTMLImageElement) {
    return { width: target.naturalWidth, height: target.naturalHeight };
  }
  if (event.type === 'scroll') return scrollDetail(currentTarget) ?? {};
  return {};
}

/**
 * Whether a phone has no such event there: those of a mouse and of keys, and those that a browser sends to what is around a
 * control, except that a group gets the changes of its controls.
 */
function isOfBrowserAlone({ type, target, currentTarget }: Event): boolean {
  if (/^(click|dblclick|mouse|pointer|key|auxclick|contextmenu|wheel)/.test(type)) return true;
  const isGroup = currentTarget instanceof Element && currentTarget.localName.endsWith('-group');
  return target !== currentTarget && (type === 'input' || (type === 'change' && !isGroup));
}

/** Calls the handler of an element, unless the element is a disabled button, which gets no tap. */
export function handleEvent(owner: TemplateOwner, event: Event, handler: unknown, kind: string): void {
  const { currentTarget } = event;
  const isDisabled =
    event.type === 'tap' && currentTarget instanceof HTMLElement && isDisabledButton(currentTarget);
  if (isDisabled || isOfBrowserAlone(event)) return;
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
