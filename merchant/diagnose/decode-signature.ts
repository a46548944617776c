/**
 * From the text of a signature to its bytes: undoes what languages, forms, shells and logs do to base64, and names it.
 */
import { strictBase64 } from '../signature';
import type { Base64Code } from './codes';
import { readByteList, readHex, readPythonBytes } from './signature-bytes';

export interface EncodingProblem {
  code: Base64Code;
  evidence?: Record<string, string>;
}

export interface DecodedSignature {
  /** null when it cannot be made into bytes */
  bytes: Buffer | null;
  problems: EncodingProblem[];
  /** the base64 (or other) text that the bytes were read from */
  text: string;
  /** base64 that ends in its padding ends where it should; only other text can have been cut off */
  isEndMissing: boolean;
}

/** One thing undone: the text is looked at again, or the bytes are there. */
interface Undone extends EncodingProblem {
  next: string | Buffer | null;
}

/** A key of 8192 bits, as a list of numbers, takes a third of this. */
const MAX_LENGTH = 16 * 1024;
/** Nobody has met more than three encodings at once. */
const MAX_ENCODINGS = 6;

/** What languages print instead of bytes: nothing of the signature is in it. */
const PRINTED_OBJECT =
  /^(\[B@[0-9a-f]+|System\.Byte\[\]|\[object \w+\]|Resource id #\d+|<Buffer .*|<[\w. ]+ (object )?at 0x[0-9a-fA-F]+>|#<\w+.*>|Array|Object)$/;

/** What text never holds, and bytes read as text nearly always do. */
const NO_TEXT = /\ufffd|(?![\t\n\f\r])\p{Cc}/u;

const HTML_ENTITIES: [RegExp, string][] = [
  [/&#(?:43|x2b);|&plus;/gi, '+'],
  [/&#(?:47|x2f);|&sol;/gi, '/'],
  [/&#(?:61|x3d);|&equals;/gi, '='],
];

function unescapeHtml(text: string): string {
  return HTML_ENTITIES.reduce((rest, [entity, character]) => rest.replace(entity, character), text);
}

function percentDecode(text: string): string {
  try {
    // Where the text was cut off, half an escape may be left.
    return decodeURIComponent(text.replace(/%[0-9a-f]?$/i, ''));
  } catch {
    return text;
  }
}

const without =
  (pattern: RegExp): ((text: string) => string) =>
  text =>
    text.replace(pattern, '');

/** Characters that were put around the base64 or into it, and how to take them away. */
const DECORATIONS: [pattern: RegExp, how: string, undo: (text: string) => string][] = [
  [/^b(['"]).*\1$/s, "b'…', bytes of Python as text: call .decode()", text => text.slice(2, -1)],
  [/^(['"]).*\1$/s, 'quotes', text => text.slice(1, -1)],
  [/^[\w.-]{0,32}\([^()]{0,64}\) ?= ?/, 'the label that openssl prints', without(/^[^=]*= ?/)],
  [/^(rsaSign|rsa_sign|sign|signature) *[=:] */i, 'its name in front', without(/^\w+ *[=:] */)],
  [/^data:[^,]{0,64},/, 'a data URL', without(/^[^,]*,/)],
  [/\\\//, '\\/ of JSON that was not decoded', text => text.replaceAll('\\/', '/')],
  [/\\[rn]/, 'a backslash and an n', without(/\\[rn]/g)],
  [/&(#|plus;|sol;|equals;)/i, 'escaped for HTML', unescapeHtml],
];

function undoSpaces(text: string, fits: (bytes: Buffer) => boolean): Undone {
  const bare = text.replace(/\s/g, '');
  const plus = text.replace(/\s/g, '+');
  const isAround = text.trim() === bare;
  const decoded = (candidate: string): Buffer | null => strictBase64(candidate);
  const holds = (candidate: string): boolean => {
    const bytes = decoded(candidate);
    return bytes !== null && fits(bytes);
  };
  const removed =
    isAround || (!holds(plus) && (holds(bare) || decoded(plus) === null) && decoded(bare) !== null);
  return removed
    ? { code: 'BASE64_SPACES', next: bare }
    : { code: 'BASE64_PLUS_BECAME_SPACE', next: text.trim().replace(/\s/g, '+') };
}

/** The first thing that is wrong with the text; null when it is strict base64. */
function undoOne(text: string, fits: (bytes: Buffer) => boolean): Undone | null {
  if (text.length > MAX_LENGTH) return { code: 'SIGNATURE_TOO_LONG', next: null };
  if (PRINTED_OBJECT.test(text)) {
    return { code: 'OBJECT_INSTEAD_OF_SIGNATURE', evidence: { sent: text.slice(0, 60) }, next: null };
  }
  if (/[\u0080-\uffff]/.test(text) && (NO_TEXT.test(text) || !/[\u3000-\u9fff]/.test(text))) {
    return { code: 'BINARY_AS_TEXT', next: null };
  }
  const listed = readByteList(text) ?? readPythonBytes(text);
  if (listed) {
    return { code: 'BYTES_INSTEAD_OF_BASE64', evidence: { how: listed.how }, next: listed.bytes };
  }
  const hex = readHex(text);
  if (hex) return { code: 'HEX_INSTEAD_OF_BASE64', evidence: { how: hex.how }, next: hex.bytes };
  for (const [pattern, how, undo] of DECORATIONS) {
    if (pattern.test(text)) return { code: 'BASE64_DECORATED', evidence: { how }, next: undo(text) };
  }
  if (/%[0-9a-f]{2}/i.test(text)) return { code: 'BASE64_PERCENT_ENCODED', next: percentDecode(text) };
  if (/[\r\n]/.test(text)) return { code: 'BASE64_LINE_BREAKS', next: text.replace(/[\r\n]/g, '') };
  if (/\s/.test(text)) return undoSpaces(text, fits);
  if (/[-_]/.test(text) && /^[\w-]+=*$/.test(text)) {
    return { code: 'BASE64_URLSAFE', next: text.replace(/-/g, '+').replace(/_/g, '/') };
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return { code: 'NOT_BASE64', next: null };
  if (text.length % 4) {
    const bare = text.replace(/={1,2}$/, '');
    return { code: 'BASE64_NO_PADDING', next: bare.length % 4 === 1 ? null : pad(bare) };
  }
  // Base64 of ASCII starts every group of four with A-Z or a-f; a signature does so once in 2^43.
  return /^([A-Za-f]...){43,}$/.test(text)
    ? { code: 'DOUBLE_BASE64', next: Buffer.from(text, 'base64').toString('latin1') }
    : null;
}

function pad(bare: string): string {
  return bare + '='.repeat((4 - (bare.length % 4)) % 4);
}

/** @param fits whether bytes are a signature by the key, where one was given: it decides between two readings */
export function decodeSignature(signature: string, fits: (bytes: Buffer) => boolean): DecodedSignature {
  const problems: EncodingProblem[] = [];
  let text = signature;
  for (let i = 0; i < MAX_ENCODINGS; i++) {
    const undone = undoOne(text, fits);
    if (!undone) {
      const bytes = strictBase64(text);
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
      // The characters that are left over from a cut say nothing by themselves.
      const bytes = strictBase64(next) ?? Buffer.from(text, 'base64');
      return { bytes, problems, text, isEndMissing: true };
    }
    if (next === null || next === text) return { bytes: null, problems, text, isEndMissing: false };
    if (typeof next !== 'string') return { bytes: next, problems, text, isEndMissing: true };
    text = next;
  }
  return { bytes: null, problems, text, isEndMissing: false };
}
