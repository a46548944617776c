/** Makes taps and long presses out of touches and clicks, and shows what is pressed. */

/** px that a finger may move during a tap. */
const TAP_SLOP = 10;
/** ms after which a press is a long one, which ends without a tap. */
const LONG_PRESS = 350;

type Gesture = 'tap' | 'longpress' | 'longtap' | 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel';

/** A gesture on an element; the place is that in the window. */
type GestureEvent = CustomEvent<{ clientX: number; clientY: number }>;

export const isGesture = (event: Event): event is GestureEvent =>
  event instanceof CustomEvent && /^(tap|long(press|tap)|touch(start|move|end|cancel))$/.test(event.type);

/** Dispatches a gesture at a place in the window. */
function send(type: Gesture, element: Element, clientX: number, clientY: number): void {
  element.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: { clientX, clientY } }));
}

/** Follows each tap, for what built-in tags do by themselves. A handler that catches the tap does not stop it. */
export const AFTER_TAP = 'preview-after-tap';

/** Dispatches a tap on an element. */
export function sendTap(element: Element, clientX: number, clientY: number): void {
  send('tap', element, clientX, clientY);
  element.dispatchEvent(new CustomEvent(AFTER_TAP, { bubbles: true }));
}

/** The element under a pointer. A browser says that a finger near a control is on that control. */
function elementUnder({ pointerType, target, clientX, clientY }: PointerEvent): Element | null {
  if (pointerType === 'touch') return document.elementFromPoint(clientX, clientY);
  return target instanceof Element ? target : null;
}

function listenForTaps(root: HTMLElement): void {
  let press: { x: number; y: number; target: Element; timer: ReturnType<typeof setTimeout> } | null = null;
  const end = (): typeof press => {
    const ended = press;
    clearTimeout(ended?.timer);
    press = null;
    return ended;
  };
  root.addEventListener('pointerdown', event => {
    end();
    const { button, clientX: x, clientY: y } = event;
    const target = elementUnder(event);
    if (button !== 0 || !target || !root.contains(target)) return;
    const timer = setTimeout(() => {
      end();
      for (const type of ['longpress', 'longtap'] as const) send(type, target, x, y);
    }, LONG_PRESS);
    press = { x, y, target, timer };
  });
  root.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (press && Math.hypot(clientX - press.x, clientY - press.y) > TAP_SLOP) end();
  });
  root.addEventListener('pointerup', ({ clientX, clientY, pointerType }) => {
    const pressed = end();
    const tap = (): void => {
      if (pressed?.target.isConnected) sendTap(pressed.target, clientX, clientY);
    };
    // The browser dispatches touchend after this, a phone before the tap.
    if (pointerType === 'touch') setTimeout(tap, 0);
    else tap();
  });
  // Beyond the pages, too.
  for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, end);
  // Assistive technology and scripts click without a pointer.
  root.addEventListener('click', ({ detail, isTrusted, target, clientX, clientY }) => {
    const isTap = detail === 0 && isTrusted && target instanceof Element && !isControl(target);
    if (isTap) sendTap(target, clientX, clientY);
  });
}

/** A mouse is a finger to the mini-program, which knows no other events. */
function listenForMouse(root: HTMLElement): void {
  let pressed: Element | null = null;
  const listen = (
    type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
    touch: Gesture,
  ): void =>
    document.addEventListener(
      type,
      ({ target, button, pointerType, clientX, clientY }: PointerEvent) => {
        const starts = touch === 'touchstart' && pointerType === 'mouse' && button === 0;
        if (starts && target instanceof Element && root.contains(target)) pressed = target;
        if (pressed) send(touch, pressed, clientX, clientY);
        if (touch === 'touchend' || touch === 'touchcancel') pressed = null;
      },
      // Before the tap.
      { capture: true },
    );
  listen('pointerdown', 'touchstart');
  listen('pointermove', 'touchmove');
  listen('pointerup', 'touchend');
  listen('pointercancel', 'touchcancel');
}

const isControl = (element: Element): boolean => /^(input|textarea|select|label)$/.test(element.localName);

/** ms until hover-class is added to a pressed element, and ms until it is removed after the finger is lifted. */
const BUTTON_HOVER = { start: 20, stay: 70 };
const HOVER = { start: 50, stay: 400 };

/** The number in an attribute, if there is one. */
function numberOf(element: Element, name: string): number | null {
  const text = element.getAttribute(name);
  return text === null || text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text);
}

const isSet = (element: Element, name: string): boolean =>
  element.hasAttribute(name) && element.getAttribute(name) !== 'false';

/** How a press ends: a finger that scrolls has pressed nothing. */
type PressEnd = 'lift' | 'scroll';

/** Puts hover-class on what is pressed and on all around it that has one; a scrolling finger presses no element. */
function listenForPresses(root: HTMLElement): void {
  let ends: ((how: PressEnd) => void)[] = [];
  const press = (element: Element): void => {
    const names = (element.getAttribute('hover-class') ?? '').split(' ').filter(Boolean);
    const usual = element.localName === 'swan-button' ? BUTTON_HOVER : HOVER;
    const start = numberOf(element, 'hover-start-time') ?? usual.start;
    const stay = numberOf(element, 'hover-stay-time') ?? usual.stay;
    const starting = setTimeout(() => element.classList.add(...names), start);
    ends.push(how => {
      if (how === 'scroll') clearTimeout(starting);
      setTimeout(() => element.classList.remove(...names), how === 'scroll' ? 0 : start + stay);
    });
  };
  const end = (how: PressEnd): void => {
    for (const endOne of ends) endOne(how);
    ends = [];
  };
  root.addEventListener('pointerdown', event => {
    end('scroll');
    if (event.button !== 0) return;
    let element = elementUnder(event)?.closest('[hover-class]') ?? null;
    while (element) {
      press(element);
      if (isSet(element, 'hover-stop-propagation')) break;
      element = element.parentElement?.closest('[hover-class]') ?? null;
    }
  });
  document.addEventListener('pointerup', () => end('lift'));
  document.addEventListener('pointercancel', () => end('scroll'));
}

export function listenForGestures(root: HTMLElement): void {
  listenForMouse(root);
  listenForTaps(root);
  listenForPresses(root);
}

/**
 * After a touch, a browser sends mouse events and a click to what is at that place by then. What the touch opened, such as a
 * dialog or another page, must not get them: on a phone there are none. The element that was touched gets them, because a
 * checkbox or a text field acts on its click.
 */
export function keepMouseEventsOnTouched(document: Document): void {
  let touched: Node | null = null;
  const capture = { capture: true };
  document.addEventListener(
    'pointerdown',
    ({ pointerType, target }) => {
      touched = pointerType !== 'mouse' && target instanceof Node ? target : null;
    },
    capture,
  );
  const stopElsewhere = (event: MouseEvent): void => {
    // Clicks of a keyboard or of assistive technology have no detail.
    if (!touched || !event.isTrusted || event.detail === 0 || !(event.target instanceof Node)) return;
    if (touched.contains(event.target) || event.target.contains(touched)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of ['mousedown', 'mouseup', 'click'] as const)
    document.addEventListener(type, stopElsewhere, capture);
}
