/**
 * The charsets that Chinese backends use by mistake: for encoding the text that they sign, and for decoding what they
 * receive. Node can only decode GBK and windows-1252, so the tables for encoding are made by decoding every code.
 */
import { textMistake } from '../search';
import type { Mistake } from '../search';

type Codes = ReadonlyMap<string, readonly number[]>;

let gbkTable: Codes | undefined;

function gbkCodes(): Codes {
  if (gbkTable) return gbkTable;
  const table = new Map<string, [number, number]>();
  const codes: [number, number][] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) codes.push([lead, trail]);
  }
  // Decodes all codes in one call, since 24,000 calls take a tenth of a second. No code contains a line break.
  const bytes = Buffer.from(codes.flatMap(code => [...code, 0x0a]));
  const characters = new TextDecoder('gbk').decode(bytes).split('\n');
  characters.forEach((character, index) => {
    const code = codes[index];
    if (code && character.length === 1 && character !== '\uFFFD' && !table.has(character)) {
      table.set(character, code);
    }
  });
  return (gbkTable = table);
}

/** GBK bytes; ? for characters that GBK lacks, as encoders write. */
function gbk(text: string): Buffer {
  const codes = gbkCodes();
  return Buffer.from(
    [...text].flatMap(character => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x80 ? [code] : (codes.get(character) ?? [0x3f]);
    }),
  );
}

/** ISO-8859-1 as Java writes it: ? for all other characters. */
function latin1(text: string): Buffer {
  return Buffer.from([...text].map(character => (character > '\u00ff' ? '?' : character)).join(''), 'latin1');
}

function utf16(text: string, order: 'LE' | 'BE'): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

/** UTF-8 that was taken for ISO-8859-1 and encoded once more. */
function doubleUtf8(text: string): Buffer {
  return Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8');
}

const CHARSETS: [charset: string, encode: (text: string) => Buffer, asciiAlike: boolean][] = [
  ['GBK', gbk, true],
  ['ISO-8859-1', latin1, true],
  ['UTF-8 twice', doubleUtf8, true],
  ['UTF-16LE', text => utf16(text, 'LE'), false],
  ['UTF-16BE', text => utf16(text, 'BE'), false],
];

/** Charsets other than UTF-8; most of them differ for non-ASCII text only. */
export const charsetMistakes: Mistake[] = CHARSETS.map(([charset, encode, asciiAlike]) =>
  textMistake({ code: 'CHARSET_NOT_UTF8', evidence: { charset } }, text =>
    asciiAlike && /^\p{ASCII}*$/u.test(text) ? null : encode(text),
  ),
);

const single = (characters: string): Codes =>
  new Map([...characters].map((character, code) => [character, [code]]));
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, code) => code));

const DECODERS: [charset: string, codes: () => Codes][] = [
  ['ISO-8859-1', () => single(ALL_BYTES.toString('latin1'))],
  ['windows-1252', () => single(new TextDecoder('windows-1252').decode(ALL_BYTES))],
  ['GBK', gbkCodes],
];

/** The text whose UTF-8 was decoded with these codes; null when it cannot be. */
function undoDecoding(text: string, codes: Codes): string | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0) < 0x80 ? [character.charCodeAt(0)] : codes.get(character);
    if (!code) return null;
    bytes.push(...code);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes));
  } catch {
    return null;
  }
}

/**
 * The texts that a garbled text may have been: its bytes in another charset are UTF-8. Other text practically never is:
 * the result is empty.
 */
export function ungarble(text: string): { charset: string; text: string }[] {
  if (/^\p{ASCII}*$/u.test(text)) return [];
  const found = DECODERS.map(([charset, codes]) => ({ charset, text: undoDecoding(text, codes()) }));
  return found.filter((each): each is { charset: string; text: string } => each.text !== null);
}
