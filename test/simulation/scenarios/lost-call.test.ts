/** When a cashier call without an answer is given up. */
import { Scenario } from '../scenario';
import { paycancel, payfail, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

test.each([
  [4900, 'joins it'],
  [5100, 'gives it up after one check'],
])('a tap on the same button, %i ms after an unanswered call, %s', (ms, what) => {
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

test('an attempt succeeds when the check of its lost call says paid', () => {
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

test('a tap ends the attempt as pending at once when its page was shown again after the call', () => {
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

test('a tap on another button ends the first attempt as pending and shows the question, after one check, when the first call is lost', () => {
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

test('an attempt ends as pending when its call is unanswered for 15 min', () => {
  const scenario = new Scenario();
  const button = openButton(scenario);
  scenario.plan(unpaid('none', { openFor: 1000 }));
  button.tap();
  expect(newsAfter(scenario, 15 * 60000)).toMatchObject([{ cashier: 'T1' }]);
  expect(newsAfter(scenario, 5000)).toMatchObject([paypending('T1')]);
});

test('an attempt succeeds when the page calls pay() in onShow and the cashier hid and showed the app', () => {
  const scenario = new Scenario();
  const { buttons } = scenario.openPage([TEA], { onShow: page => page.ready && void page.buttons[0]!.pay() });
  scenario.plan({ hidesApp: true, openFor: 4000, callbackDelay: 3000 });
  buttons[0]!.tap();
  expect(newsAfter(scenario, 30000)).toMatchObject([
    { cashier: 'T1' },
    paysuccess('T1', { resumed: expect.any(Boolean) }),
  ]);
});

test('pay() of other goods ends as busy when it comes 4.9 s after the show, and ends the first attempt as pending when 5.1 s', () => {
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

test('an attempt succeeds when the page calls resumePending() in onShow and the cashier hid and showed the app', async () => {
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
])('pay() of other goods, %i ms after an unanswered call without a show, finds the call %s', (ms, what) => {
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

test('a tap on the same button ends the attempt as pending, and the next one shows the question, when there is no status-url', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, statusUrl: '' });
  scenario.plan(unpaid('none', { openFor: 500 }));
  button.tap();
  scenario.advance(6000);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([{ cashier: 'T1' }, paypending('T1')]);
  button.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), paypending('T1')]);
});

test('pay() shows the question when a tap has ended the lost attempt without a check', () => {
  const scenario = new Scenario();
  const button = openButton(scenario, { ...TEA, statusUrl: '' });
  scenario.plan(unpaid('none', { openFor: 500 }));
  button.tap();
  scenario.advance(6000);
  button.tap();
  scenario.advance(5000);
  scenario.takeEvents();
  void button.pay();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), paypending('T1')]);
});

test.each([
  ['on another button', 1, undefined],
  ['with other goods', 0, { payload: { goods: 'cup' } }],
])(
  'pay() shows the question when it is called %s in the handler of the tap that ended the lost attempt',
  (_where, index, input) => {
    const scenario = new Scenario();
    const manual = { ...TEA, statusUrl: '', manual: true };
    const { buttons } = scenario.openPage([manual, { ...manual, orderPayload: { goods: 'cup' } }], {
      onEvent: (_button, name) => {
        if (name === 'paytap') void buttons[index]!.pay(input);
      },
    });
    scenario.plan(unpaid('none', { openFor: 500 }));
    void buttons[0]!.pay();
    scenario.advance(6000);
    scenario.takeEvents();
    buttons[0]!.tap();
    expect(newsAfter(scenario, 5000)).toMatchObject([
      paypending('T1'),
      asks('「tea」'),
      paycancel('T2', { by: 'user' }),
    ]);
  },
);

test('the question for other goods names an order whose first call is lost when the cashier did not open for the second', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('none', { openFor: 500 }), unpaid('rejected'));
  tea!.tap();
  scenario.advance(6000);
  tea!.tap(); // lost
  scenario.advance(500);
  scenario.host.modal.answer = 'yes';
  scenario.takeEvents();
  tea!.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([
    asks('「tea」', '同一笔'),
    { cashier: 'T1' },
    payfail('T1', { reason: 'rejected', mayBePaid: true }),
  ]);
  scenario.host.modal.answer = 'no';
  cup!.tap();
  expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), paycancel('T2', { by: 'user' })]);
});
