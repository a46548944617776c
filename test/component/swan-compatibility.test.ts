/** What Swan does, recorded from its own runtime; an upgrade of the view engine must not move any of it. */
import {
  flush,
  killApp,
  mountPage,
  phone,
  takeErrors,
  until,
  type PageOptions,
} from '../../sandbox/preview/testing';
import { sendTap } from '../../sandbox/preview/runtime/gestures';
import { writeComponents } from './preview/fixture-components';

const { root, usingComponents, remove } = writeComponents();
afterAll(remove);

let log: unknown[] = [];

/** Opens a page whose components write to `log`. */
const mount = (template: string, more: PageOptions = {}) => {
  log = [];
  return mountPage({ root, template, usingComponents, app: { log }, ...more });
};

/** Gives an element, which jsdom does not lay out, a square of 5 px. */
const moveTo = (element: HTMLElement, x: number, y: number): void => {
  element.getBoundingClientRect = () => new DOMRect(x, y, 5, 5);
};

type Data = Record<string, unknown>;
interface Component {
  data: Data;
  properties: Data;
  setData(changes: Data | string, ...more: unknown[]): void;
  triggerEvent(name: string, detail?: unknown): void;
  selectComponent(selector: string): unknown;
  selectAllComponents(selector: string): unknown[];
}

describe('properties', () => {
  const keys = ['str', 'num', 'bool', 'obj', 'arr', 'any'];
  const given = async (attributes: string, data: Data = {}): Promise<unknown[]> => {
    const page = await mount(`<probe id="p" ${attributes} />`, { data });
    const component = page.component<Component>('#p');
    return keys.map(key => component.data[key]);
  };

  test('hold their defaults when the tag does not give them', async () => {
    expect(await given('')).toEqual(['def', 7, true, { a: 'A' }, [1], 'any']);
  });

  test('without a default hold the default of their type, and null when they have none', async () => {
    const page = await mount('<probe id="p" />');
    const { data } = page.component<Component>('#p');
    const { shortStr, shortNum, shortBool, shortObj, shortArr, shortAny, emptyAny } = data;
    expect([shortStr, shortNum, shortBool, shortObj, shortArr]).toEqual(['', 0, false, null, []]);
    expect([shortAny, emptyAny]).toEqual([null, null]);
  });

  test('stay text when they are written as text', async () => {
    expect(await given('str="5" num="5" bool="false" obj="x" arr="y" any="z"')).toEqual([
      '5',
      '5',
      'false',
      'x',
      'y',
      'z',
    ]);
  });

  test('are true when the attribute has no value or an empty one', async () => {
    expect(await given('str num="" bool any')).toEqual([true, true, true, { a: 'A' }, [1], true]);
  });

  test('keep their value when its type is wrong or it is an object or array of the template', async () => {
    const attributes = `str="{{ 5 }}" num="{{ '12' }}" bool="{{ 0 }}" obj="{{ {a: 'lit', b: n} }}" arr="{{ [1, n] }}"`;
    expect(await given(attributes, { n: 1 })).toEqual([5, '12', 0, { a: 'lit', b: 1 }, [1, 1], 'any']);
  });

  test('keep the default when the value is undefined, and become null when it is null', async () => {
    const all = (value: string): string => keys.map(key => `${key}="{{ ${value} }}"`).join(' ');
    expect(await given(all('nothing'))).toEqual(['def', 7, true, { a: 'A' }, [1], 'any']);
    expect(await given(all('nil'), { nil: null })).toEqual([null, null, null, null, null, null]);
  });

  test('are camelCase in the script, and data-* is in the dataset, when the tag has them in kebab-case', async () => {
    const page = await mount('<probe id="p" order-data="q" data-foo-bar="{{ {x: 1} }}" />');
    const component = page.component<Component & { dataset: Data }>('#p');
    expect([component.data.orderData, component.dataset]).toEqual(['q', { fooBar: { x: 1 } }]);
    expect(component.properties).toBe(component.data);
  });

  test('call their observer before created, and only when they differ from the default', async () => {
    await mount('<probe id="p" str="s" num="{{ 7 }}" obj="{{ {a: \'A\'} }}" />');
    expect(log).toEqual([
      ['p observes str', 's', 'def'],
      ['p created', 's'],
    ]);
  });

  test('reach the component asynchronously when the page calls setData', async () => {
    const page = await mount('<probe id="p" str="{{ word }}" num="{{ n }}" />', {
      data: { word: 'one', n: 1 },
    });
    log.length = 0;
    const shown = page.setData({ word: 'two', n: 1 });
    const component = page.component<Component>('#p');
    expect(component.data.str).toBe('one');
    await shown;
    expect(component.data.str).toBe('two');
    expect(log).toEqual([['p observes str', 'two', 'one']]);
  });

  test('are observed as a whole when the page changes a part of them', async () => {
    const page = await mount('<probe id="p" obj="{{ o }}" />', { data: { o: { a: 1, b: 2 } } });
    log.length = 0;
    await page.setData({ 'o.a': 9 });
    expect(log).toEqual([['p observes obj', { a: 9, b: 2 }, { a: 1, b: 2 }]]);
  });

  test('call their observer when the component sets the whole value, not when it sets a path', async () => {
    const page = await mount('<probe id="p" />');
    const component = page.component<Component>('#p');
    component.setData({ num: 100 });
    component.setData({ 'obj.a': 'path' });
    await flush();
    expect(log.slice(1)).toEqual([['p observes num', 100, 7]]);
    expect(component.data.obj).toEqual({ a: 'path' });
  });
});

