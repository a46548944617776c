/**
 * Finds the orderInfo in what was given: an object, the answer of a backend around it, a text or bytes. Size, depth and
 * work are limited.
 */
import { jsonObject } from '../../utils/order/order-info';
import { MAX_BODY_BYTES } from '../form-body';
import { isJsonObject, parseExactJson } from '../json';
import type { JsonObject } from '../json';
import { encodingOf, isKeyText } from '../key-text';
import { truncate } from '../printable';
import type { RawFinding } from './finding';
import { ARRAY_REFERENCE, plainName, readDecodedLine, readPastedText } from './pasted-text';
import { unescapeLine } from './unescape';
import { READING_LIMITS, WorkBudget } from './work-budget';

const MAX_DEPTH = 32;
const LOWER_CASE_FIELDS = ['appkey', 'dealid', 'totalamount', 'tporderid', 'rsasign'];

type Result<T> = { ok: true; value: T } | { ok: false; finding: RawFinding };

function rejected(finding: RawFinding): { ok: false; finding: RawFinding } {
  return { ok: false, finding };
}

/** Decodes UTF-8, or UTF-16 with a byte order mark, and removes the mark; refuses input that is too large, binary, empty or a key. */
export function decodeInput(input: string | Buffer): Result<string> {
  const bytes = Buffer.from(input);
  if (bytes.length > MAX_BODY_BYTES) return rejected({ code: 'INPUT_TOO_LARGE' });
  let text: string;
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return rejected({ code: 'INPUT_NOT_TEXT' });
  }
  if (text.includes('\0')) return rejected({ code: 'INPUT_NOT_TEXT' });
  if (isKeyText(text)) return rejected({ code: 'INPUT_IS_KEY' });
  return text.trim() ? { ok: true, value: text } : rejected({ code: 'INPUT_EMPTY' });
}

/**
 * How deep brackets nest outside of strings, and whether all of them are closed. Checked before parsing, in one pass even
 * when brackets are not closed.
 */
function scanBrackets(text: string): { deepest: number; isClosed: boolean } {
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
  return { deepest, isClosed: depth <= 0 && !isInString };
}

interface JsonInput {
  ok: true;
  value: unknown;
  /** the same, with whole numbers of 16 and more digits as text, exactly as they were written */
  exact: unknown;
}

/** Parses JSON; refuses input that is too large, binary, empty, too deep or no JSON. */
function readJson(input: string | Buffer): JsonInput | { ok: false; finding: RawFinding } {
  const text = decodeInput(input);
  if (!text.ok) return text;
  if (scanBrackets(text.value).deepest > MAX_DEPTH) return rejected({ code: 'INPUT_TOO_DEEP' });
  try {
    // Each PHP file that is saved with a byte order mark sends one. pay-button drops them, too.
    const json = text.value.replace(/^\uFEFF+/, '');
    return { ok: true, value: JSON.parse(json) as unknown, exact: parseExactJson(json) };
  } catch (error) {
    return rejected(notJson(error));
  }
}

function notJson(error: unknown): RawFinding {
  const message = String(error).replace(/^\w*Error: /, '');
  // A SyntaxError quotes the input with its newlines; the further lines of other errors are explanations.
  const isQuote = Object(error).name === 'SyntaxError';
  const [reason = ''] = isQuote ? [message.replace(/\s+/g, ' ')] : message.split('\n');
  return { code: 'INPUT_NOT_JSON', evidence: { reason: truncate(reason, 120) } };
}

/** How many fields of an order a value has, in any naming style: a faulty orderInfo is found, too. */
function countOrderFields(given: unknown): number {
  const value = typeof given === 'string' ? jsonObject(given) : given;
  if (!isJsonObject(value)) return 0;
  const names = Object.keys(value).map(plainName);
  return LOWER_CASE_FIELDS.filter(field => names.includes(field)).length;
}

/** Two of the fields may be all of a summary for the page, beside the orderInfo. */
const FIELDS_OF_SUMMARY = 2;

interface FoundOrder {
  value: unknown;
  fields: number;
  /** how many values are orders */
  count: number;
}

/** The value with the most fields of an order, the first one of several. */
function findMostComplete(values: readonly unknown[]): FoundOrder {
  let found: FoundOrder = { value: undefined, fields: 1, count: 0 };
  for (const value of values) {
    const fields = countOrderFields(value);
    // An order of the shop has a status, an orderInfo has none.
    if (fields <= FIELDS_OF_SUMMARY && isJsonObject(value) && 'status' in value) continue;
    const count = found.count + (fields > FIELDS_OF_SUMMARY ? 1 : 0);
    found = fields > found.fields ? { value, fields, count } : { ...found, count };
  }
  return found;
}

