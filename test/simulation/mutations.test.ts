/** Takes each rule out of the source in turn, and plays the scenario that has to fail then: see README.md. */
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { loadMutant } from './fakes/library';
import { MUTATIONS } from './mutations';
import { takeViolations, useLibrary } from './scenario';

const ROOT = path.resolve(__dirname, '../..');
const SCENARIOS = path.join(__dirname, 'scenarios');

/** Real ms after which a scenario that waits for a promise has failed. */
const PATIENCE = 5000;
jest.setTimeout(60_000);

interface CollectedTest {
  name: string;
  run: () => unknown;
}

type Body = (...values: unknown[]) => unknown;
type Each = (table: readonly unknown[]) => (name: string, body: Body) => void;

/**
 * Hands back the tests of a file of scenarios instead of running them, so that each can be played again with another
 * library: the file runs against a `test` that only collects.
 */
function collectTests(register: () => void): CollectedTest[] {
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

const scenarios = new Map<string, () => unknown>(
  fs
    .readdirSync(SCENARIOS)
    .filter(file => file.endsWith('.test.ts'))
    .flatMap(file =>
      collectTests(() => void jest.requireActual(path.join(SCENARIOS, file))).map(
        ({ name, run }) => [`${file.replace('.test.ts', '')}: ${name}`, run] as const,
      ),
    ),
);

async function fails(run: () => unknown): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'waited'>(resolve => (timer = setTimeout(() => resolve('waited'), PATIENCE)));
  const failed = await Promise.race([Promise.resolve().then(run), patience]).then(
    end => end === 'waited',
    () => true,
  );
  clearTimeout(timer);
  return takeViolations().length > 0 || failed;
}

afterEach(() => useLibrary(undefined));

test.each(MUTATIONS)('$rule', async ({ edits, noticedBy }) => {
  const run = scenarios.get(noticedBy)!;
  expect(await fails(run)).toBe(false);
  useLibrary(loadMutant(edits));
  expect(await fails(run)).toBe(true);
});

describe('the list', () => {
  test('names scenario tests that exist', () => {
    expect(MUTATIONS.map(({ noticedBy }) => noticedBy).filter(name => !scenarios.has(name))).toEqual([]);
  });

  test('finds the text of each edit exactly once', () => {
    const edits = MUTATIONS.flatMap(mutation => mutation.edits);
    const isFoundOnce = ({ file, find }: (typeof edits)[number]): boolean =>
      fs.readFileSync(path.join(ROOT, file), 'utf8').split(find).length === 2;
    expect(edits.filter(edit => !isFoundOnce(edit))).toEqual([]);
  });

  test('names each rule once', () => {
    const rules = MUTATIONS.map(({ rule }) => rule);
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
  });
});
