/** A yes to another order is about the calls so far. */
import type { CashierPlan } from '../fakes/fake-cashier';
import { CREATE, Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  CUP,
  MINUTE,
  newsAfter,
  openButton,
  openUnsettled,
  statusText,
  summaryOf,
  TEA,
  unpaid,
} from './scenario-helpers';

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

test('the button of an unsettled order, and its order-summary, are pending when the user paid for other goods in spite of it', () => {
  const scenario = new Scenario();
  const tea = openUnsettled(scenario);
  const page = scenario.openPage([CUP, summaryOf({ orderUrl: '/order?tpOrderId=T1' })]);
  scenario.host.modal.answer = 'yes';
  page.buttons[0]!.tap();
  scenario.advance(10000);
  expect(statusText(page.components[1])).toBe('支付处理中');
  scenario.host.closePage();
  scenario.advance(50);
  expect(tea.phase).toBe('pending');
});

test('the order-summary of a quote is pending when the user paid for other goods in spite of its order', () => {
  const scenario = new Scenario();
  const tea = { ...TEA, orderKey: 'table-7' };
  const order = { title: 'tea', totalAmount: 1999 };
  const page = scenario.openPage([tea, CUP, summaryOf({ order, orderKey: 'table-7' })]);
  scenario.plan(unpaid('failed'));
  page.buttons[0]!.tap();
  scenario.advance(12000);
  scenario.host.modal.answer = 'yes';
  page.buttons[1]!.tap();
  scenario.advance(10000);
  expect(statusText(page.components[2])).toBe('支付处理中');
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

describe('a yes calls nothing, and the next tap asks anew, when the question named an order that', () => {
  /** Tea may be paid, and its page is gone; a cup is tapped, and its question read for some seconds. */
  function askAboutTea(plan: Partial<CashierPlan>, beforeTap: (scenario: Scenario) => void) {
    const scenario = new Scenario();
    scenario.plan(plan);
    const tea = openButton(scenario);
    tea.tap();
    scenario.advance(12000);
    const cup = openButton(scenario, CUP);
    tea.page.unload();
    scenario.host.pages.splice(0, 1);
    beforeTap(scenario);
    scenario.host.modal.answer = 'yes';
    scenario.host.modal.delay = 6000;
    scenario.takeEvents();
    return { scenario, cup };
  }

  test('is found paid before the answer', () => {
    const { scenario, cup } = askAboutTea({ callback: 'failed', notifyDelay: 15000 }, one => {
      one.advance(10000);
      one.backend.mode = 'slow';
    });
    cup.tap();
    scenario.advance(100);
    scenario.backend.mode = 'ok';
    expect(newsAfter(scenario, 15000)).toMatchObject([
      asks('「tea」.*未收到付款'),
      paycancel('T2', { by: 'changed' }),
    ]);
    scenario.host.modal.delay = 1300;
    cup.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([
      asks('「tea」.*已支付'),
      { cashier: 'T2' },
      paysuccess('T2'),
    ]);
  });

  test('was closed and is found paid before the answer', () => {
    const { scenario, cup } = askAboutTea({ callback: 'failed', notifyDelay: 30000 }, one => {
      const says = (status: string) => ({ statusCode: 200, data: { errno: 0, data: { status } } });
      one.backend.respond = ({ url }) => (/status/.test(url) ? says('closed') : undefined);
    });
    cup.tap();
    scenario.advance(500);
    scenario.backend.notify('T1');
    scenario.host.addComponent(cup.page, summaryOf({ orderUrl: '/order?tpOrderId=T1' }));
    expect(newsAfter(scenario, 15000)).toMatchObject([
      asks('「tea」.*已关闭'),
      paycancel('T2', { by: 'changed' }),
    ]);
    scenario.host.modal.answer = 'no';
    cup.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([
      asks('「tea」.*已支付'),
      paycancel('T2', { by: 'user' }),
    ]);
  });

  test('the cashier claims to be paid before the answer', () => {
    const late = { callbackDelay: 15000, notifyDelay: 10 * MINUTE };
    const { scenario, cup } = askAboutTea(late, one => one.advance(1000));
    cup.tap();
    expect(newsAfter(scenario, 15000)).toMatchObject([
      asks('「tea」.*未收到付款'),
      paycancel('T2', { by: 'changed' }),
    ]);
    scenario.host.modal.answer = 'no';
    cup.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T2', { by: 'user' })]);
  });
});

test('the question is shown again when the shop has kept the accepted order for the cart with a note', () => {
  const scenario = new Scenario();
  const { backend, host } = scenario;
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'), unpaid('cancel'));
  tea!.tap();
  scenario.advance(12000);
  host.modal.answer = 'yes';
  cup!.tap(); // accepts tea
  scenario.advance(12000);
  tea!.set({ orderPayload: { goods: 'tea', note: 'no ice' } });
  backend.respond = ({ url }) =>
    url.endsWith('/orders')
      ? { statusCode: 200, data: { errno: 0, data: backend.orderInfo(backend.order('T1')!) } }
      : undefined;
  host.modal.answer = 'no';
  scenario.advance(1000);
  scenario.takeEvents();
  tea!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」', '同一笔'), paypending('T1')]);
});

describe('the question is shown again for another order of the same goods', () => {
  test.each([
    ['when the yes was to other goods', 11 * MINUTE], // longer than an order is kept in memory
    ['when the yes was to other goods and the order cannot be checked for 30 min', 31 * MINUTE],
  ])('%s', (_when, wait) => {
    const scenario = new Scenario();
    scenario.backend.traits = { ignoresKey: true };
    const [tea, cup] = scenario.open(CREATE, { ...CREATE, orderPayload: { goods: 'cup' } });
    scenario.plan({ callback: 'failed' });
    tea!.tap();
    scenario.advance(5000);
    scenario.host.modal.answer = 'yes';
    cup!.tap(); // accepts tea
    scenario.advance(wait);
    scenario.host.modal.answer = 'no';
    scenario.takeEvents();
    tea!.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), paycancel('T3', { by: 'user' })]);
  });
});

test('no second question is shown when the user accepted an order of the same goods and cancelled the new one', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { ignoresKey: true };
  const tea = openButton(scenario, CREATE);
  scenario.plan(unpaid('failed'), unpaid('cancel'));
  tea.tap();
  scenario.advance(11 * MINUTE);
  scenario.host.modal.answer = 'yes';
  scenario.takeEvents();
  tea.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」'), { cashier: 'T2' }, paycancel('T2')]);
  expect(tea.phase).toBe('idle');
  tea.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('no second question is shown when the cashier repeats its failure of the accepted order', () => {
  const calls: { fail: (error: object) => void; success: () => void }[] = [];
  const scenario = new Scenario({ settings: { requestPayment: (one: never) => void calls.push(one) } });
  const [tea, cup, mug] = scenario.open(TEA, CUP, { ...TEA, orderPayload: { goods: 'mug' } });
  tea!.tap();
  scenario.advance(2000);
  calls[0]!.fail({ errCode: 6 });
  scenario.advance(12000);
  scenario.host.modal.answer = 'yes';
  cup!.tap();
  scenario.advance(3000);
  calls[1]!.fail({ errCode: 1001 });
  calls[0]!.fail({ errCode: 6 });
  scenario.advance(2000);
  mug!.tap();
  scenario.advance(2000);
  expect(calls).toHaveLength(3);
  calls[2]!.fail({ errCode: 1001 });
  expect(scenario.host.modal.questions).toHaveLength(1);
  // The oracle sees no calls of an adapter.
  scenario.world.invariant.violations.splice(0);
});
