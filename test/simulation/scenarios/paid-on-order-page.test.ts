/** One order under its checkout (create-url) and its own page (order-info): what is paid on the one is paid on the other. */
import type { Properties } from '../fakes/fake-component';
import { Scenario } from '../scenario';
import { calledOrders, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';
import { paysuccess } from '../timeline-events';

/** The checkout made T1 and the cashier took no money; then T1 is paid on its order page. */
function payOnOrderPage(scenario: Scenario, checkout: Properties, first = unpaid('cancel')): void {
  const { statusUrl = '' } = checkout as { statusUrl?: string };
  scenario.plan(first);
  openButton(scenario, checkout).tap();
  scenario.advance(3000);
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  openButton(scenario, { orderInfo, statusUrl }).tap();
  scenario.advance(20000);
  scenario.host.closePage();
  scenario.advance(10000);
  scenario.takeEvents();
}

test('a checkout button with an order-key is paid when its order was paid on the order page', () => {
  const scenario = new Scenario();
  payOnOrderPage(scenario, { ...TEA, orderKey: 'cart-7' });
  const checkout = scenario.host.top!.buttons[0]!;
  expect(checkout.phase).toBe('paid');
  checkout.tap();
  expect(newsAfter(scenario, 20000)).toEqual([]);
  expect(scenario.cashier.charges).toHaveLength(1);
});

test('a checkout button with an order-key is paid when its order was paid on the order page after a restart', () => {
  const scenario = new Scenario();
  const checkout = { ...TEA, orderKey: 'cart-7' };
  scenario.plan(unpaid('cancel'));
  openButton(scenario, checkout).tap();
  scenario.advance(3000);
  scenario.kill();
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  openButton(scenario, { orderInfo, statusUrl: TEA.statusUrl }).tap();
  scenario.advance(20000);
  expect(openButton(scenario, checkout).phase).toBe('paid');
});

test('a checkout button with an order-key is paid when its order was rejected by the cashier and then paid on the order page', () => {
  const scenario = new Scenario();
  payOnOrderPage(scenario, { ...TEA, orderKey: 'cart-7' }, unpaid('rejected'));
  expect(scenario.host.top!.buttons[0]!.phase).toBe('paid');
});

test.each([
  ['was cancelled', unpaid('cancel')],
  ['was rejected by the cashier', unpaid('rejected')],
])('a new order is created when the first one %s and was paid on the order page', (_what, first) => {
  const scenario = new Scenario();
  payOnOrderPage(scenario, TEA, first);
  scenario.host.top!.buttons[0]!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1', 'T2']);
});