describe('setData', () => {
  test('changes this.data at once and the screen later when it is called', async () => {
    const page = await mount('<probe id="p" />');
    const component = page.component<Component>('#p');
    component.setData({ own: 2 });
    expect(component.data.own).toBe(2);
    expect(page.text('.probe__out')).toBe('def|7|A|any|1');
    await flush();
    expect(page.text('.probe__out')).toBe('def|7|A|any|2');
  });

  test('throws a TypeError when the path is below null or a text, and creates the objects when they are missing', async () => {
    const page = await mount('<probe id="p" />');
    const component = page.component<Component>('#p');
    expect(() => component.setData({ 'shortObj.a': 1 })).toThrow(TypeError);
    expect(() => component.setData({ 'shortStr.a': 1 })).toThrow(TypeError);
    component.setData('fresh.list[0].x', 1);
    expect(component.data.fresh).toEqual({ list: { 0: { x: 1 } } });
  });

  test('changes what the script already has of the data, when it was read before', async () => {
    const page = await mount('<view />', { data: { total: 1, rows: [{ count: 1 }] } });
    const self = page.pageObject as unknown as Component;
    const { data } = self;
    const [row] = data.rows as Data[];
    self.setData({ total: 2, 'rows[0].count': 3 });
    expect([data, row]).toEqual([{ total: 2, rows: [{ count: 3 }] }, { count: 3 }]);
    expect(self.data).toBe(data);
  });

  test('calls the setter when a script gave the data one', async () => {
    const page = await mount('<probe id="p" />');
    const component = page.component<Component>('#p');
    const set = jest.fn();
    Object.defineProperty(component.data, 'own', { get: () => 4, set, enumerable: true });
    component.setData({ own: 5 });
    expect(set).toHaveBeenCalledWith(5);
  });

  test('leaves the data as it is when its path is empty', async () => {
    const page = await mount('<probe id="p" />');
    const component = page.component<Component>('#p');
    const before = { ...component.data };
    component.setData('', 1);
    component.setData({ '': { own: 5 } });
    await flush();
    expect(component.data).toEqual(before);
    expect(page.text('.probe__out')).toBe('def|7|A|any|1');
  });

  test('calls the callback without this when it gets a path and a value', async () => {
    const page = await mount('<probe id="p" />');
    const seen: unknown[] = [];
    page.component<Component>('#p').setData('own', 3, function (this: unknown) {
      seen.push(this, page.text('.probe__out'));
    });
    await flush();
    expect(seen).toEqual([undefined, 'def|7|A|any|3']);
  });

  test('delays the screen when it is called again within 10 ms', async () => {
    jest.useFakeTimers();
    const page = await mount('<probe id="p" />');
    const component = page.component<Component>('#p');
    for (let own = 0; own < 10; own += 1) {
      component.setData({ own });
      await jest.advanceTimersByTimeAsync(5);
    }
    expect(page.text('.probe__out')).toBe('def|7|A|any|1');
    await jest.advanceTimersByTimeAsync(10);
    expect(page.text('.probe__out')).toBe('def|7|A|any|9');
    jest.useRealTimers();
  });

  test('drops functions and undefined, and makes a date text, when the view receives the data', async () => {
    const page = await mount('<view class="v">{{ fn }}{{ date }}{{ none }}</view>');
    await page.setData({ fn: () => 1, date: new Date(0), none: undefined });
    expect(page.text('.v')).toBe('1970-01-01T00:00:00.000Z');
    const { data } = (await mount('<probe id="q" />')).component<Component>('#q');
    expect([data.when, 'gone' in data]).toEqual(['1970-01-01T00:00:00.000Z', false]);
  });

  test('reports an error instead of throwing when the data is circular', async () => {
    const page = await mount('<view />');
    const circle: Data = {};
    circle.self = circle;
    await page.setData({ circle });
    expect(takeErrors()).toEqual([expect.stringContaining('circular')]);
  });

  test('changes the data and calls no callback when the component is detached', async () => {
    const page = await mount('<probe id="p" s-if="{{ on }}" />', { data: { on: true } });
    const component = page.component<Component>('#p');
    await page.setData({ on: false });
    const called = jest.fn();
    component.setData({ own: 5 }, called);
    await flush();
    expect([component.data.own, called.mock.calls.length]).toEqual([5, 0]);
    expect(takeErrors()).toEqual([expect.stringContaining('setData(own) after detach or close')]);
  });
});

