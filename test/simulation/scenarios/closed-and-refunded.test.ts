/** How an order that may be paid is settled by what the backend says: closed, refunding, refunded. */
import { Scenario } from '../scenario';
import { on, paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  CUP,
  killAndExpire,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './scenario-helpers';

test('payfail has reason refunded when the backend closed the order just before the payment and refunds it', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ notifyDelay: 6000 });
  button.tap();
  scenario.advance(2500);
  scenario.backend.expire(false); // closed at the shop, charged all the same
  const events = scenario.eventsAfter(70000);
  expect(events).toContainEqual({
    event: 'payfail',
    detail: expect.objectContaining({ tpOrderId: 'T1', reason: 'refunded', mayBePaid: false }),
  });
  expect(events).not.toContainEqual(
    expect.objectContaining({ detail: expect.objectContaining({ reason: 'closed' }) }),
  );
});

test('an attempt ends as pending, and the next tap shows the question, when the cashier said success and each check says closed', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ notifyDelay: 500000 });
  button.tap();
  scenario.advance(2500);
  scenario.backend.expire(false);
  expect(newsAfter(scenario, 70000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paypending('T1')]);
  expect(scenario.cashier.charges).toHaveLength(1);
});

test('payfail has reason refunded when a pending order is refunding and its page is shown', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.hide();
  scenario.advance(6000);
  scenario.backend.order('T1')!.status = 'refunding';
  scenario.host.show();
  const events = scenario.eventsAfter(10000);
  expect(events).toContainEqual({
    event: 'payfail',
    detail: expect.objectContaining({ tpOrderId: 'T1', reason: 'refunded', mayBePaid: false }),
  });
  expect(JSON.stringify(events)).not.toContain('支付成功');
  expect(button.phase).toBe('idle');
});

test('payfail has reason refunded when a refunded order is called again by its order page', () => {
  const scenario = new Scenario();
  const { order, orderInfo } = scenario.createOrder();
  order.status = 'refunded';
  order.openAtBaidu = false;
  const button = openButton(scenario, { statusUrl: '/status', orderInfo });
  scenario.plan(unpaid('failed'));
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    payfail('T1', { reason: 'refunded', mayBePaid: false }),
  ]);
});

test('other goods are paid without a question when the order was refunded', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.order('T1')!.status = 'refunded';
  button.tap();
  expect(newsAfter(scenario, 500)).toMatchObject([payfail('T1', { reason: 'refunded' })]);
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('the question says refunded when an order of other goods was refunded', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.order('T1')!.status = 'refunded';
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」¥19.99', '已退款'), paycancel('T2')]);
});

test('no event is fired when the backend closes a cancelled order', () => {
  const scenario = new Scenario();
  killAndExpire(scenario);
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('payfail has reason closed and mayBePaid, and the next tap pays a new order, when an unsettled order was closed', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.expire();
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('T1', { reason: 'closed', mayBePaid: true, retryable: true }),
  ]);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('the question says closed when an unsettled order of other goods was closed', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.expire();
  const cup = openButton(scenario, CUP);
  scenario.host.modal.answer = 'yes';
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '已关闭，如已扣款'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('payfail is fired, and the question says closed, when the button of the closed order is on the page', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.label(tea!, 'tea');
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  scenario.backend.expire();
  cup!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    on('tea', payfail('T1', { reason: 'closed', mayBePaid: true })),
    asks('「tea」', '已关闭'),
    paycancel('T2'),
  ]);
});

test('payfail is fired once when an unsettled order was closed', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.backend.expire();
  scenario.host.hide();
  scenario.advance(6000);
  scenario.host.show();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('T1', { reason: 'closed', mayBePaid: true })]);
  openButton(scenario);
  scenario.kill();
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('the closed order is deleted from storage, and the next tap pays a new one, when payfail has named it', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.expire();
  button.tap();
  scenario.advance(5000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('an order-summary with order-url shows closed when payfail has said so', () => {
  const scenario = new Scenario();
  const { orderInfo, order } = scenario.createOrder();
  const summary = { name: 'order-summary' as const, properties: { orderUrl: '/views?tpOrderId=T1' } };
  const page = scenario.openPage([summary, { orderInfo, statusUrl: '/status' }]);
  scenario.plan(unpaid('failed'));
  page.buttons[0]!.tap();
  scenario.advance(1000);
  order.status = 'closed';
  scenario.advance(12000);
  expect([page.components[0]!.data.statusText, page.buttons[0]!.data.label]).toEqual(['已关闭', '已关闭']);
});

test('an order-summary with order-url shows refunded when that is found while the cashier is open', () => {
  const scenario = new Scenario();
  const { orderInfo, order } = scenario.createOrder();
  const summary = { name: 'order-summary' as const, properties: { orderUrl: '/views?tpOrderId=T1' } };
  const page = scenario.openPage([summary, { orderInfo, statusUrl: '/status' }]);
  scenario.plan(unpaid('cancel'), unpaid('cancel'));
  page.buttons[0]!.tap();
  scenario.advance(10000);
  order.status = 'refunded';
  page.buttons[0]!.tap();
  scenario.advance(10000);
  expect([page.components[0]!.data.statusText, page.buttons[0]!.data.label]).toEqual(['已退款', '已退款']);
});
