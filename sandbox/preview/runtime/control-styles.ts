/** Colours and sizes that attributes of controls and icons give. controls.css says what each variable is for. */
import { defineElementProperty } from './element-properties';

/** @param unit of a value that is a number or digits */
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
