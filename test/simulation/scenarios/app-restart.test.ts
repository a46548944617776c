/** What a payment comes to when the app is killed in the middle of it. */
import { Scenario } from '../scenario';
import { payfail, paypending, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, HOUR, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

const cart = (updatedAt: number): object => ({ goods: 'tea', updatedAt });

/** Tapped, and killed 5 s later while the cashier still shows its sheet. */
function killInCashier(scenario: Scenario, charges: boolean, properties: object = TEA): void {
  scenario.plan({ charges, closeDelay: 60000, openFor: 2000 });
  openButton(scenario, { ...properties }).tap();
  scenario.advance(5000);
  scenario.kill();
  scenario.takeEvents();
}

test('the question says paid before another cashier call when the payload has another updatedAt after the kill', () => {
  const scenario = new Scenario();
  killInCashier(scenario, true, { ...TEA, orderPayload: cart(1) });

  const again = openButton(scenario, { ...TEA, orderPayload: cart(2) });
  scenario.host.modal.answer = 'yes';
  again.tap();
  expect(newsAfter(scenario, 30000)).toMatchObject([
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2', { resumed: false }),
  ]);
});

test('paysuccess with resumed is fired, without another order, when the same goods are shown after the kill', () => {
  const scenario = new Scenario();
  killInCashier(scenario, true);

  openButton(scenario);
  expect(newsAfter(scenario, 30000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
  expect(scenario.backend.creates).toBe(1);
});

test('the question says closed when the shop closed the order after the kill and the payload changed', () => {
  const scenario = new Scenario();
  killInCashier(scenario, true, { ...TEA, orderPayload: cart(1) });
  scenario.backend.order('T1')!.status = 'closed';

  const again = openButton(scenario, { ...TEA, orderPayload: cart(2) });
  again.tap();
  expect(newsAfter(scenario, 30000)).toMatchObject([
    asks('「tea」¥19.99', '已关闭'),
    expect.objectContaining({ event: 'paycancel' }),
  ]);
  expect(scenario.cashier.calls).toHaveLength(1);
});

test('payfail has reason closed and mayBePaid when the shop closed the order after the kill', () => {
  const scenario = new Scenario();
  killInCashier(scenario, true);
  scenario.backend.order('T1')!.status = 'closed';

  openButton(scenario);
  expect(newsAfter(scenario, 30000)).toMatchObject([payfail('T1', { reason: 'closed', mayBePaid: true })]);
});

test('a restarted app checks at 0, 3 and 6 s when an order was left at the cashier', () => {
  const scenario = new Scenario();
  killInCashier(scenario, false);

  const button = openButton(scenario);
  expect(button.phase).toBe('pending');
  const times: number[] = [];
  for (let ms = 50; ms < 30000; ms += 50) {
    const before = scenario.backend.checks.length;
    scenario.advance(50);
    if (scenario.backend.checks.length > before) times.push(Math.round(ms / 1000));
  }
  expect(scenario.backend.checks.length).toBe(3);
  expect(times).toEqual([3, 6]);
});

test('a restarted app fires paysuccess when the notification arrives 4 s later', () => {
  const scenario = new Scenario();
  killInCashier(scenario, false);
  openButton(scenario);
  scenario.advance(4000);
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 4000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
});

test('a button is paid when Web 态 loaded the app again on return from the cashier', () => {
  const scenario = new Scenario();
  const properties = { ...TEA, payResultUrl: '/pages/result' };
  killInCashier(scenario, true, properties);
  const button = openButton(scenario, properties);
  scenario.advance(1000);
  expect(button.phase).toBe('paid');
});

test('the question is shown for other goods when the app was killed during the call', () => {
  const scenario = new Scenario();
  killInCashier(scenario, false);
  const cup = openButton(scenario, CUP);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '未收到付款'),
    expect.objectContaining({ event: 'paycancel' }),
  ]);
});

test('a new order is created when the app was killed before the cashier call', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(60); // the create request has arrived
  scenario.kill();
  expect(scenario.host.storage.text()).not.toContain('T1');
  openButton(scenario).tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T2']);
});

test('the same order is called again when it was cancelled before the kill', () => {
  const scenario = new Scenario();
  scenario.plan(unpaid('cancel'));
  openButton(scenario).tap();
  scenario.advance(5000);
  scenario.kill();
  openButton(scenario).tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
});

