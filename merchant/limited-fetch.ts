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

export interface FetchLimits {
  /** ms for connecting, sending and the whole answer */
  timeout: number;
  /** bytes of the body */
  maxBytes: number;
  fetch?: typeof fetch;
  /** ends the request early */
  cancelled?: AbortSignal;
}

export interface LimitedResponse {
  status: number;
  ok: boolean;
  /** what was read; when it is too large, a few bytes more than the limit */
  body: Buffer;
  isTooLarge: boolean;
}

async function readBody(
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
 * @throws FetchTimeoutError at the deadline, the reason of `cancelled`, or the error of the connection
 */
export async function fetchLimited(
  url: string,
  init: RequestInit,
  { timeout, maxBytes, fetch: send = fetch, cancelled }: FetchLimits,
): Promise<LimitedResponse> {
  cancelled?.throwIfAborted();
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    end = reason => {
      reject(reason as Error);
      controller.abort();
    };
  });
  const timer = setTimeout(() => end(new FetchTimeoutError(`no answer within ${timeout} ms`)), timeout);
  const cancel = (): void => end(cancelled?.reason);
  cancelled?.addEventListener('abort', cancel);
  let answer: Promise<Response> | undefined;
  try {
    answer = send(url, { ...init, signal: controller.signal });
    const response = await Promise.race([answer, ended]);
    const { status, ok } = response;
    return { status, ok, ...(await readBody(response, maxBytes, ended)) };
  } finally {
    clearTimeout(timer);
    cancelled?.removeEventListener('abort', cancel);
    // These promises may settle after the race; an answer that arrives too late is closed.
    ended.catch(() => undefined);
    answer
      ?.then(async late => {
        if (!late.body?.locked) await late.body?.cancel();
      })
      .catch(() => undefined);
  }
}
