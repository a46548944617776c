/** order-url goes before `order`, both before order-info; and only the payment of its own goods is shown of an order-key. */
import { Scenario } from '../scenario';
import type { FakeComponent } from '../fakes/fake-component';
import { calledOrders, MINUTE, statusText, summaryOf, TEA, unpaid } from './scenario-helpers';

const ORDER_URL = '/views?tpOrderId=T1';
const viewOf = (component: FakeComponent | undefined) =>
  component?.data.view as { lines: unknown[]; total: string; tpOrderId: string };

describe('an order-summary with order-url and order-info', () => {
  test.each(['paid', 'closed', 'refunded'] as const)(
    'shows %s and locks the button when order-info arrives after the answer of order-url',
    status => {
      const scenario = new Scenario();
      const { orderInfo, order } = scenario.createOrder();
      order.status = status;
      const page = scenario.openPage([
        summaryOf({ orderUrl: ORDER_URL, orderInfo: null }),
        { orderInfo: null, statusUrl: '/status' },
      ]);
      scenario.advance(300);
      const [summary, button] = page.components;
      const shown = statusText(summary);
      summary!.set({ orderInfo });
      button!.set({ orderInfo });
      scenario.advance(500);
      expect(statusText(summary)).toBe(shown);
      button!.tap();
      scenario.advance(20000);
      expect(calledOrders(scenario)).toEqual([]);
    },
  );

  test('keeps the lines of order-url when order-info is signed again', () => {
    const scenario = new Scenario();
    const { orderInfo } = scenario.createOrder();
    const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL, orderInfo })]);
    scenario.advance(300);
    page.components[0]!.set({ orderInfo: { ...orderInfo, rsaSign: 'bmV3' } });
    scenario.advance(500);
    expect(viewOf(page.components[0]).lines).toHaveLength(1);
  });

  test('shows the other order when order-info has another number', () => {
    const scenario = new Scenario();
    const { orderInfo } = scenario.createOrder();
    const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL, orderInfo })]);
    scenario.advance(300);
    page.components[0]!.set({ orderInfo: { ...orderInfo, tpOrderId: 'T9', totalAmount: '2999' } });
    scenario.advance(500);
    expect(viewOf(page.components[0])).toMatchObject({ total: '¥29.99', tpOrderId: 'T9' });
  });

  test('keeps the answer of order-url when `order` is the same as before and order-info changes', () => {
    const scenario = new Scenario();
    const { orderInfo, order } = scenario.createOrder();
    order.status = 'closed';
    const quote = { tpOrderId: 'T1', title: 'tea', totalAmount: 1999, status: 'unpaid' };
    const page = scenario.openPage([summaryOf({ order: quote, orderUrl: ORDER_URL, orderInfo: null })]);
    scenario.advance(300);
    page.components[0]!.set({ orderInfo });
    scenario.advance(500);
    expect(statusText(page.components[0])).toBe('已关闭');
  });

  test('keeps what status-url answered when order-info is signed again', () => {
    const scenario = new Scenario();
    const { orderInfo, order } = scenario.createOrder();
    order.status = 'closed';
    const page = scenario.openPage([
      summaryOf({ orderInfo, statusUrl: '/status' }),
      { orderInfo, statusUrl: '/status' },
    ]);
    scenario.host.hide();
    scenario.advance(1000);
    scenario.host.show();
    scenario.advance(1000);
    scenario.backend.mode = 'too-slow';
    const signedAgain = { orderInfo: { ...orderInfo, rsaSign: 'bmV3' } };
    page.components.forEach(component => component.set(signedAgain));
    scenario.advance(500);
    expect([statusText(page.components[0]), page.buttons[0]!.data.label]).toEqual(['已关闭', '已关闭']);
  });
});

test.each([
  ['is over', false],
  ['ended while the cashier was open', true],
])('an order-summary asks the backend when the time to pay %s', (_when, pays) => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  let expiresAt = scenario.clock.deviceNow() + 10000;
  scenario.backend.respond = ({ url }, good) =>
    /views/.test(url)
      ? {
          statusCode: 200,
          data: {
            errno: 0,
            data: { ...(good as { data: object }).data, expiresAt, serverTime: scenario.clock.deviceNow() },
          },
        }
      : undefined;
  const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL }), { orderInfo, statusUrl: '/status' }]);
  scenario.advance(1000);
  scenario.plan(unpaid('cancel', { openFor: 15000 }));
  if (pays) page.buttons[0]!.tap();
  // The shop gives more time meanwhile.
  expiresAt += 10 * MINUTE;
  scenario.advance(20000);
  expect(page.buttons[0]!.data.label).toBe('立即支付');
});

