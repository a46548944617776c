/** The order that comes of changed goods is another one: it must not cost more than what was tapped. */
import { CREATE, Scenario } from '../scenario';
import { paycancel, payfail, paysuccess } from '../timeline-events';
import { calledOrders, newsAfter, openButton, unpaid } from './scenario-helpers';

/** A ready order whose cashier was closed a moment ago: the next tap waits until another may be opened. */
function openReady(scenario: Scenario) {
  const button = openButton(scenario, { orderInfo: scenario.createOrder('tea', 1999).orderInfo });
  scenario.plan(unpaid('cancel', { openFor: 100 }));
  button.tap();
  scenario.advance(300);
  scenario.takeEvents();
  button.tap();
  return button;
}

test.each([
  ['of another amount', 999900],
  ['of the same amount', 1999],
])(
  'an attempt ends as changed when its ready order was replaced by another one %s',
  (_which, totalAmount) => {
    const scenario = new Scenario();
    const button = openReady(scenario);
    button.set({ orderInfo: scenario.createOrder('gold', totalAmount).orderInfo });
    expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T1', { by: 'changed' })]);
    expect(calledOrders(scenario)).toEqual(['T1']);
  },
);

test('an attempt ends as changed when order-info becomes null', () => {
  const scenario = new Scenario();
  const button = openReady(scenario);
  button.set({ orderInfo: null });
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T1', { by: 'changed' })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('an attempt ends as changed when the order of the changed goods costs more', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  button.set({ orderPayload: { goods: 'tea', note: 'with gold' } });
  scenario.advance(60);
  scenario.backend.totalAmount = 999900;
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T2', { by: 'changed', totalAmount: 999900 })]);
  expect(calledOrders(scenario)).toEqual([]);
});

test('the amount property is ignored when pay() gets a payload without an amount', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...CREATE, amount: 1999 });
  scenario.backend.totalAmount = 2199;
  void button.pay({ payload: { goods: 'cup' } });
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { totalAmount: 2199 }),
  ]);
});

test('payfail has reason amount-changed when the order costs more than the amount passed to pay()', () => {
  const scenario = new Scenario();
  scenario.backend.totalAmount = 2199;
  void openButton(scenario).pay({ payload: { goods: 'cup' }, amount: 1999 });
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'amount-changed', totalAmount: 2199 }),
  ]);
});

test('an order keeps its goods, key and status-url when its order page pays it by orderInfo', () => {
  const scenario = new Scenario();
  const checkout = scenario.label(openButton(scenario), 'checkout');
  scenario.plan(unpaid('failed'), unpaid('paying'));
  checkout.tap();
  scenario.advance(12000);
  const orderPage = openButton(scenario, {
    orderInfo: scenario.backend.orderInfo(scenario.backend.order('T1')!),
  });
  scenario.host.modal.answer = 'yes';
  orderPage.tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
  expect(checkout.phase).toBe('pending');
  scenario.kill();
  scenario.takeEvents();
  const again = openButton(scenario, CREATE);
  expect(again.phase).toBe('pending');
  scenario.advance(10000);
  scenario.host.modal.answer = 'no';
  again.tap();
  scenario.advance(5000);
  expect(scenario.backend.orders).toHaveLength(1); // the old key
  scenario.backend.notify('T1');
  scenario.takeEvents();
  again.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
  expect(scenario.backend.checks.map(({ url }) => url.split('?')[0])).toContain(
    'https://shop.example/status',
  );
});
