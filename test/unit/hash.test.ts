import fc from 'fast-check';
import { hash, randomKey, stableJson } from '../../utils/hash';

test('stableJson() writes equal carts as equal texts when their keys are in another order', () => {
  expect(stableJson({ b: 1, a: [{ d: null, c: '茶' }] })).toBe(
    stableJson({ a: [{ c: '茶', d: null }], b: 1 }),
  );
  expect(stableJson({ a: 1 })).not.toBe(stableJson({ a: '1' }));
  expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
});

test('stableJson() writes equal JSON when it gets an arbitrary JSON value', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      value => void expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
    ),
  );
});

test('hash() returns short, different values when there are 20,000 carts', () => {
  // Names of purchases in a phone's storage: another version of the package must find them again.
  expect([hash(''), hash('{"goods":"茶"}')]).toEqual(['45h14o7', 'cxfclt1dxf6l7']);
  const seen = new Set<string>();
  for (let count = 0; count < 20000; count++) seen.add(hash(`{"goods":${count}}`));
  expect(seen.size).toBe(20000);
  expect(Math.max(...[...seen].map(one => one.length))).toBeLessThanOrEqual(14);
});

test('randomKey() fits into a header and does not repeat itself when it is called often', () => {
  const keys = new Set(Array.from({ length: 5000 }, randomKey));
  expect(keys.size).toBe(5000);
  for (const key of keys) expect(key).toMatch(/^[0-9a-z]{10,40}$/);
});

test('randomKey() differs from one ms to the next when the phone has weak random numbers', () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  jest.useFakeTimers();
  const first = randomKey();
  jest.advanceTimersByTime(1);
  expect(randomKey()).not.toBe(first);
  jest.useRealTimers();
  random.mockRestore();
});
