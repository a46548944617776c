/** Creating the order: one key for one purchase, one request in flight, and a backend that may say anything. */
import { CREATE, settled, Stage, STATUS } from '../world/stage';

const REQUEST_WORDS = '网络不太顺畅，请稍后再试';
const INVALID_WORDS = '订单信息有误，请联系商家';
const keysOf = (stage: Stage): unknown[] =>
  stage.backend.received
    .filter(({ url }) => /orders/.test(url))
    .map(({ header }) => header?.['Idempotency-Key']);

describe('the order request fails', () => {
  test.each([
    ['no network', 'lost', 'null', 300],
    ['500 with a good body', 'http-500', '500', 80],
    ['403', 'denied', '403', 80],
    ['HTML', 'html', '200', 80],
    ['no answer', 'lost-answer', 'null', 15000],
  ] as const)(
    'by %s: order-request, nothing to pay, and the next tap sends the same key',
    (_, mood, code, ms) => {
      const stage = new Stage();
      const [button] = stage.open({ ...CREATE, ...STATUS });
      stage.backend.mood = mood;
      button!.tap();
      expect(stage.after(60000)).toEqual([
        'paytap idle',
        'idle → ordering',
        'ordering → idle',
        `toast ${REQUEST_WORDS}`,
        `payfail - 0 order-request ${code} ${REQUEST_WORDS} retryable`,
        `paycomplete fail ${ms} ms`,
      ]);
      stage.backend.mood = 'well';
      button!.tap();
      expect(stage.after(60000)).toContain('paysuccess T1 1999 verified');
      expect(new Set(keysOf(stage)).size).toBe(1);
      expect(stage.cashier.charges).toHaveLength(1);
    },
  );

  test.each([
    ['in its own words', { errno: 1, msg: '库存不足' }, '库存不足', '1'],
    ['in the other spelling', { code: 'SOLD_OUT', message: '卖完了' }, '卖完了', 'SOLD_OUT'],
    ['in too many words', { errno: 2, msg: '很'.repeat(29) }, '暂时无法下单，请稍后再试', '2'],
    ['without words', { errno: 3 }, '暂时无法下单，请稍后再试', '3'],
    ['in an object', { errno: 4, msg: { zh: '库存不足' } }, '暂时无法下单，请稍后再试', '4'],
    ['in blanks', { errno: 5, msg: '   ' }, '暂时无法下单，请稍后再试', '5'],
  ])('because the backend refuses %s: order-rejected', (_, data, words, code) => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.backend.instead = () => ({ statusCode: 200, data });
    button!.tap();
    expect(stage.after(60000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'ordering → idle',
      `toast ${words}`,
      `payfail - 0 order-rejected ${code} ${words} retryable`,
      'paycomplete fail 80 ms',
    ]);
  });

  test.each([
    ['no order', null],
    ['a number', 7],
    ['no signature', { ...new Stage().backend.orderInfo({ tpOrderId: 'T1' } as never), rsaSign: '' }],
    ['yuan', { ...new Stage().backend.orderInfo({ tpOrderId: 'T1' } as never), totalAmount: '19.99' }],
    ['an order that is null', { orderInfo: null, order: { status: 'unpaid' } }],
  ])(
    'because the answer holds %s: order-invalid, the cashier stays shut and the console says why',
    (_, data) => {
      const stage = new Stage();
      const [button] = stage.open(CREATE);
      stage.backend.instead = () => ({ statusCode: 200, data: { errno: 0, data } });
      button!.tap();
      expect(stage.after(60000).slice(2)).toEqual([
        'ordering → idle',
        `toast ${INVALID_WORDS}`,
        `payfail - 0 order-invalid null ${INVALID_WORDS}`,
        'paycomplete fail 80 ms',
      ]);
      expect(stage.errors().length).toBeGreaterThan(0);
      expect(stage.errors()[0]).toMatch(/^pay-button: /);
    },
  );

  test('because it is of another amount than the one shown: order-invalid', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, amount: '1998' });
    button!.tap();
    expect(stage.after(60000)).toContain(`payfail - 0 order-invalid null ${INVALID_WORDS}`);
    expect(stage.errors()).toEqual(['pay-button: amount shows 1998 fen, the order says 1999']);
    expect(stage.cashier.calls).toEqual([]);
  });
});

