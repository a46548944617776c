/** configure({ userId }): whose orders they are. */
import { Scenario } from '../scenario';
import { on, paycancel, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  newsAfter,
  openButton,
  openUnsettled,
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
