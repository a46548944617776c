/** @jest-environment node */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles, type Files } from '../../../scripts/support/write-files';
import { problemText, SourceFolder } from '../../../sandbox/preview/compiler/source-files';
import { compileTemplate } from '../../../sandbox/preview/compiler/template';
import { compileViews } from '../../../sandbox/preview/compiler/view';

const compile = (source: string, isComponent = false) =>
  compileTemplate({
    source,
    file: '/app/a/a.swan',
    sources: new SourceFolder('/app'),
    customTags: new Set(['pay-button']),
    remoteTags: new Set(),
    isComponent,
  });

/** Problems of a template as `line: message`. */
const problemsOf = (source: string, isComponent = false): string[] =>
  compile(source, isComponent).problems.map(({ line, message }) => `${line}: ${message}`);

describe('expressions', () => {
  test.each([
    'a.b.c',
    'list[0].name',
    'list[i + 1]',
    '!a && (b || c)',
    'a < b ? "x" : \'y\'',
    '-1 + 2.5 * (a - b) / c % 2',
    'a === 1 || b !== null',
    '{a: 1, b, ...c}',
    '[1, a, ...b]',
    ' {a: {b: 1} } ',
    '{a: {b: 1}}',
    'true',
    '$name_1',
    'class || default',
    'new ? delete : void.a + typeof[0]',
    'a ? b ? 1 : 2 : 3',
  ])('an expression has no problem when it is %s', expression => {
    expect(problemsOf(`<view a='{{${expression.replace(/'/g, '"')}}}'></view>`)).toEqual([]);
  });

  test.each([
    ['a & b', '& is not supported'],
    ["['p', 'q'][1]", 'only a name can be followed'],
    ['(a + b)[0]', 'only a name can be followed'],
    ['a.b().c', 'only a name can be followed'],
    ['format(a)', 'a function call is not supported'],
    ['1e3', 'write the number 1e3 with plain digits'],
    ['.5', 'write the number .5 with plain digits'],
    ['typeof a', 'typeof is not supported'],
    ['x => x', 'arrow function is not supported'],
    ['a = 1', 'cannot assign'],
    ['a ?? b', '?? is not supported'],
    ['a?.b', '?. is not supported'],
    ['a ** b', '** is not supported'],
    ['`a`', 'template is not supported'],
    ['a, b', 'sequence is not supported'],
    ['a b', 'does not belong here'],
    ['a | upper', '| is not supported'],
    ['a < b < c', 'cannot be chained'],
    ['a == b == c', 'cannot be chained'],
    ['new Date', 'new is not supported'],
    ['/x/', 'regular expressions are not supported'],
    ['{[a]: 1}', 'a computed key is not supported'],
    ['[1, , 2]', 'holes'],
    ['a .b', 'no space is allowed'],
    ['a /* why */', 'comments are not allowed'],
    ['名', 'may use letters, digits'],
    ['a +', 'is not an expression'],
    ['', 'the expression is empty'],
  ])('an expression is a problem with its line and reason when it is %s', (expression, reason) => {
    expect(problemsOf(`<view>\n  {{ ${expression} }}</view>`)).toEqual([
      expect.stringMatching(new RegExp(`^2: .*${reason.replace(/[.*+?|]/g, '\\$&')}`)),
    ]);
  });

  test.each([
    ['a & b', 'a phone reads "a" alone'],
    ['a .b', 'a phone reads "a" alone'],
    ['a.b().c', 'a phone reads "a.b()" alone'],
    ['a < b < c', 'a phone reads "a < b" alone'],
    ['a.toFixed(2) > 1', 'a function call is not supported'],
    ['a ?? b', null],
    ['a +', null],
  ])('an expression is a warning when the engine of a phone reads a part of it, as in %s', (source, part) => {
    const [problem] = compile(`<view>{{${source}}}</view>`).problems;
    expect(problem?.isHarmless).toBe(part !== null);
    expect(problem?.message).toContain(part ?? 'is not');
  });

  test.each([
    ['x in l || []', true],
    ['l.slice(1)', true],
    ['x of l', true],
    ['(x, i) in l', false],
    ['x in', false],
  ])('a loop is a warning when a phone draws the page, with s-for="%s": %s', (source, isHarmless) => {
    expect(compile(`<view s-for="${source}" />`).problems).toMatchObject([{ isHarmless }]);
  });

  test('an object in an object is a problem when its closing braces have no space between them', () => {
    expect(problemsOf('<view a="{{ {a: {b: 1}} }}" />').join()).toContain(
      'an object inside an object needs a space between its }',
    );
  });

  test('an expression is a problem with the fix when < has no spaces', () => {
    expect(problemsOf('<view>{{a<b}}</view>').join()).toContain('write "a < b" with spaces');
  });

  test('braces are a problem with their line when they do not match in a text or attribute', () => {
    expect(problemsOf('<view\n  a="{{ b">\n</view>')).toEqual([
      expect.stringMatching(/^2: a: \{\{ without \}\}/),
    ]);
    expect(problemsOf('<view>b }}</view>')).toEqual([expect.stringMatching(/^1: \}\} without \{\{/)]);
  });
});

