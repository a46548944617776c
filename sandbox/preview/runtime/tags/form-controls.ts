/** What labels, groups, sliders, <input> and <textarea> of Swan do that the browser's do not. */
import { defineElementProperty } from './element-properties';
import { AFTER_TAP } from '../gestures';
import { scrollerOf } from '../page-coordinates';

/** What a template gave a control first, which the reset of a form brings back; nothing of a radio. */
const initials = new WeakMap<HTMLElement, unknown>();

export const initialOf = (control: HTMLElement): unknown => initials.get(control);

export function keepInitial(control: HTMLElement, value: unknown): void {
  if (!initials.has(control)) initials.set(control, value);
}

/** What a keyboard is to a browser, and the text that can be typed on it. */
const KEYBOARDS: Record<string, { inputMode: string; typed: RegExp }> = {
  number: { inputMode: 'numeric', typed: /^\d*$/ },
  digit: { inputMode: 'decimal', typed: /^[\d.]*$/ },
  idcard: { inputMode: 'text', typed: /^[\dXx]*$/ },
};

const setType = (element: HTMLElement, type: string): void => {
  if (element instanceof HTMLInputElement) element.type = type;
};

const typeOf = defineElementProperty<string>('swanType', (element, type) => {
  element.inputMode = KEYBOARDS[type]?.inputMode ?? '';
  if (type === 'password') setType(element, type);
});

defineElementProperty<unknown>('swanPassword', (element, isHidden) =>
  setType(element, isHidden ? 'password' : 'text'),
);

defineElementProperty<unknown>('swanFocus', (element, isFocused) => {
  if (!isFocused) element.blur();
  // A new element is on the page only later.
  else setTimeout(() => element.focus(), 0);
});

defineElementProperty<unknown>('swanChecked', (element, isChecked) => {
  keepInitial(element, isChecked);
  Object.assign(element, { checked: Boolean(isChecked) });
});

defineElementProperty<unknown>('swanNumber', (element, value) => {
  keepInitial(element, value);
  // A <progress> throws where it gets other text.
  Object.assign(element, { value: parseFloat(String(value)) || 0 });
  setTimeout(() => showNumber(element.parentElement), 0);
});

const showsNumberOf = defineElementProperty<unknown>('swanShowValue', tag => {
  setTimeout(() => showNumber(tag), 0);
});

/** Shows how far the control of a slider or of a progress is, and the number beside it where the tag says so. */
export function showNumber(tag: HTMLElement | null): void {
  const control = tag?.querySelector<HTMLInputElement | HTMLProgressElement>('input, progress');
  if (!tag || !control) return;
  const isSlider = control instanceof HTMLInputElement;
  if (isSlider) control.style.setProperty('--part', String(partOf(control)));
  const shows = showsNumberOf(tag);
  if (shows && shows !== 'false')
    tag.setAttribute('preview-number', `${control.value}${isSlider ? '' : '%'}`);
  else tag.removeAttribute('preview-number');
}

/** How far a slider is, from 0 to 1. */
function partOf({ min, max, valueAsNumber }: HTMLInputElement): number {
  const start = Number(min) || 0;
  const end = max === '' ? 100 : Number(max);
  return (valueAsNumber - start) / (end - start) || 0;
}

/** What a checkbox or a radio adds to its group. */
const itemValueOf = defineElementProperty<unknown>('swanItemValue', () => undefined);

/** When checkboxes were checked by hand, one after the other. */
const checkTimes = new WeakMap<HTMLInputElement, number>();
let lastCheck = 0;

/** Refuses letters that the keyboard of an input does not have. Each other letter, and each move of a slider, is an event. */
function listenForTyping(root: HTMLElement): void {
  root.addEventListener('beforeinput', event => {
    const { target, data, inputType } = event;
    if (!(target instanceof HTMLInputElement) || inputType !== 'insertText') return;
    const keyboard = KEYBOARDS[typeOf(target) ?? ''];
    if (keyboard && !keyboard.typed.test(data ?? '')) event.preventDefault();
  });
  root.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const { parentElement: tag, value, selectionStart: cursor, valueAsNumber } = target;
    if (isTextInput(target))
      target.dispatchEvent(new CustomEvent('change', { detail: { value, cursor: cursor ?? value.length } }));
    else if (tag?.localName === 'swan-slider') {
      showNumber(tag);
      target.dispatchEvent(new CustomEvent('changing', { detail: { value: valueAsNumber } }));
    }
  });
}

