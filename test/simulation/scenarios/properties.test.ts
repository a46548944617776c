/** What a button's properties mean for a payment: the goods as they are sent, what the cashier gets, what is drawn. */
import type { PaymentOptions } from '../../../utils/host/swan';
import { bundleLibrary } from '../fakes/library';
import { CREATE, Scenario, settled, useLibrary } from '../scenario';
import { paycancel, payfail, paysuccess } from '../timeline-events';
import { asks, calledOrders, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

const boughtIn = (scenario: Scenario): string[] =>
  scenario.backend.orders.map(({ goods, status }) => `${goods} ${status}`);

describe('the identity of goods', () => {
  test('goods differ when a Date in the payload differs', () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    for (const day of [1e12, 2e12]) {
      button.pay({ payload: { goods: 'room', day: new Date(day) } });
      scenario.advance(20000);
    }
    expect(boughtIn(scenario)).toEqual(['room paid', 'room paid']);
  });

  test('goods are the same when an undefined field is left out after a restart', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('none'));
    openButton(scenario).pay({ payload: { goods: 'tea', coupon: undefined } });
    scenario.advance(3000);
    scenario.kill();
    expect(openButton(scenario).phase).toBe('pending');
  });

  test('goods are the same when the fields are in another order, and {} is sent when there is no payload', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('none'));
    openButton(scenario, { ...TEA, orderPayload: { goods: 'tea', size: 1 } }).tap();
    scenario.advance(3000);
    scenario.kill();
    expect(openButton(scenario, { ...TEA, orderPayload: { size: 1, goods: 'tea' } }).phase).toBe('pending');
    openButton(scenario, { createUrl: '/orders' }).tap();
    scenario.advance(200);
    expect(scenario.backend.received.slice(-1)).toMatchObject([{ data: {} }]);
  });

  test('payload and header are sent as objects when they are JSON text', () => {
    const scenario = new Scenario();
    openButton(scenario, { ...TEA, orderPayload: '{"goods":"tea"}', header: '{"cookie":"a"}' }).tap();
    scenario.advance(20000);
    expect(scenario.backend.received[0]).toMatchObject({ data: { goods: 'tea' }, header: { cookie: 'a' } });
    expect(boughtIn(scenario)).toEqual(['tea paid']);
  });

  test('payfail has reason order-invalid, and the console names order-payload, when the payload is circular', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, CREATE);
    const payload: Record<string, unknown> = { goods: 'tea' };
    payload.self = payload;
    button.pay({ payload });
    expect(newsAfter(scenario, 3000)).toMatchObject([payfail('', { reason: 'order-invalid' })]);
    expect(scenario.console('error')).toEqual([
      expect.stringMatching(/^pay-button: order-payload cannot be written/),
    ]);
  });

  test('goods differ when method or create-url differs', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('none'));
    openButton(scenario).tap();
    scenario.advance(3000);
    scenario.kill();
    expect(openButton(scenario, { ...TEA, method: 'PUT' }).phase).toBe('idle');
    expect(openButton(scenario, { ...TEA, createUrl: '/others' }).phase).toBe('idle');
    expect(openButton(scenario, { ...TEA, method: 'post' }).phase).toBe('pending');
  });

  test('goods differ when the order-key differs', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...TEA, orderKey: 'one' });
    button.pay();
    scenario.advance(5);
    button.set({ orderKey: 'other' });
    scenario.advance(20);
    button.pay();
    expect(newsAfter(scenario, 20000)).toMatchObject([
      paycancel('', { by: 'superseded', orderKey: 'one' }),
      { cashier: 'T2' },
      paysuccess('T2', { orderKey: 'other' }),
    ]);
    expect(boughtIn(scenario)).toEqual(['tea unpaid', 'tea paid']);
  });
});

