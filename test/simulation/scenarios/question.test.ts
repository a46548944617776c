/** One question before another call, about every order that may be paid. */
import { Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  MINUTE,
  MUG,
  newsAfter,
  openButton,
  openUnsettled,
  TEA,
  unpaid,
} from './scenario-helpers';

const WITHOUT_STATUS = { ...TEA, statusUrl: '' };

test('the question offers the same order, and its yes calls that order, when it may be paid', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    {
      question: {
        content: expect.stringMatching(/「tea」¥19.99.*同一笔/),
        confirmText: '继续支付',
        cancelText: '取消',
      },
    },
    { cashier: 'T1' },
    paysuccess('T1', { resumed: false }),
  ]);
  expect(scenario.backend.creates).toBe(1);
});

test('an attempt ends as pending when the user declines to pay the same order', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('同一笔'), paypending('T1')]);
  expect(button.phase).toBe('pending');
});

test('an attempt ends as cancelled when the user declines the question about another order', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('本次订单'),
    paycancel('T2', { by: 'user', mayBePaid: false }),
  ]);
});

test('the order is checked and named in the question when the checkout left it pending and its order page pays it', () => {
  const scenario = new Scenario();
  const checkout = openButton(scenario);
  scenario.plan(unpaid('paying'));
  checkout.tap();
  expect(newsAfter(scenario, 70000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);

  const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
  const button = openButton(scenario, { statusUrl: '/status', orderInfo });
  expect(button.phase).toBe('pending');
  scenario.advance(6000);
  const before = scenario.backend.checks.length;
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '同一笔'),
    { cashier: 'T1' },
    paysuccess('T1'),
  ]);
  expect(scenario.backend.checks.length).toBeGreaterThan(before);
});

test('the question names the unsettled order when there is no status-url', () => {
  const scenario = new Scenario();
  scenario.backend.traits = { ignoresKey: true };
  const button = openUnsettled(scenario, WITHOUT_STATUS);
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」¥19.99', '未收到付款'), paypending('T1')]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('one question names the newest order and counts the others, and its yes accepts all, when several may be paid', () => {
  const scenario = new Scenario();
  const [tea, cup, mug] = scenario.open(TEA, CUP, MUG);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed', { openFor: 500, callbackDelay: 30000 }), unpaid('failed', { openFor: 500 }));
  tea!.tap();
  scenario.advance(6000);
  tea!.tap(); // lost
  scenario.advance(500);
  cup!.tap(); // accepts tea
  scenario.advance(40000); // tea's answer raised its claim: not accepted any more
  scenario.takeEvents();

  scenario.plan(unpaid('cancel'));
  mug!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「cup」¥19.99 等 2 笔未收到付款'),
    { cashier: 'T3' },
    paycancel('T3'),
  ]);
  mug!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T3' }, paysuccess('T3')]);
});

test('the question offers a new order, and its yes creates that order, when the same order was called twice without a result', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.host.modal.answer = 'yes';
  scenario.plan(unpaid('failed'));
  button.tap();
  scenario.advance(20000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」', '本次订单'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('the question offers the same order when one of its two calls was cancelled', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('cancel'), unpaid('failed'));
  button.tap();
  scenario.advance(5000);
  button.tap();
  scenario.advance(12000);
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('「tea」', '同一笔'), paypending('T1')]);
});

test.each([
  [29, WITHOUT_STATUS, '同一笔'],
  [31, WITHOUT_STATUS, '本次订单'],
  [31, TEA, '同一笔'],
])('the question after %i min, with the properties %j, says %s', (minutes, properties, words) => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario, properties);
  scenario.advance(minutes * MINUTE);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', words),
    { cashier: words === '同一笔' ? 'T1' : 'T2' },
    expect.objectContaining({ event: 'paysuccess' }),
  ]);
});

test('no question is shown when each order is paid, cancelled or rejected by the cashier', () => {
  const scenario = new Scenario();
  const [tea, cup, mug] = scenario.open(TEA, CUP, MUG);
  tea!.tap();
  scenario.advance(10000);
  scenario.plan(unpaid('cancel'), unpaid('rejected'));
  cup!.tap();
  scenario.advance(5000);
  mug!.tap();
  scenario.advance(5000);
  cup!.tap();
  scenario.advance(10000);
  expect(scenario.host.modal.questions).toEqual([]);
  expect(calledOrders(scenario)).toEqual(['T1', 'T2', 'T3', 'T2']);
});

test('an attempt ends without a second question when another order fails with 6 during the first', () => {
  const scenario = new Scenario();
  const [tea, cup, mug] = scenario.open(TEA, CUP, MUG);
  scenario.host.modal.answer = 'yes';
  // cup is accepted as lost, and its cashier answers 6 while the question about tea is open.
  scenario.plan(unpaid('failed', { openFor: 500, callbackDelay: 11000 }));
  cup!.tap();
  scenario.advance(6000);
  cup!.tap(); // lost, pending
  scenario.advance(500);
  scenario.plan(unpaid('failed', { openFor: 500 }));
  tea!.tap(); // accepts cup
  scenario.advance(4500);
  scenario.takeEvents();
  mug!.tap();
  scenario.advance(200);
  expect(scenario.host.modal.questions).toHaveLength(2);
  const events = newsAfter(scenario, 20000);
  expect(scenario.host.modal.questions).toHaveLength(2);
  expect(events[events.length - 1]).toMatchObject({
    event: expect.stringMatching(/paycancel|payfail/) as string,
  });
});

