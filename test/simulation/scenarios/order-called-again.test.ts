/** An order that may be paid, or is paid, is called again only after a question. */
import { Scenario } from '../scenario';
import type { FakeComponent } from '../fakes/fake-component';
import { payfail, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  MINUTE,
  newsAfter,
  openButton,
  openUnsettled,
  summaryOf,
  TEA,
  unpaid,
} from './scenario-helpers';

/** The order was called twice in vain, and the person says yes to a new one, whose create takes 5 s. */
function replaceSlowly(notifyDelay: number): Scenario {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  scenario.plan({ openFor: 1000, callbackDelay: 11000, notifyDelay });
  button.tap();
  scenario.advance(8000);
  button.tap();
  scenario.advance(500);
  button.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'slow';
  scenario.advance(20500);
  return scenario;
}

test('the cashier of the new order stays shut when the replaced order turns out to be paid before', () => {
  expect(replaceSlowly(10900).cashier.charges).toHaveLength(1);
});

test('the cashier of the new order stays shut when the replaced order is claimed to be paid before', () => {
  expect(calledOrders(replaceSlowly(MINUTE))).toEqual(['T1', 'T1']);
});

describe('an order in spite of which another one was bought', () => {
  function buyCupInstead(): { scenario: Scenario; tea: FakeComponent } {
    const scenario = new Scenario();
    const [tea, cup] = scenario.open(TEA, CUP);
    scenario.plan(unpaid('failed'));
    tea!.tap();
    scenario.advance(12000);
    scenario.host.modal.answer = 'yes';
    cup!.tap();
    scenario.advance(12000);
    scenario.takeEvents();
    scenario.host.modal.answer = 'no';
    return { scenario, tea: tea! };
  }

  test('is asked about when it is to be called again itself', () => {
    const { scenario, tea } = buyCupInstead();
    tea.tap();
    expect(newsAfter(scenario, 10000)[0]).toMatchObject(asks('「tea」', '同一笔'));
  });

  test('is not called when its backend does not answer', () => {
    const { scenario, tea } = buyCupInstead();
    scenario.backend.mode = 'timeout';
    tea.tap();
    scenario.advance(30000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  });

  test('is asked about when the app was restarted and the new order was not made', () => {
    const scenario = new Scenario();
    const button = openUnsettled(scenario);
    scenario.host.modal.answer = 'yes';
    scenario.plan(unpaid('failed'));
    button.tap();
    scenario.advance(12000);
    button.tap();
    scenario.advance(1300);
    scenario.backend.mode = 'lost';
    scenario.advance(2000);
    scenario.kill();
    scenario.backend.mode = 'ok';
    const again = openButton(scenario);
    scenario.advance(10000);
    scenario.takeEvents();
    again.tap();
    expect(newsAfter(scenario, 10000)[0]).toMatchObject(asks('「tea」'));
  });
});

test('payfail does not say refunded when the backend answers paid for every key', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ callback: 'failed', notifyDelay: 30000 });
  button.tap();
  scenario.advance(11 * MINUTE);
  scenario.takeEvents();
  const order = { status: 'paid', tpOrderId: 'T1', totalAmount: 1999 };
  scenario.backend.respond = ({ url }) =>
    /orders/.test(url) ? { statusCode: 200, data: { errno: 0, data: { order } } } : undefined;
  button.tap();
  const news = newsAfter(scenario, 10000);
  // The invariant reads no made-up answers.
  scenario.world.invariant.violations.splice(0);
  expect(news[news.length - 1]).toMatchObject(
    payfail('T1', { reason: 'closed', message: '已支付', mayBePaid: false }),
  );
});

describe('an order that an order-summary on another page showed as', () => {
  const show = (scenario: Scenario): void => {
    scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } }]);
    scenario.advance(1000);
  };

  test('paid is not called when it was never at the cashier here', () => {
    const scenario = new Scenario();
    const { orderInfo, order } = scenario.createOrder();
    order.status = 'paid';
    show(scenario);
    openButton(scenario, { orderInfo, statusUrl: '/status' }).tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual([]);
  });

  test('refunded fails as refunded when it was paid before', () => {
    const scenario = new Scenario();
    const { orderInfo } = scenario.createOrder();
    const properties = { orderInfo, statusUrl: '/status' };
    openButton(scenario, properties).tap();
    scenario.advance(10000);
    scenario.backend.refund();
    scenario.backend.refund();
    show(scenario);
    const button = openButton(scenario, properties);
    scenario.takeEvents();
    button.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'refunded' })]);
  });
});

test('a new order is made when the one in memory was closed by the backend meanwhile', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(40 * MINUTE);
  scenario.backend.expire(false);
  button.tap();
  scenario.advance(90000);
  expect(scenario.cashier.charges.map(({ tpOrderId }) => tpOrderId)).toEqual(['T2']);
});

test('the order in memory is called without a request when it was made a few minutes ago', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5 * MINUTE);
  const before = scenario.backend.creates;
  button.tap();
  scenario.advance(10000);
  expect([scenario.backend.creates - before, calledOrders(scenario)]).toEqual([0, ['T1', 'T1']]);
});