/** Says why a value cannot be examined: it must be JSON of at most 64 KiB and 32 levels. */
function validateInput(input: unknown): RawFinding | null {
  let text: string | undefined;
  try {
    text = JSON.stringify(input);
  } catch (error) {
    // A RangeError is a stack overflow by nesting; circles and big integers are TypeErrors.
    return String(error).startsWith('RangeError') ? { code: 'INPUT_TOO_DEEP' } : notJson(error);
  }
  if (text === undefined) return { code: 'ORDERINFO_NOT_OBJECT' };
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) return { code: 'INPUT_TOO_LARGE' };
  return scanBrackets(text).deepest > MAX_DEPTH ? { code: 'INPUT_TOO_DEEP' } : null;
}

/**
 * Finds the orderInfo in a value: itself, or inside an envelope such as { errno, data: { orderInfo } }.
 * An orderInfo that is JSON text is returned as text, because that is a finding of its own.
 */
export function findOrderInfo(
  input: unknown,
): { ok: true; value: unknown; findings: RawFinding[] } | { ok: false; finding: RawFinding } {
  const finding = validateInput(input);
  if (finding) return rejected(finding);
  let found = findMostComplete([input]);
  // A summary may be around the orderInfo: the same fields, but fewer of them.
  for (let level = membersOf(input); level.length; level = level.flatMap(membersOf)) {
    const below = findMostComplete(level);
    if (below.fields > found.fields) found = below;
  }
  if (found.value !== undefined) {
    const evidence = { count: String(found.count) };
    const findings: RawFinding[] = found.count > 1 ? [{ code: 'INPUT_SEVERAL_ORDERS', evidence }] : [];
    return { ok: true, value: found.value, findings };
  }
  if (!isJsonObject(input)) return rejected({ code: 'ORDERINFO_NOT_OBJECT' });
  const hide = (name: string, value: unknown): unknown =>
    /sign|secret|token|passw|private/i.test(name) ? '…' : value;
  return rejected({ code: 'ORDERINFO_NOT_FOUND', evidence: { said: truncate(JSON.stringify(input, hide)) } });
}

/** The values one level below; bizInfo is left out, because it repeats the order's names and is no orderInfo. */
function membersOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return isJsonObject(value)
    ? Object.keys(value).flatMap(name => (plainName(name) === 'bizinfo' ? [] : [value[name]]))
    : [];
}

/** An object, also one that is JSON text; else one without members. */
function toObject(value: unknown, parse: (json: string) => unknown): JsonObject {
  try {
    const object = typeof value === 'string' ? parse(value.trim()) : value;
    return isJsonObject(object) ? object : {};
  } catch {
    return {};
  }
}

/** What is in the place of the orderInfo; undefined when the answer is no success. */
function readOrderInfo(answer: unknown, parse: (json: string) => unknown): unknown {
  const { errno, code, data } = toObject(answer, parse);
  const result = errno === undefined ? code : errno;
  const isCode = typeof result === 'number' || (typeof result === 'string' && result !== '');
  if (!isCode || Number(result) !== 0) return undefined;
  const { orderInfo = data } = toObject(data, parse);
  return orderInfo;
}

/**
 * Finds the order where pay-button reads it in an answer of the backend (docs/openapi.yaml).
 *
 * @param exact the same answer, with large numbers as text
 * @returns null when no order is there
 */
export function findOrderOfAnswer(
  answer: unknown,
  exact: unknown,
): { value: unknown; exact: unknown } | null {
  const value = readOrderInfo(answer, JSON.parse);
  const found = findOrderInfo(value);
  return found.ok && found.value === value ? { value, exact: readOrderInfo(exact, parseExactJson) } : null;
}

export interface ReadOrder {
  /** an orderInfo, or an envelope that contains one */
  value: unknown;
  /** the same, with large numbers as text, exactly as they were written */
  exact: unknown;
  findings: RawFinding[];
}

/** An orderInfo that was read, or why there is none. */
type ReadOrderInput = ({ ok: true } & ReadOrder) | { ok: false; finding: RawFinding };

/** Fields of the order that bizInfo.tpData does not repeat. */
const FIELDS_OUTSIDE_BIZINFO = ['rsasign', 'signfieldsrange', 'dealtitle'];

/** Returns true only when no order has such values. */
function isClearlyNotification(values: JsonObject): boolean {
  const hasMoney = 'totalMoney' in values || 'refundBatchId' in values;
  return hasMoney && 'orderId' in values && 'rsaSign' in values && !('totalAmount' in values);
}

