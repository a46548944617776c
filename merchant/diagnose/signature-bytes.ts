/**
 * Signature bytes as languages print them: hexadecimal in every style, lists of numbers, Python's b'…'.
 */
interface ReadBytes {
  bytes: Buffer;
  /** how they were written */
  how: string;
}

/** Shorter than any signature: less could be something else. */
const MIN_BYTES = 32;

const HEX_STYLES: [separator: RegExp, how: string][] = [
  [/-/, 'with dashes, as BitConverter.ToString of C#'],
  [/:/, 'with colons, as openssl -c'],
  [/\\x/, 'with \\x in front of each byte'],
  [/0x/i, 'with 0x in front'],
  [/\s/, 'with spaces or line breaks'],
];

/** Hexadecimal, with or without separators, also behind the label of `openssl dgst -hex`. */
export function readHex(text: string): ReadBytes | null {
  const label = /^\s*[\w.-]{0,32}\([^()]{0,64}\) ?= ?/.exec(text)?.[0] ?? '';
  const written = text.slice(label.length).trim();
  const digits = written.replace(/0x|\\x|[\s:,-]/gi, '');
  if (digits.length < MIN_BYTES * 2 || !/^[0-9a-f]+$/i.test(digits)) return null;
  const style = HEX_STYLES.find(([separator]) => separator.test(written))?.[1] ?? 'plain';
  const how = label ? `behind ${label.trim()} of openssl` : style;
  // Cut off in the middle of a byte, its half is no byte.
  return { bytes: Buffer.from(digits.slice(0, digits.length & ~1), 'hex'), how };
}

const LISTS: [pattern: RegExp, how: string][] = [
  [/^\{"type":"Buffer","data":\[[\d, ]*\]\}$/, 'a Buffer of Node as JSON'],
  [/^\[[-\d, ]*-[-\d, ]*\]$/, 'a list with negative numbers, as Arrays.toString of Java'],
  [/^\[[\d ]*\]$/, 'a list, as %v of Go'],
  [/^[[(]?[-\d, ]*[\])]?$/, 'a list of numbers'],
];

/** Numbers from -128 to 255 in a row. */
export function readByteList(text: string): ReadBytes | null {
  const how = LISTS.find(([pattern]) => pattern.test(text.trim()))?.[1];
  const numbers = how === undefined ? [] : (text.match(/-?\d+/g) ?? []).map(Number);
  const isBytes = numbers.length >= MIN_BYTES && numbers.every(number => number >= -128 && number <= 255);
  return how !== undefined && isBytes ? { bytes: Buffer.from(numbers), how } : null;
}

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, '\\': 92, "'": 39, '"': 34 };

/** The repr of bytes, b'\x8f…'; null for one that holds base64. */
export function readPythonBytes(text: string): ReadBytes | null {
  if (!/^b(['"])[^]*\1$/.test(text) || !text.includes('\\x')) return null;
  const bytes: number[] = [];
  for (const [token] of text.slice(2, -1).matchAll(/\\x[0-9a-f]{2}|\\?[^]/g)) {
    const isHex = token.startsWith('\\x') && token.length === 4;
    bytes.push(isHex ? parseInt(token.slice(2), 16) : (ESCAPES[token[1] ?? ''] ?? token.charCodeAt(0)));
  }
  return bytes.length >= MIN_BYTES ? { bytes: Buffer.from(bytes), how: "b'…', the bytes of Python" } : null;
}
