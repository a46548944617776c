/**
 * Turns the text of a signature into bytes: undoes what languages, forms, shells and logs do to base64, and names it.
 */
import { decodeStrictBase64 } from '../signature';
import type { Base64Code } from './codes';
import { unescapeHtml, unescapeText } from './unescape';

interface EncodingProblem {
  code: Base64Code;
  evidence?: Record<string, string>;
}

export interface DecodedSignature {
  /** null when it cannot be made into bytes */
  bytes: Buffer | null;
  problems: EncodingProblem[];
  /** the base64 (or other) text that the bytes were read from */
  text: string;
  /** true when the text may have been cut off; base64 that ends with its padding is complete */
  isEndMissing: boolean;
}

/** The result of undoing one encoding: a text that is examined again, or the bytes. */
interface UndoneEncoding extends EncodingProblem {
  next: string | Buffer | null;
}

/** A key of 8192 bits, as a list of numbers, takes a third of this. */
const MAX_LENGTH = 16 * 1024;
/** Known signatures have at most three encodings at once. */
const MAX_ENCODINGS = 6;

interface DecodedBytes {
  bytes: Buffer;
  /** how they were written */
  how: string;
}

/** Fewer bytes than any signature has, so that shorter texts are not taken for one. */
const MIN_BYTES = 32;

const HEX_STYLES: [separator: RegExp, how: string][] = [
  [/-/, 'with dashes, as BitConverter.ToString of C#'],
  [/:/, 'with colons, as openssl -c'],
  [/\\x/, 'with \\x in front of each byte'],
  [/0x/i, 'with 0x in front'],
  [/\s/, 'with spaces or line breaks'],
];

/** Hexadecimal, with or without separators, also behind the label of `openssl dgst -hex`. */
function readHex(text: string): DecodedBytes | null {
  const label = /^\s*[\w.-]{0,32}\([^()]{0,64}\) ?= ?/.exec(text)?.[0] ?? '';
  const written = text.slice(label.length).trim();
  const digits = written.replace(/0x|\\x|[\s:,-]/gi, '');
  if (digits.length < MIN_BYTES * 2 || !/^[0-9a-f]+$/i.test(digits)) return null;
  const style = HEX_STYLES.find(([separator]) => separator.test(written))?.[1] ?? 'plain';
  const how = label ? `behind ${label.trim()} of openssl` : style;
  // Drops half a byte at the end of a text that was cut off.
  return { bytes: Buffer.from(digits.slice(0, digits.length & ~1), 'hex'), how };
}

const LISTS: [pattern: RegExp, how: string][] = [
  [/^\{"type":"Buffer","data":\[[\d, ]*\]\}$/, 'a Buffer of Node as JSON'],
  [/^\[[-\d, ]*-[-\d, ]*\]$/, 'a list with negative numbers, as Arrays.toString of Java'],
  [/^\[[\d ]*\]$/, 'a list, as %v of Go'],
  [/^[[(]?[-\d, ]*[\])]?$/, 'a list of numbers'],
];

/** A list of numbers from -128 to 255. */
function readByteList(text: string): DecodedBytes | null {
  const how = LISTS.find(([pattern]) => pattern.test(text.trim()))?.[1];
  const numbers = how === undefined ? [] : (text.match(/-?\d+/g) ?? []).map(Number);
  const isBytes = numbers.length >= MIN_BYTES && numbers.every(number => number >= -128 && number <= 255);
  return how !== undefined && isBytes ? { bytes: Buffer.from(numbers), how } : null;
}

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, '\\': 92, "'": 39, '"': 34 };

