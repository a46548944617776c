/**
 * Converts property values. Swan coerces nothing: `attr=""` and a bare attribute arrive as true,
 * `disabled="false"` as the text 'false', numbers as text, and null replaces the default.
 */
import { parseFen } from './order/money';

/** Text of a string or number; '' for anything else, such as true and null, which mean the property's default. */
export function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? '' + value : '';
}

/** A text for the console of any value, also of one that cannot be converted to a string. */
export function inspect(value: unknown): string {
  const { message } = (value || {}) as { message?: unknown };
  return toText(value) || toText(message) || (value === null ? 'null' : typeof value);
}

/** As the built-in button reads `disabled`: true for any truthy value except the text 'false'. A bare attribute is true. */
export function toBoolean(value: unknown): boolean {
  return !!value && value !== 'false';
}

/** An object or array, also from its JSON text; null for anything else. */
export function toObject(value: unknown): object | null {
  let object = value;
  if (typeof value === 'string') {
    try {
      object = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return object && typeof object === 'object' ? (object as object) : null;
}

/** `{}`, in PHP `[]`, is what a page has before its order comes. */
export function isOrderInfoGiven(value: unknown): boolean {
  const object = toObject(value);
  return object ? Object.keys(object).length > 0 : !!toText(value);
}

/** Fen; null when no amount was given, NaN when what was given is none. */
export function toFen(value: unknown): number | null {
  if (value === '' || value === null || value === undefined || value === true) return null;
  const fen = parseFen(value);
  return fen === null ? NaN : fen;
}
