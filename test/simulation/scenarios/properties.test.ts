/** What a button's properties mean for a payment: the goods as they are sent, what the cashier gets, what is drawn. */
import type { PaymentOptions } from '../../../utils/host/swan';
import { CREATE, Scenario, settled } from '../scenario';
import { paycancel, payfail, paysuccess } from '../timeline-events';
import { asks, calledOrders, newsAfter, openButton, TEA, unpaid } from './story-helpers';

const boughtIn = (scenario: Scenario): string[] =>
  scenario.backend.orders.map(({ goods, status }) => `${goods} ${status}`);

describe('Goods are what is sent', () => {
  test('another Date is another booking', () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    for (const day of [1e12, 2e12]) {
      button.pay({ payload: { goods: 'room', day: new Date(day) } });
      scenario.advance(20000);
    }
    expect(boughtIn(scenario)).toEqual(['room paid', 'room paid']);
  });

  test('a field that is undefined is as good as absent, also after a restart', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('none'));
    openButton(scenario).pay({ payload: { goods: 'tea', coupon: undefined } });
    scenario.advance(3000);
    scenario.kill();
    expect(openButton(scenario).phase).toBe('pending');
  });

  test('the order of its fields does not matter, and no payload is an empty object', () => {
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

  test('JSON text is what it says', () => {
    const scenario = new Scenario();
    openButton(scenario, { ...TEA, orderPayload: '{"goods":"tea"}', header: '{"cookie":"a"}' }).tap();
    scenario.advance(20000);
    expect(scenario.backend.received[0]).toMatchObject({ data: { goods: 'tea' }, header: { cookie: 'a' } });
    expect(boughtIn(scenario)).toEqual(['tea paid']);
  });

  test('a payload that cannot be written is refused, and named', () => {
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

  test('a method or an address is part of them', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('none'));
    openButton(scenario).tap();
    scenario.advance(3000);
    scenario.kill();
    expect(openButton(scenario, { ...TEA, method: 'PUT' }).phase).toBe('idle');
    expect(openButton(scenario, { ...TEA, createUrl: '/others' }).phase).toBe('idle');
    expect(openButton(scenario, { ...TEA, method: 'post' }).phase).toBe('pending');
  });

  test('the same goods under two keys are two purchases', () => {
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

describe('A ready orderInfo', () => {
  test('goes to the cashier as it is, with what the page adds', () => {
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

  test('given to pay() counts before the properties arrive', async () => {
    const scenario = new Scenario();
    const { orderInfo } = scenario.createOrder();
    const promise = openButton(scenario, {}).pay({ orderInfo });
    expect(newsAfter(scenario, 60000)).toMatchObject([
      { cashier: 'T1' },
      paysuccess('T1', { verified: false }),
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
  });

  test('paid once is locked, also for a new object of the same order', () => {
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

  test('of an order that create-url made is the same order: the question is not about a new one', () => {
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

describe('Nothing is drawn', () => {
  test('when nothing that can be seen changed', () => {
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

  test('on a button that was removed, although its page still pays with it', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, CREATE);
    button.detach();
    const before = button.setDataCount;
    button.pay();
    scenario.advance(10000);
    expect(button.setDataCount).toBe(before);
    expect(scenario.cashier.calls).toEqual([]);
  });

  test('more than once for each phase of a payment', () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    button.tap();
    scenario.advance(20000);
    expect([button.phase, button.phaseChanges, button.setDataCount]).toEqual(['paid', 4, 5]);
  });
});

test('status-url is asked with the number where it says {tpOrderId}', () => {
  const scenario = new Scenario();
  openButton(scenario, { ...CREATE, statusUrl: '/status/{tpOrderId}?tpOrderId={tpOrderId}' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
  expect(scenario.backend.checks.map(({ url }) => url)).toContain(
    'https://shop.example/status/T1?tpOrderId=T1',
  );
});
