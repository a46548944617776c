/**
 * Reads the dumps that languages and tools print of named values. Every reader reads the text once.
 */
import { EMPTY_WORDS, readInputs, readInsert, readMultipart, readPairs, readXml } from './markup-readers';
import type { Values } from './markup-readers';
import { unescapeText } from './unescape';

export interface DumpReader {
  /** the kind of text, as a finding names it */
  how: string;
  isLikely: RegExp;
  read: (text: string) => Values;
}

/** Where pprint of Python and the console of Node break a long text into several ones. */
const BROKEN_TEXT = /(['"])[ \t]{0,9}\+?[ \t]{0,9}\r?\n[ \t]{0,99}b?\1(?!\w{1,64}\1 ?(?:=>|:))/g;

/** Reads entries by a pattern with the groups: name, value in single quotes, in double quotes, bare value. */
function entryReader(pattern: RegExp): DumpReader['read'] {
  return text => {
    const whole = text.replace(BROKEN_TEXT, '');
    const values: Values = {};
    for (const { 0: entry, 1: name = '', 2: quoted, 3: doubleQuoted, 4: bare = '', index } of whole.matchAll(
      pattern,
    )) {
      const inQuotes = quoted ?? doubleQuoted;
      // Where the text was cut off in the middle of a value, only of a signature that can be seen.
      const isCut = inQuotes !== undefined && index + entry.length === whole.length && !/['"]$/.test(entry);
      if (isCut && !/sign$/i.test(name)) continue;
      values[name] = inQuotes === undefined ? bare.replace(EMPTY_WORDS, '') : unescapeText(inQuotes);
    }
    return values;
  };
}

/** Python writes b in front of bytes, Python 2 u in front of text, Objective-C @. The last text may be cut off. A call is no value. */
const QUOTED = String.raw`(?:[bu@]?'((?:[^'\\]|\\[^])*)(?:'|\\?$)|[bu@]?"((?:[^"\\]|\\[^])*)(?:"|\\?$)|(-?[\w.]+)(?![\w.'"(]))`;
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
  // Lombok prints super=Base(…) for the class above.
  for (const entry of inside.split(/, ?(?=\w{1,64} ?=)/)) {
    const equals = entry.indexOf('=');
    if (equals > 0 && !entry.startsWith('super='))
      values[entry.slice(0, equals).trim()] = entry.slice(equals + 1).trim();
  }
  // A MultiValueMap has a list of each parameter; the toString of IntelliJ has quotes around text.
  return mapValues(withoutLists(values), value => value.replace(/^'([^]*)'$/, '$1'));
}

/** Where every value is a list, they have one entry each. A value that is a list by itself is JSON. */
function withoutLists(values: Values): Values {
  const areLists = Object.values(values).every(value => /^\[[^]*\]$/.test(value));
  return areLists ? mapValues(values, value => value.slice(1, -1)) : values;
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

/** Members of Go and C# have names of their own, in the spelling of the language: TpOrderID for tpOrderId. */
function withNamesOfWire(values: Values): Values {
  const all = Object.entries(values);
  if (!all.every(([name]) => /^[A-Z]/.test(name))) return values;
  return Object.fromEntries(
    all.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1).replace(/ID$/, 'Id'), value]),
  );
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
  return withNamesOfWire(found);
}

