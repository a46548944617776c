/** What the instances of components have and do. */
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