test('an order-summary shows its own amounts when a page writes to the order of orderload', () => {
  const scenario = new Scenario();
  const order = { tpOrderId: 'T1', title: 'tea', totalAmount: 1999 };
  const page = scenario.openPage([summaryOf({ order })], {
    onEvent: (_component, name, detail) => {
      if (name === 'orderload') (detail as { order: { totalAmount: number } }).order.totalAmount /= 100;
    },
  });
  scenario.advance(1000);
  scenario.host.hide();
  scenario.advance(100);
  scenario.host.show();
  scenario.advance(1000);
  expect(viewOf(page.components[0]).total).toBe('¥19.99');
});

test('a pending button checks its order on a tap when the cashier said success and the shop closed the order', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL }), { orderInfo, statusUrl: '/status' }]);
  const button = page.buttons[0]!;
  scenario.plan({ openFor: 1000, notifyDelay: 10 * MINUTE });
  button.tap();
  scenario.advance(500);
  scenario.backend.expire(false);
  scenario.advance(70000);
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(10000);
  const before = scenario.backend.checks.length;
  button.tap();
  scenario.advance(5000);
  expect([button.data.label, statusText(page.components[0])]).toEqual(['查询支付结果', '支付处理中']);
  expect(scenario.backend.checks).toHaveLength(before + 1);
});

describe('an order-summary whose order-key is that of every cart', () => {
  const checkout = (title: string, totalAmount: number) => [
    summaryOf({
      order: {
        title,
        totalAmount,
        lines: [{ title, unitAmount: totalAmount, quantity: 1, amount: totalAmount }],
      },
      orderKey: 'checkout',
      statusUrl: '/status',
    }),
    { properties: { ...TEA, orderKey: 'checkout', orderPayload: { goods: title } } },
  ];
  function openNextCart(plan: object, status: 'unpaid' | 'closed') {
    const scenario = new Scenario();
    scenario.open();
    scenario.plan(plan);
    scenario.openPage(checkout('tea', 1999)).buttons[0]!.tap();
    scenario.advance(80000);
    scenario.host.closePage();
    scenario.backend.order('T1')!.status = status;
    const page = scenario.openPage(checkout('cup', 2999));
    scenario.advance(500);
    scenario.host.hide();
    scenario.advance(7000);
    scenario.host.show();
    scenario.advance(5000);
    return { scenario, summary: page.components[0], button: page.buttons[0]! };
  }

  test('shows 待付款 without a number when the order of the last cart is unsettled', () => {
    const { summary } = openNextCart(unpaid('failed'), 'unpaid');
    expect(statusText(summary)).toBe('待付款');
    expect(viewOf(summary)).toMatchObject({ total: '¥29.99', tpOrderId: '' });
  });

  test('lets the next cart be bought when the order of the last one was closed after a claimed success', () => {
    const { scenario, button } = openNextCart({ charges: false }, 'closed');
    scenario.host.modal.answer = 'yes';
    button.tap();
    scenario.advance(10000);
    expect([button.data.label, calledOrders(scenario)]).toEqual(['已支付', ['T1', 'T2']]);
  });
});

test('an order-summary stays closed when order-url gets another query and does not answer', () => {
  const scenario = new Scenario();
  const { orderInfo, order } = scenario.createOrder();
  order.status = 'closed';
  const page = scenario.openPage([
    summaryOf({ orderUrl: ORDER_URL, orderInfo }),
    { orderInfo, statusUrl: '/status' },
  ]);
  scenario.advance(500);
  scenario.backend.mode = 'lost';
  page.components[0]!.set({ orderUrl: `${ORDER_URL}&v=2` });
  scenario.advance(20000);
  expect(statusText(page.components[0])).toBe('已关闭');
  page.buttons[0]!.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual([]);
});

