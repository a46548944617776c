/**
 * Property-based: random schedules of taps, property changes, delays, host and backend faults, hides, shows, closes,
 * kills and restarts against the real components, with the invariant checked all the time. RUNS sets how many
 * (npm run test:soak: 100000); LIBRARY_ROOT runs them against another checkout.
 */
import fc from 'fast-check';
import { bundleLibrary } from './fakes/library';
import { setups, steps } from './arbitraries';
import { settle, Simulation } from './play-schedule';

const RUNS = Number(process.env.RUNS ?? 2000);
/** `npm test` plays the same every time; with RUNS set, new schedules are looked for. */
const SEED = process.env.SEED ?? (process.env.RUNS ? undefined : '20261129');
const load = bundleLibrary();

test(`no payment is lost, doubled or left hanging (${RUNS} random schedules)`, async () => {
  await fc.assert(
    fc.asyncProperty(setups, steps, async (setup, schedule) => {
      const simulation = new Simulation(setup, load);
      await simulation.run(schedule);
      expect(await settle(simulation)).toEqual([]);
    }),
    { numRuns: RUNS, endOnFailure: false, ...(SEED ? { seed: Number(SEED) } : {}) },
  );
}, 3600000);
