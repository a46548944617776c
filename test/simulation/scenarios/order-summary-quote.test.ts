/** A quote has no order number: tied to a button by order-key, it goes on to show the payment that was made of it. */
import type { CashierPlan } from '../fakes/fake-cashier';
import { Scenario } from '../scenario';
import { payfail, paytap } from '../timeline-events';
import type { FakeComponent, Properties } from '../fakes/fake-component';
import { calledOrders, CUP, MINUTE, newsAfter, statusText, summaryOf, TEA, unpaid } from './scenario-helpers';

const QUOTE = { title: 'tea', totalAmount: 1999 };
const shownBy = (summary: FakeComponent | undefined): unknown[] => {
  const view = summary?.data.view as { tpOrderId: string } | null;
  return [statusText(summary), view ? view.tpOrderId : null];
};

/** As in the README of order-summary. */
function openCheckout(
  scenario: Scenario,
  { onEvent, ...more }: { onEvent?: (component: FakeComponent, name: string) => void } & Properties = {},
): FakeComponent[] {
  return scenario.openPage(
    [
      summaryOf({ order: QUOTE, orderKey: 'checkout', ...more }),
      { properties: { ...TEA, orderKey: 'checkout' } },
    ],
    onEvent ? { onEvent } : {},
  ).components;
}

