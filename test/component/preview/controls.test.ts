/** What built-in tags do by themselves when they are touched and typed into. */
import { waitFor } from '../../helpers/wait-for';
import { mountPage, type MountedPage, type PageOptions } from '../../../sandbox/preview/testing';
import { createAnimation } from '../../../sandbox/preview/swan-api/animation';
import { listenForEvents } from '../../../sandbox/preview/runtime/tags';
import { sendTap } from '../../../sandbox/preview/runtime/gestures';

const mount = async (template: string, more: PageOptions = {}): Promise<MountedPage> => {
  const page = await mountPage({ template, ...more });
  listenForEvents(page.root, () => undefined);
  return page;
};
const input = (page: MountedPage, selector = 'input') => page.getElement(selector) as HTMLInputElement;

describe('a press', () => {
  const pointer = (target: Element, type: string, clientX = 0): void =>
    void target.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, clientX }));
  const press = async (): Promise<{ target: Element; log: string[] }> => {
    const log: string[] = [];
    const note = ({ type }: { type: string }) => log.push(type);
    const page = await mount('<view class="v" bind:tap="note" bind:longpress="note">x</view>', {
      methods: { note },
    });
    jest.useFakeTimers();
    const target = page.getElement('.v');
    pointer(target, 'pointerdown');
    return { target, log };
  };
  afterEach(() => jest.useRealTimers());

  test('is a tap when it is short', async () => {
    const { target, log } = await press();
    jest.advanceTimersByTime(349);
    pointer(target, 'pointerup');
    jest.advanceTimersByTime(1000);
    expect(log).toEqual(['tap']);
  });

  test('is a longpress while it lasts, and no tap, when it is long', async () => {
    const { target, log } = await press();
    jest.advanceTimersByTime(350);
    expect(log).toEqual(['longpress']);
    pointer(target, 'pointerup');
    expect(log).toEqual(['longpress']);
  });

  test.each(['pointermove', 'pointercancel'])('is nothing when %s ends it', async type => {
    const { target, log } = await press();
    pointer(target, type, 11);
    jest.advanceTimersByTime(1000);
    pointer(target, 'pointerup', 11);
    expect(log).toEqual([]);
  });
});

describe('an input', () => {
  test.each([
    ['number', 'numeric', ['1', 'a', '.'], '1'],
    ['digit', 'decimal', ['1', '.', 'a', '5'], '1.5'],
    ['idcard', 'text', ['1', 'X', 'y'], '1X'],
    ['text', '', ['1', 'é'], '1é'],
  ])('has the keyboard of its type when that is %s', async (type, inputMode, letters, typed) => {
    const page = await mount('<input type="{{type}}" maxlength="11" value="ab" />', { data: { type } });
    const element = input(page);
    expect([element.value, element.type, element.inputMode, element.maxLength]).toEqual([
      'ab',
      'text',
      inputMode,
      11,
    ]);
    element.value = '';
    for (const data of letters) {
      const event = { bubbles: true, cancelable: true, inputType: 'insertText', data };
      if (element.dispatchEvent(new InputEvent('beforeinput', event))) element.value += data;
    }
    expect(element.value).toBe(typed);
  });

  test('takes 140 letters when it has no maxlength, and any number when that is -1', async () => {
    const page = await mount(
      '<input class="a" /><textarea class="a" /><input class="b" maxlength="-1" /><input class="b" maxlength="{{-1}}" />',
    );
    const lengths = [...page.root.querySelectorAll<HTMLInputElement>('input, textarea')];
    expect(lengths.map(({ maxLength }) => maxLength)).toEqual([140, 140, -1, -1]);
  });

  test('hides what is typed when it has the flag password', async () => {
    const page = await mount('<input password="{{hides}}" type="number" />', { data: { hides: true } });
    expect(input(page).type).toBe('password');
    await page.setData({ hides: false });
    expect(input(page).type).toBe('text');
  });

  test('has the focus when its flag becomes true, and loses it when it becomes false', async () => {
    const template = '<input class="a" focus /><input class="b" focus="{{b}}" /><textarea focus="{{c}}" />';
    const page = await mount(template, { data: { b: false, c: false } });
    const focused = (): string | undefined => document.activeElement?.parentElement?.localName;
    expect(document.activeElement).toBe(input(page, '.a input'));
    await page.setData({ b: true });
    expect(document.activeElement).toBe(input(page, '.b input'));
    await page.setData({ c: true });
    expect(focused()).toBe('swan-textarea');
    await page.setData({ c: false });
    expect(document.activeElement).toBe(document.body);
  });
});

