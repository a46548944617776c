/**
 * Undoes what tools do to whole texts: escaping for HTML, in the strings of programming languages and in logs, base64,
 * percent-encoding.
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

/** A text of bash with the escapes of C, as Chrome copies one that holds a quote or a line break. */
const BASH_TEXT = /\$'((?:[^'\\]|\\[^])*)'/g;

/** Mail: each = is =3D, and long lines end with =. */
function decodeQuotedPrintable(text: string): string {
  const joined = text.replace(/=\r?\n/g, '');
  if (joined === text || !joined.includes('=3D')) return text;
  return joined.replace(/(?:=[0-9A-F]{2})+/g, bytes => decodeBytes(bytes.replaceAll('=', 'x')));
}

/** A text that YAML has in the lines below its name, which are further to the right. */
const BLOCK = /^( {0,16})(\w{1,64}): [>|][+-]?((?:\r?\n\1 +\S.*)+)/gm;

function unfoldYaml(text: string): string {
  return text.replace(BLOCK, (_whole, indent: string, name: string, block: string) => {
    return `${indent}${name}: ${block.trim().replace(/\s*\n\s*/g, ' ')}`;
  });
}

/**
 * Undoes what nginx and rsyslog escape in a log, what Chrome escapes in a request that is copied for a shell, what mail
 * escapes, lines that YAML folds, and colours.
 */
export function unescapeLine(text: string): string {
  const plain = decodeQuotedPrintable(
    unfoldYaml(text.replace(COLOUR, '').replace(COLOUR_WITHOUT_ESCAPE, '$1')),
  );
  if (!plain.includes('\n') && plain.includes('#012')) return plain.replaceAll('#012', '\n');
  if (/^\s*curl\s/.test(plain) && plain.includes("$'")) {
    return plain.replace(BASH_TEXT, (_whole, text: string) => `'${unescapeText(text)}'`);
  }
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

/** Characters; a shorter text inside of another one is a value, not a body. */
export const MIN_TEXT_LENGTH = 40;

/** What a tool does to a whole text: gateways pass bodies as base64, logs of logs escape quotes, web pages escape HTML. */
interface Wrapping {
  /** the kind of text, as a finding names it */
  how: string;
  /** @returns the text inside; the same text when it is not wrapped this way */
  unwrap: (text: string) => string;
}

export function fromBase64(text: string): string {
  const bare = text.replace(/\s/g, '');
  if (bare.length < MIN_TEXT_LENGTH || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return text;
  const inside = Buffer.from(bare, 'base64').toString();
  return /[={]/.test(inside) && !inside.includes('\ufffd') ? inside : text;
}

function percentDecode(text: string): string {
  if (!/^[\w.%~!*'()+-]+$/.test(text.trim()) || !/%(?:25)?(?:3D|7B)/i.test(text)) return text;
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return text;
  }
}

/** A page passes an order to another one as JSON in one parameter, which some encode twice. */
const JSON_PARAMETER = /=(%(?:25)?7B[\w.~!*'()%+-]*)/i;

function jsonParameter(text: string): string {
  const [, value = ''] = JSON_PARAMETER.exec(text) ?? [];
  return value ? percentDecode(percentDecode(value)) : text;
}

const OPTIONAL = /\b(?:Optional|Some)\(("(?:[^"\\]|\\[^])*"|-?\w{1,64})\)/g;

const WRAPPINGS: Wrapping[] = [
  { how: 'a text that was percent-encoded as a whole', unwrap: percentDecode },
  { how: 'JSON in a parameter of a URL', unwrap: jsonParameter },
  { how: 'base64, as API gateways pass a body (isBase64Encoded)', unwrap: fromBase64 },
  {
    how: 'JSON inside of a text, its quotes escaped',
    unwrap: text => (/^[^{]*\{\s*\\"/.test(text) ? text.replace(/\\(["\\/])/g, '$1') : text),
  },
  {
    how: 'values with their types, as Swift, Rust and Go print them',
    unwrap: text => text.replace(OPTIONAL, '$1').replace(/\(string\) (?:\(len=\d{1,6}\) )?(?=")/g, ''),
  },
  {
    how: 'text with the quotes of a word processor',
    unwrap: text => text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'"),
  },
  {
    how: 'text that was escaped for HTML',
    unwrap: text => (/&(?:amp|quot|#\w{1,5});/.test(text) ? unescapeHtml(text) : text),
  },
  {
    how: 'a web page',
    unwrap: text =>
      /<\/(pre|font|small|span|div|td)>/.test(text)
        ? unescapeHtml(text.replace(/<[^<>]{0,400}>/g, ''))
        : text,
  },
];

/** The texts inside of a text, by the wrappings that fit it. */
export function* unwrapText(text: string): Generator<{ how: string; text: string }> {
  for (const { how, unwrap } of WRAPPINGS) {
    const inside = unwrap(text);
    if (inside !== text) yield { how, text: inside };
  }
}
