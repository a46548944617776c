import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataDir } from '../../../sandbox/data-dir';
import { StartError } from '../../../sandbox/start-errors';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swan-cashier-data-dir-'));
  data = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lock = { onLost: () => undefined, onWait: () => undefined };

async function refusal(path = data): Promise<string> {
  const error: unknown = await openDataDir(path, lock).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
}

test('openDataDir() throws and leaves the folder unchanged when it has other files', async () => {
  mkdirSync(join(data, 'database'), { recursive: true });
  writeFileSync(join(data, 'database', 'thesis.txt'), 'mine');
  expect(await refusal()).toContain('this program has not made');
  expect(readFileSync(join(data, 'database', 'thesis.txt'), 'utf8')).toBe('mine');
  expect(readdirSync(data)).toEqual(['database']);
});

test('openDataDir() throws when the path is a file or leads through one', async () => {
  writeFileSync(data, 'a file');
  expect(await refusal()).toContain('it is a file');
  expect(await refusal(join(data, 'below'))).toContain('a part of its path is a file');
});

test('openDataDir() names the path when the lock is a folder or a link', async () => {
  mkdirSync(data);
  writeFileSync(join(data, 'made-by-swan-cashier.txt'), '');
  const file = join(data, 'lock');
  mkdirSync(file);
  expect(await refusal()).toContain('there is a folder where one of its files belongs');
  rmdirSync(file);
  symlinkSync('nowhere', file);
  expect(await refusal()).toContain(`${file} is not a lock`);
});

test('reset() deletes only database and keys when the folder has other files', async () => {
  const opened = await openDataDir(data, lock);
  for (const path of [opened.database, opened.keys]) {
    mkdirSync(path);
    writeFileSync(join(path, 'own'), '');
  }
  writeFileSync(join(data, 'notes.txt'), 'mine');
  opened.reset();
  expect([opened.database, opened.keys].filter(existsSync)).toEqual([]);
  expect(readFileSync(join(data, 'notes.txt'), 'utf8')).toBe('mine');
  opened.release();
  expect(readdirSync(data).filter(name => name.startsWith('lock'))).toEqual([]);
});
