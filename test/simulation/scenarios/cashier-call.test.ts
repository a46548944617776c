/** The last step before the cashier: all that must hold at the moment of the call. */
import { CREATE, Scenario } from '../scenario';
import { on, paycancel, payfail, paypending, paysuccess } from '../timeline-events';
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

test('a call waits until 1100 ms after the previous one when the button is tapped again earlier', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel', { openFor: 100 }));
  button.tap();
  scenario.advance(400);
  button.tap();
  scenario.advance(10000);
  const [first, second] = scenario.cashier.calls;
  expect(second!.at - first!.at).toBeGreaterThanOrEqual(1100);
  expect(second!.at - first!.at).toBeLessThan(1200);
});

test('the cashier opens when the page calls pay() in onReady', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  scenario.openPage([{ ...STATUS_ONLY, manual: true }], {
    onReady: page => void page.buttons[0]!.pay({ orderInfo }),
  });
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('the cashier opens when the page calls pay() in onShow on return from the login page', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  let isLoggedIn = false;
  scenario.openPage([{ ...STATUS_ONLY, manual: true }], {
    onShow: page => isLoggedIn && void page.buttons[0]!.pay({ orderInfo }),
  });
  scenario.host.top!.buttons[0]!.tap();
  scenario.openPage([]);
  scenario.advance(3000);
  isLoggedIn = true;
  scenario.host.closePage();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

const STATUS_ONLY = { statusUrl: '/status' };

test.each([
  [700, 'opens'],
  [1500, 'stays closed'],
])('when the app was in the background for %i ms, the cashier %s', (ms, what) => {
  const scenario = new Scenario();
  openButton(scenario).tap();
  scenario.advance(40);
  scenario.host.hide();
  scenario.advance(40 + ms);
  scenario.host.show();
  const news = newsAfter(scenario, 10000);
  expect(news).toMatchObject(
    what === 'opens' ? [{ cashier: 'T1' }, paysuccess('T1')] : [paycancel('T1', { by: 'left' })],
  );
});

test('the cashier stays closed when another page is opened during the create request', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openButton(scenario), 'tea');
  tea.tap();
  scenario.advance(20);
  scenario.openPage([]);
  expect(newsAfter(scenario, 10000)).toMatchObject([on('tea', paycancel('T1', { by: 'left' }))]);
  expect(scenario.cashier.calls).toHaveLength(0);
});

test('the cashier stays closed when pay() is called on a page below another', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.openPage([]);
  void button.pay();
  expect(newsAfter(scenario, 10000)).toMatchObject([paycancel('T1', { by: 'left' })]);
});

test('the cashier stays closed when the button is detached during the create request', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  const paid = tea!.pay();
  scenario.advance(20);
  tea!.detach();
  scenario.advance(10000);
  expect(scenario.cashier.calls).toHaveLength(0);
  return expect(paid).resolves.toMatchObject({ outcome: 'cancel', by: 'detached' });
});

test('the cashier stays closed when the lines of the order-summary on the page do not add up to the total', () => {
  const scenario = new Scenario();
  const { order, orderInfo } = scenario.createOrder();
  scenario.backend.respond = ({ url }, good) => {
    if (!/\/order\?/.test(url)) return undefined;
    const view = (good as { data: { lines: object[] } }).data;
    return {
      statusCode: 200,
      data: { errno: 0, data: { ...view, lines: [{ ...view.lines[0], amount: 1, unitAmount: 1 }] } },
    };
  };
  const { buttons } = scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: `/order?tpOrderId=${order.tpOrderId}` } },
    { ...STATUS_ONLY, orderInfo },
  ]);
  scenario.advance(500);
  void buttons[0]!.pay();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'order-invalid' })]);
  expect(scenario.cashier.calls).toHaveLength(0);
});

test('an attempt checks again and shows the question when an accepted order fails with 6 while the app is in the background', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed', { openFor: 500, callbackDelay: 20000 }), unpaid('cancel', { openFor: 500 }));
  scenario.host.modal.answer = 'yes';
  tea!.tap(); // answered at 20.58 s
  scenario.advance(6000);
  tea!.tap(); // lost
  scenario.advance(500);
  cup!.tap(); // accepts tea, cancelled
  scenario.advance(13900);
  scenario.host.modal.answer = 'no';
  scenario.takeEvents();
  cup!.tap();
  scenario.host.hide();
  scenario.advance(500); // the cashier answers 6
  expect(scenario.takeEvents().filter(entry => 'question' in entry)).toEqual([]);
  const before = scenario.backend.checks.length;
  scenario.host.show();
  expect(newsAfter(scenario, 15000)).toMatchObject([asks('「tea」'), paycancel('T2', { by: 'user' })]);
  expect(scenario.backend.checks.length).toBeGreaterThan(before);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('the order is written to storage once when the cashier is called', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  let writes = 0;
  const set = scenario.host.storage.set.bind(scenario.host.storage);
  scenario.host.storage.set = (key, value) => {
    writes++;
    return set(key, value);
  };
  button.tap();
  scenario.advance(500);
  expect(calledOrders(scenario)).toEqual(['T1']);
  expect(writes).toBe(1);
  expect(scenario.host.storage.text()).toContain('T1');
  expect(scenario.host.traces).toContainEqual(expect.objectContaining({ event: 'call', durable: true }));
});

test('the cashier is not called when the goods change after the user agreed to pay the same order', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(500);
  button.set({ orderPayload: { goods: 'cup' } });
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paypending('T1')]);
  expect(scenario.console('warn').join()).toMatch(/changed after the tap: goods$/);
});

test('an attempt fails as unsupported when the host has no cashier', () => {
  const scenario = new Scenario({ host: { noCashier: true } });
  openButton(scenario, CREATE).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { reason: 'unsupported', mayBePaid: false })]);
  expect(scenario.backend.creates).toBe(0);
});

test('an attempt fails as virtual-goods-ios when the goods are virtual and the phone runs iOS', async () => {
  const scenario = new Scenario({ host: { platform: 'ios' } });
  const button = openButton(scenario, { ...CREATE, virtualGoods: true });
  void button.pay();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    payfail('', { reason: 'virtual-goods-ios', mayBePaid: false }),
  ]);
  expect(scenario.backend.creates).toBe(0);
});

test('the cashier stays closed when the order-summary of its order-key shows closed during the create request', () => {
  const scenario = new Scenario();
  const { order } = scenario.createOrder();
  const [summary, button] = scenario.openPage([
    { name: 'order-summary', properties: { orderKey: 'desk-7', order: scenario.backend.orderView(order) } },
    { ...TEA, orderKey: 'desk-7' },
  ]).components;
  button!.tap();
  scenario.advance(60);
  summary!.set({ order: scenario.backend.orderView({ ...order, status: 'closed' }) });
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T2', { reason: 'closed', mayBePaid: false })]);
  expect(scenario.cashier.calls).toHaveLength(0);
});
