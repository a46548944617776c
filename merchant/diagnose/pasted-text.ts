/**
 * Finds named values in pasted text: log lines, dumps of PHP, Python, Java, Go, Ruby and Node, URLs, whole HTTP requests,
 * curl commands. Every reader reads the text once, and its characters are taken from the budget.
 */
import { isJsonObject, parseExactJson } from '../json';
import type { JsonObject } from '../json';
import type { WorkBudget } from './work-budget';

export interface Pasted {
  values: JsonObject;
  /** the kind of text that they were found in */
  how: string;
}

type Accept = (values: JsonObject) => boolean;
type Values = Record<string, string>;
type Reader = (text: string) => Values;
type Parse = (json: string) => unknown;

const unescape = (text: string): string =>
  text.replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (_whole, escape: string) => {
    if (escape.length > 1) return String.fromCharCode(parseInt(escape.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t' }[escape] ?? escape;
  });

/** Reads entries by a pattern with the groups: name, value in quotes, bare value. */
function entries(pattern: RegExp): Reader {
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

const readNodeObject = entries(new RegExp(`\\b${NAME}: ${QUOTED}`, 'g'));

const DUMPS: [how: string, isLikely: RegExp, read: Reader][] = [
  ['print_r of PHP', /\] => /, readPrintR],
  ['var_dump of PHP', /\["\w+"\]\s?=>/, readVarDump],
  ['var_export of PHP', /'\w+' => /, entries(new RegExp(`'${NAME}' => ${QUOTED}`, 'g'))],
  ['a hash of Ruby', /"\w+" ?=> ?/, entries(new RegExp(`"${NAME}" ?=> ?${QUOTED}`, 'g'))],
  [
    'a list of pairs of Python',
    /\('\w+', ?['"]/,
    entries(new RegExp(String.raw`\('${NAME}', ?${QUOTED}\)`, 'g')),
  ],
  ['a dict of Python', /'\w+': ?\[?['"\w]/, entries(new RegExp(String.raw`'${NAME}': ?\[?${QUOTED}`, 'g'))],
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
function parseJsonInside(text: string, parse: Parse): unknown[] {
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

/** Finds JSON anywhere in the text. The values may be in a member of it, as an object or as text. */
function readJsonInside(
  text: string,
  accept: Accept,
  budget: WorkBudget,
  parse: Parse,
  depth = 0,
): JsonObject | null {
  if (!text.includes('{') || depth > 3 || !budget.spendCharacters(text.length)) return null;
  const values = parseJsonInside(text, parse);
  for (let level = values; level.length; level = level.flatMap(each => childrenOf(each))) {
    for (const each of level) {
      if (isJsonObject(each) && accept(each)) return each;
      if (typeof each !== 'string' || each.length < 40) continue;
      const inside =
        readForm(each, accept, budget)?.values ?? readJsonInside(each, accept, budget, parse, depth + 1);
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
function readForm(text: string, accept: Accept, budget: WorkBudget): Pasted | null {
  if (!budget.spendCharacters(text.length)) return null;
  for (const token of text.split(/[\s"'`<>]+/)) {
    if (!token.includes('&') || !token.includes('=')) continue;
    const query = token.slice(token.indexOf('?') + 1).replace(/[,;)\]}]+$/, '');
    // A log may put a name in front of the form: body=userId=1&…
    const start = /(\w{1,64})=[^=&]*(?:&|$)/.exec(query)?.index ?? 0;
    const values = Object.fromEntries(new URLSearchParams('&' + query.slice(start)));
    if (accept(values)) return { values, how: describePlace(text, token) };
  }
  return null;
}

/**
 * Tries every reader.
 *
 * @param accept returns true for the values that are wanted
 * @param parse reads JSON; large numbers are kept as text without it
 * @returns null when no reader finds them, or the budget is used up
 */
export function readPasted(
  text: string,
  accept: Accept,
  budget: WorkBudget,
  parse: Parse = parseExactJson,
): Pasted | null {
  const json = readJsonInside(text, accept, budget, parse);
  if (json) return { values: json, how: text.trim().startsWith('{') ? 'JSON' : 'a log line with JSON' };
  const form = readForm(text, accept, budget);
  if (form) return form;
  for (const [how, isLikely, read] of DUMPS) {
    if (!budget.spendCharacters(text.length)) return null;
    const values = isLikely.test(text) ? read(text) : {};
    if (accept(values)) return { values, how };
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
