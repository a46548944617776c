/** What is checked besides: cancelled orders, and orders of goods that cannot be bought as they are. */
import { Scenario } from '../scenario';
import { on, paycancel, payfail, paysuccess } from '../timeline-events';
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
} from './scenario-helpers';

test('a cancelled order is checked in parallel to the create request, without delaying the cashier, when other goods are tapped', () => {
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

test('the button of a cancelled order fires paysuccess before the next cashier call when the parallel check says paid', () => {
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

test('the question says paid when a cancelled order is found paid during the create request', () => {
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

test('at most three cancelled orders are checked, and none when they were called more than 30 min ago', () => {
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

test('unsettled orders of the goods are checked when the new request is invalid', () => {
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

test('orders of other goods are not checked when the new request is invalid', () => {
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

test('a cancelled order is checked once per attempt when the attempt creates an order and when it reuses one', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel', { openFor: 500 }), unpaid('cancel', { openFor: 500 }));
  tea!.tap();
  scenario.advance(5000);
  const checksOfTea = (): number => scenario.backend.checks.filter(({ url }) => /T1/.test(url)).length;
  const before = checksOfTea();
  cup!.tap();
  scenario.advance(5000);
  expect(checksOfTea()).toBe(before + 1);
  cup!.tap(); // its order is in memory
  scenario.advance(5000);
  expect(checksOfTea()).toBe(before + 2);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2', 'T2']);
});

test('a cancelled order is checked no more when a check has found it paid and the outcome waits', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.plan({ callback: 'cancel', notifyDelay: 4000 });
  tea.tap();
  scenario.advance(8000);
  scenario.host.closePage();
  const [cup, mug] = scenario.open(CUP, MUG);
  cup!.tap();
  scenario.advance(20000);
  scenario.backend.received.length = 0;
  scenario.takeEvents();
  mug!.tap();
  expect(newsAfter(scenario, 1000)).toMatchObject([asks('「tea」', '已支付')]);
  expect(scenario.backend.checks).toEqual([]);
});

test('a cancelled order is not checked when it has no status-url', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open({ ...TEA, statusUrl: '' }, CUP);
  scenario.plan(unpaid('cancel'));
  tea!.tap();
  scenario.advance(5000);
  scenario.backend.received.length = 0;
  cup!.tap();
  scenario.advance(500);
  expect(scenario.backend.received).toHaveLength(1);
});
