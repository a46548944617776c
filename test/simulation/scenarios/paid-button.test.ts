/** How long a button shows that its goods are paid. */
import { Scenario, settled } from '../scenario';
import { paycancel, paysuccess, paytap } from '../timeline-events';
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

const KEYED = { ...TEA, orderKey: 'desk-7' };

function buy(scenario: Scenario, properties: object = TEA): ReturnType<typeof openButton> {
  const button = openButton(scenario, { ...properties });
  button.tap();
  scenario.advance(10000);
  scenario.takeEvents();
  return button;
}

test.each([
  ['with', TEA],
  ['without', { ...TEA, statusUrl: '' }],
])('the same goods are a new purchase when their page was closed, %s status-url', (_, properties) => {
  const scenario = new Scenario();
  openButton(scenario, CUP);
  buy(scenario, properties);
  scenario.host.closePage();
  const again = openButton(scenario, properties);
  expect(again.phase).toBe('idle');
  again.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2', { resumed: false })]);
});

test('a paid button is idle, and its next tap creates a new order, when its tab page comes back', () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  expect(button.phase).toBe('paid');
  const [home] = [scenario.host.top!];
  scenario.host.switchTab(() => scenario.host.openPage([{ properties: CUP }]));
  scenario.advance(1000);
  scenario.host.switchTab(() => home);
  scenario.advance(1000);
  expect(scenario.host.top).toBe(home);
  expect(button.phase).toBe('idle');
  button.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('a button stays paid when another page was opened and closed above it', () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  scenario.openPage([]);
  scenario.advance(2000);
  scenario.host.closePage();
  scenario.advance(2000);
  expect(button.phase).toBe('paid');
});

test('a button stays paid when the app was in the background', () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  scenario.host.hide();
  scenario.advance(20000);
  scenario.host.show();
  scenario.advance(1000);
  expect(button.phase).toBe('paid');
});

test('a button is idle when its goods change, and when they change back', () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  expect(button.phase).toBe('idle');
  button.set({ orderPayload: { goods: 'tea' } });
  scenario.advance(100);
  expect(button.phase).toBe('idle');
});

test('a tap fires only paytap when the button is paid', () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  button.tap();
  expect(scenario.eventsAfter(5000)).toMatchObject([paytap('paid')]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('pay() resolves to the earlier outcome without an event when the button is paid', async () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  const outcome = await settled(button.pay());
  expect(outcome).toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: true, verified: true });
  expect(scenario.eventsAfter(5000)).toEqual([]);
});

test('a paid button is idle, and its next tap creates a new order, when reset() was called', () => {
  const scenario = new Scenario();
  const button = buy(scenario);
  expect(button.reset()).toBe(true);
  expect(button.phase).toBe('idle');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test.each([
  [2900, false],
  [3100, true],
])('another button of the page takes a tap when it comes %i ms after a success: %s', (ms, isTaken) => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ notifyDelay: 0 });
  tea!.tap();
  while (!scenario.takeEvents().some(entry => 'event' in entry && entry.event === 'paysuccess'))
    scenario.advance(10);
  scenario.advance(ms);
  cup!.tap();
  const events = scenario.eventsAfter(0);
  expect(isTaken ? events.slice(0, 1) : events).toMatchObject([paytap('idle')]);
  const news = newsAfter(scenario, 10000);
  expect(news).toMatchObject(isTaken ? [{ cashier: 'T2' }, paysuccess('T2')] : []);
});

test('pay() ends as busy when it comes within 3 s after a success on its page', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(4000);
  scenario.takeEvents();
  void cup!.pay();
  expect(newsAfter(scenario, 5000)).toMatchObject([paycancel('', { by: 'busy' })]);
});

