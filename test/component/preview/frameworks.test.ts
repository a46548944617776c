/** What the compilers of Taro and uni-app write, in small. */
import { sendTap } from '../../../sandbox/preview/runtime/gestures';
import { runApp } from './run-app';

type Instance = Record<string, unknown> & { setData(changes: object, done?: () => void): void };

const tap = (selector: string): void => {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`there is no ${selector}`);
  sendTap(element, 1, 2);
};

describe('templates', () => {
  const BASE = `<import-sjs src="./utils.sjs" module="xs" />
    <template name="root"><block s-for="root.cn trackBy item.sid"><template is="{{xs.a(0, item.nn)}}" data="{{{i:item}}}" /></block></template>
    <template name="tmpl_0_view"><view hover-class="{{xs.b(i.p1,'none')}}" style="{{i.st}}" class="{{i.cl}}" bindtap="eh" id="{{i.uid||i.sid}}" data-sid="{{i.sid}}"><block s-for="i.cn trackBy item.sid"><template is="{{xs.a(0, item.nn)}}" data="{{{i:item}}}" /></block></view></template>
    <template name="tmpl_0_text"><block>{{i.v}}</block></template>
    <template name="tmpl_0_buy"><x-buy label="{{i.label}}" bindpaid="eh" id="{{i.uid||i.sid}}"><template is="tmpl_0_text" s-if="{{i.own}}" data="{{{i:i.own}}}" /></x-buy></template>
    <template name="tmpl_0_input"><input s-if={{i.focus!==true}} value="{= xs.b(i.p9,'typed') =}" /></template>`;
  const SJS = `module.exports = {
    a: function (l, n) { return 'tmpl_' + l + '_' + n; },
    b: function (a, b) { return a === undefined ? b : a; },
  };`;
  const BUY = {
    'x/buy.json': { component: true },
    'x/buy.swan': '<view class="label">{{label}}<slot>by default</slot></view>',
    'x/buy.js':
      'Component({ properties: { label: String }, attached() { this.triggerEvent("paid", { n: 1 }); } });',
  };
  const page = (script: string) => ({
    'app.json': { pages: ['pages/a/a'] },
    'base.swan': BASE,
    'utils.sjs': SJS,
    'pages/a/a.json': { usingComponents: { 'x-buy': '../../x/buy' } },
    'pages/a/a.swan': '<import src="../../base.swan"/>\n<template is="root" data="{{{root:root}}}" />',
    'pages/a/a.js': script,
    ...BUY,
  });

  test('nest, call functions of a script and send their events to the page when an expression names them', async () => {
    const events: Record<string, unknown>[] = [];
    const app = await runApp(
      page(`Page({
        data: { root: {} },
        onInit(query) { this.ready = query !== undefined; },
        onLoad() {
          this.setData({ 'root.cn': [{ sid: 's1', nn: 'view', cl: 'outer', st: 'color:red', cn: [
            { sid: 's2', nn: 'view', cl: 'inner', uid: 'mine', cn: [{ sid: 's3', nn: 'text', v: 'deep' }] },
            { sid: 's4', nn: 'buy', label: 'Pay', own: { v: ' now' } },
            { sid: 's5', nn: 'input', p9: 'cup' },
          ] }] });
        },
        eh(event) { events.push({ ...event, self: this === getCurrentPages()[0], ready: this.ready }); },
      })`),
      { events },
    );
    expect(app.errors).toEqual([]);
    expect(app.text()).toBe('deepPay now');
    expect(document.querySelector('.outer > .inner')?.id).toBe('mine');
    expect(document.querySelector('.outer')?.getAttribute('style')).toMatch(/color: ?red/);
    expect(document.querySelector('.x-buy__label')?.textContent).toBe('Pay now');
    expect(document.querySelector('input')?.value).toBe('cup');
    tap('.inner');
    expect(events).toMatchObject([
      { type: 'paid', target: { id: 's4' }, self: true, ready: true },
      { type: 'tap', currentTarget: { id: 'mine', dataset: { sid: 's2' } } },
      { type: 'tap', target: { id: 'mine' }, currentTarget: { id: 's1', dataset: { sid: 's1' } } },
    ]);
  });

  test('follow setData by paths such as root.cn.[0].v, and call back when it is drawn', async () => {
    const app = await runApp(
      page(
        "Page({ data: { root: { cn: [{ sid: 1, nn: 'text', v: 'one' }, { sid: 2, nn: 'text', v: ' two' }] } } })",
      ),
    );
    const self = app.runningApp.top?.pageObject as Instance;
    const seen: string[] = [];
    self.setData({ 'root.cn.[0].v': 'first' }, () => seen.push(app.text()));
    await app.settle();
    self.setData({
      'root.cn.[1]': { sid: 3, nn: 'view', cl: 'new', cn: [] },
      'root.cn.[2]': { sid: 4, nn: 'text', v: '!' },
    });
    await app.settle();
    expect([seen, app.text(), document.querySelectorAll('.new')]).toMatchObject([
      ['first two'],
      'first!',
      { length: 1 },
    ]);
    expect(app.errors).toEqual([]);
  });

  test('carry the class names of a component and reach its methods when they are in its file or included', async () => {
    const app = await runApp({
      'app.json': { pages: ['p/p'] },
      'p/p.json': { usingComponents: { 'x-row': '/x/row' } },
      'p/p.swan': '<x-row />',
      'p/p.js': 'Page({})',
      'x/row.json': { component: true },
      'x/row.swan': `<template name="cell"><text class="cell" bindtap="onTap">{{text}}{{other}}</text></template>
        <include src="./head.swan" /><template is="cell" data="{{ {text: word} }}" /><template is="cell" data="{{...both}}" />
        <filter module="f">const up = text => text.toUpperCase(); export default { up };</filter><text>{{f.up(word)}}</text>`,
      'x/head.swan': '<view class="head">{{word}} </view>',
      'x/row.js': `Component({ data: { word: 'a', both: { text: 'b', other: 'c' } },
        methods: { onTap() { this.setData({ word: 'tapped' }); } } });`,
    });
    expect(app.text()).toBe('a abcA');
    expect(document.querySelectorAll('.x-row__head, .x-row__cell')).toHaveLength(3);
    tap('.x-row__cell');
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(app.text()).toBe('tapped tappedbcTAPPED');
    expect(app.errors).toEqual([]);
  });

  test('are named on the page when their file is missing', async () => {
    const app = await runApp({
      'app.json': { pages: ['p/p'] },
      'p/p.swan': '<import src="./gone.swan" /><view>x</view>',
      'p/p.js': 'Page({})',
    });
    expect(app.text()).toContain('p/p.swan:1: <import src="./gone.swan"> is not there');
  });
});

