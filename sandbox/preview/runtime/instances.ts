import type { Values } from './json-values';
import type { View } from './san-view';
import type { TemplateOwner } from './template-owner';

/** What `this` is in a component's methods. */
export interface Instance {
  [member: string]: unknown;
  data: Values;
  readonly id: string;
  readonly is: string;
  readonly dataset: Values;
}

const owners = new WeakMap<View, TemplateOwner>();

export const ownerOf = (view: View | undefined): TemplateOwner | undefined => view && owners.get(view);

export function setOwner(view: View, owner: TemplateOwner): void {
  owners.set(view, owner);
}

const instances = new WeakMap<Element, Instance>();

/** The instance of the component whose root element this is. */
export const instanceAt = (element: Element): Instance | undefined => instances.get(element);

export function setInstance(element: Element, instance: Instance): void {
  instances.set(element, instance);
}
