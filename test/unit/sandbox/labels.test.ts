import { labelsOf } from '../../../sandbox/cashier/browser/labels';
import { OUTCOMES } from '../../../sandbox/cashier/outcomes';

test.each(['zh', 'en'] as const)('the labels name every outcome, and no two alike: %s', language => {
  const { outcomes } = labelsOf(language);
  expect(Object.keys(outcomes).sort()).toEqual(Object.keys(OUTCOMES).sort());
  expect(new Set(Object.values(outcomes)).size).toBe(Object.keys(OUTCOMES).length);
});

test('the tables have the same columns in both languages', () => {
  const [zh, en] = [labelsOf('zh').console, labelsOf('en').console];
  for (const table of ['orderColumns', 'notificationColumns', 'refundColumns', 'rejectionColumns'] as const) {
    expect(zh[table]).toHaveLength(en[table].length);
  }
});

test('English labels hold no Chinese, but for the way back', () => {
  const chinese = (value: unknown): string[] =>
    typeof value === 'string'
      ? /\p{Script=Han}/u.test(value)
        ? [value]
        : []
      : Object.values(Object(value)).flatMap(chinese);
  expect(chinese(labelsOf('en'))).toEqual(['中文']);
});
