/** An order belongs to the goods it was made for, also when its record is gone: what its own page learns counts for them. */
import type { CashierPlan } from '../fakes/fake-cashier';
import type { FakeComponent, Properties } from '../fakes/fake-component';
import { Scenario } from '../scenario';
import {
  calledOrders,
  CUP,
  MINUTE,
  newsAfter,
  openButton,
  statusText,
  summaryOf,
  TEA,
  unpaid,
} from './scenario-helpers';
import { payfail, paysuccess } from '../timeline-events';

const summaryOfT1 = () => summaryOf({ orderUrl: '/views?tpOrderId=T1' });

/** T1 was made and never called: its user left the page meanwhile. That page is on top again. */
function makeAndLeave(scenario: Scenario, properties: Properties = TEA): FakeComponent {
  const button = openButton(scenario, properties);
  scenario.backend.mode = 'slow';
  button.tap();
  scenario.advance(300);
  scenario.openPage([]);
  scenario.advance(8000);
  scenario.backend.mode = 'ok';
  scenario.host.closePage();
  scenario.advance(500);
  return button;
}

function cancelAtCashier(scenario: Scenario): void {
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
}

/** The app goes to the background and comes back, so that the page on top reads its order again. */
function showAgain(scenario: Scenario): void {
  scenario.host.hide();
  scenario.advance(6000);
  scenario.host.show();
  scenario.advance(3000);
}

test('a checkout button with an order-key is paid when the page of its order, with order-url, was shown before the callback', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario, { ...TEA, orderKey: 'cart-7' });
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  const page = scenario.openPage([summaryOfT1(), { orderInfo, statusUrl: '/status' }]);
  scenario.advance(1000);
  scenario.plan({ hidesApp: true, callbackDelay: 300, notifyDelay: 10 });
  page.buttons[0]!.tap();
  scenario.advance(20000);
  scenario.host.closePage();
  scenario.advance(4000);
  expect(checkout.data.label).toBe('已支付');
  checkout.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

describe('a button with create-url on the page of its order is locked', () => {
  test.each([
    ['paid', '已支付'],
    ['refunded', '已退款'],
    ['closed', '已关闭'],
  ] as const)('when the order was made here, never called, and is %s', (status, word) => {
    const scenario = new Scenario();
    makeAndLeave(scenario);
    scenario.backend.order('T1')!.status = status;
    const page = scenario.openPage([summaryOfT1(), TEA]);
    scenario.advance(2000);
    const button = page.buttons[0]!;
    expect([statusText(page.components[0]), button.data.label]).toEqual([word, word]);
    button.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual([]);
  });

  test('when the order was cancelled at the cashier and then closed by the shop', () => {
    const scenario = new Scenario();
    cancelAtCashier(scenario);
    scenario.backend.order('T1')!.status = 'closed';
    const page = scenario.openPage([summaryOfT1(), TEA]);
    scenario.advance(2000);
    expect([statusText(page.components[0]), page.buttons[0]!.data.label]).toEqual(['已关闭', '已关闭']);
  });

  test('when the order was cancelled in an earlier run of the app and then closed by the shop', () => {
    const scenario = new Scenario();
    cancelAtCashier(scenario);
    scenario.kill();
    scenario.backend.order('T1')!.status = 'closed';
    const page = scenario.openPage([summaryOfT1(), TEA]);
    scenario.advance(2000);
    expect([statusText(page.components[0]), page.buttons[0]!.data.label]).toEqual(['已关闭', '已关闭']);
  });

  test('when the order was paid here and is then refunding', () => {
    const scenario = new Scenario();
    cancelAtCashier(scenario);
    const [summary, button] = scenario.openPage([summaryOfT1(), TEA]).components;
    scenario.advance(2000);
    button!.tap();
    scenario.advance(10000);
    expect([statusText(summary), button!.data.label]).toEqual(['已支付', '已支付']);
    scenario.backend.order('T1')!.status = 'refunding';
    showAgain(scenario);
    expect([statusText(summary), button!.data.label]).toEqual(['退款中', '退款中']);
  });
});