test('the question says paid or possibly paid, and paysuccess is still delivered, when one order is paid and another unsettled', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.host.modal.answer = 'yes';
  openUnsettled(scenario, CUP);
  scenario.host.closePage();
  scenario.host.modal.answer = 'no';
  scenario.backend.notify('T1');
  openButton(scenario, MUG).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    asks('「cup」¥19.99 等 2 笔', '已付款、已退款或待确认'),
    paycancel('T3', { by: 'user' }),
  ]);
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
});

test('the question is asked again when the first one, about a paid and an unsettled order, was answered with no', () => {
  const scenario = new Scenario();
  openUnsettled(scenario);
  scenario.host.closePage();
  scenario.host.modal.answer = 'yes';
  openUnsettled(scenario, CUP);
  scenario.host.closePage();
  scenario.host.modal.answer = 'no';
  scenario.backend.notify('T1');
  openButton(scenario, MUG).tap();
  scenario.advance(60000);
  scenario.takeEvents();
  openButton(scenario, CUP).tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    asks('「cup」¥19.99 等 2 笔', '待确认'),
    paypending('T2'),
  ]);
});

test('no question is asked about a payment when resumePending() has returned it during the create request', async () => {
  const scenario = new Scenario();
  const cup = openButton(scenario, CUP);
  scenario.plan({ notifyDelay: 20000, callback: 'failed' });
  cup.tap();
  scenario.advance(4000);
  scenario.host.closePage();
  const tea = openButton(scenario, TEA);
  scenario.advance(30000);
  scenario.host.addComponent(scenario.host.top!, {
    name: 'order-summary',
    properties: { orderUrl: '/views?tpOrderId=T1' },
  });
  scenario.advance(2000);
  scenario.backend.mode = 'slow';
  tea.tap();
  scenario.advance(500);
  expect(await scenario.resumePending(1000)).toMatchObject([{ outcome: 'success', tpOrderId: 'T1' }]);
  expect(newsAfter(scenario, 20000).filter(entry => 'question' in entry)).toEqual([]);
});

test.each(['yes', 'no'] as const)(
  'a success is delivered when it comes while a question says that its order is closed, and the answer is %s',
  answer => {
    const scenario = new Scenario();
    const page = scenario.openPage([CUP]);
    scenario.plan({ callback: 'success', callbackDelay: 30000, notifyDelay: 999999 });
    page.buttons[0]!.tap();
    scenario.advance(3000);
    page.buttons[0]!.detach();
    const tea = scenario.host.addComponent(page, { properties: TEA });
    scenario.advance(1000);
    scenario.backend.order('T1')!.status = 'closed';
    scenario.advance(4000);
    Object.assign(scenario.host.modal, { delay: 60000, answer });
    tea.tap();
    scenario.advance(5000);
    scenario.backend.order('T1')!.status = 'paid';
    scenario.advance(70000);
    scenario.takeEvents();
    scenario.openPage([CUP]);
    expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1')]);
  },
);

test.each([
  ['confirmed during the create request', 'paid', '「cup」¥19.99 已支付'],
  ['not confirmed yet', 'closed', '「cup」¥19.99 未收到付款'],
] as const)('the question names an order once when its late success is %s', (_when, status, words) => {
  const scenario = new Scenario();
  const page = scenario.openPage([CUP]);
  scenario.plan({ callback: 'success', callbackDelay: 7000, notifyDelay: 999999 });
  page.buttons[0]!.tap();
  scenario.advance(3000);
  page.buttons[0]!.detach();
  const tea = scenario.host.addComponent(page, { properties: TEA });
  scenario.advance(1000);
  scenario.backend.order('T1')!.status = 'closed';
  scenario.advance(4000);
  tea.tap();
  scenario.advance(60);
  scenario.backend.mode = 'slow';
  scenario.advance(100);
  scenario.backend.mode = 'ok';
  scenario.backend.order('T1')!.status = status;
  scenario.takeEvents();
  expect(newsAfter(scenario, 8000)).toMatchObject([asks(words), paycancel('T2', { by: 'user' })]);
});

test('no second question is asked about a payment when the first one was asked after a restart', () => {
  const scenario = new Scenario();
  openUnsettled(scenario, CUP);
  scenario.kill();
  scenario.backend.order('T1')!.status = 'paid';
  openButton(scenario).tap();
  scenario.advance(100);
  scenario.kill();
  scenario.host.modal.answer = 'yes';
  scenario.takeEvents();
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「cup」', '已支付'),
    { cashier: 'T3' },
    paysuccess('T3'),
  ]);
  openButton(scenario, MUG).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T4' }, paysuccess('T4')]);
});

test('no second question is asked when the first one counted a paid and a closed order, and its answer was yes', () => {
  const scenario = new Scenario();
  scenario.openPage([]);
  scenario.host.modal.answer = 'yes';
  for (const goods of [CUP, MUG]) {
    openUnsettled(scenario, goods);
    scenario.host.closePage();
  }
  scenario.backend.order('T1')!.status = 'paid';
  scenario.backend.order('T2')!.status = 'closed';
  for (const tpOrderId of ['T1', 'T2']) {
    scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=' + tpOrderId } }]);
    scenario.advance(2000);
    scenario.host.closePage();
  }
  scenario.takeEvents();
  openButton(scenario).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([asks('等 2 笔'), { cashier: 'T3' }, paysuccess('T3')]);
  openButton(scenario, { ...TEA, orderPayload: { goods: 'pot' } }).tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T4' }, paysuccess('T4')]);
});
