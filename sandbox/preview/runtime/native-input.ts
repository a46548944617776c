/** What <input> and <textarea> of Swan do that the browser's do not. */
import { defineElementProperty } from './element-properties';

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
export function listenForTyping(root: HTMLElement): void {
  root.addEventListener('beforeinput', event => {
    const { target, data, inputType } = event;
    if (!(target instanceof HTMLInputElement) || inputType !== 'insertText') return;
    const keyboard = KEYBOARDS[typeOf(target) ?? ''];
    if (keyboard && !keyboard.typed.test(data ?? '')) event.preventDefault();
  });
}
