/** An outcome that no component was there to receive waits in the ledger. */
import type { FakeComponent, Properties } from '../fakes/fake-component';
import type { PageHandlers } from '../fakes/fake-page';
import { Scenario } from '../scenario';
import { on, paycancel, payfail, paysuccess } from '../timeline-events';
import {
  asks,
  calledOrders,
  CUP,
  HOUR,
  MINUTE,
  newsAfter,
  openButton,
  TEA,
  unpaid,
} from './scenario-helpers';

test('the next attached button receives the outcome when no button shows its goods', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }]);
  scenario.label(openButton(scenario), 'next');
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(scenario.host.storage.text()).not.toContain('T1');
});

test('the next shown button receives the outcome when no page in front shows its goods', () => {
  const scenario = new Scenario();
  const below = scenario.label(openButton(scenario), 'below');
  const [tea] = scenario.open(TEA, CUP);
  scenario.plan({ notifyDelay: 5000 });
  tea!.tap();
  scenario.advance(3000);
  tea!.detach();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T1' }]);
  scenario.host.closePage();
  expect(newsAfter(scenario, 1000)).toMatchObject([on('below', paysuccess('T1', { resumed: true }))]);
  expect(below.phase).toBe('paid');
});

test('a button of the orderInfo receives the undelivered outcome when the order was made by create-url', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  openButton(scenario, {
    statusUrl: '/status',
    orderInfo: scenario.backend.orderInfo(scenario.backend.order('T1')!),
  });
  expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test.each([
  [23 * HOUR, true],
  [25 * HOUR, false],
])('an undelivered outcome is fired when a button is attached %i ms later: %s', (ms, isTold) => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  scenario.world.jumpDevice(ms);
  openButton(scenario);
  expect(newsAfter(scenario, 5000)).toMatchObject(isTold ? [paysuccess('T1', { resumed: true })] : []);
});

test('the question says paid when an undelivered success is of other goods', () => {
  const scenario = new Scenario();
  const [tea, cup] = scenario.open(TEA, CUP);
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  scenario.host.modal.answer = 'yes';
  cup!.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([
    asks('「tea」¥19.99', '已支付'),
    { cashier: 'T2' },
    paysuccess('T2'),
  ]);
});

test('an undelivered payfail with mayBePaid is fired when the next button is attached', () => {
  const scenario = new Scenario();
  const [tea] = scenario.open(TEA, CUP);
  scenario.plan(unpaid('failed'));
  tea!.tap();
  scenario.advance(1000);
  tea!.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 500)).toMatchObject([payfail('T1', { reason: 'cashier', mayBePaid: true })]);
});

test.each([
  ['success', {}, paysuccess('T1')],
  ['payfail', { ...unpaid('failed') }, payfail('T1', { mayBePaid: true })],
])(
  'an undelivered %s is fired once when a handler logs its owner in and two buttons show its goods',
  (_outcome, plan, event) => {
    const scenario = new Scenario({ settings: { userId: 'ann' } });
    scenario.plan({ openFor: 1000, callbackDelay: 9000, ...plan });
    openButton(scenario).tap();
    scenario.advance(5000);
    scenario.host.closePage();
    scenario.advance(20000);
    scenario.setUser('bob');
    const page = scenario.openPage([CUP, TEA, TEA], {
      onEvent: (_button, name) => {
        if (name === 'ordercreated') scenario.setUser('ann');
      },
    });
    scenario.takeEvents();
    page.buttons[0]!.tap();
    expect(newsAfter(scenario, 20000).filter(entry => 'event' in entry)).toMatchObject([
      event,
      paysuccess('T2'),
    ]);
    expect(scenario.console('error')).toEqual([]);
  },
);

/** T1 is charged, its page closed, and then the shop knows that it is paid. */
function leavePaid(
  scenario: Scenario,
  properties: Properties = TEA,
  input?: { payload: object },
): FakeComponent {
  const button = openButton(scenario, properties);
  scenario.plan({ notifyDelay: 4000 });
  if (input) void button.pay(input);
  else button.tap();
  scenario.advance(3000);
  scenario.host.closePage();
  scenario.advance(MINUTE);
  scenario.takeEvents();
  return button;
}

