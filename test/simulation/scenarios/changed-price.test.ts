/** A price that changes after the tap, or beside the button: the cashier takes what the button and its page show. */
import type { FakeComponent } from '../fakes/fake-component';
import { Scenario } from '../scenario';
import { paycancel, payfail, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  MINUTE,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './scenario-helpers';

const T1 = 'T1';
const STATUS_URL = '/status';
const orderInfoOf = ({ backend }: Scenario) => backend.orderInfo(backend.order(T1)!);
const viewOf = (component: FakeComponent | undefined) => component?.data.view as { total: string };

function changePrice({ backend }: Scenario, totalAmount: number): void {
  backend.order(T1)!.totalAmount = totalAmount;
}

/** Its second tap waits for the interval between two calls of the cashier. */
function tapTwice(scenario: Scenario, button: FakeComponent): void {
  scenario.plan(unpaid('cancel', { openFor: 200 }));
  button.tap();
  scenario.advance(400);
  scenario.takeEvents();
  button.tap();
}

describe('an attempt with an order-info ends without a cashier call', () => {
  test('when the shop changes the price of the order while the tap waits', () => {
    const scenario = new Scenario();
    scenario.createOrder();
    const button = openButton(scenario, {
      statusUrl: STATUS_URL,
      orderInfo: orderInfoOf(scenario),
      amount: 1999,
    });
    tapTwice(scenario, button);
    changePrice(scenario, 2199);
    button.set({ orderInfo: orderInfoOf(scenario), amount: 2199 });
    expect(newsAfter(scenario, 9000)).toMatchObject([paycancel(T1, { by: 'changed', totalAmount: 1999 })]);
    expect(button.data.label).toBe('立即支付 ¥21.99');
  });

  test('when the price that an order-summary shows beside it changes while the tap waits', () => {
    const scenario = new Scenario();
    scenario.createOrder();
    const page = scenario.openPage([
      { name: 'order-summary', properties: { orderInfo: orderInfoOf(scenario) } },
      { statusUrl: STATUS_URL, orderInfo: orderInfoOf(scenario) },
    ]);
    tapTwice(scenario, page.buttons[0]!);
    changePrice(scenario, 2199);
    page.components.forEach(component => component.set({ orderInfo: orderInfoOf(scenario) }));
    expect(newsAfter(scenario, 9000)).toMatchObject([paycancel(T1, { by: 'changed' })]);
    expect(viewOf(page.components[0]).total).toBe('¥21.99');
  });

  test('when its amount alone changes while the tap waits', () => {
    const scenario = new Scenario();
    scenario.createOrder();
    const button = openButton(scenario, { orderInfo: orderInfoOf(scenario), amount: 1999 });
    tapTwice(scenario, button);
    button.set({ amount: 2199 });
    expect(newsAfter(scenario, 9000)).toMatchObject([payfail(T1, { reason: 'amount-changed' })]);
  });

  test('when the price changes while the question is read', () => {
    const scenario = new Scenario();
    scenario.createOrder();
    const button = openUnsettled(scenario, { statusUrl: STATUS_URL, orderInfo: orderInfoOf(scenario) });
    Object.assign(scenario.host.modal, { answer: 'yes', delay: 3000 });
    button.tap();
    scenario.advance(1000);
    changePrice(scenario, 2199);
    button.set({ orderInfo: orderInfoOf(scenario) });
    scenario.takeEvents();
    expect(newsAfter(scenario, 12000).filter(event => 'cashier' in event)).toEqual([]);
  });
});

test('pay() with an order at a new price cancels the attempt that waits with the old one', () => {
  const scenario = new Scenario();
  scenario.createOrder();
  const button = openButton(scenario, { manual: true });
  scenario.plan(unpaid('cancel', { openFor: 200 }));
  void button.pay({ orderInfo: orderInfoOf(scenario) });
  scenario.advance(400);
  scenario.takeEvents();
  void button.pay({ orderInfo: orderInfoOf(scenario) });
  scenario.advance(1);
  changePrice(scenario, 2199);
  void button.pay({ orderInfo: orderInfoOf(scenario) });
  expect(newsAfter(scenario, 9000)).toMatchObject([
    paycancel(T1, { by: 'superseded', totalAmount: 1999 }),
    { cashier: T1 },
    paysuccess(T1, { totalAmount: 2199 }),
  ]);
});

test('the question about the same order names its new price when the shop has changed that', () => {
  const scenario = new Scenario();
  scenario.createOrder();
  const properties = () => ({ statusUrl: STATUS_URL, orderInfo: orderInfoOf(scenario) });
  const button = openUnsettled(scenario, properties());
  changePrice(scenario, 2199);
  button.set(properties());
  scenario.advance(2000);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 9000)).toMatchObject([
    asks('¥21.99'),
    { cashier: T1 },
    paysuccess(T1, { totalAmount: 2199 }),
  ]);
});