describe('tags', () => {
  test.each([
    ['<view>\n<text>\n</view>', '2: <text> is not closed'],
    ['<view>', '1: <view> is not closed'],
    ['<view />\n</view>', '2: </view> closes nothing'],
    ['<input value="x">', '1: <input> is not closed'],
    ['<view', '1: the tag <view … has no closing ">"'],
    ['<view a="1" a="2" />', '1: attribute a is given twice on <view>'],
  ])('a template has a problem when it is %j: %s', (source, problem) => {
    expect(problemsOf(source)).toContain(problem);
  });

  test.each([
    ['div', 'but of HTML, which no document of Swan promises; use <view>, <text> or <image>'],
    ['script', 'declare it in usingComponents'],
    ['pay-botton', 'declare it in usingComponents'],
  ])('a tag is a problem with its name when it is <%s>', (tag, remedy) => {
    expect(problemsOf(`<view>\n\n<${tag} /></view>`)).toEqual([
      `3: <${tag}> is not a tag of Swan; ${remedy}`,
    ]);
  });

  test.each(['map', 'video', 'web-view', 'picker'])('a tag has no problem when it is <%s> of Swan', tag => {
    expect(problemsOf(`<${tag} />`)).toEqual([]);
  });

  test('a problem has its line when a comment is before it', () => {
    expect(problemsOf('<!-- a\n{{ broken -->\n<div />')).toEqual([expect.stringMatching(/^3: <div>/)]);
  });
});

describe('directives', () => {
  test('a tag is a problem when it has s-if and s-for', () => {
    expect(problemsOf('<view s-for="list" s-if="a" />')).toEqual([
      expect.stringContaining('s-for and s-if cannot be on the same tag'),
    ]);
  });

  test('what a phone cannot draw is a warning when the preview draws it', () => {
    const warned = [
      '<template is="a" data="{{...b}}" />',
      '<template is="a" data="{{b, c: 1}}" />',
      '<view s-for="x in {{list}}" />',
    ].map(source => problemsOf(source).join());
    expect(warned).toEqual([
      '1: data: a phone needs the braces of an object, {{{...b}}}',
      '1: data: a phone needs the braces of an object, {{{b, c: 1}}}',
      '1: s-for: a phone needs the list without braces, in list',
    ]);
    const good =
      '<template is="a" data="{{{...b}}}" /><template is="a" data="{{b}}" /><view s-for="{{x in list}}" />';
    expect(problemsOf(good)).toEqual([]);
  });

  test('s-else and s-elif are a problem when no s-if is before them', () => {
    expect(problemsOf('<view s-if="a" /> <view s-elif="b" /> <view s-else />')).toEqual([]);
    expect(problemsOf('<view s-if="a" />text<view s-else />')).toEqual([
      expect.stringContaining('s-else must follow'),
    ]);
    expect(problemsOf('<view />\n<view s-elif="a" />')).toEqual([
      expect.stringContaining('2: s-elif must follow'),
    ]);
  });

  test.each([
    'list',
    '{{ list }}',
    'x in list',
    'x, i in a.b[c]',
    'x in (a || b)',
    'x in [1, 2]',
    'x in l trackBy x.id',
  ])('s-for has no problem when it is "%s"', value => {
    expect(problemsOf(`<view s-for="${value}" />`)).toEqual([]);
  });

  test.each(['x in a || b', 'x in a + b', 'x in a ? b : c', '', 'x in f(a)'])(
    's-for is a problem when it is "%s"',
    value => {
      expect(problemsOf(`<view s-for="${value}" />`)).toHaveLength(1);
    },
  );

  test.each(['s-key="x"', 's-bind="x"', 'attr-x="1"', 'san-if="a"'])(
    'an attribute is a problem when it is %s',
    attribute => {
      expect(problemsOf(`<view ${attribute} />`)).toHaveLength(1);
    },
  );

  test('an event is a problem when it is the click of a tag of Swan, not of a component', () => {
    expect(problemsOf('<view bindclick="a" /><text bind:click="b" />')).toEqual([
      expect.stringContaining('bindclick: a phone sends no click; use tap'),
      expect.stringContaining('bind:click'),
    ]);
    expect(problemsOf('<pay-button bindclick="a" />')).toEqual([]);
  });

  test('s-key is no problem when it is in a loop', () => {
    expect(problemsOf('<view s-for="{{list}}" s-key="id">{{item}}</view>')).toEqual([]);
  });

  test('an event is a problem when its handler is no method name', () => {
    expect(problemsOf('<view bind:tap="go(1)" />')).toEqual([
      expect.stringContaining('needs the name of a method'),
    ]);
    expect(problemsOf('<view bind:tap="{{ name }}" catchtap="go" capture-bind:touchstart="a" />')).toEqual(
      [],
    );
  });
});

