import { fetchLimited, FetchTimeoutError } from '../../merchant/limited-fetch';
import { describeNetworkError } from '../network';

/** One HTTP POST to the merchant. */
export type PostResult =
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
  signal: AbortSignal,
): Promise<PostResult> {
  const request: RequestInit = { method: 'POST', body: new URLSearchParams(params), redirect: 'manual' };
  try {
    const limits = { timeout, maxBytes: MAX_REPLY_BYTES, signal };
    const { status, body, isTooLarge } = await fetchLimited(url, request, limits);
    if (isTooLarge) {
      return { answered: false, explanation: `the reply is larger than ${MAX_REPLY_BYTES} bytes` };
    }
    return { answered: true, status, text: body.toString('utf8') };
  } catch (error) {
    if (error instanceof FetchTimeoutError) {
      return { answered: false, explanation: `no reply within ${timeout} ms` };
    }
    return { answered: false, explanation: `not delivered: ${describeNetworkError(error)}` };
  }
}
