import { checkOrderInfo } from '../../../merchant/order-rules';
import { explainProblems } from '../../../sandbox/cashier/rejections';
import { preferredLocale } from '../../../sandbox/cashier/cashier-routes';

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
