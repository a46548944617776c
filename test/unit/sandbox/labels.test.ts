import { labelsOf } from '../../../sandbox/cashier/browser/labels';
import { OUTCOMES } from '../../../sandbox/cashier/payment-outcomes';

test.each(['zh-CN', 'en'] as const)('every outcome has its own label when the language is %s', language => {
  const { outcomes } = labelsOf(language);
  expect(Object.keys(outcomes).sort()).toEqual(Object.keys(OUTCOMES).sort());
  expect(new Set(Object.values(outcomes)).size).toBe(Object.keys(OUTCOMES).length);
});

test('each table has the same number of columns in both languages', () => {
  const [zh, en] = [labelsOf('zh-CN').console, labelsOf('en').console];
  for (const table of ['orderColumns', 'notificationColumns', 'refundColumns', 'rejectionColumns'] as const) {
    expect(zh[table]).toHaveLength(en[table].length);
  }
});

test('labels hold no Chinese but 中文 when the language is English', () => {
  const texts = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(Object(value)).flatMap(texts);
  const chinese = (value: unknown): string[] => texts(value).filter(text => /\p{Script=Han}/u.test(text));
  expect(chinese(labelsOf('en'))).toEqual(['中文']);
});
