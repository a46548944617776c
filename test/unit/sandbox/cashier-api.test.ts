/** @jest-environment jsdom */
import { cashierApi } from '../../../sandbox/cashier/browser/cashier-api';
import { currentLocale, switchLanguage } from '../../../sandbox/cashier/browser/labels';

test('requests send the Accept-Language of the console when its language changes', async () => {
  const asked: unknown[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = (async (_url: unknown, init: RequestInit) => {
    asked.push(new Map(Object.entries(init.headers ?? {})).get('accept-language'));
    return { json: async () => ({ errno: 0, msg: '', data: null }) };
  }) as unknown as typeof globalThis.fetch;
  const before = currentLocale();
  await cashierApi('/baidu').state(1);
  const after = switchLanguage();
  await cashierApi('/baidu').state(1);
  globalThis.fetch = fetch;
  expect(asked).toEqual([before, after]);
  expect(after).not.toBe(before);
});
