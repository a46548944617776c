import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkAppFolder } from '../../../sandbox/app-folder';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'swan-project-'));
});
afterEach(() => rmSync(project, { recursive: true }));

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text);
};

test('checkAppFolder() accepts a folder when it has an app.json', () => {
  write('app.json', '{}');
  expect(() => checkAppFolder(project)).not.toThrow();
});

test.each([
  [
    'project.swan.json names it',
    { 'project.swan.json': '{"smartProgramRoot": "src/"}', 'src/app.json': '{}' },
    'src/',
  ],
  ['it is where a framework builds', { 'dist/build/mp-baidu/app.json': '{}' }, 'dist/build/mp-baidu'],
])('checkAppFolder() names the folder inside of the project when %s', (_when, files, built) => {
  for (const [name, text] of Object.entries(files)) write(name, text);
  expect(() => checkAppFolder(project)).toThrow(`Give --app ${join(project, built)}, which has one.`);
});

test.each(['', '{', '5', '{"smartProgramRoot": 5}'])(
  'checkAppFolder() says to build when nothing is built and project.swan.json is %j',
  text => {
    write('project.swan.json', text);
    expect(() => checkAppFolder(project)).toThrow('Build it, and give --app the folder with app.json.');
  },
);
