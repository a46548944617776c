/** configure({ requestPayment, requestAdapter }): adapters of a team, which answer at once, late, twice or never, reject, or throw. */
import type { PaymentOptions, RequestOptions } from '../../../utils/host/swan';
import type { CashierOptions } from '../fakes/fake-cashier';
import { CREATE, Scenario, STATUS, type TimelineEvent } from '../scenario';
import {
  ordercreated,
  paycomplete,
  payfail,
  paypending,
  paysuccess,
  paytap,
  phase,
} from '../timeline-events';
import { asks, calledOrders, CUP, MINUTE, newsAfter, openButton, TEA, unpaid } from './scenario-helpers';

/** An adapter through which the order is paid, and the shop knows of it at once. */
function withAdapter(adapter: (options: PaymentOptions) => void): Scenario {
  const scenario: Scenario = new Scenario({
    settings: {
      requestPayment: (options: PaymentOptions) => {
        scenario.backend.notify('T1');
        adapter(options);
      },
    },
  });
  return scenario;
}

/** An adapter around the cashier of the host, as promisify() makes it. */
function promisified(): Scenario {
  const scenario: Scenario = new Scenario({
    settings: {
      requestPayment: async (options: PaymentOptions) => {
        await new Promise<void>((resolve, reject) => {
          const native = { ...options, success: () => resolve(), fail: reject, isAlive: () => true };
          scenario.cashier.request(native as CashierOptions);
        });
        options.success(null);
      },
    },
  });
  return scenario;
}

/** An adapter that needs real promises. */
async function newsAfterAsync(scenario: Scenario, ms: number): Promise<TimelineEvent[]> {
  for (let passed = 0; passed < ms; passed += 100) await scenario.clock.advanceAsync(100);
  return newsAfter(scenario, 0);
}

