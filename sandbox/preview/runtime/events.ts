import type { Values } from './json-values';
import { callHandler, instanceAt, type TemplateOwner } from './instances';

declare global {
  interface HTMLElement {
    /** Values of an element's data-* attributes, as written in the template. */
    swanDataset?: Values;
  }
}

// San sets a value as a property if the element has it, else as an attribute.
HTMLElement.prototype.swanDataset = undefined;

interface Target {
  id: string;
  dataset: Values;
}

const point = (touch: { clientX: number; clientY: number; identifier?: number }) => ({
  clientX: touch.clientX,
  clientY: touch.clientY,
  pageX: touch.clientX,
  pageY: touch.clientY,
  identifier: touch.identifier ?? 0,
});

function targetOf(element: EventTarget | null): Target {
  if (!(element instanceof HTMLElement)) return { id: '', dataset: {} };
  const dataset = instanceAt(element)?.dataset ?? element.swanDataset ?? {};
  return { id: element.id, dataset };
}

const controls = (element: HTMLElement): { wrapper: HTMLElement; input: HTMLInputElement }[] =>
  [...element.querySelectorAll('input')].map(input => ({ wrapper: input.parentElement ?? input, input }));

/** The `detail` of an event of a built-in tag. */
function detailOf(event: Event): unknown {
  const { currentTarget, target } = event;
  if (event instanceof CustomEvent && event.detail) return event.detail;
  if (!(currentTarget instanceof HTMLElement)) return {};
  if (event.type === 'change' && currentTarget.localName.endsWith('-group')) {
    return { value: chosenOf(currentTarget) };
  }
  if (target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio')) {
    return { checked: target.checked };
  }
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return { value: target.value, cursor: target.selectionStart ?? target.value.length };
  }
  if (event.type === 'load' && target instanceof HTMLImageElement) {
    return { width: target.naturalWidth, height: target.naturalHeight };
  }
  if (event.type === 'scroll') {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = currentTarget;
    return { scrollTop, scrollLeft, scrollHeight, scrollWidth };
  }
  return {};
}

/** Calls the handler of an element, unless the element is a disabled button, which gets no tap. */
export function deliver(owner: TemplateOwner, event: Event, handler: unknown, kind: string): void {
  const { currentTarget } = event;
  const isDisabled =
    event.type === 'tap' && currentTarget instanceof HTMLElement && isDisabledButton(currentTarget);
  if (isDisabled) return;
  if (kind === 'catch') event.stopPropagation();
  const touches =
    event instanceof CustomEvent && event.type === 'tap' ? [point(event.detail)] : touchesOf(event);
  callHandler(
    owner,
    handler,
    Object.assign(
      {
        type: event.type,
        timeStamp: event.timeStamp,
        target: targetOf(event.target),
        currentTarget: targetOf(currentTarget),
        detail: tapDetail(event) ?? detailOf(event),
      },
      touches && { touches, changedTouches: touches },
    ),
    true,
  );
}

/**
 * Makes taps out of touches and clicks below `root`, and runs what built-in tags do by themselves.
 * @param navigate called with the url and open-type of a tapped navigator
 */
export function listen(root: HTMLElement, navigate: (url: string, openType: string) => void): void {
  listenForTaps(root);
  listenForPresses(root);
  root.addEventListener('tap', event => {
    if (!(event.target instanceof Element)) return;
    const navigator = event.target.closest('swan-navigator');
    if (navigator)
      navigate(navigator.getAttribute('url') ?? '', navigator.getAttribute('open-type') ?? 'navigate');
    const button = event.target.closest('swan-button[form-type]');
    if (button && !isDisabledButton(button)) sendForm(button);
    const label = event.target.closest('swan-label');
    if (label && !event.target.closest('input')) label.querySelector('input')?.click();
  });
  root.addEventListener(
    'change',
    ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
      const group = target.closest<HTMLElement>('swan-radio-group');
      for (const { input } of group ? controls(group) : []) input.checked = input === target;
    },
    true,
  );
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

/** What a form's button does: submit sends the values of the fields that have a name, reset empties them. */
function sendForm(button: Element): void {
  const form = button.closest('swan-form');
  const type = button.getAttribute('form-type') ?? '';
  if (!form || !/^(submit|reset)$/.test(type)) return;
  const fields = [...form.querySelectorAll<HTMLElement>('[name]')];
  if (type === 'reset') {
    for (const field of fields) field.querySelectorAll('input, textarea').forEach(resetControl);
  }
  const value = Object.fromEntries(fields.map(field => [field.getAttribute('name') ?? '', valueOf(field)]));
  form.dispatchEvent(new CustomEvent(type, { detail: type === 'submit' ? { value } : {} }));
}

