import fc from 'fast-check';
import { hash, randomKey, stableJson } from '../../../utils/hash';

test('equal carts are equal texts, whatever the order of their keys', () => {
  expect(stableJson({ b: 1, a: [{ d: null, c: '茶' }] })).toBe(
    stableJson({ a: [{ c: '茶', d: null }], b: 1 }),
  );
  expect(stableJson({ a: 1 })).not.toBe(stableJson({ a: '1' }));
  expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
});

test('it is JSON: what was written can be read', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      value => void expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
    ),
  );
});

test('a hash is short, stable, and tells carts apart', () => {
  // Names of purchases in a phone's storage: another version of the package must find them again.
  expect([hash(''), hash('{"goods":"茶"}')]).toEqual(['45h14o7', 'cxfclt1dxf6l7']);
  const seen = new Set<string>();
  for (let count = 0; count < 20000; count++) seen.add(hash(`{"goods":${count}}`));
  expect(seen.size).toBe(20000);
  expect(Math.max(...[...seen].map(one => one.length))).toBeLessThanOrEqual(14);
});

test('random keys do not repeat, and fit into a header', () => {
  const keys = new Set(Array.from({ length: 5000 }, randomKey));
  expect(keys.size).toBe(5000);
  for (const key of keys) expect(key).toMatch(/^[0-9a-z]{10,40}$/);
});

test('random keys differ from one ms to the next on a phone whose random numbers are weak', () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  jest.useFakeTimers();
  const first = randomKey();
  jest.advanceTimersByTime(1);
  expect(randomKey()).not.toBe(first);
  jest.useRealTimers();
  random.mockRestore();
});
