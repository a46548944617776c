/** What built-in tags do with their attributes, and by themselves when they are touched. Those of forms are in form-controls.test.ts. */
import { waitFor } from '../../helpers/wait-for';
import { inputOf, mountTags, openTags } from './mount-tags';
import { mountPage } from '../../../sandbox/preview/testing';
import { createAnimation } from '../../../sandbox/preview/swan-api/animation';
import { listenForEvents } from '../../../sandbox/preview/runtime/tags';
import { sendTap } from '../../../sandbox/preview/runtime/gestures';

describe('a press', () => {
  const pointer = (target: Element, type: string, clientX = 0): void =>
    void target.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, clientX }));
  const press = async (): Promise<{ target: Element; log: string[] }> => {
    const log: string[] = [];
    const note = ({ type }: { type: string }) => log.push(type);
    const page = await mountTags('<view class="v" bind:tap="note" bind:longpress="note">x</view>', {
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

test('a tag is hidden or disabled when it is given an empty text, and is not when it is given null or 0', async () => {
  const tags = ['none', 'empty', 'zero', 'text'].map(
    name => `<view hidden="{{${name}}}" /><button disabled="{{${name}}}" />`,
  );
  const page = await mountTags(tags.join(''), { data: { none: null, empty: '', zero: 0, text: 'no' } });
  const given = (tag: string, name: string) =>
    [...page.root.querySelectorAll(`swan-${tag}`)].map(element => element.hasAttribute(name));
  expect(given('view', 'hidden')).toEqual([false, true, false, true]);
  expect(given('button', 'disabled')).toEqual([false, true, false, true]);
});

test('a tag is hidden when the text of hidden has more than an expression, such as a space after it', async () => {
  const page = await mountTags('<view hidden="{{no}}" /><view hidden="{{no}} " /><view hidden=" {{no}}" />', {
    data: { no: null },
  });
  const views = [...page.root.querySelectorAll('swan-view')];
  expect(views.map(view => view.hasAttribute('hidden'))).toEqual([false, true, true]);
});

test('data-* and src are read as on a phone when they have entities, several spaces or a new line', async () => {
  const page = await mountTags(
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
  const page = await mountTags(template, { data: { no: false, zero: 0 } });
  const views = [...page.root.querySelectorAll('swan-view')];
  expect(views.map(({ className }) => className)).toEqual(['', '', 'a false']);
});

test('a built-in tag takes an attribute when its name is in camel case', async () => {
  const page = await mountTags('<scroll-view scrollY scrollTop="30" /><button hoverClass="none">x</button>');
  expect(page.getElement('swan-scroll-view').hasAttribute('scroll-y')).toBe(true);
  expect(page.getElement('swan-scroll-view').scrollTop).toBe(30);
  expect(page.getElement('swan-button').getAttribute('hover-class')).toBe('none');
});

test('class takes a list of names, and no object, and data-* is true when it has no value', async () => {
  const page = await mountTags(
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
  const page = await mountTags(
    `<scroll-view scroll-y scroll-top="{= top =}" /><switch type="switch" checked="{= on =}" /><input value="{= tea =}" />
      <slider value="{= n =}" /><view class="{= tea =}" />`,
    { data: { top: 30, on: false, tea: 'green', n: 7 } },
  );
  const values = () => [
    page.getElement('swan-scroll-view').scrollTop,
    inputOf(page, 'swan-switch input').checked,
    inputOf(page, 'swan-input input').value,
    inputOf(page, 'swan-slider input').value,
    page.getElement('swan-view').className,
  ];
  expect(values()).toEqual([30, false, 'green', '7', 'green']);
  await page.setData({ top: 50, on: true, tea: 'black', n: 8 });
  expect(values()).toEqual([50, true, 'black', '8', 'black']);
  expect(inputOf(page, 'swan-switch input').type).toBe('checkbox');
});

test('a loop has the index of the data, whatever s-for-index says, when it names its item alone', async () => {
  const page = await mountTags(
    `<text s-for="tea in teas">{{ index }}{{ tea }} </text><text s-for="teas">{{ index }}{{ item }} </text><text s-for="tea, n in teas">{{ n }}{{ tea }} </text>
      <text s-for="tea in teas" s-for-index="k" s-for-item="t">{{ k }}{{ t }}{{ tea }} </text>
      <text s-for="teas" s-for-index="k" s-for-item="t">{{ k }}{{ t }} </text>`,
    { data: { teas: ['a', 'b'], index: 'own' } },
  );
  expect(page.root.textContent?.replace(/\s+/g, ' ')).toContain('owna ownb 0a 1b 0a 1b a b 0a 1b');
});

test('an expression reads data whose name JavaScript reserves', async () => {
  const page = await mountTags(
    '<view class="{{class}}">{{new}} {{default.x}} {{new ? "yes" : class}}</view>',
    {
      data: { class: 'c', new: 1, default: { x: 2 } },
    },
  );
  expect(page.text('.c')).toBe('1 2 yes');
});

test('a picture is marked as broken, and the page gets why, when it cannot be loaded, until another one is', async () => {
  const failed = jest.fn();
  const methods = { failed: ({ detail }: { detail: unknown }) => failed(detail) };
  const page = await mountTags('<image src="/none.png" bind:error="failed" />', { methods });
  const image = page.getElement('img');
  image.dispatchEvent(new Event('error'));
  expect(image.hasAttribute('broken')).toBe(true);
  expect(failed.mock.calls).toEqual([[{ errMsg: 'image load failed' }]]);
  image.dispatchEvent(new Event('load'));
  expect(image.hasAttribute('broken')).toBe(false);
});

test('a picture says nothing while it has no address', async () => {
  const failed = jest.fn();
  const page = await mountTags('<image src="{{src}}" bind:error="failed" />', { methods: { failed } });
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
  const page = await mountTags('<view class="v" animation="{{ steps }}" />', { data: { steps: {} } });
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
    const page = await mountTags('<rich-text nodes="{{nodes}}" />', { data: { nodes } });
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
    const page = await mountTags('<rich-text nodes="{{nodes}}" />', { data: { nodes } });
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
    const page = await mountTags(
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
    const page = await mountTags('<scroll-view scroll-x scroll-y bind:scroll="note" />', {
      methods: note(log),
    });
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

test('an icon has the size and the colour that it is given, and those of its type when it is given none', async () => {
  const page = await mountPage({
    template: '<icon type="success" size="{{size}}" color="{{color}}" /><icon type="warn" />',
    data: { size: 40, color: 'red' },
  });
  const style = (index: number): string => page.getAllElements('swan-icon > i')[index]?.style.cssText ?? '';
  expect([style(0), style(1)]).toEqual(['font-size: 40px; color: red;', '']);
  await page.setData({ size: '', color: null });
  expect(style(0)).toBe('');
});

test('a finger scrolls nothing when its touchstart or touchmove is caught, also without a method', async () => {
  const { page } = await openTags(
    '<view class="a" catch:touchmove="note" /><view class="b" catchtouchstart="true" /><view class="c" bind:touchmove="note" catch:touchend="note" />',
  );
  const isStopped = (selector: string, type: string): boolean =>
    !page.getElement(selector).dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  expect([isStopped('.a', 'touchmove'), isStopped('.b', 'touchstart')]).toEqual([true, true]);
  expect([isStopped('.c', 'touchmove'), isStopped('.c', 'touchend')]).toEqual([false, false]);
});

test('a movable-view moves with a finger along its direction, as far as its area, and tells where it is', async () => {
  const { page, log } = await openTags(
    `<movable-area><movable-view direction="{{direction}}" x="{{x}}" y="5" disabled="{{off}}" bind:change="note" /></movable-area>`,
    { direction: 'all', x: 10, off: false },
  );
  const view = page.getElement('swan-movable-view');
  const area = page.getElement('swan-movable-area');
  for (const [element, names, size] of [
    [view, ['offsetWidth', 'offsetHeight'], 20],
    [area, ['clientWidth', 'clientHeight'], 100],
  ] as const) {
    for (const name of names) Object.defineProperty(element, name, { value: size });
  }
  await page.setData({ x: 30 });
  const send = (type: string, clientX: number, clientY: number): void =>
    void view.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, clientX, clientY }));
  const drag = (x: number, y: number): void => {
    send('pointerdown', 200, 200);
    send('pointermove', 200 + x, 200 + y);
    send('pointerup', 200 + x, 200 + y);
  };
  drag(10, 200);
  expect(log.splice(0)).toEqual([['change', { x: 40, y: 80, source: 'touch' }]]);
  await page.setData({ direction: 'horizontal' });
  drag(-5, -30);
  expect(log.splice(0)).toEqual([['change', { x: 35, y: 80, source: 'touch' }]]);
  await page.setData({ off: true });
  drag(-5, -5);
  await page.setData({ off: false, direction: 'none' });
  drag(-5, -5);
  send('pointermove', 0, 0);
  expect(log).toEqual([]);
  expect(view.style.translate).toBe('35px 80px');
});

test('a pressed view has its hover-class for the times that it names, and what is around it none when it says so', async () => {
  const { page } = await openTags(
    `<view class="out" hover-class="on"><view class="in" hover-class="on" hover-start-time="{{10}}" hover-stay-time="30"
      hover-stop-propagation>x</view></view>`,
  );
  const pressed = (): boolean[] =>
    ['.in', '.out'].map(selector => page.getElement(selector).classList.contains('on'));
  const send = (type: string): void =>
    void page.getElement('.in').dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0 }));
  jest.useFakeTimers();
  send('pointerdown');
  expect(pressed()).toEqual([false, false]);
  jest.advanceTimersByTime(10);
  expect(pressed()).toEqual([true, false]);
  jest.advanceTimersByTime(100);
  send('pointerup');
  jest.advanceTimersByTime(39);
  expect(pressed()).toEqual([true, false]);
  jest.advanceTimersByTime(1);
  expect(pressed()).toEqual([false, false]);
  jest.useRealTimers();
});