describe('lifetimes', () => {
  test('run as created, attached and ready after onReady when a page has two components', async () => {
    await mount('<life id="a" name="a" /><life id="b" name="b" />', {
      methods: {
        onLoad: () => log.push('onLoad'),
        onShow: () => log.push('onShow'),
        onReady: () => log.push('onReady'),
      },
    });
    const pages = ['onLoad', 'onShow', 'onReady'];
    const components = ['created', 'attached', 'ready'].flatMap(what => [`a ${what}`, `b ${what}`]);
    expect(log).toEqual([...pages, ...components]);
  });

  test('run App.onShow between onLoad and onShow when the first page opens', async () => {
    const order: string[] = [];
    const mark = (what: string) => () => void order.push(what);
    await mountPage({
      template: '<view />',
      app: { onLaunch: mark('onLaunch'), onShow: mark('app onShow') },
      methods: { onLoad: mark('onLoad'), onShow: mark('onShow'), onReady: mark('onReady') },
    });
    expect(order).toEqual(['onLaunch', 'onLoad', 'app onShow', 'onShow', 'onReady']);
  });

  test('let selectComponent find a component when onReady runs, not before', async () => {
    const seen: unknown[] = [];
    const look = function (this: { selectComponent(selector: string): unknown }): void {
      seen.push(this.selectComponent('#a') !== undefined);
    };
    await mount('<life id="a" />', { methods: { onLoad: look, onShow: look, onReady: look } });
    expect(seen).toEqual([false, false, true]);
  });

  test('pageLifetimes.show does not run for the first show, only when the user comes back', async () => {
    const page = await mount('<life id="a" name="a" />');
    expect(log).not.toContain('a page show');
    await page.hide();
    await page.show();
    expect(log.slice(-2)).toEqual(['a page hide', 'a page show']);
  });

  test('detached runs when s-if takes a component away, once', async () => {
    const page = await mount('<life s-if="{{ on }}" id="a" name="a" />', { data: { on: true } });
    log.length = 0;
    await page.setData({ on: false });
    expect(log).toEqual(['a badge detached', 'a detached']);
  });

  test('keep a component selectable, with its events and page lifetimes, when it is detached', async () => {
    const heard: unknown[] = [];
    const page = await mount('<life s-if="{{ on }}" id="a" name="a" bind:up="up" />', {
      data: { on: true },
      methods: { up: (event: { detail: unknown }) => heard.push(event.detail) },
    });
    await page.setData({ on: false });
    page.component<Component>('#a').triggerEvent('up', { from: 'ghost' });
    expect(heard).toEqual([{ from: 'attached' }, { from: 'ghost' }]);
    await page.hide();
    expect(log).toContain('a page hide');
  });

  test('run onUnload, onHide and pageLifetimes.hide, and no detached, when a page closes', async () => {
    await mount('<view />');
    const stack: number[] = [];
    const count = () => stack.push(getCurrentPages().length);
    const page = await mountPage({
      template: '<life id="a" name="a" />',
      root,
      usingComponents,
      methods: { onUnload: () => log.push('onUnload', count()), onHide: () => log.push('onHide', count()) },
    });
    log.length = 0;
    await page.close();
    expect(log).toEqual(['onUnload', 1, 'onHide', 2, 'a page hide']);
    expect(stack).toEqual([1, 1]);
  });

  test('run onHide with the page still in the stack when another page opens above it', async () => {
    const stack: number[] = [];
    const page = await mount('<view />', { methods: { onHide: () => stack.push(getCurrentPages().length) } });
    const above = await page.open({ template: '<view />' });
    expect(stack).toEqual([1]);
    await above.close();
    expect(getCurrentPages()).toEqual([page.pageObject]);
  });

  test('handlers of a closed page still run when something answers late', async () => {
    await mount('<view />');
    const late = jest.fn();
    const page = await mountPage({
      template: '<life id="a" bind:up="late" />',
      root,
      usingComponents,
      methods: { late },
    });
    const component = page.component<Component>('#a');
    await page.close();
    late.mockClear();
    component.triggerEvent('up', { from: 'grave' });
    expect(late).toHaveBeenCalledWith(expect.objectContaining({ detail: { from: 'grave' } }));
  });

  test('go on, and the error is reported, when a lifetime throws', async () => {
    await mount('<view />', {
      methods: {
        onLoad() {
          throw new Error('onLoad broke');
        },
        onShow: () => log.push('onShow'),
      },
    });
    expect(log).toEqual(['onShow']);
    expect(takeErrors()).toEqual([expect.stringContaining('onLoad broke')]);
  });
});

