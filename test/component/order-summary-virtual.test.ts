import { mountSummary, order, phone } from './order-summary-kit';

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