/** Returns true for three fields of an order, one of them outside of bizInfo, whose tpData has the others, too. */
function looksLikeOrderInfo(values: JsonObject): boolean {
  const names = Object.keys(values).map(plainName);
  const isOutside = FIELDS_OUTSIDE_BIZINFO.some(field => names.includes(field));
  return countOrderFields(values) >= 3 && isOutside && !isClearlyNotification(values);
}

/** Members in which a log, or an export of a tool, has a text that was an object before. */
const OF_LOG = /^(?:log|_raw|raw|message|msg|body|text|content)$/;

/** Returns true unless the only order is in a text that a log or a tool has made of it. */
function hasOrder(value: unknown): boolean {
  const found = findOrderInfo(value);
  if (!found.ok || typeof found.value !== 'string') return found.ok;
  const names: string[] = [];
  JSON.stringify(value, (name, member: unknown) => {
    if (member === found.value) names.push(name);
    return member;
  });
  return !names.every(name => OF_LOG.test(name));
}

/**
 * Reads an orderInfo from the bytes of a file or an answer: JSON, or text that contains it, such as a log or a dump.
 *
 * @param options.isAnswer of the backend: of its JSON, the mini-program searches no text for an order
 */
export function readOrderInput(input: string | Buffer, { isAnswer = false } = {}): ReadOrderInput {
  const json = readJson(input);
  const isJsonNotification = json.ok && isJsonObject(json.value) && isClearlyNotification(json.value);
  if (isJsonNotification) return { ok: false, finding: { code: 'INPUT_IS_NOTIFICATION' } };
  const whole: ReadOrderInput = json.ok ? { ...json, findings: [] } : json;
  const text = decodeInput(input);
  const isSearched = json.ok ? !isAnswer && !hasOrder(json.value) : json.finding.code === 'INPUT_NOT_JSON';
  if (!isSearched || !text.ok) return whole;
  // A dump in a text of JSON is read without the escapes of that text.
  for (const each of [...(json.ok ? textsOf(json.value) : []), text.value]) {
    const pasted = readPastedOrder(unescapeLine(each));
    if (pasted) return pasted;
  }
  return whole;
}

/** A signature alone has more characters. */
const MIN_PASTED_LENGTH = 150;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length < MIN_PASTED_LENGTH ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const NAMES_IN_FORM = ['appKey', 'dealId', 'totalAmount', 'tpOrderId', 'signFieldsRange', 'rsaSign'];

/** An object as the console of a browser shows it until it is opened. */
const COLLAPSED = /^\{[^]*[{,] ?…\}\s*$/;

/** @returns null when the text has neither an order nor a notification */
function readPastedOrder(text: string): ReadOrderInput | null {
  const read = (isWanted: (values: JsonObject) => boolean, parse?: (json: string) => unknown) =>
    readPastedText(text, isWanted, new WorkBudget(READING_LIMITS), parse);
  if (COLLAPSED.test(text)) {
    const reason = 'the console has left out what is behind …: copy the object, or log JSON.stringify of it';
    return { ok: false, finding: { code: 'INPUT_NOT_JSON', evidence: { reason } } };
  }
  const pasted = read(looksLikeOrderInfo);
  if (!pasted) {
    return read(isClearlyNotification) && { ok: false, finding: { code: 'INPUT_IS_NOTIFICATION' } };
  }
  const hasSignature = Object.keys(pasted.values).map(plainName).includes('rsasign');
  // What was read as JSON is whole.
  if (!hasSignature && !pasted.how.includes('JSON') && text.includes('{') && !scanBrackets(text).isClosed) {
    const reason = 'it is cut off, as by a log or a column of a database: give all of it';
    return { ok: false, finding: { code: 'INPUT_NOT_JSON', evidence: { reason } } };
  }
  const evidence = { how: pasted.how };
  if (Object.values(pasted.values).some(value => ARRAY_REFERENCE.test(String(value)))) {
    return { ok: false, finding: { code: 'INPUT_WITHOUT_VALUES', evidence } };
  }
  const findings: RawFinding[] = [{ code: 'INPUT_EXTRACTED', evidence }];
  // Blanks and quotes end a form, but not one that was decoded before it was logged.
  const decoded = readDecodedLine(text, NAMES_IN_FORM);
  if (countOrderFields(decoded) > countOrderFields(pasted.values)) {
    return { ok: true, value: decoded, exact: decoded, findings };
  }
  // The same text as the mini-program reads it: large numbers lose digits.
  const rounded = read(looksLikeOrderInfo, JSON.parse);
  return { ok: true, value: rounded?.values ?? pasted.values, exact: pasted.values, findings };
}
