/** configure({ userId }): whose orders they are. */
import { Scenario } from '../scenario';
import { on, paycancel, paypending, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './story-helpers';

const ofAnn = (): Scenario => {
  const scenario = new Scenario();
  scenario.setUser('ann');
  return scenario;
};

test("another owner's order does not block: bob buys a cup while ann's tea is pending", () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('bob');
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(scenario.backend.checks.filter(({ url }) => /T1/.test(url))).toHaveLength(3);
});

test("another owner's order is not shown: bob's button of the same goods is idle, and buys a tea of his own", () => {
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

test('ann gets her outcome when she is back', () => {
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

test("an order of nobody known blocks everybody: it was called before the login, and ann's cup asks", () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.setUser('ann');
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test("ann's order asks when the attempt is of an unknown owner", () => {
  const scenario = ofAnn();
  openUnsettled(scenario);
  scenario.setUser('');
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('the owner counts when the attempt starts: a login in the middle leaves the order to an unknown owner', () => {
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

test('a live attempt stays with its owner, and its button shows it, when another user logs in meanwhile', () => {
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

test('components look again when the user changes: a pending button is idle for bob, and pending again for ann', () => {
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

test('components look again when the user becomes known: what waited is told', () => {
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

test('P4 of two people: the cashier of ann is not called over when bob logs in and taps', () => {
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

test("a key is its owner's: bob's same goods are another order than ann's cancelled one", () => {
  const scenario = ofAnn();
  scenario.plan(unpaid('cancel'));
  openButton(scenario).tap();
  scenario.advance(5000);
  scenario.setUser('bob');
  openButton(scenario).tap();
  scenario.advance(5000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2']);
});

test('a number is a name: configure({ userId: 7 }) and 7 as text are one person', () => {
  const scenario = new Scenario();
  scenario.host.configure({ userId: 7 });
  const button = openUnsettled(scenario);
  scenario.host.configure({ userId: '7' });
  scenario.advance(100);
  expect(button.phase).toBe('pending');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('同一笔'), paypending('T1')]);
});

test('an order belongs to who tapped when somebody else logs in before the cashier opens', () => {
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