test('an order-summary stays closed when order-info is null until it is fetched again', () => {
  const scenario = new Scenario();
  const { orderInfo, order } = scenario.createOrder();
  order.status = 'closed';
  const page = scenario.openPage([
    summaryOf({ orderInfo, statusUrl: '/status' }),
    { orderInfo, statusUrl: '/status' },
  ]);
  scenario.advance(500);
  scenario.host.hide();
  scenario.advance(1000);
  scenario.host.show();
  scenario.advance(500);
  page.components.forEach(component => component.set({ orderInfo: null }));
  scenario.advance(1000);
  scenario.backend.mode = 'too-slow';
  page.components.forEach(component => component.set({ orderInfo: { ...orderInfo, rsaSign: 'bmV3' } }));
  scenario.advance(1000);
  expect(statusText(page.components[0])).toBe('已关闭');
});

test('an order-summary loads order-url again when the page takes `order` back', () => {
  const scenario = new Scenario();
  scenario.createOrder();
  const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL, order: null })]);
  const summary = page.components[0]!;
  scenario.advance(500);
  summary.set({ order: { tpOrderId: 'T1', title: 'tea', totalAmount: 1999, status: 'closed' } });
  scenario.advance(500);
  summary.set({ order: null });
  scenario.advance(1000);
  expect(statusText(summary)).toBe('待付款');
});

test('an order-summary checks status-url when `order` is expired as it arrives', () => {
  const scenario = new Scenario();
  const { order } = scenario.createOrder();
  order.status = 'paid';
  const expired = { tpOrderId: 'T1', title: 'tea', totalAmount: 1999, status: 'unpaid' };
  const expiresAt = scenario.clock.deviceNow() - 1000;
  const page = scenario.openPage([summaryOf({ order: { ...expired, expiresAt }, statusUrl: '/status' })]);
  scenario.advance(5000);
  expect(statusText(page.components[0])).toBe('已支付');
});

test('an order-summary shows the payment of its order-key when its manual button has no goods yet', () => {
  const scenario = new Scenario();
  scenario.open();
  const specs = [
    summaryOf({ order: { title: 'tea', totalAmount: 1999 }, orderKey: 'cart-7' }),
    { manual: true, orderKey: 'cart-7', statusUrl: '/status' },
  ];
  const page = scenario.openPage(specs);
  scenario.plan(unpaid('failed'));
  void page.buttons[0]!.pay({ orderInfo: scenario.createOrder().orderInfo });
  scenario.advance(12000);
  scenario.host.closePage();
  scenario.advance(1000);
  const again = scenario.openPage(specs);
  scenario.advance(1000);
  expect(statusText(again.components[0])).toBe('支付处理中');
});

test('an order-summary of an order-info is checked, and locks its button, when the page opens', () => {
  const scenario = new Scenario();
  const { orderInfo, order } = scenario.createOrder();
  order.status = 'paid';
  const page = scenario.openPage([
    summaryOf({ orderInfo, statusUrl: '/status' }),
    { orderInfo, statusUrl: '/status' },
  ]);
  scenario.advance(3000);
  expect(statusText(page.components[0])).toBe('已支付');
  page.buttons[0]!.tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual([]);
});

test.each([
  ['the cashier’s success is confirmed', 2000, 3000],
  ['the cashier is open', 20000, 1500],
])('an order-summary does not say closed when order-url says it while %s', (_when, openFor, after) => {
  const scenario = new Scenario();
  const { orderInfo, order } = scenario.createOrder();
  const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL }), { orderInfo, statusUrl: '/status' }]);
  scenario.plan({ openFor, notifyDelay: 5 * MINUTE });
  page.buttons[0]!.tap();
  scenario.advance(1000);
  order.status = 'closed';
  scenario.advance(after - 1000);
  scenario.host.hide();
  scenario.advance(500);
  scenario.host.show();
  scenario.advance(1000);
  expect(page.buttons[0]!.phase).toMatch(/^(paying|confirming)$/);
  expect(statusText(page.components[0])).toBe('支付处理中');
});

