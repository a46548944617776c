import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStyle } from '../../../sandbox/preview/compiler/style';
import { SourceFolder } from '../../../sandbox/preview/compiler/source-files';
import { ASSET_PLACEHOLDER, TAG_PLACEHOLDER } from '../../../sandbox/preview/compiled-app';
import { convertUnits } from '../../../sandbox/preview/convert-units';
import { StyleElements } from '../../../sandbox/preview/browser/style-elements';

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

test("a class gets the placeholder of its tag, and a tag becomes Swan's, when they are in a component", () => {
  expect(compile('.a .b.c, view > .d::after { color: red }', 'component')).toBe(
    '.TAG__a .TAG__b.TAG__c,swan-TAG swan-view > .TAG__d::after { color: red }',
  );
});

test('a rule for tags, ids or everything means what is in the component when it is in one', () => {
  expect(compile('text, #id, * { color: red } view.a, .b text { top: 0 }', 'component')).toBe(
    'swan-TAG swan-text,swan-TAG #id,swan-TAG *:where(swan-page, swan-page *) { color: red } ' +
      'swan-TAG swan-view.TAG__a, .TAG__b swan-text { top: 0 }',
  );
});

test('a rule is for its page alone, and weighs the same, when it is in the css of a page', () => {
  writeFileSync(join(root, 'p.css'), '.a .b::after, page, :root, .c:hover, x-y > * { left: 0 }');
  const { css } = compileStyle(new SourceFolder(root), join(root, 'p.css'), 'page', 'p/p');
  const page = ':where(swan-page[route="p/p"], swan-page[route="p/p"] *)';
  expect(css.replaceAll(page, '@').replaceAll(':where(swan-page, swan-page *)', '')).toBe(
    '.a .b@::after, swan-page@, :root, .c:hover@, swan-x-y > *@ { left: 0 }',
  );
});

test('a class inside @media gets no placeholder when it is in a component', () => {
  const css = '@media (prefers-color-scheme: dark) { .a { color: red } }';
  expect(compile(css, 'component')).toBe(css);
  expect(compile('.a { color: red }' + css, 'page')).toBe(`.a { color: red }${css}`);
});

test.each([
  ['(min-width: 600px)', '@container (min-width: 600px) { RULE }'],
  ['only screen and (max-device-width: 375px)', '@container (max-width: 375px) { RULE }'],
  [
    '(width >= 10px) and (orientation: portrait)',
    '@container (width >= 10px) and (orientation: portrait) { RULE }',
  ],
  [
    '(max-width: 320px), screen and (min-width: 600px)',
    '@container ((max-width: 320px)) or ((min-width: 600px)) { RULE }',
  ],
  ['(min-width: 9px) and (hover)', '@media (hover) {@container (min-width: 9px) { RULE } }'],
  ['print', '@media print { RULE }'],
  ['(hover), (min-width: 9px)', '@media (hover), (min-width: 9px) { RULE }'],
])('a size is that of the screen instead of the window when @media has %s', (query, expected) => {
  const rule = '.a { color: red }';
  expect(compile(`@media ${query} { ${rule} }`, 'page')).toBe(expected.replace('RULE', rule));
});

test('page becomes swan-page when it is inside @media', () => {
  expect(compile('@media (prefers-color-scheme: dark) { page { --x: #000 } }', 'page')).toBe(
    '@media (prefers-color-scheme: dark) { swan-page { --x: #000 } }',
  );
});

test('an @import is replaced by its rules once when files import each other', () => {
  const others = { 'b.css': '@import "./a.css"; .b { color: blue }' };
  expect(compile('@import "./b.css"; .a { color: red }', 'component', others)).toBe(
    '.TAG__b { color: blue } .TAG__a { color: red }',
  );
});

test('keyframe steps are kept when a component has @keyframes', () => {
  expect(compile('@keyframes k { from { left: 0 } 50% { left: 75rpx } }', 'component')).toBe(
    '@keyframes k { from { left: 0 } 50% { left: 10cqw } }',
  );
});

test.each([
  ['"./x.png"', 'APP/x.png'],
  ['x/y.png', 'APP/x/y.png'],
  ["'/x.png'", 'APP/x.png'],
])("an image is one of the mini-program's when its url is %s", (given, expected) => {
  expect(compile(`.a { background: url(${given}) }`, 'page')).toBe(`.a { background: url(${expected}) }`);
});

test.each(['https://a.example/x.png', '//a.example/x.png', 'data:image/png;base64,AA==', '#clip'])(
  'a url stays as it is when it is %s',
  url => {
    expect(compile(`.a { background: url(${url}) }`, 'page')).toBe(`.a { background: url(${url}) }`);
  },
);

test('a rule for everything stays on the pages, and weighs nothing, when it has *', () => {
  expect(compile('*, .a > *::before { left: 0 }', 'page')).toBe(
    '*:where(swan-page, swan-page *), .a > *:where(swan-page, swan-page *)::before { left: 0 }',
  );
});

test('a tag is its element when it is a box or a component', () => {
  expect(compile('video, my-card > text, div, swan-view { left: 0 }', 'page')).toBe(
    'swan-video, swan-my-card > swan-text, div:where(swan-page, swan-page *), swan-view { left: 0 }',
  );
});

test.each([
  ['750rpx', '100cqw'],
  ['-7.5rpx', '-1cqw'],
  ['1rpx', '0.5px'],
  ['.5rpx', '0.0666667cqw'],
  ['calc(100vh - 88rpx)', 'calc(100cqh - 11.7333333cqw)'],
  ['50vw', '50cqw'],
  ['var(--a10rpx)', 'var(--a10rpx)'],
])('convertUnits() converts when a value is %s: %s', (given, expected) => {
  expect(convertUnits(given)).toBe(expected);
});

test('compileStyle() returns empty css when the file is missing', () => {
  expect(compileStyle(new SourceFolder(root), join(root, 'none.css'), 'page')).toEqual({
    css: '',
    problems: [],
  });
});

test('component rules come after those of app and page when a component is added before or after the page', () => {
  const styles = new StyleElements('.x { color: red }', '/files');
  styles.addComponent('.card__x { color: green }');
  styles.showPage('a', '.x { color: blue }');
  styles.addComponent('.late__x { color: green }');
  styles.showPage('b', '.x { color: black }');
  styles.showPage('a', '.x { color: blue }');
  const rules = [...document.querySelectorAll('style')].map(style => style.textContent);
  expect(rules).toEqual([
    '.x { color: red }',
    '.x { color: black }',
    '.x { color: blue }',
    '.card__x { color: green }',
    '.late__x { color: green }',
  ]);
});