describe('an order-summary of a quote', () => {
  test('shows the order number from the call on when its button pays', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario);
    button!.tap();
    scenario.advance(1000);
    expect(shownBy(summary)).toEqual(['支付处理中', 'T1']);
    scenario.advance(10000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
  });

  test('fires statuschange with the order number when it is paid', () => {
    const scenario = new Scenario();
    const [, button] = openCheckout(scenario);
    button!.tap();
    const changes = scenario
      .eventsAfter(10000)
      .filter(entry => 'event' in entry && entry.event === 'statuschange');
    expect(changes).toMatchObject([
      { detail: { status: 'paying', tpOrderId: 'T1' } },
      { detail: { status: 'paid', tpOrderId: 'T1' } },
    ]);
  });

  test('checks status-url and locks its button when the order is refunded and the page is shown again', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, { statusUrl: '/status' });
    button!.tap();
    scenario.advance(10000);
    scenario.backend.order('T1')!.status = 'refunded';
    scenario.host.hide();
    scenario.advance(6000);
    scenario.host.show();
    scenario.advance(3000);
    expect([shownBy(summary), button!.data.label]).toEqual([['已退款', 'T1'], '已退款']);
  });

  test('stays paid, without orderexpire, when the page takes its button away and the quote runs out', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, {
      order: { ...QUOTE, expiresAt: scenario.clock.deviceNow() + 60000 },
      onEvent: (component, name) => {
        if (name === 'paysuccess') scenario.host.later(30, () => component.detach());
      },
    });
    button!.tap();
    scenario.advance(10000);
    scenario.takeEvents();
    expect(scenario.eventsAfter(70000)).toEqual([]);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
  });

  test('stays paid when the page changes its cart in paysuccess, and its button sells that cart', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, {
      onEvent: (component, name) => {
        if (name === 'paysuccess') component.set({ orderPayload: { goods: 'cup' } });
      },
    });
    button!.tap();
    scenario.advance(10000);
    expect([shownBy(summary), button!.data.label]).toEqual([['已支付', 'T1'], '立即支付']);
    button!.tap();
    scenario.advance(10000);
    expect([shownBy(summary), calledOrders(scenario)]).toEqual([
      ['已支付', 'T2'],
      ['T1', 'T2'],
    ]);
  });

  test.each<[string, number, Partial<CashierPlan>]>([
    ['was paid', 3, {}],
    ['was paid', 2000, {}],
    ['may be paid', 3, unpaid('failed')],
  ])(
    'is unpaid, without a number, when the cart before it %s and its button gets the new cart %i ms later',
    (_how, delay, plan) => {
      const scenario = new Scenario();
      const [summary, button] = openCheckout(scenario);
      scenario.plan(plan);
      button!.tap();
      scenario.advance(10000);
      summary!.set({ order: { title: 'cup', totalAmount: 2999 } });
      scenario.advance(delay);
      button!.set({ orderPayload: { goods: 'cup' } });
      scenario.advance(1000);
      expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
    },
  );

  test.each([3, 2000])(
    'is unpaid, without a number, when it appears with the next cart and its button gets that %i ms later',
    delay => {
      const scenario = new Scenario();
      const page = scenario.openPage([{ ...TEA, orderKey: 'checkout' }]);
      const [button] = page.buttons;
      button!.tap();
      scenario.advance(10000);
      const order = { title: 'cup', totalAmount: 2999 };
      const summary = scenario.host.addComponent(page, summaryOf({ order, orderKey: 'checkout' }));
      scenario.advance(delay);
      button!.set({ orderPayload: { goods: 'cup' } });
      scenario.advance(1000);
      expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
    },
  );

  test('stays paid when it was described anew during the payment and the page then changes its cart', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, {
      onEvent: (component, name) => {
        if (name === 'ordercreated') summary!.set({ order: { ...QUOTE, title: 'green tea' } });
        if (name === 'paysuccess') component.set({ orderPayload: { goods: 'cup' } });
      },
    });
    button!.tap();
    scenario.advance(10000);
    expect([shownBy(summary), button!.data.label]).toEqual([['已支付', 'T1'], '立即支付']);
  });

  test('shows the payment under way when the cart changes while the cashier is open', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario);
    scenario.advance(1000);
    scenario.plan({ openFor: 20000 });
    button!.tap();
    scenario.advance(2000);
    button!.set({ orderPayload: {} });
    scenario.advance(1000);
    expect([button!.data.label, shownBy(summary)]).toEqual(['支付中', ['支付处理中', 'T1']]);
  });

  test.each<[string, Partial<CashierPlan>]>([
    ['is cancelled', unpaid('cancel')],
    ['may be paid', unpaid('failed')],
    ['is paid', {}],
  ])(
    'stays paid, without orderexpire, when its button is gone and a payment of its order-key %s on another page',
    (_how, plan) => {
      const scenario = new Scenario();
      const [summary, button] = openCheckout(scenario, {
        order: { ...QUOTE, expiresAt: scenario.clock.deviceNow() + 15000 },
        onEvent: (component, name) => {
          if (name === 'paysuccess') scenario.host.later(30, () => component.detach());
        },
      });
      button!.tap();
      scenario.advance(10000);
      scenario.openPage([{ ...CUP, orderKey: 'checkout' }]);
      scenario.advance(1000);
      scenario.plan(plan);
      scenario.host.top!.buttons[0]!.tap();
      scenario.takeEvents();
      const events = scenario.eventsAfter(10000);
      scenario.host.closePage();
      scenario.advance(2000);
      expect(shownBy(summary)).toEqual(['已支付', 'T1']);
      expect(events.filter(entry => 'event' in entry && entry.event === 'orderexpire')).toEqual([]);
    },
  );

  test('stays paid when its button sells the next cart and that is cancelled', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, {
      onEvent: (component, name) => {
        if (name === 'paysuccess') component.set({ orderPayload: { goods: 'cup' } });
      },
    });
    button!.tap();
    scenario.advance(10000);
    scenario.plan(unpaid('cancel'));
    button!.tap();
    scenario.advance(10000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
  });

  test('stays paid when the page gives it again with another expiresAt and its button is gone', () => {
    const scenario = new Scenario();
    const expiresIn = (ms: number) => ({ ...QUOTE, expiresAt: scenario.clock.deviceNow() + ms });
    const [summary, button] = openCheckout(scenario, {
      order: expiresIn(900000),
      onEvent: (component, name) => {
        if (name === 'paysuccess') scenario.host.later(30, () => component.detach());
      },
    });
    button!.tap();
    scenario.advance(10000);
    summary!.set({ order: expiresIn(900000) });
    scenario.advance(1000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
  });

  test('shows the payment of the order-info of its order-key when a checkout without one has made the order', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('cancel'));
    scenario.open(TEA)[0]!.tap();
    scenario.advance(5000);
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    const specs = [
      summaryOf({ order: QUOTE, orderKey: 'detail' }),
      { orderInfo, statusUrl: '/status', orderKey: 'detail' },
    ];
    const page = scenario.openPage(specs);
    scenario.plan(unpaid('failed'));
    page.buttons[0]!.tap();
    scenario.advance(12000);
    scenario.host.closePage();
    const [summary, button] = scenario.openPage(specs).components;
    scenario.advance(1000);
    expect([shownBy(summary), button!.data.label]).toEqual([['支付处理中', 'T1'], '查询支付结果']);
  });

  test('can be bought again when its order was refunded while it was paid', () => {
    const scenario = new Scenario();
    const [, button] = openCheckout(scenario);
    scenario.plan({ openFor: 6000, notifyDelay: 5000 });
    button!.tap();
    scenario.advance(2000);
    scenario.backend.expire(false);
    scenario.takeEvents();
    expect(newsAfter(scenario, 20000)).toMatchObject([
      payfail('T1', { reason: 'refunded', retryable: true }),
    ]);
    button!.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  });

  test('leaves paytap to its button when that shows paid', () => {
    const scenario = new Scenario();
    const [, button] = openCheckout(scenario);
    button!.tap();
    scenario.advance(10000);
    scenario.takeEvents();
    button!.tap();
    expect(scenario.eventsAfter(5000)).toEqual([paytap('paid')]);
  });

  test.each<[string, (summary: FakeComponent, scenario: Scenario) => void]>([
    ['with another note', summary => summary.set({ order: { ...QUOTE, note: '请在 14 分钟内付款' } })],
    [
      'after null',
      (summary, scenario) => {
        summary.set({ order: null });
        scenario.advance(300);
        summary.set({ order: QUOTE });
      },
    ],
  ])('stays paid when the page gives it again %s and its button is gone', (_how, giveAgain) => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, {
      onEvent: (component, name) => {
        if (name === 'paysuccess') scenario.host.later(30, () => component.detach());
      },
    });
    button!.tap();
    scenario.advance(10000);
    giveAgain(summary!, scenario);
    scenario.advance(1000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
  });

  test('shows no earlier payment when order-url answers the next cart', () => {
    const scenario = new Scenario();
    let cart = 'tea';
    scenario.backend.respond = ({ url }) =>
      /cart/.test(url)
        ? { statusCode: 200, data: { errno: 0, data: { title: cart, totalAmount: 1999 } } }
        : undefined;
    const [summary, button] = openCheckout(scenario, { order: null, orderUrl: '/cart?tpOrderId=X0' });
    scenario.advance(500);
    button!.tap();
    scenario.advance(10000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
    cart = 'cup';
    scenario.openPage([]);
    scenario.advance(1000);
    scenario.host.closePage();
    button!.set({ orderPayload: { goods: 'cup' } });
    scenario.advance(3000);
    expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
  });

  test('shows that its order may be paid when the page of the order has called it', () => {
    const scenario = new Scenario();
    const [, button] = openCheckout(scenario);
    scenario.plan(unpaid('cancel'));
    button!.tap();
    scenario.advance(5000);
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    scenario.openPage([{ orderInfo, statusUrl: '/status' }]);
    scenario.plan(unpaid('failed'));
    scenario.host.top!.buttons[0]!.tap();
    scenario.advance(12000);
    const [again, buttonAgain] = openCheckout(scenario);
    scenario.advance(1000);
    expect([shownBy(again), buttonAgain!.data.label]).toEqual([['支付处理中', 'T1'], '查询支付结果']);
  });

  test('shows that its order was refunded when only the page of the order has learned it', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario);
    button!.tap();
    scenario.advance(10000);
    scenario.backend.order('T1')!.status = 'refunded';
    scenario.openPage([summaryOf({ orderUrl: '/views?tpOrderId=T1' })]);
    scenario.advance(3000);
    scenario.host.closePage();
    scenario.advance(3000);
    expect([shownBy(summary), button!.data.label]).toEqual([['已退款', 'T1'], '已退款']);
  });

  test("shows nothing of one user's refunded order when another one has logged in", () => {
    const scenario = new Scenario();
    scenario.host.configure({ userId: 'ann' });
    const [summary, button] = openCheckout(scenario, { statusUrl: '/status' });
    button!.tap();
    scenario.advance(10000);
    scenario.backend.order('T1')!.status = 'refunded';
    scenario.host.hide();
    scenario.advance(6000);
    scenario.host.show();
    scenario.advance(3000);
    expect(shownBy(summary)).toEqual(['已退款', 'T1']);
    scenario.host.configure({ userId: 'bob' });
    scenario.advance(1000);
    expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
  });

  test('shows nothing of an unsettled payment of another amount when the manual button of its order-key has no goods yet', () => {
    const scenario = new Scenario();
    const open = (title: string, totalAmount: number) =>
      scenario.openPage([
        summaryOf({ order: { title, totalAmount }, orderKey: 'checkout' }),
        { manual: true, orderKey: 'checkout', statusUrl: '/status' },
      ]);
    scenario.plan(unpaid('failed'));
    void open('cup', 2999).buttons[0]!.pay({ orderInfo: scenario.createOrder('cup', 2999).orderInfo });
    scenario.advance(12000);
    scenario.host.closePage();
    scenario.advance(1000);
    const [summary] = open('tea', 1999).components;
    scenario.advance(2000);
    expect(shownBy(summary)).toEqual(['待付款', '']);
  });

  test.each<[string, (summary: FakeComponent, button: FakeComponent) => void]>([
    ['the quote becomes another one', summary => summary.set({ order: { title: 'cup', totalAmount: 2999 } })],
    ['its order-key becomes another one', summary => summary.set({ orderKey: 'desk' })],
  ])('shows no earlier payment when %s', (_when, change) => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario);
    button!.tap();
    scenario.advance(10000);
    button!.set({ orderPayload: { goods: 'cup' } });
    change(summary!, button!);
    scenario.advance(1000);
    expect(shownBy(summary)).toEqual(['待付款', '']);
  });

  test('is paid when the page of a paid order-key is opened again', () => {
    const scenario = new Scenario();
    openCheckout(scenario)[1]!.tap();
    scenario.advance(10000);
    scenario.host.closePage();
    const [summary] = openCheckout(scenario);
    scenario.advance(1000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
  });

  test('can be bought when its order was cancelled, then closed, and the page is shown again', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario, { statusUrl: '/status' });
    scenario.plan(unpaid('cancel'));
    button!.tap();
    scenario.advance(6000);
    scenario.backend.order('T1')!.status = 'closed';
    scenario.host.hide();
    scenario.advance(15 * MINUTE);
    scenario.host.show();
    scenario.advance(3000);
    expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
    button!.tap();
    scenario.advance(10000);
    expect([shownBy(summary), calledOrders(scenario)]).toEqual([
      ['已支付', 'T2'],
      ['T1', 'T2'],
    ]);
  });

  test('shows nothing of a payment when another user logs in', () => {
    const scenario = new Scenario();
    scenario.setUser('ann');
    const [summary, button] = openCheckout(scenario);
    button!.tap();
    scenario.advance(10000);
    expect(shownBy(summary)).toEqual(['已支付', 'T1']);
    scenario.setUser('bob');
    scenario.advance(1000);
    expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
  });

  test("shows nothing of one user's payment under way when another user opens the checkout", () => {
    const scenario = new Scenario();
    scenario.setUser('ann');
    const [, button] = openCheckout(scenario);
    scenario.plan(unpaid('none'));
    button!.tap();
    scenario.advance(6000);
    scenario.host.closePage();
    scenario.setUser('bob');
    const [summary, next] = openCheckout(scenario);
    scenario.advance(1000);
    expect([shownBy(summary), next!.data.label]).toEqual([['待付款', ''], '立即支付']);
  });

  test('shows the payment under way with its button when another user logs in', () => {
    const scenario = new Scenario();
    scenario.setUser('ann');
    const [summary, button] = openCheckout(scenario);
    scenario.plan({ openFor: 20000 });
    button!.tap();
    scenario.advance(2000);
    scenario.setUser('bob');
    scenario.advance(1000);
    expect([shownBy(summary), button!.data.label]).toEqual([['支付处理中', 'T1'], '支付中']);
  });

  test('is paid with its manual button when pay() finds the goods of a paid order-key', () => {
    const scenario = new Scenario();
    const open = () =>
      scenario.openPage([
        summaryOf({ order: QUOTE, orderKey: 'checkout' }),
        { ...TEA, orderPayload: null, manual: true, orderKey: 'checkout' },
      ]);
    void open().buttons[0]!.pay({ payload: { goods: 'tea' } });
    scenario.advance(10000);
    scenario.host.closePage();
    const page = open();
    void page.buttons[0]!.pay({ payload: { goods: 'tea' } });
    scenario.advance(1000);
    expect([shownBy(page.components[0]), page.buttons[0]!.data.label]).toEqual([['已支付', 'T1'], '已支付']);
  });

  test('shows no earlier payment when reset() lets the same goods be bought again', () => {
    const scenario = new Scenario();
    const [summary, button] = openCheckout(scenario);
    button!.tap();
    scenario.advance(10000);
    expect(button!.reset()).toBe(true);
    scenario.advance(1000);
    expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
  });
});

