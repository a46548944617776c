import type { Program } from './program';
import type { View } from './view';

/** A page or a component: whoever owns a template and the methods its events name. */
export interface Owner {
  readonly program: Program;
  /** What `this` is in the user's methods. */
  readonly self: Record<string, unknown>;
  /** How messages name it: its path. */
  readonly label: string;
  classNames(pieces: unknown[]): string;
  /** The classes a template gives to a component's external class: its own, never ones it was given itself. */
  ownClasses(names: unknown): string;
}

const owners = new WeakMap<View, Owner>();

export const ownerOf = (view: View | undefined): Owner | undefined => view && owners.get(view);

export function setOwner(view: View, owner: Owner): void {
  owners.set(view, owner);
}

/** Calls a handler a template names; where it throws, the program hears of it. */
export function callHandler(owner: Owner, name: unknown, event: { type: string }, fromDom: boolean): void {
  const { self, label, program } = owner;
  const method = self[String(name)];
  if (typeof method !== 'function') {
    program.report(
      new Error(`${label} has no method "${String(name)}" for the event ${event.type}`),
      label,
      false,
    );
    return;
  }
  try {
    method.call(self, event);
  } catch (error) {
    program.report(error, `${label}: ${String(name)}`, fromDom);
  }
}
