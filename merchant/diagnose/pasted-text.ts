/**
 * Finds named values in pasted text: log lines, dumps of PHP, Python, Java, Go, Ruby and Node, URLs, whole HTTP requests,
 * curl commands. Every reader reads the text once, and its characters are taken from the budget.
 */
import { isJsonObject, parseExactJson } from '../json';
import type { JsonObject } from '../json';
import type { WorkBudget } from './work-budget';

export interface PastedValues {
  values: JsonObject;
  /** the kind of text that they were found in */
  how: string;
}

/** Which values are searched for, and what the search may cost. */
interface TextSearch {
  isWanted: (values: JsonObject) => boolean;
  /** reads JSON */
  parse: (json: string) => unknown;
  budget: WorkBudget;
}

type Values = Record<string, string>;
type Reader = (text: string) => Values;

const unescape = (text: string): string =>
  text.replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (_whole, escape: string) => {
    if (escape.length > 1) return String.fromCharCode(parseInt(escape.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t' }[escape] ?? escape;
  });

/** Reads entries by a pattern with the groups: name, value in quotes, bare value. */
function entryReader(pattern: RegExp): Reader {
  return text => {
    const values: Values = {};
    for (const [, name = '', quoted, doubleQuoted, bare = ''] of text.matchAll(pattern)) {
      const inQuotes = quoted ?? doubleQuoted;
      values[name] = inQuotes === undefined ? bare.replace(/^(None|null|nil|NULL)$/, '') : unescape(inQuotes);
    }
    return values;
  };
}

const QUOTED = String.raw`(?:'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"|(-?[\w.]+))`;
const NAME = String.raw`(\w{1,64})`;

/** Splits {a=b, c=d}: values may hold commas and equal signs. */
function readJavaMap(text: string): Values {
  const inside = text.slice(text.indexOf('{') + 1, text.lastIndexOf('}'));
  const values: Values = {};
  for (const entry of inside.split(/, (?=\w{1,64}=)/)) {
    const equals = entry.indexOf('=');
    if (equals > 0) values[entry.slice(0, equals).trim()] = entry.slice(equals + 1);
  }
  return values;
}

/** var_dump writes each value on a line of its own, without escapes. */
function readVarDump(text: string): Values {
  const values: Values = {};
  const entry = /\["(\w{1,64})"\]\s?=>\s{0,99}(?:string\(\d{1,9}\) "([^\n]*)"|\w{1,9}\((-?[\w.]{1,32})\))/g;
  for (const [, name = '', quoted, bare] of text.matchAll(entry)) values[name] = quoted ?? bare ?? '';
  return values;
}

/** map[a:[b] c:[d]] of url.Values, or map[a:b c:d]. */
function readGoMap(text: string): Values {
  const inside = text.slice(text.indexOf('map[') + 'map['.length, text.lastIndexOf(']'));
  const values: Values = {};
  for (const entry of inside.split(/ (?=\w{1,64}:)/)) {
    const colon = entry.indexOf(':');
    if (colon > 0) values[entry.slice(0, colon)] = entry.slice(colon + 1).replace(/^\[([^]*)\]$/, '$1');
  }
  return values;
}

/** print_r writes each value up to the end of its line; PHP has no escape there. */
const readPrintR = (text: string): Values =>
  Object.fromEntries(
    [...text.matchAll(/\[(\w{1,64})\] => ?([^\n\r]*)/g)].map(([, name, value]) => [name, value]),
  );

/** One parameter on each line: name=value, name: value, name<tab>value. */
function readLines(text: string): Values {
  const values: Values = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^[\s"']{0,16}(\w{1,64})["']?(?:=|: ?|\t)(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      values[name] = value
        .trim()
        .replace(/,$/, '')
        .replace(/^(["'])(.*)\1$/, '$2');
    }
  }
  return values;
}

/** Node prints these words in front of the objects of querystring, which Express uses. */
const NULL_PROTOTYPE = /\[\w{1,64}: null prototype\]/g;

const readNodeObject = entryReader(new RegExp(`\\b${NAME}: ${QUOTED}`, 'g'));

const DUMPS: [how: string, isLikely: RegExp, read: Reader][] = [
  ['print_r of PHP', /\] => /, readPrintR],
  ['var_dump of PHP', /\["\w+"\]\s?=>/, readVarDump],
  ['var_export of PHP', /'\w+' => /, entryReader(new RegExp(`'${NAME}' => ${QUOTED}`, 'g'))],
  ['a hash of Ruby', /"\w+" ?=> ?/, entryReader(new RegExp(`"${NAME}" ?=> ?${QUOTED}`, 'g'))],
  [
    'a list of pairs of Python',
    /\('\w+', ?['"]/,
    entryReader(new RegExp(String.raw`\('${NAME}', ?${QUOTED}\)`, 'g')),
  ],
  [
    'a dict of Python',
    /'\w+': ?\[?['"\w]/,
    entryReader(new RegExp(String.raw`'${NAME}': ?\[?${QUOTED}`, 'g')),
  ],
  ['a map of Go', /\bmap\[/, readGoMap],
  ['an object as Node prints it', /\b\w+: ['"]/, text => readNodeObject(text.replace(NULL_PROTOTYPE, ''))],
  ['a map of Java', /\{\w{1,64}=/, readJavaMap],
  ['lines of names and values', /\n/, readLines],
];

/** The outermost parts in braces. A log line may contain several. */
function* bracedParts(text: string): Generator<string> {
  let depth = 0;
  let start = 0;
  let isInString = false;
  for (let i = text.indexOf('{'); i >= 0 && i < text.length; i++) {
    const character = text[i];
    if (isInString) {
      if (character === '\\') i++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = depth > 0;
    else if (character === '{' && depth++ === 0) start = i;
    else if (character === '}' && depth > 0 && --depth === 0) yield text.slice(start, i + 1);
  }
}

/** Parses the text from the first brace to the last one, or else each part in braces by itself. */
function parseEmbeddedJson(text: string, parse: TextSearch['parse']): unknown[] {
  const parsed = (json: string): unknown[] => {
    try {
      return [parse(json)];
    } catch {
      return [];
    }
  };
  const whole = parsed(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  return whole.length ? whole : [...bracedParts(text)].flatMap(parsed);
}

/** JSON texts inside of JSON texts are read this deep. */
const MAX_TEXT_DEPTH = 3;
/** Characters; a shorter text inside of JSON is a value, not a body. */
const MIN_TEXT_LENGTH = 40;

/** Finds JSON anywhere in the text. The values may be in a member of it, as an object or as text. */
function findJson(text: string, search: TextSearch, depth = 0): JsonObject | null {
  const { isWanted, parse, budget } = search;
  if (!text.includes('{') || depth > MAX_TEXT_DEPTH || !budget.spendCharacters(text.length)) return null;
  const values = parseEmbeddedJson(text, parse);
  for (let level = values; level.length; level = level.flatMap(each => childrenOf(each))) {
    for (const each of level) {
      if (isJsonObject(each) && isWanted(each)) return each;
      if (typeof each !== 'string' || each.length < MIN_TEXT_LENGTH) continue;
      const inside = findForm(each, search)?.values ?? findJson(each, search, depth + 1);
      if (inside) return inside;
    }
  }
  return null;
}

function childrenOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function describePlace(text: string, token: string): string {
  if (/^\s*curl\s/.test(text)) return 'a curl command';
  if (/^[A-Z]{3,7} \S+ HTTP\/\d/m.test(text) || /^(host|content-type|user-agent): /im.test(text)) {
    return 'an HTTP request with its headers';
  }
  return /^\w+:\/\/|^\/|\?/.test(token) ? 'a URL' : 'a log line';
}

/** Finds a form in other text. An encoded form contains neither blanks nor quotes. */
function findForm(text: string, { isWanted, budget }: TextSearch): PastedValues | null {
  if (!budget.spendCharacters(text.length)) return null;
  for (const token of text.split(/[\s"'`<>]+/)) {
    if (!token.includes('&') || !token.includes('=')) continue;
    const query = token.slice(token.indexOf('?') + 1).replace(/[,;)\]}]+$/, '');
    // A log may put a name in front of the form: body=userId=1&…
    const start = /(\w{1,64})=[^=&]*(?:&|$)/.exec(query)?.index ?? 0;
    const values = Object.fromEntries(new URLSearchParams('&' + query.slice(start)));
    if (isWanted(values)) return { values, how: describePlace(text, token) };
  }
  return null;
}

/**
 * Finds named values in pasted text: tries every reader.
 *
 * @param isWanted returns true for the values that are searched for
 * @param parse reads JSON; by default large numbers are kept as text
 * @returns null when no reader finds them, or the budget is used up
 */
export function readPastedText(
  text: string,
  isWanted: TextSearch['isWanted'],
  budget: WorkBudget,
  parse: TextSearch['parse'] = parseExactJson,
): PastedValues | null {
  const search: TextSearch = { isWanted, parse, budget };
  const json = findJson(text, search);
  if (json) return { values: json, how: text.trim().startsWith('{') ? 'JSON' : 'a log line with JSON' };
  const form = findForm(text, search);
  if (form) return form;
  for (const [how, isLikely, read] of DUMPS) {
    if (!budget.spendCharacters(text.length)) return null;
    const values = isLikely.test(text) ? read(text) : {};
    if (isWanted(values)) return { values, how };
  }
  return null;
}

/** Reads a form that was percent-decoded before, as in a log: + and % stay as they are. */
export function readDecodedForm(text: string): Values {
  const values: Values = {};
  for (const pair of text.split(/&(?=\w{1,64}=)/)) {
    const equals = pair.indexOf('=');
    if (equals > 0) values[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return values;
}
