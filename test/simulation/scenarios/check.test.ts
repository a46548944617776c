/** The first step of an attempt: every unsettled order of this person is checked. */
import { CREATE, Scenario } from '../scenario';
import { on, paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  MINUTE,
  MUG,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './story-helpers';

const WAITING = 11 * MINUTE;

test('an attempt makes one request only, for its order, when nothing is unsettled and nothing was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  expect(scenario.backend.received).toHaveLength(1);
});

test('an attempt checks each unsettled order once, all at the same time, when there are two', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  openUnsettled(scenario, CUP);
  scenario.host.modal.answer = 'no';
  const mug = openButton(scenario, MUG);
  const before = scenario.backend.checks.length;
  mug.tap();
  expect(scenario.backend.checks.slice(before).map(({ url }) => url)).toEqual([
    expect.stringContaining('T2'),
    expect.stringContaining('T1'),
  ]);
  scenario.advance(10000);
  expect(scenario.backend.checks).toHaveLength(before + 2);
});

test('an attempt succeeds, without another order, when its goods turn out to have been paid a moment ago', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true, verified: true })]);
  expect(scenario.backend.creates).toBe(1);
});

test('an attempt delivers the payment and asks about it when its goods were paid more than 10 min ago', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paysuccess('T1', { resumed: true }),
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2', { resumed: false }),
  ]);
});

test('an attempt succeeds when its goods were paid more than 10 min ago under an order-key of the page', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, { ...TEA, orderKey: 'desk-7' });
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true, orderKey: 'desk-7' })]);
});

test('an attempt succeeds when its ready order was paid more than 10 min ago', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('the question says paid when an order of other goods was paid meanwhile, and it waits for nobody else then', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.notify('T1');
  const cup = openButton(scenario, CUP);
  scenario.host.modal.answer = 'no';
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '已支付'),
    paycancel('T2', { by: 'user' }),
  ]);
  // A question that named it counts as delivery.
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('an attempt is pending when its own order cannot be checked, and asks when it cannot the second time running', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paypending('T1')]);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 80000)).toMatchObject([
    asks('「tea」¥19.99', '同一笔'),
    { cashier: 'T1' },
    paypending('T1'),
  ]);
});

test('an attempt is pending again when its order could be checked in between', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
  scenario.backend.mode = 'ok';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paypending('T1')]);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
});

test('an attempt asks at once when an order of other goods cannot be checked', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '未收到付款'),
    paycancel('T2', { by: 'user' }),
  ]);
});

test('an attempt waits 3 s for a check, and no longer, when the backend is slow', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  scenario.backend.mode = 'slow';
  cup.tap();
  scenario.advance(2900);
  expect(scenario.backend.creates).toBe(1);
  scenario.advance(200);
  expect(scenario.backend.creates).toBe(2);
});

test('cancelled orders are checked beside the create request, and never waited for', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel'));
  tea!.tap();
  scenario.advance(5000);
  scenario.backend.received.length = 0;
  cup!.tap();
  expect(scenario.backend.received.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([
    expect.stringContaining('/orders'),
    expect.stringContaining('/status'),
  ]);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  expect(newsAfter(scenario, 500)).toContainEqual({ cashier: 'T2' });
});

test('a cancelled order is told to be paid before the next call when the check beside the create request says so', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.label(tea!, 'tea');
  scenario.plan({ callback: 'cancel', openFor: 200, notifyDelay: 100 });
  tea!.tap();
  expect(newsAfter(scenario, 400)).toMatchObject([{ cashier: 'T1' }, paycancel('T1')]);
  cup!.tap(); // the next call waits until 1100 ms are over
  expect(newsAfter(scenario, 10000)).toMatchObject([
    on('tea', paysuccess('T1', { resumed: true })),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('the question says so when a cancelled order was found paid while the next one is still made', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ callback: 'cancel', openFor: 200, notifyDelay: 3000 });
  tea!.tap();
  scenario.advance(5000);
  scenario.takeEvents();
  cup!.tap();
  cup!.set({ orderPayload: { goods: 'cup', note: 'blue' } }); // ordered once more
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paysuccess('T1', { resumed: true }),
    asks('「tea」', '已支付'),
    paycancel('T3', { by: 'user' }),
  ]);
});

test('cancelled orders are not checked when they were called more than 30 min ago, and at most three are', () => {
  const scenario = new Scenario();
  const goods = ['a', 'b', 'c', 'd', 'e'].map(one => ({ ...TEA, orderPayload: { goods: one } }));
  const buttons = scenario.open(...goods);
  for (const button of buttons.slice(0, 4)) {
    scenario.plan(unpaid('cancel', { openFor: 500 }));
    button.tap();
    scenario.advance(3000);
  }
  scenario.backend.received.length = 0;
  scenario.plan(unpaid('rejected'));
  buttons[4]!.tap();
  scenario.advance(10000);
  expect(scenario.backend.checks.map(({ url }) => /T\d/.exec(url)![0])).toEqual(['T4', 'T3', 'T2']);

  scenario.advance(31 * MINUTE);
  scenario.backend.received.length = 0;
  buttons[4]!.tap();
  scenario.advance(1000);
  expect(scenario.backend.checks).toHaveLength(0);
});

test('an order is checked where the button says so by now when it was called without a status-url', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, CREATE);
  button.set({ statusUrl: '/status' });
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 2000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('unsettled orders of these goods are checked all the same when what is wanted is refused', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  button.set({ orderInfo: { ...orderInfo, rsaSign: '' } });
  scenario.advance(6000);
  const before = scenario.backend.checks.length;
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'order-invalid', mayBePaid: true }),
  ]);
  expect(scenario.backend.checks).toHaveLength(before + 1);

  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('only orders of these goods are checked when what is wanted is refused', () => {
  const scenario = new Scenario();
  openUnsettled(scenario, CUP);
  const button = openButton(scenario, { ...TEA, amount: 'dear' });
  const before = scenario.backend.checks.length;
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'order-invalid', mayBePaid: false }),
  ]);
  expect(scenario.backend.checks).toHaveLength(before);
});
