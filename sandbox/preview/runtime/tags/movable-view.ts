/** <movable-view>: a finger moves it in its <movable-area>. It does not scale, and stops where the finger leaves it. */
import { defineElementProperty } from './element-properties';

type Axis = 'x' | 'y';
type Place = Record<Axis, number>;

/** The axes along which a view moves, by its attribute direction. */
const AXES: Record<string, Axis[]> = { all: ['x', 'y'], horizontal: ['x'], vertical: ['y'] };

const places = new WeakMap<HTMLElement, Place>();

const placeOf = (view: HTMLElement): Place => places.get(view) ?? { x: 0, y: 0 };

/** Moves a view as far as its area reaches. @returns whether it is in another place now */
function moveTo(view: HTMLElement, wanted: Place): boolean {
  const area = view.parentElement;
  const limit = (value: number, room: number): number => Math.max(0, Math.min(value, Math.max(0, room)));
  const before = placeOf(view);
  const place = {
    x: limit(wanted.x, (area?.clientWidth ?? 0) - view.offsetWidth),
    y: limit(wanted.y, (area?.clientHeight ?? 0) - view.offsetHeight),
  };
  places.set(view, place);
  view.style.translate = `${place.x}px ${place.y}px`;
  return place.x !== before.x || place.y !== before.y;
}

for (const [property, axis] of [
  ['swanX', 'x'],
  ['swanY', 'y'],
] as const) {
  defineElementProperty<unknown>(property, (view, value) => {
    // Once it has its size.
    setTimeout(() => moveTo(view, { ...placeOf(view), [axis]: parseFloat(String(value)) || 0 }), 0);
  });
}

/** Lets fingers and the mouse move the views below `root`. */
export function listenForMovableViews(root: HTMLElement): void {
  let held: { view: HTMLElement; start: Place; from: Place; axes: Axis[] } | null = null;
  root.addEventListener('pointerdown', ({ target, button, clientX: x, clientY: y }) => {
    const view = target instanceof Element && target.closest<HTMLElement>('swan-movable-view');
    if (!view || button !== 0 || view.hasAttribute('disabled')) return;
    const axes = AXES[view.getAttribute('direction') ?? ''] ?? [];
    held = { view, start: placeOf(view), from: { x, y }, axes };
  });
  document.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!held) return;
    const { view, start, from, axes } = held;
    const moved = { x: clientX - from.x, y: clientY - from.y };
    const wanted = { ...start };
    for (const axis of axes) wanted[axis] += moved[axis];
    if (moveTo(view, wanted))
      view.dispatchEvent(new CustomEvent('change', { detail: { ...placeOf(view), source: 'touch' } }));
  });
  for (const type of ['pointerup', 'pointercancel'])
    document.addEventListener(type, () => {
      held = null;
    });
}
