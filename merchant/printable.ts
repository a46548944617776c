/** Everything that moves a cursor, ends a line or changes the direction of a text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Makes text of somebody else fit for one line of a log: control characters are escaped, the rest is cut off. */
export function printable(text: string, length = 200): string {
  const escaped = text
    .slice(0, length)
    .replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
  return text.length > length ? `${escaped}…` : escaped;
}
