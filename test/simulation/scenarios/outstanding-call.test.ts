/** While the cashier is called and has not answered. */
import { Scenario, settled, STATUS } from '../scenario';
import { on, paycancel, paycomplete, paypending, paysuccess, paytap } from '../timeline-events';
import { asks, calledOrders, CUP, newsAfter, openButton, TEA, unpaid } from './story-helpers';

test('a tap joins the attempt when it comes before the cashier and when it comes after', async () => {
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

test('another button ends as busy, without a toast, while the cashier has not answered', () => {
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

test('the same button ends as busy when pay() is handed other goods', () => {
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

test('P4 the second of two quick taps ends as busy when the page orders by itself', () => {
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

test('P14 the attempt goes on when taps get through because the cashier takes 3 s to be seen', () => {
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

test('the built-in button is not disabled while the cashier is called, so that a tap can prove that it is gone', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  button.tap();
  scenario.advance(1000);
  expect(button.phase).toBe('paying');
  expect(button.data.locked).toBe(false);
  scenario.advance(20000);
});

test('an order is failed as doubtful, not busy, when the cashier answered 6: the next tap may go on', () => {
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

test('no order is made for a button that is busy', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan({ showDelay: 3000 });
  tea!.tap();
  scenario.advance(1500);
  cup!.tap();
  scenario.advance(20000);
  expect(scenario.backend.creates).toBe(1);
});

test('the first attempt ends as pending when another button calls its order while that is confirmed', () => {
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

test('a check that was on its way when the cashier answered says nothing about the payment: there is another', () => {
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
