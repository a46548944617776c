/** What the instances of components have and do. */
import { listenForEvents } from '../../../sandbox/preview/runtime/tags';
import { readDefinition } from '../../../sandbox/preview/runtime/component-definition';
import { sendTap } from '../../../sandbox/preview/runtime/gestures';
import { runApp, type AppUnderTest } from './run-app';

/** A page with one component, twice. */
const open = (script: string, template = '<view class="v" bind:tap="tapped">x</view>', log: unknown[] = []) =>
  runApp(
    {
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { goods: '../goods/goods' } },
      'p/p.swan': '<goods /><goods />',
      'p/p.js': 'Page({});',
      'goods/goods.json': { component: true },
      'goods/goods.swan': template,
      'goods/goods.js': script,
    },
    { log },
  );

const tapAll = ({ runningApp }: AppUnderTest): void => {
  for (const view of runningApp.topPage.element?.querySelectorAll('.goods__v') ?? []) sendTap(view, 0, 0);
};

test('an instance has a copy of what its script gave beside methods, and events reach functions there', async () => {
  const log: unknown[] = [];
  const app = await open(
    `Component({
      list: [1],
      lifetimes: { attached() { this.note(typeof this.attached); } },
      note(what) { this.list.push(2); log.push([what, this.list.length]); },
      tapped() { this.own(); },
      methods: { own() { this.note('tap'); } },
    });`,
    undefined,
    log,
  );
  tapAll(app);
  expect(log).toEqual([
    ['function', 2],
    ['function', 2],
    ['tap', 3],
    ['tap', 3],
  ]);
  expect(app.errors).toEqual([]);
});

test('data of behaviors and component is merged as deep as its objects go', async () => {
  const app = await open(
    `const base = Behavior({ data: { order: { price: { fen: 1, unit: 'fen' }, rows: [1, 2] } } });
    Component({ behaviors: [base], data: { order: { price: { fen: 2 }, rows: [3] } } });`,
    '<view>{{order.price.fen}} {{order.price.unit}} {{order.rows}}</view>',
  );
  expect(app.text()).toBe('2 fen 32 fen 3');
});

test('a message reaches the handler of its name, or else the one named *, of the component around', async () => {
  const log: unknown[] = [];
  const app = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { shelf: '../shelf/shelf', goods: '../goods/goods' } },
      'p/p.swan': '<shelf><goods /></shelf>',
      'p/p.js': 'Page({});',
      'shelf/shelf.json': { component: true },
      'shelf/shelf.swan': '<view><slot /></view>',
      'shelf/shelf.js': `Component({ messages: {
        buy({ value }) { log.push(['buy', value]); },
        '*'({ name, value }) { log.push(['*', name, value]); },
      } });`,
      'goods/goods.json': { component: true },
      'goods/goods.swan': '<view class="v" bind:tap="tapped">x</view>',
      'goods/goods.js':
        "Component({ methods: { tapped() { this.dispatch('buy', 1); this.dispatch('other', 2); } } });",
    },
    { log },
  );
  tapAll(app);
  expect(log).toEqual([
    ['buy', 1],
    ['*', 'other', 2],
  ]);
});

test('a page changes its lists by pushData() and its like, and nothing that is no list', async () => {
  const { runningApp, text, settle } = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.swan': '<view>{{rows}}|{{o.rows}}|{{ticked}}</view>',
    'p/p.js': 'Page({ data: { rows: [1, 2], o: { rows: [5, 6, 7, 8] }, none: null } });',
  });
  type Change = (...given: unknown[]) => void;
  const page = runningApp.topPage.pageObject as Record<string, Change> & { data: { rows: number[] } };
  const done = jest.fn();
  page.pushData?.('rows', 3, done);
  expect(page.data.rows).toEqual([1, 2, 3]);
  page.unshiftData?.('rows', 0);
  page.shiftData?.('o.rows');
  page.popData?.('o.rows');
  page.removeAtData?.('rows', 1);
  page.spliceData?.('rows', [1, 1, 'x', 'y']);
  page.pushData?.('none', 1);
  page.nextTick?.(() => page.setData?.({ ticked: text() }));
  await settle();
  expect(text()).toBe('0,x,y,3|6,7|0,x,y,3|6,7|');
  expect(done).toHaveBeenCalledTimes(1);
});

