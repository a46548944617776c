/**
 * Makes JSON of what is nearly JSON: with commas behind the last member, comments, single quotes, names without quotes, or
 * the blanks of a web page, as in source code and configuration files.
 */

/** Escapes of JavaScript, Python, PHP and Ruby. A run of \xff is bytes of UTF-8, or else characters. */
export function unescapeText(text: string): string {
  return text.replace(
    /\\((?:x[0-9a-f]{2})(?:\\x[0-9a-f]{2})*|u[0-9a-f]{4}|[^])/gi,
    (_whole, escape: string) => {
      if (escape.length === 5) return String.fromCharCode(parseInt(escape.slice(1), 16));
      if (escape.length > 2) return decodeBytes(Buffer.from(escape.replace(/\\?x/gi, ''), 'hex'));
      return { n: '\n', r: '\r', t: '\t' }[escape] ?? escape;
    },
  );
}

function decodeBytes(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** A string, also one that never ends, so that no character is looked at twice. */
const STRING = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`;
const SINGLE_QUOTED = STRING.replaceAll('"', "'");
const COMMENT = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const NAME = String.raw`(?<![\w$])[A-Za-z_$][\w$]{0,63}(?=\s{0,99}:)`;
const BLANK = String.raw`[\u00a0\u200b\u3000\ufeff]`;

const NOT_JSON = new RegExp([STRING, SINGLE_QUOTED, COMMENT, NAME, BLANK].join('|'), 'g');
const LAST_COMMA = new RegExp(`${STRING}|,(?=\\s{0,999}[}\\]])`, 'g');

/** Strict JSON for text that is nearly JSON; of other text anything may come out. */
export function toStrictJson(text: string): string {
  const written = text.replace(NOT_JSON, token => {
    if (token.startsWith('"')) return token;
    if (token.startsWith("'")) return JSON.stringify(unescapeText(token.slice(1, -1)));
    return /^[A-Za-z_$]/.test(token) ? `"${token}"` : ' ';
  });
  return written.replace(LAST_COMMA, token => (token === ',' ? '' : token));
}