test('an undelivered outcome is fired once when the app is killed before and after it', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  scenario.plan({ openFor: 1000 });
  tea!.tap();
  scenario.advance(500);
  tea!.detach(); // no button shows tea any more
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }]);
  scenario.kill();
  openButton(scenario);
  expect(newsAfter(scenario, 20000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  scenario.kill();
  openButton(scenario);
  expect(newsAfter(scenario, 20000)).toEqual([]);
});

const WITHOUT_STATUS = { ...TEA, statusUrl: '' };

test('a button is pending without a check, and its tap shows the question, when there is no status-url', () => {
  const scenario = new Scenario();
  killInCashier(scenario, false, WITHOUT_STATUS);
  const button = openButton(scenario, WITHOUT_STATUS);
  scenario.advance(20000);
  expect(button.phase).toBe('pending');
  expect(scenario.backend.checks).toHaveLength(0);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([asks('「tea」¥19.99', '同一笔'), paypending('T1')]);
});

test('an attempt succeeds when there is no status-url and create-url says paid', () => {
  const scenario = new Scenario();
  killInCashier(scenario, true, WITHOUT_STATUS);
  openButton(scenario, WITHOUT_STATUS).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
});

describe('what was paid before a restart and delivered after it', () => {
  const ORDER_KEY = { ...TEA, orderKey: 'cart-7' };

  /** Its page is closed before the shop knows of the payment; then the app is killed. */
  function leavePaid(scenario: Scenario, properties: object): void {
    scenario.openPage([]);
    scenario.plan({ notifyDelay: 4000 });
    openButton(scenario, { ...properties }).tap();
    scenario.advance(3000);
    scenario.host.closePage();
    scenario.advance(60000);
    scenario.kill();
    scenario.openPage([]);
    scenario.takeEvents();
  }

  test.each<[string, (scenario: Scenario) => object]>([
    ['an order-key', () => ORDER_KEY],
    ['an order-info', scenario => ({ orderInfo: scenario.createOrder().orderInfo, statusUrl: '/status' })],
  ])('stays paid on the next page when it has %s', (_name, propertiesOf) => {
    const scenario = new Scenario();
    const properties = propertiesOf(scenario);
    leavePaid(scenario, properties);
    const button = openButton(scenario, { ...properties });
    expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1')]);
    expect(button.data.label).toBe('已支付');
    scenario.host.closePage();
    scenario.advance(5000);
    const again = openButton(scenario, { ...properties });
    scenario.advance(3000);
    expect(again.data.label).toBe('已支付');
    again.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1']);
  });

  test('is paid on the page when resumePending() has returned it', async () => {
    const scenario = new Scenario();
    leavePaid(scenario, ORDER_KEY);
    expect(await scenario.resumePending(8000)).toMatchObject([{ outcome: 'success' }]);
    const button = openButton(scenario, ORDER_KEY);
    scenario.advance(3000);
    expect(button.data.label).toBe('已支付');
  });

  test('is not called again when its order-info was refunded', () => {
    const scenario = new Scenario();
    const properties = { orderInfo: scenario.createOrder().orderInfo, statusUrl: '/status' };
    scenario.openPage([]);
    scenario.plan({ notifyDelay: 4000 });
    openButton(scenario, { ...properties }).tap();
    scenario.advance(3000);
    scenario.host.closePage();
    scenario.backend.order('T1')!.status = 'refunded';
    scenario.advance(60000);
    scenario.kill();
    scenario.openPage([]);
    scenario.takeEvents();
    const button = openButton(scenario, { ...properties });
    expect(newsAfter(scenario, 5000)).toMatchObject([payfail('T1', { reason: 'refunded' })]);
    button.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1']);
  });

  test('is called paid, not closed, by payfail when no button received it for a day', () => {
    const scenario = new Scenario();
    const properties = { orderInfo: scenario.createOrder().orderInfo, statusUrl: '/status' };
    leavePaid(scenario, properties);
    scenario.world.jumpDevice(25 * HOUR);
    const button = openButton(scenario, { ...properties });
    scenario.advance(3000);
    scenario.takeEvents();
    button.tap();
    expect(newsAfter(scenario, 5000)).toMatchObject([payfail('T1', { message: '已支付' })]);
  });
});
