/**
 * Finds named values in pasted text: log lines, dumps of PHP, Python, Java, Go, Ruby and Node, URLs, whole HTTP requests,
 * curl commands. Every reader reads the text once, and its characters are taken from the budget.
 */
import { isJsonObject, parseExactJson } from '../json';
import type { JsonObject } from '../json';
import { DUMP_READERS, GENERAL_READERS, NULL_PROTOTYPE } from './dump-readers';
import type { DumpReader } from './dump-readers';
import type { Values } from './markup-readers';
import type { WorkBudget } from './work-budget';
import { fromBase64, MIN_TEXT_LENGTH, unescapeText, unwrapText } from './unescape';

interface PastedValues {
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

/** A name without its case and separators, in which the naming styles of languages differ. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

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
  // A list first, because its members would be found one by one.
  const list = text.trimStart().startsWith('[') ? parsed(text) : [];
  const whole = list.length ? list : parsed(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  return whole.length ? whole : [...bracedParts(text)].flatMap(parsed);
}

/** JSON texts inside of JSON texts are read this deep. */
const MAX_TEXT_DEPTH = 3;

/** Finds JSON anywhere in the text. The values may be in a member of it, as an object or as text. */
function findJson(text: string, search: TextSearch, depth = 0): JsonObject | null {
  const { isWanted, parse, budget } = search;
  if (!text.includes('{') || depth > MAX_TEXT_DEPTH || !budget.spendCharacters(text.length)) return null;
  const values = parseEmbeddedJson(text, parse);
  for (let level = values; level.length; level = level.flatMap(each => childrenOf(each))) {
    for (const each of level) {
      const values = Array.isArray(each) ? readNamedValues(each) : each;
      if (isJsonObject(values) && isWanted(values)) return values;
      if (typeof each !== 'string' || each.length < MIN_TEXT_LENGTH) continue;
      const text = fromBase64(each);
      const inside = findForm(text, search)?.values ?? findJson(text, search, depth + 1);
      if (inside) return inside;
    }
  }
  return null;
}

/** A list of { name, value } or [name, value], as browsers, proxies and API tools export a form. */
function readNamedValues(list: readonly unknown[]): JsonObject | null {
  const entries = list.map((each): [unknown, unknown] => {
    if (Array.isArray(each) && each.length === 2) return [each[0], each[1]];
    return isJsonObject(each) ? [each.name ?? each.key, each.value] : [null, null];
  });
  return entries.every(([name]) => typeof name === 'string')
    ? (Object.fromEntries(entries) as JsonObject)
    : null;
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

/** Neither blanks nor quotes are in an encoded form; \r\n is what %q of Go and repr of Python print of lines. */
const BETWEEN_TOKENS = /(?:[\s"'`<>“”‘’「」]|\\[rn])+/;
/** What may come right behind a form. */
const BEHIND_FORM = /(?:[,;)\]}]{1,64}|[，。；、！？）】][^&=]{0,200})$/;

/** Finds a form in other text. */
function findForm(text: string, { isWanted, budget }: TextSearch): PastedValues | null {
  if (!budget.spendCharacters(text.length)) return null;
  for (const token of text.split(BETWEEN_TOKENS)) {
    if (!token.includes('&') || !token.includes('=')) continue;
    const query = token.slice(token.indexOf('?') + 1).replace(BEHIND_FORM, '');
    // A log may put a name in front of the form: body=userId=1&…
    const start = /(\w{1,64})=[^=&]*(?:&|$)/.exec(query)?.index ?? 0;
    const values = Object.fromEntries(new URLSearchParams('&' + query.slice(start)));
    if (isWanted(values)) return { values, how: describePlace(text, token) };
  }
  return null;
}

function readDump(text: string, readers: readonly DumpReader[], search: TextSearch): PastedValues | null {
  for (const { how, isLikely, read } of readers) {
    if (!isLikely.test(text)) continue;
    if (!search.budget.spendCharacters(text.length)) return null;
    const values = read(text);
    if (search.isWanted(values)) return { values, how };
  }
  return null;
}

/** A string, also one that never ends, so that no character is looked at twice. */
const STRING = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)`;
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

/**
 * Makes JSON of what is nearly JSON: with commas behind the last member, comments, single quotes, names without quotes, or
 * the blanks of a web page, as in source code and configuration files. Of other text anything may come out.
 */
function toStrictJson(text: string): string {
  const written = text.replace(NOT_JSON, token => {
    if (token.startsWith('"')) return token;
    if (/^['`]/.test(token)) return JSON.stringify(unescapeText(token.slice(1, -1)));
    return WORDS[token] ?? (/^[A-Za-z_$]/.test(token) ? `"${token}"` : ' ');
  });
  return written.replace(LAST_COMMA, token => (token === ',' ? '' : token));
}

