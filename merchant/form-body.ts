/**
 * Reads form bodies that have one meaning only: no parameter twice, only text values, at most 64 KiB.
 */
import { types } from 'node:util';
import { InvalidArgumentError } from './errors';
import { describeType, printable } from './printable';

export type FormProblem =
  'BODY_MISSING' | 'BODY_UNREADABLE' | 'BODY_TOO_LARGE' | 'PARAMETER_REPEATED' | 'PARAMETER_NOT_TEXT';

export type Form =
  { ok: true; params: Record<string, string> } | { ok: false; code: FormProblem; message: string };

/** A notification has about 600 bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/** The raw body (text or bytes), or its parameters as a framework parsed them. */
export type FormBody =
  string | ArrayBufferView | ArrayBufferLike | URLSearchParams | Readonly<Record<string, unknown>>;

type FormEntry = [name: string, value: unknown];

function invalid(code: FormProblem, message: string): Form {
  return { ok: false, code, message };
}

/** The class of a value by its tag, because `instanceof` fails for values of another realm (a vm, a test runner). */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function isThenable(value: object): boolean {
  return 'then' in value && typeof value.then === 'function';
}

function isStream(value: object): boolean {
  return Symbol.asyncIterator in value || ('pipe' in value && typeof value.pipe === 'function');
}

/** Returns true for what servers and clouds hand over around a body: a request of Fastify, a ctx of Koa, an event. */
function isWholeRequest(value: object): boolean {
  return !('rsaSign' in value) && ('headers' in value || 'request' in value || 'body' in value);
}

/** Bytes to text, without a copy; returns everything else unchanged. */
function decode(body: unknown): unknown {
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  return types.isAnyArrayBuffer(body) ? Buffer.from(body).toString() : body;
}

function byteLength(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return ArrayBuffer.isView(body) || types.isAnyArrayBuffer(body) ? body.byteLength : 0;
}

const GIVE_RAW_BODY = 'give the raw body';

/** Says why a value is no body and what to give instead; null for text and parameters. */
function describeUnreadable(body: unknown): string | null {
  if (typeof body === 'string') {
    if (/^\s*[[{]/.test(body)) {
      return body.startsWith('[object ')
        ? `the body is the text ${printable(body, 40)}: an object was turned into text; ${GIVE_RAW_BODY}`
        : `the body looks like JSON or a dump, and a notification is a form: it was parsed and written anew; ${GIVE_RAW_BODY}`;
    }
    if (/^[\w./:%-]*\?/.test(body))
      return 'the body is a URL or a query: give the POST body, which has no ? in front';
    return null;
  }
  if (typeof body !== 'object' || body === null) return `the body is a ${typeof body}; ${GIVE_RAW_BODY}`;
  if (isThenable(body)) return 'the body is a promise: await it first';
  if (Array.isArray(body)) return `the body is an array; ${GIVE_RAW_BODY}`;
  const tag = tagOf(body);
  if (tag === 'FormData')
    return 'the body is FormData, which is for uploads: use await request.text() instead';
  if (tag === 'Request') return 'the body is a Request: use await request.text()';
  if (tag !== 'URLSearchParams' && isStream(body)) {
    return `the body is a stream or a request (${tag}) that was not read yet: use await readBody(request)`;
  }
  if (isWholeRequest(body)) return 'this is a whole request or event: give its body, as in request.body';
  return tag === 'Object' || tag === 'URLSearchParams' ? null : `the body is a ${tag}: ${GIVE_RAW_BODY}`;
}

function entriesOf(body: unknown): FormEntry[] {
  // The & in front makes URLSearchParams keep a leading ?, as part of the first name.
  if (typeof body === 'string') return [...new URLSearchParams('&' + body)];
  return tagOf(body) === 'URLSearchParams'
    ? [...(body as URLSearchParams)]
    : Object.entries(body as Record<string, unknown>);
}

function sizeOf(entries: readonly FormEntry[]): number {
  const sizes = entries.map(([name, value]) => Buffer.byteLength(name) + byteLength(value));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Returns true if a second parser, or one of the wrong type, read the whole body as one name without a value. */
function isParsedTwice(entries: readonly FormEntry[]): boolean {
  const [name, value] = entries[0] ?? [''];
  return entries.length === 1 && value === '' && (/^\s*\{/.test(name) || name.includes('rsaSign='));
}

/** Encodes a value as application/x-www-form-urlencoded, space as +. */
export function formEncode(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice('v='.length);
}

/**
 * Reads application/x-www-form-urlencoded, or parameters that a framework has parsed.
 *
 * @param body any value: one that is no form gives a result with a message that says what it is
 */
export function readForm(body: FormBody | null | undefined): Form {
  if (byteLength(body) > MAX_BODY_BYTES) {
    return invalid('BODY_TOO_LARGE', `the body is larger than ${MAX_BODY_BYTES} bytes`);
  }
  const readable = decode(body);
  const missing =
    'there is no body: a parser has read it before (then give what it made, request.body), or none is registered for ' +
    'application/x-www-form-urlencoded';
  if (readable === undefined || readable === null || readable === '') return invalid('BODY_MISSING', missing);
  const unreadable = describeUnreadable(readable);
  if (unreadable !== null) return invalid('BODY_UNREADABLE', unreadable);
  const entries = entriesOf(readable);
  if (entries.length === 0 && typeof readable !== 'string') return invalid('BODY_MISSING', missing);
  // The size of a text was checked above.
  if (typeof readable !== 'string' && sizeOf(entries) > MAX_BODY_BYTES) {
    return invalid('BODY_TOO_LARGE', `the body is larger than ${MAX_BODY_BYTES} bytes`);
  }
  if (isParsedTwice(entries)) {
    return invalid('BODY_UNREADABLE', `the body was parsed twice, or as another type: ${GIVE_RAW_BODY}`);
  }
  return toParams(entries);
}

function toParams(entries: readonly FormEntry[]): Form {
  const params = new Map<string, string>();
  for (const [name, value] of entries) {
    if (params.has(name) || (Array.isArray(value) && value.length > 1)) {
      return invalid('PARAMETER_REPEATED', `${printable(name, 64)} is there twice: which one is meant?`);
    }
    if (typeof value !== 'string') {
      return invalid(
        'PARAMETER_NOT_TEXT',
        `${printable(name, 64)} is no text but ${describeType(value)}: ${GIVE_RAW_BODY}, or parameters that were not converted`,
      );
    }
    params.set(name, value);
  }
  return { ok: true, params: Object.fromEntries(params) };
}

/**
 * Reads a request (or any stream) up to one byte more than 64 KiB, which verifyNotification then refuses; closes the
 * stream without waiting for the rest.
 *
 * @throws the error of the stream, such as ECONNRESET when the connection breaks. Catch it: an unhandled rejection ends
 *   the process. InvalidArgumentError for what is no stream.
 */
export async function readBody(stream: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const given: unknown = stream;
  if (typeof given !== 'object' || given === null || !(Symbol.asyncIterator in given)) {
    const problem =
      tagOf(given) === 'Request'
        ? 'is a Request of the web: use await request.text() instead'
        : `must be a request or stream of Node, got ${describeType(given)}; what was read before is for verifyNotification`;
    throw new InvalidArgumentError('stream', `stream ${problem}`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES + 1);
}
