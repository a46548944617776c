/** What people read and what developers read in a payment, and what neither of them may find. */
import en from '../../../utils/config/locale/en';
import { MESSAGES } from '../../../utils/config/messages';
import type { BackendMode } from '../fakes/fake-backend';
import { CREATE, Scenario } from '../scenario';
import { payfail, paysuccess, phase } from '../timeline-events';
import { asks, CUP, newsAfter, openButton, openUnsettled, TEA, unpaid } from './scenario-helpers';

const toastsOf = (scenario: Scenario): string[] => scenario.host.toasts.map(({ title }) => title);

describe('the texts of a payment', () => {
  test('labels and toast are English when app.js passes the English messages and one of its own', () => {
    const scenario = new Scenario({ settings: { messages: { ...en, success: 'Thank you' } } });
    const button = openButton(scenario, { ...CREATE, amount: '1999' });
    expect(button.data.label).toBe('Pay now ¥19.99');
    button.tap();
    scenario.advance(100);
    expect(button.data.label).toBe('Paying');
    scenario.advance(5000);
    expect(button.data.label).toBe('Paid');
    expect(scenario.host.toasts).toEqual([{ title: 'Thank you', icon: 'none' }]);
  });

  test('the question is English when app.js passes the English messages', () => {
    const scenario = new Scenario({ settings: { messages: en } });
    openUnsettled(scenario);
    openButton(scenario, CUP).tap();
    expect(newsAfter(scenario, 5000)[0]).toMatchObject({
      question: { title: 'Before you pay', confirmText: 'Continue', cancelText: 'Cancel' },
    });
    expect(scenario.host.modal.questions[0]!.content).toMatch(/^“tea” ¥19\.99 not paid yet\./);
  });

  test('a mounted button updates its label when configure({ messages }) is called', () => {
    const scenario = new Scenario();
    const button = openButton(scenario, CREATE);
    expect(button.data.label).toBe('立即支付');
    scenario.host.configure({ messages: en });
    scenario.advance(10);
    expect(button.data.label).toBe('Pay now');
    scenario.host.configure({ messages: { idle: undefined } });
    scenario.advance(10);
    expect(button.data.label).toBe('立即支付');
    // The page did that, not a change of phase.
    button.propertyChanges += 2;
  });

  test('a toast has a tick when the payment succeeds, and none when it is cancelled', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('cancel'));
    const button = openButton(scenario);
    button.tap();
    scenario.advance(5000);
    button.tap();
    scenario.advance(5000);
    expect(scenario.host.toasts).toEqual([
      { title: '已取消支付', icon: 'none' },
      { title: '支付成功', icon: 'success' },
    ]);
  });

  test.each([
    ['success', {}, paysuccess('T1')],
    ['cancel', unpaid('cancel'), { event: 'paycancel' }],
    ['not-logged-in', unpaid('not-logged-in'), payfail('T1', { reason: 'not-logged-in', message: '' })],
    ['doubtful', unpaid('failed'), payfail('T1', { reason: 'cashier' })],
    ['unconfirmed', unpaid('paying'), { event: 'paypending' }],
  ] as const)(
    'no toast is shown, and the event is fired, when the message %s is an empty text',
    (key, plan, event) => {
      const scenario = new Scenario({ settings: { messages: { [key]: '' } } });
      scenario.plan(plan);
      openButton(scenario).tap();
      const events = scenario.eventsAfter(120000);
      expect(events.filter(entry => 'toast' in entry)).toEqual([]);
      expect(events).toContainEqual(expect.objectContaining({ event: event.event }));
      // The oracle wants words in every payfail; here the app has said that it wants none.
      scenario.world.invariant.violations.splice(0);
    },
  );

  test.each<[BackendMode, string]>([
    ['lost', MESSAGES['order-request']],
    ['http-500', MESSAGES['order-request']],
    ['html', MESSAGES['order-request']],
    ['denied', MESSAGES['order-request']],
    ['nonsense', MESSAGES['order-invalid']],
    ['sold-out', '商品已售罄'],
  ])('message and toast hold no code when the backend mode is %s', (mode, words) => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    scenario.backend.mode = mode;
    button.tap();
    expect(newsAfter(scenario, 60000)).toMatchObject([payfail('', { message: words, mayBePaid: false })]);
    expect(toastsOf(scenario)).toEqual([words]);
  });

  test('the default text is shown, and the console warns, when the message of a refusal is 操作成功', () => {
    const scenario = new Scenario();
    scenario.backend.respond = () => ({ statusCode: 200, data: { code: 200, msg: '操作成功', data: {} } });
    openButton(scenario).tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([
      payfail('', { reason: 'order-rejected', code: 200, message: MESSAGES['order-rejected'] }),
    ]);
    expect(toastsOf(scenario)).toEqual([MESSAGES['order-rejected']]);
    expect(scenario.console('warn')).toContainEqual(
      expect.stringMatching(/200.*configure\(\{ envelope \}\)/),
    );
  });

  test('the question names the order that the user has not accepted when another one is accepted', () => {
    const scenario = new Scenario();
    openUnsettled(scenario, TEA);
    scenario.host.modal.answer = 'yes';
    scenario.plan(unpaid('failed'));
    const cup = openButton(scenario, { ...CUP });
    cup.tap();
    scenario.advance(20000);
    scenario.takeEvents();
    scenario.host.modal.answer = 'no';
    // The tea was agreed to; the cup was not.
    openButton(scenario, { ...TEA, orderPayload: { goods: 'pot' } }).tap();
    expect(newsAfter(scenario, 5000)[0]).toMatchObject(asks('「cup」¥19\\.99'));
  });
});

