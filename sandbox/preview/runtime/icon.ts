/** Size and colour of an <icon>; its shape is css. */
import { defineElementProperty } from './element-properties';

defineElementProperty<unknown>('swanIconSize', (element, size) => {
  element.style.fontSize = Number(size) ? `${Number(size)}px` : '';
});

defineElementProperty<unknown>('swanIconColor', (element, color) => {
  element.style.color = typeof color === 'string' ? color : '';
});
