import { gbk, latin1, twiceUtf8, utf16 } from './charsets';
import { onText } from './search';
import type { Way } from './search';

const CHARSETS: [charset: string, encode: (text: string) => Buffer, asciiAlike: boolean][] = [
  ['GBK', gbk, true],
  ['ISO-8859-1', latin1, true],
  ['UTF-8 twice', twiceUtf8, true],
  ['UTF-16LE', text => utf16(text, 'LE'), false],
  ['UTF-16BE', text => utf16(text, 'BE'), false],
];

/** Other charsets than UTF-8; most of them differ for non-ASCII text only. */
export const charsets: Way[] = CHARSETS.map(([charset, encode, asciiAlike]) =>
  onText({ code: 'CHARSET_NOT_UTF8', evidence: { charset } }, text =>
    asciiAlike && /^\p{ASCII}*$/u.test(text) ? null : encode(text),
  ),
);