describe('events', () => {
  test('of a component arrive synchronously, with the detail also spread over the event, when it calls triggerEvent', async () => {
    const heard: Data[] = [];
    const on = (name: string) => (event: Data) => {
      log.push(name);
      heard.push(event);
    };
    const template =
      '<life id="a" data-k="v" bind:up="up" bindcamelCase="camel" bind:kebab-name="kebab" bind:tap="host" />';
    const page = await mount(template, {
      methods: { up: on('up'), camel: on('camel'), kebab: on('kebab'), host: on('host') },
    });
    log.length = 0;
    heard.length = 0;
    await page.tap('.life__fire');
    expect(log).toEqual(['up', 'camel', 'kebab', 'host', 'fired', 'host']);
    expect(heard[0]).toMatchObject({
      type: 'hijack',
      currentTarget: 'mine',
      from: 'tap',
      detail: { from: 'tap' },
    });
    expect(heard[1]).toMatchObject({
      type: 'camelCase',
      detail: 5,
      currentTarget: { id: 'a', dataset: { k: 'v' } },
    });
    expect(heard[2]).toMatchObject({ detail: {} });
  });

  test('of a component have their whole detail when it has a value named detail', async () => {
    const up = jest.fn();
    const page = await mount('<life id="a" bind:up="up" />', { methods: { up } });
    page.component<Component>('#a').triggerEvent('up', { value: 1, detail: 2 });
    expect(up.mock.lastCall[0]).toMatchObject({ value: 1, detail: { value: 1, detail: 2 } });
  });

  test('arrive when they are bound with catch, and never when the handler name is computed', async () => {
    const caught = jest.fn();
    const template = '<life id="a" catch:up="caught" /><life id="b" bind:up="{{ name }}" />';
    await mount(template, { data: { name: 'caught' }, methods: { caught } });
    expect(caught).toHaveBeenCalledTimes(1);
  });

  test('bubble out of components when they are taps, up to catch and after capture', async () => {
    const order: string[] = [];
    const mark = (what: string) => () => void order.push(what);
    const template = `<view bind:tap="outer"><view catchtap="stop" capture-bind:tap="capture">
      <life id="a" bind:tap="host" capture-bind:tap="ahead" /><view class="target" bindtap="inner" />
    </view></view>`;
    const page = await mount(template, {
      methods: {
        outer: mark('outer'),
        stop: mark('stop'),
        capture: mark('capture'),
        inner: mark('inner'),
        host: mark('host'),
        ahead: mark('ahead'),
      },
    });
    await page.tap('.target');
    expect(order.splice(0)).toEqual(['capture', 'inner', 'stop']);
    await page.tap('.life__fail');
    expect(order).toEqual(['capture', 'ahead', 'host', 'stop']);
    expect(takeErrors()).toHaveLength(1);
  });

  test('reach the elements around a button when it is disabled and tapped', async () => {
    const order: string[] = [];
    const template =
      '<view bind:tap="around"><button class="b" disabled="{{ off }}" catch:tap="self">x</button></view>';
    const page = await mount(template, {
      data: { off: true },
      methods: { around: () => order.push('around'), self: () => order.push('self') },
    });
    await page.tap('.b');
    expect(order.splice(0)).toEqual(['around']);
    await page.setData({ off: 'false' });
    await page.tap('.b');
    expect(order).toEqual(['self']);
  });

  test('arrive three times when a button is tapped before its disabling setData is drawn', async () => {
    let taps = 0;
    const page = await mount('<button class="b" disabled="{{ busy }}" bind:tap="tap">x</button>', {
      methods: {
        tap(this: { setData(changes: Data): void }) {
          taps += 1;
          this.setData({ busy: true });
        },
      },
    });
    await page.tap('.b', 3);
    expect(taps).toBe(3);
    await page.tap('.b');
    expect(taps).toBe(3);
  });

  test('carry the dataset values of currentTarget and target when an inner element is tapped', async () => {
    const events: Data[] = [];
    const template = `<view data-row-id="{{ row }}" bind:tap="tap"><text class="t" data-word="a {{ row.n }}">x</text></view>`;
    const page = await mount(template, {
      data: { row: { n: 1 } },
      methods: { tap: (event: Data) => events.push(event) },
    });
    await page.tap('.t');
    expect(events[0]).toMatchObject({
      type: 'tap',
      target: { dataset: { word: 'a 1' } },
      currentTarget: { dataset: { rowId: { n: 1 } } },
      detail: { x: 0, y: 0 },
    });
  });

  test('carry an object of the dataset when the template has it as a literal', async () => {
    const tap = jest.fn();
    const template = `<view class="v" data-one="{{ {a: 1} }}" data-two='{{ {...row, b: "x"} }}' bind:tap="tap">x</view>`;
    const page = await mount(template, { data: { row: { n: 1 } }, methods: { tap } });
    await page.tap('.v');
    const dataset = { one: { a: 1 }, two: { n: 1, b: 'x' } };
    const currentTarget: unknown = expect.objectContaining({ id: '', dataset });
    expect(tap).toHaveBeenCalledWith(expect.objectContaining({ currentTarget }));
  });

  test('have the place on the page, scrolled or not, when the page does not begin at the corner of the window', async () => {
    const tap = jest.fn();
    const page = await mount('<view class="v" bind:tap="tap">x</view>', { methods: { tap } });
    moveTo(page.root, 40, 100);
    page.root.scrollTop = 7;
    sendTap(page.getElement('.v'), 50, 130);
    const touch = { clientX: 10, clientY: 30, pageX: 10, pageY: 37 };
    expect(tap).toHaveBeenCalledWith(
      expect.objectContaining({
        detail: { x: 10, y: 37 },
        touches: [],
        changedTouches: [expect.objectContaining(touch)],
      }),
    );
  });

  test('tell where their elements are, and which fingers are left when one is lifted', async () => {
    const end = jest.fn();
    const page = await mount('<view class="v" bind:touchend="end">x</view>', { methods: { end } });
    const element = page.getElement('.v');
    Object.defineProperties(element, { offsetLeft: { value: 5 }, offsetTop: { value: 19 } });
    const event = new TouchEvent('touchend', { bubbles: true });
    const lifted = [{ clientX: 1, clientY: 2, identifier: 3, force: 0.5 }];
    Object.defineProperties(event, { touches: { value: [] }, changedTouches: { value: lifted } });
    element.dispatchEvent(event);
    const target: unknown = expect.objectContaining({ offsetLeft: 5, offsetTop: 19 });
    expect(end).toHaveBeenCalledWith(
      expect.objectContaining({
        target,
        currentTarget: target,
        touches: [],
        changedTouches: [{ ...lifted[0], pageX: 1, pageY: 2 }],
      }),
    );
  });

  test('are reported, and reach App.onError, when the handler of a tap throws', async () => {
    const onError = jest.fn();
    const page = await mountPage({
      template: '<life id="a" />',
      root,
      usingComponents,
      app: { log, onError },
    });
    await page.tap('.life__fail');
    expect(onError).toHaveBeenCalledWith(expect.stringContaining('handler broke'));
    expect(takeErrors()).toEqual([expect.stringContaining('handler broke')]);
  });

  test('are named in an error when the page has no such method', async () => {
    const page = await mount('<view class="v" bind:tap="nobody">x</view>');
    await page.tap('.v');
    expect(takeErrors()).toEqual([expect.stringMatching(/has no method "nobody" for the event tap/)]);
  });

  test.each(['catch:tap="true"', 'catch:tap="nobody"', 'catchtap', 'catch:tap=""', 'bind:tap=""'])(
    'are no error, and stop there when they are caught, when a template has %s',
    async binding => {
      const around = jest.fn();
      const page = await mount(`<view bind:tap="around"><view class="v" ${binding}>x</view></view>`, {
        methods: { around },
      });
      await page.tap('.v');
      expect(around).toHaveBeenCalledTimes(binding.startsWith('catch') ? 0 : 1);
    },
  );
});

