/** Places on the screen as a page sees them: its own upper left corner is 0, 0. */

interface Point {
  x: number;
  y: number;
}

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
  width: number;
  height: number;
}

/** The element of the page that an element is on, which is also what scrolls; null when it is on none. */
export const scrollerOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('swan-page');

/** Where the page of an element begins in the window. */
export function originOf(element: Element): Point {
  const { left = 0, top = 0 } = scrollerOf(element)?.getBoundingClientRect() ?? {};
  return { x: left, y: top };
}

/** A rectangle of the window as one of the page. */
export function relativeRect({ left, top, width, height }: DOMRectReadOnly, origin: Point): Rect {
  const x = left - origin.x;
  const y = top - origin.y;
  return { left: x, top: y, right: x + width, bottom: y + height, width, height };
}
