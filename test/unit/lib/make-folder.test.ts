import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../../lib/make-folder';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'swan-cashier-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('a folder gets its mode, and its parents the default, when none of them exists', () => {
  const folder = join(parent, 'a', 'b', 'c');
  makeFolder(folder, 0o700);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(parent, 'a')).mode & 0o070).not.toBe(0);
});

test('a folder is left as it is when it exists', () => {
  writeFileSync(join(parent, 'file'), 'text');
  makeFolder(parent);
  makeFolder('/');
  expect(existsSync(join(parent, 'file'))).toBe(true);
});

test.each([
  ['its name is a file', 'file', 'EEXIST'],
  ['a part of its path is a file', 'file/a/b', 'ENOTDIR'],
])('a folder is refused when %s', (_what, path, code) => {
  writeFileSync(join(parent, 'file'), 'text');
  expect(() => makeFolder(join(parent, path))).toThrow(code);
});

test('a folder is refused at once when its file system makes none', () => {
  // In a process of its own: what never returns can only be killed.
  const script = `try { require('./lib/make-folder').makeFolder('/proc/nobody/made/it') } catch (error) { console.log(error.code) }`;
  const { signal, stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
    cwd: resolve(__dirname, '../../..'),
    timeout: 60_000,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
  });
  expect([signal, stdout]).toEqual([null, expect.stringMatching(/^E[A-Z]+\n$/)]);
}, 120_000);
