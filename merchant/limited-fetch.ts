/**
 * One request that ends: a timer of its own until the body is read, and a size limit. AbortSignal.timeout and .any lose
 * their timer to a garbage collection on Node 20 and 22, and after the headers the way from any signal to the body.
 */
export class FetchTimeout extends Error {
  override readonly name = 'FetchTimeout';
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
  /** as far as it was read: of a larger one some bytes more than the limit */
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
    // Closes the connection of an answer that was left unread. An ended stream takes no notice.
    reader?.cancel().catch(() => undefined);
  }
}

/**
 * @throws FetchTimeout at the deadline, the reason of `cancelled`, or the error of the connection
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
  const timer = setTimeout(() => end(new FetchTimeout(`no answer within ${timeout} ms`)), timeout);
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
    // What loses the race has no reader; an answer that comes too late is closed.
    ended.catch(() => undefined);
    answer
      ?.then(async late => {
        if (!late.body?.locked) await late.body?.cancel();
      })
      .catch(() => undefined);
  }
}
