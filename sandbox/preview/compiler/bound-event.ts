/** How templates bind events: bind:tap, bindtap, catch:tap, capture-bind:tap. */
const EVENT = /^(capture-)?(bind|catch):?(.+)$/;
/** San's own syntax for events, which Swan's compiler accepts. */
const ENGINE_EVENT = /^on-(.+)$/;

export interface BoundEvent {
  capture: boolean;
  kind: 'bind' | 'catch';
  type: string;
}

/** The event an attribute binds, or null for another attribute. */
export function eventOf(name: string): BoundEvent | null {
  const bound = EVENT.exec(name);
  if (bound) {
    const [, capture, kind, type = ''] = bound;
    return { capture: capture !== undefined, kind: kind === 'catch' ? 'catch' : 'bind', type };
  }
  const type = ENGINE_EVENT.exec(name)?.[1];
  return type ? { capture: false, kind: 'bind', type } : null;
}
