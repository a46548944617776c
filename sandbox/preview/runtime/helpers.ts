import { screenUnits } from '../lengths';
import type { Values } from './values';

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

/** Joins the pieces of an attribute; null and undefined show as nothing. */
export function joinText(pieces: unknown[]): string {
  return pieces.map(textOf).join('');
}

function classText(value: unknown): string {
  if (Array.isArray(value)) return value.map(classText).filter(Boolean).join(' ');
  if (value && typeof value === 'object') {
    return Object.entries(value)
      .filter(([, on]) => Boolean(on))
      .map(([name]) => name)
      .join(' ');
  }
  return textOf(value);
}

/** The class attribute of an element of a page. */
export function joinClasses(pieces: unknown[]): string {
  return pieces.map(classText).join('').split(/\s+/).filter(Boolean).join(' ');
}

/**
 * The class attribute of an element inside a component.
 * @param external answers the classes the user of the component gave under an external class's name
 */
export function classNames(pieces: unknown[], rules: ClassRules, external: (name: string) => string): string {
  const names = joinClasses(pieces).split(' ').filter(Boolean);
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
export function styleText(pieces: unknown[]): string {
  const text = pieces.map(piece => {
    if (!piece || typeof piece !== 'object') return textOf(piece);
    return Object.entries(piece as Values)
      .map(([name, value]) => `${name}:${textOf(value)};`)
      .join('');
  });
  return screenUnits(text.join(''));
}

/** A flag of a built-in tag: true, or nothing. The text 'false' is false there, unlike in a component. */
export function flag(value: unknown): true | undefined {
  return value && value !== 'false' ? true : undefined;
}
