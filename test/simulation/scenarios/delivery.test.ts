/** Which component gets the outcome of an attempt. */
import { Scenario } from '../scenario';
import { on, paypending, paysuccess } from '../timeline-events';
import { CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './story-helpers';

test('the component that started the attempt is told, not another one of the same goods in front', () => {
  const scenario = new Scenario();
  const [first, second] = scenario.open(TEA, TEA);
  scenario.label(first!, 'first');
  scenario.label(second!, 'second');
  second!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, on('second', paysuccess('T1'))]);
});

test('the component that started the attempt gets its outcome when another page was opened meanwhile', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openButton(scenario), 'tea');
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.openPage([]);
  expect(scenario.eventsAfter(20000).slice(-2)).toMatchObject([
    on('tea', paysuccess('T1')),
    on('tea', { event: 'paycomplete', detail: { outcome: 'success' } }),
  ]);
});

test('nobody is toasted when the page of the payment is not in front', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.openPage([]);
  scenario.advance(20000);
  expect(scenario.host.toasts).toEqual([]);
});

test('no toast comes when the app is in the background', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.host.hide();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.host.toasts).toEqual([]);
});

test('a tab page that is switched away still gets its event', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openButton(scenario), 'tea');
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.host.switchTab(() => scenario.host.openPage([{ properties: CUP }]));
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, on('tea', paysuccess('T1'))]);
});

test('a component in front that shows these goods is told when the one that started it was taken away', () => {
  const scenario = new Scenario();
  const [first, second] = scenario.open(TEA, TEA);
  scenario.label(second!, 'second');
  first!.tap();
  scenario.advance(1000);
  first!.detach();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, on('second', paysuccess('T1'))]);
});

test('a component in front that shows these goods is told when the page of the attempt was closed', () => {
  const scenario = new Scenario();
  const below = scenario.label(openButton(scenario), 'below');
  const above = scenario.label(openButton(scenario), 'above');
  scenario.plan({ notifyDelay: 5000 });
  above.tap();
  scenario.advance(3000);
  scenario.host.closePage();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, on('below', paysuccess('T1'))]);
  expect(below.phase).toBe('paid');
});

test('a component in front that shows these goods is told when reLaunch took the page of the attempt away', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openButton(scenario), 'gone');
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.takeEvents();
  const page = scenario.host.relaunch(() => scenario.host.openPage([{ properties: TEA }]));
  scenario.label(page.buttons[0]!, 'new');
  expect(newsAfter(scenario, 20000)).toMatchObject([on('new', paysuccess('T1'))]);
});

test('an outcome is delivered once when the app is killed before the delivery', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.openPage([]);
  scenario.backend.notify('T1');
  openButton(scenario, CUP).tap(); // finds it paid; the question is not put before the kill
  scenario.advance(90);
  scenario.kill();
  scenario.takeEvents();
  const before = scenario.backend.checks.length;
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(scenario.backend.checks).toHaveLength(before);
});

test('configure({ onOutcome }) gets every outcome besides, and does not count as delivery', () => {
  const outcomes: object[] = [];
  const scenario = new Scenario({ settings: { onOutcome: (outcome: object) => outcomes.push(outcome) } });
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('cancel'));
  cup!.tap();
  scenario.advance(5000);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  expect(outcomes).toMatchObject([
    { outcome: 'cancel', tpOrderId: 'T1', by: 'user' },
    { outcome: 'success', tpOrderId: 'T2' },
  ]);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T2', { resumed: true })]);
});

test('a payment goes on when onOutcome throws', () => {
  const scenario = new Scenario({
    settings: {
      onOutcome: () => {
        throw new Error('mine');
      },
    },
  });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test('details carry the order-key of the page', () => {
  const scenario = new Scenario();
  scenario.plan(unpaid('paying'));
  openButton(scenario, { ...TEA, orderKey: 'desk-7', statusUrl: '' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: 'T1' },
    paypending('T1', { orderKey: 'desk-7', totalAmount: 1999 }),
  ]);
});

test('a page that pays again in its handler has the next attempt after the first outcome', () => {
  const scenario = new Scenario();
  let again = true;
  const page = scenario.openPage([TEA], {
    onEvent: (button, name) => {
      if (name !== 'paycancel' || !again) return;
      again = false;
      void button.pay();
    },
  });
  scenario.plan(unpaid('cancel'));
  page.buttons[0]!.tap();
  const events = scenario
    .eventsAfter(20000)
    .filter(entry => 'event' in entry && /^pay(cancel|complete|success)/.test(entry.event));
  expect(events.map(entry => 'event' in entry && entry.event)).toEqual([
    'paycancel',
    'paycomplete',
    'paysuccess',
    'paycomplete',
  ]);
});