test('a label changes the control inside it, or the one that it is for, when it is tapped', async () => {
  const page = await mount(`<label class="in"><text>a</text><checkbox class="a" /></label>
    <label class="for" for="sw"><text>b</text></label><switch id="sw" /><label class="none" for="gone">c</label>`);
  const checked = (): boolean[] => ['.a input', '#sw input'].map(selector => input(page, selector).checked);
  sendTap(page.getElement('.in swan-text'), 0, 0);
  expect(checked()).toEqual([true, false]);
  sendTap(page.getElement('.for swan-text'), 0, 0);
  sendTap(page.getElement('.none'), 0, 0);
  expect(checked()).toEqual([true, true]);
});

test('a label taps the button inside it, or the one that it is for, and what is around once', async () => {
  const log: unknown[] = [];
  const page = await mount(
    `<form bind:submit="note"><view id="out" bind:tap="note"><label><text>a</text><button id="in" bind:tap="note" form-type="submit" /></label>
      <label for="in"><text>b</text></label></view></form>`,
    {
      methods: {
        note: (event: Record<string, { id: string }>) => log.push([event.type, event.currentTarget?.id]),
      },
    },
  );
  const expected = [
    ['tap', 'out'],
    ['tap', 'in'],
    ['submit', ''],
  ];
  for (const text of page.root.querySelectorAll('swan-text')) {
    sendTap(text, 0, 0);
    expect(log.splice(0)).toEqual(expected);
  }
  sendTap(page.getElement('#in'), 0, 0);
  expect(log).toEqual([
    ['tap', 'in'],
    ['tap', 'out'],
    ['submit', ''],
  ]);
});

test('a group sends the values as they were given, those that were checked last at the end', async () => {
  const log: unknown[] = [];
  const page = await mount(
    `<checkbox-group bind:change="note"><checkbox s-for="{{[1, 'b', 3]}}" value="{{item}}" checked="{{item === 3}}" /></checkbox-group>
      <radio-group bind:change="note"><radio value="{{4}}" /><radio /></radio-group>`,
    { methods: { note: ({ detail }: { detail: { value: unknown } }) => log.push(detail.value) } },
  );
  for (const index of [1, 0, 1, 3, 4]) [...page.root.querySelectorAll('input')][index]?.click();
  expect(log).toEqual([[3, 'b'], [3, 'b', 1], [3, 1], 4, '']);
});

test('a form is sent, a label checks and a navigator leads on when a view around them catches the tap', async () => {
  const log: unknown[] = [];
  const page = await mountPage({
    template: `<view catch:tap="caught"><form bind:submit="note"><input name="q" value="tea" />
      <button formType="submit" data-n="1">send</button></form><label><checkbox /></label><navigator url="/pages/a" /></view>`,
    methods: {
      caught: ({ type }: { type: string }) => log.push(type),
      note: ({ detail }: { detail: unknown }) => log.push(detail),
    },
  });
  listenForEvents(page.root, url => log.push(url));
  for (const tag of ['button', 'label', 'navigator']) sendTap(page.getElement(`swan-${tag}`), 0, 0);
  const sent = { value: { q: 'tea' }, target: expect.objectContaining({ dataset: { n: '1' } }), formId: '' };
  expect(log).toEqual(['tap', sent, 'tap', 'tap', '/pages/a']);
  expect(input(page, 'swan-checkbox input').checked).toBe(true);
});

