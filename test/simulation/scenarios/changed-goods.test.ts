/** Goods that change between two taps, or between the tap and the call: their order must not cost more than what was tapped. */
import { CREATE, Scenario } from '../scenario';
import { paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './scenario-helpers';

test('the first order is checked and named in the question when a note is added while it is pending', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('paying'));
  button.tap();
  expect(newsAfter(scenario, 70000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  button.set({ orderPayload: { goods: 'tea', note: 'no ice' } });
  scenario.advance(100);
  const { length } = scenario.backend.checks;
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '未收到付款'),
    paycancel('T2', { by: 'user' }),
  ]);
  expect(scenario.backend.checks).toHaveLength(length + 1);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test.each([
  ['', 'no order-key'],
  ['desk-7', 'one order-key'],
])(
  'the question names the paid order when its notification is late, the quantity changed and the order-key is %j',
  orderKey => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...TEA, orderKey });
    scenario.plan({ callback: 'failed', notifyDelay: 60000 });
    button.tap();
    scenario.advance(20000);
    button.set({ orderPayload: { goods: 'tea', quantity: 2 } });
    scenario.advance(100);
    scenario.takeEvents();
    button.tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([
      asks('「tea」¥19.99', '未收到付款'),
      paycancel('T2', { by: 'user' }),
    ]);
    expect(scenario.cashier.charges).toHaveLength(1);
  },
);

test('a new order is created when the amount changes after a cancel', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, amount: 1999 });
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  scenario.backend.totalAmount = 2199;
  button.set({ amount: 2199 });
  scenario.advance(100);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: 'T2' },
    paysuccess('T2', { totalAmount: 2199 }),
  ]);
});

test('reset() returns true, and the next tap creates a new order, when the order was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  expect(button.reset()).toBe(true);
  button.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('reset() returns false and keeps the order when the order may be paid', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  expect(button.reset()).toBe(false);
  expect(button.phase).toBe('pending');
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
});

test('reset() cancels the attempt when its cashier was not called yet', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(60);
  expect(button.reset()).toBe(true);
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('', { by: 'reset' })]);
  expect(scenario.cashier.calls).toHaveLength(0);
});

test('reset() returns false when the cashier is open', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  expect(button.reset()).toBe(false);
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('a second order is created and paid when the note changes right after the tap', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, orderPayload: { goods: 'tea', note: 'old' } });
  button.tap();
  button.set({ orderPayload: { goods: 'tea', note: 'new' } });
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(
    scenario.backend.received.filter(({ url }) => /orders/.test(url)).map(({ data }) => data),
  ).toMatchObject([{ note: 'old' }, { note: 'new' }]);
});

test('an attempt ends as changed, and the console names amount, when the amount changes after the tap', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, amount: 1999 });
  button.tap();
  button.set({ amount: 2199 });
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T1', { by: 'changed' })]);
  expect(scenario.console('warn').join()).toMatch(/amount/);
  expect(scenario.cashier.calls).toHaveLength(0);
});

test('an attempt ends as changed, and the console names note, when the note changes a second time', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, orderPayload: { goods: 'tea', note: '1' } });
  button.tap();
  button.set({ orderPayload: { goods: 'tea', note: '2' } });
  scenario.advance(90); // the second order is on its way
  button.set({ orderPayload: { goods: 'tea', note: '3' } });
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T2', { by: 'changed' })]);
  expect(scenario.console('warn').join()).toMatch(/note/);
});

test('pay() pays its own payload when the properties change meanwhile', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  void button.pay({ payload: { goods: 'cup' } });
  button.set({ orderPayload: { goods: 'mug' } });
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.backend.order('T1')!.goods).toBe('cup');
});

test('payfail has reason amount-changed and the new totalAmount when the order costs more than the amount property', () => {
  const scenario = new Scenario();
  scenario.backend.totalAmount = 2199;
  const button = openButton(scenario, { ...CREATE, amount: 1999 });
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'amount-changed', totalAmount: 2199 }),
  ]);
});

test('the next tap creates another order when reset() was called during the create request', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(60);
  expect(button.reset()).toBe(true);
  scenario.advance(500);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paycancel('', { by: 'reset' }),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('reset() returns false when the check after a cancel is still running', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ callback: 'cancel', openFor: 1000, notifyDelay: 0 });
  button.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'slow';
  scenario.advance(150);
  expect(button.reset()).toBe(false);
  scenario.backend.mode = 'ok';
  expect(newsAfter(scenario, 20000)).toContainEqual(expect.objectContaining({ event: 'paysuccess' }));
});

/** A ready order whose cashier was closed a moment ago: the next tap waits until another may be opened. */
function tapReadyTwice(scenario: Scenario) {
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
    const button = tapReadyTwice(scenario);
    button.set({ orderInfo: scenario.createOrder('gold', totalAmount).orderInfo });
    expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T1', { by: 'changed' })]);
    expect(calledOrders(scenario)).toEqual(['T1']);
  },
);

test('the cashier opens after a yes when the page has given the order that was created as order-info meanwhile', () => {
  const scenario = new Scenario();
  openUnsettled(scenario, CUP);
  scenario.host.modal.answer = 'yes';
  const page = scenario.openPage([TEA], {
    onEvent: (button, name) => {
      const [, order] = scenario.backend.orders;
      if (name === 'ordercreated') button.set({ orderInfo: scenario.backend.orderInfo(order!) });
    },
  });
  scenario.takeEvents();
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「cup」'), { cashier: 'T2' }, paysuccess('T2')]);
  expect(page.buttons[0]!.phase).toBe('paid');
});

test('an attempt ends as changed when order-info becomes null', () => {
  const scenario = new Scenario();
  const button = tapReadyTwice(scenario);
  button.set({ orderInfo: null });
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T1', { by: 'changed' })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('an attempt ends as changed, and the console names note, when the order of the changed goods costs more', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  button.set({ orderPayload: { goods: 'tea', note: 'with gold' } });
  scenario.advance(60);
  scenario.backend.totalAmount = 999900;
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T2', { by: 'changed', totalAmount: 999900 })]);
  expect(calledOrders(scenario)).toEqual([]);
  expect(scenario.console('warn').join()).toMatch(/note$/);
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

test.each([
  ['create-url', (id: string) => ({ createUrl: `/orders/${id}/pay` })],
  ['order-key', (id: string) => ({ createUrl: '/pay', orderKey: id, orderPayload: { id } })],
])(
  'an attempt ends as changed when the rows of its list, which have a %s each, move after the tap',
  (_, rowOf) => {
    const scenario = new Scenario();
    ['tea', 'cup'].forEach(goods => scenario.createOrder(goods));
    scenario.backend.respond = ({ url, data }) => {
      const id = /orders\/(\w+)\/pay/.exec(url)?.[1] ?? (data as { id?: string } | undefined)?.id;
      const order = id && scenario.backend.order(id);
      return order
        ? { statusCode: 200, data: { errno: 0, data: scenario.backend.orderInfo(order) } }
        : undefined;
    };
    const row = scenario.openPage(['T1', 'T2'].map(rowOf)).buttons[0]!;
    row.tap();
    scenario.advance(20);
    row.set(rowOf('T2'));
    expect(newsAfter(scenario, 9000)).toMatchObject([paycancel('T1', { by: 'changed' })]);
  },
);
