import type { Locale } from '../../merchant';
import { fetchLimited, FetchTimeoutError } from '../../merchant/limited-fetch';
import { describeNetworkError } from '../network';

/** One HTTP POST to the merchant. */
export type PostResult =
  { answered: true; status: number; text: string } | { answered: false; explanation: Record<Locale, string> };

export const unanswered = (en: string, zhCN: string): PostResult => ({
  answered: false,
  explanation: { en, 'zh-CN': zhCN },
});

const MAX_REPLY_BYTES = 64 * 1024;

/**
 * Posts `params` form-encoded and reads the reply. Never rejects. A redirect counts as an answer: Baidu documents none.
 *
 * @param timeout ms for connecting, sending and the whole reply
 */
export async function postNotification(
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
      return unanswered(
        `the reply is larger than ${MAX_REPLY_BYTES} bytes`,
        `应答超过 ${MAX_REPLY_BYTES} 字节`,
      );
    }
    return { answered: true, status, text: body.toString('utf8') };
  } catch (error) {
    if (error instanceof FetchTimeoutError) {
      return unanswered(`no reply within ${timeout} ms`, `${timeout} 毫秒内没有应答`);
    }
    const { en, 'zh-CN': zhCN } = describeNetworkError(error);
    return unanswered(`not delivered: ${en}`, `没有送达：${zhCN}`);
  }
}
