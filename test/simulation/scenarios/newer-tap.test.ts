/** One attempt before the cashier in the whole mini-program: the newest. */
import { Scenario } from '../scenario';
import { on, paycancel, payfail, paysuccess } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, openUnsettled, TEA } from './scenario-helpers';

test('an attempt is superseded when another button of its page is tapped during the create request', () => {
  const scenario = new Scenario();
  const [cup, tea] = scenario.open(CUP, TEA);
  scenario.label(cup!, 'cup');
  scenario.label(tea!, 'tea');
  scenario.backend.mode = 'slow';
  cup!.tap();
  scenario.advance(500);
  scenario.backend.mode = 'ok';
  scenario.plan({ callback: 'failed', notifyDelay: 60000, openFor: 1000 });
  tea!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    on('cup', paycancel('', { by: 'superseded' })),
    { cashier: 'T2' },
    on('tea', payfail('T2', { reason: 'cashier', mayBePaid: true })),
  ]);
});

test('an attempt is superseded when pay() on the same button gets other goods', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(60);
  void button.pay({ payload: { goods: 'cup' } });
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paycancel('', { by: 'superseded' }),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('an attempt is superseded when a button on another page is tapped', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openButton(scenario), 'tea');
  scenario.backend.mode = 'slow';
  tea.tap();
  scenario.advance(100);
  const cup = openButton(scenario, CUP);
  scenario.backend.mode = 'ok';
  cup.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    on('tea', paycancel('', { by: 'superseded' })),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('an attempt ends as pending when it is superseded and its own order may be paid', () => {
  const scenario = new Scenario();
  const tea = scenario.label(openUnsettled(scenario), 'tea');
  scenario.host.modal.answer = 'none';
  tea.tap();
  scenario.advance(500); // asked about the same order
  scenario.takeEvents();
  void tea.pay({ payload: { goods: 'mug' } });
  expect(newsAfter(scenario, 100)).toMatchObject([
    on('tea', { event: 'paypending', detail: { tpOrderId: 'T1' } }),
  ]);
});

test('the question names the pending order, and its yes pays the new goods, when the goods of a pending button change', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(100);
  scenario.host.modal.answer = 'yes';
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '未收到付款', '本次订单'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
  expect(scenario.backend.order('T2')!.goods).toBe('cup');
});

test('the first paysuccess is fired before the second cashier opens when the success is confirmed during the question', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ notifyDelay: 2500 });
  scenario.host.modal.answer = 'yes';
  scenario.host.modal.delay = 6000;
  tea!.tap();
  scenario.advance(2500); // the cashier said success, the backend does not say so yet
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    asks('「tea」'),
    paysuccess('T1'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('the first paysuccess is fired, and the question says paid, when the check of the second purchase finds it', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ notifyDelay: 400 });
  scenario.host.modal.answer = 'yes';
  tea!.tap();
  scenario.advance(2500); // between two checks of the first purchase
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { resumed: false }),
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('a second tap joins the attempt when the goods are the same', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.backend.mode = 'slow';
  button.tap();
  scenario.advance(1000);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('pay() from below supersedes the attempt of its page when it is called before the page above is closed', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.label(cup!, 'cup');
  scenario.backend.mode = 'slow';
  tea!.tap();
  scenario.advance(100);
  scenario.backend.mode = 'ok';
  openButton(scenario, {});
  scenario.takeEvents();
  void cup!.pay();
  scenario.host.closePage();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    paycancel('', { by: 'superseded' }),
    { cashier: 'T2' },
    on('cup', paysuccess('T2')),
  ]);
});
