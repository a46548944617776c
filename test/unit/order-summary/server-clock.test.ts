import fc from 'fast-check';
import { createServerClock } from '../../../components/order-summary/server-clock';

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

test('the clock is the device’s until an answer names the time', () => {
  const clock = createServerClock();
  expect(clock.now()).toBe(1_000_000);
  clock.sync(undefined);
  expect(clock.now()).toBe(1_000_000);
  clock.sync(5_000_000);
  jest.advanceTimersByTime(10);
  expect(clock.now()).toBe(5_000_010);
});

test('the clock never runs ahead of the server, and goes by the quickest answer', () => {
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

test('the clock ignores an answer of before, and notices a device that was set again', () => {
  const clock = createServerClock();
  clock.sync(5_000_000);
  clock.sync(4_000_000);
  expect(clock.now()).toBe(5_000_000);
  jest.setSystemTime(9_000_000);
  clock.sync(5_000_001);
  expect(clock.now()).toBe(5_000_001);
});