describe('a ready orderInfo', () => {
  test('the cashier gets the orderInfo with the extra properties when a button sets them', () => {
    const scenario = new Scenario();
    const seen: object[] = [];
    const { orderInfo } = scenario.createOrder();
    const button = openButton(scenario, {
      orderInfo,
      payResultUrl: '/pages/result/result',
      inlinePaySign: 'sign',
      promotionTag: 'a,b',
      bannedChannels: ['Alipay'],
    });
    scenario.host.configure({ requestPayment: (options: PaymentOptions) => void seen.push({ ...options }) });
    button.tap();
    scenario.advance(100);
    const more = { payResultUrl: '/pages/result/result', inlinePaySign: 'sign', promotionTag: 'a,b' };
    expect(seen).toEqual([
      {
        orderInfo: { ...orderInfo, ...more },
        bannedChannels: ['Alipay'],
        success: expect.any(Function),
        fail: expect.any(Function),
      },
    ]);
  });

  test('pay() pays its orderInfo when the button has no properties', async () => {
    const scenario = new Scenario();
    const { orderInfo } = scenario.createOrder();
    const promise = openButton(scenario, {}).pay({ orderInfo });
    expect(newsAfter(scenario, 60000)).toMatchObject([
      { cashier: 'T1' },
      paysuccess('T1', { verified: false }),
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
  });

  test('a button stays paid when orderInfo is a new object of the same order, and is idle when it is another order', () => {
    const scenario = new Scenario();
    const { orderInfo } = scenario.createOrder();
    const other = scenario.createOrder('cup');
    const button = openButton(scenario, { orderInfo });
    button.tap();
    scenario.advance(10000);
    button.set({ orderInfo: { ...orderInfo } });
    scenario.advance(50);
    button.tap();
    scenario.advance(5000);
    expect(calledOrders(scenario)).toEqual(['T1']);
    button.set({ orderInfo: other.orderInfo });
    scenario.advance(50);
    expect(button.phase).toBe('idle');
  });

  test('the question is about the same order when its orderInfo came from create-url', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('none'));
    openButton(scenario).tap();
    scenario.advance(3000);
    scenario.kill();
    scenario.takeEvents();
    scenario.host.modal.answer = 'yes';
    const orderInfo = scenario.backend.orderInfo(scenario.backend.orders[0]!);
    const button = openButton(scenario, { orderInfo, statusUrl: '/status' });
    expect(button.phase).toBe('pending');
    scenario.advance(10000);
    button.tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([asks('同一笔'), { cashier: 'T1' }, paysuccess('T1')]);
  });
});

describe('setData', () => {
  test('a button calls no setData when no visible value changed', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...CREATE, amount: '1999' });
    expect(button.setDataCount).toBe(1);
    scenario.host.hide();
    scenario.advance(100);
    scenario.host.show();
    button.set({ orderPayload: { goods: 'cup' }, amount: 1999, header: { a: 'b' }, toast: 'none' });
    scenario.advance(1000);
    scenario.host.configure({ header: { a: 'c' } });
    scenario.advance(1000);
    expect(button.setDataCount).toBe(1);
  });

  test('a detached button calls no setData and creates no order when its page calls pay()', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, CREATE);
    button.detach();
    const before = button.setDataCount;
    button.pay();
    scenario.advance(10000);
    expect(button.setDataCount).toBe(before);
    expect(scenario.backend.orders).toEqual([]);
  });

  test('a button calls setData once per phase when a payment runs', () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    button.tap();
    scenario.advance(20000);
    expect([button.phase, button.phaseChanges, button.setDataCount]).toEqual(['paid', 4, 5]);
  });
});

describe('virtual-goods', () => {
  test.each([
    [true, 'false', 'true'],
    [false, 'true', 'false'],
  ])(
    'a button is hidden on iOS: %s, when virtual-goods alone changes from %s to %s',
    (isHidden, before, after) => {
      const scenario = new Scenario({ host: { platform: 'ios' } });
      const button = openButton(scenario, { ...TEA, virtualGoods: before === 'true' });
      button.set({ virtualGoods: after === 'true' });
      scenario.advance(100);
      expect(button.data.absent).toBe(isHidden);
    },
  );

  test('virtual goods are hidden on iOS when getSystemInfoSync failed once', () => {
    const load = bundleLibrary();
    let calls = 0;
    useLibrary(globals => {
      const swan = globals.swan as { getSystemInfoSync: () => object };
      swan.getSystemInfoSync = () => (calls++ ? { platform: 'ios' } : { errCode: 1001, errMsg: 'busy' });
      return load(globals);
    });
    const scenario = new Scenario({ host: { platform: 'ios' } });
    useLibrary(undefined);
    const properties = { ...TEA, virtualGoods: true };
    scenario.open(properties);
    expect(openButton(scenario, properties).data.absent).toBe(true);
  });
});

test('a check replaces {tpOrderId} when the status-url has it in path and query', () => {
  const scenario = new Scenario();
  openButton(scenario, { ...CREATE, statusUrl: '/status/{tpOrderId}?tpOrderId={tpOrderId}' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
  expect(scenario.backend.checks.map(({ url }) => url)).toContain(
    'https://shop.example/status/T1?tpOrderId=T1',
  );
});
