import { messageOf } from '../../error-message';
import { cloneThroughJson } from '../runtime/json-values';
import { HostError, type HostAdapter, type HttpRequest, type HttpResponse } from './host-adapter';
import { argumentError, areCallbacksValid, fail, getOptions, succeed, type Options } from './callbacks';

/** What swan.request answers. */
interface RequestTask {
  abort(): void;
}

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];

function headerOf(options: Options): Record<string, string> {
  const header: Record<string, string> = {};
  for (const [name, value] of Object.entries(getOptions(options.header))) {
    const text =
      typeof value === 'string' || typeof value === 'number'
        ? String(value)
        : Object.prototype.toString.call(value);
    if (/^referer$/i.test(name)) continue;
    header[/^content-type$/i.test(name) ? 'content-type' : name] = text;
  }
  header['content-type'] ??= 'application/json';
  return header;
}

/** Values that JSON does not have, such as undefined, do not reach the phone. */
function formText(data: Options): string {
  return Object.entries(cloneThroughJson(data))
    .map(([key, value]) => {
      const text = value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
      return `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
    })
    .join('&');
}

function bodyOf(method: string, type: string, data: unknown): string | ArrayBuffer | null {
  if (method === 'GET' || method === 'HEAD' || data === undefined || data === null) return null;
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data;
  return /x-www-form-urlencoded/i.test(type) ? formText(getOptions(data)) : JSON.stringify(data);
}

function addressOf(url: string, method: string, data: unknown): string {
  if (method !== 'GET' || data === null || typeof data !== 'object') return url;
  const query = formText(getOptions(data));
  return query ? url + (url.includes('?') ? '&' : '?') + query : url;
}

/** Text that looks like JSON is parsed; if that fails it stays text, without an error. */
function dataOf(response: HttpResponse, options: Options): unknown {
  const { body } = response;
  if (typeof body !== 'string' || (options.dataType ?? 'json') !== 'json') return body;
  if (!/^\s*(\{[\s\S]*\}|\[[\s\S]*\])\s*$/.test(body)) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/**
 * swan.request: an HTTP response of any status reaches success.
 * @returns the task, or undefined when the url cannot be requested at all
 */
export function createRequest(host: HostAdapter): (given: unknown) => RequestTask | undefined {
  return given => {
    const options = getOptions(given);
    host.onCall('request', given);
    const refuse = (error: HostError): undefined => {
      fail(host, 'request', options, error);
      return undefined;
    };
    const { url } = options;
    if (!areCallbacksValid(options))
      return refuse(argumentError('request', 'params type error, success and fail must be functions'));
    if (typeof url !== 'string' || !/^https?:\/\//.test(url)) {
      return refuse(
        argumentError(
          'request',
          `invalid url ${JSON.stringify(url)}, it must start with http:// or https://`,
        ),
      );
    }
    const method = typeof options.method === 'string' ? options.method.toUpperCase() : 'GET';
    if (!/^(object|string|undefined)$/.test(typeof options.data))
      return refuse(
        new HostError(904, '[jsNative Argument Error]data type error, must be oneOfType ["string","object"]'),
      );
    if (!METHODS.includes(method)) return refuse(new HostError(202, 'HTTP method is invalid'));
    const problem = jsonProblemOf({ ...options, header: null });
    if (problem !== null) {
      setTimeout(() => refuse(new HostError(904, problem)), 0);
      return { abort: () => undefined };
    }
    return send(host, options, url, method);
  };
}

/** Why options cannot reach a phone's native layer, if so: a page, as some callers add to them, is no JSON. */
function jsonProblemOf(options: Options): string | null {
  try {
    JSON.stringify(options);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function send(host: HostAdapter, options: Options, url: string, method: string): RequestTask {
  const controller = new AbortController();
  const header = headerOf(options);
  const timer = setTimeout(
    () => controller.abort(new HostError(1001, 'request:fail timeout')),
    host.requestTimeout,
  );
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  });
  const request: HttpRequest = {
    url: addressOf(url, method, options.data),
    method,
    header,
    body: bodyOf(method, header['content-type'] ?? '', options.data),
    responseType: options.responseType === 'arraybuffer' ? 'arraybuffer' : 'text',
    signal: controller.signal,
  };
  const response = new Promise<HttpResponse>(resolve => resolve(host.request(request)));
  Promise.race([response, aborted])
    .finally(() => clearTimeout(timer))
    .then(
      answer => {
        const data = dataOf(answer, options);
        succeed(host, 'request', options, { data, statusCode: answer.statusCode, header: answer.header });
      },
      (error: unknown) => fail(host, 'request', options, error),
    );
  return { abort: () => controller.abort(new HostError(1001, 'request:fail Canceled')) };
}
