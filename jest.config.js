const { availableParallelism } = require('node:os');

const transform = { '^.+\\.ts$': '<rootDir>/test/jest/esbuild-transform.js' };

/** One project per kind of test, so that each can be run alone: `npx jest --selectProjects unit`. */
const project = (name, testEnvironment, more) => ({
  displayName: name,
  testEnvironment,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform,
  runtime: '<rootDir>/test/jest/runtime.js',
  moduleNameMapper: {
    '^swan-cashier$': '<rootDir>/utils/index.ts',
    '^swan-cashier/sandbox-cashier$': '<rootDir>/utils/host/sandbox-cashier.ts',
    '^@electric-sql/pglite$': '<rootDir>/test/helpers/pglite.ts',
  },
  ...more,
});

module.exports = {
  // More than there are cores: the tests of e2e wait for servers and browsers most of the time.
  maxWorkers: Math.max(6, availableParallelism() - 1),
  workerIdleMemoryLimit: '1500MB',
  // ms: one that had databases in its memory takes longer to give it back than the half second of the default.
  workerGracefulExitTimeout: 10_000,
  testSequencer: '<rootDir>/test/jest/sequencer.js',
  testTimeout: 60_000,
  projects: [
    project('unit', 'node'),
    project('component', 'jsdom'),
    project('simulation', 'node'),
    project('e2e', 'node', {
      globalSetup: '<rootDir>/test/jest/global-setup.ts',
      globalTeardown: '<rootDir>/test/jest/global-teardown.ts',
    }),
    project('types', 'node'),
  ],
};