test('an order-summary reads the order anew on show when a request of before the page was left is under way', () => {
  const scenario = new Scenario();
  const { order } = scenario.createOrder();
  order.status = 'paid';
  const [summary] = scenario.openPage([summaryOf({ orderUrl: ORDER_URL })]).components;
  scenario.advance(3000);
  scenario.host.hide();
  scenario.advance(1000);
  scenario.backend.mode = 'slow';
  scenario.host.show();
  scenario.advance(1000);
  scenario.openPage([]);
  scenario.advance(1000);
  order.status = 'refunding';
  scenario.backend.mode = 'ok';
  scenario.host.closePage();
  scenario.advance(10000);
  expect(statusText(summary)).toBe('退款中');
});

test('an order-summary neither toasts nor fires ordercopy when the page is closed before the text is copied', () => {
  const scenario = new Scenario();
  scenario.createOrder();
  const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL })]);
  scenario.advance(500);
  page.components[0]!.call('copy');
  scenario.host.closePage();
  scenario.takeEvents();
  expect(scenario.eventsAfter(500)).toEqual([]);
});

test('a button stays paid when a refund was under way, as an order-summary on another page showed, and was refused', () => {
  const scenario = new Scenario();
  const [button] = scenario.open({ ...TEA, orderKey: 'cart-7' });
  button!.tap();
  scenario.advance(10000);
  const order = scenario.backend.order('T1')!;
  order.status = 'refunding';
  scenario.openPage([summaryOf({ orderUrl: ORDER_URL })]);
  scenario.advance(2000);
  order.status = 'paid';
  scenario.host.closePage();
  scenario.advance(4000);
  expect(button!.data.label).toBe('已支付');
  button!.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('an order that was cancelled is asked about when order-url says paid after its page was closed', () => {
  const scenario = new Scenario();
  scenario.plan({ callback: 'cancel' });
  const [tea] = scenario.open({ ...TEA, statusUrl: '' });
  tea!.tap();
  scenario.advance(4000);
  scenario.openPage([summaryOf({ orderUrl: ORDER_URL })]);
  scenario.host.closePage();
  scenario.advance(1000);
  scenario.takeEvents();
  tea!.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(1000);
  tea!.tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('an order-summary shows the payment under way when the cancel of its order is still checked', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const page = scenario.openPage([summaryOf({ orderUrl: ORDER_URL }), { orderInfo, statusUrl: '/status' }]);
  scenario.advance(300);
  scenario.plan(unpaid('cancel'));
  page.buttons[0]!.tap();
  scenario.advance(1000);
  scenario.backend.mode = 'too-slow';
  scenario.advance(2000);
  expect([page.buttons[0]!.phase, statusText(page.components[0])]).toEqual(['confirming', '支付处理中']);
});

describe('an order-summary and its button, whose page writes the number into status-url,', () => {
  const addressOf = (tpOrderId: string) => ({ statusUrl: `/status?tpOrderId=${tpOrderId}` });

  test.each([
    ['unpaid', 'order-info', '待付款', '立即支付'],
    ['unpaid', 'status-url', '待付款', '立即支付'],
    ['paid', 'order-info', '已支付', '已支付'],
    ['paid', 'status-url', '已支付', '已支付'],
  ] as const)('show that the next order is %s when its %s arrives first', (status, first, shown, label) => {
    const scenario = new Scenario();
    const orders = [scenario.createOrder(), scenario.createOrder()];
    orders[0]!.order.status = status === 'paid' ? 'unpaid' : 'paid';
    orders[1]!.order.status = status;
    const { orderInfo } = orders[0]!;
    const properties = { orderInfo, ...addressOf('T1') };
    const { components } = scenario.openPage([summaryOf(properties), properties]);
    scenario.advance(1000);
    const changes = [{ orderInfo: orders[1]!.orderInfo }, addressOf('T2')];
    for (const change of first === 'order-info' ? changes : changes.reverse()) {
      components.forEach(component => component.set(change));
      scenario.advance(10);
    }
    scenario.advance(1000);
    expect([statusText(components[0]), components[1]!.data.label]).toEqual([shown, label]);
    expect(scenario.backend.checks.map(({ url }) => url.replace(/.*\?/, ''))).toEqual([
      'tpOrderId=T1&tpOrderId=T1',
      'tpOrderId=T2&tpOrderId=T2',
    ]);
  });
});
