/** <picker-view>: columns that scroll from row to row, and the row in the middle of each is the one that is picked. */
import { convertUnits } from '../../convert-units';
import { defineElementProperty } from './element-properties';

/** ms without scrolling after which a column has come to rest. */
const REST = 120;

const columnsOf = (picker: HTMLElement): HTMLElement[] => [
  ...picker.querySelectorAll<HTMLElement>('swan-picker-view-column'),
];

const rowHeight = (column: HTMLElement): number =>
  (column.firstElementChild as HTMLElement | null)?.offsetHeight ?? 0;

/** What each column has in its middle. */
const picked = new WeakMap<HTMLElement, number[]>();

defineElementProperty<unknown>('swanRows', (picker, value) => {
  const rows = Array.isArray(value) ? value.map(row => Number(row) || 0) : [];
  picked.set(picker, rows);
  // Once the rows are drawn.
  setTimeout(() => {
    columnsOf(picker).forEach((column, index) => {
      column.scrollTop = (rows[index] ?? 0) * rowHeight(column);
    });
  }, 0);
});

defineElementProperty<unknown>('swanIndicatorStyle', (picker, style) => {
  const [, height = ''] = /(?:^|;)\s*height\s*:\s*([^;]+)/.exec(String(style ?? '')) ?? [];
  picker.style.setProperty('--row', convertUnits(height.trim()));
});

/** Sends a change when a column of a picker-view below `root` has come to rest at another row. */
export function listenForPickerViews(root: HTMLElement): void {
  const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();
  const rest = (picker: HTMLElement): void => {
    const before = picked.get(picker) ?? [];
    const rows = columnsOf(picker).map(column => Math.round(column.scrollTop / (rowHeight(column) || 1)));
    picked.set(picker, rows);
    if (rows.some((row, index) => row !== (before[index] ?? 0)))
      picker.dispatchEvent(new CustomEvent('change', { detail: { value: rows } }));
  };
  root.addEventListener(
    'scroll',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || target.localName !== 'swan-picker-view-column') return;
      const picker = target.closest<HTMLElement>('swan-picker-view');
      if (!picker) return;
      clearTimeout(timers.get(picker));
      timers.set(
        picker,
        setTimeout(() => rest(picker), REST),
      );
    },
    { capture: true },
  );
}
