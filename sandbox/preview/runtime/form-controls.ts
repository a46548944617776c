/** What forms, labels, radios, <input>, <textarea> and <picker> of Swan do that the browser's do not. */
import { defineElementProperty } from './element-properties';
import { targetOf } from './event-target';
import { AFTER_TAP } from './gestures';
import { scrollerOf } from './page-coordinates';

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

/** Refuses letters that the keyboard of an input does not have. */
function listenForTyping(root: HTMLElement): void {
  root.addEventListener('beforeinput', event => {
    const { target, data, inputType } = event;
    if (!(target instanceof HTMLInputElement) || inputType !== 'insertText') return;
    const keyboard = KEYBOARDS[typeOf(target) ?? ''];
    if (keyboard && !keyboard.typed.test(data ?? '')) event.preventDefault();
  });
}

// <picker> of the modes selector, date and time: a control of the browser, invisible over what the template draws.

const waiting = new WeakSet<HTMLElement>();

/** Draws once all properties of this turn are set. */
function redraw(picker: HTMLElement): void {
  if (waiting.has(picker)) return;
  waiting.add(picker);
  setTimeout(() => {
    waiting.delete(picker);
    draw(picker);
  }, 0);
}

const modeOf = defineElementProperty<unknown>('swanMode', redraw);
const rangeOf = defineElementProperty<unknown>('swanRange', redraw);
const rangeKeyOf = defineElementProperty<unknown>('swanRangeKey', redraw);
const valueOf = defineElementProperty<unknown>('swanValue', redraw);
const startOf = defineElementProperty<unknown>('swanStart', redraw);
const endOf = defineElementProperty<unknown>('swanEnd', redraw);
const disabledOf = defineElementProperty<unknown>('swanDisabled', redraw);

function draw(picker: HTMLElement): void {
  picker.querySelector(':scope > .picker-control')?.remove();
  const mode = String(modeOf(picker) ?? 'selector');
  const control = controlOf(picker, mode);
  // The others stay boxes with their name.
  if (!control) picker.setAttribute('preview-box', `picker mode="${mode}"`);
  else {
    picker.removeAttribute('preview-box');
    control.className = 'picker-control';
    const disabled = disabledOf(picker);
    control.disabled = Boolean(disabled) && disabled !== 'false';
    picker.append(control);
  }
}

function controlOf(picker: HTMLElement, mode: string): HTMLSelectElement | HTMLInputElement | null {
  const value = valueOf(picker);
  if (mode === 'selector') {
    const select = document.createElement('select');
    select.append(...labelsOf(picker).map((label, index) => new Option(label, String(index))));
    select.value = String(value ?? 0);
    return select;
  }
  if (mode !== 'date' && mode !== 'time') return null;
  const input = document.createElement('input');
  Object.assign(input, {
    type: mode,
    min: startOf(picker) ?? '',
    max: endOf(picker) ?? '',
    value: value ?? '',
  });
  return input;
}

function labelsOf(picker: HTMLElement): string[] {
  const range = rangeOf(picker);
  const key = rangeKeyOf(picker);
  const labelOf = (item: unknown): unknown =>
    key !== undefined && item !== null && typeof item === 'object' ? Reflect.get(item, String(key)) : item;
  return Array.isArray(range) ? range.map(item => String(labelOf(item))) : [];
}

/** Turns the change of the control into that of the picker. */
function listenForPickers(root: HTMLElement): void {
  root.addEventListener(
    'change',
    event => {
      const { target } = event;
      if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return;
      if (!target.classList.contains('picker-control')) return;
      event.stopPropagation();
      target.parentElement?.dispatchEvent(new CustomEvent('change', { detail: { value: target.value } }));
    },
    { capture: true },
  );
}

/** The inputs of a group, each with the element that its tag is drawn as. */
const controls = (element: HTMLElement): { wrapper: HTMLElement; input: HTMLInputElement }[] =>
  [...element.querySelectorAll('input')].map(input => ({ wrapper: input.parentElement ?? input, input }));

/** What a form's button does: submit sends the values of the fields that have a name, reset empties them. */
function sendForm(button: Element): void {
  const form = button.closest('swan-form');
  const type = button.getAttribute('form-type') ?? '';
  if (!form || !/^(submit|reset)$/.test(type)) return;
  const fields = [...form.querySelectorAll<HTMLElement>('[name]')];
  if (type === 'reset') {
    for (const field of fields) field.querySelectorAll('input, textarea').forEach(resetControl);
  }
  const value = Object.fromEntries(
    fields.map(field => [field.getAttribute('name') ?? '', fieldValue(field)]),
  );
  const sent = { value, target: targetOf(button), formId: '' };
  form.dispatchEvent(new CustomEvent(type, { detail: type === 'submit' ? sent : {} }));
}

function resetControl(control: Element): void {
  if (control instanceof HTMLInputElement) control.checked = false;
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = '';
}

function fieldValue(field: HTMLElement): unknown {
  if (field.localName.endsWith('-group')) return chosenOf(field);
  const control = field.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    'input, textarea, select',
  );
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked;
  if (control instanceof HTMLInputElement && control.type === 'range') return control.valueAsNumber;
  return control?.value ?? '';
}

/** The values of a group of checkboxes, or the value of one of radios. */
export function chosenOf(group: HTMLElement): string | string[] {
  const chosen = controls(group).filter(({ input }) => input.checked);
  const values = chosen.map(({ wrapper }) => wrapper.getAttribute('value') ?? '');
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

/** Runs what forms and their controls do by themselves below `root`. */
export function listenForForms(root: HTMLElement): void {
  listenForTyping(root);
  listenForPickers(root);
  root.addEventListener(AFTER_TAP, ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest('swan-button[form-type]');
    if (button && !isDisabledButton(button)) sendForm(button);
    const label = target.closest('swan-label');
    if (label && !target.closest('input')) labelledBy(label)?.querySelector('input')?.click();
  });
  root.addEventListener(
    'change',
    ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
      const group = target.closest<HTMLElement>('swan-radio-group');
      for (const { input } of group ? controls(group) : []) input.checked = input === target;
    },
    { capture: true },
  );
}