test('a cancelled order is asked for again when an order-summary shows it at a new price', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } },
    { ...TEA, createUrl: '/orders/T1/pay' },
  ]);
  scenario.plan(unpaid('cancel'));
  page.buttons[0]!.tap();
  scenario.advance(MINUTE);
  changePrice(scenario, 1799);
  scenario.host.hide();
  scenario.advance(MINUTE);
  scenario.host.show();
  scenario.advance(MINUTE);
  expect(viewOf(page.components[0]).total).toBe('¥17.99');
  scenario.takeEvents();
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 9000)).toMatchObject([{ cashier: T1 }, paysuccess(T1, { totalAmount: 1799 })]);
});

test.each([
  ['has a field that is undefined', { goods: 'cup' }, { goods: 'cup', note: undefined }],
  ['has a Date', { goods: 'cup', at: new Date(0).toJSON() }, { goods: 'cup', at: new Date(0) }],
])(
  'the amount property counts when pay() gets the same payload and it %s',
  (_what, orderPayload, payload) => {
    const scenario = new Scenario();
    scenario.backend.totalAmount = 2199;
    const button = openButton(scenario, { ...CUP, orderPayload, amount: 1999, manual: true });
    void button.pay({ payload });
    expect(newsAfter(scenario, 9000)).toMatchObject([
      payfail('', { reason: 'amount-changed', totalAmount: 2199 }),
    ]);
  },
);

test.each(['on a page below', 'beside it'])(
  'an order-info is called at its own price when an order-summary %s shows another one',
  where => {
    const scenario = new Scenario();
    const { order } = scenario.createOrder();
    const summary = {
      name: 'order-summary' as const,
      properties: { order: { ...scenario.backend.orderView(order), totalAmount: 9900, lines: undefined } },
    };
    if (where !== 'beside it') scenario.openPage([summary]);
    const button = { statusUrl: STATUS_URL, orderInfo: orderInfoOf(scenario) };
    const page = scenario.openPage(where === 'beside it' ? [summary, button] : [button]);
    page.buttons[0]!.tap();
    expect(newsAfter(scenario, 9000)).toMatchObject([{ cashier: T1 }, paysuccess(T1)]);
  },
);

test('a cancelled order is called without a request when a page below shows it at another price', () => {
  const scenario = new Scenario();
  const { order } = scenario.createOrder();
  scenario.openPage([
    {
      name: 'order-summary',
      properties: { order: { ...scenario.backend.orderView(order), totalAmount: 9900, lines: undefined } },
    },
  ]);
  scenario.backend.respond = ({ url }) =>
    /pay/.test(url)
      ? { statusCode: 200, data: { errno: 0, data: scenario.backend.orderInfo(order) } }
      : undefined;
  const button = openButton(scenario, { ...TEA, createUrl: '/orders/T1/pay' });
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(9000);
  scenario.takeEvents();
  const { length } = scenario.backend.received;
  button.tap();
  expect(newsAfter(scenario, 9000)).toMatchObject([{ cashier: T1 }, paysuccess(T1)]);
  expect(scenario.backend.received.slice(length).filter(({ url }) => /pay/.test(url))).toEqual([]);
});

test('a tap fails with amount-changed when pay() was given the cart alone and the page then shows another price of it', () => {
  const scenario = new Scenario();
  scenario.backend.totalAmount = 2199;
  const button = openButton(scenario, { ...TEA, orderPayload: null });
  scenario.plan(unpaid('cancel'));
  button.pay({ payload: TEA.orderPayload });
  scenario.advance(20);
  button.set({ orderPayload: TEA.orderPayload, amount: 1999 });
  expect(newsAfter(scenario, 9000)).toMatchObject([{ cashier: T1 }, paycancel(T1)]);
  expect(button.data.label).toBe('立即支付 ¥19.99');
  button.tap();
  expect(newsAfter(scenario, 9000)).toMatchObject([
    payfail('', { reason: 'amount-changed', totalAmount: 2199 }),
  ]);
});

test('a cancelled order is called again without a request when the button shows its price', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, amount: 1999 });
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  button.tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual([T1, T1]);
  expect(scenario.backend.creates).toBe(1);
});