test.each([
  ['without an order-key', TEA],
  ['with an order-key, after a restart', { ...TEA, orderKey: 'tea' }],
])('a tap pays a new order when a success was undelivered for more than a day, %s', (_what, properties) => {
  const scenario = new Scenario();
  leavePaid(scenario, properties);
  scenario.clock.advance(25 * HOUR);
  scenario.kill();
  const again = openButton(scenario, properties);
  scenario.advance(1000);
  scenario.takeEvents();
  again.tap();
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('an undelivered success goes to the next page when a closed page calls pay()', () => {
  const scenario = new Scenario();
  openButton(scenario, CUP);
  const closed = scenario.label(leavePaid(scenario), 'closed');
  void closed.pay();
  scenario.advance(5000);
  scenario.takeEvents();
  const next = openButton(scenario);
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  expect(next.phase).toBe('paid');
});

test('an undelivered success goes to the next page when a button becomes ready after its page was closed', () => {
  const scenario = new Scenario({ host: { ready: 'late' } });
  openButton(scenario, CUP);
  leavePaid(scenario);
  openButton(scenario);
  scenario.host.closePage();
  scenario.advance(5000);
  scenario.takeEvents();
  scenario.label(openButton(scenario), 'next');
  expect(newsAfter(scenario, 5000)).toMatchObject([on('next', paysuccess('T1', { resumed: true }))]);
});

test('a button receives the undelivered success when its page calls reset() in onReady', () => {
  const scenario = new Scenario();
  leavePaid(scenario);
  scenario.openPage([TEA], { onReady: page => void page.buttons[0]!.reset() });
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

describe('an order with an undelivered paypending', () => {
  /** The order was made for tea, and called by the page of the order; its button then pays it again. */
  const payAgain = (scenario: Scenario): FakeComponent => {
    const tea = scenario.label(openButton(scenario), 'tea');
    scenario.backend.mode = 'slow';
    tea.tap();
    scenario.advance(100);
    scenario.backend.mode = 'ok';
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    openButton(scenario, { statusUrl: '/status', orderInfo }).tap();
    scenario.host.closePage();
    scenario.advance(6000);
    scenario.host.modal.answer = 'yes';
    tea.tap();
    expect(newsAfter(scenario, 3000)).toMatchObject([
      on('tea', paycancel('', { by: 'superseded' })),
      { cashier: 'T1' },
      asks('「tea」¥19.99', '未收到付款'),
      { cashier: 'T1' },
    ]);
    return tea;
  };

  test('other goods are paid without a question when the order was paid since', () => {
    const scenario = new Scenario();
    payAgain(scenario);
    expect(newsAfter(scenario, 5000)).toMatchObject([on('tea', paysuccess('T1'))]);
    openButton(scenario, CUP).tap();
    expect(newsAfter(scenario, 1000)).toMatchObject([{ cashier: 'T2' }]);
  });

  test('the next page of the order fires paysuccess when the order was paid and its button detached', () => {
    const scenario = new Scenario();
    payAgain(scenario).detach();
    scenario.advance(5000);
    openButton(scenario, {
      statusUrl: '/status',
      orderInfo: scenario.backend.orderInfo(scenario.backend.order('T1')!),
    });
    expect(newsAfter(scenario, 1000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  });
});

describe('goods that were paid while their page was closed', () => {
  const MANUAL = { ...TEA, orderPayload: null, manual: true };
  const input = { payload: { goods: 'tea' } };

  test.each([
    ['resolves to that success', 'less than 10 min ago', 5 * MINUTE, MANUAL],
    ['resolves to that success', 'with an explicit order-key', 20 * HOUR, { ...MANUAL, orderKey: 'tea' }],
  ])('pay({ payload }) %s when the payment was %s', async (_does, _when, later, properties) => {
    const scenario = new Scenario();
    leavePaid(scenario, properties, input);
    scenario.clock.advance(later);
    const button = openButton(scenario, properties);
    scenario.advance(1000);
    const outcome = await button.pay(input);
    expect(outcome).toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: true });
    expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1', { resumed: true })]);
  });

  test('pay({ payload }) shows the question and pays a new order when the payment was 20 h ago', () => {
    const scenario = new Scenario();
    leavePaid(scenario, MANUAL, input);
    scenario.clock.advance(20 * HOUR);
    const button = openButton(scenario, MANUAL);
    scenario.host.modal.answer = 'yes';
    scenario.advance(1000);
    void button.pay(input);
    expect(newsAfter(scenario, 20000)).toMatchObject([
      asks('「tea」¥19.99', '已支付'),
      { cashier: 'T2' },
      paysuccess('T2'),
    ]);
  });
});

/** Tea was paid by pay() of a page that was closed; pay() of the next page received the success that waited. */
function receivedByPay(): Scenario {
  const manual = { ...TEA, orderPayload: null, manual: true };
  const scenario = new Scenario();
  const first = openButton(scenario, manual);
  scenario.plan({ notifyDelay: 4000 });
  void first.pay({ payload: { goods: 'tea' } });
  scenario.advance(3000);
  scenario.host.closePage();
  scenario.advance(MINUTE);
  const next = openButton(scenario, manual);
  scenario.takeEvents();
  void next.pay({ payload: { goods: 'tea' } });
  expect(newsAfter(scenario, 4 * MINUTE)).toMatchObject([paysuccess('T1', { resumed: true })]);
  return scenario;
}

test('the same goods are a new purchase when pay() had received their outcome before the kill', () => {
  const scenario = receivedByPay();
  expect(scenario.host.storage.text()).not.toContain('T1');
  scenario.kill();
  void openButton(scenario, { ...TEA, orderPayload: null, manual: true }).pay({ payload: { goods: 'tea' } });
  expect(newsAfter(scenario, 20000)).toMatchObject([{ cashier: 'T2' }, paysuccess('T2')]);
});

test('an undelivered paycancel is fired when its order was closed meanwhile', () => {
  const scenario = new Scenario();
  const tea = openButton(scenario);
  scenario.plan(unpaid('cancel', { openFor: 500, callbackDelay: 500 }), unpaid('cancel', { openFor: 500 }));
  tea.tap();
  scenario.advance(700);
  tea.detach();
  scenario.advance(5000);
  scenario.backend.expire(false);
  openButton(scenario, CUP).tap();
  scenario.advance(10000);
  scenario.takeEvents();
  openButton(scenario);
  expect(newsAfter(scenario, 3000)).toMatchObject([paycancel('T1')]);
});

describe('an undelivered success of a page that calls pay({ payload })', () => {
  const manual = { ...TEA, orderPayload: null, manual: true };
  const input = { payload: { goods: 'tea' } };
  const paysOnTap: PageHandlers = {
    onEvent: (button, name) => void (name === 'paytap' && button.pay(input)),
  };

  /** Tea was paid on a page that was closed before the backend knew. */
  function paidOnClosedPage(): Scenario {
    const scenario = new Scenario();
    scenario.plan({ notifyDelay: 4000 });
    void openButton(scenario, manual).pay(input);
    scenario.advance(3000);
    scenario.host.closePage();
    scenario.advance(MINUTE);
    scenario.takeEvents();
    return scenario;
  }

  test.each([false, true])(
    'a button is paid, and a second tap starts no attempt, when a tap received the success (kill: %j)',
    kill => {
      const scenario = paidOnClosedPage();
      if (kill) scenario.kill();
      const button = scenario.openPage([manual], paysOnTap).buttons[0]!;
      button.tap();
      expect(newsAfter(scenario, 10000)).toMatchObject([paysuccess('T1', { resumed: true })]);
      expect(button.phase).toBe('paid');
      button.tap();
      expect(newsAfter(scenario, 10000)).toEqual([]);
    },
  );

  test('pay() resolves to the success when the handler of paysuccess calls reset()', async () => {
    const scenario = paidOnClosedPage();
    const [button] = scenario.openPage([manual], {
      onEvent: (one, name) => void (name === 'paysuccess' && one.reset()),
    }).buttons;
    await expect(button!.pay(input)).resolves.toMatchObject({ outcome: 'success', tpOrderId: 'T1' });
  });

  test('the toast is shown once, and another button takes no tap, when the page calls pay() in onReady', () => {
    const scenario = paidOnClosedPage();
    const { buttons } = scenario.openPage([manual, CUP], {
      ...paysOnTap,
      onReady: page => void page.buttons[0]!.pay(input),
    });
    buttons[1]!.tap();
    expect(scenario.eventsAfter(2000).filter(event => 'toast' in event)).toHaveLength(1);
    expect(buttons[0]!.phase).toBe('paid');
    expect(calledOrders(scenario)).toEqual(['T1']);
  });
});

test('the button receives the outcome, and resumePending() does not, when a page calls it and has a button of its goods', async () => {
  const scenario = new Scenario();
  const found: unknown[] = [];
  scenario.open(CUP);
  scenario.plan({ notifyDelay: 4000 });
  openButton(scenario).tap();
  scenario.advance(3000);
  scenario.host.closePage();
  await scenario.clock.advanceAsync(MINUTE);
  scenario.takeEvents();
  scenario.openPage([TEA], {
    onShow: () => void scenario.host.resumePending()?.then(outcomes => found.push(...outcomes)),
  });
  await scenario.clock.advanceAsync(10000);
  expect(newsAfter(scenario, 1)).toMatchObject([paysuccess('T1')]);
  expect(found).toEqual([]);
});

test.each<[string, (scenario: Scenario, button: FakeComponent) => void]>([
  ['the host fires ready late', () => undefined],
  ['configure() is called before it', ({ host }) => host.configure({ userId: '' })],
  ['the first show of its page comes before it', (_scenario, button) => button.pageLifetime('show')],
])('an undelivered outcome is fired after ready when %s', (_when, act) => {
  const scenario = new Scenario({ host: { ready: 'late' } });
  scenario.open();
  const first = openButton(scenario);
  scenario.advance(100);
  scenario.plan({ callbackDelay: 1000 });
  first.tap();
  scenario.advance(2500);
  first.detach();
  scenario.advance(20000);
  scenario.takeEvents();
  act(scenario, openButton(scenario));
  expect(newsAfter(scenario, 40)).toEqual([]);
  expect(newsAfter(scenario, 100)).toMatchObject([paysuccess('T1', { resumed: true })]);
});

test('an attached button receives the outcome after ready when the payment was found before', () => {
  const scenario = new Scenario({ host: { ready: 'late' } });
  scenario.open();
  const page = scenario.openPage([TEA]);
  scenario.advance(200);
  scenario.plan({ callbackDelay: 500 });
  page.buttons[0]!.tap();
  scenario.advance(1000);
  page.buttons[0]!.detach();
  scenario.advance(1620);
  scenario.takeEvents();
  scenario.host.addComponent(page, { properties: TEA });
  expect(newsAfter(scenario, 90)).toEqual([]);
  expect(newsAfter(scenario, 5000)).toMatchObject([paysuccess('T1')]);
});

describe('an outcome that waits is what the backend says last', () => {
  const summaryOfT1 = { name: 'order-summary' as const, properties: { orderUrl: '/views?tpOrderId=T1' } };

  function showAgain(scenario: Scenario): void {
    scenario.host.hide();
    scenario.advance(6000);
    scenario.host.show();
    scenario.advance(2000);
  }

  /** Its page was left with a result of 6; the page of the order said paid, and then refunded. */
  function refundOnOrderPage(
    scenario: Scenario,
    status: 'refunding' | 'refunded' = 'refunded',
    properties: Properties = CUP,
  ): void {
    scenario.openPage([]);
    const cup = openButton(scenario, properties);
    scenario.plan({ callback: 'failed', notifyDelay: 20000 });
    cup.tap();
    scenario.advance(12000);
    scenario.host.closePage();
    scenario.advance(20000);
    scenario.openPage([summaryOfT1]);
    scenario.advance(2000);
    scenario.backend.order('T1')!.status = status;
    showAgain(scenario);
    scenario.host.closePage();
    scenario.advance(1000);
    scenario.takeEvents();
  }

  test.each(['refunding', 'refunded'] as const)(
    'payfail says refunded when the order was %s before its success was delivered',
    status => {
      const scenario = new Scenario();
      refundOnOrderPage(scenario, status);
      const again = openButton(scenario, CUP);
      expect(newsAfter(scenario, 3000)).toMatchObject([payfail('T1', { reason: 'refunded' })]);
      expect(again.data.label).toBe('立即支付');
    },
  );

  test('resumePending() says refunded when the order was refunded before its success was delivered', async () => {
    const scenario = new Scenario();
    refundOnOrderPage(scenario);
    expect(await scenario.resumePending(8000)).toMatchObject([{ outcome: 'fail', reason: 'refunded' }]);
  });

  test('the question for other goods says refunded when the order was refunded before its success was delivered', () => {
    const scenario = new Scenario();
    refundOnOrderPage(scenario);
    openButton(scenario, TEA).tap();
    expect(newsAfter(scenario, 3000)).toMatchObject([asks('已退款'), paycancel('T2', { by: 'user' })]);
  });

  /** Its page was left with a result of 6; the page of the order said closed, and then `status`. */
  function closeOnOrderPage(scenario: Scenario, status: 'paid' | 'refunded'): void {
    scenario.openPage([]);
    const cup = openButton(scenario, CUP);
    scenario.plan({ callback: 'failed', notifyDelay: 999999 });
    cup.tap();
    scenario.advance(12000);
    scenario.host.closePage();
    scenario.backend.order('T1')!.status = 'closed';
    scenario.advance(1000);
    scenario.openPage([summaryOfT1]);
    scenario.advance(2000);
    scenario.backend.order('T1')!.status = status;
    showAgain(scenario);
    scenario.host.closePage();
    scenario.advance(1000);
    scenario.takeEvents();
  }

  test('paysuccess is fired when the order was paid before it was delivered that it is closed', () => {
    const scenario = new Scenario();
    closeOnOrderPage(scenario, 'paid');
    openButton(scenario, CUP);
    expect(newsAfter(scenario, 3000)).toMatchObject([paysuccess('T1')]);
  });

  test('payfail says refunded when the order was refunded before it was delivered that it is closed', () => {
    const scenario = new Scenario();
    closeOnOrderPage(scenario, 'refunded');
    openButton(scenario, CUP);
    expect(newsAfter(scenario, 3000)).toMatchObject([payfail('T1', { reason: 'refunded' })]);
  });

  test('paysuccess is fired when the refund of its order was refused before it was delivered', () => {
    const scenario = new Scenario();
    refundOnOrderPage(scenario, 'refunding');
    scenario.backend.order('T1')!.status = 'paid';
    scenario.openPage([summaryOfT1]);
    scenario.advance(6000);
    scenario.host.closePage();
    scenario.advance(1000);
    scenario.takeEvents();
    openButton(scenario, CUP);
    expect(newsAfter(scenario, 3000)).toMatchObject([paysuccess('T1')]);
  });

  test('a button with an order-key can be tapped again when payfail has said that its order is refunding', () => {
    const scenario = new Scenario();
    const properties = { ...CUP, orderKey: 'cart-7' };
    refundOnOrderPage(scenario, 'refunding', properties);
    const button = openButton(scenario, properties);
    expect(newsAfter(scenario, 3000)).toMatchObject([payfail('T1', { reason: 'refunded', retryable: true })]);
    expect(button.data.label).toBe('立即支付');
  });
});

/** T1 is paid on a page that is closed before the backend knows; its order page finds out while no button is there to receive it. */
function leaveSuccess(scenario: Scenario): void {
  scenario.openPage([]);
  const button = openButton(scenario);
  scenario.plan({ callback: 'failed', notifyDelay: 8000 });
  button.tap();
  scenario.advance(4000);
  scenario.host.closePage();
  scenario.openPage([]);
  scenario.advance(10000);
  scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } }]);
  scenario.advance(1000);
  scenario.host.closePage();
  scenario.host.closePage();
  scenario.advance(11 * MINUTE);
  scenario.takeEvents();
}

