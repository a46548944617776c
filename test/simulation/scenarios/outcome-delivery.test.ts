/** Which component gets the outcome of an attempt. */
import { Scenario } from '../scenario';
import { on, paycancel, paypending, paysuccess } from '../timeline-events';
import { CUP, newsAfter, openButton, openUnsettled, summaryOf, TEA, unpaid } from './scenario-helpers';

test('the button that started the attempt receives paysuccess when another button of its page has the same goods', () => {
  const scenario = new Scenario();
  const [first, second] = scenario.open(TEA, TEA);
  scenario.label(first!, 'first');
  scenario.label(second!, 'second');
  second!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, on('second', paysuccess('T1'))]);
});

test('the button that started the attempt receives paysuccess when another page is opened meanwhile', () => {
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

test('no toast is shown when the page of the payment is not in front', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.openPage([]);
  scenario.advance(20000);
  expect(scenario.host.toasts).toEqual([]);
});

test('no toast is shown when the app is in the background', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.host.hide();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.host.toasts).toEqual([]);
});

test('a button receives paysuccess when its tab page was switched away', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openButton(scenario), 'tea');
  scenario.plan({ notifyDelay: 5000 });
  tea.tap();
  scenario.advance(3000);
  scenario.host.switchTab(() => scenario.host.openPage([{ properties: CUP }]));
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, on('tea', paysuccess('T1'))]);
});

test('a button receives the outcome of pay() when its list came after its tab page was switched away', () => {
  const scenario = new Scenario();
  const menu = scenario.openPage([]);
  scenario.host.switchTab(() => scenario.host.openPage([{ properties: CUP }]));
  scenario.advance(1000);
  const late = scenario.host.addComponent(menu, { properties: TEA });
  scenario.advance(1000);
  void late.pay();
  expect(newsAfter(scenario, 5000)).toMatchObject([paycancel('T1', { by: 'left' })]);
});

test('the button in front receives paysuccess when the page that started the attempt left the stack without onUnload', () => {
  const scenario = new Scenario();
  scenario.label(openButton(scenario), 'below');
  const { page } = openButton(scenario);
  scenario.plan({ notifyDelay: 5000 });
  page.buttons[0]!.tap();
  scenario.advance(3000);
  page.unload = () => undefined;
  scenario.host.closePage();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, on('below', paysuccess('T1'))]);
});

test('another button of the goods receives paysuccess when the one that started the attempt was detached', () => {
  const scenario = new Scenario();
  const [first, second] = scenario.open(TEA, TEA);
  scenario.label(second!, 'second');
  first!.tap();
  scenario.advance(1000);
  first!.detach();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, on('second', paysuccess('T1'))]);
});

test('the button of the goods on the page below receives paysuccess when the page of the attempt was closed', () => {
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

test('the button of the goods on the new page receives paysuccess when reLaunch closed the page of the attempt', () => {
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

test('configure({ onOutcome }) receives every outcome without counting as delivery when a button was detached', () => {
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

test('configure({ onOutcome }) receives a success once when two checks say paid before a button is there to receive it', () => {
  const outcomes: object[] = [];
  const scenario = new Scenario({ settings: { onOutcome: (outcome: object) => outcomes.push(outcome) } });
  scenario.openPage([]);
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.notify('T1');
  outcomes.splice(0);
  for (let view = 0; view < 2; view++) {
    scenario.openPage([summaryOf({ orderUrl: '/order?tpOrderId=T1' })]);
    scenario.advance(1000);
  }
  expect(outcomes).toMatchObject([{ outcome: 'success', tpOrderId: 'T1' }]);
});

test('a payment succeeds when onOutcome throws', () => {
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

test('an event detail has orderKey when the button has an order-key', () => {
  const scenario = new Scenario();
  scenario.plan(unpaid('paying'));
  openButton(scenario, { ...TEA, orderKey: 'desk-7', statusUrl: '' }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    { cashier: 'T1' },
    paypending('T1', { orderKey: 'desk-7', totalAmount: 1999 }),
  ]);
});

test('a second attempt starts after paycomplete when a handler of paycancel calls pay()', () => {
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
