/**
 * <picker> of the modes selector, multiSelector, region, date and time: controls of the browser, invisible over what the template
 * draws, one for each column.
 */
import { defineElementProperty } from './element-properties';
import { keepInitial } from './form-controls';

type Control = HTMLSelectElement | HTMLInputElement;

const DRAWN_MODES = ['selector', 'multiSelector', 'region', 'date', 'time'];

/** ms in which a page answers a change of one column, by other columns or other values. */
const ANSWER_TIME = 60;

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

const modeProperty = defineElementProperty<unknown>('swanMode', redraw);
const rangeOf = defineElementProperty<unknown>('swanRange', redraw);
const rangeKeyOf = defineElementProperty<unknown>('swanRangeKey', redraw);
const valueOf = defineElementProperty<unknown>('swanValue', (picker, value) => {
  keepInitial(picker, value);
  // New controls would take the focus from the one that a date is typed into. Regions are other ones with each value.
  if (controlsOf(picker).length && modeOf(picker) !== 'region') showValue(picker);
  else redraw(picker);
});
const startOf = defineElementProperty<unknown>('swanStart', redraw);
const endOf = defineElementProperty<unknown>('swanEnd', redraw);
const fieldsOf = defineElementProperty<unknown>('swanFields', redraw);
const customItemOf = defineElementProperty<unknown>('swanCustomItem', redraw);
const disabledOf = defineElementProperty<unknown>('swanDisabled', redraw);

const modeOf = (picker: HTMLElement): string => String(modeProperty(picker) ?? 'selector');

/** What was picked last, or what the template gave since. */
export const pickedValueOf = valueOf;

const controlsOf = (picker: HTMLElement): Control[] => [
  ...picker.querySelectorAll<Control>(':scope > .picker-control'),
];

const regionsOf = (picker: HTMLElement, value: unknown) =>
  regionsFor(value, String(customItemOf(picker) ?? ''));

/** The index that is picked in a column. */
function indexOf(picker: HTMLElement, column: number): number {
  if (modeOf(picker) === 'region') {
    const { columns, value } = regionsOf(picker, valueOf(picker));
    return columns[column]?.indexOf(value[column] ?? '') ?? 0;
  }
  const value = valueOf(picker);
  return Number(Array.isArray(value) ? value[column] : value) || 0;
}

function showValue(picker: HTMLElement): void {
  controlsOf(picker).forEach((control, column) => {
    control.value =
      control instanceof HTMLSelectElement
        ? String(indexOf(picker, column))
        : String(valueOf(picker) ?? '').slice(0, control.type === 'month' ? 7 : undefined);
  });
}

function draw(picker: HTMLElement): void {
  for (const old of controlsOf(picker)) old.remove();
  const mode = modeOf(picker);
  // The others stay boxes with their name.
  if (!DRAWN_MODES.includes(mode)) {
    picker.setAttribute('preview-box', `picker mode="${mode}"`);
    return;
  }
  picker.removeAttribute('preview-box');
  const disabled = disabledOf(picker);
  const controls = makeControls(picker, mode);
  controls.forEach((control, column) => {
    control.className = 'picker-control';
    control.disabled = Boolean(disabled) && disabled !== 'false';
    const width = 100 / controls.length;
    Object.assign(control.style, { left: `${column * width}%`, width: `${width}%` });
  });
  picker.append(...controls);
  showValue(picker);
}

function makeControls(picker: HTMLElement, mode: string): Control[] {
  const range = rangeOf(picker);
  if (mode === 'selector') return [makeSelect(picker, range)];
  if (mode === 'multiSelector') {
    const columns: unknown[] = Array.isArray(range) ? range : [];
    return columns.map(column => makeSelect(picker, column));
  }
  if (mode === 'region')
    return regionsOf(picker, valueOf(picker)).columns.map(column => makeSelect(picker, column));
  const isMonth = mode === 'date' && fieldsOf(picker) === 'month';
  const limit = (value: unknown): string => String(value ?? '').slice(0, isMonth ? 7 : undefined);
  const input = document.createElement('input');
  Object.assign(input, {
    type: isMonth ? 'month' : mode,
    min: limit(startOf(picker)),
    max: limit(endOf(picker)),
  });
  return [input];
}