/** The repr of bytes in Python, b'\x8f…'; null for one that holds base64. */
function readPythonBytes(text: string): DecodedBytes | null {
  if (!/^b(['"])[^]*\1$/.test(text) || !text.includes('\\x')) return null;
  const bytes: number[] = [];
  for (const [token] of text.slice(2, -1).matchAll(/\\x[0-9a-f]{2}|\\?[^]/g)) {
    const isHex = token.startsWith('\\x') && token.length === 4;
    bytes.push(isHex ? parseInt(token.slice(2), 16) : (ESCAPES[token[1] ?? ''] ?? token.charCodeAt(0)));
  }
  return bytes.length >= MIN_BYTES ? { bytes: Buffer.from(bytes), how: "b'…', the bytes of Python" } : null;
}

/** What languages print for an object instead of its bytes: it holds nothing of the signature. */
const PRINTED_OBJECT =
  /^(\[B@[0-9a-f]+|System\.Byte\[\]|\[object \w+\]|Resource id #\d+|<Buffer .*|<[\w. ]+ (object )?at 0x[0-9a-fA-F]+>|#<\w+.*>|Array|Object)$/;

/** Characters that no text holds, and that bytes read as text nearly always hold. */
const BINARY_CHARACTER = /\ufffd|(?![\t\n\f\r])\p{Cc}/u;

function percentDecode(text: string): string {
  try {
    // Drops half an escape at the end of a text that was cut off.
    return decodeURIComponent(text.replace(/%[0-9a-f]?$/i, ''));
  } catch {
    return text;
  }
}

const remover =
  (pattern: RegExp): ((text: string) => string) =>
  text =>
    text.replace(pattern, '');

/** Characters that were added around the base64 or in it, and how to remove them. */
const DECORATIONS: [pattern: RegExp, how: string, undo: (text: string) => string][] = [
  [/^b(['"]).*\1$/s, "b'…', bytes of Python as text: call .decode()", text => text.slice(2, -1)],
  [/^(?:(['"]).*\1|[“”‘’「『].*[“”‘’」』])$/s, 'quotes', text => text.slice(1, -1)],
  [/^[\w.-]{0,32}\([^()]{0,64}\) ?= ?/, 'the label that openssl prints', remover(/^[^=]*= ?/)],
  [/^(rsaSign|rsa_sign|sign|signature) *[=:] */i, 'its name in front', remover(/^\w+ *[=:] */)],
  [/^data:[^,]{0,64},/, 'a data URL', remover(/^[^,]*,/)],
  [/\\(?:\/|u00[0-9a-f]{2})/i, '\\/ or \\u002B of JSON that was not decoded', unescapeText],
  [/\\[rn]/, 'a backslash and an n', remover(/\\[rn]/g)],
  [/&(#|plus;|sol;|equals;)/i, 'escaped for HTML', unescapeHtml],
];

/** ASCII for text that differs from it in the characters which chats, web pages and input methods put in; else the same text. */
function toAscii(text: string): string {
  const ascii = text.replace(/[\p{Cf}\u00a0\u3000]/gu, '').normalize('NFKC');
  return /^\p{ASCII}*$/u.test(ascii) ? ascii : text;
}

function undoSpaces(text: string, fitsKey: (bytes: Buffer) => boolean): UndoneEncoding {
  const bare = text.replace(/\s/g, '');
  const plus = text.replace(/\s/g, '+');
  const isAround = text.trim() === bare;
  const decoded = (candidate: string): Buffer | null => decodeStrictBase64(candidate);
  const holdsSignature = (candidate: string): boolean => {
    const bytes = decoded(candidate);
    return bytes !== null && fitsKey(bytes);
  };
  const wereAdded =
    isAround ||
    (!holdsSignature(plus) && (holdsSignature(bare) || decoded(plus) === null) && decoded(bare) !== null);
  return wereAdded
    ? { code: 'BASE64_SPACES', next: bare }
    : { code: 'BASE64_PLUS_BECAME_SPACE', next: text.trim().replace(/\s/g, '+') };
}

/**
 * Returns true for bytes that were decoded as text: about a quarter of their characters occur in base64, too. Of base64 into
 * which a character from elsewhere came, nearly all do.
 */
function isBinary(text: string): boolean {
  const isForeign = /[\u0080-\uffff]/.test(text) && text.replace(/[\w+/=]/g, '').length > text.length / 4;
  return isForeign && (BINARY_CHARACTER.test(text) || !/[\u3000-\u9fff]/.test(text));
}

/** Undoes the outermost encoding of the text; null when it is strict base64. */
function undoEncoding(text: string, fitsKey: (bytes: Buffer) => boolean): UndoneEncoding | null {
  if (text.length > MAX_LENGTH) return { code: 'SIGNATURE_TOO_LONG', next: null };
  if (PRINTED_OBJECT.test(text)) {
    return { code: 'OBJECT_INSTEAD_OF_SIGNATURE', evidence: { sent: text.slice(0, 60) }, next: null };
  }
  if (/(?:\.{3}|…)$/.test(text)) {
    const how = 'cut off with dots by a log';
    return { code: 'BASE64_DECORATED', evidence: { how }, next: text.replace(/[.…]+$/, '') };
  }
  const ascii = toAscii(text);
  if (ascii !== text) {
    const how = 'invisible or full-width characters, as of a chat or a web page';
    return { code: 'BASE64_DECORATED', evidence: { how }, next: ascii };
  }
  if (isBinary(text)) {
    return { code: 'BINARY_AS_TEXT', next: null };
  }
  const listed = readByteList(text) ?? readPythonBytes(text);
  if (listed) {
    return { code: 'BYTES_INSTEAD_OF_BASE64', evidence: { how: listed.how }, next: listed.bytes };
  }
  const hex = readHex(text);
  if (hex) {
    // Hexadecimal of base64 is text, which is examined again.
    const inside = hex.bytes.toString('latin1');
    const next = decodeStrictBase64(inside) ? inside : hex.bytes;
    return { code: 'HEX_INSTEAD_OF_BASE64', evidence: { how: hex.how }, next };
  }
  for (const [pattern, how, undo] of DECORATIONS) {
    if (pattern.test(text)) return { code: 'BASE64_DECORATED', evidence: { how }, next: undo(text) };
  }
  if (/%[0-9a-f]{2}/i.test(text)) return { code: 'BASE64_PERCENT_ENCODED', next: percentDecode(text) };
  if (/[\r\n]/.test(text)) return { code: 'BASE64_LINE_BREAKS', next: text.replace(/[\r\n]/g, '') };
  if (/\s/.test(text) && /^[\w+/\s-]+[=\s]*$/.test(text)) return undoSpaces(text, fitsKey);
  if (/[-_]/.test(text) && /^[\w-]+=*$/.test(text)) {
    return { code: 'BASE64_URLSAFE', next: text.replace(/-/g, '+').replace(/_/g, '/') };
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return { code: 'NOT_BASE64', next: null };
  if (text.length % 4) {
    const bare = text.replace(/={1,2}$/, '');
    return { code: 'BASE64_NO_PADDING', next: bare.length % 4 === 1 ? null : pad(bare) };
  }
  return undoInnerEncoding(Buffer.from(text, 'base64'), text, fitsKey);
}

/** What the bytes of strict base64 are, when they are no signature; null when they may be one. */
function undoInnerEncoding(
  bytes: Buffer,
  text: string,
  fitsKey: (bytes: Buffer) => boolean,
): UndoneEncoding | null {
  // Base64 of ASCII starts every group of four with A-Z or a-f; a signature does so once in 2^43.
  if (/^([A-Za-f]...){43,}$/.test(text)) {
    const inside = bytes.toString('latin1');
    const hex = readHex(inside);
    return hex
      ? { code: 'HEX_INSTEAD_OF_BASE64', evidence: { how: `${hex.how}, in base64` }, next: hex.bytes }
      : { code: 'DOUBLE_BASE64', next: inside };
  }
  const replaced = bytes.toString('latin1').split('\u00ef\u00bf\u00bd').length - 1;
  if (replaced >= MIN_REPLACED) return { code: 'BINARY_AS_TEXT', next: null };
  if (fitsKey(bytes)) return null;
  const changed = CHANGES.find(([, undo]) => fitsKey(undo(bytes)));
  return (
    (changed && {
      code: 'SIGNATURE_BYTES_CHANGED',
      evidence: { how: changed[0] },
      next: changed[1](bytes),
    }) ??
    null
  );
}

/** A signature holds the bytes of U+FFFD this often once in 2^90. */
const MIN_REPLACED = 4;

/** What is done to the bytes of a signature before they are encoded, and how to undo it. */
const CHANGES: [how: string, undo: (bytes: Buffer) => Buffer][] = [
  ['their order is reversed, as CryptSignHash of Windows gives them', bytes => Buffer.from(bytes).reverse()],
  [
    'they have a zero byte in front, as of BigInteger.toByteArray()',
    bytes => bytes.subarray(bytes[0] === 0 ? 1 : 0),
  ],
  [
    'they were taken for ISO-8859-1 and encoded as UTF-8',
    bytes => Buffer.from(bytes.toString('utf8'), 'latin1'),
  ],
];

function pad(bare: string): string {
  return bare + '='.repeat((4 - (bare.length % 4)) % 4);
}

/**
 * Turns the text of a signature into bytes, undoing one encoding after the other.
 *
 * @param fitsKey returns true for bytes that are a signature by the key; it decides when a text can be decoded in two ways
 */
export function decodeSignature(signature: string, fitsKey: (bytes: Buffer) => boolean): DecodedSignature {
  const problems: EncodingProblem[] = [];
  let text = signature;
  for (let i = 0; i < MAX_ENCODINGS; i++) {
    const undone = undoEncoding(text, fitsKey);
    if (!undone) {
      const bytes = decodeStrictBase64(text);
      if (!bytes) problems.push({ code: 'NOT_BASE64' });
      return { bytes, problems, text, isEndMissing: !text.endsWith('=') };
    }
    const { next, ...problem } = undone;
    const last = problems.at(-1);
    if (last?.evidence && problem.evidence && last.code === problem.code) {
      last.evidence = { how: `${last.evidence.how}, ${problem.evidence.how}` };
    } else {
      problems.push(problem);
    }
    if (problem.code === 'BASE64_NO_PADDING') {
      // In a text that was cut off, the characters after the last group of four cannot be decoded.
      const bytes = decodeStrictBase64(next) ?? Buffer.from(text, 'base64');
      return { bytes, problems, text, isEndMissing: true };
    }
    if (next === null || next === text) return { bytes: null, problems, text, isEndMissing: false };
    if (typeof next !== 'string') return { bytes: next, problems, text, isEndMissing: true };
    text = next;
  }
  return { bytes: null, problems, text, isEndMissing: false };
}
