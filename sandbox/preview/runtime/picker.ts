/** <picker> of the modes selector, date and time: a control of the browser, invisible over what the template draws. */
import { defineElementProperty } from './element-properties';

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
export function listenForPickers(root: HTMLElement): void {
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
