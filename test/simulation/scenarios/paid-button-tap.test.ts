/** What a button shows as paid, by its properties or by what pay() was given, is bought by no tap. */
import { Scenario, settled } from '../scenario';
import type { FakeComponent } from '../fakes/fake-component';
import { paysuccess, paytap } from '../timeline-events';
import { calledOrders, MINUTE, newsAfter, openButton, openUnsettled, TEA, unpaid } from './scenario-helpers';

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

describe('a manual button whose page asks its backend for an order first', () => {
  function openShop(orderKey = ''): { scenario: Scenario; button: FakeComponent; delay: { ms: number } } {
    const scenario = new Scenario();
    const delay = { ms: 300 };
    const page = scenario.openPage([{ manual: true, orderKey, statusUrl: '/status' }], {
      onEvent: (component, name) => {
        if (name !== 'paytap') return;
        const pay = (): void => void component.pay({ orderInfo: scenario.createOrder().orderInfo });
        scenario.host.later(delay.ms, pay);
      },
    });
    return { scenario, button: page.buttons[0]!, delay };
  }

  test.each(['', 'cart-7'])('buys nothing on a tap when it shows paid and its order-key is %j', orderKey => {
    const { scenario, button } = openShop(orderKey);
    button.tap();
    scenario.advance(10000);
    expect(button.data.label).toBe('已支付');
    button.tap();
    scenario.advance(10000);
    expect(scenario.cashier.charges).toHaveLength(1);
  });

  test('buys nothing on a tap when it shows paid and its page calls pay() without an order meanwhile', () => {
    const { scenario, button } = openShop();
    button.tap();
    scenario.advance(10000);
    button.tap();
    scenario.advance(100);
    void button.pay();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1']);
  });

  test('buys once when the order of the first tap comes after the second tap was paid', () => {
    const { scenario, button, delay } = openShop();
    delay.ms = 20000;
    button.tap();
    scenario.advance(2000);
    delay.ms = 300;
    button.tap();
    scenario.advance(40000);
    expect(scenario.cashier.charges).toHaveLength(1);
  });
});

describe('a button whose pay() was given what its properties name', () => {
  test.each([
    ['order-key', { orderKey: 'two' }],
    ['payload', { orderPayload: { goods: 'cup' } }],
    ['amount', { amount: 2999 }],
  ])('sells again when the %s changes afterwards', (name, change) => {
    const scenario = new Scenario();
    const button = openButton(scenario, { ...TEA, orderKey: 'one', amount: 1999 });
    void button.pay(SAME);
    scenario.advance(10000);
    expect(button.phase).toBe('paid');
    if (name === 'amount') scenario.backend.totalAmount = 2999;
    button.set(change);
    scenario.advance(1000);
    expect(button.data.label).toMatch(/^立即支付/);
    button.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  });
});

test('a button with the paid order-info shows paid when another page paid it and called reset()', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const summary = { name: 'order-summary' as const, properties: { orderInfo } };
  const page = scenario.openPage([summary, { manual: true, statusUrl: '/status' }]);
  void page.buttons[0]!.pay({ orderInfo });
  scenario.advance(10000);
  expect(page.buttons[0]!.reset()).toBe(true);
  scenario.advance(1000);
  expect(page.components[0]!.data.statusText).toBe('已支付');
  const other = openButton(scenario, { orderInfo, statusUrl: '/status' });
  scenario.advance(1000);
  expect(other.data.label).toBe('已支付');
});

test('a pending button checks its newer order on a tap when the replaced one was paid', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'), unpaid('failed'));
  button.tap();
  scenario.advance(12000);
  button.tap();
  scenario.advance(12000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1', 'T2']);
  scenario.backend.order('T1')!.status = 'paid';
  scenario.host.hide();
  scenario.advance(6000);
  scenario.host.show();
  scenario.advance(10000);
  expect(button.data.label).toBe('查询支付结果');
  const before = scenario.backend.checks.length;
  button.tap();
  scenario.advance(500);
  // The backend's status was set by hand.
  scenario.world.invariant.violations.splice(0);
  expect(scenario.backend.checks.length).toBeGreaterThan(before);
});

