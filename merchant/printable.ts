/**
 * Makes text and values from outside fit for a log, a terminal or a finding.
 */

/** Characters that move a cursor, end a line or change the direction of a text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Escapes control characters and cuts off the rest, so that the text cannot add lines to a log. */
export function printable(text: string, length = 200): string {
  const escaped = text
    .slice(0, length)
    .replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
  return text.length > length ? `${escaped}…` : escaped;
}

/** Characters of no width, those that change the direction of a text, and blanks that look like a space. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u3000]/gu;

/** Shows invisible characters by their numbers, and keeps the whole text. */
export function showInvisible(text: string): string {
  return text.replace(INVISIBLE, character => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** Escapes control characters as JSON does, shows invisible ones, and keeps the whole text. */
export function escapeControls(text: string): string {
  return showInvisible(text.replace(/\p{Cc}/gu, control => JSON.stringify(control).slice(1, -1)));
}

/** What a message says of a value that is of the wrong type. */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}

/** Cuts off a long text. */
export function truncate(text: string, length = 80): string {
  return text.length > length ? text.slice(0, length) + '…' : text;
}