function resetControl(control: Element): void {
  if (control instanceof HTMLInputElement) control.checked = false;
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = '';
}

function valueOf(field: HTMLElement): unknown {
  if (field.localName.endsWith('-group')) return chosenOf(field);
  const control = field.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  return control instanceof HTMLInputElement && control.type === 'checkbox'
    ? control.checked
    : (control?.value ?? '');
}

/** The values of a group of checkboxes, or the value of one of radios. */
function chosenOf(group: HTMLElement): string | string[] {
  const chosen = controls(group).filter(({ input }) => input.checked);
  const values = chosen.map(({ wrapper }) => wrapper.getAttribute('value') ?? '');
  return group.localName === 'swan-radio-group' ? (values[0] ?? '') : values;
}

const isDisabledButton = (element: Element): boolean =>
  element.localName === 'swan-button' && element.hasAttribute('disabled');

function tapDetail(event: Event): { x: number; y: number } | null {
  if (event.type !== 'tap' || !(event instanceof CustomEvent)) return null;
  return { x: event.detail.clientX, y: event.detail.clientY };
}

function touchesOf(event: Event) {
  if (typeof TouchEvent === 'undefined' || !(event instanceof TouchEvent)) return null;
  return [...event.changedTouches].map(point);
}

/** Dispatches a tap on an element. */
export function sendTap(element: Element, clientX: number, clientY: number): void {
  element.dispatchEvent(new CustomEvent('tap', { bubbles: true, detail: { clientX, clientY } }));
}

/** px that a finger may move during a tap. */
const TAP_SLOP = 10;
/** ms after which a press is a long one. */
const LONG_PRESS = 350;

function listenForTaps(root: HTMLElement): void {
  let start: { x: number; y: number; at: number; target: Element } | null = null;
  root.addEventListener('pointerdown', event => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    start = { x: event.clientX, y: event.clientY, at: event.timeStamp, target: event.target };
  });
  root.addEventListener('pointercancel', () => {
    start = null;
  });
  root.addEventListener('pointerup', event => {
    const pressed = start;
    start = null;
    if (!pressed || !pressed.target.isConnected || !(event.target instanceof Element)) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > TAP_SLOP) return;
    if (event.timeStamp - pressed.at >= LONG_PRESS) {
      for (const type of ['longpress', 'longtap']) {
        pressed.target.dispatchEvent(new CustomEvent(type, { bubbles: true }));
      }
    }
    sendTap(pressed.target, event.clientX, event.clientY);
  });
  // Assistive technology and scripts click without a pointer.
  root.addEventListener('click', event => {
    if (
      event.detail === 0 &&
      event.isTrusted &&
      event.target instanceof Element &&
      !isControl(event.target)
    ) {
      sendTap(event.target, event.clientX, event.clientY);
    }
  });
}

/** ms until hover-class is added to a pressed element, and ms until it is removed after the finger is lifted. */
const BUTTON_HOVER = { start: 20, stay: 70 };
const HOVER = { start: 50, stay: 400 };

/** Puts hover-class on what is pressed and on all around it that has one; a scrolling finger presses no element. */
function listenForPresses(root: HTMLElement): void {
  let ends: ((scrolls: boolean) => void)[] = [];
  const press = (element: Element): void => {
    const names = (element.getAttribute('hover-class') ?? '').split(' ').filter(Boolean);
    const { start, stay } = element.localName === 'swan-button' ? BUTTON_HOVER : HOVER;
    const starting = setTimeout(() => element.classList.add(...names), start);
    ends.push(scrolls => {
      if (scrolls) clearTimeout(starting);
      setTimeout(() => element.classList.remove(...names), scrolls ? 0 : start + stay);
    });
  };
  const end = (scrolls: boolean): void => {
    for (const release of ends) release(scrolls);
    ends = [];
  };
  root.addEventListener('pointerdown', ({ button, target }) => {
    end(true);
    if (button !== 0 || !(target instanceof Element)) return;
    let element = target.closest('[hover-class]');
    while (element) {
      press(element);
      element = element.parentElement?.closest('[hover-class]') ?? null;
    }
  });
  document.addEventListener('pointerup', () => end(false));
  document.addEventListener('pointercancel', () => end(true));
}

const isControl = (element: Element): boolean => /^(input|textarea|label)$/.test(element.localName);
