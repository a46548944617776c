import { diagnoseOrderInput } from '../../../merchant/diagnose/order';
import { readOrderInput } from '../../../merchant/diagnose/order-input';
import { createKeyPair } from '../../../scripts/support/keys';
import { joinFields, seededRandom, randomOrder, sha1WithRsa } from './random-orders';
import type { Order } from './random-orders';
import { bodyOf, platform } from './vectors';

test('diagnoseOrderInput quotes a number as it was written when it is beyond 2^53', () => {
  const { privateKey, publicKey } = createKeyPair();
  const order: Order = { ...randomOrder(seededRandom(4)), tpOrderId: '1349625084474417153', bizInfo: '' };
  const text = JSON.stringify({ ...order, rsaSign: sha1WithRsa(joinFields(order), privateKey) });
  const unquoted = readOrderInput(text.replace('"1349625084474417153"', '1349625084474417153'));
  if (!unquoted.ok) throw new Error(unquoted.finding.code);
  const { findings } = diagnoseOrderInput(unquoted.value, publicKey, { exact: unquoted.exact });
  expect(findings).toMatchObject([
    {
      code: 'NUMBER_LOST_DIGITS',
      evidence: { field: 'tpOrderId', sent: '1349625084474417153', read: '1349625084474417200' },
    },
  ]);
});

describe('readOrderInput', () => {
  const { privateKey, publicKey } = createKeyPair();
  const number = '1349625084474417153';
  const bizInfo = (order: Order): string => {
    const { appKey, dealId, totalAmount, tpOrderId } = order;
    return JSON.stringify({ tpData: { appKey, dealId, totalAmount, tpOrderId } });
  };
  const made: Order = { ...randomOrder(seededRandom(4)), tpOrderId: number };
  const order: Order = {
    ...made,
    bizInfo: bizInfo(made),
    rsaSign: sha1WithRsa(joinFields(made), privateKey),
  };
  const examined = (text: string): unknown => {
    const received = readOrderInput(text);
    if (!received.ok) return [received.finding.code];
    const { value, exact, findings } = received;
    return diagnoseOrderInput(value, publicKey, { exact, findings }).findings.map(({ code }) => code);
  };
  const unquoted = JSON.stringify(order).replace(`"tpOrderId":"${number}"`, `"tpOrderId":${number}`);

  test('finds the whole order, not the bizInfo in it, when it was printed by print_r of PHP', () => {
    const lines = Object.entries(order).map(([name, value]) => `    [${name}] => ${value}`);
    expect(examined(`Array\n(\n${lines.join('\n')}\n)\n`)).toEqual(['INPUT_EXTRACTED']);
  });

  test('reports only NUMBER_LOST_DIGITS when a number is not in quotes', () => {
    expect(examined(unquoted)).toEqual(['NUMBER_LOST_DIGITS']);
    expect(examined(`[12:00] order: ${unquoted}`)).toEqual(['NUMBER_LOST_DIGITS', 'INPUT_EXTRACTED']);
    expect(examined(JSON.stringify({ orderInfo: unquoted }))).toEqual([
      'NUMBER_LOST_DIGITS',
      'ORDERINFO_IS_TEXT',
    ]);
  });

  test('reports INPUT_IS_NOTIFICATION when it gets a notification', () => {
    const notification = new URLSearchParams(bodyOf(platform));
    expect(examined(notification.toString())).toEqual(['INPUT_IS_NOTIFICATION']);
    expect(examined(JSON.stringify(Object.fromEntries(notification)))).toEqual(['INPUT_IS_NOTIFICATION']);
  });
});

test.each([
  ['quotes that never close', '"' + '\\"'.repeat(32_000), 'INPUT_NOT_JSON'],
  ['brackets', '['.repeat(65_000), 'INPUT_TOO_DEEP'],
  ['brackets behind a quote', '"' + '{'.repeat(65_000), 'INPUT_NOT_JSON'],
])('readOrderInput refuses the text after one pass when it consists of %s', (_what, text, code) => {
  expect(readOrderInput(text)).toMatchObject({ ok: false, finding: { code } });
});
