/** 24 h after its latest call an order is given up, if nothing speaks against it. */
import { Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, DAY, HOUR, newsAfter, openButton, openUnsettled, TEA, unpaid } from './scenario-helpers';

const WITHOUT_STATUS = { ...TEA, statusUrl: '' };

test.each([
  ['was called 25 h ago', 25 * HOUR],
  ['the clock was set back by 25 h', -25 * HOUR],
])('other goods are paid without a question when the unsettled order was checked and %s', (_, ms) => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  scenario.world.jumpDevice(ms);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test.each([
  ['23 h ago', 23 * HOUR],
  ['23 h in the future', -23 * HOUR],
])(
  'the question is shown for other goods when the unsettled order was called %s by the device clock',
  (_, ms) => {
    const scenario = new Scenario();
    const button = openUnsettled(scenario);
    button.set({ orderPayload: { goods: 'cup' } });
    scenario.advance(100);
    scenario.world.jumpDevice(ms);
    button.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
  },
);

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

test('a button fires paysuccess after 25 h when the check says paid', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  scenario.world.jumpDevice(25 * HOUR);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test.each([25 * HOUR, -25 * HOUR])(
  'an order without status-url is deleted from storage when the device clock has moved by %i ms',
  ms => {
    const scenario = new Scenario();
    const button = openUnsettled(scenario, WITHOUT_STATUS);
    scenario.world.jumpDevice(ms);
    button.set({ orderPayload: { goods: 'cup' } });
    scenario.advance(100);
    button.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
    expect(scenario.host.storage.text()).not.toContain('T1');
  },
);

test('the question is shown when an order without status-url was called 23 h ago', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, WITHOUT_STATUS);
  scenario.world.jumpDevice(23 * HOUR);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2')]);
});

test('the age of an order counts from the latest call when the order was called again', () => {
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

test('a cancelled order is deleted from storage when it is older than 24 h', () => {
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

test("another user's order is deleted from storage when it is older than 24 h", () => {
  const scenario = new Scenario({ settings: {} });
  scenario.setUser('ann');
  openUnsettled(scenario);
  scenario.setUser('bob');
  scenario.world.jumpDevice(25 * HOUR);
  openButton(scenario, CUP).tap();
  scenario.advance(10000);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('an attempt at the cashier succeeds when the device clock is set meanwhile', () => {
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
