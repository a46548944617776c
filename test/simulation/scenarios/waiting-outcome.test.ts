/** An outcome that nobody was there to receive waits in the ledger. */
import { Scenario } from '../scenario';
import { on, payfail, paysuccess } from '../timeline-events';
import { asks, CUP, HOUR, newsAfter, openButton, TEA, unpaid } from './story-helpers';

test('the outcome waits for the next one that is attached when nobody shows these goods', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }]);
  scenario.label(openButton(scenario), 'next');
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('the outcome waits for the next one that is shown when nobody in front shows these goods', () => {
  const scenario = new Scenario();
  const below = scenario.label(openButton(scenario), 'below');
  const [tea] = scenario.open(TEA, CUP);
  scenario.plan({ notifyDelay: 5000 });
  tea!.tap();
  scenario.advance(3000);
  tea!.detach();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }]);
  scenario.host.closePage();
  expect(newsAfter(scenario, 1000)).toMatchObject([on('below', paysuccess('T1', { resumed: true }))]);
  expect(below.phase).toBe('paid');
});

test('the outcome that waits is found by its number, too: the page of the order is opened', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  openButton(scenario, {
    statusUrl: '/status',
    orderInfo: scenario.backend.orderInfo(scenario.backend.order('T1')!),
  });
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test.each([
  [23 * HOUR, true],
  [25 * HOUR, false],
])('the outcome that waits reaches a component %i ms later: %s', (ms, isTold) => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  scenario.world.jumpDevice(ms);
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toMatchObject(isTold ? [paysuccess('T1', { resumed: true })] : []);
});

test('the question tells of an outcome that still waits when other goods are wanted', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  scenario.host.modal.answer = 'yes';
  cup!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('a failure waits, too, and says that the order may be paid', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 500)).toMatchObject([payfail('T1', { reason: 'cashier', mayBePaid: true })]);
});

test('the outcome that waits is told once when a handler logs its owner in, and two buttons show its goods', () => {
  const scenario = new Scenario({ settings: { userId: 'ann' } });
  scenario.plan({ openFor: 1000, callbackDelay: 9000 });
  openButton(scenario).tap();
  scenario.advance(5000);
  scenario.host.closePage();
  scenario.advance(20000);
  scenario.setUser('bob');
  const page = scenario.openPage([CUP, TEA, TEA], {
    onEvent: (_button, name) => {
      if (name === 'ordercreated') scenario.setUser('ann');
    },
  });
  scenario.takeEvents();
  page.buttons[0]!.tap();
  expect(newsAfter(scenario, 20000).filter(entry => 'event' in entry)).toMatchObject([
    paysuccess('T1'),
    paysuccess('T2'),
  ]);
});
