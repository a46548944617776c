/** The attribute `animation`: an element plays the steps that swan.createAnimation described. */
import type { AnimationStep } from '../swan-api/animation';
import { defineElementProperty } from './element-properties';
import { isPlainObject } from './json-values';

const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

defineElementProperty<unknown>('swanAnimation', (element, animation) => {
  clearTimeout(timers.get(element));
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
  timers.set(element, setTimeout(play, delay));
}
