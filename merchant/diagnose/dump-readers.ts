/**
 * Reads the dumps that languages and tools print of named values. Every reader reads the text once.
 */
import { unescapeText } from './unescape';

export type Values = Record<string, string>;

export interface DumpReader {
  /** the kind of text, as a finding names it */
  how: string;
  isLikely: RegExp;
  read: (text: string) => Values;
}

const EMPTY_WORDS = /^(None|null|nil|NULL)$/;

/** Reads entries by a pattern with the groups: name, value in single quotes, in double quotes, bare value. */
function entryReader(pattern: RegExp): DumpReader['read'] {
  return text => {
    const values: Values = {};
    for (const [, name = '', quoted, doubleQuoted, bare = ''] of text.matchAll(pattern)) {
      const inQuotes = quoted ?? doubleQuoted;
      values[name] = inQuotes === undefined ? bare.replace(EMPTY_WORDS, '') : unescapeText(inQuotes);
    }
    return values;
  };
}

/** Python writes b in front of bytes. */
const QUOTED = String.raw`(?:b?'((?:[^'\\]|\\[^])*)'|b?"((?:[^"\\]|\\[^])*)"|(-?[\w.]+)(?![\w.'"]))`;
const NAME = String.raw`(\w{1,64})`;

/** Reads each line by a pattern with the groups: name, text up to the end of the line, bare value. Nothing is escaped. */
function lineReader(pattern: RegExp): DumpReader['read'] {
  return text => {
    const values: Values = {};
    for (const [, name = '', inQuotes, bare = ''] of text.matchAll(pattern)) {
      values[name] = inQuotes ?? bare.replace(EMPTY_WORDS, '');
    }
    return values;
  };
}

const BRACKETS: Record<string, string> = { '{': '}', '(': ')', '[': ']' };
/** Brackets that are tried, because a log line may begin with others. */
const MAX_BRACKETS = 4;

/** Splits a=b, c=d: values may hold commas and equal signs. */
function readEntries(inside: string): Values {
  const values: Values = {};
  for (const entry of inside.split(/, ?(?=\w{1,64} ?=)/)) {
    const equals = entry.indexOf('=');
    if (equals > 0) values[entry.slice(0, equals).trim()] = entry.slice(equals + 1).trim();
  }
  const all = Object.entries(values);
  // A MultiValueMap has a list of each parameter; the toString of IntelliJ has quotes around text.
  const areLists = all.every(([, value]) => /^\[[^]*\]$/.test(value));
  return Object.fromEntries(
    all.map(([name, value]) => [name, areLists ? value.slice(1, -1) : value.replace(/^'([^]*)'$/, '$1')]),
  );
}

