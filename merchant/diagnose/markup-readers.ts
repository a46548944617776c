/**
 * Reads values in markup: elements of XML, inputs of a web page, parts of a multipart body, a row of SQL, pairs in
 * brackets. Every reader reads the text once.
 */
import { unescapeHtml, unescapeText } from './unescape';

export type Values = Record<string, string>;

export const EMPTY_WORDS = /^(None|null|nil|NULL)$/;

export function readXml(text: string): Values {
  const values: Values = {};
  const elements = text.matchAll(/<(\w{1,64})>(?:<!\[CDATA\[([^\n]*?)\]\]>|([^<\n]*))<\/\1>/g);
  for (const [, name = '', literal, escaped = ''] of elements)
    values[name] = literal ?? unescapeHtml(escaped);
  if (Object.keys(values).length) return values;
  const attributes = text.matchAll(/\s(\w{1,64})="([^"<]*)"/g);
  for (const [, name = '', escaped = ''] of attributes) values[name] = unescapeHtml(escaped);
  return values;
}

export function readInputs(text: string): Values {
  const values: Values = {};
  for (const [tag] of text.matchAll(/<input\s[^<>]*/gi)) {
    const [, , name] = /\sname=(["'])(\w{1,64})\1/i.exec(tag) ?? [];
    const [, , value = ''] = /\svalue=(["'])([^]*?)\1/i.exec(tag) ?? [];
    if (name !== undefined) values[name] = unescapeHtml(value);
  }
  return values;
}

/** Each parameter is behind headers of its own and an empty line, and ends before the boundary. */
export function readMultipart(text: string): Values {
  const [, ...parts] = text.split(/form-data; name="(\w{1,64})"/);
  const values: Values = {};
  for (let i = 0; i < parts.length; i += 2) {
    const [, ...body] = (parts[i + 1] ?? '').replaceAll('\r', '').split('\n\n');
    values[parts[i] ?? ''] = body.join('\n\n').split('\n--')[0] ?? '';
  }
  return values;
}

/** INSERT INTO orders (a, b) VALUES ('c', 'd'). MySQL, which has names in backquotes, escapes as JavaScript does. */
export function readInsert(text: string): Values {
  const [, columns = '', row = ''] = /\(([\w\s,"`]{1,4000})\)\s{0,9}VALUES\s{0,9}\(([^]*)/i.exec(text) ?? [];
  const cells = [...row.matchAll(/'((?:[^'\\]|''|\\[^])*)(?:'|\\?$)|(-?[\w.]+)/g)];
  const names = columns.match(/\w+/g) ?? [];
  const values: Values = {};
  for (const [i, name] of names.entries()) {
    const [, quoted, bare = ''] = cells[i] ?? [];
    const value = quoted?.replaceAll("''", "'") ?? bare.replace(EMPTY_WORDS, '');
    values[name] = columns.includes('`') ? unescapeText(value) : value;
  }
  return values;
}

/** [name, value] as C# prints the entries of a dictionary, (name, value) of Kotlin. */
export function readPairs(text: string): Values {
  const [, ...parts] = text.split(/(?<![^\s,;{[(])[[(](\w{1,64}), /);
  const values: Values = {};
  for (let i = 0; i < parts.length; i += 2) {
    const [line = ''] = (parts[i + 1] ?? '').split(/\r?\n/);
    // The list of them has a bracket of its own.
    const end = i + 2 < parts.length ? line : line.replace(/[\])]{2}$/, ']');
    values[parts[i] ?? ''] = end.slice(0, Math.max(end.lastIndexOf(']'), end.lastIndexOf(')')));
  }
  return values;
}
