/** A mini-program with mistakes: what cannot be shown says why in its place, and the rest runs. */
import { BrowserRecorder } from '../../../sandbox/preview/browser/browser-recorder';
import { sendTap } from '../../../sandbox/preview/runtime/gestures';
import { runApp } from './run-app';

const GOOD = { 'pages/good/good.swan': '<view>good</view>', 'pages/good/good.js': 'Page({});' };

/** The text of the page at pages/bad/bad, opened from another one that runs on. */
async function openBad(files: Record<string, string | object>) {
  const app = await runApp({
    'app.json': { pages: ['pages/good/good', 'pages/bad/bad'] },
    ...GOOD,
    ...files,
  });
  app.runningApp.open('pages/bad/bad', {});
  await app.settle();
  const text = app.text();
  const html = app.runningApp.top?.element?.innerHTML;
  app.runningApp.back(1);
  await app.settle();
  expect(app.text()).toBe('good');
  return { ...app, text, html };
}

test('a page is shown as a phone shows it when s-else has no s-if or has a text before it', async () => {
  const template =
    '<view s-else>a</view><view s-if="yes">b</view>c<view s-else>d</view><view s-else>e</view>';
  const { text } = await openBad({
    'pages/bad/bad.swan': template,
    'pages/bad/bad.js': 'Page({ data: { yes: false } });',
  });
  expect(text).toBe('d');
});

const TOO_MUCH = [
  '<view class="c {{a & b}} d" data-x="{{o .x}}" style="left: {{a .b}}px">{{a & b}} {{a | upper}} {{a.toFixed(2)}} {{a < b < 3}}</view>',
  '<view s-if="fn(a)">no</view><view s-if="!fn(a)">yes</view>',
  '<view s-for="x in l || o">{{x}}</view><view s-for="x in l.slice(1)">never</view>',
  '<template name="t">({{a}}{{b}})</template><template is="t" data="{{{a: fn(b), b}}}" />',
  '<view class="c{{">{{a</view><view>b}}</view>',
].join('');

test('a page shows of an expression what a phone reads of it when its grammar does not allow the rest', async () => {
  const { text, html, errors } = await openBad({
    'pages/bad/bad.swan': TOO_MUCH,
    'pages/bad/bad.js': 'Page({ data: { a: 6, b: 3, l: ["p", "q"], o: {} } });',
  });
  expect(errors).toEqual([]);
  expect(text).toBe('6 6 falseyespq(3){{ab}}');
  expect(html).toMatch(/^<swan-view class="c 6 d" .*style="left: 6px;">/);
  expect(html).toContain('class="c{{"');
});

