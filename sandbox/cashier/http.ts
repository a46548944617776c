/** Requests and answers of the cashier's own routes, and how errors are answered there. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { MAX_BODY_BYTES, type Locale } from '../../merchant';
import { toJsonText } from '../../merchant/json';
import { DatabaseError, describeFailure } from '../../lib/database';

/** A request to one of these routes that is refused: the message is the answer, and names what is wrong for a developer. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A business rejection of the server API: `{ errno, msg, data }` with HTTP 200, as Baidu's are. */
export class BusinessError extends Error {
  override readonly name = 'BusinessError';

  constructor(
    readonly errno: number,
    message: string,
    readonly data: unknown = null,
  ) {
    super(message);
  }
}

/** Every answer of the cashier's own routes is `{ errno, msg, data }`; Baidu's paths keep Baidu's envelope. */
export function success<T>(data: T): { errno: 0; msg: 'success'; data: T } {
  return { errno: 0, msg: 'success', data };
}

export function sendProblem(reply: FastifyReply, status: number, msg: string): FastifyReply {
  return reply.code(status).send({ errno: status, msg, data: null });
}

/** Answers every error below this plugin in the envelope. Texts of unexpected errors go to the log alone. */
export function registerErrorHandler(app: FastifyInstance, log: (line: string) => void): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `The cashier has no ${request.method} ${pathOf(request.url)}`),
  );
  app.setErrorHandler((error, _request, reply) => {
    const { status, msg } = toHttpProblem(error);
    if (status >= 500) log(`failed: ${describeFailure(error)}`);
    return sendProblem(reply, status, msg);
  });
}

/** @param error of a route: a HttpError, a DatabaseError, one of Fastify's, or an unexpected one */
export function toHttpProblem(error: unknown): { status: number; msg: string } {
  if (error instanceof HttpError) return { status: error.status, msg: error.message };
  if (error instanceof DatabaseError) {
    return {
      status: 503,
      msg: 'The database of the cashier cannot be used now; its log says why. Try again.',
    };
  }
  const { statusCode } = Object(error) as { statusCode?: unknown };
  switch (statusCode) {
    case 413:
      return { status: 413, msg: `The body is larger than ${MAX_BODY_BYTES} bytes` };
    case 415:
      return { status: 415, msg: 'Send the body as application/json' };
    case 400:
      return { status: 400, msg: 'The body is not valid JSON' };
    default:
      return { status: 500, msg: 'The cashier failed; its log says why. Nothing was done.' };
  }
}

export function pathOf(url: string): string {
  return url.replace(/\?.*/s, '').slice(0, 200);
}

/**
 * Reads a JSON object that a request holds.
 *
 * @param path names it in the message
 * @param known names of its parts, so that a misspelt one is not ignored
 * @throws HttpError 400
 */
export function readObject(value: unknown, path: string, known: string[]): Record<string, unknown> {
  if (!value || typeof value !== 'object' || Array.isArray(value)) {
    throw new HttpError(400, `${path} must be a JSON object with ${known.join(', ')}`);
  }
  const unknown = Object.keys(value).find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new HttpError(
      400,
      `${path} has the unknown part ${formatValue(unknown)}; known: ${known.join(', ')}`,
    );
  }
  return value as Record<string, unknown>;
}

/** A value in a message, shortened. */
export function formatValue(value: unknown): string {
  return value === undefined ? 'nothing' : (toJsonText(value) ?? '…').slice(0, 60);
}

/**
 * The language of an Accept-Language header: Chinese when that is wanted most, English for all others, as the console
 * chooses its own.
 */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '').split(',').map(part => {
    const [name = '', ...parameters] = part.split(';').map(text => text.trim());
    const quality = parameters.find(each => /^q=/i.test(each))?.slice(2);
    return { name, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
  const [first] = wanted.sort((a, b) => b.quality - a.quality);
  return first && /^zh\b/i.test(first.name) && first.quality > 0 ? 'zh-CN' : 'en';
}
