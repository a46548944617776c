/**
 * A fetch with a time limit that covers the body, and a size limit. It has a timer of its own because AbortSignal.timeout
 * and .any lose theirs to a garbage collection on Node 20 and 22, and no signal reaches the body after the headers there.
 */
import { MerchantError } from './errors';

export class FetchTimeoutError extends MerchantError<'FETCH_TIMEOUT'> {
  override readonly name = 'FetchTimeoutError';

  constructor(message: string) {
    super('FETCH_TIMEOUT', message);
  }
}

interface FetchLimits {
  /** ms for connecting, sending and the whole response */
  timeout: number;
  /** bytes of the body */
  maxBytes: number;
  fetch?: typeof fetch;
  /** aborts the request */
  signal?: AbortSignal;
}

interface LimitedResponse {
  status: number;
  ok: boolean;
  /** what was read; when it is too large, a few bytes more than the limit */
  body: Buffer;
  isTooLarge: boolean;
}

async function readLimited(
  response: Response,
  maxBytes: number,
  ended: Promise<never>,
): Promise<Pick<LimitedResponse, 'body' | 'isTooLarge'>> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (reader && size <= maxBytes) {
      const { done, value } = await Promise.race([reader.read(), ended]);
      if (done) break;
      chunks.push(value);
      size += value.byteLength;
    }
    return { body: Buffer.concat(chunks), isTooLarge: size > maxBytes };
  } finally {
    // Closes the connection when the body was not read to its end; does nothing after the end.
    reader?.cancel().catch(() => undefined);
  }
}

/**
 * Sends a request and reads its response.
 *
 * @returns the response with any HTTP status; its body is read up to a few bytes more than `maxBytes`
 * @throws FetchTimeoutError at the deadline, the reason of `signal`, or the error of the connection
 */
export async function fetchLimited(
  url: string,
  init: RequestInit,
  { timeout, maxBytes, fetch: send = fetch, signal }: FetchLimits,
): Promise<LimitedResponse> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    end = reason => {
      reject(reason as Error);
      controller.abort();
    };
  });
  const expire = (): void => end(new FetchTimeoutError(`no answer within ${timeout} ms`));
  // After a busy time the timer comes before what arrived meanwhile: that is read first.
  const timer = setTimeout(() => setImmediate(expire), timeout);
  const cancel = (): void => end(signal?.reason);
  signal?.addEventListener('abort', cancel);
  let responding: Promise<Response> | undefined;
  try {
    responding = send(url, { ...init, signal: controller.signal });
    const response = await Promise.race([responding, ended]);
    const { status, ok } = response;
    return { status, ok, ...(await readLimited(response, maxBytes, ended)) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
    // These promises may settle after the race; a response that arrives too late is closed.
    ended.catch(() => undefined);
    responding
      ?.then(async late => {
        if (!late.body?.locked) await late.body?.cancel();
      })
      .catch(() => undefined);
  }
}