function makeSelect(picker: HTMLElement, range: unknown): HTMLSelectElement {
  const select = document.createElement('select');
  select.append(...labelsOf(picker, range).map((label, index) => new Option(label, String(index))));
  // A browser sends no change when what is selected is chosen. The first one is from the start, before anyone chose it.
  select.addEventListener('pointerdown', () => {
    if (select.selectedIndex === 0) select.selectedIndex = -1;
  });
  select.addEventListener('blur', () => showValue(picker));
  return select;
}

function labelsOf(picker: HTMLElement, range: unknown): string[] {
  const key = rangeKeyOf(picker);
  const labelOf = (item: unknown): unknown =>
    key !== undefined && item !== null && typeof item === 'object' ? Reflect.get(item, String(key)) : item;
  return Array.isArray(range) ? range.map(item => String(labelOf(item))) : [];
}

/** Turns the change of a control into that of the picker. An index is a number. */
export function listenForPickers(root: HTMLElement): void {
  root.addEventListener(
    'change',
    event => {
      const { target } = event;
      if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return;
      if (!target.classList.contains('picker-control')) return;
      event.stopPropagation();
      const picker = target.parentElement;
      if (!picker) return;
      const column = controlsOf(picker).indexOf(target);
      if (modeOf(picker) === 'multiSelector') chooseInColumn(picker, column, Number(target.value));
      else if (modeOf(picker) === 'region') chooseRegion(picker, column, Number(target.value));
      else choose(picker, target instanceof HTMLSelectElement ? Number(target.value) : target.value);
    },
    { capture: true },
  );
}

/** On a phone the change comes when the user confirms; here, when the page has answered the change of the column. */
function chooseInColumn(picker: HTMLElement, column: number, index: number): void {
  picker.dispatchEvent(new CustomEvent('columnchange', { detail: { column, value: index } }));
  setTimeout(() => {
    const values = controlsOf(picker).map((_, other) => (other === column ? index : indexOf(picker, other)));
    choose(picker, values);
  }, ANSWER_TIME);
}

/** Picks a region in one column, and the first ones in the columns after it. A phone leaves the codes empty. */
function chooseRegion(picker: HTMLElement, column: number, index: number): void {
  const { columns, value } = regionsOf(picker, valueOf(picker));
  const picked = [...value.slice(0, column), columns[column]?.[index]];
  choose(picker, regionsOf(picker, picked).value, { postcode: '', code: [] });
}

/** Picks a value and sends the change. @param more what the event says besides the value */
export function choose(picker: HTMLElement, value: unknown, more: object = {}): void {
  Object.assign(picker, { swanValue: value });
  picker.dispatchEvent(new CustomEvent('change', { detail: { value, ...more } }));
}

/** The columns of <picker mode="region">. A phone has all regions of China, the preview some to choose from. */
const REGIONS: Record<string, Record<string, string[]>> = {
  北京市: { 北京市: ['东城区', '西城区', '朝阳区', '海淀区'] },
  上海市: { 上海市: ['黄浦区', '徐汇区', '浦东新区'] },
  浙江省: { 杭州市: ['上城区', '西湖区', '余杭区'], 宁波市: ['海曙区', '鄞州区'] },
  广东省: { 广州市: ['越秀区', '天河区'], 深圳市: ['福田区', '南山区'] },
  四川省: { 成都市: ['锦江区', '武侯区'] },
};

/** What is picked: province, city, district. A name that a column does not have counts as its first one. */
type Region = [string, string, string];

interface RegionChoice {
  columns: [string[], string[], string[]];
  value: Region;
}

/** @param customItem the first of each column, if it is not '' */
function regionsFor(wanted: unknown, customItem: string): RegionChoice {
  const names: unknown[] = Array.isArray(wanted) ? wanted : [];
  const column = (regions: string[], index: number): { all: string[]; picked: string } => {
    const all = customItem === '' ? regions : [customItem, ...regions];
    return { all, picked: all.find(name => name === names[index]) ?? all[0] ?? '' };
  };
  const provinces = column(Object.keys(REGIONS), 0);
  const cities = column(Object.keys(REGIONS[provinces.picked] ?? {}), 1);
  const districts = column(REGIONS[provinces.picked]?.[cities.picked] ?? [], 2);
  return {
    columns: [provinces.all, cities.all, districts.all],
    value: [provinces.picked, cities.picked, districts.picked],
  };
}
