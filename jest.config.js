const transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.jest.json' }] };

/** One project per kind of test, so that each can be run alone: `npx jest --selectProjects unit`. */
const project = (name, testEnvironment, more) => ({
  displayName: name,
  testEnvironment,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform,
  moduleNameMapper: {
    '^swan-cashier$': '<rootDir>/utils/index.ts',
    '^@electric-sql/pglite$': '<rootDir>/test/helpers/pglite.ts',
  },
  ...more,
});

module.exports = {
  projects: [
    project('unit', 'node'),
    project('component', 'jsdom'),
    project('simulation', 'node'),
    project('e2e', 'node'),
    project('types', 'node'),
  ],
};
