/** The first step of an attempt: every unsettled order of this person is checked. */
import { CREATE, Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, MINUTE, MUG, newsAfter, openButton, openUnsettled, TEA } from './story-helpers';

const WAITING = 11 * MINUTE;

test('an attempt makes one request only, for its order, when nothing is unsettled and nothing was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  expect(scenario.backend.received).toHaveLength(1);
});

test('an attempt checks each unsettled order once, all at the same time, when there are two', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  openUnsettled(scenario, CUP);
  scenario.host.modal.answer = 'no';
  const mug = openButton(scenario, MUG);
  const before = scenario.backend.checks.length;
  mug.tap();
  expect(scenario.backend.checks.slice(before).map(({ url }) => url)).toEqual([
    expect.stringContaining('T2'),
    expect.stringContaining('T1'),
  ]);
  scenario.advance(10000);
  expect(scenario.backend.checks).toHaveLength(before + 2);
});

test('an attempt succeeds, without another order, when its goods turn out to have been paid a moment ago', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true, verified: true })]);
  expect(scenario.backend.creates).toBe(1);
});

test('an attempt delivers the payment and asks about it when its goods were paid more than 10 min ago', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paysuccess('T1', { resumed: true }),
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2', { resumed: false }),
  ]);
});

test('an attempt succeeds when its goods were paid more than 10 min ago under an order-key of the page', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, { ...TEA, orderKey: 'desk-7' });
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true, orderKey: 'desk-7' })]);
});

test('an attempt succeeds when its ready order was paid more than 10 min ago', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const button = openUnsettled(scenario, { statusUrl: '/status', orderInfo });
  scenario.advance(WAITING);
  scenario.backend.notify('T1');
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('the question says paid when an order of other goods was paid meanwhile, and it waits for nobody else then', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.backend.notify('T1');
  const cup = openButton(scenario, CUP);
  scenario.host.modal.answer = 'no';
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '已支付'),
    paycancel('T2', { by: 'user' }),
  ]);
  // A question that named it counts as delivery.
  openButton(scenario);
  expect(newsAfter(scenario, 10000)).toEqual([]);
});

test('an attempt is pending when its own order cannot be checked, and asks when it cannot the second time running', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([paypending('T1')]);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 80000)).toMatchObject([
    asks('「tea」¥19.99', '同一笔'),
    { cashier: 'T1' },
    paypending('T1'),
  ]);
});

test('an attempt is pending again when its order could be checked in between', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
  scenario.backend.mode = 'ok';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paypending('T1')]);
  scenario.backend.mode = 'lost';
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
});

test('an attempt asks at once when an order of other goods cannot be checked', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  scenario.backend.respond = ({ url }) => (/status/.test(url) ? { statusCode: 500, data: '' } : undefined);
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '未收到付款'),
    paycancel('T2', { by: 'user' }),
  ]);
});

test('an attempt waits 3 s for a check, and no longer, when the backend is slow', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  const cup = openButton(scenario, CUP);
  scenario.backend.mode = 'slow';
  cup.tap();
  scenario.advance(2900);
  expect(scenario.backend.creates).toBe(1);
  scenario.advance(200);
  expect(scenario.backend.creates).toBe(2);
});

test('an order is checked where the button says so by now when it was called without a status-url', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, CREATE);
  button.set({ statusUrl: '/status' });
  scenario.backend.notify('T1');
  expect(newsAfter(scenario, 2000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});
