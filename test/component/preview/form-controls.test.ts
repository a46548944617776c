/** Inputs, labels, groups, sliders, pickers and forms: what they show, send and take back. */
import { waitFor } from '../../helpers/wait-for';
import { inputOf, mountTags, openTags } from './mount-tags';
import { mountPage, type MountedPage } from '../../../sandbox/preview/testing';
import { listenForEvents } from '../../../sandbox/preview/runtime/tags';
import { sendTap } from '../../../sandbox/preview/runtime/gestures';
import { runApp } from './run-app';

const enter = (page: MountedPage, value: string): void => {
  inputOf(page).value = value;
  inputOf(page).dispatchEvent(new Event('input', { bubbles: true }));
};

describe('an input', () => {
  test.each([
    ['number', 'numeric', ['1', 'a', '.'], '1'],
    ['digit', 'decimal', ['1', '.', 'a', '5'], '1.5'],
    ['idcard', 'text', ['1', 'X', 'y'], '1X'],
    ['text', '', ['1', 'é'], '1é'],
  ])('has the keyboard of its type when that is %s', async (type, inputMode, letters, typed) => {
    const page = await mountTags('<input type="{{type}}" maxlength="11" value="ab" />', { data: { type } });
    const element = inputOf(page);
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
    const page = await mountTags(
      '<input class="a" /><textarea class="a" /><input class="b" maxlength="-1" /><input class="b" maxlength="{{-1}}" />',
    );
    const lengths = [...page.root.querySelectorAll<HTMLInputElement>('input, textarea')];
    expect(lengths.map(({ maxLength }) => maxLength)).toEqual([140, 140, -1, -1]);
  });

  test('hides what is typed when it has the flag password', async () => {
    const page = await mountTags('<input password="{{hides}}" type="number" />', { data: { hides: true } });
    expect(inputOf(page).type).toBe('password');
    await page.setData({ hides: false });
    expect(inputOf(page).type).toBe('text');
  });

  test('has the focus when its flag becomes true, and loses it when it becomes false', async () => {
    const template = '<input class="a" focus /><input class="b" focus="{{b}}" /><textarea focus="{{c}}" />';
    const page = await mountTags(template, { data: { b: false, c: false } });
    const focused = (): string | undefined => document.activeElement?.parentElement?.localName;
    expect(document.activeElement).toBe(inputOf(page, '.a input'));
    await page.setData({ b: true });
    expect(document.activeElement).toBe(inputOf(page, '.b input'));
    await page.setData({ c: true });
    expect(focused()).toBe('swan-textarea');
    await page.setData({ c: false });
    expect(document.activeElement).toBe(document.body);
  });
});

test('a label changes the control inside it, or the one that it is for, when it is tapped', async () => {
  const page = await mountTags(`<label class="in"><text>a</text><checkbox class="a" /></label>
    <label class="for" for="sw"><text>b</text></label><switch id="sw" /><label class="none" for="gone">c</label>`);
  const checked = (): boolean[] => ['.a input', '#sw input'].map(selector => inputOf(page, selector).checked);
  sendTap(page.getElement('.in swan-text'), 0, 0);
  expect(checked()).toEqual([true, false]);
  sendTap(page.getElement('.for swan-text'), 0, 0);
  sendTap(page.getElement('.none'), 0, 0);
  expect(checked()).toEqual([true, true]);
});

