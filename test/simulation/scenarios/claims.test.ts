/** What an order's calls were answered with, and what may follow from it. */
import { Scenario } from '../scenario';
import { paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './story-helpers';

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
  ['cancelled', unpaid('cancel'), false],
  ['cancelled in words', unpaid('cancel-text'), false],
  ['doubtful (6)', unpaid('failed'), true],
  ['doubtful (no code)', unpaid('empty'), true],
  ['doubtful (1)', unpaid('paying'), true],
  ['taken back: the cashier never opened', unpaid('rejected'), false],
  ['taken back: nobody is logged in', unpaid('not-logged-in'), false],
])('a claim is %s: other goods are asked about only when the order may be paid', (_, plan, isAsked) => {
  const scenario = new Scenario();
  scenario.plan(plan);
  openButton(scenario).tap();
  scenario.advance(70000);
  expect(asksAboutTea(scenario)).toBe(isAsked);
});

test('a claim is success, which blocks other goods, until the backend says paid', () => {
  const scenario = new Scenario();
  scenario.plan({ notifyDelay: 200000 });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 70000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  expect(asksAboutTea(scenario)).toBe(true);
});

test('a later answer raises the claim when the same call is answered cancel and then success', () => {
  const scenario = new Scenario();
  scenario.plan({ callback: 'cancel', duplicate: true });
  openButton(scenario).tap();
  expect(newsAfter(scenario, 20000)).toContainEqual(
    expect.objectContaining({ event: 'paysuccess', detail: expect.objectContaining({ tpOrderId: 'T1' }) }),
  );
});

test('a later answer raises the claim when the same call is answered never opened and then success', () => {
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

test('a later answer does not lower the claim when the same call is answered success and then 6', () => {
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

test('what is claimed of an order stays doubtful when a later call of it was cancelled: pending, not cancelled', () => {
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

test('what is claimed of an order stays doubtful when a later call of it never opened the cashier', () => {
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

test('an order is cancelled when each of its calls was', () => {
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

test('a success without status-url settles the order', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, statusUrl: '' });
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { verified: false })]);
  expect(asksAboutTea(scenario)).toBe(false);
});