test('an event of a control names its tag, with id and data, when the template writes them there', async () => {
  const log: unknown[] = [];
  const page = await mount(
    `<view bind:tap="note"><input id="i" data-field="name" bind:input="note" /><image id="p" data-n="1" src="/a.png" bind:load="note" />
      <checkbox-group id="g" data-n="2" bind:change="note"><checkbox id="c" data-n="3" /></checkbox-group></view>`,
    {
      methods: {
        note: ({ type, target, currentTarget }: Record<string, Record<string, unknown>>) =>
          log.push([type, currentTarget?.id, currentTarget?.dataset, target?.id, target?.dataset]),
      },
    },
  );
  input(page, '#i input').dispatchEvent(new Event('input'));
  page.getElement('img').dispatchEvent(new Event('load'));
  input(page, '#c input').dispatchEvent(new Event('change', { bubbles: true }));
  sendTap(page.getElement('img'), 0, 0);
  expect(log).toEqual([
    ['input', 'i', { field: 'name' }, 'i', { field: 'name' }],
    ['load', 'p', { n: '1' }, 'p', { n: '1' }],
    ['change', 'g', { n: '2' }, 'g', { n: '2' }],
    ['tap', '', {}, 'p', { n: '1' }],
  ]);
});

test('a tag is hidden or disabled when it is given an empty text, and is not when it is given null or 0', async () => {
  const tags = ['none', 'empty', 'zero', 'text'].map(
    name => `<view hidden="{{${name}}}" /><button disabled="{{${name}}}" />`,
  );
  const page = await mount(tags.join(''), { data: { none: null, empty: '', zero: 0, text: 'no' } });
  const given = (tag: string, name: string) =>
    [...page.root.querySelectorAll(`swan-${tag}`)].map(element => element.hasAttribute(name));
  expect(given('view', 'hidden')).toEqual([false, true, false, true]);
  expect(given('button', 'disabled')).toEqual([false, true, false, true]);
});

test('a tag is hidden when the text of hidden has more than an expression, such as a space after it', async () => {
  const page = await mount('<view hidden="{{no}}" /><view hidden="{{no}} " /><view hidden=" {{no}}" />', {
    data: { no: null },
  });
  const views = [...page.root.querySelectorAll('swan-view')];
  expect(views.map(view => view.hasAttribute('hidden'))).toEqual([false, true, true]);
});

test('data-* and src are read as on a phone when they have entities, several spaces or a new line', async () => {
  const page = await mount(
    `<view id="a" data-x="a &amp; b" data-y="a  {b}" data-z="&lt;{{v}}&gt;" data-q='"{{v}}\\' data-n="a
b" bind:tap="note" /><image src="https://a.invalid/a?b=1&amp;c=2" />`,
    {
      data: { v: 'V' },
      methods: {
        note: (event: { currentTarget: { dataset: unknown } }) => seen.push(event.currentTarget.dataset),
      },
    },
  );
  const seen: unknown[] = [];
  sendTap(page.getElement('#a'), 0, 0);
  expect(seen).toEqual([{ x: 'a & b', y: 'a  {b}', z: '<V>', q: '"V\\', n: 'a\nb' }]);
  expect(page.getElement('img').getAttribute('src')).toBe('https://a.invalid/a?b=1&c=2');
});

test('a tag has no class when the whole of its class is false or 0', async () => {
  const template = '<view class="{{no && 1}}" /><view class="{{zero}}" /><view class="a {{no && 1}}" />';
  const page = await mount(template, { data: { no: false, zero: 0 } });
  const views = [...page.root.querySelectorAll('swan-view')];
  expect(views.map(({ className }) => className)).toEqual(['', '', 'a false']);
});

test('a built-in tag takes an attribute when its name is in camel case', async () => {
  const page = await mount('<scroll-view scrollY scrollTop="30" /><button hoverClass="none">x</button>');
  expect(page.getElement('swan-scroll-view').hasAttribute('scroll-y')).toBe(true);
  expect(page.getElement('swan-scroll-view').scrollTop).toBe(30);
  expect(page.getElement('swan-button').getAttribute('hover-class')).toBe('none');
});

test('class takes a list of names, and no object, and data-* is true when it has no value', async () => {
  const page = await mount(
    '<view id="a" class="{{list}} c" data-bare data-empty="" bind:tap="note" /><view class="{{object}}" />',
    {
      data: { list: ['a', 'b'], object: { on: true } },
      methods: {
        note: (event: { currentTarget: { dataset: unknown } }) => seen.push(event.currentTarget.dataset),
      },
    },
  );
  const seen: unknown[] = [];
  expect([...page.root.querySelectorAll('swan-view')].map(({ className }) => className)).toEqual([
    'a b c',
    '[object Object]',
  ]);
  sendTap(page.getElement('#a'), 0, 0);
  expect(seen).toEqual([{ bare: true, empty: true }]);
});