describe('a key', () => {
  test('is one for one purchase, and another for another', () => {
    const stage = new Stage();
    const [tea, cup] = stage.open(CREATE, { ...CREATE, orderPayload: { purchase: 'cup' } });
    stage.plan({ says: 'cancel', pays: false }, { says: 'cancel', pays: false });
    tea!.tap();
    stage.wait(5000);
    cup!.tap();
    stage.wait(5000);
    tea!.tap();
    stage.wait(5000);
    const [first, second, third] = keysOf(stage);
    expect(first).toMatch(/^\w{20,}$/);
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  });

  test('survives a kill, so that a cancelled order is not made twice', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'cancel', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.phone.kill();
    const [again] = stage.open(CREATE);
    stage.next();
    again!.tap();
    expect(stage.after(200)).toContain('ordercreated T1 1999 tea reused');
    expect(stage.backend.orders).toHaveLength(1);
  });

  test('is a new one after the goods were paid and released', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.tap();
    stage.wait(5000);
    button!.reset();
    button!.tap();
    stage.wait(5000);
    expect(new Set(keysOf(stage)).size).toBe(2);
    expect(stage.cashier.charges.map(({ tpOrderId }) => tpOrderId)).toEqual(['T1', 'T2']);
  });

  test('goes by the name the backend wants, or is not sent', () => {
    for (const [idempotencyHeader, expected] of [
      ['X-Once', ['X-Once']],
      [null, []],
    ] as const) {
      const stage = new Stage({ settings: { idempotencyHeader } });
      const [button] = stage.open(CREATE);
      button!.tap();
      stage.wait(5000);
      expect(Object.keys(stage.backend.received[0]!.header ?? {})).toEqual(expected);
    }
  });
});

describe('the backend answers the create request with', () => {
  test('an order that is paid already: success without a cashier', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.backend.instead = (_, good) => {
      const orderInfo = (good as { data: object }).data;
      return { statusCode: 200, data: { errno: 0, data: { orderInfo, order: { status: 'paid' } } } };
    };
    button!.tap();
    expect(stage.after(5000)).toEqual([
      'paytap idle',
      'idle → ordering',
      'ordering → paid',
      'toast 支付成功',
      'paysuccess T1 1999 verified',
      'paycomplete success 80 ms',
    ]);
    expect(stage.cashier.calls).toEqual([]);
  });

  test('a closed one: once more with a new key', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'cancel', pays: false });
    button!.tap();
    stage.wait(5000);
    stage.backend.expire();
    stage.next();
    button!.tap();
    expect(stage.after(5000).slice(0, 5)).toEqual([
      'paytap idle',
      'idle → ordering',
      'cashier T2',
      'ordercreated T2 1999 tea',
      'ordering → paying',
    ]);
    const [first, second, third] = keysOf(stage);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('closed ones only: fails after the second, no endless asking', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.backend.instead = () => ({
      statusCode: 200,
      data: { errno: 0, data: { orderInfo: { tpOrderId: 'T9' }, order: { status: 'closed' } } },
    });
    button!.tap();
    expect(stage.after(60000).slice(-2)).toEqual([
      'payfail T9 0 closed null 订单已关闭，请重新下单 retryable',
      'paycomplete fail 160 ms',
    ]);
    expect(stage.backend.creates).toBe(2);
  });

  test('another order than the one that may be paid: refused', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'failed', pays: true });
    button!.tap();
    stage.wait(5000);
    stage.next();
    stage.backend.instead = () => {
      const order = stage.backend.order('T2') ?? stage.backend.open('tea');
      return { statusCode: 200, data: { errno: 0, data: stage.backend.orderInfo(order) } };
    };
    button!.tap();
    expect(stage.after(60000).filter(line => /^payfail/.test(line))).toEqual([
      `payfail T1 1999 order-invalid null 支付没有完成，如已扣款请稍后查看订单 mayBePaid`,
    ]);
    expect(stage.cashier.calls).toHaveLength(1);
  });

  test('an order as JSON text, and numbers for text: paid, with a warning', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    stage.backend.instead = (_, good) => {
      const order = { ...(good as { data: object }).data, totalAmount: 1999 };
      return { statusCode: 200, data: { errno: 0, data: JSON.stringify(order) } };
    };
    button!.tap();
    stage.backend.instead = null;
    stage.wait(20);
    expect(stage.after(5000)).toContain('paysuccess T1 1999 claimed');
  });
});