test('an order whose cashier says success late is not called again when the user agreed before', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ openFor: 1000, callbackDelay: 12000, notifyDelay: MINUTE });
  button.tap();
  scenario.advance(8000);
  // Lost: pending.
  button.tap();
  scenario.advance(500);
  scenario.host.modal.answer = 'yes';
  scenario.host.modal.delay = 6000;
  button.tap();
  scenario.advance(20000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('an attempt ends as pending when the accepted order of its goods cannot be checked', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(12000);
  scenario.host.modal.answer = 'yes';
  cup!.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: {} } : undefined);
  tea!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paypending('T1')]);
});

test('a new order is made when an order-summary showed the one in memory as refunded', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1);
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(1000);
  expect(calledOrders(scenario)).toEqual([]);
  scenario.backend.order('T1')!.status = 'refunded';
  scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } }]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.advance(1000);
  button.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T2']);
});

test('an order is called when its page said paid by mistake', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const order = { tpOrderId: 'T1', title: 'tea', totalAmount: 1999, status: 'paid' };
  const page = scenario.openPage([
    { name: 'order-summary', properties: { order } },
    { orderInfo, statusUrl: '/status' },
  ]);
  scenario.advance(500);
  page.components[0]!.set({ order: { ...order, status: 'unpaid' } });
  scenario.advance(500);
  page.buttons[0]!.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

/** As the FAQ's cart page: setData({ cart }), then pay({ payload: cart }), which comes before the property does. */
function payBeforeTheProperty(scenario: Scenario): FakeComponent {
  const button = openButton(scenario, { ...TEA, orderPayload: null, amount: 1999 });
  button.set({ orderPayload: { goods: 'tea' } });
  void button.pay({ payload: { goods: 'tea' } });
  return button;
}

test('a tap joins the payment when what pay() was given has become the properties', () => {
  const scenario = new Scenario();
  scenario.plan({ openFor: 3000, callbackDelay: 3000 });
  const button = payBeforeTheProperty(scenario);
  scenario.advance(2500);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 300).filter(entry => 'event' in entry)).toEqual([]);
});

test('a tap on pending asks about the same order when what pay() was given has become the properties', () => {
  const scenario = new Scenario();
  scenario.plan(unpaid('failed'));
  const button = payBeforeTheProperty(scenario);
  scenario.advance(12000);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'));
  button.tap();
  scenario.advance(12000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
});

describe('a yes to another order of the same goods, while that waits for the cashier,', () => {
  /** The shop ignores the key, and says this of the first order before the interval between two calls is over. */
  function agreeAndLearn(status: 'paid' | 'closed'): Scenario {
    const scenario = new Scenario();
    scenario.backend.traits = { ignoresKey: true };
    const [tea, cup] = scenario.open(TEA, CUP);
    scenario.plan(unpaid('failed'), unpaid('cancel', { openFor: 50 }));
    tea!.tap();
    scenario.advance(11 * MINUTE); // longer than an order is kept in memory
    Object.assign(scenario.host.modal, { answer: 'yes', delay: 100 });
    cup!.tap();
    scenario.advance(500);
    scenario.takeEvents();
    tea!.tap();
    scenario.advance(200);
    scenario.backend.order('T1')!.status = status;
    scenario.host.addComponent(scenario.host.top!, summaryOf({ orderUrl: '/order?tpOrderId=T1' }));
    return scenario;
  }

  test('ends with paysuccess when the first one is found paid', () => {
    expect(newsAfter(agreeAndLearn('paid'), 10000)).toMatchObject([
      asks('「tea」', '本次订单'),
      paysuccess('T1', { resumed: true }),
    ]);
  });

  test('goes on when the first one is closed', () => {
    expect(newsAfter(agreeAndLearn('closed'), 10000)).toMatchObject([
      asks('「tea」', '本次订单'),
      payfail('T1', { reason: 'closed', mayBePaid: true }),
      { cashier: 'T3' },
      paysuccess('T3'),
    ]);
  });
});

test('a button stays pending when the user agreed to pay its order again and the page was left before the cashier', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'), unpaid('cancel', { openFor: 50 }));
  tea!.tap();
  scenario.advance(12000);
  Object.assign(scenario.host.modal, { answer: 'yes', delay: 100 });
  cup!.tap();
  scenario.advance(500);
  scenario.takeEvents();
  tea!.tap();
  scenario.advance(300);
  openButton(scenario, { ...TEA, orderPayload: { goods: 'mug' } });
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」', '同一笔'), paypending('T1')]);
  expect(tea!.phase).toBe('pending');
});

test('the question offers the same order when a ready order was called twice without a result', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'));
  button.tap();
  scenario.advance(20000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」', '同一笔'),
    { cashier: 'T1' },
    paysuccess('T1'),
  ]);
});

test('a success is verified when the button has no status-url and an earlier call of its order had one', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  const button = openButton(scenario, { orderInfo });
  scenario.advance(6000);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」', '同一笔'),
    { cashier: 'T1' },
    paysuccess('T1', { verified: true }),
  ]);
});
