/** What controls send while they are used. */
import { waitFor } from '../../helpers/wait-for';
import { mountPage, type MountedPage } from '../../../sandbox/preview/testing';
import { listenForEvents } from '../../../sandbox/preview/runtime/tags';

const open = async (template: string, data = {}) => {
  const log: unknown[] = [];
  const note = ({ type, detail }: { type: string; detail: unknown }) => log.push([type, detail]);
  const page = await mountPage({ template, data, methods: { note } });
  listenForEvents(page.root, () => undefined);
  return { page, log };
};

const enter = (page: MountedPage, value: string): void => {
  const control = page.getElement('input') as HTMLInputElement;
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
};

test('an input sends a change after each letter, and none when it is left', async () => {
  const { page, log } = await open('<input bind:input="note" bind:change="note" />');
  enter(page, 'a');
  expect(log).toEqual([
    ['input', { value: 'a', cursor: 1 }],
    ['change', { value: 'a', cursor: 1 }],
  ]);
  page.getElement('input').dispatchEvent(new Event('change', { bubbles: true }));
  expect(log).toHaveLength(2);
});

test('a slider sends changing while it is moved, and shows its number when it has show-value', async () => {
  const { page, log } = await open('<slider value="{{n}}" show-value="{{shows}}" bind:changing="note" />', {
    n: 3,
    shows: true,
  });
  const shown = (): string | null => page.getElement('swan-slider').getAttribute('preview-number');
  expect(shown()).toBe('3');
  enter(page, '7');
  await page.flush();
  expect(log).toEqual([['changing', { value: 7 }]]);
  expect(shown()).toBe('7');
  await page.setData({ n: 5 });
  expect(shown()).toBe('5');
  await page.setData({ shows: false });
  expect(shown()).toBeNull();
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
  const { page } = await open(
    '<view class="a" catch:touchmove="note" /><view class="b" catchtouchstart="true" /><view class="c" bind:touchmove="note" catch:touchend="note" />',
  );
  const isStopped = (selector: string, type: string): boolean =>
    !page.getElement(selector).dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  expect([isStopped('.a', 'touchmove'), isStopped('.b', 'touchstart')]).toEqual([true, true]);
  expect([isStopped('.c', 'touchmove'), isStopped('.c', 'touchend')]).toEqual([false, false]);
});

test('a movable-view moves with a finger along its direction, as far as its area, and tells where it is', async () => {
  const { page, log } = await open(
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

test('a picker-view shows the rows of its value, and sends all rows when a column has come to rest at another one', async () => {
  const { page, log } = await open(
    `<picker-view value="{{value}}" indicator-style="height: 100rpx" bind:change="note">
      <picker-view-column><view s-for="[1, 2, 3]">{{item}}</view></picker-view-column>
      <picker-view-column><view s-for="[4, 5]">{{item}}</view></picker-view-column>
    </picker-view>`,
    { value: [] },
  );
  for (const row of page.getAllElements('swan-view'))
    Object.defineProperty(row, 'offsetHeight', { value: 50 });
  const [first, second] = page.getAllElements('swan-picker-view-column');
  await page.setData({ value: [2, 1] });
  expect([first?.scrollTop, second?.scrollTop]).toEqual([100, 50]);
  expect(page.getElement('swan-picker-view').style.getPropertyValue('--row')).toMatch(/^13\.3\d*cqw$/);
  const scrollTo = (top: number): void => {
    if (first) first.scrollTop = top;
    first?.dispatchEvent(new Event('scroll'));
  };
  scrollTo(100);
  scrollTo(70);
  scrollTo(52);
  await waitFor(() => log.length > 0);
  expect(log).toEqual([['change', { value: [1, 1] }]]);
});

test('a pressed view has its hover-class for the times that it names, and what is around it none when it says so', async () => {
  const { page } = await open(
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
