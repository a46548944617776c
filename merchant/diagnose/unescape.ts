/**
 * Undoes the escaping of whole texts: for HTML, and in the strings of programming languages.
 */

/** Names that filters write for the characters of markup, quotes and base64; others are written as numbers. */
const ENTITIES: Record<string, string> = {
  quot: '"',
  apos: "'",
  sol: '/',
  plus: '+',
  equals: '=',
  grave: '`',
  lt: '<',
  gt: '>',
  amp: '&',
};
const ENTITY = new RegExp(`&(?:#(\\d{1,9})|#x([0-9a-f]{1,9})|(${Object.keys(ENTITIES).join('|')}));`, 'gi');

/** Undoes escaping for HTML and XML, once. */
export function unescapeHtml(text: string): string {
  return text.replace(ENTITY, (entity: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

/** Escapes of JavaScript, Python, PHP and Ruby. A run of \xff is bytes of UTF-8, or else characters. */
export function unescapeText(text: string): string {
  return text.replace(
    /\\((?:x[0-9a-f]{2})(?:\\x[0-9a-f]{2})*|u[0-9a-f]{4}|[^])/gi,
    (_whole, escape: string) => {
      if (escape.length === 5) return String.fromCharCode(parseInt(escape.slice(1), 16));
      if (escape.length > 2) return decodeBytes(escape);
      return { n: '\n', r: '\r', t: '\t' }[escape] ?? escape;
    },
  );
}

/** Colours of a terminal, as in a log of Node. */
const COLOUR = new RegExp(String.raw`${'\u001b'}\[\d{1,3}(?:;\d{1,3}){0,4}m`, 'g');
/** Where they were copied, the escape character may be lost. Each colour is switched off again, which a length of [10m] is not. */
const COLOUR_WITHOUT_ESCAPE = /\[\d{1,3}(?:;\d{1,3}){0,4}m([^[]*)\[(?:0|39|22)m/g;

/** Undoes what nginx escapes in its log, what Chrome escapes in a request that is copied for cmd, and colours. */
export function unescapeLine(text: string): string {
  const plain = text.replace(COLOUR, '').replace(COLOUR_WITHOUT_ESCAPE, '$1');
  const line = /^\s*curl(?:\.exe)? \^"/.test(plain) ? plain.replace(/\^([^])/g, '$1') : plain;
  // nginx escapes quotes, backslashes, and what is beyond ASCII, so there is no other backslash in its log.
  const isLogged = line.includes('\\x22') && !/\\(?!x[0-9a-f]{2})/i.test(line);
  return isLogged ? line.replace(/(?:\\x[0-9a-f]{2})+/gi, decodeBytes) : line;
}

/** @param escapes as in \xe5\x95\x86 */
function decodeBytes(escapes: string): string {
  const bytes = Buffer.from(escapes.replace(/\\?x/gi, ''), 'hex');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
