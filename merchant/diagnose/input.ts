/**
 * What people paste: an orderInfo, the answer of a backend around it, as text or as bytes. Bounded in every direction.
 */
import { jsonObject } from '../../utils/order/order-info';
import { isJsonObject, parseExactJson } from '../json';
import { MAX_BODY_BYTES } from '../form-body';
import type { RawFinding } from './finding';

const MAX_DEPTH = 32;
const ORDER_FIELDS = ['appkey', 'dealid', 'totalamount', 'tporderid', 'rsasign'];

type Read<T> = { ok: true; value: T } | { ok: false; finding: RawFinding };

function failed(finding: RawFinding): { ok: false; finding: RawFinding } {
  return { ok: false, finding };
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

/** How deep brackets nest outside of strings: asked before parsing. One pass, whatever is or is not closed. */
function depthOfJson(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (isInString) {
      if (character === '\\') i++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}

interface JsonInput {
  ok: true;
  value: unknown;
  /** the same, with whole numbers of 16 and more digits as text, exactly as they were written */
  exact: unknown;
}

/** JSON text -> its value; refused when too large, binary, empty, too deep or no JSON. */
export function readJson(input: string | Buffer): JsonInput | { ok: false; finding: RawFinding } {
  const text = readText(input);
  if (!text.ok) return text;
  if (depthOfJson(text.value) > MAX_DEPTH) return failed({ code: 'INPUT_TOO_DEEP' });
  try {
    return { ok: true, value: JSON.parse(text.value) as unknown, exact: parseExactJson(text.value) };
  } catch (error) {
    return failed(notJson(error));
  }
}

function notJson(error: unknown): RawFinding {
  const said = String(error).replace(/^\w*Error: /, '');
  // A SyntaxError quotes the input, newlines and all; other errors explain themselves in further lines.
  const quotes = Object(error).name === 'SyntaxError';
  const [reason = ''] = quotes ? [said.replace(/\s+/g, ' ')] : said.split('\n');
  return { code: 'INPUT_NOT_JSON', evidence: { reason: truncate(reason, 120) } };
}

/** Makes a value fit for a message. */
export function truncate(text: string, length = 80): string {
  return text.length > length ? text.slice(0, length) + '…' : text;
}

function looksLikeOrder(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value).map(name => name.toLowerCase());
  return ORDER_FIELDS.filter(field => names.includes(field)).length >= 2;
}

/** What keeps a value from being examined: it must be what JSON can say, in 64 KiB and 32 levels. */
function validateInput(input: unknown): RawFinding | null {
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
  const finding = validateInput(input);
  if (finding) return failed(finding);
  for (let level: unknown[] = [input]; level.length; level = level.flatMap(children)) {
    const found = level.find(value => looksLikeOrder(typeof value === 'string' ? jsonObject(value) : value));
    if (found !== undefined) return { ok: true, value: found };
  }
  if (!isJsonObject(input)) return failed({ code: 'ORDERINFO_NOT_OBJECT' });
  const hide = (name: string, value: unknown): unknown => (/sign|secret|token/i.test(name) ? '…' : value);
  return failed({ code: 'ORDERINFO_NOT_FOUND', evidence: { said: truncate(JSON.stringify(input, hide)) } });
}

/** bizInfo repeats the order's names, and is none. */
function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isJsonObject(value)
    ? Object.keys(value).flatMap(name => (name === 'bizInfo' ? [] : [value[name]]))
    : [];
}