function readNearlyJson(text: string, search: TextSearch): PastedValues | null {
  if (!text.includes('{') || !search.budget.spendCharacters(text.length)) return null;
  const strict = toStrictJson(text);
  // Text that needs no repair was read as JSON before.
  const values = strict === text ? null : findJson(strict, search);
  return values && { values, how: 'text that is nearly JSON' };
}

/** An object in a member of another one, as Node and Python print it. */
const NESTED = /\{[^{}]*\w['"]?: (?:\[\w{1,64}: null prototype\] )?\{/;

/** Tries every reader. */
function readText(text: string, search: TextSearch): PastedValues | null {
  const json = findJson(text, search);
  if (json) return { values: json, how: text.trim().startsWith('{') ? 'JSON' : 'a log line with JSON' };
  // No string of JSON holds a line break, so these came later.
  const unbroken = text.replace(/\r?\n/g, '');
  const joined = unbroken === text ? null : findJson(unbroken, search);
  if (joined) return { values: joined, how: 'JSON broken into lines' };
  return (
    findForm(text, search) ??
    // The members of an object inside of another one are its own.
    (NESTED.test(text) ? readNearlyJson(text.replace(NULL_PROTOTYPE, ''), search) : null) ??
    readDump(text, DUMP_READERS, search) ??
    readNearlyJson(text, search) ??
    readDump(text, GENERAL_READERS, search)
  );
}

/**
 * Finds named values in pasted text: tries every reader, also with the texts that are wrapped in it.
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
  const found = readText(text, search);
  if (found) return found;
  for (const { how, text: inside } of unwrapText(text)) {
    if (!budget.spendCharacters(0)) return null;
    const values = readText(inside, search)?.values;
    if (values) return { values, how };
  }
  return null;
}

/** A string inside of JSON, which may hold &, or the & in front of a parameter. */
const JSON_STRING_OR_SEPARATOR = new RegExp(String.raw`(?<=[{[:,] ?)${STRING}|&(?=\w{1,64}=)`, 'g');

/**
 * Reads a form that was percent-decoded before, as in a log: + and % stay as they are.
 *
 * @returns nothing when a name is there twice: then it can be read in two ways
 */
export function readDecodedForm(text: string): Values {
  const values: Values = {};
  const ends = [...text.matchAll(JSON_STRING_OR_SEPARATOR)].filter(([found]) => found === '&');
  const starts = [0, ...ends.map(({ index }) => index + 1)];
  for (const [i, start] of starts.entries()) {
    const pair = text.slice(start, ends[i]?.index);
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const name = pair.slice(0, equals);
    if (Object.hasOwn(values, name)) return {};
    values[name] = pair.slice(equals + 1);
  }
  return values;
}

/** The rest of a line from its first parameter on, read as a form that was decoded before it was logged. */
export function readDecodedLine(text: string, names: readonly string[]): Values {
  const line = text.split(/\r?\n/).find(each => each.includes('rsaSign=')) ?? '';
  const starts = names.map(name => line.search(new RegExp(`\\b${name}=`))).filter(at => at >= 0);
  if (!starts.length) return {};
  const start = Math.min(...starts);
  const form = line.slice(start);
  const [quote] = /["'`]$/.exec(line.slice(0, start)) ?? [];
  const end = quote === undefined ? -1 : form.search(new RegExp(`${quote}(?=\\s|$)`));
  return readDecodedForm((end < 0 ? form : form.slice(0, end)).trim());
}

/** What Java prints for an array: getParameterMap() was logged, without the values. */
export const ARRAY_REFERENCE = /^\[Ljava\.lang\.String;@/;
