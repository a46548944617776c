/** When a cashier call without an answer is given up. */
import { Scenario } from '../scenario';
import { paycancel, paypending, paysuccess } from '../timeline-events';
import { asks, CUP, newsAfter, openButton, TEA, unpaid } from './story-helpers';

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

test('a tap on the same button only gives the call up when there is no status-url, too', () => {
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
