import {
  envelope,
  setPageData,
  mountSummary,
  order,
  advance,
  phone,
  setDataOf,
  startSummaryApp,
  stopApp,
} from '../helpers/component-page';

beforeEach(() => startSummaryApp());
afterEach(stopApp);

test('order-summary shows nothing and sends no request when the goods are virtual and the phone runs iOS', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  const page = await mountSummary({ url: '/orders/1', order: order() }, 'virtual-goods');
  expect(page.root.textContent).toBe('');
  expect(page.queryElement('.order-summary__order')).toBeNull();
  await page.hide();
  await page.show();
  expect(phone.requests).toEqual([]);
  expect(page.events).toEqual([]);
});

test('order-summary shows the order when the goods are not virtual', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  const page = await mountSummary({ order: order() });
  expect(page.text('.order-summary__order-total')).toBe('¥848.40');
});

test('order-summary disappears, and leaves the backend alone, when the goods turn out to be virtual', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  phone.onRequest(() => envelope(order()));
  const page = await mountSummary({ url: '/orders/1', virtual: false }, 'virtual-goods="{{virtual}}"');
  await advance(page);
  expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  await setPageData(page, { virtual: true });
  expect(page.root.textContent).toBe('');
  const before = setDataOf(page).length;
  await advance(page, 901_000);
  await page.hide();
  await page.show();
  expect(phone.requests).toHaveLength(1);
  expect(setDataOf(page)).toHaveLength(before);
  expect(page.details('orderexpire')).toEqual([]);
});