test('a built-in tag takes a value that is bound both ways as that value', async () => {
  const page = await mount(
    `<scroll-view scroll-y scroll-top="{= top =}" /><switch type="switch" checked="{= on =}" /><input value="{= tea =}" />
      <slider value="{= n =}" /><view class="{= tea =}" />`,
    { data: { top: 30, on: false, tea: 'green', n: 7 } },
  );
  const values = () => [
    page.getElement('swan-scroll-view').scrollTop,
    input(page, 'swan-switch input').checked,
    input(page, 'swan-input input').value,
    input(page, 'swan-slider input').value,
    page.getElement('swan-view').className,
  ];
  expect(values()).toEqual([30, false, 'green', '7', 'green']);
  await page.setData({ top: 50, on: true, tea: 'black', n: 8 });
  expect(values()).toEqual([50, true, 'black', '8', 'black']);
  expect(input(page, 'swan-switch input').type).toBe('checkbox');
});

test('a loop has the index of the data, whatever s-for-index says, when it names its item alone', async () => {
  const page = await mount(
    `<text s-for="tea in teas">{{ index }}{{ tea }} </text><text s-for="teas">{{ index }}{{ item }} </text><text s-for="tea, n in teas">{{ n }}{{ tea }} </text>
      <text s-for="tea in teas" s-for-index="k" s-for-item="t">{{ k }}{{ t }}{{ tea }} </text>
      <text s-for="teas" s-for-index="k" s-for-item="t">{{ k }}{{ t }} </text>`,
    { data: { teas: ['a', 'b'], index: 'own' } },
  );
  expect(page.root.textContent?.replace(/\s+/g, ' ')).toContain('owna ownb 0a 1b 0a 1b a b 0a 1b');
});

test('an expression reads data whose name JavaScript reserves', async () => {
  const page = await mount('<view class="{{class}}">{{new}} {{default.x}} {{new ? "yes" : class}}</view>', {
    data: { class: 'c', new: 1, default: { x: 2 } },
  });
  expect(page.text('.c')).toBe('1 2 yes');
});

test('a picture is marked as broken, and the page gets why, when it cannot be loaded, until another one is', async () => {
  const failed = jest.fn();
  const methods = { failed: ({ detail }: { detail: unknown }) => failed(detail) };
  const page = await mount('<image src="/none.png" bind:error="failed" />', { methods });
  const image = page.getElement('img');
  image.dispatchEvent(new Event('error'));
  expect(image.hasAttribute('broken')).toBe(true);
  expect(failed.mock.calls).toEqual([[{ errMsg: 'image load failed' }]]);
  image.dispatchEvent(new Event('load'));
  expect(image.hasAttribute('broken')).toBe(false);
});

test('a picture says nothing while it has no address', async () => {
  const failed = jest.fn();
  const page = await mount('<image src="{{src}}" bind:error="failed" />', { methods: { failed } });
  const fail = () => page.getElement('img').dispatchEvent(new Event('error'));
  fail();
  expect(failed).not.toHaveBeenCalled();
  await page.setData({ src: '/gone.png' });
  fail();
  expect(failed).toHaveBeenCalledTimes(1);
});

test('a navigator leads nowhere without a url, and back by its delta', async () => {
  const moves: unknown[] = [];
  const page = await mountPage({
    template: `<navigator url="" /><navigator target="miniProgram" app-id="x" url="/pages/a" /><navigator open-type="exit" />
      <navigator open-type="navigateBack" delta="2" /><navigator open-type="navigateBack" /><navigator url="b" />`,
  });
  listenForEvents(page.root, (url, openType, delta) => moves.push([url, openType, delta]));
  page.root.querySelectorAll('swan-navigator').forEach(navigator => sendTap(navigator, 0, 0));
  expect(moves).toEqual([
    ['', 'navigateBack', 2],
    ['', 'navigateBack', 1],
    ['b', 'navigate', 1],
  ]);
});

