/** A ready order, on its own page or beside its checkout: it is not opened once its end is known, nor unasked when it may be paid. */
import type { Properties } from '../fakes/fake-component';
import { Scenario } from '../scenario';
import { on, payfail, paypending, paysuccess } from '../timeline-events';
import { asks, calledOrders, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

function openReady(scenario: Scenario): ReturnType<typeof openButton> {
  const { orderInfo } = scenario.createOrder();
  return openButton(scenario, { orderInfo, statusUrl: '/status' });
}

test('pay() pays the order that it is given when the page gives it in place of { orderInfo }', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA);
  void tea!.pay(scenario.createOrder('cup', 2999).orderInfo as object);
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { totalAmount: 2999 }),
  ]);
});

test.each([
  ['with its number beside it', (orderInfo: object) => ({ tpOrderId: 'T1', orderInfo })],
  ['as JSON text', (orderInfo: object) => JSON.stringify(orderInfo) as unknown as object],
])('pay() pays the order that it is given when the page gives it %s', (_how, inputOf) => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA);
  void tea!.pay(inputOf(scenario.createOrder('cup', 2999).orderInfo));
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { totalAmount: 2999 }),
  ]);
});

test('pay() fails as amount-changed when the page adds another amount to the order', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA);
  void tea!.pay({ ...scenario.createOrder('cup', 2999).orderInfo, amount: 1999 });
  expect(newsAfter(scenario, 20000)).toMatchObject([payfail('', { reason: 'amount-changed' })]);
});

test('pay() pays its payload when the page gives an order number beside it', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA);
  void tea!.pay({ payload: { goods: 'cup' }, tpOrderId: 'C1' } as object);
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('reset() returns false, and the button stays paid, when its ready order is paid', () => {
  const scenario = new Scenario();
  const button = openReady(scenario);
  button.tap();
  scenario.advance(20000);
  scenario.takeEvents();
  expect(button.reset()).toBe(false);
  button.tap();
  expect(newsAfter(scenario, 10000)).toEqual([]);
  expect(button.phase).toBe('paid');
});

test('an attempt fails as closed when another user has paid the ready order', () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  const button = openReady(scenario);
  button.tap();
  scenario.advance(20000);
  scenario.setUser('bob');
  scenario.advance(1000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'closed', retryable: false })]);
});

test('an attempt fails as refunded without a cashier call when the ready order was refunded', () => {
  const scenario = new Scenario();
  const button = openReady(scenario);
  scenario.plan({ callback: 'paying', notifyDelay: 100000 });
  button.tap();
  scenario.advance(2500);
  scenario.backend.notify('T1');
  scenario.backend.refund();
  scenario.advance(20000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([payfail('T1', { reason: 'refunded', retryable: false })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('bob sees the question, and ann receives paysuccess later, when ann may have paid the ready order', () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  const button = openReady(scenario);
  scenario.plan({ callback: 'failed', notifyDelay: 60000 });
  button.tap();
  scenario.advance(20000);
  scenario.setUser('bob');
  scenario.advance(6000);
  scenario.takeEvents();
  scenario.host.modal.answer = 'no';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」¥19.99'), { event: 'paypending' }]);
  expect(calledOrders(scenario)).toEqual(['T1']);
  scenario.host.closePage();
  scenario.advance(60000);
  scenario.takeEvents();
  scenario.setUser('ann');
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  openButton(scenario, { orderInfo, statusUrl: '/status' });
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('ann receives paysuccess when bob called her order again and it was paid', () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  const button = openReady(scenario);
  scenario.plan(unpaid('failed'), { callback: 'none', notifyDelay: 60000 });
  button.tap();
  scenario.advance(20000);
  scenario.setUser('bob');
  scenario.advance(6000);
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(10000);
  scenario.host.closePage();
  scenario.advance(1000000);
  scenario.takeEvents();
  scenario.setUser('ann');
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  openButton(scenario, { orderInfo, statusUrl: '/status' });
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('an attempt fails as closed without a cashier call when create-url returns a paid order of other goods', () => {
  const scenario = new Scenario();
  openButton(scenario).tap();
  scenario.advance(20000);
  scenario.takeEvents();
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  scenario.backend.respond = ({ url }) =>
    /orders/.test(url) ? { statusCode: 200, data: { errno: 0, data: orderInfo } } : undefined;
  openButton(scenario, { ...TEA, orderPayload: { goods: 'tea', note: 'less sugar' } }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'closed', mayBePaid: false })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('two buttons of one order both fire paysuccess when DevTools simulates the payment of one', () => {
  const scenario = new Scenario({ host: { platform: 'devtools' } });
  const { orderInfo } = scenario.createOrder();
  const properties = { orderInfo, statusUrl: '/status' };
  const [one, other] = scenario.open(properties, properties);
  scenario.label(one!, 'one');
  scenario.label(other!, 'other');
  one!.tap();
  scenario.backend.mode = 'slow';
  scenario.advance(2100);
  other!.tap();
  expect(newsAfter(scenario, 20000).filter(entry => 'event' in entry)).toMatchObject([
    on('one', paysuccess('T1')),
    on('other', paysuccess('T1')),
  ]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test("payfail has mayBePaid when another user's success of this order is undelivered", () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  const button = openReady(scenario);
  scenario.plan({ callback: 'failed', notifyDelay: 60000 });
  button.tap();
  scenario.advance(20000);
  scenario.host.closePage();
  scenario.setUser('bob');
  scenario.advance(60000);
  scenario.takeEvents();
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  openButton(scenario, { orderInfo, statusUrl: '/status' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'closed', mayBePaid: true })]);
});

test("payfail has mayBePaid when another user's cashier gave no answer about this order and the shop closed it", () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  const button = openReady(scenario);
  scenario.plan(unpaid('none', { openFor: 50 }));
  button.tap();
  scenario.advance(9000);
  scenario.kill();
  scenario.setUser('bob');
  scenario.backend.expire();
  scenario.takeEvents();
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  openButton(scenario, { orderInfo, statusUrl: '/status' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'closed', mayBePaid: true })]);
});

test("an attempt ends as pending when the shop closed another user's unsettled order and the page is left before the cashier", () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  const button = openReady(scenario);
  scenario.plan(unpaid('none', { openFor: 50 }));
  button.tap();
  scenario.advance(9000);
  scenario.kill();
  scenario.setUser('bob');
  scenario.backend.expire();
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  const bobs = openButton(scenario, { orderInfo, statusUrl: '/status' });
  scenario.takeEvents();
  bobs.tap();
  scenario.open({});
  expect(newsAfter(scenario, 10000)).toMatchObject([paypending('T1')]);
});

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
