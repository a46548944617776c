import { mountPage } from '../../../demo/preview/testing';

const pay = { pay: 'test/component/preview/fixtures/components/pay/pay' };

test('a component is mounted from its files and can be tapped', async () => {
  const seen: unknown[] = [];
  const page = await mountPage({
    template: '<pay id="p" text="{{label}}" amount="3" bind:paysuccess="onPaid">slot {{label}}</pay>',
    data: { label: 'Buy' },
    methods: { onPaid: (event: unknown) => seen.push(event) },
    usingComponents: pay,
  });
  expect(page.text('.pay__btn')).toBe('Buy 3');
  expect(page.text('#p')).toContain('slot Buy');
  await page.tap('#p');
  expect(page.events).toEqual([
    { name: 'paysuccess', detail: { amount: 5 }, id: 'p', is: expect.any(String) },
  ]);
  expect(seen).toMatchObject([{ type: 'paysuccess', amount: 5, currentTarget: { id: 'p', dataset: {} } }]);
  expect(page.element('.pay__btn').getAttribute('loading')).toBe('true');
  expect(page.element('.pay__box').className).toBe('pay__box pay__busy');
});

test('works with fake timers', async () => {
  jest.useFakeTimers();
  const page = await mountPage({ template: '<pay id="p" />', usingComponents: pay });
  await page.tap('#p');
  expect(page.sees('.pay__busy')).toBe(true);
  jest.useRealTimers();
});