test.each([
  [
    'its template',
    { 'pages/bad/bad.swan': '<view>{{ a ?? b }}</view>' },
    'bad.swan:1: "a ?? b": ?? is not supported',
  ],
  ['its missing template', { 'pages/bad/bad.js': 'Page({});' }, 'bad.swan:1: the file is missing'],
  [
    'its css',
    { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.css': 'view {' },
    'bad.css:1: Unclosed block',
  ],
  ['its json', { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.json': '{' }, 'bad.json:1: not JSON'],
  [
    'its script',
    { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.js': '\nPage({' },
    'bad.js:2: Unexpected token',
  ],
  [
    'a module its script requires',
    { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.js': 'require("./x")', 'pages/bad/x.js': 'a b' },
    'pages/bad/x.js:1: Unexpected token',
  ],
  [
    'a script that throws',
    { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.js': 'null.x; Page({});' },
    'pages/bad/bad.js: Cannot read properties of null',
  ],
  [
    'a require that finds nothing',
    { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.js': 'require("./gone"); Page({});' },
    'pages/bad/bad.js: require("./gone"): there is no such file',
  ],
  [
    'a script that registers nothing',
    { 'pages/bad/bad.swan': '<view/>', 'pages/bad/bad.js': 'var page = {};' },
    'pages/bad/bad.js: the script calls neither Page() nor Component()',
  ],
])('a page says why it cannot be shown when the mistake is %s', async (_, files, words) => {
  const { text, errors } = await openBad({ 'pages/bad/bad.js': 'Page({});', ...files });
  expect(text).toContain('这一页无法显示');
  expect(text).toContain(words);
  expect(errors).toEqual([expect.stringContaining(words)]);
});

test('a page says the same again when its script, or one that it requires, has thrown before', async () => {
  const { runningApp, text, settle } = await openBad({
    'pages/bad/bad.swan': '<view/>',
    'pages/bad/bad.js': 'require("./x"); Page({});',
    'pages/bad/x.js': 'exports.half = 1; null.y;',
  });
  runningApp.open('pages/bad/bad', {});
  await settle();
  expect(text).toContain("pages/bad/bad.js: Cannot read properties of null (reading 'y')");
  expect(runningApp.top?.element?.textContent?.replace(/\s+/g, ' ')).toBe(text);
});

test('components are drawn without an error when they use themselves, or each other', async () => {
  const component = { component: true };
  const app = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.json': { usingComponents: { tree: '/c/tree', ping: '/c/ping' } },
    'p/p.swan': '<tree node="{{node}}" /><ping left="{{3}}" />',
    'p/p.js': 'Page({ data: { node: { name: "a", kids: [{ name: "b", kids: [{ name: "c" }] }] } } });',
    'c/tree.json': { ...component, usingComponents: { tree: './tree' } },
    'c/tree.swan': '{{node.name}}<tree s-for="kid in node.kids" node="{{kid}}" />',
    'c/tree.js': 'Component({ properties: { node: Object } });',
    ...Object.fromEntries(
      [
        ['ping', 'pong'],
        ['pong', 'ping'],
      ].flatMap(([own, other]) => [
        [`c/${own}.json`, { ...component, usingComponents: { [String(other)]: `./${other}` } }],
        [`c/${own}.swan`, `${own}{{left}}<${other} s-if="left > 1" left="{{left - 1}}" />`],
        [`c/${own}.js`, 'Component({ properties: { left: Number } });'],
      ]),
    ),
  });
  expect([app.text(), app.errors]).toEqual(['abcping3pong2ping1', []]);
});

test.each(['<loop />', '<template is="own" />'])(
  'a page works, and reports an error, when %s in it is in itself without an end',
  async tag => {
    const app = await runApp({
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { loop: '/c/loop' } },
      'p/p.swan': `<template name="own"><view><template is="own" /></view></template><view>before</view>${tag}`,
      'p/p.js': 'Page({});',
      'c/loop.json': { component: true, usingComponents: { loop: './loop' } },
      'c/loop.swan': '<view><loop /></view>',
      'c/loop.js': 'Component({});',
    });
    expect(app.text()).toBe('before');
    expect(app.errors).toEqual([expect.stringMatching(/^(c\/loop|p\/p): .* is in itself without an end$/)]);
  },
);

test('a component shows its error in its place, and the page works, when it cannot be drawn', async () => {
  const using = {
    usingComponents: {
      'a-thrower': '/c/thrower',
      'a-box': '/c/box',
      'a-good': '/c/good',
      'a-gone': 'lib/gone',
    },
  };
  const { text } = await openBad({
    'pages/bad/bad.swan': '<view>before</view><a-thrower /><a-box /><a-gone><a-good /></a-gone>',
    'pages/bad/bad.js': 'Page({});',
    'pages/bad/bad.json': using,
    'c/thrower.swan': '<view />',
    'c/thrower.js': 'null.x;',
    'c/thrower.json': { component: true },
    'c/box.swan': '<view>{{ a ?? b }}</view>',
    'c/box.js': 'Component({});',
    'c/box.json': { component: true },
    'c/good.swan': '<view>fine</view>',
    'c/good.js': 'Component({});',
    'c/good.json': { component: true },
  });
  expect(text).toContain('before');
  expect(text).toContain('<a-thrower> 无法显示c/thrower.js: Cannot read properties of null');
  expect(text).toContain('<a-box> 无法显示c/box.swan:1: "a ?? b": ?? is not supported');
  expect(text).toContain(
    '<a-gone> 无法显示pages/bad/bad.json:1: usingComponents.a-gone: there is no lib/gone.swan',
  );
  expect(text).toMatch(/fine$/);
});

test('a page says why it cannot be shown when its data cannot be read', async () => {
  const { text } = await openBad({
    'pages/bad/bad.swan': '<view />',
    'pages/bad/bad.js': 'Page({ data: { get total() { return null.fen; } } });',
  });
  expect(text).toMatch(/^这一页无法显示pages\/bad\/bad.js: Cannot read properties of null/);
});

test('an error is reported, and the page is drawn, when onLoad throws', async () => {
  const { text, errors } = await openBad({
    'pages/bad/bad.swan': '<view>{{ word }}</view>',
    'pages/bad/bad.js': 'Page({ data: { word: "drawn" }, onLoad() { null.x; } });',
  });
  expect([text, errors]).toEqual(['drawn', [expect.stringContaining('pages/bad/bad: onLoad: Cannot read')]]);
});

test('a tag is a box with its children, events and id when the preview does not draw it', async () => {
  const app = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.swan':
      '<map id="m" class="c" bind:tap="tap"><cover-view>on it {{ taps }}</cover-view></map><iframe>in a box</iframe>',
    'p/p.js': 'Page({ data: { taps: 0 }, tap(e) { this.setData({ taps: e.currentTarget.id }); } });',
  });
  const map = document.querySelector('swan-map.c');
  expect(map?.getAttribute('preview-box')).toBe('map');
  if (map) sendTap(map, 0, 0);
  await app.settle();
  expect(app.text()).toBe('on it m' + 'in a box');
  expect(document.querySelector('[preview-box=iframe]')?.textContent).toBe('in a box');
  expect(app.errors).toEqual([]);
});

test.each(['dynamicLib://swan-sitemap-lib/swan-sitemap', 'plugin://shop/list'])(
  'a component is a box with its name when it is %s, which a phone loads from Baidu',
  async reference => {
    const { text, errors } = await openBad({
      'pages/bad/bad.json': { usingComponents: { 'swan-sitemap': reference } },
      'pages/bad/bad.swan': '<swan-sitemap list-data="{{list}}" bind:click="open">below </swan-sitemap>rest',
      'pages/bad/bad.js': 'Page({ data: { list: [] } });',
    });
    expect([text, errors]).toEqual(['below rest', []]);
  },
);

test('a tag of HTML is drawn as one, with its classes, data and taps, and a link leads nowhere', async () => {
  const app = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.swan': `<div class="a {{ b }}" style="width: 10px" data-n="{{ 7 }}" bind:tap="note"><h1>h</h1><br />
      <a href="https://example.com/">{{ taps }}</a><img src="/tea.png" /><ul><li s-for="list">{{ item }}</li></ul></div>`,
    'p/p.js': `Page({
      data: { b: 'c', list: [1, 2], taps: '' },
      note({ type, currentTarget }) { this.setData({ taps: type + currentTarget.dataset.n }); },
    });`,
  });
  const div = document.querySelector<HTMLElement>('div.a.c');
  expect(div?.style.width).toBe('10px');
  expect([...(div?.children ?? [])].map(({ localName }) => localName)).toEqual([
    'h1',
    'br',
    'a',
    'img',
    'ul',
  ]);
  expect(document.querySelector('a')?.hasAttribute('href')).toBe(false);
  expect(document.querySelector('img')?.getAttribute('src')).toBe('/files/tea.png');
  sendTap(document.querySelector('h1') as Element, 0, 0);
  await app.settle();
  expect(app.text().replaceAll(' ', '')).toBe('htap712');
  expect(app.errors).toEqual([]);
});

test('a script gets the global object of the mini-program when it asks Function for it, as libraries do', async () => {
  const app = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.swan': '<view>{{ seen }}</view>',
    'p/p.js': `
      const root = Function('return this')();
      Function('r', 'regeneratorRuntime = r')('runtime');
      const seen = [root === global, new Function('return this;')() === global, 'document' in root, root.Array === Array,
        Page instanceof Function, Function('a', 'return a + 1')(1), regeneratorRuntime];
      Page({ data: { seen: seen.join() } });`,
  });
  expect([app.text(), app.errors]).toEqual(['true,true,false,true,true,2,runtime', []]);
});

test('a script that imports another one may set a variable that it does not declare', async () => {
  const app = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.swan': '<view>{{ seen }}</view>',
    'p/p.js': `import { first } from '../list'; Page({ data: { seen: first(undeclaredPage = 2) } });`,
    'list.js': 'export const first = page => page + undeclaredPage;',
  });
  expect([app.text(), app.errors]).toEqual(['4', []]);
});

test('a text with a brace too many, or nothing between its braces, is shown as on a phone', async () => {
  const { runningApp, errors } = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.js': 'Page({ data: { x: "X" } });',
    'p/p.swan':
      '<view id="a" class="c{{x}}}" data-x="{{x}}}">{{x}}} {{}}</view><image src="/{{x}}}.png" /><view>{{ {a: x} }}}</view>',
  });
  const view = runningApp.topPage.element?.querySelector<HTMLElement>('#a');
  expect([view?.textContent, view?.className, view?.swanDataset]).toEqual(['X {{}}', 'cX', { x: 'X' }]);
  expect(runningApp.topPage.element?.querySelector('img')?.src).toMatch(/\/X\.png$/);
  expect(errors).toEqual([]);
});

test('the console says that scripts require each other when one is asked for before its end', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const { text, errors } = await runApp({
    'app.json': { pages: ['p/p'] },
    'a.js': 'const b = require("./b"); exports.word = b.word; exports.late = () => require("./c").word;',
    'b.js': 'require("./a"); exports.word = "tea";',
    'c.js': 'exports.word = require("./a").word;',
    'p/p.js': 'const a = require("../a"); Page({ data: { word: a.word + a.late() } });',
    'p/p.swan': '<view>{{word}}</view>',
  });
  expect([text(), errors]).toEqual(['teatea', []]);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^a\.js is required by a script/)]]);
  warn.mockRestore();
});

test('a tag is drawn without what is no attribute when its quotes or its names are those of a mistake', async () => {
  const { runningApp, errors } = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.js': 'Page({});',
    'p/p.swan': '<view class="a" ">a</view><view class="b" , @tap="go">b</view><input class="c" " />',
  });
  const drawn = runningApp.topPage.element?.querySelectorAll('swan-view.a, swan-view.b, swan-input.c');
  expect([drawn?.length, runningApp.topPage.element?.textContent, errors]).toEqual([3, 'ab', []]);
});

test.each([
  [new Error('no page'), 'no page'],
  ['no page', 'no page'],
  // What a promise around swan.request is rejected with.
  [{ errCode: 202, errMsg: 'request:fail illegal request' }, 'request:fail illegal request'],
  [undefined, 'undefined'],
])('an error is in words when a script throws %p', (thrown, words) => {
  const print = jest.spyOn(console, 'error').mockImplementation(() => {});
  expect(new BrowserRecorder().error(thrown, 'uncaught')).toBe(`uncaught: ${words}`);
  print.mockRestore();
});
