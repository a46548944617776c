/**
 * What people paste: an orderInfo, the answer of a backend around it, as text or as bytes. Bounded in every direction.
 */
import { jsonObject } from '../../utils/order/order-info';
import { isJsonObject } from '../json';
import { MAX_BODY_BYTES } from '../form-body';
import type { Clue } from './finding';

const MAX_DEPTH = 32;
const ORDER_FIELDS = ['appkey', 'dealid', 'totalamount', 'tporderid', 'rsasign'];

type Read<T> = { ok: true; value: T } | { ok: false; clue: Clue };

function failed(clue: Clue): { ok: false; clue: Clue } {
  return { ok: false, clue };
}

/** Bytes -> UTF-8 text without a byte order mark; refused when too large, binary or empty. */
export function readText(input: string | Buffer): Read<string> {
  const bytes = Buffer.from(input);
  if (bytes.length > MAX_BODY_BYTES) return failed({ code: 'INPUT_TOO_LARGE' });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failed({ code: 'INPUT_NOT_TEXT' });
  }
  if (text.includes('\0')) return failed({ code: 'INPUT_NOT_TEXT' });
  return text.trim() ? { ok: true, value: text } : failed({ code: 'INPUT_EMPTY' });
}

/** How deep brackets nest outside of strings: asked before parsing. */
function depthOfJson(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{}\]]/g)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return deepest;
}

/** JSON text -> its value; refused when too large, binary, empty, too deep or no JSON. */
export function readJson(input: string | Buffer): Read<unknown> {
  const text = readText(input);
  if (!text.ok) return text;
  if (depthOfJson(text.value) > MAX_DEPTH) return failed({ code: 'INPUT_TOO_DEEP' });
  try {
    return { ok: true, value: JSON.parse(text.value) as unknown };
  } catch (error) {
    return failed(notJson(error));
  }
}

function notJson(error: unknown): Clue {
  const said = String(error).replace(/^\w*Error: /, '');
  // A SyntaxError quotes the input, newlines and all; other errors explain themselves in further lines.
  const quotes = Object(error).name === 'SyntaxError';
  const [reason = ''] = quotes ? [said.replace(/\s+/g, ' ')] : said.split('\n');
  return { code: 'INPUT_NOT_JSON', evidence: { reason: shorten(reason, 120) } };
}

/** Makes a value fit for a message. */
export function shorten(text: string, length = 80): string {
  return text.length > length ? text.slice(0, length) + '…' : text;
}

function looksLikeOrder(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value).map(name => name.toLowerCase());
  return ORDER_FIELDS.filter(field => names.includes(field)).length >= 2;
}

/** What keeps a value from being examined: it must be what JSON can say, in 64 KiB and 32 levels. */
function obstacle(input: unknown): Clue | null {
  let text: string | undefined;
  try {
    text = JSON.stringify(input);
  } catch (error) {
    // Only nesting runs out of stack; circles and big integers are TypeErrors.
    return String(error).startsWith('RangeError') ? { code: 'INPUT_TOO_DEEP' } : notJson(error);
  }
  if (text === undefined) return { code: 'ORDERINFO_NOT_OBJECT' };
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) return { code: 'INPUT_TOO_LARGE' };
  return depthOfJson(text) > MAX_DEPTH ? { code: 'INPUT_TOO_DEEP' } : null;
}

/**
 * Finds the orderInfo in a value: itself, or inside an envelope such as { errno, data: { orderInfo } }.
 * JSON text is only looked into where an orderInfo is expected, and returned as text: that is a finding of its own.
 */
export function findOrderInfo(input: unknown): Read<unknown> {
  const clue = obstacle(input);
  if (clue) return failed(clue);
  for (let level: unknown[] = [input]; level.length; level = level.flatMap(below)) {
    const found = level.find(value => looksLikeOrder(typeof value === 'string' ? jsonObject(value) : value));
    if (found !== undefined) return { ok: true, value: found };
  }
  if (!isJsonObject(input)) return failed({ code: 'ORDERINFO_NOT_OBJECT' });
  const hide = (name: string, value: unknown): unknown => (/sign|secret|token/i.test(name) ? '…' : value);
  return failed({ code: 'ORDERINFO_NOT_FOUND', evidence: { said: shorten(JSON.stringify(input, hide)) } });
}

/** bizInfo repeats the order's names, and is none. */
function below(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isJsonObject(value) ? Object.keys(value).flatMap(name => (name === 'bizInfo' ? [] : [value[name]])) : [];
}