describe('pages made with Component()', () => {
  const app = (
    script: string,
    template = '<view bindtap="__e" data-e-o="{{a}}">{{ word }}{{ n }}</view>',
  ) => ({
    'app.json': { pages: ['p/p'] },
    'app.js': 'require("./vendor"); App({});',
    'vendor.js': 'module.exports = 1;',
    'p/p.json': { component: true },
    'p/p.swan': template,
    'p/p.js': script,
  });

  test('run created, attached, onLoad, onShow and ready in this order when they open', async () => {
    const log: unknown[] = [];
    const running = await runApp(
      app(`Component({
        data: { word: 'w' }, properties: { n: { type: Number, value: 3 } },
        created() { log.push('created'); },
        lifetimes: {
          onInit(query) { log.push(['onInit', query, this.pageinstance === getCurrentPages()[0]]); },
          attached() { log.push(['attached', this.data.n, !!this.methods.onLoad]); },
          ready() { log.push('ready'); },
        },
        pageLifetimes: { show() { log.push('page show'); }, hide() { log.push('page hide'); } },
        methods: {
          onLoad() { log.push(['onLoad', this.pageinstance.route, this === this.pageinstance]); this.setData({ word: 'set' }); },
          onShow() { log.push('onShow'); },
          onReady() { log.push('onReady'); },
        },
      })`),
      { log },
    );
    expect(log).toEqual([
      'created',
      ['onInit', {}, true],
      ['attached', 3, true],
      ['onLoad', 'p/p', false],
      'onShow',
      'ready',
      'onReady',
    ]);
    expect(running.text()).toBe('set3');
    running.runningApp.hide();
    running.runningApp.show();
    expect(log.slice(7)).toEqual(['page hide', 'onShow', 'page show']);
    expect(running.errors).toEqual([]);
  });

  test('call a method that was added to the instance later when data-e-o names it', async () => {
    const seen: unknown[] = [];
    const running = await runApp(
      app(`Component({
        data: { word: 'tap', a: { tap: 'e0' } },
        methods: {
          onLoad() { this.e0 = event => seen.push(event.type); },
          __e(event) { this[event.currentTarget.dataset.eO[event.type]](event); },
        },
      })`),
      { seen },
    );
    tap('swan-view');
    expect([seen, running.errors]).toEqual([['tap'], []]);
  });

  test('receive a message when a component below dispatches it', async () => {
    const seen: unknown[] = [];
    await runApp(
      {
        ...app(
          'Component({ messages: { __l(event) { seen.push(event.value); } } })',
          '<view><x-child u-p="a" /></view>',
        ),
        'p/p.json': { usingComponents: { 'x-child': '/x/child' } },
        'x/child.json': { component: true },
        'x/child.swan': '<view />',
        'x/child.js': 'Component({ attached() { this.dispatch("__l", { vuePid: 1 }); } })',
      },
      { seen },
    );
    expect(seen).toEqual([{ vuePid: 1 }]);
  });

  test('use the replaced Component() and Page() when a script has set them', async () => {
    const seen: unknown[] = [];
    await runApp(
      {
        ...app(
          'Component({ methods: { onLoad() { seen.push(["page", this.wrapped]); } } });',
          '<x-child bindpaid="onPaid" />',
        ),
        'vendor.js': `var own = Component;
          Component = function (options) {
            var created = options.created;
            options.created = function () { this.wrapped = true; this.triggerEvent; if (created) created.call(this); };
            return own(options);
          };
          global.shared = swan;`,
        'p/p.json': { usingComponents: { 'x-child': '/x/child' } },
        'x/child.json': { component: true },
        'x/child.swan': '<view />',
        'x/child.js':
          'Component({ attached() { seen.push(["child", this.wrapped, global.shared === swan]); } })',
      },
      { seen, swan: {} },
    );
    expect(seen).toEqual([
      ['page', true],
      ['child', true, true],
    ]);
  });
});

test('getApp() returns undefined before App(), and its object when App() was called', async () => {
  const seen: unknown[] = [];
  await runApp(
    {
      'app.json': { pages: ['p/p'] },
      'app.js':
        'seen.push(getApp()); App({ a: 1, onLaunch() { seen.push(this === getApp()); } }); seen.push(getApp().a);',
      'p/p.swan': '<view />',
      'p/p.js': 'Page({})',
    },
    { seen },
  );
  expect(seen).toEqual([undefined, 1, true]);
});