test('an element plays the steps of its animation, one after the other, when it is given them', async () => {
  const animation = createAnimation({ duration: 500, timingFunction: 'ease' }) as Record<
    string,
    (...values: unknown[]) => typeof animation
  >;
  const page = await mount('<view class="v" animation="{{ steps }}" />', { data: { steps: {} } });
  const { style } = page.getElement('.v');
  animation.translateY?.(-100).rotate?.(45).opacity?.(0.5).step?.();
  animation.width?.('50%').step?.({ duration: 80 });
  await page.setData({ steps: animation.export?.() });
  const first = [style.transform, style.opacity, style.transition, style.width];
  expect(first).toEqual(['translateY(-100px) rotate(45deg)', '0.5', 'all 500ms ease 0ms', '']);
  await waitFor(() => style.width);
  expect([style.transform, style.width, style.transition]).toEqual([first[0], '50%', 'all 80ms ease 0ms']);
  expect(animation.export?.()).toEqual({ actions: [] });
});

describe('rich-text', () => {
  const html = async (nodes: unknown): Promise<string> => {
    const page = await mount('<rich-text nodes="{{nodes}}" />', { data: { nodes } });
    return page.getElement('swan-rich-text').innerHTML;
  };

  test('shows five letters and the space that a text names, and other names as they are, when it is given nodes', async () => {
    expect(await html([{ type: 'text', text: '&lt;b&gt; &amp;lt; &yen;' }])).toBe(
      '&lt;b&gt; &amp;lt; &amp;yen;',
    );
    expect(await html('&lt;b&gt; &amp;lt; &yen;')).toBe('&lt;b&gt; &amp;lt; ¥');
  });

  test('shows its elements, and nothing that could act, when it is given HTML', async () => {
    const given = `<p class="x" onclick="go()" style="width:75rpx">tea <b>green</b></p><script>go()</script>
      <img src="/a.png" onerror="go()"><a href="javascript:go()">leaf</a><iframe src="/"></iframe>`;
    expect((await html(given)).replace(/>\s+</g, '><')).toBe(
      '<p class="x" style="width:10cqw">tea <b>green</b></p><img src="/a.png"><a>leaf</a>',
    );
  });

  test('shows the same when it is given a list of nodes, and the next when that changes', async () => {
    const text = { type: 'text', text: '<b>' };
    const nodes = [{ name: 'div', attrs: { class: 'x', id: 'y' }, children: [text] }, { name: 'style' }, 5];
    const page = await mount('<rich-text nodes="{{nodes}}" />', { data: { nodes } });
    const element = page.getElement('swan-rich-text');
    expect(element.innerHTML).toBe('<div class="x">&lt;b&gt;</div>');
    await page.setData({ nodes: '<i>now</i>' });
    expect(element.innerHTML).toBe('<i>now</i>');
  });
});

describe('scrolling', () => {
  /** Scrolls an element that jsdom does not lay out. */
  const scroll = (element: HTMLElement, places: Record<string, number>): void => {
    for (const [name, value] of Object.entries({ clientWidth: 100, clientHeight: 100, ...places }))
      Object.defineProperty(element, name, { value, writable: true, configurable: true });
    element.dispatchEvent(new Event('scroll'));
  };
  const note = (log: unknown[]) => ({
    note: ({ type, detail }: { type: string; detail: unknown }) => log.push([type, detail]),
  });

  test('a scroll-view says once that an end is near when it comes there', async () => {
    const log: unknown[] = [];
    const page = await mount(
      '<scroll-view scroll-y lower-threshold="20" scroll-top="{{top}}" bind:scrolltolower="note" bind:scrolltoupper="note" />',
      { data: { top: 30 }, methods: note(log) },
    );
    const view = page.getElement('swan-scroll-view');
    expect(view.scrollTop).toBe(30);
    for (const scrollTop of [10, 870, 880, 890, 500, 10, 0]) scroll(view, { scrollTop, scrollHeight: 1000 });
    expect(log).toEqual([
      ['scrolltolower', expect.objectContaining({ scrollTop: 880, deltaY: -10 })],
      ['scrolltoupper', expect.objectContaining({ scrollTop: 10, deltaY: 490 })],
    ]);
  });

  test('a scroll-view says where it is, and by how much its content moved', async () => {
    const log: unknown[] = [];
    const page = await mount('<scroll-view scroll-x scroll-y bind:scroll="note" />', { methods: note(log) });
    const view = page.getElement('swan-scroll-view');
    const size = { scrollHeight: 1000, scrollWidth: 500 };
    scroll(view, { ...size, scrollTop: 30, scrollLeft: 0 });
    scroll(view, { ...size, scrollTop: 10, scrollLeft: 5 });
    expect(log).toEqual([
      ['scroll', { ...size, scrollTop: 30, scrollLeft: 0, deltaX: 0, deltaY: -30 }],
      ['scroll', { ...size, scrollTop: 10, scrollLeft: 5, deltaX: -5, deltaY: 20 }],
    ]);
  });
});