describe('the hint on test packages', () => {
  test.each([
    [1001, 'failed', 1],
    [1000, 'failed', 0],
    [1001, 'rejected', 1],
    [1001, 'cancel', 0],
  ] as const)('an order of %i fen, when the cashier says %s, gives %i hints', (amount, callback, hints) => {
    const scenario = new Scenario();
    scenario.backend.totalAmount = amount;
    scenario.plan(unpaid(callback));
    openButton(scenario).tap();
    scenario.advance(20000);
    expect(scenario.console('warn').filter(text => /测试包/.test(text))).toHaveLength(hints);
  });
});

describe('an invalid configuration', () => {
  test.each(['19.99', 'abc', -1, 1.5, '1e3'])(
    'the console names amount once, and no order is created, when amount is %j',
    amount => {
      const scenario = new Scenario();
      const button = openButton(scenario, { ...CREATE, amount });
      for (let tap = 0; tap < 2; tap++) {
        button.tap();
        expect(newsAfter(scenario, 3000)).toMatchObject([
          payfail('', { reason: 'order-invalid', message: '订单信息有误，请联系商家', retryable: false }),
        ]);
      }
      expect(scenario.console('error')).toEqual([
        expect.stringMatching(/^pay-button: amount must be integer fen/),
      ]);
      expect(scenario.backend.creates).toBe(0);
      expect(button.data.label).toBe('立即支付');
    },
  );

  test("the console names create-url and order-info when a manual button's pay() has no goods", () => {
    const scenario = new Scenario();
    const button = openButton(scenario, { manual: true });
    expect(scenario.console('error')).toEqual([]);
    void button.pay();
    expect(newsAfter(scenario, 3000)).toMatchObject([payfail('', { reason: 'order-invalid' })]);
    expect(scenario.console('error')).toEqual([
      expect.stringMatching(/^pay-button: create-url .*order-info/),
    ]);
  });

  test('the console names header, type and banned-channels, and the goods are paid, when their values are invalid', () => {
    const scenario = new Scenario();
    openButton(scenario, { ...TEA, header: 'x', type: 'danger', bannedChannels: 'WeChat' }).tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
    expect(
      scenario
        .console('error')
        .map(text => /^pay-button: (\S+)/.exec(text)?.[1])
        .sort(),
    ).toEqual(['banned-channels', 'header', 'type']);
  });
});

test('one toast is shown, and paysuccess fired once, when a payment is found later', () => {
  const scenario = new Scenario();
  const button = openUnsettled(scenario);
  scenario.backend.notify('T1');
  scenario.host.hide();
  scenario.advance(1000);
  scenario.host.show();
  expect(scenario.eventsAfter(10000)).toMatchObject([
    phase('pending', 'paid'),
    { toast: '支付成功' },
    paysuccess('T1', { resumed: true, verified: true }),
    { event: 'paycomplete' },
  ]);
  expect(button.data.label).toBe('已支付');
});

test('a toast is shown only for the listed outcomes when toast is a list', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open({ ...TEA, toast: 'fail, cancel' }, { ...CUP, toast: 'fail, cancel' });
  scenario.plan(unpaid('cancel'));
  tea!.tap();
  scenario.advance(5000);
  expect(toastsOf(scenario)).toEqual([MESSAGES.cancel]);
  cup!.tap();
  expect(newsAfter(scenario, 10000).slice(-1)).toMatchObject([paysuccess('T2')]);
  expect(toastsOf(scenario)).toEqual([MESSAGES.cancel]);
});
