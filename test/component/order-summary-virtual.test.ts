import { answer, change, mountSummary, NOW, order, pass, phone } from './order-summary-kit';

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});

afterEach(() => {
  jest.useRealTimers();
});

test('virtual goods are not shown on iOS at all, not even their price, and nothing is asked', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  const page = await mountSummary({ url: '/orders/1', order: order() }, 'virtual-goods');
  expect(page.root.textContent).toBe('');
  expect(page.find('.order-summary__order')).toBeNull();
  await page.hide();
  await page.show();
  expect(phone.requests).toEqual([]);
  expect(page.events).toEqual([]);
});

test('other goods are', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  const page = await mountSummary({ order: order() });
  expect(page.text('.order-summary__order-total')).toBe('¥848.40');
});

test('goods that turn out to be virtual disappear, and the backend is left alone', async () => {
  phone.system = { ...phone.system, platform: 'ios', system: 'iOS 17' };
  phone.onRequest(() => answer(order()));
  const page = await mountSummary(
    { url: 'https://shop.example/orders/1', virtual: false },
    'virtual-goods="{{virtual}}"',
  );
  await pass(page);
  expect(page.text('.order-summary__order-total')).toBe('¥848.40');
  await change(page, { virtual: true });
  expect(page.root.textContent).toBe('');
  await page.hide();
  await page.show();
  expect(phone.requests).toHaveLength(1);
});