describe('a picker', () => {
  const control = (page: MountedPage) => page.getElement('swan-picker > .picker-control') as HTMLInputElement;
  const open = async (attributes: string): Promise<{ page: MountedPage; picked: jest.Mock }> => {
    const picked = jest.fn();
    const template = `<picker ${attributes} bind:change="pick"><view>choose</view></picker>`;
    const data = { list: [{ tea: 'Longjing' }, { tea: 'Oolong' }], index: 1 };
    const methods = { pick: ({ detail }: { detail: unknown }) => picked(detail) };
    return { page: await mount(template, { data, methods }), picked };
  };

  test('offers its range, and tells the index, when it has no mode', async () => {
    const { page, picked } = await open('range="{{list}}" range-key="tea" value="{{index}}"');
    const select = control(page) as unknown as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual(['Longjing', 'Oolong']);
    expect(select.value).toBe('1');
    select.value = '0';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(picked.mock.calls).toEqual([[{ value: 0 }]]);
    await page.setData({ list: [{ tea: 'Puer' }] });
    expect(control(page).textContent).toBe('Puer');
  });

  test('takes a day when its mode is date', async () => {
    const { page, picked } = await open('mode="date" value="2020-01-01" start="2019-01-01"');
    expect([control(page).type, control(page).value, control(page).min]).toEqual([
      'date',
      '2020-01-01',
      '2019-01-01',
    ]);
    control(page).value = '2021-02-03';
    control(page).dispatchEvent(new Event('change', { bubbles: true }));
    expect(picked.mock.calls).toEqual([[{ value: '2021-02-03' }]]);
  });

  test('tells the first of its range, which no control of a browser does, when that is chosen', async () => {
    const { page } = await open('range="{{list}}" range-key="tea"');
    const select = control(page) as unknown as HTMLSelectElement;
    expect(select.selectedIndex).toBe(0);
    select.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    expect(select.selectedIndex).toBe(-1);
    select.dispatchEvent(new Event('blur'));
    expect(select.selectedIndex).toBe(0);
  });

  test('takes a month when its mode is date and its fields are month', async () => {
    const { page } = await open('mode="date" fields="month" value="2020-03-01" end="2021-04-05"');
    expect([control(page).type, control(page).value, control(page).max]).toEqual([
      'month',
      '2020-03',
      '2021-04',
    ]);
  });

  test('tells the column, then all columns as the page has set them, when its mode is multiSelector', async () => {
    const log: unknown[] = [];
    const page = await mount(
      '<picker mode="multiSelector" range="{{range}}" value="{{value}}" bind:columnchange="turn" bind:change="pick"><view>x</view></picker>',
      {
        data: {
          range: [
            ['tea', 'cup'],
            ['Longjing', 'Oolong'],
          ],
          value: [0, 1],
        },
        methods: {
          turn(this: { setData(changes: object): void }, { detail }: { detail: unknown }) {
            log.push(detail);
            this.setData({ 'range[1]': ['small', 'large', 'huge'], value: [1, 0] });
          },
          pick: ({ detail }: { detail: unknown }) => log.push(detail),
        },
      },
    );
    const selects = () => page.getAllElements('.picker-control') as HTMLSelectElement[];
    const chosen = (): string[] => selects().map(({ selectedOptions: [option] }) => option?.text ?? '');
    expect(chosen()).toEqual(['tea', 'Oolong']);
    expect(selects().map(({ style }) => [style.left, style.width])).toEqual([
      ['0%', '50%'],
      ['50%', '50%'],
    ]);
    const [first] = selects();
    if (first) first.value = '1';
    first?.dispatchEvent(new Event('change', { bubbles: true }));
    await waitFor(() => log.length === 2);
    expect(log).toEqual([{ column: 0, value: 1 }, { value: [1, 0] }]);
    expect(chosen()).toEqual(['cup', 'small']);
  });

  test('is a box with its name when the preview does not draw its mode', async () => {
    const { page } = await open('mode="region" value="{{list}}"');
    expect(page.getElement('swan-picker').getAttribute('preview-box')).toBe('picker mode="region"');
    expect(page.queryElement('.picker-control')).toBeNull();
  });
});

