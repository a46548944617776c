/**
 * Makes JSON of what is nearly JSON: with commas behind the last member, comments, single quotes, names without quotes, or
 * the blanks of a web page, as in source code and configuration files.
 */
import { unescapeText } from './unescape';

/** A string, also one that never ends, so that no character is looked at twice. */
export const STRING = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`;
const SINGLE_QUOTED = STRING.replaceAll('"', "'");
/** Node writes a text with both other quotes in it so. */
const BACKQUOTED = STRING.replaceAll('"', '`');
const COMMENT = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const NAME = String.raw`(?<![\w$])[A-Za-z_$][\w$]{0,63}(?=\s{0,99}:)`;
const BLANK = String.raw`[\u00a0\u200b\u3000\ufeff]`;

/** Of Python. */
const WORDS: Record<string, string> = { True: 'true', False: 'false', None: 'null' };
const WORD = String.raw`\b(?:${Object.keys(WORDS).join('|')})\b`;

const NOT_JSON = new RegExp([STRING, SINGLE_QUOTED, BACKQUOTED, COMMENT, NAME, WORD, BLANK].join('|'), 'g');
const LAST_COMMA = new RegExp(`${STRING}|,(?=\\s{0,999}[}\\]])`, 'g');

/** Strict JSON for text that is nearly JSON; of other text anything may come out. */
export function toStrictJson(text: string): string {
  const written = text.replace(NOT_JSON, token => {
    if (token.startsWith('"')) return token;
    if (/^['`]/.test(token)) return JSON.stringify(unescapeText(token.slice(1, -1)));
    return WORDS[token] ?? (/^[A-Za-z_$]/.test(token) ? `"${token}"` : ' ');
  });
  return written.replace(LAST_COMMA, token => (token === ',' ? '' : token));
}