describe('changed goods under one order-key', () => {
  const cart = (purchase: string): object => ({
    createUrl: '/orders',
    orderKey: 'cart',
    orderPayload: { purchase },
  });

  test('are a new purchase once the old one is cancelled', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...cart('tea'), ...STATUS });
    stage.plan({ says: 'cancel', pays: false });
    button!.tap();
    stage.wait(5000);
    button!.set('orderPayload', { purchase: 'cup' });
    stage.wait(50);
    button!.tap();
    stage.wait(10000);
    expect(stage.backend.order(stage.cashier.calls[1]!.tpOrderId)!.purchase).toBe('cup');
    expect(new Set(keysOf(stage)).size).toBe(2);
  });

  test('are a new purchase once the old one is paid: the button is free again', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...cart('tea'), ...STATUS });
    button!.tap();
    stage.wait(10000);
    expect(button!.phase).toBe('paid');
    button!.set('orderPayload', { purchase: 'cup' });
    stage.wait(50);
    expect(button!.phase).toBe('idle');
    button!.tap();
    stage.wait(10000);
    expect(stage.cashier.charges.map(({ tpOrderId }) => stage.backend.order(tpOrderId)!.purchase)).toEqual([
      'tea',
      'cup',
    ]);
  });

  test.each([true, false])(
    'are not paid for with the old order when the old payment failed (status-url: %s)',
    statusUrl => {
      const stage = new Stage();
      const [button] = stage.open({ ...cart('tea'), ...(statusUrl ? STATUS : {}) });
      stage.plan({ says: 'failed', pays: false });
      button!.tap();
      stage.wait(20000);
      button!.set('orderPayload', { purchase: 'cup' });
      stage.wait(50);
      button!.tap();
      stage.wait(20000);
      const goods = stage.cashier.charges.map(({ tpOrderId }) => stage.backend.order(tpOrderId)!.purchase);
      expect(goods).not.toContain('tea');
      const payloads = new Map<unknown, Set<string>>();
      for (const { header, data } of stage.backend.received.filter(({ url }) => /orders/.test(url))) {
        const key = header?.['Idempotency-Key'];
        payloads.set(key, (payloads.get(key) ?? new Set()).add(JSON.stringify(data)));
      }
      for (const sent of payloads.values()) expect(sent.size).toBe(1);
    },
  );

  test('are not ordered while the old payment may still arrive', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...cart('tea'), ...STATUS });
    stage.plan({ says: 'paying', pays: true, notify: 100000 });
    button!.tap();
    stage.wait(80000);
    expect(button!.phase).toBe('pending');
    button!.set('orderPayload', { purchase: 'cup' });
    stage.wait(50);
    stage.phone.modalMood = 'no';
    button!.tap();
    stage.wait(30000);
    expect(stage.backend.creates).toBe(1);
    button!.tap();
    stage.wait(5000);
    expect(stage.story.filter(line => /^paysuccess/.test(line))).toEqual([
      'paysuccess T1 1999 verified resumed',
    ]);
  });

  test('changed between tap and order are not charged beside the first', () => {
    const stage = new Stage();
    const [button] = stage.open({ createUrl: '/orders', orderPayload: { purchase: 'one cup' } });
    stage.backend.mood = 'well';
    button!.tap();
    stage.wait(5);
    button!.set('orderPayload', { purchase: 'two cups' });
    stage.wait(30);
    button!.tap();
    stage.wait(60000);
    expect(stage.cashier.charges.map(({ tpOrderId }) => stage.backend.order(tpOrderId)!.purchase)).toEqual([
      'two cups',
    ]);
  });
});