test('pay() of other goods calls the cashier when two earlier taps were not followed by pay() and a later one was', () => {
  const scenario = new Scenario();
  let isFormValid = false;
  const page = scenario.openPage([{ ...TEA, orderPayload: null, manual: true }], {
    onEvent: (component, name) => {
      if (name === 'paytap' && isFormValid) void component.pay(SAME);
    },
  });
  const button = page.buttons[0]!;
  button.tap();
  scenario.advance(1000);
  button.tap();
  scenario.advance(1000);
  isFormValid = true;
  button.tap();
  scenario.advance(10000);
  expect(button.phase).toBe('paid');
  void button.pay({ payload: { goods: 'cup' } });
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('pay() of other goods calls the cashier when it comes minutes after taps that were not followed by pay()', () => {
  const scenario = new Scenario();
  const button = scenario.openPage([{ manual: true, statusUrl: '/status' }]).buttons[0]!;
  button.tap();
  scenario.advance(2000);
  button.tap();
  scenario.advance(5000);
  void button.pay({ orderInfo: scenario.createOrder().orderInfo });
  scenario.advance(5 * MINUTE);
  expect(button.phase).toBe('paid');
  void button.pay({ orderInfo: scenario.createOrder('cup').orderInfo });
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

describe('a manual page that is opened again', () => {
  test.each<[string, object, (scenario: Scenario) => object]>([
    ['order-info', {}, scenario => ({ orderInfo: scenario.createOrder().orderInfo })],
    ['order-key', { createUrl: '/orders' }, () => ({ ...SAME, orderKey: 'cart-7' })],
  ])('shows paid after a tap when its %s was paid before', (_what, properties, inputOf) => {
    const scenario = new Scenario();
    const input = inputOf(scenario);
    const open = (): FakeComponent =>
      scenario.openPage([{ manual: true, statusUrl: '/status', ...properties }], {
        onEvent: (component, name) => {
          if (name === 'paytap') void component.pay(input);
        },
      }).buttons[0]!;
    open().tap();
    scenario.advance(10000);
    scenario.host.closePage();
    const again = open();
    again.tap();
    scenario.advance(5000);
    expect([again.data.label, calledOrders(scenario)]).toEqual(['已支付', ['T1']]);
  });
});

test('two buttons of one purchase are idle when reset() is called on the second', () => {
  const scenario = new Scenario();
  const purchase = { ...TEA, orderKey: 'cart-7' };
  const [first, second] = scenario.open(purchase, purchase);
  first!.tap();
  scenario.advance(10000);
  expect([first!.phase, second!.phase]).toEqual(['paid', 'paid']);
  expect(second!.reset()).toBe(true);
  scenario.advance(100);
  expect([first!.phase, second!.phase]).toEqual(['idle', 'idle']);
});

test('a button shows paid when its properties come to name the goods of pay() after these were paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, orderPayload: null, amount: 1999 });
  void button.pay(SAME);
  scenario.advance(10000);
  expect(button.data.label).toBe('已支付');
  button.set({ orderPayload: SAME.payload });
  scenario.advance(1000);
  expect(button.data.label).toBe('已支付');
});

describe('a manual button that shows the amount of its order', () => {
  const openPriced = (scenario: Scenario, when: string): FakeComponent =>
    scenario.openPage([{ manual: true, createUrl: '/orders', statusUrl: '/status' }], {
      onEvent: (component, name, { totalAmount }) => {
        if (name === 'paytap') void component.pay(SAME);
        if (name === when) component.set({ amount: totalAmount });
      },
    }).buttons[0]!;

  test.each(['ordercreated', 'paysuccess', 'paycomplete'])('stays paid when the page sets it in %s', when => {
    const scenario = new Scenario();
    const button = openPriced(scenario, when);
    button.tap();
    scenario.advance(10000);
    expect(button.data.label).toBe('已支付');
    button.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1']);
  });

  test('sells again when the page sets that of the next cart after the success', () => {
    const scenario = new Scenario();
    const button = openPriced(scenario, 'ordercreated');
    button.tap();
    scenario.advance(10000);
    button.set({ amount: 2999 });
    scenario.advance(1000);
    expect(button.data.label).toBe('立即支付 ¥29.99');
    button.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  });

  test('stays pending when the page sets it in ordercreated', () => {
    const scenario = new Scenario();
    const button = openPriced(scenario, 'ordercreated');
    scenario.plan(unpaid('failed'));
    button.tap();
    scenario.advance(12000);
    expect(button.data.label).toBe('查询支付结果');
  });
});

test('a tap joins the payment under way when the page sets the payload of pay() as a property, beside an amount', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, orderPayload: null, amount: 1999 });
  scenario.plan({ showDelay: 3000 });
  void button.pay(SAME);
  scenario.advance(1000);
  button.set({ orderPayload: SAME.payload });
  scenario.advance(100);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1')]);
});
