/** What a button shows as paid, by its properties or by what pay() was given, is bought by no tap. */
import { Scenario, settled } from '../scenario';
import { paytap } from '../timeline-events';
import { calledOrders, openButton, TEA, unpaid } from './scenario-helpers';

const SAME = { payload: { goods: 'tea' } };

describe('a button that shows paid', () => {
  test('fires paytap alone on a tap when pay() was given the payload of its properties', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...TEA, amount: 1999 });
    void button.pay(SAME);
    scenario.advance(10000);
    scenario.takeEvents();
    expect(button.data.label).toBe('已支付');
    button.tap();
    expect(scenario.eventsAfter(10000)).toMatchObject([paytap('paid')]);
  });

  test('fires paytap alone on a tap when pay() was given another order-key', () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    void button.pay({ orderKey: 'table-7' });
    scenario.advance(10000);
    expect(button.phase).toBe('paid');
    button.tap();
    scenario.advance(10000);
    expect(scenario.cashier.charges).toHaveLength(1);
  });

  test('resolves pay() to the old outcome when pay() was given other goods before', async () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    void button.pay({ payload: { goods: 'tea', express: true } });
    scenario.advance(10000);
    expect(button.phase).toBe('paid');
    const promise = button.pay();
    await scenario.clock.advanceAsync(10000);
    expect(await settled(promise)).toMatchObject({ tpOrderId: 'T1', resumed: true });
  });

  test('stays paid when the page set the payload that it gave to pay() as a property, too', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...TEA, orderPayload: null, amount: 1999 });
    button.set({ orderPayload: SAME.payload });
    void button.pay(SAME);
    scenario.advance(10000);
    expect(button.phase).toBe('paid');
    button.tap();
    scenario.advance(10000);
    expect(scenario.cashier.charges).toHaveLength(1);
  });

  test.each(['', 'cart-7'])(
    'buys nothing when the page makes a new order in paytap and its order-key is %j',
    orderKey => {
      const scenario = new Scenario();
      const page = scenario.openPage([{ manual: true, orderKey, statusUrl: '/status' }], {
        onEvent: (component, name) => {
          if (name === 'paytap') void component.pay({ orderInfo: scenario.createOrder().orderInfo });
        },
      });
      const button = page.buttons[0]!;
      button.tap();
      scenario.advance(10000);
      expect([button.data.label, button.data.locked]).toEqual(['已支付', true]);
      button.tap();
      scenario.advance(10000);
      expect(scenario.cashier.charges).toHaveLength(1);
    },
  );

  test('sells again when the page called reset() after the success', () => {
    const scenario = new Scenario();
    const page = scenario.openPage([{ manual: true, statusUrl: '/status' }], {
      onEvent: (component, name) => {
        if (name === 'paytap') void component.pay({ orderInfo: scenario.createOrder().orderInfo });
      },
    });
    const button = page.buttons[0]!;
    button.tap();
    scenario.advance(10000);
    expect(button.reset()).toBe(true);
    expect(button.data.label).toBe('立即支付');
    button.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  });

  test.each([
    ['other goods, which are cancelled', { payload: { goods: 'cup' } }],
    ['what cannot be paid', { payload: { goods: 'cup' }, amount: '6.80' }],
  ])('shows paid again when pay() was given %s', (_what, input) => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...TEA, orderKey: 'desk-7' });
    button.tap();
    scenario.advance(10000);
    scenario.plan(unpaid('cancel'));
    void button.pay(input);
    scenario.advance(10000);
    expect(button.data.label).toBe('已支付');
  });
});

test('a button on a tab page shows paid once when its payment was confirmed while the tab was away', () => {
  const scenario = new Scenario();
  const button = scenario.openPage([TEA]).buttons[0]!;
  scenario.plan({ notifyDelay: 20000 });
  button.tap();
  scenario.advance(6000);
  const leaveAndReturn = (): void => {
    scenario.host.switchTab(() => scenario.openPage([]));
    scenario.advance(30000);
    scenario.host.switchTab(() => scenario.openPage([]));
    scenario.advance(1000);
  };
  leaveAndReturn();
  expect(button.phase).toBe('paid');
  button.tap();
  scenario.advance(10000);
  expect(scenario.cashier.charges).toHaveLength(1);
  leaveAndReturn();
  expect(button.phase).toBe('idle');
});
