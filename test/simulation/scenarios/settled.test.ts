/** How an order that may be paid is settled by what the backend says: closed, refunding, refunded. */
import { Scenario } from '../scenario';
import { on, paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './story-helpers';

test('P5 a claimed success is refunded, not closed, when the expiry came a moment before the notification', () => {
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

test('P5 a claimed success is pending when the backend says closed for the whole window, and asks before a new order', () => {
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

test('P8 the person is told of the refund, not of a success, when a pending order was refunded and the page is shown', () => {
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

test('P8 the order page fails as refunded when its refunded order is paid at the cashier once more', () => {
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

test('nothing blocks other goods when the order was refunded', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.order('T1')!.status = 'refunded';
  button.tap();
  expect(newsAfter(scenario, 500)).toMatchObject([payfail('T1', { reason: 'refunded' })]);
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('a refund of other goods is in the question before the next call', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.order('T1')!.status = 'refunded';
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」¥19.99', '已退款'), paycancel('T2')]);
});

test('closed is silent when the order was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  scenario.kill();
  scenario.backend.expire();
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('closed is delivered to the button of these goods when the order is doubtful', () => {
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

test('closed is in the question when the order is doubtful and other goods are wanted', () => {
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

test('closed is reported on the page that shows these goods, and in the question, when both are there', () => {
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

test('a closed order is reported once', () => {
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

test('what is paid after it was reported as closed is paid on the order of the next tap, not charged twice unasked', () => {
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