/** The map with the most members: a whole request has one of its headers, too. */
function readGoMaps(text: string): Values {
  const starts = [...text.matchAll(/map\[/g)]
    .slice(0, MAX_BRACKETS)
    .map(({ index }) => index + 'map['.length);
  const insides = starts.map(start =>
    text.slice(start, starts.length > 1 ? endOfBrackets(text, start) : text.lastIndexOf(']')),
  );
  const maps = insides.map(readGoMap);
  return maps.reduce((most, each) => (Object.keys(each).length > Object.keys(most).length ? each : most), {});
}

/** Inside of map[a:[b] c:[d]] of url.Values, or map[a:b c:d]. */
function readGoMap(inside: string): Values {
  const values: Values = {};
  for (const entry of inside.split(/ (?=\w{1,64}:)/)) {
    const colon = entry.indexOf(':');
    if (colon > 0) values[entry.slice(0, colon)] = entry.slice(colon + 1);
  }
  return withoutLists(values);
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

/** PHP writes each value up to the end of its line; there is no escape. Behind the name of a property is who may use it. A browser shows all of it on one line, a log writes \n. */
function readPrintR(text: string): Values {
  const isEscaped = !text.includes('\n') && text.includes('\\n');
  const dump = isEscaped ? text.replace(/\\n/g, '\n').replaceAll('\\"', '"') : text;
  const [, ...parts] = dump.split(/\[(\w{1,64})(?::[^\]\n]{1,99})?\] => ?/);
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
    /\s(-d|-F|--data(?:-raw|-binary|-urlencode)?|--form(?:-string)?)[ =](?:'(\w{1,64})=([^']*(?:'\\''[^']*)*)'|"(\w{1,64})=((?:[^"\\]|\\[^])*)"|(\w{1,64})=(\S*))/g,
  );
  for (const [whole, option = '', ...groups] of options) {
    const [name = '', written = ''] = groups.filter(group => group !== undefined);
    const value = whole.endsWith('"')
      ? written.replace(/\\(["\\$`])/g, '$1')
      : written.replaceAll(`'\\''`, `'`);
    const isPlain = /form|-F|urlencode/.test(option);
    values[name] = isPlain ? value : (new URLSearchParams(`v=${value}`).get('v') ?? '');
  }
  return values;
}

/** The value of a line. In double quotes it has the escapes of JSON, or those of a spreadsheet. The > ends an object of Ruby. */
function unquote(written: string): string {
  const value = written.trim().replace(/[,;]$|(?<=")>$/, '');
  if (/^".*"$/.test(value)) return unquoteCell(value) ?? unescapeText(value.slice(1, -1));
  return value.replace(/^(['`])(.*)\1$/, '$2');
}

/** A cell of a spreadsheet whose quotes are doubled; null for other text. */
function unquoteCell(cell: string): string | null {
  const inside = cell.slice(1, -1);
  const isDoubled =
    /^".*"$/.test(cell) && inside.includes('""') && !inside.replaceAll('""', '').includes('"');
  return isDoubled ? inside.replaceAll('""', '"') : null;
}

/** name=value, name => value, name: value, name<tab>value; "- **name**: value" and "| name | value |" of Markdown and databases. */
const LINE =
  /^[\s"'`*>|│-]{0,64}(?:\d{1,2}[.)] )?(?:export )?(\w{1,64})["'`*]{0,3}(?:\t| ?=>? ?| {0,64}: ?|：| ?-{1,2}> ?| {0,64}[|│] ?)(.*)$/;
/** The line between the head of a table and its rows. */
const RULE = /^[\s|+│├┼┤:─-]{3,}$/;
/** What all lines begin with, such as time and level of a log; digits may differ. */
function commonPrefix(lines: readonly string[]): string {
  const [first = '', ...more] = lines.map(line => line.replace(/\d/g, '0'));
  let length = first.length;
  for (const line of more) {
    let same = 0;
    while (same < length && line[same] === first[same]) same++;
    length = same;
  }
  return /^.*\W/.exec(first.slice(0, length))?.[0] ?? '';
}

/** Properties of Java have each = and : of a value escaped. */
function areProperties(values: Values): boolean {
  const text = Object.values(values).join('');
  return /\\[=:]/.test(text) && !/[=:]/.test(text.replace(/\\[^]/g, ''));
}

/** One parameter on each line. */
function readLines(text: string): Values {
  const lines = text.split(/\r?\n/).filter(line => line.trim());
  const isPage = lines.length === 1 || lines.every(line => /<br ?\/?>\s*$/.test(line));
  const all = isPage ? lines.flatMap(line => line.split(/<br ?\/?>/)).filter(line => line.trim()) : lines;
  const prefix = /^\W{0,9}\d/.test(all[0] ?? '') ? commonPrefix(all) : '';
  const values: Values = {};
  for (const [i, line] of all.entries()) {
    if (RULE.test(all[i + 1] ?? '')) continue;
    const [, name, written] = LINE.exec(line.slice(prefix.length)) ?? [];
    if (name === undefined || written === undefined) continue;
    values[name] = unquote(/^\s*[|│]/.test(line) ? written.trimEnd().replace(/[|│]$/, '') : written);
  }
  // Arrays.toString of Java has brackets around each value.
  return areProperties(values) ? mapValues(values, unescapeText) : withoutLists(values);
}

function mapValues(values: Values, change: (value: string) => string): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** Name and value by turns, each on a line of its own, as a browser copies a form. */
function readAlternateLines(text: string): Values {
  const lines = text.split(/\r?\n/);
  const values: Values = {};
  for (let i = 0; i < lines.length; i += 2) {
    const [, name] = /^\s{0,16}([A-Za-z_]\w{0,63}):?\s*$/.exec(lines[i] ?? '') ?? [];
    if (name === undefined) return {};
    values[name] = (lines[i + 1] ?? '').trim();
  }
  return values;
}

/** A table with the names in one row and the values in the next one: of Markdown, a database, a spreadsheet. */
function readTable(text: string): Values {
  // The client of PostgreSQL has a line of ----+---- below the names.
  const separator = /^-+\+-/m.test(text) ? ' | ' : '\t';
  const rows = text
    .split(/[\r\n]+/)
    .map(line => readRow(line, separator))
    .filter(cells => cells.length > 2);
  const names = rows.findIndex(cells => cells.every(cell => /^\w{0,64}$/.test(cell)));
  const values = rows[names + 1] ?? [];
  return Object.fromEntries((rows[names] ?? []).map((name, i) => [name, values[i] ?? '']));
}

/** @returns no cells for the line between the names and the values */
function readRow(line: string, separator: string): string[] {
  if (RULE.test(line)) return [];
  const byBars = /^\s*[|│]/.test(line) ? line.trim().slice(1, -1).split(/[|│]/) : line.split(separator);
  const cells =
    byBars.length > 1
      ? byBars.map(cell => unquoteCell(cell.trim()) ?? cell.trim().replace(/^`(.*)`$/, '$1'))
      : [];
  if (cells.length) return cells;
  const ofCsv = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...ofCsv].map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare);
}

/** The first two entries of a line, which show how names, values and entries are separated. */
const INLINE =
  /(?<!\w)[A-Za-z_]\w{0,63}(=| -> |: ?)(?:"[^"\n]{0,64}"|'[^'\n]{0,64}'|[^\s,;|"'&<]{0,64})([,;] ?| ?\| ?| )(?=[A-Za-z_]\w{0,63}\1)/;

/** All entries on one line: name=value; name=value, or {Name:value Name:value} of Go, or Map(name -> value, name -> value). */
function readInline(text: string): Values {
  const found = INLINE.exec(text);
  if (!found) return {};
  const [, assign = '', separator = ''] = found;
  const close = text.lastIndexOf(BRACKETS[text.charAt(found.index - 1)] ?? '\n');
  const inside = text.slice(found.index, close > found.index ? close : undefined);
  const entries = inside.split(
    new RegExp(`[${separator}]{${separator.length}}(?=[A-Za-z_]\\w{0,63}${assign})`),
  );
  const values: Values = {};
  for (const entry of entries) {
    const at = entry.indexOf(assign);
    values[entry.slice(0, at)] = unquote(entry.slice(at + assign.length));
  }
  return withNamesOfWire(values);
}

/** Node prints these words in front of the objects of querystring, which Express uses. */
export const NULL_PROTOTYPE = /\[\w{1,64}: null prototype\]/g;

const readGoStruct = entryReader(new RegExp(`\\b([A-Z]\\w{0,63}):${QUOTED}`, 'g'));
const readAssignments = entryReader(
  new RegExp(String.raw`\b(?:set(?=[A-Z]\w{0,63}\()|(?=\w{1,64} ?=))${NAME} ?[=(] ?${QUOTED}`, 'g'),
);
const readNodeObject = entryReader(new RegExp(`\\b${NAME}: ${QUOTED}`, 'g'));

/** A text with both other quotes in it, as Node writes it. */
const BACKQUOTED = /(?<=: )`((?:[^`\\]|\\[^])*)`/g;

function readNode(text: string): Values {
  if (PROTOTYPE.test(text)) return readConsole(text);
  const inQuotes = (_whole: string, inside: string) => JSON.stringify(unescapeText(inside));
  return readNodeObject(text.replace(NULL_PROTOTYPE, '').replace(BACKQUOTED, inQuotes));
}

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
    // Only there no comma is behind a value, also where the first line was left out.
    isLikely: /\barray:\d+ \[|\{#\d+|^[ \t]{0,99}"\w{1,64}" => ".*"\r?$/m,
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
  { how: 'a hash of Ruby', isLikely: /[":]\w+"? ?=> ?/, read: entries(`[":]${NAME}"? ?=> ?${QUOTED}`) },
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
  {
    how: 'a struct of Go',
    isLikely: /\w\{[A-Z]\w{0,63}:["\d]/,
    read: text => withNamesOfWire(readGoStruct(text)),
  },
  { how: 'a map of Go', isLikely: /\bmap\[/, read: readGoMaps },
  {
    how: 'lines of names and values',
    // YAML has no commas, quotes around digits alone, and the name of an object on a line above its members.
    isLikely: /^\s{0,16}\w{1,64}: (['"])\d{1,20}\1\r?\n\s{0,16}\w{1,64}: /m,
    read: text =>
      PROTOTYPE.test(text) ? {} : readLines(text.replace(/^( {0,16})\w{1,64}:\r?\n(?=\1 +\w)/gm, '')),
  },
  {
    how: 'an object as Node prints it',
    isLikely: /\b\w+: (?:['"]|`[^`\n]*`)/,
    read: readNode,
  },
  {
    how: 'names and values on one line',
    // As Python prints an object, its texts in quotes. The fields in front of the first text may be numbers.
    isLikely: /\w\((?:\w{1,64}=-?\d{1,20}, ){0,9}\w{1,64}=['"]|^\w{1,64}=['"].*['"] \w{1,64}=['"\d]/,
    read: entries(String.raw`\b${NAME}=${QUOTED}`),
  },
  { how: 'a map of Java', isLikely: /(?<!\w)\{\w{1,64}=|^\[\w{1,64}=[^\s\]]*, \w/, read: readJavaObject },
  { how: 'an object as Java or C# prints it', isLikely: /[{([] ?\w{1,64} ?=/, read: readJavaObject },
  {
    how: 'a form of a web page',
    isLikely: /<input\s/i,
    read: readInputs,
  },
  {
    how: 'XML',
    isLikely: /<\/\w+>|\w="[^"<]*"\s?\/>/,
    read: readXml,
  },
  {
    how: 'the form items of Wireshark',
    isLikely: /Form item: "/,
    read: lines(String.raw`Form item: "(\w{1,64})" = "(.*)"`),
  },
  { how: 'a multipart body', isLikely: /form-data; name="/, read: readMultipart },
  { how: 'an INSERT of SQL', isLikely: /\)\s{0,9}VALUES\s{0,9}\(/i, read: readInsert },
];

/** What is left when nothing names the language: names and values in quotes, or one on each line. */
export const GENERAL_READERS: DumpReader[] = [
  {
    how: 'names and values in source code',
    isLikely: /["']\w+["']\s*:/,
    read: entries(String.raw`["']${NAME}["']\s{0,9}:\s{0,9}(?:\[\]string\{|\[)?${QUOTED}`),
  },
  {
    how: 'lines of names and values',
    isLikely: /^\s{0,16}[A-Za-z_]\w{0,63}:?[ \t]{0,9}\r?\n/,
    read: readAlternateLines,
  },
  { how: 'lines of names and values', isLikely: /\n|<br/, read: readLines },
  { how: 'a table', isLikely: /\n/, read: readTable },
  { how: 'names and values on one line', isLikely: INLINE, read: readInline },
  { how: 'a list of pairs', isLikely: /[[(]\w{1,64}, /, read: readPairs },
  {
    how: 'names and values in source code',
    // put("name", "value"), ["name"] = "value", "name" to "value"
    isLikely: /["']\w+["'](?:,|\]? ?=| to) ?@?["']/,
    read: entries(String.raw`["']${NAME}["'](?:,|\]? ?=| to) ?${QUOTED}`),
  },
  {
    how: 'names and values in source code',
    // order.name = "value", SET name = 'value', setName("value")
    isLikely: /\w ?[=(] ?["']/,
    read: text => withNamesOfWire(readAssignments(text.replace(/\sWHERE\s[^]*/i, ''))),
  },
  {
    how: 'lines of names and values',
    isLikely: /value ?[=:：]/,
    read: lines(String.raw`\b(?:key|name) ?[=:：] ?(\w{1,64})[,，;\s] ?value ?[=:：] ?(.*)$`),
  },
  {
    how: 'lines of names and values',
    // Words may follow a name in any text, but no signature does.
    isLikely: /^rsaSign [\w+/]{100,}={0,2}\r?$/m,
    read: lines(String.raw`^(\w{1,64}) (.*?)\r?$`),
  },
];
