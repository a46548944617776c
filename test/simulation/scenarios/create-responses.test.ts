/** Answers of create-url: failures, refusals, orders that cannot be paid, and a status beside the order. */
import type { BackendMode, BackendResponse } from '../fakes/fake-backend';
import { CREATE, Scenario } from '../scenario';
import { paycomplete, payfail, paysuccess, paytap, phase } from '../timeline-events';
import { asks, newsAfter, openButton, openUnsettled, sentKeys, TEA, unpaid } from './scenario-helpers';

const REQUEST_WORDS = '网络或服务异常，请稍后再试';
const answer = (data: unknown): BackendResponse => ({ statusCode: 200, data: { errno: 0, data } });
describe('a failed create request', () => {
  test.each<[BackendMode, number | null, number]>([
    ['lost', null, 300],
    ['http-500', 500, 80],
    ['denied', 403, 80],
    ['html', 200, 80],
    ['lost-answer', null, 15000],
    ['too-slow', null, 15000],
  ])(
    'an attempt fails as order-request, and the next tap sends the same key, when the backend mode is %s',
    (mode, code, elapsed) => {
      const scenario = new Scenario();
      const button = openButton(scenario);
      scenario.backend.mode = mode;
      button.tap();
      expect(scenario.eventsAfter(60000)).toMatchObject([
        paytap('idle'),
        phase('idle', 'ordering'),
        phase('ordering', 'idle'),
        { toast: REQUEST_WORDS },
        payfail('', {
          reason: 'order-request',
          code,
          message: REQUEST_WORDS,
          retryable: true,
          mayBePaid: false,
        }),
        paycomplete('fail', { elapsed }),
      ]);
      expect(scenario.cashier.calls).toEqual([]);
      scenario.backend.mode = 'ok';
      button.tap();
      expect(newsAfter(scenario, 60000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
      expect(new Set(sentKeys(scenario)).size).toBe(1);
      expect(scenario.backend.orders).toHaveLength(1);
    },
  );
});

describe('a refused create request', () => {
  test.each([
    ['with a msg', { errno: 1, msg: '库存不足' }, '库存不足', 1],
    ['with a message and a text as code', { code: 'SOLD_OUT', message: '卖完了' }, '卖完了', 'SOLD_OUT'],
    ['with a msg that is too long', { errno: 2, msg: '很'.repeat(29) }, '暂时无法下单，请稍后再试', 2],
    ['without a msg', { errno: 3 }, '暂时无法下单，请稍后再试', 3],
    ['with an object as msg', { errno: 4, msg: { zh: '库存不足' } }, '暂时无法下单，请稍后再试', 4],
    ['with a blank msg', { errno: 5, msg: '   ' }, '暂时无法下单，请稍后再试', 5],
  ])(
    'payfail has reason order-rejected and the message of the toast when the backend refuses %s',
    (_how, data, message, code) => {
      const scenario = new Scenario();
      scenario.backend.respond = () => ({ statusCode: 200, data });
      openButton(scenario, CREATE).tap();
      expect(scenario.eventsAfter(60000)).toMatchObject([
        paytap('idle'),
        phase('idle', 'ordering'),
        phase('ordering', 'idle'),
        { toast: message },
        payfail('', { reason: 'order-rejected', code, message, retryable: true, raw: data }),
        paycomplete('fail', { elapsed: 80 }),
      ]);
    },
  );
});

describe('an unusual create response', () => {
  const good = new Scenario().backend.orderInfo(new Scenario().backend.createOrder('tea'));

  test.each([
    ['null', null],
    ['a number', 7],
    ['an orderInfo without rsaSign', { ...good, rsaSign: '' }],
    ['an orderInfo with an amount in yuan', { ...good, totalAmount: '19.99' }],
    ['a null orderInfo beside an order', { orderInfo: null, order: { status: 'unpaid' } }],
  ])(
    'an attempt fails as order-invalid, with a console error, when the create response is %s',
    (_what, data) => {
      const scenario = new Scenario();
      scenario.backend.respond = () => answer(data);
      openButton(scenario, CREATE).tap();
      expect(newsAfter(scenario, 60000)).toMatchObject([
        payfail('', { reason: 'order-invalid', message: '订单信息有误，请联系商家', retryable: false }),
      ]);
      expect(scenario.console('error')[0]).toMatch(/^pay-button: /);
      expect(scenario.cashier.calls).toEqual([]);
    },
  );

  test('an orderInfo is paid, with a console warning, when it is JSON text with a number as totalAmount', () => {
    const scenario = new Scenario();
    scenario.backend.respond = (_request, body) =>
      answer(JSON.stringify({ ...(body as { data: object }).data, totalAmount: 1999 }));
    openButton(scenario, CREATE).tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([
      { cashier: 'T1' },
      paysuccess('T1', { totalAmount: 1999 }),
    ]);
    expect(scenario.console('warn')).toContainEqual(expect.stringMatching(/totalAmount/));
  });

  const orderInfoText = JSON.stringify({ ...good, tpOrderId: 'T1' });

  test.each([
    ['its orderInfo is JSON text', { orderInfo: orderInfoText, order: { status: 'paid' } }],
    ['its order is JSON text', { orderInfo: orderInfoText, order: '{"status":"paid"}' }],
    ['it is JSON text', `{"orderInfo":${orderInfoText},"order":{"status":"paid"}}`],
  ])(
    'paysuccess has the order, and the cashier stays closed, when create-url says paid and %s',
    (_what, data) => {
      const scenario = new Scenario();
      scenario.backend.respond = () => answer(data);
      openButton(scenario, CREATE).tap();
      expect(newsAfter(scenario, 10000)).toMatchObject([
        paysuccess('T1', { verified: true, totalAmount: 1999 }),
      ]);
      // The oracle reads no answer that a scenario made up.
      scenario.world.invariant.violations.splice(0);
    },
  );

  test('raw is the answer of the backend when it is no orderInfo', () => {
    const scenario = new Scenario();
    const button = openButton(scenario);
    scenario.backend.mode = 'nonsense';
    button.tap();
    const [fail] = newsAfter(scenario, 3000) as unknown as { detail: { raw: unknown } }[];
    expect(fail?.detail.raw).toEqual(expect.any(Object));
  });
});

describe('a status in the create response', () => {
  const mapStatus = (order: { state?: string }): string | undefined =>
    ({ SETTLED: 'paid' })[order.state ?? ''];

  /** Its order may be paid, and there is no status-url: the next tap asks create-url. */
  function unsettled(settings = {}) {
    const scenario = new Scenario({ settings });
    const button = openUnsettled(scenario, CREATE);
    const orderInfo = scenario.backend.orderInfo(scenario.backend.orders[0]!);
    // The order is in memory until the app starts anew.
    scenario.kill();
    void button;
    return { scenario, button: openButton(scenario, CREATE), orderInfo };
  }

  test.each([
    ["Baidu's 2", { status: 2 }, {}],
    ['a status of mapStatus', { state: 'SETTLED' }, { mapStatus }],
  ])(
    'an attempt succeeds without a second call when the create response says paid (%s)',
    (_what, order, settings) => {
      const { scenario, button, orderInfo } = unsettled(settings);
      scenario.takeEvents();
      scenario.backend.respond = () => answer({ orderInfo, order });
      button.tap();
      expect(newsAfter(scenario, 20000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
      expect(scenario.cashier.calls).toHaveLength(1);
      // The oracle reads no answer that a scenario made up.
      scenario.world.invariant.violations.splice(0);
    },
  );

  test.each([
    ['an unknown status', {}, { status: 'limbo' }],
    ['a status that mapStatus does not map', { mapStatus }, { state: 'unpaid' }],
  ])(
    'an attempt fails as order-request, with a console warning, when the create response has %s',
    (_what, settings, order) => {
      const { scenario, button, orderInfo } = unsettled(settings);
      scenario.takeEvents();
      scenario.backend.respond = () => answer({ orderInfo, order });
      button.tap();
      expect(newsAfter(scenario, 20000)).toMatchObject([
        payfail('', { reason: 'order-request', mayBePaid: true }),
      ]);
      expect(scenario.cashier.calls).toHaveLength(1);
      expect(scenario.console('warn')).toContainEqual(
        expect.stringMatching(/orders names no status that is known/),
      );
      expect(button.phase).toBe('pending');
    },
  );

  test.each([
    ['an order without a status', { orderInfo: null, order: { note: 'before six' } }],
    ['a status inside the orderInfo', { status: 2 }],
  ])('an order is paid as usual when the create response has %s', (_what, more) => {
    const scenario = new Scenario();
    scenario.backend.respond = ({ url }, body) => {
      if (/status/.test(url)) return undefined;
      const orderInfo = (body as { data: object }).data;
      return 'order' in more ? answer({ ...more, orderInfo }) : answer({ ...orderInfo, ...more });
    };
    openButton(scenario).tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([
      { cashier: 'T1' },
      paysuccess('T1', { verified: true }),
    ]);
  });

  test('payfail says refunded when create-url says so for the new key, too', () => {
    const scenario = new Scenario();
    scenario.backend.respond = () => answer({ order: { status: 'refunded', tpOrderId: 'T9' } });
    openButton(scenario).tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([payfail('', { reason: 'refunded', mayBePaid: false })]);
  });

  test('payfail says closed, not paid, when create-url leaves out the numbers of a paid and of a closed order', () => {
    const scenario = new Scenario();
    let status = 'paid';
    scenario.backend.respond = () => answer({ order: { status } });
    const button = openButton(scenario, CREATE);
    button.tap();
    scenario.advance(5000);
    status = 'closed';
    button.set({ orderPayload: { goods: 'cup' } });
    scenario.advance(100);
    scenario.takeEvents();
    button.tap();
    expect(newsAfter(scenario, 5000)).toMatchObject([payfail('', { message: '订单已关闭，请重新下单' })]);
    // The oracle reads no answer that a scenario made up.
    scenario.world.invariant.violations.splice(0);
  });

  test('the question names the unsettled order when create-url responds with another, closed order', () => {
    const { scenario, button } = unsettled();
    scenario.takeEvents();
    const other = scenario.createOrder('tea');
    other.order.status = 'closed';
    let answers = 1;
    scenario.backend.respond = () =>
      answers-- > 0 ? answer({ orderInfo: other.orderInfo, order: { status: 'closed' } }) : undefined;
    button.tap();
    expect(newsAfter(scenario, 3000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
    expect(scenario.cashier.calls).toHaveLength(1);
  });
});

describe('the idempotency key', () => {
  test('the key is sent under configure({ idempotencyHeader }), and is not sent when that is null', () => {
    for (const [idempotencyHeader, expected] of [
      ['X-Once', ['X-Once']],
      [null, []],
    ] as const) {
      const scenario = new Scenario({ settings: { idempotencyHeader } });
      openButton(scenario, CREATE).tap();
      scenario.advance(5000);
      expect(Object.keys(scenario.backend.received[0]!.header ?? {})).toEqual(expected);
    }
  });

  test('the key is kept, and no second order is created, when the app is killed after a cancel', () => {
    const scenario = new Scenario();
    scenario.plan(unpaid('cancel'));
    openButton(scenario).tap();
    scenario.advance(5000);
    scenario.kill();
    const button = openButton(scenario);
    scenario.takeEvents();
    button.tap();
    expect(scenario.eventsAfter(200)).toContainEqual({
      event: 'ordercreated',
      detail: expect.objectContaining({ tpOrderId: 'T1', reused: true }),
    });
    expect(scenario.backend.orders).toHaveLength(1);
  });
});

test('the next tap asks create-url when that has answered the order that was paid', () => {
  const scenario = new Scenario();
  const page = () => openButton(scenario, CREATE);
  scenario.openPage([]);
  page().tap();
  scenario.advance(10000);
  scenario.host.closePage();
  scenario.advance(1000);
  let open = 'T1';
  scenario.backend.respond = () => ({
    statusCode: 200,
    data: { errno: 0, data: scenario.backend.orderInfo(scenario.backend.order(open)!) },
  });
  const button = page();
  scenario.takeEvents();
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([payfail('T1', { reason: 'closed' })]);
  open = scenario.createOrder().order.tpOrderId;
  button.tap();
  expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: open }, paysuccess(open)]);
});

test.each(['k', ''])(
  'a checkout with order-key "%s" finds its order paid when a row of a list has refused that order as paid',
  orderKey => {
    const scenario = new Scenario();
    const checkout = openButton(scenario, { ...TEA, orderKey });
    checkout.tap();
    scenario.advance(20);
    scenario.openPage([]); // left before the order was there, which is paid on another phone
    scenario.advance(3000);
    scenario.backend.notify('T1');
    const orderInfo = scenario.backend.orderInfo(scenario.backend.order('T1')!);
    const list = openButton(scenario, { orderInfo, statusUrl: '/status' });
    scenario.openPage([{ name: 'order-summary', properties: { orderUrl: '/views?tpOrderId=T1' } }]);
    scenario.advance(1000);
    scenario.host.closePage();
    scenario.advance(100);
    scenario.takeEvents();
    list.tap();
    expect(newsAfter(scenario, 3000)).toMatchObject([payfail('T1', { reason: 'closed' })]);
    scenario.host.closePage();
    scenario.host.closePage();
    scenario.advance(100);
    checkout.tap();
    expect(newsAfter(scenario, 9000)).toMatchObject([paysuccess('T1')]);
  },
);
