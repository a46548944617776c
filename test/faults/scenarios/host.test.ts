/** Hosts, ports and pages that do not behave: whatever they do, nothing is thrown into a page and nobody waits for ever. */
import type { PaymentOptions, RequestOptions } from '../../../utils';
import { CREATE, settled, Stage, STATUS } from '../world/stage';

afterEach(() => jest.restoreAllMocks());

const finished = (stage: Stage): string[] => stage.next().filter(line => /^paycomplete/.test(line));

describe('configure({ requestPayment })', () => {
  test('a port that calls back at once is heard once, in the usual order', () => {
    const stage = new Stage({ settings: { requestPayment: ({ success }) => success('paid') } });
    const [button] = stage.open(CREATE);
    button!.tap();
    expect(stage.after(5000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'ordercreated T1 1999 tea',
      'ordering → paying',
      'paying → paid',
      'toast 支付成功',
      'paysuccess T1 1999 claimed',
      'paycomplete success 80 ms',
    ]);
  });

  test.each([
    [
      'calls back and then throws',
      ({ success }: PaymentOptions) => {
        success();
        throw new Error('late');
      },
      'success',
    ],
    [
      'throws',
      () => {
        throw new Error('no');
      },
      'fail',
    ],
    [
      'calls both back',
      ({ success, fail }: PaymentOptions) => {
        fail({ errCode: 2 });
        success();
      },
      'cancel',
    ],
    [
      'calls back three times',
      ({ success }: PaymentOptions) => {
        success();
        success();
        success();
      },
      'success',
    ],
  ])('a port that %s: one outcome', (_, requestPayment, outcome) => {
    const stage = new Stage({ settings: { requestPayment } });
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(60000);
    expect(finished(stage)).toEqual([`paycomplete ${outcome} 80 ms`]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('works where the host has no cashier', () => {
    const stage = new Stage({
      quirks: { cashier: 'missing' },
      settings: { requestPayment: ({ success }) => success() },
    });
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(5000);
    expect(finished(stage)).toEqual(['paycomplete success 80 ms']);
  });
});

describe('configure({ request })', () => {
  const answer = (options: RequestOptions, stage: Stage): void => {
    const data = /status/.test(options.url)
      ? { status: 'paid' }
      : stage.backend.orderInfo(stage.backend.orders[0] ?? stage.backend.open('tea'));
    options.success({ data: { errno: 0, data } });
  };

  test('a port that answers at once, and knows no HTTP status', () => {
    const stage: Stage = new Stage({ settings: { request: options => answer(options, stage) } });
    const [button] = stage.open({ ...CREATE, ...STATUS });
    button!.tap();
    expect(stage.after(10000)).toEqual([
      'paytap idle',
      'cashier T1',
      'idle → ordering',
      'ordercreated T1 1999 tea',
      'ordering → paying',
      'paying → confirming',
      'confirming → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      'paycomplete success 2000 ms',
    ]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
      0,
    ],
    ['answers undefined', ({ success }: RequestOptions) => success(undefined as never), 0],
    ['fails with nothing', ({ fail }: RequestOptions) => fail(), 0],
    ['never answers', () => undefined, 15000],
    [
      'answers, fails and answers again',
      ({ success, fail }: RequestOptions) => {
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
  ])('a port that %s: order-request', (_, request, ms) => {
    const stage = new Stage({ settings: { request } });
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(60000);
    expect(stage.next().slice(-2)).toEqual([
      expect.stringMatching(/^payfail - 0 order-request (null|200) 网络不太顺畅，请稍后再试 retryable$/),
      `paycomplete fail ${ms} ms`,
    ]);
    expect(stage.phone.violations).toEqual([]);
  });
});

describe('functions of the developer that throw or lie', () => {
  const boom = (): never => {
    throw new Error('boom');
  };

  test.each([
    ['header', { header: boom }],
    ['envelope', { envelope: boom }],
    ['envelope that answers nothing', { envelope: () => null as never }],
  ])('%s: order-request, and nothing is thrown', (_, settings) => {
    const stage = new Stage({ settings });
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(20000);
    expect(stage.next().slice(-2)[0]).toMatch(/^payfail - 0 order-request/);
    expect(stage.phone.violations).toEqual([]);
  });

  test.each([
    ['throws', boom],
    ['answers a word nobody knows', () => 'banana' as never],
    ['answers a name every object has', () => 'toString' as never],
    ['answers nothing', () => null],
  ])('mapStatus that %s is unreachable: never paid, never unpaid', (_, mapStatus) => {
    const stage = new Stage({ settings: { mapStatus } });
    const [button] = stage.open({ ...CREATE, ...STATUS });
    button!.tap();
    stage.wait(120000);
    expect(finished(stage)).toEqual([expect.stringMatching(/^paycomplete pending/)]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('onTrace that throws changes nothing', () => {
    const stage = new Stage();
    stage.phone.library.configure({ onTrace: boom });
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(5000);
    expect(finished(stage)).toEqual(['paycomplete success 2080 ms']);
  });

  test('a header function is asked for every request, and a header of the button goes on top', () => {
    let asked = 0;
    const stage = new Stage({ settings: { header: () => ({ session: `s${++asked}`, from: 'app' }) } });
    const [button] = stage.open({ ...CREATE, ...STATUS, header: { from: 'button' } });
    stage.plan({ notify: 0 });
    button!.tap();
    stage.wait(5000);
    expect(stage.backend.received.map(({ header }) => [header!.session, header!.from])).toEqual([
      ['s1', 'button'],
      ['s2', 'button'],
    ]);
  });
});

describe('a host without', () => {
  test.each([
    ['getApp', { getApp: 'missing' }],
    ['getCurrentPages', { getCurrentPages: 'missing' }],
  ] as const)('%s: a payment works', (_, quirks) => {
    const stage = new Stage({ quirks });
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ notify: 0 });
    button!.tap();
    expect(stage.after(5000).slice(-3)).toEqual([
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      'paycomplete success 2160 ms',
    ]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('getCurrentPages: hide and show do not silence the button', () => {
    const stage = new Stage({ quirks: { getCurrentPages: 'missing' } });
    const [button] = stage.open(CREATE);
    stage.phone.hide();
    stage.phone.show();
    button!.tap();
    stage.wait(5000);
    expect(button!.data.label).toBe('已支付');
  });
});

describe('a page that', () => {
  test('pays again inside paycancel: a second attempt, outcomes in order', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'cancel', pays: false });
    let again = 1;
    stage.handler = (_, { name }) => {
      if (name === 'paycancel' && again-- > 0) button!.pay();
    };
    button!.tap();
    expect(
      stage.after(60000).filter(line => /^(pay(tap|cancel|success|complete)|cashier)/.test(line)),
    ).toEqual([
      'paytap idle',
      'cashier T1',
      'paycancel T1 1999 by user',
      'paycomplete cancel 2080 ms',
      'cashier T1',
      'paysuccess T1 1999 claimed',
      expect.stringMatching(/^paycomplete success/),
    ]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('pays again inside paycomplete, with ports that answer at once: every phase once, in order', () => {
    let refusals = 1;
    const stage: Stage = new Stage({
      settings: {
        timing: { guard: 0 },
        request: ({ success }) =>
          success({
            data: {
              errno: 0,
              data: stage.backend.orderInfo(stage.backend.orders[0] ?? stage.backend.open('tea')),
            },
          }),
        requestPayment: ({ success, fail }) => (refusals-- > 0 ? fail({ errCode: 2 }) : success()),
      },
    });
    const [button] = stage.open(CREATE);
    let again = 1;
    stage.handler = (_, { name, detail }) => {
      if (name === 'paycomplete' && detail.outcome === 'cancel' && again-- > 0) button!.pay();
    };
    button!.tap();
    stage.wait(5000);
    const phases = stage.next().filter(line => /→/.test(line));
    for (let index = 1; index < phases.length; index++) {
      expect(phases[index]!.split(' → ')[0]).toBe(phases[index - 1]!.split(' → ')[1]);
    }
    expect(phases).toEqual([
      'idle → ordering',
      'ordering → paying',
      'paying → idle',
      'idle → ordering',
      'ordering → paying',
      'paying → paid',
    ]);
  });

  test('resets inside paysuccess: paycomplete still follows, then the button is free', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.handler = (_, { name }) => {
      if (name === 'paysuccess') button!.reset();
    };
    button!.tap();
    expect(stage.after(5000).slice(-4)).toEqual([
      'toast 支付成功',
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
      'paid → idle',
    ]);
  });

  test('throws in every handler: every event is still told', async () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.handler = () => {
      throw new Error('page');
    };
    button!.tap();
    const promise = button!.pay();
    expect(stage.after(5000).slice(-2)).toEqual([
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'success' });
  });

  test('closes itself inside paysuccess: nothing is set any more', () => {
    const stage = new Stage();
    stage.open();
    const [button] = stage.open(CREATE);
    stage.handler = (_, { name }) => {
      if (name === 'paysuccess') stage.phone.closePage();
    };
    button!.tap();
    expect(stage.after(5000).slice(-2)).toEqual([
      'paysuccess T1 1999 claimed',
      'paycomplete success 2080 ms',
    ]);
    expect(stage.phone.violations).toEqual([]);
  });

  test('opens the result page inside paysuccess: the button below is paid when the person comes back', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.handler = (_, { name }) => {
      if (name === 'paysuccess') stage.phone.openPage([]);
    };
    button!.tap();
    stage.wait(5000);
    stage.phone.closePage();
    stage.wait(50);
    expect(button!.phase).toBe('paid');
    expect(finished(stage)).toHaveLength(1);
  });
});

describe('iOS', () => {
  const goods = { ...CREATE, virtualGoods: true };

  test('sells no virtual goods: nothing is drawn and pay() says so, without an order', async () => {
    const stage = new Stage({ quirks: { platform: 'ios' } });
    const [button] = stage.open(goods);
    expect(button!.data.hidden).toBe(true);
    const promise = button!.pay();
    expect(stage.after(5000)).toEqual([
      'toast iOS 暂不支持购买此商品',
      'payfail - 0 virtual-goods-ios null iOS 暂不支持购买此商品',
      'paycomplete fail 0 ms',
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'fail', reason: 'virtual-goods-ios' });
    expect(stage.backend.received).toEqual([]);
  });

  test('sells real goods, and Android sells both', () => {
    const ios = new Stage({ quirks: { platform: 'ios' } });
    expect(ios.open(CREATE)[0]!.data.hidden).toBe(false);
    expect(new Stage().open(goods)[0]!.data.hidden).toBe(false);
  });
});
