/** Where the slides of a <swiper> are. A place is counted in slides; one between two slides is a fraction. */

/** ms that the slides go on with the speed of the finger that left them. */
const MOMENTUM = 150;

export interface Slides {
  count: number;
  /** How many are on the screen. */
  shown: number;
  /** Whether the first follows the last. */
  isCircle: boolean;
}

const modulo = (value: number, count: number): number => ((value % count) + count) % count;
const limit = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
const lastOf = ({ count, shown }: Slides): number => Math.max(0, count - shown);

export const canTurn = ({ count, shown }: Slides): boolean => count > shown;

/** The slide that one before the first, or after the last, of a circle is. */
export const wrap = (index: number, { count, isCircle }: Slides): number =>
  isCircle ? modulo(index, count) : index;

/** The slide that can be in the first place when `index` is asked for. */
export function nearest(index: number, slides: Slides): number {
  if (!slides.isCircle) return limit(index, 0, lastOf(slides));
  if (index < 0) return slides.count - 1;
  return index < slides.count ? index : 0;
}

/** The place of a slide on the screen. Those of a circle are spread to both sides of what is on the screen. */
export function placeOf(index: number, offset: number, { count, shown, isCircle }: Slides): number {
  if (!isCircle) return index - offset;
  const start = (shown - 1 - count) / 2;
  return modulo(index - offset - start, count) + start;
}

/** How far a finger can pull the slides. */
export const pulled = (offset: number, slides: Slides): number =>
  slides.isCircle ? offset : limit(offset, 0, lastOf(slides));

/**
 * The slide that comes to rest when a finger leaves, which is a neighbour at most.
 * @param start where the slides were when it came
 * @param speed in slides per ms
 */
export function released(offset: number, start: number, speed: number, slides: Slides): number {
  const from = Math.round(start);
  return pulled(limit(Math.round(offset + speed * MOMENTUM), from - 1, from + 1), slides);
}
