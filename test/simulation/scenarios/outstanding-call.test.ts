/** While the cashier is called and has not answered. */
import { Scenario, settled } from '../scenario';
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

test.each([
  [4900, 'joins it'],
  [5100, 'gives it up after one check'],
])('a tap %i ms after a call that nobody answers %s', (ms, what) => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('none', { openFor: 500 }));
  button.tap();
  scenario.advance(80);
  scenario.takeEvents();
  scenario.advance(ms);
  button.tap();
  const lost = what !== 'joins it';
  expect(newsAfter(scenario, 3000)).toMatchObject(lost ? [paypending('T1')] : []);
  expect(scenario.backend.checks).toHaveLength(lost ? 1 : 0);
  expect(button.phase).toBe(lost ? 'pending' : 'paying');
});

test('a lost call is a success when its one check says paid', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan({ callback: 'none' });
  button.tap();
  scenario.advance(6000);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { verified: true, resumed: false }),
  ]);
});

test('a tap gives the call up at once when its page was shown again since', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('none', { openFor: 800 }));
  button.tap();
  scenario.advance(1000);
  scenario.host.hide();
  scenario.advance(500);
  scenario.host.show();
  scenario.advance(500);
  button.tap();
  expect(newsAfter(scenario, 1000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
});

test('a tap on another button goes on, without another check of the lost order, when it gives the call up', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('none', { openFor: 500 }));
  scenario.host.modal.answer = 'yes';
  tea!.tap();
  scenario.advance(6000);
  cup!.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([
    { cashier: 'T1' },
    paypending('T1'),
    asks('「tea」¥19.99', '未收到付款'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
  expect(scenario.backend.checks.filter(({ url }) => /T1/.test(url))).toHaveLength(1);
});

test('a call is lost by itself when it has had no answer for 15 min', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('none', { openFor: 1000 }));
  button.tap();
  expect(newsAfter(scenario, 15 * 60000)).toMatchObject([{ cashier: 'T1' }]);
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
});

test('the call goes on when a page calls pay() in its onShow while WeChat has hidden and shown the app', () => {
  const scenario = new Scenario();
  const { buttons } = scenario.openPage([TEA], { onShow: page => page.ready && void page.buttons[0]!.pay() });
  scenario.plan({ hidesApp: true, openFor: 4000, callbackDelay: 3000 });
  buttons[0]!.tap();
  expect(newsAfter(scenario, 30000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { resumed: expect.any(Boolean) }),
  ]);
});

test('P31 nothing is given up without a tap when pay() comes 4.9 s after the show, and it is when 5.1 s', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('none', { openFor: 1000 }));
  tea!.tap();
  scenario.advance(1500);
  scenario.host.hide();
  scenario.advance(500);
  scenario.host.show();
  scenario.advance(4900);
  void cup!.pay();
  expect(newsAfter(scenario, 100)).toMatchObject([{ cashier: 'T1' }, paycancel('', { by: 'busy' })]);
  scenario.advance(100);
  void cup!.pay();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    paypending('T1'),
    asks('「tea」'),
    expect.objectContaining({ event: 'paycancel' }),
  ]);
});

test('P31 nothing is given up when the page calls resumePending() in its onShow', async () => {
  const scenario = new Scenario();
  const page = scenario.openPage([TEA], {
    onShow: ({ ready }) => ready && void scenario.host.resumePending(),
  });
  scenario.plan({ hidesApp: true, openFor: 4000, callbackDelay: 3000 });
  page.buttons[0]!.tap();
  await scenario.clock.advanceAsync(30000);
  expect(newsAfter(scenario, 0)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
});

test.each([
  [59000, 'busy'],
  [61000, 'lost'],
])('pay() of other goods %i ms after a call that nobody answers, without a show, finds it %s', (ms, what) => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('none', { openFor: 500 }));
  tea!.tap();
  scenario.advance(80 + ms);
  scenario.takeEvents();
  void cup!.pay();
  const news = newsAfter(scenario, 500);
  expect(news).toMatchObject(
    what === 'busy' ? [paycancel('', { by: 'busy' })] : [paypending('T1'), asks('「tea」')],
  );
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
