import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { describeNetworkError } from '../network';
import { BACKEND_PATH, COOKIE_HEADER, FAILURE_HEADER, SET_COOKIE_HEADER } from './proxy-protocol';

/** Longest time for an answer, as on a phone, in ms. */
const TIMEOUT = 60000;
const MAX_REDIRECTS = 5;
/** A phone reads no more, in bytes. */
const MAX_BODY = 10 * 1024 * 1024;

/** Headers of the browser and of the connection, which a mini-program does not send. */
const NOT_SENT =
  /^(host|connection|keep-alive|transfer-encoding|te|upgrade|content-length|accept-encoding|origin|referer|cookie|sec-.*|dnt|priority)$/;
const NOT_RETURNED = /^(connection|keep-alive|transfer-encoding|content-encoding|content-length|set-cookie)$/;

/**
 * Forwards requests of the mini-program to its backend, and to no other server.
 * @param origin of the backend
 */
export async function registerBackendProxy(app: FastifyInstance, origin: string): Promise<void> {
  await app.register(async proxy => {
    proxy.removeAllContentTypeParsers();
    proxy.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) =>
      done(null, body),
    );
    proxy.all<{ Params: { '*': string } }>(`${BACKEND_PATH}/*`, async (request, reply) => {
      if (!isOwnPage(request.headers)) {
        return reply.code(403).type('text/plain').send('Only the preview sends requests to the backend');
      }
      // A route matches other spellings of its path, too, such as /%70review/backend.
      if (!request.url.startsWith(`${BACKEND_PATH}/`)) {
        return reply.code(404).type('text/plain').send(`The backend is at ${BACKEND_PATH}/`);
      }
      try {
        await forward(request, reply, origin);
      } catch (error) {
        const reason = `the backend ${origin} (--backend) gives no answer: ${describeNetworkError(error).en}`;
        return reply.code(502).header(FAILURE_HEADER, encodeURIComponent(reason)).send();
      }
      return reply;
    });
  });
}

/**
 * A page of another site can send simple requests to this machine. The backend could not refuse them, because it gets them
 * without Origin.
 */
function isOwnPage({ origin, host, 'sec-fetch-site': site = 'none' }: IncomingHttpHeaders): boolean {
  const isOwnOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  return isOwnOrigin && ['same-origin', 'none'].includes(String(site));
}

async function forward(request: FastifyRequest, reply: FastifyReply, origin: string): Promise<void> {
  const controller = new AbortController();
  // A timer of its own, which AbortSignal.timeout can lose to a garbage collection on Node 20 and 22.
  const late = new Error(`none within ${TIMEOUT / 1000} s`);
  const timer = setTimeout(() => controller.abort(late), TIMEOUT);
  try {
    const url = new URL(origin + request.url.slice(BACKEND_PATH.length));
    const response = await send(request, url, controller.signal);
    const body = await readBody(response);
    for (const [name, value] of response.headers) if (!NOT_RETURNED.test(name)) reply.header(name, value);
    const cookies = response.headers.getSetCookie();
    if (cookies.length) reply.header(SET_COOKIE_HEADER, cookies.join(', '));
    await reply.code(response.status).send(body);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Error when there is more than a phone reads */
async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error(`more than ${MAX_BODY / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Sends the request and follows redirects within the backend's origin, as a phone does. */
async function send(request: FastifyRequest, first: URL, signal: AbortSignal): Promise<Response> {
  let url = first;
  let { method } = request;
  let body = hasBody(method) ? (request.body as Buffer | undefined) : undefined;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(url, {
      method,
      headers: headersOf(request.headers),
      body: body?.length ? new Uint8Array(body) : undefined,
      redirect: 'manual',
      signal,
    });
    const location = response.headers.get('location');
    if (!/^30[12378]$/.test(String(response.status)) || location === null) return response;
    url = new URL(location, url);
    if (url.origin !== first.origin) throw new Error(`it redirects to ${url.origin}`);
    if (response.status === 303 || (hasBody(method) && response.status < 303)) {
      method = 'GET';
      body = undefined;
    }
    await response.body?.cancel();
  }
  throw new Error(`it redirects more than ${MAX_REDIRECTS} times`);
}

const hasBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

function headersOf(given: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || NOT_SENT.test(name)) continue;
    headers.set(name === COOKIE_HEADER ? 'cookie' : name, String(value));
  }
  return headers;
}
