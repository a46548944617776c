/** Without a tap: what a component checks when it is attached, and when its page is shown. */
import { Scenario } from '../scenario';
import { paypending, paysuccess, phase } from '../timeline-events';
import { CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './scenario-helpers';

const checksOf = (scenario: Scenario): number => scenario.backend.checks.length;

test('a button shows pending and checks once when it is attached and its goods have an unsettled order', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.advance(6000);
  const before = checksOf(scenario);
  const again = openButton(scenario);
  expect(scenario.takeEvents()).toMatchObject([phase('idle', 'pending')]);
  expect(checksOf(scenario)).toBe(before + 1);
  expect(newsAfter(scenario, 30000)).toEqual([]);
  expect(checksOf(scenario)).toBe(before + 1);
  expect(again.phase).toBe('pending');
});

test('a button fires paysuccess with resumed when its check on attach says paid', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.advance(6000);
  scenario.backend.notify('T1');
  const again = openButton(scenario);
  expect(newsAfter(scenario, 2000)).toMatchObject([paysuccess('T1', { resumed: true, verified: true })]);
  expect(again.phase).toBe('paid');
});

test('a button makes no request when its goods have no unsettled order', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const before = scenario.backend.received.length;
  openButton(scenario, CUP);
  scenario.advance(20000);
  expect(scenario.backend.received).toHaveLength(before);
});

test('a button checks an unsettled order when its properties change to the goods of that order', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  const cup = openButton(scenario, CUP);
  scenario.advance(6000);
  scenario.backend.notify('T1');
  cup.set({ orderPayload: TEA.orderPayload });
  expect(newsAfter(scenario, 2000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('an unanswered call is checked 2 s later when its page is shown again', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ callback: 'none' });
  button.tap();
  scenario.advance(3000);
  scenario.host.hide();
  scenario.advance(500);
  scenario.host.show();
  scenario.advance(1900);
  expect(checksOf(scenario)).toBe(0);
  expect(newsAfter(scenario, 1000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
  expect(checksOf(scenario)).toBe(1);
});

test('a call is not checked 2 s after the show when it was answered meanwhile', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel', { openFor: 3000, callbackDelay: 1500 }));
  button.tap();
  scenario.advance(1000);
  scenario.host.hide();
  scenario.advance(2500);
  scenario.host.show();
  scenario.advance(10000);
  expect(checksOf(scenario)).toBe(1); // the cancel's own
});

test('an order is checked at most once in 5 s when its page is shown repeatedly', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.advance(10000);
  const before = checksOf(scenario);
  for (let shows = 0; shows < 10; shows++) {
    scenario.host.hide();
    scenario.advance(400);
    scenario.host.show();
    scenario.advance(400);
  }
  expect(checksOf(scenario)).toBe(before + 2);
});

test('an order is checked once when two buttons of its goods are attached', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.advance(6000);
  const before = checksOf(scenario);
  scenario.open(TEA, TEA);
  scenario.advance(4000);
  expect(checksOf(scenario)).toBe(before + 1);
});

test('a button fires paysuccess with resumed, and another of its order-key is paid, when its page is shown after the payment', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, { ...TEA, orderKey: 'desk-7' });
  scenario.host.hide();
  scenario.advance(20000);
  scenario.backend.notify('T1');
  scenario.host.show();
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(button.phase).toBe('paid');
  const other = openButton(scenario, { ...TEA, orderKey: 'desk-7' });
  expect(other.phase).toBe('paid');
});

test('a button is pending without a check when its unsettled order has no status-url', () => {
  const scenario = new Scenario();
  const properties = { ...TEA, statusUrl: '' };
  openUnsettled(scenario, properties);
  const again = openButton(scenario, properties);
  scenario.advance(20000);
  expect(again.phase).toBe('pending');
  expect(checksOf(scenario)).toBe(0);
});

test('a button fires paysuccess with resumed when no check said paid for 60 s and its page is shown after the notification', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ notifyDelay: 90000 });
  button.tap();
  expect(newsAfter(scenario, 70000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  scenario.advance(30000);
  scenario.host.hide();
  scenario.advance(1000);
  scenario.host.show();
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('a button of a closed page fires no statechange when pay() is called on it', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.host.closePage();
  const other = openButton(scenario);
  scenario.plan({ openFor: 20000 });
  other.tap();
  scenario.advance(1000);
  scenario.takeEvents();
  void button.pay();
  expect(scenario.eventsAfter(1000)).toEqual([]);
});
