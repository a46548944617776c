/** What the compiler asks of the attributes of a tag. */
import { eventOf } from './bound-event';
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
