import fc from 'fast-check';
import { createServerClock } from '../../../components/order-summary/server-clock';

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

test('now() is the device time until sync() gets a server time', () => {
  const clock = createServerClock();
  expect(clock.now()).toBe(1_000_000);
  clock.sync(undefined);
  expect(clock.now()).toBe(1_000_000);
  clock.sync(5_000_000);
  jest.advanceTimersByTime(10);
  expect(clock.now()).toBe(5_000_010);
});

test('now() goes by the fastest response when responses have different delays', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.array(fc.nat(4000), { minLength: 1 }),
      (wrong, delays) => {
        const clock = createServerClock();
        let now = 2_000_000_000;
        for (const delay of delays) {
          const answered = now;
          now += delay + 1;
          jest.setSystemTime(now + wrong);
          clock.sync(answered);
        }
        expect(clock.now()).toBe(now - Math.min(...delays) - 1);
      },
    ),
  );
});

test('sync() ignores an older server time, and resets the offset when the device clock has changed', () => {
  const clock = createServerClock();
  clock.sync(5_000_000);
  clock.sync(4_000_000);
  expect(clock.now()).toBe(5_000_000);
  jest.setSystemTime(9_000_000);
  clock.sync(5_000_001);
  expect(clock.now()).toBe(5_000_001);
});