describe('ids of components', () => {
  test('an id is a problem when it is fixed inside a component, not when it is computed', () => {
    expect(problemsOf('<pay-button id="p" />', true)).toEqual([expect.stringContaining('a fixed id')]);
    expect(problemsOf('<pay-button id="p-{{ n }}" class="c" /><view id="box" />', true)).toEqual([]);
  });

  test('an id is a problem when a page uses it twice or in a loop', () => {
    expect(problemsOf('<pay-button id="p" /><pay-button id="q" />')).toEqual([]);
    expect(problemsOf('<pay-button id="p" /><pay-button id="p" />')).toEqual([
      expect.stringContaining('the id "p"'),
    ]);
    expect(problemsOf('<view s-for="list"><pay-button id="p" /></view>')).toHaveLength(1);
  });

  test('an id is no problem when it is given twice in branches of which only one is ever there', () => {
    const button = '<pay-button id="p" />';
    expect(problemsOf('<pay-button id="p" s-if="a" /><pay-button id="p" s-else />')).toEqual([]);
    expect(
      problemsOf(
        `<view s-if="a"><view>${button}</view></view><view s-elif="b">${button}</view><view s-else>${button}</view>`,
      ),
    ).toEqual([]);
    const both = [
      '<pay-button id="p" s-if="a" /><pay-button id="p" s-if="b" />',
      `<view s-if="a">${button}${button}</view><view s-else />`,
    ];
    for (const template of both)
      expect(problemsOf(template)).toEqual([expect.stringContaining('the id "p"')]);
    expect(problemsOf(`<view s-if="a">${button}</view><view s-else /><view>${button}</view>`)).toHaveLength(
      1,
    );
  });
});

describe('files', () => {
  let root: string;
  const write = (files: Files): void => writeFiles(root, files);
  const compile = () =>
    compileViews(new SourceFolder(root), [{ path: join(root, 'pages/a/a'), kind: 'page' }]);
  const problems = (): string[] => compile().problems.map(problemText);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'swan-preview-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('components are found when their path is from the root, from the file or in node_modules', () => {
    const component = { 'c.json': '{"component": true}', 'c.swan': '<view />' };
    const at = (folder: string) =>
      Object.fromEntries(Object.entries(component).map(([name, text]) => [`${folder}/${name}`, text]));
    write({
      'pages/a/a.json': '{"usingComponents": {"x-a": "/one/c", "x-b": "../../two/c", "X-C": "lib/three/c"}}',
      'pages/a/a.swan': '<x-a /><x-b /><x-c />',
      ...at('one'),
      ...at('two'),
      ...at('node_modules/lib/three'),
    });
    const { views } = compile();
    expect(views['pages/a/a']?.using).toEqual({
      'x-a': 'one/c',
      'x-b': 'two/c',
      'x-c': 'node_modules/lib/three/c',
    });
    expect(Object.keys(views)).toHaveLength(4);
  });

  test('every problem is named with its file and line when several files have one', () => {
    write({
      'pages/a/a.json': '{"usingComponents": {"x-a": "/one/c", "gone": "/gone/c", "text": "/one/c"}}',
      'pages/a/a.swan': '<x-a />\n<gone /><view>{{ a & b }}</view>',
      'pages/a/a.css': '\n@import "./missing.css";\n',
      'one/c.json': '{}',
      'one/c.swan': '\n\n<div />',
      'one/c.css': '.a { color: red',
    });
    const lines = problems();
    expect(lines).toEqual(
      expect.arrayContaining([
        'pages/a/a.json:1: usingComponents.gone: there is no /gone/c.swan',
        'pages/a/a.json:1: usingComponents.text: a built-in tag has this name',
        expect.stringMatching(/^pages\/a\/a\.swan:2: "a & b": & is not supported/),
        'pages/a/a.css:2: @import "./missing.css" is not there',
        'one/c.json:1: a component needs "component": true',
        expect.stringMatching(/^one\/c\.swan:3: <div>/),
        expect.stringMatching(/^one\/c\.css:1: /),
      ]),
    );
    expect(lines).toHaveLength(7);
  });

  test('a page has no problem when its JSON file is empty', () => {
    write({ 'pages/a/a.json': '\n', 'pages/a/a.swan': '<view />' });
    expect(problems()).toEqual([]);
  });

  test('a file has no problem when it begins with a byte order mark', () => {
    write({
      'pages/a/a.json': '\uFEFF{}',
      'pages/a/a.swan': '\uFEFF<view />',
      'pages/a/a.css': '\uFEFFview {}',
    });
    const { views } = compile();
    expect(problems()).toEqual([]);
    expect([views['pages/a/a']?.template, views['pages/a/a']?.css]).toEqual([
      '<swan-view></swan-view>',
      expect.stringMatching(/^swan-view:where\(.*\) {}$/),
    ]);
  });

  test('a page has problems when its JSON is broken and its template missing', () => {
    write({ 'pages/a/a.json': '{' });
    expect(problems()).toEqual([
      expect.stringMatching(/^pages\/a\/a\.json:1: not JSON/),
      'pages/a/a.swan:1: the file is missing',
    ]);
  });
});