test('a slider tells a number, and a form sends it, when it is moved', async () => {
  const log: unknown[] = [];
  const page = await mount(
    `<form bind:submit="note"><slider name="n" min="0" max="10" value="3" bind:change="note" />
      <button form-type="submit">send</button></form><progress percent="40" />`,
    { methods: { note: ({ detail }: { detail: unknown }) => log.push(detail) } },
  );
  expect((page.getElement('progress') as HTMLProgressElement).value).toBe(40);
  input(page).value = '7';
  input(page).dispatchEvent(new Event('change', { bubbles: true }));
  sendTap(page.getElement('swan-button'), 0, 0);
  expect(log).toEqual([{ value: 7 }, expect.objectContaining({ value: { n: 7 } })]);
});

describe('a form', () => {
  const open = async (fields: string, data = {}) => {
    const log: unknown[] = [];
    const note =
      (pick: (detail: Record<string, unknown>) => unknown) =>
      ({ type, detail }: { type: string; detail: Record<string, unknown> }) =>
        log.push([type, pick(detail)]);
    const page = await mount(
      `<form bind:submit="sent" bind:reset="reset">${fields}<button class="submit" form-type="submit">send</button>
        <button class="reset" form-type="reset">reset</button></form>`,
      {
        data,
        methods: { sent: note(({ value }) => value), reset: note(() => 0), note: note(({ value }) => value) },
      },
    );
    const press = (button: 'submit' | 'reset'): unknown[] => {
      log.length = 0;
      sendTap(page.getElement(`.${button}`), 0, 0);
      return log;
    };
    return { page, press };
  };

  test('sends fields and groups alone when other tags in it have a name, or are in a form of their own', async () => {
    const { press } = await open(
      `<input name="text" value="a" /><input value="no name" /><view name="view"></view><checkbox name="box" value="x" checked />
        <radio-group name="group"><radio name="one" value="x" checked /></radio-group>
        <picker name="first" range="{{list}}" /><picker name="second" range="{{list}}" value="{{1}}" />
        <form><input name="inner" value="b" /></form>`,
      { list: ['p', 'q'] },
    );
    expect(press('submit')).toEqual([['submit', { text: 'a', group: 'x', first: 0, second: 1 }]]);
  });

  test('brings switches, sliders, checkboxes and pickers back to what the page gave first when it is reset', async () => {
    const { page, press } = await open(
      `<switch name="on" checked="{{on}}" /><switch name="off" /><slider name="slider" value="{{n}}" max="500" />
        <checkbox-group name="boxes" bind:change="note"><checkbox value="a" checked /><checkbox value="b" />
        </checkbox-group>
        <radio-group name="radios"><radio value="a" checked /></radio-group><input name="text" value="tea" />
        <picker name="picker" range="{{list}}" value="{{1}}" bind:change="note" />`,
      { on: true, n: 300, list: ['p', 'q'] },
    );
    const given = { on: true, off: false, slider: 300, boxes: ['a'], radios: 'a', text: 'tea', picker: 1 };
    expect(press('submit')).toEqual([['submit', given]]);
    await page.setData({ on: false, n: 400 });
    for (const box of page.root.querySelectorAll<HTMLInputElement>('[type=checkbox]:not([role])'))
      box.click();
    input(page, 'select').value = '0';
    page.getElement('select').dispatchEvent(new Event('change', { bubbles: true }));
    expect(press('submit')).toMatchObject([['submit', { on: false, slider: 400, boxes: ['b'], picker: 0 }]]);
    expect(press('reset')).toEqual([
      ['change', 1],
      ['reset', 0],
      ['change', ['b', 'a']],
      ['change', ['a']],
    ]);
    expect(press('submit')).toEqual([['submit', { ...given, radios: '', text: '' }]]);
  });
});

test('a slider is at 0 when it has no value', async () => {
  expect(input(await mount('<slider />')).value).toBe('0');
});
