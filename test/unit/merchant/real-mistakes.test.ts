/** Output of PHP, Python, openssl and Java for common mistakes in signing and logging. */
import { diagnoseNotification, diagnoseOrder } from '../../../merchant';
import type { Finding } from '../../../merchant';
import mistakes from './real-mistakes.json';

const { merchantKey, platformKey, orders, pasted } = mistakes;
const params = mistakes.params as Record<string, string>;

const errors = (findings: Finding[]): string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

test.each(orders.map(({ how, code, order }) => [how, code, order] as const))(
  'diagnoseOrder finds the mistake when an order was signed by %s: %s',
  (_how, code, order) => {
    const found = errors(diagnoseOrder(order, merchantKey, { maxCandidates: 500_000 }).findings);
    expect({ order, found: found.sort() }).toEqual({ order, found: code?.split(',').sort() ?? [] });
  },
);

describe('diagnoseNotification', () => {
  test.each(Object.entries(pasted))(
    'finds and verifies the notification when it was logged as %s',
    (how, text) => {
      const { ok, findings } = diagnoseNotification(text, platformKey, { locale: 'en' });
      expect({ how, codes: findings.map(({ code }) => code) }).toEqual({
        how,
        codes: how === 'JSON' ? [] : ['INPUT_EXTRACTED'],
      });
      expect(ok).toBe(true);
      const name = how.startsWith('monolog') ? 'a log line with JSON' : how.replace(/ \(.*/, '');
      if (how !== 'JSON') expect(findings[0]?.evidence.how).toBe(name);
    },
  );

  const entries = Object.entries(params);
  const body = new URLSearchParams(params).toString();
  const decoded = entries.map(([name, value]) => `${name}=${value}`).join('&');

  test.each([
    ['a map of Go', `map[${entries.map(([name, value]) => `${name}:[${value}]`).join(' ')}]`],
    ['a map of Go', `2020/09/13 notify map[${entries.map(([name, value]) => `${name}:${value}`).join(' ')}]`],
    ['a hash of Ruby', `{${entries.map(([n, v]) => `"${n}"=>${JSON.stringify(v)}`).join(', ')}}`],
    [
      'an object as Node prints it',
      `{ ${entries.map(([n, v]) => `${n}: ${JSON.stringify(v)}`).join(', ')} }`,
    ],
    [
      'an object as Node prints it',
      `[Object: null prototype] {\n${entries.map(([n, v]) => `  ${n}: ${JSON.stringify(v)}`).join(',\n')}\n}`,
    ],
    ['a log line with JSON', `INFO notify ${JSON.stringify(params)} {"took":3}`],
    ['a log line with JSON', `[{main}] notify ${JSON.stringify(params)}`],
    ['a log line', `notify(${body})`],
    ['a log line', `INFO params: "${body}"`],
    ['a URL', `GET-less https://shop.example/notify?${body}`],
  ])('finds and verifies the notification when it is in %s', (how, text) => {
    expect(diagnoseNotification(text, platformKey).findings).toMatchObject([
      { code: 'INPUT_EXTRACTED', evidence: { how } },
    ]);
  });

  test.each([
    ['a text of its own', decoded],
    ['in a log line', `2020-09-13 12:26:40 INFO notify body: ${decoded}`],
  ])('reports BODY_DECODED only when the decoded body is %s', (_where, text) => {
    const { ok, findings } = diagnoseNotification(text, platformKey);
    expect(ok).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('BODY_DECODED');
  });

  test('reports BASE64_PLUS_BECAME_SPACE when the body has spaces in place of +', () => {
    const damaged = new URLSearchParams({ ...params, rsaSign: String(params.rsaSign).replaceAll('+', ' ') });
    expect(errors(diagnoseNotification(damaged.toString(), platformKey).findings)).toEqual([
      'BASE64_PLUS_BECAME_SPACE',
    ]);
  });

  test('reports INPUT_WITHOUT_VALUES when Java printed arrays as references', () => {
    expect(errors(diagnoseNotification(mistakes.withoutValues, platformKey).findings)).toEqual([
      'INPUT_WITHOUT_VALUES',
    ]);
  });

  const bizInfo = JSON.stringify({
    tpData: { appKey: 'MM1', dealId: '1', tpOrderId: 'T1', totalAmount: '1', returnData: { cart: '7' } },
  });

  test.each([
    ['INPUT_IS_ORDER', JSON.stringify(orders[0]?.order)],
    ['INPUT_IS_ORDER', new URLSearchParams(orders[0]?.order as unknown as Record<string, string>).toString()],
    ['INPUT_IS_ORDER', JSON.stringify({ ...orders[0]?.order, bizInfo })],
    ['INPUT_NOT_NOTIFICATION', 'Hello, here is the notification you asked for'],
    ['INPUT_NOT_NOTIFICATION', '%%%&&&==='],
  ])('reports %s when the text is no notification (%#)', (code, text) => {
    expect(errors(diagnoseNotification(text, platformKey).findings)).toEqual([code]);
  });

  test('reports NOTIFY_TAMPERED when a value was changed in a log line', () => {
    const text = `[12:26:40] notify: ${JSON.stringify({ ...params, totalMoney: '1' })}`;
    expect(errors(diagnoseNotification(text, platformKey).findings)).toEqual(['NOTIFY_TAMPERED']);
  });
});