describe('configure({ requestPayment })', () => {
  test('events are fired in the usual order when the adapter calls back at once', () => {
    const scenario = withAdapter(({ success }) => success('paid'));
    openButton(scenario).tap();
    expect(scenario.eventsAfter(5000)).toMatchObject([
      paytap('idle'),
      phase('idle', 'ordering'),
      ordercreated('T1'),
      // The adapter has answered before anything could be drawn.
      phase('ordering', 'confirming'),
      phase('confirming', 'paid'),
      { toast: '支付成功' },
      paysuccess('T1', { verified: true, raw: 'paid' }),
      paycomplete('success', { elapsed: 160 }),
    ]);
  });

  test.each([
    [
      'calls success and then throws',
      ({ success }: PaymentOptions) => {
        success();
        throw new Error('late');
      },
    ],
    [
      'calls success and then fails with 904',
      ({ success, fail }: PaymentOptions) => {
        success();
        fail({ errCode: 904 });
      },
    ],
    [
      'fails with 2 and then calls success',
      ({ success, fail }: PaymentOptions) => {
        fail({ errCode: 2 });
        success();
      },
    ],
    [
      'calls success three times',
      ({ success }: PaymentOptions) => {
        success();
        success();
        success();
      },
    ],
  ])('one outcome is fired when the adapter %s', (_what, adapter) => {
    const scenario = withAdapter(adapter);
    openButton(scenario).tap();
    expect(newsAfter(scenario, 120000)).toMatchObject([paysuccess('T1', { verified: true })]);
  });

  test('payfail has mayBePaid, and the console names the setting, when the adapter throws', () => {
    const scenario = new Scenario({
      settings: {
        requestPayment: () => {
          throw new Error('no');
        },
      },
    });
    const button = openButton(scenario);
    button.tap();
    expect(newsAfter(scenario, 60000)).toMatchObject([
      payfail('T1', { reason: 'cashier', code: null, mayBePaid: true }),
    ]);
    expect(button.phase).toBe('pending');
    expect(scenario.console('error')).toEqual([
      'swan-cashier: configure({ requestPayment }) threw Error: no',
    ]);
  });

  test('payfail has mayBePaid when the adapter fails with 6 and then with 904', () => {
    const scenario: Scenario = new Scenario({
      settings: {
        requestPayment: ({ fail }: PaymentOptions) => {
          fail({ errCode: 6 });
          fail({ errCode: 904 });
        },
      },
    });
    const button = openButton(scenario);
    button.tap();
    expect(newsAfter(scenario, 60000)).toMatchObject([
      payfail('T1', { reason: 'cashier', code: 6, mayBePaid: true }),
    ]);
    expect(button.phase).toBe('pending');
  });

  test('an attempt succeeds when the host has no cashier', () => {
    const scenario: Scenario = new Scenario({
      host: { noCashier: true },
      settings: {
        requestPayment: (options: PaymentOptions) =>
          scenario.cashier.request({ ...options, isAlive: () => true } as never),
      },
    });
    openButton(scenario).tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([{ cashier: 'T1' }, paysuccess('T1')]);
  });

  test('paysuccess is verified when the adapter runs in DevTools', () => {
    const scenario: Scenario = new Scenario({
      host: { platform: 'devtools' },
      settings: {
        requestPayment: ({ success }: PaymentOptions) => {
          success();
          scenario.clock.after(10000, () => scenario.backend.notify('T1'), scenario);
        },
      },
    });
    openButton(scenario).tap();
    expect(newsAfter(scenario, 60000)).toMatchObject([paysuccess('T1', { verified: true })]);
  });

  test('payfail has mayBePaid, and the question is shown for other goods, when an async adapter rejects with code 6', async () => {
    const scenario = promisified();
    const [tea, cup] = scenario.open(TEA, CUP);
    scenario.plan({ callback: 'failed', notifyDelay: 10 * MINUTE });
    tea!.tap();
    expect(await newsAfterAsync(scenario, 10000)).toMatchObject([
      { cashier: 'T1' },
      payfail('T1', { reason: 'cashier', code: 6, mayBePaid: true }),
    ]);
    cup!.tap();
    expect(await newsAfterAsync(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
    expect(scenario.cashier.charges).toHaveLength(1);
  });

  test('an attempt ends as cancelled when an async adapter rejects with code 2', async () => {
    const scenario = promisified();
    const [tea] = scenario.open(TEA);
    scenario.plan(unpaid('cancel'));
    tea!.tap();
    expect(await newsAfterAsync(scenario, 5000)).toMatchObject([
      { cashier: 'T1' },
      { event: 'paycancel', detail: { by: 'user', mayBePaid: false } },
    ]);
  });

  test('payfail has mayBePaid, and the button is pending, when an async adapter rejects with another error', async () => {
    const rejected = Promise.reject(new Error('net'));
    rejected.catch(() => undefined);
    const scenario = new Scenario({ settings: { requestPayment: () => rejected } });
    const [tea] = scenario.open(TEA);
    tea!.tap();
    expect(await newsAfterAsync(scenario, 8000)).toMatchObject([
      payfail('T1', { reason: 'cashier', code: null, mayBePaid: true }),
    ]);
    expect(tea!.phase).toBe('pending');
  });

  test('payfail has mayBePaid, and the question is shown for other goods, when an adapter throws after it opened the cashier', () => {
    const scenario: Scenario = new Scenario({
      settings: {
        requestPayment: (options: PaymentOptions) => {
          scenario.cashier.request({ ...options, isAlive: () => true } as CashierOptions);
          throw new Error('a log line');
        },
      },
    });
    const [tea, cup] = scenario.open(TEA, CUP);
    scenario.plan({ callback: 'failed', notifyDelay: 10 * MINUTE });
    tea!.tap();
    expect(newsAfter(scenario, 10000)).toMatchObject([
      { cashier: 'T1' },
      payfail('T1', { reason: 'cashier', mayBePaid: true }),
    ]);
    cup!.tap();
    expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
    expect(scenario.cashier.charges).toHaveLength(1);
  });

  test('an order stays unsettled when its call fails with 1001 and then with 6', () => {
    const scenario = new Scenario();
    const [tea, cup] = scenario.open(TEA, CUP);
    const request = scenario.cashier.request.bind(scenario.cashier);
    scenario.cashier.request = options =>
      request({
        ...options,
        fail: () => [1001, 6].forEach(errCode => options.fail({ errCode })),
      });
    scenario.plan({ callback: 'failed', notifyDelay: 10 * MINUTE });
    tea!.tap();
    scenario.advance(5000);
    scenario.takeEvents();
    expect(tea!.phase).toBe('pending');
    cup!.tap();
    expect(newsAfter(scenario, 5000)).toMatchObject([asks('「tea」'), { event: 'paycancel' }]);
    expect(calledOrders(scenario)).toEqual(['T1']);
    // The oracle saw one answer, of which the host made two.
    scenario.world.invariant.violations.splice(0);
  });

  test('an attempt ends as pending after 60 s when the host repeats its success and no check says paid', () => {
    let answer = (): void => undefined;
    const scenario = new Scenario({
      settings: { requestPayment: ({ success }: PaymentOptions) => (answer = () => success(null)) },
    });
    const [tea] = scenario.open(TEA);
    tea!.tap();
    scenario.advance(2000);
    answer();
    scenario.advance(50000);
    answer();
    expect(newsAfter(scenario, 15000)).toMatchObject([paypending('T1')]);
  });
});

describe('configure({ requestAdapter })', () => {
  test('events are fired in the usual order when the adapter responds at once without an HTTP status', () => {
    const scenario: Scenario = new Scenario({
      settings: {
        requestAdapter: ({ success }: RequestOptions) => {
          const order = scenario.backend.orders[0] ?? scenario.backend.createOrder('tea');
          success({ data: { errno: 0, data: scenario.backend.orderInfo(order) } });
        },
      },
    });
    openButton(scenario, CREATE).tap();
    expect(scenario.eventsAfter(10000)).toMatchObject([
      paytap('idle'),
      ordercreated('T1'),
      { cashier: 'T1' },
      phase('idle', 'paying'),
      phase('paying', 'paid'),
      { toast: '支付成功' },
      paysuccess('T1', { verified: false }),
      paycomplete('success', { elapsed: 2000 }),
    ]);
  });

  test.each<[string, (options: RequestOptions) => unknown, number]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      0,
    ],
    ['responds with undefined', ({ success }) => success(undefined as never), 0],
    ['fails without an error', ({ fail }) => fail(), 0],
    ['never responds', () => undefined, 15000],
    [
      'fails, responds and fails again',
      ({ success, fail }) => {
        fail({ errMsg: 'x' });
        success({ data: {} });
        fail();
      },
      0,
    ],
    [
      'returns a task whose abort throws',
      () => ({
        abort: () => {
          throw new Error('no abort');
        },
      }),
      15000,
    ],
  ])('an attempt fails as order-request when the adapter %s', (_what, requestAdapter, elapsed) => {
    const scenario = new Scenario({ settings: { requestAdapter } });
    const button = openButton(scenario, CREATE);
    button.tap();
    expect(scenario.eventsAfter(60000).slice(-3)).toMatchObject([
      { toast: '网络或服务异常，请稍后再试' },
      payfail('', { reason: 'order-request', message: '网络或服务异常，请稍后再试', retryable: true }),
      paycomplete('fail', { elapsed }),
    ]);
    expect(button.phase).toBe('idle');
    expect(scenario.cashier.calls).toEqual([]);
  });

  test('status requests go through the adapter when an order is checked', () => {
    const urls: string[] = [];
    const scenario: Scenario = new Scenario({
      settings: {
        requestAdapter: (options: RequestOptions) => {
          urls.push(options.url);
          scenario.backend.request(
            options,
            response => options.success(response),
            error => options.fail(error),
            () => true,
          );
        },
      },
    });
    openButton(scenario, { ...CREATE, ...STATUS }).tap();
    expect(newsAfter(scenario, 20000)).toMatchObject([
      { cashier: 'T1' },
      paysuccess('T1', { verified: true }),
    ]);
    expect(urls[0]).toBe('https://shop.example/orders');
    expect(urls.slice(1).every(url => url === 'https://shop.example/status?tpOrderId=T1')).toBe(true);
    expect(urls.length).toBeGreaterThan(1);
  });
});