describe('a ready orderInfo', () => {
  const info = (stage: Stage, purchase = 'tea'): Record<string, string> =>
    stage.backend.orderInfo(
      stage.backend.orders.find(order => order.purchase === purchase) ?? stage.backend.open(purchase),
    );

  test('goes to the cashier as it is, with what the page adds', () => {
    const stage = new Stage();
    const seen: unknown[] = [];
    stage.phone.library.configure({ requestPayment: options => void seen.push({ ...options }) });
    const orderInfo = info(stage);
    const [button] = stage.open({
      orderInfo,
      payResultUrl: '/pages/result/result',
      inlinePaySign: 'sign',
      promotionTag: 'a,b',
      bannedChannels: ['Alipay'],
    });
    button!.tap();
    stage.wait(100);
    expect(seen).toEqual([
      {
        orderInfo: {
          ...orderInfo,
          payResultUrl: '/pages/result/result',
          inlinePaySign: 'sign',
          promotionTag: 'a,b',
        },
        bannedChannels: ['Alipay'],
        success: expect.any(Function),
        fail: expect.any(Function),
      },
    ]);
  });

  test('given to pay() counts before the properties arrive', async () => {
    const stage = new Stage();
    const [button] = stage.open({});
    const promise = button!.pay({ orderInfo: info(stage) });
    expect(stage.after(60000)).toEqual([
      'cashier T1',
      'idle → ordering',
      'ordering → paying',
      'paying → paid',
      'toast 支付成功',
      'paysuccess T1 1999 claimed',
      'paycomplete success 2000 ms',
    ]);
    expect(await settled(promise)).toMatchObject({ outcome: 'success', tpOrderId: 'T1', verified: false });
  });

  test('a payload given to pay() is what is ordered', () => {
    const stage = new Stage();
    const [button] = stage.open(CREATE);
    button!.pay({ payload: { purchase: 'cup' } });
    stage.wait(5000);
    expect(stage.backend.orders.map(({ purchase }) => purchase)).toEqual(['cup']);
  });

  test('paid once is locked, also for a new object of the same order', () => {
    const stage = new Stage();
    const orderInfo = info(stage);
    const [button] = stage.open({ orderInfo });
    button!.tap();
    stage.wait(5000);
    button!.set('orderInfo', { ...orderInfo });
    stage.wait(50);
    button!.tap();
    stage.wait(5000);
    expect(stage.cashier.calls).toHaveLength(1);
    button!.set('orderInfo', info(stage, 'cup'));
    stage.wait(50);
    expect(button!.phase).toBe('idle');
  });
});

describe('goods that are wanted again while their order is still on its way', () => {
  function wanted(...purchases: string[]): Stage {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    for (const purchase of purchases) {
      button!.pay({ payload: { purchase } });
      stage.wait(10);
    }
    return stage;
  }

  test('with another amount on the button are checked against that', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS, amount: 1999 });
    button!.pay();
    stage.wait(10);
    button!.pay({ payload: { purchase: 'cup' } });
    stage.wait(10);
    button!.set('amount', 2999);
    stage.wait(15);
    button!.pay({ payload: { purchase: 'tea' } });
    expect(stage.after(30000)).toContain(`payfail - 0 order-invalid null ${INVALID_WORDS}`);
    expect(stage.cashier.calls).toEqual([]);
  });

  test('are not asked for a second time, and paid with the answer of the first', () => {
    const stage = wanted('tea', 'cup', 'tea');
    expect(new Set(keysOf(stage)).size).toBe(2);
    expect(keysOf(stage)).toHaveLength(2);
    stage.wait(30000);
    expect(stage.backend.orders.filter(({ status }) => status === 'paid').map(one => one.purchase)).toEqual([
      'tea',
    ]);
  });
});
