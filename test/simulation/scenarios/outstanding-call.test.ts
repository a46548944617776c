/** While the cashier is called and has not answered. */
import { Scenario, settled, STATUS } from '../scenario';
import { on, paycancel, paycomplete, paypending, paysuccess, paytap } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

test('pay() joins the running attempt when it is called before and after the cashier call', async () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ showDelay: 3000 });
  button.tap();
  scenario.advance(50);
  const first = button.pay();
  scenario.advance(500);
  const second = button.pay();
  expect(second).toBe(first);
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(await settled(second)).toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: false });
});

test('a button shows paid when its page pays the same input again after the properties have changed', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, manual: true });
  void button.pay({ payload: { goods: 'mug' } });
  scenario.advance(500);
  button.set({ orderPayload: { goods: 'cup' } });
  scenario.advance(500);
  void button.pay({ payload: { goods: 'mug' } });
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(button.phase).toBe('paid');
});

test('another button ends as busy without a toast when the cashier has not answered', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.label(cup!, 'cup');
  scenario.plan({ showDelay: 3000 });
  tea!.tap();
  scenario.advance(1500);
  scenario.takeEvents();
  cup!.tap();
  expect(scenario.eventsAfter(0)).toMatchObject([
    on('cup', paytap('idle')),
    on('cup', paycancel('', { by: 'busy', mayBePaid: false })),
    on('cup', paycomplete('cancel', { by: 'busy' })),
  ]);
  scenario.advance(20000);
  expect(calledOrders(scenario)).toEqual(['T1']);
});

test('pay() ends as busy when it gets other goods and the cashier has not answered', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  void button.pay({ payload: { goods: 'cup' } });
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('', { by: 'busy' }),
    paysuccess('T1'),
  ]);
});

test('the second pay() ends as busy when the page creates an order for each of two quick taps', () => {
  const scenario = new Scenario();
  const page = scenario.openPage([{ ...TEA, createUrl: '', orderPayload: null, manual: true }], {
    onEvent: (button, name) => {
      if (name !== 'paytap') return;
      scenario.host.later(150, () => void button.pay({ orderInfo: scenario.createOrder().orderInfo }));
    },
  });
  const button = page.buttons[0]!;
  scenario.plan({ openFor: 5000 });
  button.tap();
  scenario.advance(100);
  button.tap();
  expect(newsAfter(scenario, 30000)).toMatchObject([
    { cashier: 'T1' },
    paycancel('', { by: 'busy' }),
    paysuccess('T1'),
  ]);
  expect(scenario.cashier.charges).toHaveLength(1);
});

test('the attempt succeeds when the button is tapped while the cashier takes 3 s to appear', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ showDelay: 3000 });
  scenario.host.modal.answer = 'yes';
  button.tap();
  scenario.advance(1400);
  button.tap();
  scenario.advance(900);
  button.tap();
  expect(newsAfter(scenario, 30000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { resumed: false })]);
});

test('a tap joins the payment when the page has given its order as order-info meanwhile', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ showDelay: 3000 });
  button.tap();
  scenario.advance(500);
  button.set({ orderInfo: scenario.backend.orderInfo(scenario.backend.orders[0]!) });
  scenario.advance(1000);
  button.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1', { resumed: false })]);
});

test('a button is not locked when its phase is paying', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  expect(button.phase).toBe('paying');
  expect(button.data.locked).toBe(false);
  scenario.advance(20000);
});

test('the question is shown when the cashier of another button has answered 6', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  scenario.host.modal.answer = 'yes';
  tea!.tap();
  scenario.advance(2500);
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    asks('「tea」'),
    { cashier: 'T2' },
    expect.anything(),
    expect.anything(),
  ]);
  expect(scenario.cashier.charges).toMatchObject([{ tpOrderId: 'T2' }]);
});

test('no order is created when a button ends as busy', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ showDelay: 3000 });
  tea!.tap();
  scenario.advance(1500);
  cup!.tap();
  scenario.advance(20000);
  expect(scenario.backend.creates).toBe(1);
});

test('the first attempt ends as pending when another button calls the same order during its confirmation', () => {
  const scenario = new Scenario();
  const { orderInfo } = scenario.createOrder();
  const [first, second] = scenario.open({ ...STATUS, orderInfo }, { ...STATUS, orderInfo });
  scenario.label(first!, 'first');
  scenario.plan(unpaid('success'), { notifyDelay: 200 });
  scenario.host.modal.answer = 'yes';
  first!.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }]);
  second!.tap();
  expect(newsAfter(scenario, 3000)).toMatchObject([
    asks('同一笔'),
    { cashier: 'T1' },
    on('first', paypending('T1')),
  ]);
  expect(newsAfter(scenario, 20000)).toMatchObject([paysuccess('T1', { resumed: false })]);
});

test('an order is checked again when a running check began before the cashier answered', () => {
  const scenario = new Scenario();
  scenario.plan({ openFor: 6000, notifyDelay: 0 });
  const button = openButton(scenario);
  button.tap();
  scenario.advance(3000);
  scenario.host.hide();
  scenario.advance(100);
  scenario.host.show();
  scenario.advance(1900);
  scenario.backend.mode = 'slow';
  scenario.advance(400); // checked 2 s after the show, answered 5 s later
  scenario.backend.mode = 'ok';
  const { length } = scenario.backend.checks;
  expect(newsAfter(scenario, 1500)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  expect(scenario.backend.checks).toHaveLength(length + 1);
});
