/** When a button does nothing at all: disabled, nothing to pay yet, or an order-summary that says it is over. */
import { Scenario } from '../scenario';
import { paysuccess, paytap } from '../timeline-events';
import { CUP, newsAfter, openButton, TEA } from './scenario-helpers';

test.each([
  [true, true],
  ['sold out', true],
  ['true', true],
  [1, true],
  ['', false],
  ['false', false],
  [false, false],
  [0, false],
  [null, false],
])('a button is locked like the built-in one when disabled is %j: %s', (disabled, isLocked) => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, disabled });
  button.tap();
  const events = scenario.eventsAfter(10000);
  expect(button.data.locked).toBe(isLocked || button.phase === 'paid');
  if (isLocked) expect(events).toEqual([]);
  else expect(events[0]).toMatchObject(paytap('idle'));
});

test.each([null, {}])(
  'a button is locked without a console error when order-info is %j, and pays when it arrives',
  orderInfo => {
    const scenario = new Scenario();
    const button = openButton(scenario, { orderInfo, statusUrl: '/status' });
    expect(button.data.locked).toBe(true);
    button.tap();
    expect(scenario.eventsAfter(1000)).toEqual([]);
    expect(scenario.console('error')).toEqual([]);
    button.set({ orderInfo: scenario.createOrder().orderInfo });
    scenario.advance(100);
    expect(button.data.locked).toBe(false);
    button.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  },
);

test.each([{}, '{ }', []])(
  'an order-summary is loading, without orderfail, when its order-info is %j',
  orderInfo => {
    const scenario = new Scenario();
    const page = scenario.openPage([{ name: 'order-summary', properties: { orderInfo } }]);
    expect(scenario.eventsAfter(1000)).toEqual([]);
    expect(page.components[0]!.data.state).toBe('loading');
  },
);

test('a manual button is not locked when it has neither create-url nor order-info', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { manual: true });
  expect(button.data.locked).toBe(false);
  button.tap();
  expect(scenario.eventsAfter(1000)).toMatchObject([paytap('idle')]);
});

test.each([
  ['closed', '已关闭'],
  ['paid', '已支付'],
] as const)(
  'a button is locked and shows the status when the order-summary of its page shows %s',
  (status, word) => {
    const scenario = new Scenario();
    const { order, orderInfo } = scenario.createOrder();
    order.status = status;
    const [button] = scenario.openPage([
      { name: 'order-summary', properties: { orderUrl: '/order?tpOrderId=T1' } },
      { statusUrl: '/status', orderInfo },
    ]).buttons;
    scenario.advance(1000);
    scenario.takeEvents();
    expect(button!.data.locked).toBe(true);
    expect(String(button!.data.label)).toContain(word.slice(1));
    button!.tap();
    expect(newsAfter(scenario, 5000)).toEqual([]);
    expect(scenario.cashier.calls).toHaveLength(0);
  },
);

test('a button is locked when the order-summary of its order-key shows closed', () => {
  const scenario = new Scenario();
  scenario.createOrder().order.status = 'closed';
  const [button, other] = scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: '/order?tpOrderId=T1', orderKey: 'desk-7' } },
    { ...TEA, orderKey: 'desk-7' },
    CUP,
  ]).buttons;
  scenario.advance(1000);
  expect(button!.data.locked).toBe(true);
  expect(other!.data.locked).toBe(false);
});

test('a button is not locked when the order-summary that shows closed is on another page', () => {
  const scenario = new Scenario();
  const { order, orderInfo } = scenario.createOrder();
  order.status = 'closed';
  scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/order?tpOrderId=T1' } }]);
  scenario.advance(1000);
  const button = openButton(scenario, { statusUrl: '/status', orderInfo });
  expect(button.data.locked).toBe(false);
});

test('a button fires paysuccess when an order-summary loads its unsettled order as paid', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openButton(scenario, { orderInfo });
  scenario.plan({ callback: 'failed', notifyDelay: 20000 });
  button.tap();
  scenario.advance(30000);
  scenario.takeEvents();
  scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: '/order?tpOrderId=T1' } },
    { orderInfo },
  ]);
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
});

test.each([
  ['paid', '已支付'],
  ['refunded', '已退款'],
  ['closed', '已关闭'],
])(
  'a button is locked when the order-summary of its order-key shows %s under an order number that is not that of its order-info',
  (status, label) => {
    const scenario = new Scenario();
    const { order, orderInfo } = scenario.createOrder();
    const shown = { ...scenario.backend.orderView(order), tpOrderId: 'O77', status };
    const page = scenario.openPage([
      { name: 'order-summary', properties: { order: shown, orderKey: 'k' } },
      { statusUrl: '/status', orderKey: 'k', orderInfo },
    ]);
    scenario.advance(100);
    expect(page.buttons[0]!.data.label).toBe(label);
    page.buttons[0]!.tap();
    expect(newsAfter(scenario, 10000)).toEqual([]);
  },
);
