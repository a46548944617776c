/**
 * Undoes the escaping of whole texts: for HTML, and in the strings of programming languages.
 */

/** Entities that filters write for the characters of markup, quotes and base64. */
const ENTITIES: [RegExp, string][] = [
  [/&quot;|&#0*34;|&#x0*22;/gi, '"'],
  [/&apos;|&#0*39;|&#x0*27;/gi, "'"],
  [/&#0*47;|&#x0*2f;|&sol;/gi, '/'],
  [/&#0*43;|&#x0*2b;|&plus;/gi, '+'],
  [/&#0*61;|&#x0*3d;|&equals;/gi, '='],
  [/&#0*96;|&#x0*60;/gi, '`'],
  [/&lt;|&#0*60;|&#x0*3c;/gi, '<'],
  [/&gt;|&#0*62;|&#x0*3e;/gi, '>'],
  // Last, so that what is escaped twice is unescaped once.
  [/&amp;|&#0*38;|&#x0*26;/gi, '&'],
];

/** Undoes escaping for HTML, once. */
export function unescapeHtml(text: string): string {
  return ENTITIES.reduce((rest, [entity, character]) => rest.replace(entity, character), text);
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

/** Undoes what nginx escapes in its log, and what Chrome escapes in a request that is copied for cmd. */
export function unescapeLine(text: string): string {
  const line = /^\s*curl(?:\.exe)? \^"/.test(text) ? text.replace(/\^([^])/g, '$1') : text;
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
