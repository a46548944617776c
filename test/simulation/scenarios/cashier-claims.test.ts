/** What an order's calls were answered with, and what may follow from it. */
import { Scenario } from '../scenario';
import { paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

/** Whether a purchase of other goods asks about the tea. */
function asksAboutTea(scenario: Scenario): boolean {
  const cup = openButton(scenario, CUP);
  scenario.host.modal.answer = 'no';
  scenario.plan(unpaid('cancel', { openFor: 500 }));
  scenario.takeEvents();
  cup.tap();
  const isAsked = newsAfter(scenario, 8000).some(entry => 'question' in entry);
  scenario.host.closePage();
  scenario.cashier.plans.length = 0;
  return isAsked;
}

test.each([
  ['is not shown when the cashier said cancel (2)', unpaid('cancel'), false],
  ['is not shown when the cashier said cancel in a text', unpaid('cancel-text'), false],
  ['is shown when the cashier failed with 6', unpaid('failed'), true],
  ['is shown when the cashier failed without a code', unpaid('empty'), true],
  ['is shown when the cashier said paying (1)', unpaid('paying'), true],
  ['is not shown when the cashier never opened', unpaid('rejected'), false],
  ['is not shown when the cashier said not-logged-in (5)', unpaid('not-logged-in'), false],
])('the question for other goods %s', (_, plan, isAsked) => {
  const scenario = new Scenario();
  scenario.plan(plan);
  openButton(scenario).tap();
  scenario.advance(70000);
  expect(asksAboutTea(scenario)).toBe(isAsked);
});

test('the question for other goods is shown when the cashier said success and no check says paid', () => {
  const scenario = new Scenario();
  scenario.plan({ notifyDelay: 200000 });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 70000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  expect(asksAboutTea(scenario)).toBe(true);
});

test('paysuccess is fired when the cashier answers cancel and then success', () => {
  const scenario = new Scenario();
  scenario.plan({ callback: 'cancel', duplicate: true });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 20000)).toContainEqual(
    expect.objectContaining({ event: 'paysuccess', detail: expect.objectContaining({ tpOrderId: 'T1' }) }),
  );
});

test('paysuccess follows payfail when the cashier answers not-logged-in (5) and then success', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ response: [false, { errCode: 5 }], duplicate: true });
  button.tap();
  const news = newsAfter(scenario, 20000);
  expect(news).toMatchObject([
    { cashier: 'T1' },
    payfail('T1', { reason: 'not-logged-in' }),
    paysuccess('T1', { resumed: true }),
  ]);
});

test('an attempt succeeds when the cashier answers success and then 6', () => {
  const scenario = new Scenario();
  scenario.plan({ duplicate: true, notifyDelay: 3000 });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: true })]);
});

test('a cancel is ignored when its call was given up as lost', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel', { openFor: 500, callbackDelay: 9000 }));
  button.tap();
  scenario.advance(6000);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  expect(button.phase).toBe('pending');
  expect(asksAboutTea(scenario)).toBe(true);
});

test('a cancel is ignored when its call was replaced by a later call of the same order', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  // The first sheet is still there: the second call ends it with a code 2.
  scenario.plan(unpaid('failed', { showDelay: 20000 }), unpaid('cancel', { openFor: 1000 }));
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(6000);
  button.tap(); // lost
  scenario.advance(500);
  button.tap(); // asked, and called again
  scenario.advance(10000);
  expect(calledOrders(scenario)).toEqual(['T1', 'T1']);
  expect(button.phase).toBe('pending');
  expect(asksAboutTea(scenario)).toBe(true);
});

test("an attempt ends as pending when the order's first call failed with 6 and the second was cancelled", () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('failed'), unpaid('cancel'));
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('同一笔'), { cashier: 'T1' }, paypending('T1')]);
  expect(asksAboutTea(scenario)).toBe(true);
});

test("payfail has mayBePaid when the order's first call failed with 6 and the second never opened the cashier", () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('failed'), unpaid('rejected'));
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('同一笔'),
    { cashier: 'T1' },
    payfail('T1', { reason: 'rejected', mayBePaid: true }),
  ]);
  expect(asksAboutTea(scenario)).toBe(true);
});

test('no question is shown when each call of the order was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'), unpaid('cancel'));
  button.tap();
  scenario.advance(5000);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('T1'),
    { cashier: 'T1' },
    paycancel('T1'),
  ]);
  expect(asksAboutTea(scenario)).toBe(false);
});

test('a success settles the order when there is no status-url', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, statusUrl: '' });
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: false })]);
  expect(asksAboutTea(scenario)).toBe(false);
});
