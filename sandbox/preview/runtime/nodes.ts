import type { ComponentNode } from './component';
import type { Values } from './values';

/** What `this` is in a component's methods. */
export interface Instance {
  [member: string]: unknown;
  data: Values;
  readonly id: string;
  readonly is: string;
  readonly dataset: Values;
}

const nodes = new WeakMap<object, ComponentNode>();

/** The runtime's side of an instance or of a component's root element. */
export const nodeOf = (of: object): ComponentNode | undefined => nodes.get(of);

/** Makes a component known by its instance, or by its root element. */
export function setNode(of: object, node: ComponentNode): void {
  nodes.set(of, node);
}