test('a form sends the value of a component when that has a name and the behavior swan://form-field', async () => {
  const seen: unknown[] = [];
  const field =
    "Component({ behaviors: ['swan://form-field'], attached() { this.setData({ value: 'given' }); } });";
  const { runningApp, settle } = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { field: '../field/field', plain: '../plain/plain' } },
      'p/p.swan': `<form bindsubmit="sent"><input name="a" value="1" /><field name="own" /><field /><plain name="no" />
        <button form-type="submit">send</button></form>`,
      'p/p.js': 'Page({ sent({ detail }) { seen.push(detail.value); } });',
      'field/field.json': { component: true },
      'field/field.swan': '<view />',
      'field/field.js': field,
      'plain/plain.json': { component: true },
      'plain/plain.swan': '<view />',
      'plain/plain.js': "Component({ data: { value: 'x' } });",
    },
    { seen },
  );
  const { element } = runningApp.topPage;
  if (element) listenForEvents(element, () => undefined);
  await settle();
  const button = element?.querySelector('swan-button');
  if (button) sendTap(button, 0, 0);
  expect(seen).toEqual([{ a: '1', own: 'given' }]);
});

test('observers of properties find the other properties as they were when one setData() of the page changes them all', async () => {
  const log: unknown[] = [];
  const observed = (name: string) =>
    `${name}: { type: Number, value: 0, observer() { log.push(['${name}', this.data.amount, this.data.count]); } }`;
  const { runningApp, settle } = await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { goods: '../goods/goods' } },
      'p/p.swan': '<goods amount="{{amount}}" count="{{count}}" />',
      'p/p.js': 'Page({ data: { amount: 1, count: 1 } });',
      'goods/goods.json': { component: true },
      'goods/goods.swan': '<view>{{amount}}</view>',
      'goods/goods.js': `Component({ properties: { ${observed('amount')}, ${observed('count')} } });`,
    },
    { log },
  );
  log.length = 0;
  runningApp.top?.setData({ amount: 2, count: 2 });
  await settle();
  expect(log).toEqual([
    ['count', 1, 2],
    ['amount', 2, 2],
  ]);
});

test.each([
  ['String', '', [String, 'String', [Number, String], { type: [Boolean, String] }]],
  ['Number', 0, [Number, { type: Number, value: null }, [Boolean, Number], [Object, Number]]],
  ['Boolean', false, [Boolean, [Array, Boolean]]],
  ['Array', [], [Array, [Array]]],
  ['none', null, [Object, [Array, Object], null, {}, Function]],
])('a property holds the default of %s when that is among its types', (_name, initial, types) => {
  for (const p of types) expect(readDefinition({ properties: { p } }).properties.p?.initial).toEqual(initial);
});

test('behaviors change the definition of what uses them, the behaviors of a behavior when it calls them, by definitionFilter', () => {
  const inner = {
    definitionFilter(fields: { data: Record<string, unknown> }) {
      fields.data.inner = 'of the inner behavior';
    },
  };
  const outer = {
    behaviors: [inner],
    data: { from: 'behavior' },
    definitionFilter(
      fields: { data: object; methods: Record<string, unknown> },
      [innerFilter]: ((given: object) => void)[],
    ) {
      Object.assign(fields.data, { from: 'filter' });
      fields.methods.added = () => undefined;
      innerFilter?.(fields);
    },
  };
  const component = { behaviors: [outer], data: { from: 'component' } };
  const { data, methods } = readDefinition(component);
  expect(data).toEqual({ from: 'filter', inner: 'of the inner behavior' });
  expect(Object.keys(methods)).toEqual(['added']);
  expect(component.data).toEqual({ from: 'component' });
  expect(readDefinition(outer).data).toEqual({ from: 'behavior', inner: 'of the inner behavior' });
  expect(readDefinition({ behaviors: [{ ...outer, behaviors: [] }] }).data).toEqual({ from: 'filter' });
});
