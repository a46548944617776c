/**
 * The scenarios as plain functions: their files run against a `test` that only collects, so that each scenario can be played
 * again with another library.
 */
import { format } from 'node:util';

interface CollectedTest {
  name: string;
  run: () => unknown;
}

type Body = (...values: unknown[]) => unknown;
type Each = (table: readonly unknown[]) => (name: string, body: Body) => void;

/** Runs what registers tests, and hands back the tests instead of running them. */
export function collectTests(register: () => void): CollectedTest[] {
  const tests: CollectedTest[] = [];
  const path: string[] = [];
  const test = (name: string, run: Body): void => {
    tests.push({ name: [...path, name].join(' › '), run: () => run() });
  };
  const describe = (name: string, body: Body): void => {
    path.push(name);
    body();
    path.pop();
  };
  const each =
    (one: (name: string, body: Body) => void): Each =>
    table =>
    (name, body) =>
      table.forEach(row => {
        const values = Array.isArray(row) ? (row as unknown[]) : [row];
        const places = (name.match(/%[sijp]/g) ?? []).length;
        one(format(name.replace(/%p/g, '%j'), ...values.slice(0, places)), () => body(...values));
      });
  const jestOwn = { test: globalThis.test, describe: globalThis.describe, afterEach: globalThis.afterEach };
  Object.assign(globalThis, {
    test: Object.assign(test, { each: each(test) }),
    describe: Object.assign(describe, { each: each(describe) }),
    afterEach: () => undefined,
  });
  try {
    register();
  } finally {
    Object.assign(globalThis, jestOwn);
  }
  return tests;
}