test('a tap pays when it comes within 3 s after a success on another page', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  tea.tap();
  scenario.advance(3500);
  scenario.takeEvents();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('a button is paid when its order-key was paid on another page', async () => {
  const scenario = new Scenario();
  openButton(scenario, CUP);
  buy(scenario, KEYED);
  scenario.host.closePage();
  const again = openButton(scenario, KEYED);
  expect(again.phase).toBe('paid');
  expect(await settled(again.pay())).toMatchObject({
    outcome: 'success',
    tpOrderId: 'T1',
    resumed: true,
    orderKey: 'desk-7',
  });
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('a button is idle when its order-key was paid for other goods or before a restart', () => {
  const scenario = new Scenario();
  buy(scenario, KEYED);
  expect(openButton(scenario, { ...KEYED, orderPayload: { goods: 'cup' } }).phase).toBe('idle');
  scenario.kill();
  expect(openButton(scenario, KEYED).phase).toBe('idle');
});

test('another button of the order-key is idle when reset() was called', () => {
  const scenario = new Scenario();
  const button = buy(scenario, KEYED);
  expect(button.reset()).toBe(true);
  expect(openButton(scenario, KEYED).phase).toBe('idle');
});

test('a button is paid when the page of its paid ready order is opened again', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  openButton(scenario, CUP);
  buy(scenario, { statusUrl: '/status', orderInfo });
  scenario.host.closePage();
  const again = openButton(scenario, { statusUrl: '/status', orderInfo });
  expect(again.phase).toBe('paid');
  again.tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test("bob's button is idle when ann has paid its order-key", () => {
  const scenario = new Scenario();
  scenario.setUser('ann');
  buy(scenario, KEYED);
  scenario.setUser('bob');
  expect(openButton(scenario, KEYED).phase).toBe('idle');
});

test('the same goods are a new purchase when the button called the cashier for other goods in between', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(10000);
  scenario.plan(unpaid('cancel'));
  void button.pay({ payload: { goods: 'cup' } });
  scenario.advance(10000);
  void button.pay();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2', 'T3']);
});

test('a button stays paid when the app was in the background on a host without getCurrentPages', () => {
  const scenario = new Scenario({ host: { noGetCurrentPages: true } });
  const button = openButton(scenario);
  button.tap();
  scenario.advance(10000);
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(5000);
  expect(button.phase).toBe('paid');
});

test('a button shows refunded, and pay() fails, when an order-summary on its page loads the order as refunded', async () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const page = scenario.openPage([
    { name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } },
    { orderInfo, statusUrl: '/status' },
  ]);
  const button = page.buttons[0]!;
  scenario.advance(1000);
  button.tap();
  scenario.advance(10000);
  expect(button.phase).toBe('paid');
  scenario.backend.refund();
  scenario.backend.refund();
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(5000);
  expect(button.data.label).toBe('已退款');
  const promise = button.pay();
  scenario.advance(10000);
  expect(await promise).toMatchObject({ outcome: 'fail', reason: 'refunded', mayBePaid: false });
});

test('a manual button stays paid when its header changes', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openButton(scenario, { manual: true });
  void button.pay({ orderInfo });
  scenario.advance(20000);
  button.set({ header: { session: 'x' } });
  scenario.advance(1000);
  expect(button.phase).toBe('paid');
});

