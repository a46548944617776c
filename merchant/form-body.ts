/**
 * A form body that can be read in one way only: no parameter twice, nothing but text, at most 64 KiB.
 */

export type FormProblem = 'BODY_MISSING' | 'BODY_TOO_LARGE' | 'PARAMETER_REPEATED' | 'PARAMETER_NOT_TEXT';

export type Form =
  { ok: true; params: Record<string, string> } | { ok: false; code: FormProblem; message: string };

/** A notification has about 600 bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/** The raw body, or its parameters as a framework parsed them. */
export type FormBody = string | Buffer | Readonly<Record<string, unknown>>;

function refused(code: FormProblem, message: string): Form {
  return { ok: false, code, message };
}

function pairsOf(body: FormBody): [string, unknown][] {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    return [
      // The & keeps a leading ? part of the first name: URLSearchParams would drop it.
      ...new URLSearchParams('&' + body.toString()),
    ];
  }
  return Object.entries(body);
}

function sizeOf(body: FormBody): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (Buffer.isBuffer(body)) return body.length;
  return Object.entries(body).reduce(
    (sum, [name, value]) =>
      sum + Buffer.byteLength(name) + (typeof value === 'string' ? Buffer.byteLength(value) : 0),
    0,
  );
}

/** A value as application/x-www-form-urlencoded has it, space as +. */
export function formEncode(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice('v='.length);
}

/** Reads application/x-www-form-urlencoded, or takes over parameters that a framework has parsed. */
export function readForm(body: FormBody): Form {
  if (typeof body !== 'string' && (typeof body !== 'object' || body === null)) {
    return refused(
      'BODY_MISSING',
      'there is no body: register a parser for application/x-www-form-urlencoded',
    );
  }
  if (sizeOf(body) > MAX_BODY_BYTES) {
    return refused('BODY_TOO_LARGE', `the body is larger than ${MAX_BODY_BYTES} bytes`);
  }
  const params = new Map<string, string>();
  for (const [name, value] of pairsOf(body)) {
    if (params.has(name)) return refused('PARAMETER_REPEATED', `${name} is there twice: which one is meant?`);
    if (typeof value !== 'string') {
      return refused(
        'PARAMETER_NOT_TEXT',
        `${name} is no text: give the raw body, or parameters nobody has converted`,
      );
    }
    params.set(name, value);
  }
  return { ok: true, params: Object.fromEntries(params) };
}

/**
 * Reads a request (or any stream) up to one byte more than 64 KiB, which verifyNotification then refuses; the rest is
 * not waited for, and the stream is closed.
 *
 * @throws whatever the stream fails with, such as ECONNRESET from a caller who hangs up half way: catch it, because an
 *   unheard rejection ends the process
 */
export async function readBody(stream: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
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
