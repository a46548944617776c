/** A yes to another order is about the calls so far. */
import { Scenario } from '../scenario';
import { paycancel, paysuccess } from '../timeline-events';
import { asks, CUP, newsAfter, openUnsettled, TEA, unpaid } from './scenario-helpers';

test('no second question is shown when the user accepted the unsettled order and cancelled the new one', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('cancel'));
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), { cashier: 'T2' }, paycancel('T2')]);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('no second question is shown when the app restarts after the user accepted the unsettled order', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('cancel'));
  button.tap();
  scenario.advance(10000);
  scenario.kill();
  scenario.takeEvents();
  const [cup] = scenario.open(CUP);
  cup!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('the button of an unsettled order is idle when the user accepted that order on another page', () => {
  const scenario = new Scenario();
  const tea = openUnsettled(scenario);
  const [cup] = scenario.open(CUP);
  scenario.host.modal.answer = 'yes';
  cup!.tap();
  scenario.advance(10000);
  scenario.host.closePage();
  scenario.advance(50);
  expect(tea.phase).toBe('idle');
});

test('the question is shown again when the accepted order was called again', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'), unpaid('cancel'), unpaid('failed'));
  tea!.tap();
  scenario.advance(12000);
  cup!.tap(); // accepts tea
  scenario.advance(12000);
  tea!.tap(); // called once more
  scenario.advance(12000);
  scenario.takeEvents();
  scenario.host.modal.answer = 'no';
  cup!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2', { by: 'user' })]);
});

test('the question is shown again when a late callback raises the claim of the accepted order', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed', { openFor: 500, callbackDelay: 20000 }), unpaid('cancel', { openFor: 500 }));
  tea!.tap();
  scenario.advance(6000);
  tea!.tap(); // lost
  scenario.advance(500);
  cup!.tap(); // accepts tea
  scenario.advance(5000);
  scenario.host.modal.answer = 'no';
  cup!.tap(); // not asked
  scenario.advance(15000); // the cashier answered 6
  scenario.takeEvents();
  const [mug] = scenario.open({ ...TEA, orderPayload: { goods: 'mug' } });
  mug!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T3', { by: 'user' })]);
});

test('a button fires paysuccess with resumed when its accepted order is found paid', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.host.modal.answer = 'yes';
  scenario.plan({ callback: 'failed', notifyDelay: 30000 });
  tea!.tap();
  scenario.advance(12000);
  cup!.tap();
  scenario.advance(30000);
  scenario.takeEvents();
  scenario.host.hide();
  scenario.advance(500);
  scenario.host.show();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});
