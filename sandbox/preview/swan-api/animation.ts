/** swan.createAnimation: describes steps, which an element plays when its `animation` is what export() answers. */

const STYLES = ['opacity', 'backgroundColor', 'width', 'height', 'top', 'right', 'bottom', 'left'] as const;
const TRANSFORMS = (
  'matrix matrix3d rotate rotate3d rotateX rotateY rotateZ scale scale3d scaleX scaleY scaleZ skew skewX skewY ' +
  'translate translate3d translateX translateY translateZ'
).split(' ');

interface Timing {
  /** ms */
  duration: number;
  timingFunction: string;
  /** ms */
  delay: number;
  transformOrigin: string;
}

/** One step: what an element becomes, and how fast. */
export interface AnimationStep extends Timing {
  /** By the css property. */
  styles: Record<string, string>;
  /** Functions of the css property transform. */
  transform: string;
}

const length = (value: unknown): string => (typeof value === 'number' ? `${value}px` : String(value));

/** An argument of a function of transform, with the unit that a number has there. */
function argument(name: string, value: unknown, index: number): string {
  if (typeof value !== 'number') return String(value);
  if (name.startsWith('translate')) return `${value}px`;
  if (name === 'rotate3d') return index === 3 ? `${value}deg` : String(value);
  return /^(rotate|skew)/.test(name) ? `${value}deg` : String(value);
}

export function createAnimation(given: Partial<Timing> = {}): Record<string, unknown> {
  const timing = {
    duration: 400,
    timingFunction: 'linear',
    delay: 0,
    transformOrigin: '50% 50% 0',
    ...given,
  };
  const styles: Record<string, string> = {};
  const transforms: Record<string, string> = {};
  let actions: AnimationStep[] = [];
  const animation: Record<string, unknown> = {
    /** Ends a step. What earlier steps set stays. */
    step(more: Partial<Timing> = {}) {
      const transform = Object.values(transforms).join(' ');
      actions.push({ ...timing, ...more, styles: { ...styles }, transform });
      return animation;
    },
    /** The steps since the last call. */
    export(): { actions: AnimationStep[] } {
      const exported = { actions };
      actions = [];
      return exported;
    },
  };
  for (const name of STYLES) {
    animation[name] = (value: unknown) => {
      styles[name] = name === 'opacity' ? String(value) : length(value);
      return animation;
    };
  }
  for (const name of TRANSFORMS) {
    animation[name] = (...values: unknown[]) => {
      transforms[name] = `${name}(${values.map((value, index) => argument(name, value, index)).join(', ')})`;
      return animation;
    };
  }
  return animation;
}
