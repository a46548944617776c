import { messageOf } from '../../error-message';
import {
  BACKEND_PATH,
  COOKIE_HEADER,
  FAILURE_HEADER,
  SET_COOKIE_HEADER,
  type BackendAddress,
} from '../proxy-protocol';
import { HostError, type HttpRequest, type HttpResponse } from '../swan-api/host-adapter';

/** Sends what goes to the backend by way of this server, and refuses the rest. */
export async function sendToBackend(
  request: HttpRequest,
  backend: BackendAddress | null,
): Promise<HttpResponse> {
  const url = new URL(request.url);
  if (url.origin !== backend?.origin) {
    const reached = backend ? `requests go to ${backend.origin} alone` : 'no backend is given';
    const remedy = `${reached}; to reach ${url.origin}, start the sandbox with --backend ${url.origin}`;
    console.error(`swan.request to ${url.origin} is refused: ${remedy}`);
    throw new HostError(202, `request:fail illegal request, ${remedy}`);
  }
  let response: Response;
  let body: string | ArrayBuffer;
  try {
    response = await fetch(backendBase(backend) + url.pathname + url.search, {
      method: request.method,
      headers: Object.fromEntries(
        Object.entries(request.header).map(([name, value]) => [sentName(name), value]),
      ),
      body: request.body,
      signal: request.signal,
      credentials: 'omit',
      cache: 'no-store',
    });
    const bytes = await response.arrayBuffer();
    body = request.responseType === 'arraybuffer' ? bytes : decode(bytes, response.headers);
  } catch (error) {
    throw new HostError(1001, `request:fail ${messageOf(error)}`);
  }
  const failure = response.headers.get(FAILURE_HEADER);
  if (failure !== null) throw new HostError(1001, `request:fail ${decodeURIComponent(failure)}`);
  const header = Object.fromEntries(
    [...response.headers].map(([name, value]) => [receivedName(name), value]),
  );
  return { statusCode: response.status, header, body };
}

/** The text of an answer in the charset that its header names, UTF-8 otherwise. */
function decode(bytes: ArrayBuffer, headers: Headers): string {
  const [, charset = 'utf-8'] =
    /charset\s*=\s*["']?([^\s;"']+)/i.exec(headers.get('content-type') ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** A browser hides cookies from scripts, a phone does not: cookies get another name on the way to our server. */
const sentName = (name: string): string => (/^cookie$/i.test(name) ? COOKIE_HEADER : name);
const receivedName = (name: string): string => (name === SET_COOKIE_HEADER ? 'Set-Cookie' : name);

/** An address as the browser reaches it: one of the backend by way of this server, any other as it is. */
export const reachableUrl = (url: string, backend: BackendAddress | null): string =>
  backend && url.startsWith(`${backend.origin}/`)
    ? backendBase(backend) + url.slice(backend.origin.length)
    : url;

/** The prefix of the backend's paths on the preview's server; '' when that server is the backend. */
const backendBase = ({ server }: BackendAddress): string =>
  server === null || server === window.location.origin ? '' : BACKEND_PATH;