test('an order-summary that has a number says nothing of another order when a button of its order-key checks that', () => {
  const scenario = new Scenario();
  scenario.createOrder('old');
  const [summary, button] = openCheckout(scenario, { order: null, orderUrl: '/views?tpOrderId=T1' });
  scenario.advance(500);
  scenario.plan(unpaid('failed'));
  button!.tap();
  scenario.advance(12000);
  scenario.backend.mode = 'slow';
  button!.tap();
  scenario.advance(1000);
  expect(shownBy(summary)).toEqual(['待付款', 'T1']);
});

describe('a manual button whose order-key becomes another one', () => {
  const openManual = (scenario: Scenario): FakeComponent[] =>
    scenario.openPage(
      [
        summaryOf({ order: QUOTE, orderKey: 'one' }),
        { properties: { manual: true, orderKey: 'one', statusUrl: '/status' } },
      ],
      {
        onEvent: (component, name) => {
          if (name === 'paytap')
            scenario.host.later(
              300,
              () => void component.pay({ orderInfo: scenario.createOrder().orderInfo }),
            );
        },
      },
    ).components;

  test('sells again, and its quote is unpaid, when it was paid under the first one', () => {
    const scenario = new Scenario();
    const [summary, button] = openManual(scenario);
    button!.tap();
    scenario.advance(10000);
    expect(button!.data.label).toBe('已支付');
    button!.set({ orderKey: 'two' });
    summary!.set({ orderKey: 'two', order: { title: 'cup', totalAmount: 2999 } });
    scenario.advance(1000);
    expect([shownBy(summary), button!.data.label]).toEqual([['待付款', ''], '立即支付']);
    button!.tap();
    scenario.advance(10000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
  });

  test('is idle when an order of the first one is pending', () => {
    const scenario = new Scenario();
    const [, button] = openManual(scenario);
    scenario.plan(unpaid('failed'));
    button!.tap();
    scenario.advance(12000);
    button!.set({ orderKey: 'two' });
    scenario.advance(1000);
    expect(button!.data.label).toBe('立即支付');
  });
});