test.each([
  ['order-url', () => summaryOfT1()],
  [
    'status-url',
    (scenario: Scenario) =>
      summaryOf({
        orderInfo: scenario.backend.orderInfo(scenario.backend.order('T1')!),
        statusUrl: '/status',
      }),
  ],
])('a new order is created when %s said on its page that the one made before is closed', (_url, summary) => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  const page = scenario.openPage([summary(scenario)]);
  scenario.advance(1000);
  scenario.backend.order('T1')!.status = 'closed';
  showAgain(scenario);
  expect(statusText(page.components[0])).toBe('已关闭');
  scenario.host.closePage();
  scenario.advance(1000);
  checkout.tap();
  scenario.advance(70000);
  expect(calledOrders(scenario)).toEqual(['T2']);
});

test('the key of an order that its page knows to be paid is asked about when the same goods are bought, and paysuccess says it', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  scenario.backend.order('T1')!.status = 'paid';
  scenario.openPage([summaryOfT1()]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.advance(1000);
  scenario.takeEvents();
  checkout.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1')]);
});

test('create-url is asked again, and its new order is called, when the page of the order gave it as closed', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  scenario.backend.order('T1')!.status = 'closed';
  scenario.openPage([
    summaryOf({ order: { tpOrderId: 'T1', title: 'tea', totalAmount: 1999, status: 'closed' } }),
  ]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.advance(1000);
  checkout.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T2']);
});

test('paysuccess has the number of the order when create-url says paid without it', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  scenario.backend.order('T1')!.status = 'paid';
  scenario.openPage([summaryOfT1()]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.advance(1000);
  scenario.backend.respond = ({ method }) =>
    method === 'POST'
      ? { statusCode: 200, data: { errno: 0, data: { order: { status: 'paid' } } } }
      : undefined;
  scenario.takeEvents();
  checkout.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1')]);
});

test('paysuccess is fired once, with the number of the order of its key, when create-url says paid without it and another order was called since', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open({ ...TEA, statusUrl: '' }, { ...CUP, statusUrl: '' });
  scenario.plan(unpaid('cancel'), unpaid('cancel'));
  tea!.tap();
  scenario.advance(5000);
  cup!.tap();
  scenario.advance(20 * MINUTE);
  scenario.takeEvents();
  scenario.backend.notify('T1');
  // It sells these goods once and ignores the key.
  scenario.backend.respond = (_request, good) => {
    Object.assign(good as object, { data: { order: { status: 'paid' } } });
    return undefined;
  };
  tea!.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1'), payfail('', { reason: 'closed' })]);
});

