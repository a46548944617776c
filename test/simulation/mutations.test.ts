/** Takes each rule out of the source in turn, and plays the scenario that has to fail then: see README.md. */
import fs from 'node:fs';
import path from 'node:path';
import { collectTests } from './collect-tests';
import { loadMutant } from './fakes/library';
import { MUTATIONS } from './mutations';
import { takeViolations, useLibrary } from './scenario';

const ROOT = path.resolve(__dirname, '../..');
const SCENARIOS = path.join(__dirname, 'scenarios');

/** Real ms after which a scenario that waits for a promise has failed. */
const PATIENCE = 5000;
jest.setTimeout(60_000);

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
