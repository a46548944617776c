/** Properties of elements that templates set and the browser does not have, and those that every element has here. */
import type { AnimationStep } from '../../swan-api/animation';
import { isPlainObject, type Values } from '../json-values';

/**
 * Lets templates set a property of elements that the browser does not have: San sets a value as a property if the element
 * has one of that name, else as an attribute.
 * @param apply runs with each value that is set
 * @returns what reads the value that was set last
 */
export function defineElementProperty<T>(
  name: string,
  apply: (element: HTMLElement, value: T) => void,
): (element: HTMLElement) => T | undefined {
  const values = new WeakMap<HTMLElement, T>();
  Object.defineProperty(HTMLElement.prototype, name, {
    get(this: HTMLElement) {
      return values.get(this);
    },
    set(this: HTMLElement, value: T) {
      values.set(this, value);
      apply(this, value);
    },
  });
  return element => values.get(element);
}

declare global {
  interface HTMLElement {
    /** Values of an element's data-* attributes, as written in the template. */
    swanDataset?: Values;
  }
}

HTMLElement.prototype.swanDataset = undefined;

const animationTimers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/** The attribute `animation`: the element plays the steps that swan.createAnimation described. */
defineElementProperty<unknown>('swanAnimation', (element, animation) => {
  clearTimeout(animationTimers.get(element));
  const actions = isPlainObject(animation) ? animation.actions : null;
  if (Array.isArray(actions) && actions.length) playAfter(0, element, actions as AnimationStep[]);
});

function playAfter(delay: number, element: HTMLElement, [step, ...rest]: AnimationStep[]): void {
  const play = (): void => {
    if (!step || !element.isConnected) return;
    const { styles, transform, transformOrigin, duration, timingFunction, delay: wait } = step;
    const transition = `all ${duration}ms ${timingFunction} ${wait}ms`;
    Object.assign(element.style, { ...styles, transform, transformOrigin, transition });
    if (rest.length) playAfter(duration + wait, element, rest);
  };
  animationTimers.set(element, setTimeout(play, delay));
}
