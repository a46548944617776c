import { checkOrderInfo } from '../../../merchant/order-rules';
import { createKeyPair } from '../../../scripts/support/keys';
import { buildOrderInfo, signOrderInfo } from '../../../merchant';
import {
  explainProblems,
  explainSignature,
  type Rejection,
} from '../../../sandbox/cashier/rejection-reasons';
import { DEFAULT_SETTINGS } from '../../../sandbox/cashier/settings';
import { validateOrder } from '../../../sandbox/cashier/validate-order';
import { preferredLocale } from '../../../sandbox/cashier/http';

test.each([
  [undefined, 'en'],
  ['*', 'en'],
  ['zh', 'zh-CN'],
  ['zh-TW,en;q=0.5', 'zh-CN'],
  ['en-US,zh;q=0.9', 'en'],
  ['en;q=0.2, zh-CN;q=0.8', 'zh-CN'],
  ['de,zh;q=0.5', 'en'],
  ['zh;q=0', 'en'],
  [';;q=,', 'en'],
])('preferredLocale() returns the language when Accept-Language is %j: %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

test('explainProblems() returns the same codes in both languages when an order is malformed', () => {
  const order = { appKey: 'MMMabc', dealId: 'x y', totalAmount: '1.50', signFieldsRange: '2' };
  const { problems } = checkOrderInfo(order);
  const { en, 'zh-CN': chinese } = explainProblems(problems, order);
  const codes = (texts: string[]) => texts.map(text => text.split(':')[0]);
  expect(codes(en)).toEqual(expect.arrayContaining(['FIELD_MISSING', 'DEALID_MALFORMED']));
  expect(codes(chinese)).toEqual(codes(en));
  expect(en.join()).not.toMatch(/\p{Script=Han}|\{\w+\}/u);
  for (const text of chinese) expect(text).toMatch(/\p{Script=Han}/u);
});

test('explainSignature() says which key the sandbox knows when another one signed', () => {
  const own = createKeyPair();
  const known = createKeyPair();
  const fields = {
    appKey: 'MMMabc',
    dealId: '470193086',
    tpOrderId: 'o1',
    totalAmount: 680,
    dealTitle: 'tea',
  };
  const order = signOrderInfo(buildOrderInfo(fields), own.privateKey);
  expect(explainSignature(order, known.publicKey).en.join()).toMatch(/WRONG_KEY.*--key FILE/);
  expect(explainSignature(order, known.publicKey)['zh-CN'].join()).toMatch(/WRONG_KEY.*--key FILE/);
});

test.each([
  ['data of a backend', { orderInfo: { tpOrderId: 'o1' } }, 'orderInfo'],
  ['whole reply of a backend', { errno: 0, data: { orderInfo: { tpOrderId: 'o1' } } }, 'data.orderInfo'],
  ['reply with the order as its data', { errno: 0, data: { tpOrderId: 'o1' } }, 'data'],
])('validateOrder() says where the order is when orderInfo is the %s', (_what, given, place) => {
  const { reasons } = validateOrder(given, [], DEFAULT_SETTINGS) as Rejection;
  expect(reasons.en).toEqual([expect.stringContaining(`its ${place}:`)]);
  expect(reasons['zh-CN']).toEqual([expect.stringContaining(`它的 ${place} 里`)]);
});
