/** A backend in a test's hands, through configure({ requestAdapter }). */
import { configure } from '../../../utils/config/configure';
import { settings } from '../../../utils/config/config';
import type { RequestOptions } from '../../../utils/host/swan';

interface SentRequest extends Omit<RequestOptions, 'success'> {
  /** answers with a body, and with HTTP 200 by default */
  answer(data: unknown, more?: { statusCode?: number; header?: unknown }): void;
  isAborted: boolean;
}

/** What was sent, in order; nothing is answered unless the test does. */
export let sent: SentRequest[] = [];
export const consoleErrors: Record<'warn' | 'error', string[]> = { warn: [], error: [] };

beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  for (const level of ['warn', 'error'] as const) {
    consoleErrors[level] = [];
    jest
      .spyOn(console, level)
      .mockImplementation((...words) => void consoleErrors[level].push(words.join(' ')));
  }
  configure({
    baseUrl: 'https://shop.example',
    requestAdapter: ({ success, ...request }) => {
      const one: SentRequest = {
        ...request,
        answer: (data, { statusCode = 200, header } = {}) =>
          success({ data, statusCode, header } as Parameters<RequestOptions['success']>[0]),
        isAborted: false,
      };
      sent.push(one);
      return { abort: () => void (one.isAborted = true) };
    },
  });
});

afterEach(() => {
  configure(Object.fromEntries(Object.keys(settings()).map(key => [key, undefined])));
  jest.useRealTimers();
  jest.restoreAllMocks();
});
