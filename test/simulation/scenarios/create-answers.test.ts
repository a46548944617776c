/** Answers of create-url: failures, refusals, orders that cannot be paid, and a status beside the order. */
import type { BackendMode, BackendResponse } from '../fakes/fake-backend';
import { CREATE, Scenario } from '../scenario';
import { paycomplete, payfail, paysuccess, paytap, phase } from '../timeline-events';
import { asks, newsAfter, openButton, openUnsettled, unpaid } from './story-helpers';

const REQUEST_WORDS = '网络不太顺畅，请稍后再试';
const answer = (data: unknown): BackendResponse => ({ statusCode: 200, data: { errno: 0, data } });
const keysOf = (scenario: Scenario): unknown[] =>
  scenario.backend.received
    .filter(({ url }) => /orders/.test(url))
    .map(({ header }) => header?.['Idempotency-Key']);

describe('An order request that fails', () => {
  test.each<[BackendMode, number | null, number]>([
    ['lost', null, 300],
    ['http-500', 500, 80],
    ['denied', 403, 80],
    ['html', 200, 80],
    ['lost-answer', null, 15000],
    ['too-slow', null, 15000],
  ])('%s is order-request, and the next tap sends the same key', (mode, code, elapsed) => {
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
    expect(new Set(keysOf(scenario)).size).toBe(1);
    expect(scenario.backend.orders).toHaveLength(1);
  });
});

describe('A refusal', () => {
  test.each([
    ['in its own words', { errno: 1, msg: '库存不足' }, '库存不足', 1],
    ['in the other spelling', { code: 'SOLD_OUT', message: '卖完了' }, '卖完了', 'SOLD_OUT'],
    ['in too many words', { errno: 2, msg: '很'.repeat(29) }, '暂时无法下单，请稍后再试', 2],
    ['without words', { errno: 3 }, '暂时无法下单，请稍后再试', 3],
    ['in an object', { errno: 4, msg: { zh: '库存不足' } }, '暂时无法下单，请稍后再试', 4],
    ['in blanks', { errno: 5, msg: '   ' }, '暂时无法下单，请稍后再试', 5],
  ])('%s is order-rejected, and a person reads %#', (_how, data, message, code) => {
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
  });
});

describe('An answer that cannot be paid', () => {
  const good = new Scenario().backend.orderInfo(new Scenario().backend.createOrder('tea'));

  test.each([
    ['nothing', null],
    ['a number', 7],
    ['no signature', { ...good, rsaSign: '' }],
    ['yuan', { ...good, totalAmount: '19.99' }],
    ['an order that is null', { orderInfo: null, order: { status: 'unpaid' } }],
  ])('(%s) is order-invalid: the cashier stays shut, and the console says why', (_what, data) => {
    const scenario = new Scenario();
    scenario.backend.respond = () => answer(data);
    openButton(scenario, CREATE).tap();
    expect(newsAfter(scenario, 60000)).toMatchObject([
      payfail('', { reason: 'order-invalid', message: '订单信息有误，请联系商家', retryable: false }),
    ]);
    expect(scenario.console('error')[0]).toMatch(/^pay-button: /);
    expect(scenario.cashier.calls).toEqual([]);
  });

  test('as JSON text, with a number for its amount, is paid with a warning', () => {
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
});

describe('A status in the answer', () => {
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
    ['Baidu’s 2', { status: 2 }, {}],
    ['a word of mapStatus’s', { state: 'SETTLED' }, { mapStatus }],
  ])('that is paid (%s) is a success, without a second call', (_what, order, settings) => {
    const { scenario, button, orderInfo } = unsettled(settings);
    scenario.takeEvents();
    scenario.backend.respond = () => answer({ orderInfo, order });
    button.tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([paysuccess('T1', { verified: true, resumed: true })]);
    expect(scenario.cashier.calls).toHaveLength(1);
    // The oracle reads no answer that a story made up.
    scenario.world.invariant.violations.splice(0);
  });

  test.each([
    ['a word that nobody knows', {}, { status: 'limbo' }],
    ['a word that mapStatus does not know', { mapStatus }, { state: 'unpaid' }],
  ])('that is %s is not unpaid: no call, and the developer reads why', (_what, settings, order) => {
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
  });

  test.each([
    ['no word about it', { orderInfo: null, order: { note: 'before six' } }],
    ['a status of the shop’s own beside the order', { status: 2 }],
  ])('is none when the answer has %s: the order is paid as usual', (_what, more) => {
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

  test('of another order says nothing about the one that may be paid: it is asked about', () => {
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

describe('A key', () => {
  test('goes by the name the backend wants, or is not sent', () => {
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

  test('survives a kill, so that a cancelled order is not made twice', () => {
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