test('a button beside its closed order sells the same goods again when reset() was called', () => {
  const scenario = new Scenario();
  const { components, buttons } = scenario.openPage([summaryOf({}), TEA]);
  scenario.plan(unpaid('cancel'));
  buttons[0]!.tap();
  scenario.advance(5000);
  scenario.backend.expire();
  components[0]!.set({ orderUrl: '/views?tpOrderId=T1' });
  scenario.advance(1000);
  expect(buttons[0]!.data.label).toBe('已关闭');
  expect(buttons[0]!.reset()).toBe(true);
  scenario.advance(1000);
  buttons[0]!.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('a paid button shows 已支付 when an order-summary on its page shows another order as closed', () => {
  const scenario = new Scenario();
  const { order } = scenario.createOrder('cup');
  order.status = 'closed';
  const { buttons } = scenario.openPage([summaryOfT1(), TEA]);
  buttons[0]!.tap();
  scenario.advance(20000);
  expect(calledOrders(scenario)).toEqual(['T2']);
  expect(buttons[0]!.data.label).toBe('已支付');
});

test('create-url is asked again when the page of the order gave it as paid', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  scenario.backend.order('T1')!.status = 'paid';
  scenario.openPage([
    summaryOf({ order: { tpOrderId: 'T1', title: 'tea', totalAmount: 1999, status: 'paid' } }),
  ]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.advance(1000);
  scenario.takeEvents();
  checkout.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1')]);
});

test('an order that its page knows to be paid is a paysuccess, and the next tap makes a new one, when the backend replays its orderInfo', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  const replay = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  scenario.backend.order('T1')!.status = 'paid';
  scenario.openPage([summaryOfT1()]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.advance(1000);
  let isReplayed = true;
  scenario.backend.respond = ({ method }) =>
    method === 'POST' && isReplayed ? { statusCode: 200, data: { errno: 0, data: replay } } : undefined;
  scenario.takeEvents();
  checkout.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  isReplayed = false;
  checkout.reset();
  checkout.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T2']);
});

describe('the same goods are sold again', () => {
  test.each([
    ['beside the order that was paid when the page of the payment was closed', 'paid', '已支付'],
    ['below the order that was paid on this page when it was refunded', 'refunded', '已退款'],
  ] as const)('%s', (_when, status, word) => {
    const scenario = new Scenario();
    const open = () => scenario.openPage([summaryOfT1(), TEA]).components;
    let [summary, button] = open();
    button!.tap();
    scenario.advance(10000);
    scenario.backend.order('T1')!.status = status;
    if (status === 'paid') [summary, button] = open();
    else showAgain(scenario);
    scenario.advance(2000);
    expect([statusText(summary), button!.data.label]).toEqual([word, '立即支付']);
  });

  test('below the order that was closed when payfail has said so', () => {
    const scenario = new Scenario();
    const [summary, button] = scenario.openPage([summaryOfT1(), TEA]).components;
    scenario.plan({ callback: 'failed', charges: false });
    button!.tap();
    scenario.advance(1000);
    scenario.backend.order('T1')!.status = 'closed';
    scenario.takeEvents();
    expect(newsAfter(scenario, 12000)).toMatchObject([payfail('T1', { reason: 'closed', retryable: true })]);
    showAgain(scenario);
    expect([statusText(summary), button!.data.label]).toEqual(['已关闭', '立即支付']);
  });
});

test('a button of a tab page sells the same goods again when it comes back beside the order that was paid', () => {
  const scenario = new Scenario();
  const home = scenario.openPage([summaryOf({}), TEA], {
    onEvent: (component, name, { tpOrderId }) => {
      const [summary] = component.page.components;
      if (name === 'paysuccess') summary!.set({ order: { tpOrderId, title: 'tea', totalAmount: 1999 } });
    },
  });
  const button = home.buttons[0]!;
  button.tap();
  scenario.advance(10000);
  expect(button.data.label).toBe('已支付');
  scenario.host.switchTab(() => scenario.host.openPage([{ properties: TEA }]));
  scenario.advance(1000);
  scenario.host.switchTab(() => home);
  scenario.advance(1000);
  expect([statusText(home.components[0]), button.data.label]).toEqual(['已支付', '立即支付']);
});

test('a button shows paid when its page has set amount to that of the order, in ordercreated', () => {
  const scenario = new Scenario();
  const button = scenario.openPage([TEA], {
    onEvent: (component, name, { totalAmount }) => {
      if (name === 'ordercreated') component.set({ amount: totalAmount });
    },
  }).buttons[0]!;
  button.tap();
  scenario.advance(10000);
  expect(button.data.label).toBe('已支付');
  button.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('a button sells again when its page sets another amount than that of the order that was paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  button.set({ amount: 2999 });
  scenario.advance(10000);
  expect(button.data.label).toBe('立即支付 ¥29.99');
});

describe('an order that its checkout made and its own page has called', () => {
  /** The checkout has the order-key, the page of the order its orderInfo. */
  function callOnOrderPage(scenario: Scenario, plan: Partial<CashierPlan>): FakeComponent {
    const checkout = makeAndLeave(scenario, { ...TEA, orderKey: 'cart-7' });
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    const page = scenario.openPage([{ orderInfo, statusUrl: '/status' }]);
    scenario.plan(plan);
    page.buttons[0]!.tap();
    return checkout;
  }

  test('is pending on the checkout when it may be paid', () => {
    const scenario = new Scenario();
    const checkout = callOnOrderPage(scenario, unpaid('paying'));
    scenario.advance(70000);
    scenario.host.closePage();
    scenario.advance(1000);
    expect(checkout.data.label).toBe('查询支付结果');
  });

  test('is a paysuccess of the checkout, without a question, when create-url says that it is paid', () => {
    const scenario = new Scenario();
    const checkout = callOnOrderPage(scenario, { callback: 'cancel', charges: true, notifyDelay: 60000 });
    scenario.advance(5000);
    scenario.host.closePage();
    scenario.advance(700000);
    scenario.takeEvents();
    checkout.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1')]);
  });

  test('is pending on the checkout when create-url answered after a newer tap', () => {
    const scenario = new Scenario();
    const [checkout, other] = scenario.open({ ...TEA, orderKey: 'cart-7' }, CUP);
    scenario.backend.mode = 'slow';
    checkout!.tap();
    scenario.advance(200);
    scenario.backend.mode = 'lost';
    other!.tap();
    scenario.advance(8000);
    scenario.backend.mode = 'ok';
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    const page = scenario.openPage([{ orderInfo, statusUrl: '/status' }]);
    scenario.plan(unpaid('paying'));
    page.buttons[0]!.tap();
    scenario.advance(70000);
    scenario.host.closePage();
    scenario.advance(1000);
    expect(checkout!.data.label).toBe('查询支付结果');
  });

  test('is no purchase of an order-key when only its page has one', () => {
    const scenario = new Scenario();
    scenario.openPage([]);
    makeAndLeave(scenario);
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    const page = scenario.openPage([{ orderInfo, statusUrl: '/status', orderKey: 'detail' }]);
    page.buttons[0]!.tap();
    scenario.advance(10000);
    const again = openButton(scenario);
    scenario.advance(1000);
    expect(again.data.label).toBe('立即支付');
  });

  test('is found by the checkout after a restart when the app was killed at the cashier', () => {
    const scenario = new Scenario();
    callOnOrderPage(scenario, { openFor: 5000 });
    scenario.advance(6000);
    scenario.kill();
    scenario.takeEvents();
    const again = openButton(scenario, { ...TEA, orderKey: 'cart-7' });
    expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1')]);
    expect(again.data.label).toBe('已支付');
  });
});

test('the same goods are a new purchase when their shop kept one order for a cart whose note changed, and that was paid', () => {
  const scenario = new Scenario();
  scenario.openPage([]);
  let open = true;
  scenario.backend.respond = ({ method }) =>
    method === 'POST' && open && scenario.backend.order('T1')
      ? {
          statusCode: 200,
          data: { errno: 0, data: scenario.backend.orderInfo(scenario.backend.order('T1')!) },
        }
      : undefined;
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  button.set({ orderPayload: { goods: 'tea', note: 'no sugar' } });
  scenario.advance(100);
  button.tap();
  scenario.advance(10000);
  open = false;
  scenario.host.closePage();
  scenario.advance(60000);
  scenario.takeEvents();
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: expect.not.stringMatching('T1') as string },
    {},
  ]);
});

