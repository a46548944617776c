/** 24 h after its latest call an order is given up, if nothing speaks against it. */
import { Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, DAY, HOUR, newsAfter, openButton, openUnsettled, TEA, unpaid } from './story-helpers';

const WITHOUT_STATUS = { ...TEA, statusUrl: '' };

test.each([
  ['after 25 h', 25 * HOUR],
  ['when the clock was set back by 25 h', -25 * HOUR],
])('other goods are bought without a question %s: a check was answered', (_, ms) => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  scenario.world.jumpDevice(ms);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test.each([
  ['23 h old', 23 * HOUR],
  ['made 23 h in the future', -23 * HOUR],
])('other goods are asked about when the unsettled order is, by the clock, %s', (_, ms) => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  scenario.world.jumpDevice(ms);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('an order stays unsettled after 25 h when it cannot be checked', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.world.jumpDevice(25 * HOUR);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
  scenario.backend.mode = 'ok';
  expect(button.phase).toBe('pending');
});

test('an order is a success after 25 h when the check says paid', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  scenario.world.jumpDevice(25 * HOUR);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test.each([25 * HOUR, -25 * HOUR])('an order without status-url is dropped %i ms away', ms => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, WITHOUT_STATUS);
  scenario.world.jumpDevice(ms);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('an order without status-url is asked about after 23 h', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, WITHOUT_STATUS);
  scenario.world.jumpDevice(23 * HOUR);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('the age counts from the latest call when the order was called again', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.world.jumpDevice(13 * HOUR);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'));
  button.tap(); // the same order
  scenario.advance(12000);
  scenario.world.jumpDevice(13 * HOUR);
  scenario.host.modal.answer = 'no';
  scenario.takeEvents();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('a cancelled order is dropped after 24 h', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel'));
  tea!.tap();
  scenario.advance(5000);
  expect(scenario.host.storage.text()).toContain('T1');
  scenario.world.jumpDevice(25 * HOUR);
  cup!.tap();
  scenario.advance(10000);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test("another owner's order is dropped after 24 h", () => {
  const scenario = new Scenario({ settings: {} });
  scenario.setUser('ann');
  openUnsettled(scenario);
  scenario.setUser('bob');
  scenario.world.jumpDevice(25 * HOUR);
  openButton(scenario, CUP).tap();
  scenario.advance(10000);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('timers do not care for the clock: a live attempt goes on when the clock is set meanwhile', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ openFor: 10000, notifyDelay: 3000 });
  button.tap();
  scenario.advance(1000);
  scenario.world.jumpDevice(-2 * DAY);
  scenario.advance(1000);
  scenario.world.jumpDevice(4 * DAY);
  expect(newsAfter(scenario, 30000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: true, resumed: false }),
  ]);
});
