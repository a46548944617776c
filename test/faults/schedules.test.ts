/**
 * Schedules of taps, property changes, delays, host and backend faults, hides, shows, closes, kills and restarts
 * against the real component, with every rule checked after each step. RUNS sets how many (npm run test:soak: 100000).
 */
import fc from 'fast-check';
import { bundleLibrary } from './world/library';
import { setups, steps } from './world/schedule';
import { Town } from './world/town';

const RUNS = Number(process.env.RUNS ?? 3000);
/** `npm test` says the same every time; with RUNS set (npm run test:soak), new schedules are looked for. */
const SEED = process.env.SEED ?? (process.env.RUNS ? undefined : '20261123');
const code = bundleLibrary();

describe('on every schedule of taps, faults, closes and kills', () => {
  test(`no payment is lost, doubled or left hanging (${RUNS} schedules)`, async () => {
    await fc.assert(
      fc.asyncProperty(setups, steps, async (setup, schedule) => {
        const town = new Town(setup, code);
        town.run(schedule);
        town.settle();
        expect(await town.promises()).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: false, ...(SEED ? { seed: Number(SEED) } : {}) },
    );
  }, 3600000);

  test('a schedule that 60,000 others had to find: looks after a day do not speak for what took the place of the old', async () => {
    const town = new Town(
      { source: 'order-info', statusUrl: true, second: 'same', copies: 1, key: 'derived' },
      code,
    );
    town.run([
      { do: 'tap', button: 0 },
      { do: 'kill' },
      { do: 'wait', ms: 90000000 },
      { do: 'resumePending' },
      { do: 'pay', button: 0 },
    ]);
    town.settle();
    expect(await town.promises()).toEqual([]);
  });
});