test('a new order is paid when a tab page comes back and calls pay() in onShow', async () => {
  const scenario = new Scenario();
  let pays = false;
  const page = scenario.openPage([{ ...TEA, manual: true }], {
    onShow: ({ buttons }) => void (pays && buttons[0]!.pay()),
  });
  void page.buttons[0]!.pay();
  await scenario.clock.advanceAsync(10000);
  scenario.host.switchTab(() => scenario.openPage([]));
  await scenario.clock.advanceAsync(5000);
  pays = true;
  scenario.takeEvents();
  scenario.host.switchTab(() => scenario.openPage([]));
  await scenario.clock.advanceAsync(20000);
  expect(newsAfter(scenario, 1)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2', { resumed: false })]);
});

test.each(['comes back after its tab was left', 'is opened again'])(
  'a manual button with an order-key sells the next cart when its page %s and then shows that price',
  how => {
    const scenario = new Scenario();
    const isTab = how !== 'is opened again';
    let payload = { goods: 'tea' };
    const open = () =>
      scenario.openPage([{ ...KEYED, orderPayload: null, manual: true, amount: 1999 }], {
        onEvent: (button, name) => void (name === 'paytap' && button.pay({ payload })),
      });
    if (!isTab) scenario.openPage([]);
    const first = open();
    first.buttons[0]!.tap();
    scenario.advance(10000);
    if (isTab) {
      scenario.host.switchTab(() => scenario.openPage([]));
      scenario.advance(1000);
      scenario.host.switchTab(() => scenario.openPage([]));
    } else {
      scenario.host.closePage();
    }
    const button = (isTab ? first : open()).buttons[0]!;
    button.tap();
    scenario.advance(10000);
    scenario.takeEvents();
    payload = { goods: 'cup' };
    button.set({ amount: 2199 });
    scenario.advance(100);
    expect(button.data.label).toBe('立即支付 ¥21.99');
    button.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  },
);

test('a manual button with an order-key stays paid on a new page when that then shows what the order came to', () => {
  const scenario = new Scenario();
  const open = () =>
    openPageThatPays(scenario, { ...KEYED, orderPayload: null, manual: true }, { goods: 'tea' });
  scenario.openPage([]);
  open().tap();
  scenario.advance(10000);
  scenario.host.closePage();
  scenario.advance(1000);
  const button = open();
  button.tap();
  scenario.advance(10000);
  button.set({ amount: 1999 });
  scenario.advance(100);
  expect(button.data.label).toBe('已支付');
});

function openPageThatPays(scenario: Scenario, properties: object, payload: object) {
  return scenario.openPage([{ ...properties }], {
    onEvent: (button, name) => void (name === 'paytap' && button.pay({ payload })),
  }).buttons[0]!;
}

test('goods stay paid on the next page when the order of earlier goods was paid for them during the question', () => {
  const scenario = new Scenario();
  openUnsettled(scenario, KEYED);
  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  scenario.kill();
  // The backend answers the order that this order-key has, also when its goods are others.
  scenario.backend.respond = ({ url }) =>
    /orders/.test(url) ? { statusCode: 200, data: { errno: 0, data: orderInfo } } : undefined;
  const changed = { ...KEYED, orderPayload: { goods: 'tea', note: 'hot' } };
  const [button] = scenario.open(changed, KEYED);
  scenario.host.modal.answer = 'none';
  button!.tap();
  expect(newsAfter(scenario, 1000)).toMatchObject([asks('未收到付款')]);
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 9000)).toMatchObject([paysuccess('T1')]);
  scenario.host.closePage();
  const next = openButton(scenario, changed);
  expect(next.phase).toBe('paid');
  next.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('a button stays paid when an order-summary on its page finds another order refunded', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([
    TEA,
    CUP,
    { name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T2' } },
  ]);
  const [tea, cup] = page.buttons;
  for (const button of [tea, cup]) {
    button!.tap();
    scenario.advance(10000);
  }
  scenario.backend.order('T2')!.status = 'refunded';
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(5000);
  expect([tea!.phase, cup!.phase]).toEqual(['paid', 'idle']);
});

test('a button stays paid when reset() is called on a button of other goods', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  for (const button of [tea, cup]) {
    button!.tap();
    scenario.advance(10000);
  }
  expect(cup!.reset()).toBe(true);
  expect([tea!.phase, cup!.phase]).toEqual(['paid', 'idle']);
});

test.each([
  ['this button, whose goods have changed', 0],
  ['another button of these goods', 1],
])('reset() ends the attempt of %s', (_whose, index) => {
  const scenario = new Scenario();
  const buttons = scenario.open(TEA, TEA);
  scenario.backend.mode = 'slow';
  buttons[0]!.tap();
  scenario.advance(100);
  if (!index) buttons[0]!.set({ orderPayload: CUP.orderPayload });
  scenario.advance(20);
  expect(buttons[index]!.reset()).toBe(true);
  expect(newsAfter(scenario, 20000)).toMatchObject([paycancel('', { by: 'reset' })]);
});
