/** One HTTP POST to the merchant. */
export type Delivered =
  { answered: true; status: number; text: string } | { answered: false; explanation: string };

const MAX_REPLY_BYTES = 64 * 1024;

/**
 * Posts `params` form-encoded and reads the reply. Never rejects. A redirect counts as an answer: Baidu documents none.
 *
 * @param timeout ms for connecting, sending and the whole reply
 */
export async function post(
  url: string,
  params: Record<string, string>,
  timeout: number,
  cancelled: AbortSignal,
): Promise<Delivered> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(params),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeout), cancelled]),
    });
    return { answered: true, status: response.status, text: await readLimited(response) };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    if (name === 'TimeoutError') return { answered: false, explanation: `no reply within ${timeout} ms` };
    return { answered: false, explanation: `unreachable: ${cause?.code ?? cause?.message ?? message}` };
  }
}

async function readLimited(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.length;
    if (size > MAX_REPLY_BYTES) throw new Error(`the reply is larger than ${MAX_REPLY_BYTES} bytes`);
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
