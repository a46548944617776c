/** Two people on one phone, by configure({ userId }): whose orders they are, and what each of them sees of the other's. */
import type { CashierPlan } from '../fakes/fake-cashier';
import type { FakeComponent } from '../fakes/fake-component';
import { Scenario } from '../scenario';
import { on, paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  newsAfter,
  openButton,
  openUnsettled,
  sentKeys,
  TEA,
  unpaid,
} from './scenario-helpers';

const ofAnn = (): Scenario => {
  const scenario = new Scenario();
  scenario.setUser('ann');
  return scenario;
};

test("bob pays without a question when ann's order of other goods is unsettled", () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('bob');
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(scenario.backend.checks.filter(({ url }) => /T1/.test(url))).toHaveLength(3);
});

test('bob pays without a question when ann has called her order of other goods twice', () => {
  const scenario = ofAnn();
  const tea = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'));
  tea.tap();
  scenario.advance(12000);
  scenario.setUser('bob');
  scenario.takeEvents();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test("bob's button is idle and pays a new order when ann's order of the same goods is unsettled", () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('bob');
  scenario.takeEvents();
  const tea = openButton(scenario);
  expect(tea.phase).toBe('idle');
  scenario.backend.notify('T1');
  tea.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('ann receives paysuccess when she logs in again after the payment', () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('bob');
  scenario.host.closePage();
  scenario.backend.notify('T1');
  scenario.setUser('ann');
  scenario.advance(6000);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test.each([0, '0', NaN, null])(
  'ann sees the question when an order was called while userId was %p',
  userId => {
    const scenario = new Scenario();
    scenario.host.configure({ userId });
    openUnsettled(scenario);
    scenario.setUser('ann');
    openButton(scenario, CUP).tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
  },
);

test('ann sees the question when an order was called before her login', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.setUser('ann');
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test("the question names ann's order when no user is logged in", () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('');
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('bob sees the question when ann logged in after the attempt of an unknown user had started', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('failed'));
  button.tap();
  scenario.advance(40);
  scenario.setUser('ann');
  scenario.advance(15000);
  scenario.setUser('bob');
  scenario.takeEvents();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test("ann's button stays paying and receives paysuccess when bob logs in meanwhile", () => {
  const scenario = ofAnn();
  const tea = scenario.label(openButton(scenario), 'tea');
  scenario.plan({ openFor: 8000 });
  tea.tap();
  scenario.advance(2000);
  scenario.setUser('bob');
  scenario.advance(1000);
  expect(tea.phase).toBe('paying');
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    on('tea', paysuccess('T1', { resumed: false })),
  ]);
});

test('a pending button is idle for bob, and pending again for ann, when configure({ userId }) changes', () => {
  const scenario = ofAnn();
  const button = openUnsettled(scenario);
  expect(button.phase).toBe('pending');
  scenario.setUser('bob');
  scenario.advance(100);
  expect(button.phase).toBe('idle');
  scenario.setUser('ann');
  scenario.advance(100);
  expect(button.phase).toBe('pending');
});

test("a button fires paysuccess of ann's order when configure({ userId }) changes from bob to ann", () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('bob');
  const tea = openButton(scenario);
  scenario.advance(10000);
  scenario.backend.notify('T1');
  scenario.takeEvents();
  scenario.setUser('ann');
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(tea.phase).toBe('paid');
});

test("bob's pay() ends as busy when ann's cashier call is outstanding", () => {
  const scenario = ofAnn();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ openFor: 20000 });
  tea!.tap();
  scenario.advance(1000);
  scenario.setUser('bob');
  void cup!.pay();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paycancel('', { by: 'busy' })]);
  scenario.advance(30000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('bob pays a new order when ann has cancelled one of the same goods', () => {
  const scenario = ofAnn();
  scenario.plan(unpaid('cancel'));
  openButton(scenario).tap();
  scenario.advance(5000);
  scenario.setUser('bob');
  openButton(scenario).tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test("an unsettled order is found when userId changes from 7 to '7'", () => {
  const scenario = new Scenario();
  scenario.host.configure({ userId: 7 });
  const button = openUnsettled(scenario);
  scenario.host.configure({ userId: '7' });
  scenario.advance(100);
  expect(button.phase).toBe('pending');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('同一笔'), paypending('T1')]);
});

test('an order belongs to ann when bob logs in during her create request', () => {
  const scenario = ofAnn();
  const button = openButton(scenario);
  scenario.backend.mode = 'slow';
  scenario.plan(unpaid('failed'));
  button.tap();
  scenario.advance(1000);
  scenario.setUser('bob');
  scenario.advance(6000);
  scenario.backend.mode = 'ok';
  scenario.advance(20000);
  expect(button.phase).toBe('idle');
  scenario.setUser('ann');
  scenario.advance(100);
  expect(button.phase).toBe('pending');
});

/** Ann was charged and the app killed; after the restart her order is checked at 0, 3 and 6 s, and paid at the last. */
function killedAfterCharge(): Scenario {
  const scenario = new Scenario();
  scenario.setUser('ann');
  scenario.plan({ notifyDelay: 6400, openFor: 1000, closeDelay: 60000 });
  openButton(scenario).tap();
  scenario.advance(3000);
  scenario.kill();
  scenario.takeEvents();
  return scenario;
}

test("bob's attempt succeeds, and ann receives paysuccess later, when ann's order of the same goods is found paid", () => {
  const scenario = killedAfterCharge();
  const tea = scenario.label(openButton(scenario), 'tea');
  scenario.advance(1000);
  scenario.setUser('bob');
  scenario.advance(4850);
  scenario.backend.mode = 'slow'; // his order takes 5 s
  tea.tap();
  scenario.backend.mode = 'ok';
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T2' }, on('tea', paysuccess('T2'))]);
  scenario.setUser('ann');
  expect(newsAfter(scenario, 3000)).toMatchObject([on('tea', paysuccess('T1', { resumed: true }))]);
});

test("ann receives paysuccess at her login when bob's button of the same goods was the only one", () => {
  const scenario = killedAfterCharge();
  const tea = openButton(scenario);
  scenario.advance(1000);
  scenario.setUser('bob');
  expect(newsAfter(scenario, 20000)).toEqual([]);
  expect(tea.phase).toBe('idle');
  scenario.setUser('ann');
  expect(newsAfter(scenario, 3000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test("bob's button of the same goods is idle when ann's attempt is at the cashier", () => {
  const scenario = new Scenario();
  scenario.setUser('ann');
  const [first, second] = scenario.open(TEA, TEA);
  scenario.plan({ openFor: 8000 });
  first!.tap();
  scenario.advance(2000);
  expect(second!.phase).toBe('paying');
  scenario.setUser('bob');
  scenario.advance(100);
  expect([first!.phase, second!.phase]).toEqual(['paying', 'idle']);
  scenario.advance(20000);
});

test('bob pays a new order when ann has paid the same goods on the same button', () => {
  const scenario = new Scenario();
  scenario.setUser('ann');
  const button = openButton(scenario);
  button.tap();
  scenario.advance(10000);
  expect(button.phase).toBe('paid');
  scenario.setUser('bob');
  scenario.advance(100);
  expect(button.phase).toBe('idle');
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('bob pays a new order when an order of before the login was called by ann', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('not-logged-in'), unpaid('cancel'));
  button.tap();
  scenario.advance(10000);
  scenario.setUser('ann');
  button.tap();
  scenario.advance(10000);
  scenario.setUser('bob');
  button.tap();
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1', 'T2']);
});

test("bob buys the same goods from the same button when he logged in during ann's payment", () => {
  const scenario = ofAnn();
  const button = openButton(scenario);
  scenario.plan({ openFor: 5000 });
  button.tap();
  scenario.advance(2000);
  scenario.setUser('bob');
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(button.phase).toBe('idle');
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

describe.each(['/status', ''])('an order that ann and bob both called (status-url %j)', statusUrl => {
  /** bob's button of the ready order that ann's cashier said 6 about */
  function calledByBoth(plan: Partial<CashierPlan>): { scenario: Scenario; button: FakeComponent } {
    const scenario = new Scenario({ settings: { userId: 'ann' } });
    const properties = { orderInfo: scenario.createOrder().orderInfo, statusUrl };
    scenario.plan(unpaid('failed'), plan);
    openButton(scenario, properties).tap();
    scenario.advance(20000);
    scenario.host.closePage();
    scenario.setUser('bob');
    const button = openButton(scenario, properties);
    scenario.host.modal.answer = 'yes';
    button.tap();
    scenario.advance(20000);
    scenario.takeEvents();
    return { scenario, button };
  }

  test("bob's button is paid when he pays it", () => {
    const { scenario, button } = calledByBoth({});
    expect(button.phase).toBe('paid');
    button.tap();
    expect(newsAfter(scenario, 10000)).toEqual([]);
  });

  test('bob sees the question for other goods when ann has called it again since', () => {
    const { scenario } = calledByBoth(unpaid('failed'));
    scenario.host.closePage();
    scenario.setUser('ann');
    scenario.plan(unpaid('failed'));
    const properties = { orderInfo: scenario.backend.orderInfo(scenario.backend.order('T1')!), statusUrl };
    openButton(scenario, properties).tap();
    scenario.advance(20000);
    expect(calledOrders(scenario)).toEqual(['T1', 'T1', 'T1']);
    scenario.takeEvents();
    scenario.setUser('bob');
    scenario.host.modal.answer = 'no';
    openButton(scenario, CUP).tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([asks('未收到付款'), paycancel('T2', { by: 'user' })]);
  });

  test.each(['ann', 'bob'])('%s sees the question for other goods when it may be paid', who => {
    const { scenario } = calledByBoth(unpaid('failed'));
    scenario.setUser(who);
    scenario.host.modal.answer = 'no';
    openButton(scenario, CUP).tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([asks('未收到付款'), paycancel('T2', { by: 'user' })]);
  });
});

describe('an order-key that ann paid', () => {
  const VIP = { ...TEA, orderKey: 'vip' };

  function paidByAnn(): Scenario {
    const scenario = new Scenario({ settings: { userId: 'ann' } });
    openButton(scenario, VIP).tap();
    scenario.advance(10000);
    scenario.host.closePage();
    scenario.setUser('bob');
    return scenario;
  }

  const WAYS: [string, (button: FakeComponent) => void][] = [
    ['pays it, too', button => button.tap()],
    ['resets it', button => void button.reset()],
  ];
  test.each(WAYS)("ann's button stays paid when bob %s", (_way, act) => {
    const scenario = paidByAnn();
    act(openButton(scenario, VIP));
    scenario.advance(10000);
    scenario.host.closePage();
    scenario.setUser('ann');
    const button = openButton(scenario, VIP);
    scenario.takeEvents();
    expect(button.phase).toBe('paid');
    button.tap();
    expect(newsAfter(scenario, 10000)).toEqual([]);
  });
});

test('payfail has the message for paid when a guest paid the ready order and taps again after the login', () => {
  const scenario = new Scenario({ settings: { userId: 'guest' } });
  const properties = { orderInfo: scenario.createOrder().orderInfo, statusUrl: '/status' };
  openButton(scenario, properties).tap();
  scenario.advance(10000);
  scenario.host.closePage();
  scenario.setUser('ann');
  const button = openButton(scenario, properties);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'closed', message: '已支付' })]);
});

test("bob's order is a new one when nobody was logged in while ann's order of the same goods was asked for again", () => {
  const scenario = ofAnn();
  const tea = openButton(scenario);
  for (const userId of ['ann', '', 'bob']) {
    scenario.setUser(userId);
    scenario.backend.mode = userId === 'bob' ? 'ok' : 'lost-answer';
    tea.tap();
    scenario.advance(20000);
  }
  const [ofAnns, ofNobody, ofBob] = sentKeys(scenario);
  expect(ofNobody).toBe(ofAnns);
  expect(ofBob).not.toBe(ofAnns);
});