/** The beginning of an object inside of another one, as in Result(code=0, data=Order(a=b)). */
const NESTED_OBJECT = /(?<=[{([,] ?\w{1,64} ?= ?)[\w.$]{0,64}[{([] ?(?=\w{1,64} ?=)/;

/** Where the bracket before `start` is closed. */
function endOfBrackets(text: string, start: number): number {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if (/[{([]/.test(text.charAt(i))) depth++;
    else if (/[})\]]/.test(text.charAt(i)) && --depth === 0) return i;
  }
  return text.length;
}

/** {a=b, c=d} of a map, Name(a=b, c=d) of an object: the one with the most members. */
function readJavaObject(text: string): Values {
  let found: Values = {};
  const hasNested = NESTED_OBJECT.test(text);
  const starts = text.matchAll(/[{([] ?(?=\w{1,64} ?=)/g);
  for (let count = 0; count < MAX_BRACKETS; count++) {
    const start = starts.next().value;
    if (!start) break;
    const from = start.index + start[0].length;
    // A value may hold a bracket that nothing closes, so only nested objects are counted by their brackets.
    const end = hasNested ? endOfBrackets(text, from) : text.lastIndexOf(BRACKETS[start[0].charAt(0)] ?? '');
    let inside = text.slice(start.index, end);
    const objects: string[] = [];
    for (let removed = 0; hasNested && removed < MAX_BRACKETS; removed++) {
      const nested = NESTED_OBJECT.exec(inside);
      if (!nested) break;
      const after = endOfBrackets(inside, nested.index + nested[0].length);
      objects.push(inside.slice(nested.index, after + 1));
      inside = inside.slice(0, nested.index) + `\0${objects.length}` + inside.slice(after + 1);
    }
    const values = Object.entries(readEntries(inside.slice(start[0].length))).map(([name, value]) => [
      name,
      value.replace(/^\0(\d+)$/, (_whole, number: string) => objects[Number(number) - 1] ?? ''),
    ]);
    if (values.length > Object.keys(found).length) found = Object.fromEntries(values) as Values;
  }
  return found;
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

/** serialize of PHP counts bytes and escapes nothing, so the text is read by its counts. */
function readPhpSerialized(text: string): Values {
  const bytes = Buffer.from(text);
  const latin1 = bytes.toString('latin1');
  const values: Values = {};
  for (const { 0: head, 1: name = '', 2: length, 3: number, index } of latin1.matchAll(
    /s:\d{1,3}:"(\w{1,64})";(?:s:(\d{1,6}):"|[idb]:(-?[\d.]{1,32});)/g,
  )) {
    const start = index + head.length;
    values[name] = number ?? bytes.subarray(start, start + Number(length)).toString();
  }
  return values;
}

/** PHP writes each value up to the end of its line; there is no escape. A browser shows all of it on one line. */
function readPrintR(text: string): Values {
  const [, ...parts] = text.split(/\[(\w{1,64})\] => ?/);
  const values: Values = {};
  for (let i = 0; i < parts.length; i += 2) {
    const [line = '', ...more] = (parts[i + 1] ?? '').split(/\r?\n/);
    let value = more.length ? line : line.trimEnd();
    while (!more.length && /^(?: \)|\))$/.test(value.slice(-2))) {
      value = value.slice(0, -1).trimEnd();
    }
    values[parts[i] ?? ''] = value;
  }
  return values;
}

/** A curl command with an option for each parameter, as API tools export it. Only --data-urlencode and -F take plain values. */
function readCurl(text: string): Values {
  const values: Values = {};
  const options = text.matchAll(
    /\s(-d|-F|--data|--data-raw|--form|--data-urlencode)[ =](?:'(\w{1,64})=([^']*(?:'\\''[^']*)*)'|"(\w{1,64})=([^"]*)"|(\w{1,64})=(\S*))/g,
  );
  for (const [, option = '', ...groups] of options) {
    const [name = '', written = ''] = groups.filter(group => group !== undefined);
    const value = written.replaceAll(`'\\''`, `'`);
    const isPlain = /form|-F|urlencode/.test(option);
    values[name] = isPlain ? value : (new URLSearchParams(`v=${value}`).get('v') ?? '');
  }
  return values;
}

/** The value of a line. In double quotes it has the escapes of JSON. */
function unquote(written: string): string {
  const value = written.trim().replace(/[,;]$/, '');
  if (/^".*"$/.test(value)) return unescapeText(value.slice(1, -1));
  return value.replace(/^'(.*)'$/, '$1');
}

/** One parameter on each line: name=value, name => value, name: value, name<tab>value. */
function readLines(text: string): Values {
  const values: Values = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^[\s"']{0,16}(\w{1,64})["']?(?: ?=>? ?|: ?|\t)(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) values[name] = unquote(value);
  }
  return values;
}

/** Node prints these words in front of the objects of querystring, which Express uses. */
const NULL_PROTOTYPE = /\[\w{1,64}: null prototype\]/g;

const readNodeObject = entryReader(new RegExp(`\\b${NAME}: ${QUOTED}`, 'g'));

const entries = (pattern: string): DumpReader['read'] => entryReader(new RegExp(pattern, 'g'));
const lines = (pattern: string): DumpReader['read'] => lineReader(new RegExp(pattern, 'gm'));

/** The line of a browser's console that has the prototype, behind an arrow or none. */
const PROTOTYPE = /^[^\w[\n]{0,16}(?:__proto__|\[\[Prototype\]\]):/m;

/** The console of a browser shows the prototype, too, and escapes no quotes in quotes. */
const readConsole = lines(String.raw`^\s{0,99}(\w{1,64}): (?:["'](.*)["']|(-?[\w.]{1,64}))\r?$`);

/** The dumps of a language or a tool. */
export const DUMP_READERS: DumpReader[] = [
  { how: 'a curl command', isLikely: /^\s*curl /, read: readCurl },
  {
    how: 'dd() or dump() of Laravel and Symfony',
    isLikely: /\barray:\d+ \[|\{#\d+/,
    read: lines(String.raw`^[ \t]{0,99}[+#-]?b?"(\w{1,64})"(?: =>|:) (?:b?"(.*)"|(-?[\w.]{1,64}))\r?$`),
  },
  {
    how: 'print_r of PHP',
    isLikely: /\] => /,
    read: readPrintR,
  },
  {
    how: 'var_dump of PHP',
    // Behind the name of a property is who may use it: ["name":protected].
    isLikely: /\["\w+"(?::[^\]\n]{1,99})?\]\s?=>/,
    read: lines(
      String.raw`\["(\w{1,64})"(?::[^\]\n]{1,99})?\]\s?=>\s{0,99}(?:string\(\d{1,9}\) "([^\n]*)"|\w{1,9}\((-?[\w.]{1,32})\))`,
    ),
  },
  {
    how: 'var_dump of PHP with Xdebug',
    isLikely: /=>\s*string '/,
    read: lines(
      String.raw`'(\w{1,64})' =>\s{0,9}(?:string '([^\n]*)' \(length=\d{1,9}\)|\w{1,9} (-?[\w.]{1,32}))`,
    ),
  },
  {
    how: 'var_export of PHP',
    isLikely: /'\w+' => /,
    read: entries(`'${NAME}' => ${QUOTED}`),
  },
  { how: 'serialize of PHP', isLikely: /\bs:\d+:"\w+";[sidb]:/, read: readPhpSerialized },
  { how: 'a hash of Ruby', isLikely: /"\w+" ?=> ?/, read: entries(`"${NAME}" ?=> ?${QUOTED}`) },
  {
    how: 'a list of pairs of Python',
    isLikely: /\(b?'\w+', ?b?['"]/,
    read: entries(String.raw`\(b?'${NAME}', ?${QUOTED}\)`),
  },
  {
    how: 'a dict of Python',
    isLikely: /'\w+': ?\[?['"\w]/,
    read: entries(String.raw`'${NAME}': ?\[?${QUOTED}`),
  },
  { how: 'a map of Go', isLikely: /\bmap\[/, read: readGoMap },
  {
    how: 'an object as Node prints it',
    isLikely: /\b\w+: ['"]/,
    read: text =>
      PROTOTYPE.test(text) ? readConsole(text) : readNodeObject(text.replace(NULL_PROTOTYPE, '')),
  },
  { how: 'a map of Java', isLikely: /(?<!\w)\{\w{1,64}=|^\[\w{1,64}=[^\s\]]*, \w/, read: readJavaObject },
  { how: 'an object as Java or C# prints it', isLikely: /\w ?[{([] ?\w{1,64} ?=/, read: readJavaObject },
  {
    how: 'XML',
    isLikely: /<\/\w+>/,
    read: lines(String.raw`<(\w{1,64})>(?:<!\[CDATA\[([^\n]*?)\]\]>|([^<\n]*))<\/\1>`),
  },
  {
    how: 'the form items of Wireshark',
    isLikely: /Form item: "/,
    read: lines(String.raw`Form item: "(\w{1,64})" = "(.*)"`),
  },
];

/** What is left when nothing names the language: names and values in quotes, or one on each line. */
export const GENERAL_READERS: DumpReader[] = [
  {
    how: 'names and values in source code',
    isLikely: /["']\w+["']\s*:/,
    read: entries(String.raw`["']${NAME}["']\s{0,9}:\s{0,9}(?:\[\]string\{)?${QUOTED}`),
  },
  { how: 'lines of names and values', isLikely: /\n/, read: readLines },
];
