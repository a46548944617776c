import { convertUnits } from '../convert-units';
import type { Values } from './json-values';
import { handleEvent } from './page-events';
import { ownerOf } from './template-owner';
import type { View } from './san-view';

/** How class names of one template are rewritten. */
interface ClassRules {
  /** Put before every class, as `prefix__class`. */
  prefix: string;
  externalClasses: string[];
  addGlobalClass: boolean;
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Joins the segments of an attribute; null and undefined show as nothing. */
function joinText(segments: unknown[]): string {
  return segments.map(textOf).join('');
}

/** A list is a list of names; an object is none, unlike in Vue. */
const classText = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : textOf(value));

/** The class attribute of an element of a page. A value that is all of it and false or 0 is no class. */
export function joinClasses(segments: unknown[]): string {
  if (segments.length === 1 && !segments[0]) return '';
  return segments.map(classText).join('').split(/\s+/).filter(Boolean).join(' ');
}

/**
 * The class attribute of an element inside a component.
 * @param external answers the classes the user of the component gave under an external class's name
 */
export function classNames(
  segments: unknown[],
  rules: ClassRules,
  external: (name: string) => string,
): string {
  const names = joinClasses(segments).split(' ').filter(Boolean);
  const { prefix } = rules;
  return names
    .flatMap(name => {
      if (rules.externalClasses.includes(name)) return external(name);
      return rules.addGlobalClass ? [`${prefix}__${name}`, name] : `${prefix}__${name}`;
    })
    .filter(Boolean)
    .join(' ');
}

/** An inline style, its screen lengths turned into the preview's. */
function styleText(segments: unknown[]): string {
  const text = segments.map(segment => {
    if (!segment || typeof segment !== 'object') return textOf(segment);
    return Object.entries(segment as Values)
      .map(([name, value]) => `${name}:${textOf(value)};`)
      .join('');
  });
  return convertUnits(text.join(''));
}

/** A flag of a built-in tag: true, or nothing. The text 'false' is false there, unlike in a component. */
function flag(value: unknown): true | undefined {
  return value && value !== 'false' ? true : undefined;
}

/** The functions compiled templates call; `this` is the view the template belongs to. */
export const templateHelpers = {
  $on(this: View, event: Event, handler: unknown, kind: string): void {
    const owner = ownerOf(this);
    if (owner) handleEvent(owner, event, handler, kind);
  },
  $receive(this: View, event: { type: string }, handler: unknown): void {
    ownerOf(this)?.callHandler(handler, event);
  },
  $class(this: View, ...segments: unknown[]): string {
    return ownerOf(this)?.classNames(segments) ?? '';
  },
  $style(this: View, ...segments: unknown[]): string {
    return styleText(segments);
  },
  $text(this: View, ...segments: unknown[]): string {
    return joinText(segments);
  },
  $flag(this: View, value: unknown): true | undefined {
    return flag(value);
  },
  /** `hidden` and `disabled` are true when they are given an empty text. */
  $given(this: View, value: unknown): true | undefined {
    return value === '' ? true : flag(value);
  },
  $asset(this: View, ...segments: unknown[]): string {
    const address = joinText(segments);
    return ownerOf(this)?.assetUrl(address) ?? address;
  },
  /** The name a named template is registered under among the components of a view. */
  $template(this: View, ...segments: unknown[]): string {
    return templateTag(joinText(segments));
  },
};

/** The tag under which a view knows one of its named templates. */
export const templateTag = (name: string): string => `template:${name}`;
