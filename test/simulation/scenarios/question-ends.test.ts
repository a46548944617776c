/** A question is put only where a person sees it, and ends with its page. */
import type { ModalOptions } from '../fakes/fake-modal';
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

test('no question is shown when the user goes back before the check responds', () => {
  const scenario = new Scenario();
  scenario.label(openButton(scenario, CUP), 'cup');
  const button = openUnsettled(scenario);
  button.tap();
  scenario.advance(20);
  scenario.host.closePage();
  expect(newsAfter(scenario, 20000)).toEqual([]);
  expect(scenario.host.modal.questions).toEqual([]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('no question is shown when the app goes to the background before the check responds', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.tap();
  scenario.advance(20);
  scenario.host.hide();
  scenario.advance(5000);
  scenario.host.show();
  scenario.advance(5000);
  expect(scenario.host.modal.questions).toEqual([]);
  expect(button.phase).toBe('pending');
});

test('the question is shown once when the app returns within a second', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(20);
  scenario.host.hide();
  scenario.advance(600);
  scenario.host.show();
  expect(newsAfter(scenario, 20000)).toMatchObject([asks('「tea」'), { cashier: 'T1' }, paysuccess('T1')]);
});

test('no question is shown when reset() ended the attempt while the app was in the background', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(12000);
  cup!.tap();
  scenario.advance(20);
  scenario.host.hide();
  scenario.advance(500);
  scenario.host.show();
  expect(cup!.reset()).toBe(true);
  scenario.advance(5000);
  expect(scenario.host.modal.questions).toEqual([]);
});

test('a question counts as declined, and its late yes is ignored, when its page is left', () => {
  const scenario = new Scenario();
  scenario.label(openButton(scenario, CUP), 'cup');
  openUnsettled(scenario);
  scenario.host.modal.answer = 'none';
  const mug = openButton(scenario, { ...TEA, orderPayload: { goods: 'mug' } });
  mug.tap();
  scenario.advance(500);
  openButton(scenario, CUP); // navigateTo
  scenario.advance(500);
  scenario.host.modal.reply(true);
  expect(newsAfter(scenario, 20000)).toMatchObject([asks('「tea」'), paycancel('T2', { by: 'user' })]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('a question counts as declined when the app goes to the background', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'none';
  button.tap();
  scenario.advance(500);
  scenario.host.hide();
  expect(newsAfter(scenario, 500)).toMatchObject([asks('「tea」'), paypending('T1')]);
  scenario.host.show();
  scenario.world.invariant.disturb(); // a yes need not reach the cashier after that
  scenario.host.modal.reply(true);
  expect(newsAfter(scenario, 20000)).toEqual([]);
});

test('a question counts as declined when the host dropped it and the button is tapped', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'none';
  button.tap();
  scenario.advance(3000);
  scenario.host.modal.drop();
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    asks('「tea」'),
    paypending('T1'),
    asks('「tea」'),
    { cashier: 'T1' },
    paysuccess('T1'),
  ]);
});

test('a question stays open when the button is tapped twice', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(300);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([asks('「tea」'), { cashier: 'T1' }, paysuccess('T1')]);
});

test.each(['fails', 'throws'] as const)('a question counts as declined when showModal %s', mode => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.mode = mode;
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('an outcome of other goods stays undelivered when the question could not be shown', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.notify('T1');
  scenario.host.modal.mode = 'fails';
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paycancel('T2', { by: 'user' })]);
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('an attempt succeeds, and a late yes is ignored, when its order is found paid while the question is open', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openUnsettled(scenario), 'tea');
  scenario.host.modal.answer = 'none';
  tea.tap();
  scenario.advance(2000);
  scenario.backend.notify('T1');
  void scenario.host.resumePending();
  expect(newsAfter(scenario, 8000)).toMatchObject([
    asks('「tea」'),
    on('tea', paysuccess('T1', { resumed: true })),
  ]);
  scenario.host.modal.reply(true);
  expect(newsAfter(scenario, 8000)).toEqual([]);
});

test('a late yes is ignored when another question is open', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  const { modal } = scenario.host;
  const asked: ModalOptions[] = [];
  const show = modal.show.bind(modal);
  modal.show = (options, page) => {
    asked.push(options);
    show(options, page);
  };
  modal.answer = 'none';
  cup.tap();
  scenario.advance(3000);
  cup.tap(); // the host dropped the question
  expect(newsAfter(scenario, 1000)).toMatchObject([asks('「tea」'), paycancel('T2'), asks('「tea」')]);
  asked[0]!.success({ confirm: true });
  expect(newsAfter(scenario, 3000)).toEqual([]);
  modal.reply(false);
  expect(newsAfter(scenario, 3000)).toMatchObject([paycancel('T2', { by: 'user' })]);
});

test('a question counts as declined when showModal succeeds without a result', () => {
  const scenario = new Scenario();
  const [, cup] = [openUnsettled(scenario), openButton(scenario, CUP)];
  const modal = scenario.host.modal as unknown as { show(options: { success(): void }): void };
  modal.show = options => void scenario.clock.after(500, () => options.success(), scenario);
  cup.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ event: 'paycancel', detail: { by: 'user' } }]);
});