test('the success of an order is fired once when the backend replays its orderInfo for the next purchase of the goods', () => {
  const scenario = new Scenario();
  scenario.openPage([]);
  openButton(scenario).tap();
  scenario.advance(10000);
  scenario.host.closePage();
  const replay = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  scenario.backend.respond = ({ method }) =>
    method === 'POST' ? { statusCode: 200, data: { errno: 0, data: replay } } : undefined;
  const button = openButton(scenario);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 660000)).toMatchObject([payfail('T1', { reason: 'closed', message: '已支付' })]);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('T1', { reason: 'closed', message: '已支付' })]);
});

test('a new order is made when create-url says that the order of an earlier purchase, whose success was fired, is paid', () => {
  const scenario = new Scenario();
  scenario.openPage([]);
  openButton(scenario).tap();
  scenario.advance(10000);
  scenario.host.closePage();
  let isPaid = true;
  scenario.backend.respond = ({ method }) => {
    if (method !== 'POST' || !isPaid) return undefined;
    isPaid = false;
    const order = { tpOrderId: 'T1', totalAmount: 1999, status: 'paid' };
    return { statusCode: 200, data: { errno: 0, data: { order } } };
  };
  const button = openButton(scenario, { ...TEA, orderPayload: { goods: 'tea', note: 'no ice' } });
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: expect.not.stringMatching('T1') as string },
    {},
  ]);
});

test('a new order is created when create-url said for the cart with a note that the order without one is closed', () => {
  const scenario = new Scenario();
  const checkout = makeAndLeave(scenario);
  // The shop has one order for each cart, with and without a note, and looks at no key.
  scenario.backend.respond = ({ data }, good) => {
    const { status } = scenario.backend.order('T1')!;
    if (!(data as { note?: string } | undefined)?.note) return undefined;
    return { statusCode: 200, data: { ...(good as object), data: { order: { tpOrderId: 'T1', status } } } };
  };
  scenario.backend.order('T1')!.status = 'closed';
  const withNote = { ...TEA, orderPayload: { goods: 'tea', note: 'no ice' } };
  checkout.set(withNote);
  scenario.advance(500);
  scenario.takeEvents();
  checkout.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'closed' })]);
  checkout.set(TEA);
  scenario.advance(500);
  checkout.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).not.toContain('T1');
});