describe('selecting, behaviors, exports, messages', () => {
  test('selectComponent finds a component when the selector is an id or a class; a tag gives undefined, a descendant selector a TypeError', async () => {
    const page = await mount('<life id="a" class="first" name="x" />');
    const a = page.component<Component>('#a');
    expect(page.component('.first')).toBe(a);
    const self = page.pageObject as unknown as Component;
    expect(self.selectComponent('#nope')).toBeUndefined();
    expect(['life', '', '.first.other', '#a,.first'].map(self.selectComponent)).toEqual(
      Array(4).fill(undefined),
    );
    expect(() => self.selectComponent('#a .b')).toThrow(TypeError);
    expect((a.selectComponent('.inner') as { ping(): string }).ping()).toBe('pong x');
  });

  test('selectComponent finds only the components of its own template when a component calls it', async () => {
    const page = await mount('<nest id="n"><life id="given" class="given" name="x" /></nest>');
    const nest = page.component<Component>('#n');
    const life = nest.selectComponent('.own') as Component;
    expect(life.data.name).toBe('nested');
    expect(['.given', '#given', '.inner'].map(selector => nest.selectComponent(selector))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((page.pageObject as unknown as Component).selectAllComponents('.inner')).toHaveLength(2);
  });

  test('createSelectorQuery measures an element by its class, from the corner of the page, when a component calls it', async () => {
    const page = await mount('<life id="a" />');
    const query = page.component<{ createSelectorQuery(): Data }>('#a').createSelectorQuery();
    const measure = query as unknown as {
      select(selector: string): { boundingClientRect(done: (rect: unknown) => void): { exec(): void } };
    };
    const rects: unknown[] = [];
    moveTo(page.root, 40, 100);
    moveTo(page.getElement('.life__fire'), 41, 102);
    measure
      .select('.fire')
      .boundingClientRect(rect => rects.push(rect))
      .exec();
    await flush();
    expect(rects).toEqual([expect.objectContaining({ width: 5, height: 5, left: 1, right: 6, top: 2 })]);
  });

  test('fields() of a query reads computed styles when computedStyle names them', async () => {
    const page = await mount('<view class="v" style="color: rgb(1, 2, 3); margin-left: 4px" />');
    const query = (
      page.pageObject as unknown as { createSelectorQuery(): Data }
    ).createSelectorQuery() as unknown as {
      select(selector: string): { fields(fields: object, done: (found: unknown) => void): { exec(): void } };
    };
    const found: unknown[] = [];
    const computedStyle = ['color', 'margin-left', 'marginLeft', 'none'];
    query
      .select('.v')
      .fields({ id: true, computedStyle }, result => found.push(result))
      .exec();
    await flush();
    const style = { color: 'rgb(1, 2, 3)', 'margin-left': '4px', marginLeft: '4px' };
    expect(found).toEqual([{ id: '', ...style }]);
  });

  test('a query has one element or null for select, and a list for selectAll, when some are there and others are not', async () => {
    const page = await mount('<view class="v" id="one" /><view class="v" id="two" />');
    type Read = { fields(fields: object): Query };
    type Query = Record<'select' | 'selectAll', (selector: string) => Read> & {
      exec(done: (all: unknown[]) => void): void;
    };
    const query = (page.pageObject as unknown as { createSelectorQuery(): Query }).createSelectorQuery();
    query.select('.v').fields({ id: true });
    query.select('.none').fields({ id: true });
    query.selectAll('.v').fields({ id: true });
    query.selectAll('.none').fields({ id: true });
    const found: unknown[] = [];
    query.exec(all => found.push(...all));
    await flush();
    expect(found).toEqual([{ id: 'one' }, null, [{ id: 'one' }, { id: 'two' }], []]);
  });

  test('selectComponent returns the exported object, and selectAllComponents the instance, when a component uses swan://component-export', async () => {
    const page = await mount('<exporter id="e" />');
    expect(page.component<{ pay(): string }>('#e').pay()).toBe('paid by e');
    const [instance] = (page.pageObject as unknown as Component).selectAllComponents('#e') as Component[];
    expect(instance!.data.n).toBe(1);
    expect(instance).not.toHaveProperty('pay');
  });

  test('a behavior runs first, and the component wins, when both define the same', async () => {
    const page = await mount('<behaved id="b" />');
    expect(log).toEqual(['behavior attached', 'component attached, clash: component']);
    await page.tap('.behaved__box');
    expect(page.text('.behaved__box')).toBe('2 true yes');
  });

  test('data observers run once for all changes of a turn, and only when something differs', async () => {
    const page = await mount('<watcher id="w" a="{{ 1 }}" />');
    log.length = 0;
    const component = page.component<Component>('#w');
    component.setData({ b: 2 });
    component.setData({ b: 3 });
    expect(log).toEqual([]);
    await flush();
    expect(log).toEqual([['a, b', 1, 3], '**']);
    component.setData({ 'deep.list[0]': 1 });
    await flush();
    expect(log).toHaveLength(2);
    component.setData({ 'deep.list[0]': 2 });
    await flush();
    expect(log.slice(2)).toEqual([['deep.list[0]', 2], '**']);
  });

  test('dispatch calls the messages of the component around the slot when a child calls it', async () => {
    const page = await mount('<receiver><messenger id="m" /></receiver>');
    await page.tap('.messenger__send');
    expect(log).toEqual([['note', { from: 'm' }]]);
  });

  test('a field of getApp() is kept when another page mounts, and is gone when the app is killed', async () => {
    await mount('<view />');
    (getApp() as unknown as Data).token = 't';
    await mount('<view />');
    expect((getApp() as unknown as Data).token).toBe('t');
    killApp();
    await mount('<view />');
    expect((getApp() as unknown as Data).token).toBeUndefined();
  });
});

describe('templates', () => {
  test.each(['s-elif', 's-else-if'])(
    'show %s and s-else when the conditions before are false',
    async elif => {
      const template = `<view s-if="{{ n > 1 }}">many</view><view ${elif}="n == 1">one</view><view s-else>none</view>`;
      const page = await mount(template, { data: { n: 2 } });
      const seen = [page.text()];
      for (const n of [1, 0]) {
        await page.setData({ n });
        seen.push(page.text());
      }
      expect(seen).toEqual(['many', 'one', 'none']);
    },
  );

  test('repeat an element when it has any form of s-for', async () => {
    const template = `
      <text s-for="list">{{ index }}{{ item }} </text><text s-for="x, i in list">{{ i }}{{ x }} </text>
      <text s-for="{{ list }}" s-for-item="y" s-for-index="j">{{ j }}{{ y }} </text>
      <text s-for="v, k in map">{{ k }}={{ v }} </text><text s-for="list2 trackBy item.id">{{ item.id }} </text>
      <text s-for="z in null">never</text>`;
    const page = await mount(template, { data: { list: ['a', 'b'], map: { q: 1 }, list2: [{ id: 7 }] } });
    expect(page.text()).toBe('0a 1b 0a 1b 0a 1b q=1 7');
  });

  test('show an empty text when a value is null or undefined, and a character when there is an entity', async () => {
    const page = await mount(
      '<view class="a-{{ nil }}">[{{ nil }}{{ none }}] &lt;b&gt; &amp; $ ` \\</view>',
      {
        data: { nil: null },
      },
    );
    expect(page.text()).toBe('[] <b> & $ ` \\');
    expect(page.getElement('swan-view').className).toBe('a-');
  });

  test('fill named, default, fallback, conditional and scoped slots when a component has them', async () => {
    const template = `<slots open="{{ open }}" rows="{{ rows }}">
      <view slot="head">head {{ word }}</view><view class="in">body {{ word }}</view>
      <view slot="row" class="r">{{ row.n }}</view></slots><slots id="bare" />`;
    const page = await mount(template, { data: { open: true, word: 'w', rows: [{ n: 1 }, { n: 2 }] } });
    expect(page.text('.slots__head')).toBe('head w');
    expect(page.text('.slots__body')).toBe('body w');
    expect(page.getAllElements('.r').map(row => row.textContent)).toEqual(['1', '2']);
    expect(page.text('#bare .slots__head')).toBe('no head');
    await page.setData({ open: false });
    expect(page.queryElement('.in')).toBeNull();
  });

  test('hide built-in tags and components when hidden is true, and show them when it is the text false', async () => {
    const page = await mount('<view class="v" hidden="{{ h }}">x</view><life id="a" hidden="{{ h }}" />', {
      data: { h: true },
    });
    expect([page.isVisible('.v'), page.isVisible('#a')]).toEqual([false, false]);
    await page.setData({ h: 'false' });
    expect([page.isVisible('.v'), page.isVisible('#a')]).toEqual([true, true]);
  });

  test('change the data of a component when a field with two-way binding gets input', async () => {
    const page = await mount('<twoway id="i" />');
    const field = page.getElement('.twoway__field input') as HTMLInputElement;
    expect(field.value).toBe('start');
    field.value = 'typed';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await flush();
    expect(page.text('.twoway__echo')).toBe('typed');
    expect(page.component<Component>('#i').data.word).toBe('typed');
  });

  test('change the view and not the data of the page when a component sets a property with two-way binding', async () => {
    const page = await mount('<probe id="p" str="{= word =}" /><view class="w">{{ word }}</view>', {
      data: { word: 'a' },
    });
    page.component<Component>('#p').setData({ str: 'b' });
    await flush();
    expect([page.text('.w'), page.data.word]).toEqual(['b', 'a']);
  });
});

describe('classes', () => {
  test('carry the tag of the component, or the external class, when they are inside a component', async () => {
    const page = await mount('<ext custom-class="page-red" /><outer /><glob hot="{{ true }}" />');
    expect(page.getElement('.ext__own').className).toBe('ext__own page-red');
    expect(page.getElement('swan-outer .ext__own').className).toBe('ext__own outer__mine');
    expect(page.getElement('swan-outer swan-ext').className).toBe('outer__inside');
    expect(page.getElement('swan-glob swan-view').className).toBe(
      'glob__plain plain glob__hot hot glob__a-true a-true',
    );
  });

  test('keep their first external value when the page changes it, also on elements that appear later', async () => {
    const page = await mount('<ext custom-class="{{ name }}" open="{{ open }}" />', {
      data: { name: 'red' },
    });
    // The runtime of 2019 loses them on .ext__late, by mistake: a message that late elements wait for is not kept.
    await page.setData({ name: 'blue', open: true });
    expect(page.getElement('.ext__own').className).toBe('ext__own ext__open red');
    expect(page.getElement('.ext__late').className).toBe('ext__late red');
  });

  test('are not passed on when a component gives its external class to an inner one', async () => {
    const page = await mount('<outer outer-class="page-red" />');
    expect(page.getElement('.outer__forwards .ext__own').className).toBe('ext__own outer__outer-class');
  });

  test('carry the tag when they are a hover-class, also the default of a button', async () => {
    const page = await mount('<button class="b">x</button><hover hover-one="page-pressed" />');
    expect(page.getElement('.b').getAttribute('hover-class')).toBe('button-hover');
    const pressed = page
      .getAllElements('swan-hover [hover-class]')
      .map(tag => tag.getAttribute('hover-class'));
    expect(pressed).toEqual(['hover__button-hover', 'hover__pressed', 'page-pressed']);
  });

  test('keep their own name, too, when the component has addGlobalClass', async () => {
    const page = await mount('<glob id="g" />');
    expect(page.getElement('#g swan-view').className).toBe('glob__plain plain glob__a-false a-false');
  });
});

describe('the scripted phone', () => {
  test('keeps storage when the app is killed', async () => {
    await mount('<view />');
    swan.setStorageSync('k', { a: 1 });
    killApp();
    await mount('<view />');
    expect(swan.getStorageSync('k')).toEqual({ a: 1 });
    expect(phone.stored.size).toBe(1);
  });

  test('has empty storage when the next test starts', () => {
    expect(swan.getStorageSync('k')).toBe('');
  });

  test('calls no callback when the app was killed', async () => {
    await mount('<view />');
    const late = jest.fn();
    swan.requestPolymerPayment({ orderInfo: {}, success: late, fail: late, complete: late } as never);
    await until(() => phone.payments.length === 1);
    killApp();
    phone.payments[0]?.succeed();
    expect(late).not.toHaveBeenCalled();
  });
});
