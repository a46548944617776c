/**
 * Reads the platform's JSON: ids are 64-bit, and the documents show numbers where strings arrive and the other way round.
 */

/** Longer whole numbers lose digits as a JavaScript number. */
const LONG_INTEGER = /^-?\d{16,}$/;

/**
 * JSON.parse that keeps whole numbers of 16 and more digits exact, as text.
 *
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  JSON.parse(text);
  // Matches strings as a whole, so that digits inside them are left alone.
  const exact = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, token =>
    LONG_INTEGER.test(token) ? `"${token}"` : token,
  );
  return JSON.parse(exact) as unknown;
}

/** An id as decimal text, whether it came as a number or as text; null when it is absent or 0. */
export function readId(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^\d+$/.test(text) && /[1-9]/.test(text) ? text : null;
}

/** A whole number, whether it came as one or as text; null for anything else. */
export function readInteger(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** Text; numbers as they are written; null when absent or empty. */
export function readText(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text ? text : null;
}

/** The JSON text of a parsed value; null when it is nested some thousand levels deep: that is read, but not written. */
export function toJsonText(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

/** JSON as json_encode of PHP writes it: / and everything beyond ASCII is escaped. */
export function phpJson(value: unknown): string {
  const escape = (unit: string): string => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0');
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, escape);
}

export type JsonObject = Record<string, unknown>;

/** Returns true for what JSON calls an object: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; undefined for any other text. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