test.each([
  ['onReady', { onReady: (page: { buttons: FakeComponent[] }) => void page.buttons[0]!.pay() }],
  ['onShow', { onShow: (page: { buttons: FakeComponent[] }) => void page.buttons[0]!.pay() }],
])(
  'pay() in %s asks about the same goods when it finds that they were paid 11 min ago',
  (_when, handlers) => {
    const scenario = new Scenario();
    leaveSuccess(scenario);
    scenario.openPage([TEA], handlers);
    expect(newsAfter(scenario, 9000)).toMatchObject([
      paysuccess('T1', { resumed: true }),
      asks('「tea」', '已支付'),
      paycancel('T2'),
    ]);
  },
);

describe('a button in front receives the undelivered success of a user', () => {
  const asBob = (): Scenario => {
    const scenario = new Scenario({ settings: { userId: 'ann' } });
    leaveSuccess(scenario);
    scenario.setUser('bob');
    scenario.advance(1000);
    return scenario;
  };

  test('and pays nothing when the page calls pay() in the task of the login', () => {
    const scenario = asBob();
    const button = openButton(scenario);
    scenario.setUser('ann');
    void button.pay();
    expect(newsAfter(scenario, 9000)).toMatchObject([paysuccess('T1')]);
  });

  test('and resumePending() does not when the page calls that in the task of the login', async () => {
    const scenario = asBob();
    const button = openButton(scenario);
    scenario.setUser('ann');
    expect(await scenario.resumePending(9000)).toEqual([]);
    expect(newsAfter(scenario, 0)).toMatchObject([paysuccess('T1')]);
    expect(button.phase).toBe('paid');
  });
});

test('the first of two buttons of the same goods receives the outcome when both are attached', () => {
  const scenario = new Scenario();
  leaveSuccess(scenario);
  const page = scenario.openPage([TEA, TEA]);
  scenario.advance(1000);
  expect(page.buttons.map(({ phase }) => phase)).toEqual(['paid', 'idle']);
});
