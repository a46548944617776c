import { killApp, mountPage, until } from '../../../sandbox/preview/testing';
import { writeComponents } from './fixture-components';

const { root, usingComponents, remove } = writeComponents();
afterAll(remove);
const fixtures = 'test/component/preview/fixtures';

test('a component is drawn and fires its event when it is mounted from its files and tapped', async () => {
  const seen: unknown[] = [];
  const page = await mountPage({
    template: '<pay id="p" text="{{label}}" amount="3" bind:paysuccess="onPaid">slot {{label}}</pay>',
    data: { label: 'Buy' },
    methods: { onPaid: (event: unknown) => seen.push(event) },
    root,
    usingComponents,
  });
  expect(page.text('.pay__btn')).toBe('Buy 3');
  expect(page.text('#p')).toContain('slot Buy');
  await page.tap('#p');
  expect(page.details('paysuccess')).toEqual([{ amount: 5 }]);
  expect(page.events[0]).toMatchObject({ name: 'paysuccess', id: 'p' });
  expect(seen).toMatchObject([{ type: 'paysuccess', amount: 5, currentTarget: { id: 'p', dataset: {} } }]);
  expect(page.getElement('.pay__btn').getAttribute('loading')).toBe('true');
  expect(page.getElement('.pay__box').className).toBe('pay__box pay__busy');
  expect(page.setDataCalls).toEqual([{ is: usingComponents.pay, id: 'p', keys: ['busy'], bytes: 13 }]);
});

test('a page gets its query when it is mounted from its files', async () => {
  const page = await mountPage({ root: fixtures, path: 'plain/plain', query: { from: 'a test' } });
  expect(page.text('.from')).toBe('a test visit 1');
});

test('no timer fires when fake timers are on and time is not advanced', async () => {
  jest.useFakeTimers();
  const page = await mountPage({ template: '<pay id="p" />', root, usingComponents });
  await page.tap('#p');
  expect(page.isVisible('.pay__busy')).toBe(true);
  jest.useRealTimers();
});

test('the page below is shown again when the page above closes', async () => {
  const shown = jest.fn();
  const first = await mountPage({ template: '<view class="a">first</view>', methods: { onShow: shown } });
  const second = await first.open({ template: '<view class="b">second</view>' });
  expect(second.text('.b')).toBe('second');
  expect(shown).toHaveBeenCalledTimes(1);
  await second.close();
  expect(shown).toHaveBeenCalledTimes(2);
  expect(() => second.root).toThrow('is closed');
});

test('tap() and mountPage() fail with a name when the element or component is hidden or missing', async () => {
  const page = await mountPage({ template: '<view class="a" hidden>x</view>' });
  await expect(page.tap('.a')).rejects.toThrow('is hidden');
  await expect(page.tap('.b')).rejects.toThrow('nothing on the page fits ".b"');
  await expect(mountPage({ template: '<div />' })).rejects.toThrow(/inline-page-\d+\.swan:1: <div>/);
  await expect(mountPage({ template: '<x />', usingComponents: { x: 'no/where' } })).rejects.toThrow(
    'there is no no/where.swan',
  );
});

test('until() resolves when its condition holds, and rejects with it after its time', async () => {
  let done = false;
  setTimeout(() => (done = true), 30);
  await until(() => done);
  await expect(until(() => false, 20)).rejects.toThrow('after 20 ms this still does not hold: () => false');
});

test('killApp() empties the screen and the app, and the memory of modules when they are loaded again', async () => {
  const open = () => mountPage({ root: fixtures, path: 'plain/plain' });
  expect((await open()).text('.from')).toMatch(/visit \d/);
  killApp({ freshModules: true });
  expect(document.body.children).toHaveLength(0);
  expect((await open()).text('.from')).toBe('nowhere visit 1');
  killApp();
  expect((await open()).text('.from')).toBe('nowhere visit 2');
});

test('the view has what the script has when one setData() sets a value and what is below it', async () => {
  const page = await mountPage({
    template: '<view>{{cart.name}} {{cart.count}} {{rows[0].on}} {{rows[0].n}} {{note.text}}</view>',
    data: { cart: {}, rows: [{ n: 1, on: false }], note: { text: 'old' } },
  });
  await page.setData({
    cart: { name: 'tea' },
    'cart.count': 2,
    'rows[0]': { n: 3 },
    'rows[0].on': true,
    'note.text': 'lost',
    note: { text: 'new' },
  });
  expect(page.text()).toBe('tea 2 true 3 new');
});

test('the view has what setData() was called with when the page changes the value afterwards', async () => {
  const page = await mountPage({
    template: '<view class="v" bind:tap="change">{{list}}</view>',
    data: { list: [1] },
    methods: {
      change(this: { data: { list: number[] }; setData(changes: object): void }) {
        const list = [1, 2];
        this.setData({ list });
        list.push(3);
      },
    },
  });
  await page.tap('.v');
  expect(page.text('.v')).toBe('1,2');
});

test('a handler gets a copy of data-* when it changes an object in it', async () => {
  const seen: unknown[] = [];
  const page = await mountPage({
    template: '<view class="v" data-tea="{{tea}}" data-none="{{none}}" bind:tap="take">x</view>',
    data: { tea: { name: 'Oolong' } },
    methods: {
      take({ currentTarget }: { currentTarget: { dataset: { tea: { name: string } } } }) {
        seen.push({ ...currentTarget.dataset, tea: { ...currentTarget.dataset.tea } });
        currentTarget.dataset.tea.name = 'changed';
      },
    },
  });
  await page.tap('.v');
  await page.tap('.v');
  expect(seen).toEqual([{ tea: { name: 'Oolong' } }, { tea: { name: 'Oolong' } }]);
});