test('a label taps the button inside it, or the one that it is for, and what is around once', async () => {
  const log: unknown[] = [];
  const page = await mountTags(
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
  const page = await mountTags(
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
  expect(inputOf(page, 'swan-checkbox input').checked).toBe(true);
});

test('an event of a control names its tag, with id and data, when the template writes them there', async () => {
  const log: unknown[] = [];
  const page = await mountTags(
    `<view bind:tap="note"><input id="i" data-field="name" bind:input="note" /><image id="p" data-n="1" src="/a.png" bind:load="note" />
      <checkbox-group id="g" data-n="2" bind:change="note"><checkbox id="c" data-n="3" /></checkbox-group></view>`,
    {
      methods: {
        note: ({ type, target, currentTarget }: Record<string, Record<string, unknown>>) =>
          log.push([type, currentTarget?.id, currentTarget?.dataset, target?.id, target?.dataset]),
      },
    },
  );
  inputOf(page, '#i input').dispatchEvent(new Event('input'));
  page.getElement('img').dispatchEvent(new Event('load'));
  inputOf(page, '#c input').dispatchEvent(new Event('change', { bubbles: true }));
  sendTap(page.getElement('img'), 0, 0);
  expect(log).toEqual([
    ['input', 'i', { field: 'name' }, 'i', { field: 'name' }],
    ['load', 'p', { n: '1' }, 'p', { n: '1' }],
    ['change', 'g', { n: '2' }, 'g', { n: '2' }],
    ['tap', '', {}, 'p', { n: '1' }],
  ]);
});

describe('a picker', () => {
  const control = (page: MountedPage) => page.getElement('swan-picker > .picker-control') as HTMLInputElement;
  const open = async (attributes: string): Promise<{ page: MountedPage; picked: jest.Mock }> => {
    const picked = jest.fn();
    const template = `<picker ${attributes} bind:change="pick"><view>choose</view></picker>`;
    const data = { list: [{ tea: 'Longjing' }, { tea: 'Oolong' }], index: 1 };
    const methods = { pick: ({ detail }: { detail: unknown }) => picked(detail) };
    return { page: await mountTags(template, { data, methods }), picked };
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
    const page = await mountTags(
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

  test('offers regions, and tells their names, the first ones of a province, when its mode is region', async () => {
    const { page, picked } = await open('mode="region" value="{{region}}" custom-item="{{custom}}"');
    const selects = () => page.getAllElements('.picker-control') as HTMLSelectElement[];
    const chosen = (): string[] => selects().map(({ selectedOptions: [option] }) => option?.text ?? '');
    const choose = async (column: number, name: string): Promise<void> => {
      const select = selects()[column];
      if (select) select.selectedIndex = [...select.options].findIndex(({ text }) => text === name);
      select?.dispatchEvent(new Event('change', { bubbles: true }));
      await page.flush();
    };
    expect(chosen()).toEqual(['北京市', '北京市', '东城区']);
    await page.setData({ region: ['广东省', '深圳市', '南山区'] });
    expect(chosen()).toEqual(['广东省', '深圳市', '南山区']);
    await choose(0, '浙江省');
    await choose(1, '宁波市');
    const rest = { postcode: '', code: [] };
    expect(picked.mock.calls).toEqual([
      [{ value: ['浙江省', '杭州市', '上城区'], ...rest }],
      [{ value: ['浙江省', '宁波市', '海曙区'], ...rest }],
    ]);
    expect(chosen()).toEqual(['浙江省', '宁波市', '海曙区']);
    await page.setData({ custom: '全部' });
    await choose(1, '全部');
    expect(picked).toHaveBeenLastCalledWith({ value: ['浙江省', '全部', '全部'], ...rest });
    expect(selects().map(({ options }) => options[0]?.text)).toEqual(['全部', '全部', '全部']);
  });

  test('is a box with its name when the preview does not draw its mode', async () => {
    const { page } = await open('mode="dateTime" value="{{list}}"');
    expect(page.getElement('swan-picker').getAttribute('preview-box')).toBe('picker mode="dateTime"');
    expect(page.queryElement('.picker-control')).toBeNull();
  });
});

test('a slider tells a number, and a form sends it, when it is moved', async () => {
  const log: unknown[] = [];
  const page = await mountTags(
    `<form bind:submit="note"><slider name="n" min="0" max="10" value="3" bind:change="note" />
      <button form-type="submit">send</button></form><progress percent="40" />`,
    { methods: { note: ({ detail }: { detail: unknown }) => log.push(detail) } },
  );
  expect((page.getElement('progress') as HTMLProgressElement).value).toBe(40);
  inputOf(page).value = '7';
  inputOf(page).dispatchEvent(new Event('change', { bubbles: true }));
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
    const page = await mountTags(
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
    inputOf(page, 'select').value = '0';
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
  expect(inputOf(await mountTags('<slider />')).value).toBe('0');
});

test('an input sends a change after each letter, and none when it is left', async () => {
  const { page, log } = await openTags('<input bind:input="note" bind:change="note" />');
  enter(page, 'a');
  expect(log).toEqual([
    ['input', { value: 'a', cursor: 1 }],
    ['change', { value: 'a', cursor: 1 }],
  ]);
  page.getElement('input').dispatchEvent(new Event('change', { bubbles: true }));
  expect(log).toHaveLength(2);
});

test('a slider sends changing while it is moved, and shows its number when it has show-value', async () => {
  const { page, log } = await openTags(
    '<slider value="{{n}}" show-value="{{shows}}" bind:changing="note" />',
    {
      n: 3,
      shows: true,
    },
  );
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

test('a picker-view shows the rows of its value, and sends all rows when a column has come to rest at another one', async () => {
  const { page, log } = await openTags(
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

test('a button with an open-type sends a refusal after its tap, and none when it is disabled', async () => {
  const { page, log } = await openTags(
    `<button open-type="{{type}}" bindtap="note" bind:getuserinfo="note" bind:getphonenumber="note"
      bind:opensetting="note" bind:contact="note" bind:login="note" disabled="{{off}}">ask</button>`,
  );
  for (const type of ['getUserInfo', 'getPhoneNumber', 'openSetting', 'contact', 'login', 'share']) {
    await page.setData({ type });
    await page.tap('swan-button');
  }
  await page.setData({ type: 'login', off: true });
  await page.tap('swan-button');
  expect(log.filter(entry => !(entry as string[]).includes('tap'))).toEqual([
    ['getuserinfo', { errMsg: 'getUserInfo:fail auth deny' }],
    ['getphonenumber', { errMsg: 'getPhoneNumber:fail auth deny' }],
    ['opensetting', { errMsg: 'getOpensetting:fail auth deny' }],
    ['contact', { errMsg: 'enterContact:fail not support' }],
    ['login', { errMsg: 'login:ok' }],
  ]);
  expect(log.slice(0, 2).map(entry => (entry as string[])[0])).toEqual(['tap', 'getuserinfo']);
});

test('an input is confirmed, and left unless it has confirm-hold, when Enter is pressed, not when that ends a word', async () => {
  const { page, log } = await openTags(
    '<input value="tea" confirm-hold="{{holds}}" bind:focus="note" bind:confirm="note" bind:blur="note" />',
    { holds: false },
  );
  const control = page.getElement('input') as HTMLInputElement;
  const press = (more = {}): boolean =>
    control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...more }));
  control.focus();
  press({ isComposing: true });
  expect(log.splice(0)).toEqual([['focus', { value: 'tea', height: 0 }]]);
  press();
  expect(log.splice(0)).toEqual([
    ['confirm', { value: 'tea' }],
    ['blur', { value: 'tea', cursor: 3 }],
  ]);
  await page.setData({ holds: true });
  control.focus();
  press();
  expect(log.slice(1)).toEqual([['confirm', { value: 'tea' }]]);
});

test('what is around a control gets neither its input nor its change, and nothing gets a click, as on a phone', async () => {
  const { page, log } = await openTags(
    `<view data-n="around" bind:input="where" bind:change="where">
      <input data-n="input" bind:input="where" /><switch data-n="switch" bind:change="where" />
      <checkbox-group data-n="group" bind:change="where"><checkbox value="a" /></checkbox-group></view>`,
  );
  enter(page, 'a');
  for (const tag of ['swan-switch', 'swan-checkbox'])
    page.getElement(`${tag} input`).dispatchEvent(new Event('change', { bubbles: true }));
  expect(log).toEqual([
    ['input', 'input'],
    ['change', 'switch'],
    ['change', 'group'],
  ]);
});

test('a handler of click, which a phone does not send, is not called when a mouse clicks', async () => {
  const app = await runApp({
    'app.json': { pages: ['p/p'] },
    'p/p.swan': '<view bindclick="note" bindmousedown="note" bindtap="note" />',
    'p/p.js':
      'Page({ data: { seen: [] }, note({ type }) { this.setData({ seen: [...this.data.seen, type] }); } });',
  });
  const view = app.runningApp.top?.element?.querySelector('swan-view') as HTMLElement;
  for (const type of ['mousedown', 'click']) view.dispatchEvent(new MouseEvent(type, { bubbles: true }));
  sendTap(view, 0, 0);
  expect(app.runningApp.top?.self.data.seen).toEqual(['tap']);
});

test('a textarea sends its letters, and no change, when it is left', async () => {
  const { page, log } = await openTags('<textarea bind:input="note" bind:change="note" />');
  const control = page.getElement('textarea') as HTMLTextAreaElement;
  control.value = 'a';
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
  expect(log).toEqual([['input', { value: 'a', cursor: 1 }]]);
});
