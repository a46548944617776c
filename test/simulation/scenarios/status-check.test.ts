/** The first step of an attempt: every unsettled order of this person is checked. */
import { CREATE, Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, MINUTE, MUG, newsAfter, openButton, openUnsettled, TEA } from './scenario-helpers';

const WAITING = 11 * MINUTE;

test('an attempt sends only the create request when no earlier order is unsettled or cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  expect(scenario.backend.received).toHaveLength(1);
});

test('an attempt checks each unsettled order once, in parallel, when there are two', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  openUnsettled(scenario, CUP);
  scenario.host.modal.answer = 'no';
  const mug = openButton(scenario, MUG);
  const before = scenario.backend.checks.length;
  mug.tap();
  expect(scenario.backend.checks.slice(before).map(({ url }) => url)).toEqual([
    expect.stringContaining('T2'),
    expect.stringContaining('T1'),
  ]);
  scenario.advance(10000);
  expect(scenario.backend.checks).toHaveLength(before + 2);
});

test('an attempt succeeds without a new order when a check finds its goods paid', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true, verified: true })]);
  expect(scenario.backend.creates).toBe(1);
});

test('an attempt fires paysuccess and shows the question when its goods were paid more than 10 min ago', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paysuccess('T1', { resumed: true }),
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2', { resumed: false }),
  ]);
});

test('an attempt succeeds when its goods were paid more than 10 min ago under an explicit order-key', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, { ...TEA, orderKey: 'desk-7' });
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true, orderKey: 'desk-7' })]);
});

test('an attempt succeeds when its ready order was paid more than 10 min ago', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('the question counts as delivery when it says that an order of other goods was paid', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.notify('T1');
  const cup = openButton(scenario, CUP);
  scenario.host.modal.answer = 'no';
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '已支付'),
    paycancel('T2', { by: 'user' }),
  ]);
  // A question that named it counts as delivery.
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('an attempt ends as pending when its order cannot be checked, and shows the question when that fails twice in a row', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paypending('T1')]);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 80000)).toMatchObject([
    asks('「tea」¥19.99', '同一笔'),
    { cashier: 'T1' },
    paypending('T1'),
  ]);
});

test('an attempt ends as pending again when a check succeeded between two failed ones', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
  scenario.backend.mode = 'ok';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paypending('T1')]);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
});

test('the question is shown when an order of other goods cannot be checked', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '未收到付款'),
    paycancel('T2', { by: 'user' }),
  ]);
});

test('an attempt waits 3 s for a check when the backend is slow', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  scenario.backend.mode = 'slow';
  cup.tap();
  scenario.advance(2900);
  expect(scenario.backend.creates).toBe(1);
  scenario.advance(200);
  expect(scenario.backend.creates).toBe(2);
});

test("an order is checked at the button's status-url when it was called without one", () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, CREATE);
  button.set({ statusUrl: '/status' });
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 2000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

describe('a status-url with the number of its order in it', () => {
  /** the second order is paid */
  function twoOrders() {
    const scenario = new Scenario();
    const [one, two] = [scenario.createOrder(), scenario.createOrder('cup')];
    two.order.status = 'paid';
    scenario.backend.respond = ({ url }) => {
      const [, tpOrderId] = /orders\/(T\d)\/status/.exec(url) ?? [];
      if (!tpOrderId) return undefined;
      const { status } = scenario.backend.order(tpOrderId)!;
      return { statusCode: 200, data: { errno: 0, data: { status } } };
    };
    return { scenario, one, two };
  }

  /** The oracle reads no answer that a scenario made up. */
  function newsWithoutOracle(scenario: Scenario, ms: number) {
    const news = newsAfter(scenario, ms);
    scenario.world.invariant.violations.splice(0);
    return news;
  }

  test('is not that of the order before when it changes before order-info does', () => {
    const { scenario, one, two } = twoOrders();
    const button = openUnsettled(scenario, { orderInfo: one.orderInfo, statusUrl: '/orders/T1/status' });
    button.set({ statusUrl: '/orders/T2/status' });
    scenario.advance(300);
    button.set({ orderInfo: two.orderInfo });
    expect(newsWithoutOracle(scenario, 5000)).toEqual([]);
  });

  test('is its own when it arrives after the order-info of an order that was called without one', () => {
    const { scenario, one, two } = twoOrders();
    openUnsettled(scenario, { orderInfo: one.orderInfo });
    const button = openButton(scenario, { orderInfo: two.orderInfo, statusUrl: '/orders/T2/status' });
    scenario.advance(5000);
    button.set({ statusUrl: '/orders/T1/status', orderInfo: one.orderInfo });
    expect(newsWithoutOracle(scenario, 5000)).toEqual([]);
    one.order.status = 'paid';
    scenario.host.hide();
    scenario.advance(5000);
    scenario.host.show();
    expect(newsWithoutOracle(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  });
});
