import { killApp, mountPage, until } from '../../../sandbox/preview/testing';

const usingComponents = { pay: 'test/component/preview/fixtures/components/pay/pay' };
const root = 'test/component/preview/fixtures';

test('a component is mounted from its files and can be tapped', async () => {
  const seen: unknown[] = [];
  const page = await mountPage({
    template: '<pay id="p" text="{{label}}" amount="3" bind:paysuccess="onPaid">slot {{label}}</pay>',
    data: { label: 'Buy' },
    methods: { onPaid: (event: unknown) => seen.push(event) },
    usingComponents,
  });
  expect(page.text('.pay__btn')).toBe('Buy 3');
  expect(page.text('#p')).toContain('slot Buy');
  await page.tap('#p');
  expect(page.details('paysuccess')).toEqual([{ amount: 5 }]);
  expect(page.events[0]).toMatchObject({ name: 'paysuccess', id: 'p' });
  expect(seen).toMatchObject([{ type: 'paysuccess', amount: 5, currentTarget: { id: 'p', dataset: {} } }]);
  expect(page.element('.pay__btn').getAttribute('loading')).toBe('true');
  expect(page.element('.pay__box').className).toBe('pay__box pay__busy');
  expect(page.setDataCalls).toEqual([{ is: usingComponents.pay, id: 'p', keys: ['busy'], bytes: 13 }]);
});

test('a page is mounted from its files, with its query', async () => {
  const page = await mountPage({ root, path: 'plain/plain', query: { from: 'a test' } });
  expect(page.text('.from')).toBe('a test visit 1');
});

test('fake timers work: only the test moves the time', async () => {
  jest.useFakeTimers();
  const page = await mountPage({ template: '<pay id="p" />', usingComponents });
  await page.tap('#p');
  expect(page.sees('.pay__busy')).toBe(true);
  jest.useRealTimers();
});

test('pages stack: the one above is closed, the one below is shown again', async () => {
  const shown = jest.fn();
  const first = await mountPage({ template: '<view class="a">first</view>', methods: { onShow: shown } });
  const second = await first.open({ template: '<view class="b">second</view>' });
  expect(second.text('.b')).toBe('second');
  expect(shown).toHaveBeenCalledTimes(1);
  await second.close();
  expect(shown).toHaveBeenCalledTimes(2);
  expect(() => second.root).toThrow('is closed');
});

test('what a person cannot do fails by name: tapping what is hidden or not there', async () => {
  const page = await mountPage({ template: '<view class="a" hidden>x</view>' });
  await expect(page.tap('.a')).rejects.toThrow('is hidden');
  await expect(page.tap('.b')).rejects.toThrow('nothing on the page fits ".b"');
  await expect(mountPage({ template: '<div />' })).rejects.toThrow(/inline-page-\d+\.swan:1: <div>/);
  await expect(mountPage({ template: '<x />', usingComponents: { x: 'no/where' } })).rejects.toThrow(
    'there is no no/where.swan',
  );
});

test('until waits for what comes later, and gives up by name', async () => {
  let done = false;
  setTimeout(() => (done = true), 30);
  await until(() => done);
  await expect(until(() => false, 20)).rejects.toThrow('after 20 ms this still does not hold: () => false');
});

test('a kill takes the screen and the app, and with fresh modules the memory', async () => {
  const open = () => mountPage({ root, path: 'plain/plain' });
  expect((await open()).text('.from')).toMatch(/visit \d/);
  killApp(true);
  expect(document.body.children).toHaveLength(0);
  expect((await open()).text('.from')).toBe('nowhere visit 1');
  killApp();
  expect((await open()).text('.from')).toBe('nowhere visit 2');
});
