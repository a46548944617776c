/** <form>: its buttons send the values of its fields, or take back what was done in them. */
import { targetOf } from '../page-events';
import { chosenOf, isDisabledButton, itemsOf, showNumber, initialOf } from './form-controls';
import { AFTER_TAP } from '../gestures';
import { instanceAt } from '../template-owner';
import type { Values } from '../json-values';
import { choose, pickedValueOf } from './picker';

/** The tags whose values a form knows; a checkbox or a radio is none without its group. */
const FIELDS = ['input', 'textarea', 'switch', 'slider', 'picker', 'checkbox-group', 'radio-group']
  .map(tag => `swan-${tag}`)
  .join();

function useFormButton(button: Element): void {
  const form = button.closest('swan-form');
  const type = button.getAttribute('form-type');
  if (!form) return;
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter(
    field => field.closest('swan-form') === form,
  );
  if (type === 'submit') submit(form, fields, button);
  if (type === 'reset') reset(form, fields);
}

/** Sends the values of the fields that have a name. */
function submit(form: Element, fields: HTMLElement[], button: Element): void {
  const named = fields.filter(field => field.hasAttribute('name'));
  const value = {
    ...Object.fromEntries(named.map(field => [field.getAttribute('name') ?? '', fieldValue(field)])),
    ...componentValues(form),
  };
  form.dispatchEvent(new CustomEvent('submit', { detail: { value, target: targetOf(button), formId: '' } }));
}

function reset(form: Element, fields: HTMLElement[]): void {
  for (const field of fields) resetField(field);
  form.dispatchEvent(new CustomEvent('reset'));
  for (const group of fields.filter(({ localName }) => localName === 'swan-checkbox-group'))
    resetGroup(group);
}

/** The values of components that are fields of a form by their behavior. */
function componentValues(form: Element): Values {
  const values: Values = {};
  for (const element of form.querySelectorAll('*')) {
    const instance = instanceAt(element);
    if (!instance) continue;
    const { behaviors, data } = instance;
    const isField = Array.isArray(behaviors) && behaviors.includes('swan://form-field');
    if (isField && data.name && element.closest('swan-form') === form)
      values[String(data.name)] = data.value || '';
  }
  return values;
}

/** Takes a field back as a phone does: texts and radios to nothing, the others to how they were drawn first. */
function resetField(field: HTMLElement): void {
  if (field.localName === 'swan-picker') choose(field, initialOf(field) ?? 0);
  if (field.localName === 'swan-checkbox-group') return;
  for (const control of field.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    const initial = initialOf(control);
    if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type))
      control.checked = Boolean(initial);
    else control.value = control.type === 'range' ? String(initial ?? 0) : '';
  }
  if (field.localName === 'swan-slider') showNumber(field);
}

/** Takes the checkboxes of a group back. The group sends a change for each, after the event reset of the form. */
function resetGroup(group: HTMLElement): void {
  for (const { input } of itemsOf(group)) {
    const initial = Boolean(initialOf(input));
    if (input.checked === initial) continue;
    input.checked = initial;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function fieldValue(field: HTMLElement): unknown {
  if (field.localName.endsWith('-group')) return chosenOf(field);
  if (field.localName === 'swan-picker') return pickedValueOf(field) ?? 0;
  const control = field.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked;
  if (control instanceof HTMLInputElement && control.type === 'range') return control.valueAsNumber;
  return control?.value ?? '';
}

/** Runs what the buttons of forms below `root` do. */
export function listenForForms(root: HTMLElement): void {
  root.addEventListener(AFTER_TAP, ({ target }) => {
    const button = target instanceof Element && target.closest('swan-button[form-type]');
    if (button && !isDisabledButton(button)) useFormButton(button);
  });
}
