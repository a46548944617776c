/** Components that the tests of the preview show: each has the few parts of Swan that one group of tests asks about. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../../scripts/support/write-files';

interface ComponentFiles {
  js: string;
  swan: string;
  /** what the .json has besides `component: true` */
  json?: { usingComponents: Record<string, string> };
  css?: string;
}

const COMPONENTS: Record<string, ComponentFiles> = {
  badge: {
    js: `Component({
  properties: { name: String },
  lifetimes: {
    detached() {
      getApp().log.push(this.data.name + ' badge detached');
    },
  },
  methods: {
    ping() {
      return 'pong ' + this.data.name;
    },
  },
});`,
    swan: `<text class="text">{{ name }}</text>`,
  },
  behaved: {
    js: `const counting = Behavior({
  properties: { step: { type: Number, value: 2 } },
  data: { count: 0, nested: { fromBehavior: true } },
  lifetimes: {
    attached() {
      getApp().log.push('behavior attached');
    },
  },
  methods: {
    inc() {
      this.setData({ count: this.data.count + this.data.step });
    },
    clash() {
      return 'behavior';
    },
  },
});

Component({
  behaviors: [counting],
  data: { nested: { own: 'yes' } },
  lifetimes: {
    attached() {
      getApp().log.push('component attached, clash: ' + this.clash());
    },
  },
  methods: {
    clash() {
      return 'component';
    },
  },
});`,
    swan: `<view class="box" bind:tap="inc">{{ count }} {{ nested.fromBehavior }} {{ nested.own }}</view>`,
  },
  exporter: {
    js: `Component({
  behaviors: ['swan://component-export'],
  data: { n: 1 },
  export() {
    return { pay: () => 'paid by ' + this.id };
  },
});`,
    swan: `<view>{{ n }}</view>`,
  },
  ext: {
    js: `Component({ externalClasses: ['custom-class'], properties: { open: Boolean } });`,
    swan: `<view class="own {{ open ? 'open' : '' }} custom-class">x</view>
<view class="late custom-class" s-if="{{ open }}">y</view>`,
  },
  glob: {
    js: `Component({ options: { addGlobalClass: true }, properties: { hot: Boolean } });`,
    swan: `<view class="plain {{ hot ? 'hot' : '' }} a-{{ hot }}" style="width: 75rpx">x</view>`,
  },
  hover: {
    js: `Component({ externalClasses: ['hover-one'] });`,
    swan: `<button>x</button><button hover-class="pressed">y</button><view hover-class="hover-one">z</view>`,
  },
  life: {
    js: `const mark = what =>
  function () {
    getApp().log.push(this.data.name + ' ' + what);
  };

Component({
  properties: { name: { type: String, value: '?' } },
  data: { n: 0 },
  created: mark('top-level created'),
  lifetimes: {
    created: mark('created'),
    attached() {
      getApp().log.push(this.data.name + ' attached');
      this.triggerEvent('up', { from: 'attached' });
    },
    ready: mark('ready'),
    detached: mark('detached'),
  },
  pageLifetimes: { show: mark('page show'), hide: mark('page hide') },
  methods: {
    fire() {
      this.triggerEvent('up', { from: 'tap', type: 'hijack', currentTarget: 'mine' });
      this.triggerEvent('camelCase', 5);
      this.triggerEvent('kebab-name');
      this.triggerEvent('tap', { from: 'component' });
      getApp().log.push('fired');
    },
    fail() {
      throw new Error('handler broke');
    },
  },
});`,
    swan: `<view class="life">
  <view class="fire" bind:tap="fire">{{ n }}</view>
  <view class="fail" bind:tap="fail">fail</view>
  <badge class="inner" name="{{ name }}" />
</view>`,
    json: { usingComponents: { badge: '../badge/badge' } },
  },
  messenger: {
    js: `Component({
  methods: {
    send() {
      this.dispatch('note', { from: this.id });
    },
  },
});`,
    swan: `<view class="send" bind:tap="send">send</view>`,
  },
  nest: {
    js: `Component({});`,
    swan: `<life class="own" name="nested" /><slot></slot>`,
    json: { usingComponents: { life: '../life/life' } },
  },
  outer: {
    js: `Component({ externalClasses: ['outer-class'] });`,
    swan: `<ext class="inside" custom-class="mine" /><ext class="forwards" custom-class="outer-class" />`,
    json: { usingComponents: { ext: '../ext/ext' } },
  },
  pay: {
    js: `Component({
  properties: { text: { type: String, value: 'Pay' }, amount: { type: Number, value: 1 }, on: Boolean },
  data: { busy: false },
  methods: {
    tap() {
      this.setData({ busy: true });
      this.triggerEvent('paysuccess', { amount: 5 });
    },
  },
});`,
    swan: `<view class="box {{busy ? 'busy' : ''}}">
  <button class="btn" loading="{{busy}}" bind:tap="tap">{{text}} {{amount}}</button>
  <slot></slot>
</view>`,
    css: `.btn {
  color: red;
  width: 750rpx;
}`,
  },
  probe: {
    js: `const observe = name =>
  function (now, before) {
    getApp().log.push([this.id + ' observes ' + name, now, before]);
  };

Component({
  properties: {
    str: { type: String, value: 'def', observer: observe('str') },
    num: { type: Number, value: 7, observer: 'onNum' },
    bool: { type: Boolean, value: true },
    obj: { type: Object, value: { a: 'A' }, observer: observe('obj') },
    arr: { type: Array, value: [1] },
    any: { type: null, value: 'any' },
    shortStr: String,
    shortNum: Number,
    shortBool: Boolean,
    shortObj: Object,
    shortArr: Array,
    shortAny: null,
    emptyAny: { type: null, value: '' },
    orderData: { type: String, value: 'od' },
  },
  data: { when: new Date(0), gone: undefined, own: 1 },
  lifetimes: {
    created() {
      getApp().log.push([this.id + ' created', this.data.str]);
    },
  },
  methods: {
    onNum(now, before) {
      getApp().log.push([this.id + ' observes num', now, before]);
    },
  },
});`,
    swan: `<view class="out">{{ str }}|{{ num }}|{{ obj.a }}|{{ any }}|{{ own }}</view>`,
  },
  receiver: {
    js: `Component({
  messages: {
    note(message) {
      getApp().log.push([message.name, message.value]);
    },
  },
});`,
    swan: `<view><slot></slot></view>`,
  },
  slots: {
    js: `Component({ properties: { open: { type: Boolean, value: true }, rows: Array } });`,
    swan: `<view class="head"><slot name="head">no head</slot></view>
<view class="body"><slot s-if="{{ open }}"></slot></view>
<view class="row" s-for="row in rows"><slot name="row" var-row="row"></slot></view>`,
  },
  twoway: {
    js: `Component({ properties: { word: { type: String, value: 'start' } } });`,
    swan: `<input class="field" value="{= word =}" /><text class="echo">{{ word }}</text>`,
  },
  watcher: {
    js: `Component({
  properties: { a: Number },
  data: { b: 1, deep: { list: [1] } },
  observers: {
    'a, b'(a, b) {
      getApp().log.push(['a, b', a, b]);
    },
    'deep.list[0]'(first) {
      getApp().log.push(['deep.list[0]', first]);
    },
    '**'() {
      getApp().log.push('**');
    },
  },
});`,
    swan: `<view>{{ b }}</view>`,
  },
};

interface WrittenComponents {
  /** the folder of the mini-program, temporary */
  root: string;
  /** tag -> path below the root */
  usingComponents: Record<string, string>;
  remove(): void;
}

/** Writes all of them to a folder of its own. */
export function writeComponents(): WrittenComponents {
  const root = mkdtempSync(join(tmpdir(), 'swan-preview-'));
  const usingComponents: Record<string, string> = {};
  for (const [name, { json, ...texts }] of Object.entries(COMPONENTS)) {
    const path = `${name}/${name}`;
    const files = { ...texts, json: { component: true, ...json } };
    writeFiles(
      root,
      Object.fromEntries(Object.entries(files).map(([type, content]) => [`${path}.${type}`, content])),
    );
    usingComponents[name] = path;
  }
  return { root, usingComponents, remove: () => rmSync(root, { recursive: true, force: true }) };
}
