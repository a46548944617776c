/** An order-summary beside the button that pays what it shows. */
import { Scenario, STATUS } from '../scenario';
import { payfail, paysuccess } from '../timeline-events';
import { newsAfter, TEA } from './scenario-helpers';

const QUOTE = {
  title: 'tea',
  totalAmount: 1999,
  status: 'unpaid',
  lines: [{ title: 'tea', unitAmount: 1999, quantity: 1, amount: 1999 }],
};

test('an order-summary shows paying and then paid when the button of its order-key pays', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([
    { name: 'order-summary', properties: { order: QUOTE, orderKey: 'desk-7' } },
    { properties: { ...TEA, orderKey: 'desk-7' } },
  ]);
  page.buttons[0]!.tap();
  scenario.advance(1000);
  expect(page.components[0]!.data.status).toBe('paying');
  scenario.advance(8000);
  expect(page.buttons[0]!.phase).toBe('paid');
  expect(page.components[0]!.data.status).toBe('paid');
});

test("a button fires paysuccess for the payment that the order-summary found when the page's handlers throw", () => {
  const scenario = new Scenario({ host: { handlersThrow: true } });
  const { orderInfo } = scenario.createOrder();
  const page = scenario.openPage(
    [
      { name: 'order-summary', properties: { orderUrl: '/order?tpOrderId=T1' } },
      { properties: { ...STATUS, orderInfo } },
    ],
    {
      onEvent: (_component, name) => {
        if (/^(orderload|statuschange)$/.test(name)) throw new Error('a bug of the page');
      },
    },
  );
  const button = page.buttons[0]!;
  scenario.plan({ callback: 'failed', notifyDelay: 15000 });
  button.tap();
  expect(newsAfter(scenario, 12000)).toMatchObject([{ cashier: 'T1' }, payfail('T1', { mayBePaid: true })]);
  scenario.advance(10000);
  scenario.host.hide();
  scenario.advance(10);
  scenario.host.show();
  expect(newsAfter(scenario, 3000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect([button.phase, page.components[0]!.data.status]).toEqual(['paid', 'paid']);
});

test.each([
  ['was closed on a host without page lifetimes', true],
  ['was replaced by reLaunch to the same tab page', false],
])('the countdown of an order-summary stops when its page %s', (_what, noPageLifetimes) => {
  const scenario = new Scenario({ host: { noPageLifetimes } });
  const now = scenario.clock.deviceNow();
  const order = { title: 'tea', totalAmount: 1999, lines: [], expiresAt: now + 600000, serverTime: now };
  const summary = { name: 'order-summary', properties: { order } };
  if (noPageLifetimes) scenario.open({});
  const page = scenario.openPage([summary]);
  Object.assign(page, { route: 'pages/tab' });
  scenario.advance(3000);
  if (noPageLifetimes) scenario.host.closePage();
  else {
    scenario.host.pages.splice(0);
    Object.assign(scenario.openPage([summary]), { route: 'pages/tab' });
  }
  const shown = page.components[0]!.data.timeLeft;
  scenario.advance(10000);
  expect(page.components[0]!.data.timeLeft).toBe(shown);
});

test('an order-summary sends no request when its page is closed at once on a host without page lifetimes', () => {
  const scenario = new Scenario({ host: { noPageLifetimes: true } });
  const { orderInfo } = scenario.createOrder();
  scenario.open({});
  scenario.openPage([{ name: 'order-summary', properties: { ...STATUS, orderInfo } }]);
  scenario.host.closePage();
  scenario.advance(5000);
  expect(scenario.backend.received).toEqual([]);
});
