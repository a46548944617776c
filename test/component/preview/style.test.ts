/** @jest-environment node */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStyle } from '../../../sandbox/preview/compiler/style';
import { SourceFolder } from '../../../sandbox/preview/compiler/source-files';
import { ASSET_PLACEHOLDER, convertUnits, TAG_PLACEHOLDER } from '../../../sandbox/preview/css';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'swan-preview-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const compile = (css: string, scope: 'page' | 'component', others: Record<string, string> = {}): string => {
  for (const [name, text] of Object.entries({ 'a.css': css, ...others }))
    writeFileSync(join(root, name), text);
  const { css: compiled, problems } = compileStyle(new SourceFolder(root), join(root, 'a.css'), scope);
  expect(problems).toEqual([]);
  return compiled
    .replace(/\s+/g, ' ')
    .replaceAll(TAG_PLACEHOLDER, 'TAG')
    .replaceAll(ASSET_PLACEHOLDER, 'APP')
    .trim();
};

test('a component’s classes carry the tag it is used under; tags mean Swan’s tags', () => {
  expect(compile('.a .b.c, view > .d::after { color: red }', 'component')).toBe(
    '.TAG__a .TAG__b.TAG__c, swan-view > .TAG__d::after { color: red }',
  );
});

test('class rules inside @media are dead in a component and alive in a page', () => {
  const css = '@media (min-width: 1px) { .a { color: red } }';
  expect(compile(css, 'component')).toBe('@media (min-width: 1px) { .a { color: red } }');
  expect(compile('.a { color: red }' + css, 'page')).toBe(
    '.a { color: red }@media (min-width: 1px) { .a { color: red } }',
  );
});

test('page is the page, and custom properties can be set there inside @media', () => {
  expect(compile('@media (prefers-color-scheme: dark) { page { --x: #000 } }', 'page')).toBe(
    '@media (prefers-color-scheme: dark) { swan-page { --x: #000 } }',
  );
});

test('@import is put in place, once around a circle', () => {
  const others = { 'b.css': '@import "./a.css"; .b { color: blue }' };
  expect(compile('@import "./b.css"; .a { color: red }', 'component', others)).toBe(
    '.TAG__b { color: blue } .TAG__a { color: red }',
  );
});

test('keyframes keep their steps', () => {
  expect(compile('@keyframes k { from { left: 0 } 50% { left: 75rpx } }', 'component')).toBe(
    '@keyframes k { from { left: 0 } 50% { left: 10cqw } }',
  );
});

test('relative pictures are found from the file', () => {
  expect(compile('.a { background: url("./x.png") }', 'page')).toBe('.a { background: url(APP/x.png) }');
});

test.each([
  ['750rpx', '100cqw'],
  ['-7.5rpx', '-1cqw'],
  ['1rpx', '0.5px'],
  ['.5rpx', '0.0666667cqw'],
  ['calc(100vh - 88rpx)', 'calc(100cqh - 11.7333333cqw)'],
  ['50vw', '50cqw'],
  ['var(--a10rpx)', 'var(--a10rpx)'],
])('%s is %s of the phone’s screen', (given, expected) => {
  expect(convertUnits(given)).toBe(expected);
});

test('a missing css file is an empty one', () => {
  expect(compileStyle(new SourceFolder(root), join(root, 'none.css'), 'page')).toEqual({
    css: '',
    problems: [],
  });
});