/** The key that ends an input, which takes the keyboard away, too, unless the tag says otherwise. */
function listenForConfirm(root: HTMLElement): void {
  root.addEventListener('keydown', ({ key, isComposing, target }) => {
    // One that ends the composition of a Chinese word is no confirm.
    if (key !== 'Enter' || isComposing || !(target instanceof HTMLInputElement) || !isTextInput(target))
      return;
    target.dispatchEvent(new CustomEvent('confirm', { detail: { value: target.value } }));
    const holds = target.parentElement?.getAttribute('confirm-hold') ?? 'false';
    if (holds === 'false') target.blur();
  });
}

/** Whether it is the control of an <input>, which sends a change for each letter; a browser sends one at the end. */
const isTextInput = ({ parentElement }: HTMLElement): boolean => parentElement?.localName === 'swan-input';

/** The inputs of a group, each with the element that its tag is drawn as. */
export const itemsOf = (element: HTMLElement): { wrapper: HTMLElement; input: HTMLInputElement }[] =>
  [...element.querySelectorAll('input')].map(input => ({ wrapper: input.parentElement ?? input, input }));

/** The values of a group of checkboxes, those that were checked last at the end, or the value of one of radios. */
export function chosenOf(group: HTMLElement): unknown {
  const time = (input: HTMLInputElement): number => checkTimes.get(input) ?? 0;
  const chosen = itemsOf(group)
    .filter(({ input }) => input.checked)
    .sort((one, other) => time(one.input) - time(other.input));
  const values = chosen.map(({ wrapper }) => itemValueOf(wrapper) ?? '');
  return group.localName === 'swan-radio-group' ? (values[0] ?? '') : values;
}

export const isDisabledButton = (element: Element): boolean =>
  element.localName === 'swan-button' && element.hasAttribute('disabled');

/** The element that a label is for; without `for`, what is inside it. */
function labelledBy(label: Element): Element | null {
  const id = label.getAttribute('for');
  if (id === null) return label;
  return [...(scrollerOf(label)?.querySelectorAll('[id]') ?? [])].find(element => element.id === id) ?? null;
}

/** Uses the first control in what a label is for, as a tap on it would. What is around a button gets no second tap. */
function useControl(element: Element | null): void {
  const control = element?.matches('swan-button') ? element : element?.querySelector('input, swan-button');
  if (control instanceof HTMLInputElement) control.click();
  else if (control) {
    control.dispatchEvent(new CustomEvent('tap', { detail: { clientX: 0, clientY: 0 } }));
    control.dispatchEvent(new CustomEvent(AFTER_TAP, { bubbles: true }));
  }
}

function watchRanges(root: HTMLElement): void {
  const observer = new MutationObserver(records => {
    for (const { target } of records) {
      if (target.parentElement?.localName === 'swan-slider') showNumber(target.parentElement);
    }
  });
  observer.observe(root, { subtree: true, attributeFilter: ['min', 'max', 'step'] });
}

/** Runs what controls do by themselves below `root`. */
export function listenForControls(root: HTMLElement): void {
  listenForTyping(root);
  listenForConfirm(root);
  watchRanges(root);
  root.addEventListener(AFTER_TAP, ({ target }) => {
    if (!(target instanceof Element)) return;
    const label = target.closest('swan-label');
    if (label && !target.closest('input, swan-button')) useControl(labelledBy(label));
  });
  root.addEventListener(
    'change',
    event => {
      const { target } = event;
      // A phone's has no such event.
      if (target instanceof HTMLTextAreaElement) event.stopPropagation();
      if (!(target instanceof HTMLInputElement)) return;
      if (isTextInput(target) && !(event instanceof CustomEvent)) event.stopPropagation();
      checkTimes.set(target, (lastCheck += 1));
      if (target.type !== 'radio') return;
      const group = target.closest<HTMLElement>('swan-radio-group');
      for (const { input } of group ? itemsOf(group) : []) input.checked = input === target;
    },
    { capture: true },
  );
}

/**
 * Colours and sizes that attributes of controls and icons give. controls.css says what each variable is for.
 * @param unit of a value that is a number or digits
 */
function defineStyle(property: string, cssProperty: string, unit = ''): void {
  defineElementProperty<unknown>(property, ({ style }, value) => {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    style.setProperty(cssProperty, /^[\d.]+$/.test(text) ? text + unit : text);
  });
}

defineStyle('swanColor', '--color');
defineStyle('swanActiveColor', '--active-color');
defineStyle('swanBackgroundColor', '--background-color');
defineStyle('swanBlockColor', '--block-color');
defineStyle('swanBlockSize', '--block-size', 'px');
defineStyle('swanStrokeWidth', '--stroke-width', 'px');
defineStyle('swanIconColor', 'color');
defineStyle('swanIconSize', 'font-size', 'px');
