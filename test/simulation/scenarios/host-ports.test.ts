/** configure({ requestPayment, requestAdapter }): ports of a team, which answer at once, twice, never, or throw. */
import type { PaymentOptions, RequestOptions } from '../../../utils/host/swan';
import { CREATE, Scenario, STATUS } from '../scenario';
import { ordercreated, paycomplete, payfail, paysuccess, paytap, phase } from '../timeline-events';
import { newsAfter, openButton } from './story-helpers';

/** A port through which the order is paid, and the shop knows of it at once. */
function withPort(port: (options: PaymentOptions) => void): Scenario {
  const scenario: Scenario = new Scenario({
    settings: {
      requestPayment: (options: PaymentOptions) => {
        scenario.backend.notify('T1');
        port(options);
      },
    },
  });
  return scenario;
}

describe('A payment through requestPayment', () => {
  test('has the usual order of events when the port calls back at once', () => {
    const scenario = withPort(({ success }) => success('paid'));
    openButton(scenario).tap();
    expect(scenario.eventsAfter(5000)).toMatchObject([
      paytap('idle'),
      phase('idle', 'ordering'),
      ordercreated('T1'),
      // The port has answered before anything could be drawn.
      phase('ordering', 'confirming'),
      phase('confirming', 'paid'),
      { toast: '支付成功' },
      paysuccess('T1', { verified: true, raw: 'paid' }),
      paycomplete('success', { elapsed: 160 }),
    ]);
  });

  test.each([
    [
      'calls back and then throws',
      ({ success }: PaymentOptions) => {
        success();
        throw new Error('late');
      },
    ],
    [
      'calls back and then says that its cashier never opened',
      ({ success, fail }: PaymentOptions) => {
        success();
        fail({ errCode: 904 });
      },
    ],
    [
      'calls both back',
      ({ success, fail }: PaymentOptions) => {
        fail({ errCode: 2 });
        success();
      },
    ],
    [
      'calls back three times',
      ({ success }: PaymentOptions) => {
        success();
        success();
        success();
      },
    ],
  ])('has one outcome when the port %s', (_what, port) => {
    const scenario = withPort(port);
    openButton(scenario).tap();
    expect(newsAfter(scenario, 120000)).toMatchObject([paysuccess('T1', { verified: true })]);
  });

  test('may be paid when the port throws, because its cashier may be open all the same', () => {
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
  });

  test('stays unsettled when the port fails and then says that its cashier never opened', () => {
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

  test('works when the host has no cashier', () => {
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

  test('is verified in DevTools when the port is not DevTools’ own cashier', () => {
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
});

describe('A payment through requestAdapter', () => {
  test('has the usual order of events when the port answers at once and knows no HTTP status', () => {
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
    ['answers undefined', ({ success }) => success(undefined as never), 0],
    ['fails with nothing', ({ fail }) => fail(), 0],
    ['never answers', () => undefined, 15000],
    [
      'answers, fails and answers again',
      ({ success, fail }) => {
        fail({ errMsg: 'x' });
        success({ data: {} });
        fail();
      },
      0,
    ],
    [
      'cannot be aborted',
      () => ({
        abort: () => {
          throw new Error('no abort');
        },
      }),
      15000,
    ],
  ])('fails as order-request when the port %s', (_what, requestAdapter, elapsed) => {
    const scenario = new Scenario({ settings: { requestAdapter } });
    const button = openButton(scenario, CREATE);
    button.tap();
    expect(scenario.eventsAfter(60000).slice(-3)).toMatchObject([
      { toast: '网络不太顺畅，请稍后再试' },
      payfail('', { reason: 'order-request', message: '网络不太顺畅，请稍后再试', retryable: true }),
      paycomplete('fail', { elapsed }),
    ]);
    expect(button.phase).toBe('idle');
    expect(scenario.cashier.calls).toEqual([]);
  });

  test('asks for the status through the port as well', () => {
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
