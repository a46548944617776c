/** What the compiler asks of the attributes of a tag. */
import type { Attribute, ElementNode } from './template-parser';

export const camelCase = (name: string): string =>
  name.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());

export const isBlank = (attribute: Attribute): boolean => attribute.value === null || attribute.value === '';

/** The attributes of built-in tags may be written in camel case: formType is form-type. */
export const withKebabName = (attribute: Attribute): Attribute =>
  eventOf(attribute.name) || attribute.name.startsWith('data-')
    ? attribute
    : { ...attribute, name: attribute.name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) };

export const hasDirective = (node: ElementNode, ...names: string[]): boolean =>
  node.attributes.some(({ name }) => names.includes(name));

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
