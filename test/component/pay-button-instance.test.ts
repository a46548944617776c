/** What selectComponent gives a page, manual, and how handlers of a page get what happened. */
import type { PayOutcome } from 'swan-cashier';
import {
  consoleErrors,
  payButtonTag,
  CREATE,
  payButtonInstance,
  isLocked,
  label,
  eventNames,
  mountPayPage,
  payButtonOrderInfo,
  outcomes,
  advance,
  phone,
  startPayButtonApp,
  stopApp,
  tap,
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

describe('pay()', () => {
  test('resolves to the detail of paycomplete when the payment ends', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ success: {} });
    const pay = payButtonInstance(page);
    expect(Object.keys(pay).sort()).toEqual(['pay', 'phase', 'reset']);
    expect(pay.phase).toBe('idle');
    const promise: Promise<PayOutcome> = pay.pay();
    expect(pay.phase).toBe('ordering');
    expect(pay.pay()).toBe(promise);
    await advance(page, 100);
    expect(pay.phase).toBe('paid');
    expect(await promise).toEqual(page.details('paycomplete')[0]);
  });

  test('orders its payload when a property set in the same task has not arrived', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    void page.setData({ cart: { goods: 2 } });
    void payButtonInstance(page).pay({ payload: { goods: 2 } });
    await advance(page, 100);
    expect(phone.requests.map(({ data }) => data)).toEqual([{ goods: 2 }]);
    expect(label(page)).toBe('支付中');
  });

  test('goes on with its own payload when the properties change meanwhile', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    void payButtonInstance(page).pay({ payload: { goods: 2 } });
    await page.setData({ cart: { goods: 3 } });
    await advance(page, 100);
    expect(phone.requests.map(({ data }) => data)).toEqual([{ goods: 2 }]);
    expect(phone.payments).toHaveLength(1);
  });

  test.each([
    ['an object', payButtonOrderInfo('T7')],
    ['JSON text', JSON.stringify(payButtonOrderInfo('T7'))],
  ])('pays its orderInfo when that is %s', async (_what, given) => {
    const page = await mountPayPage(payButtonTag('order-info="{{nothing}}"'));
    void payButtonInstance(page).pay({ orderInfo: given });
    await advance(page, 100);
    expect(phone.payments.map(({ orderInfo: paid }) => paid)).toEqual([payButtonOrderInfo('T7')]);
    expect(phone.requests).toEqual([]);
  });

  test.each([
    ['payload', { payload: { goods: 2 } }],
    ['orderInfo', { orderInfo: payButtonOrderInfo() }],
  ])('checks its own amount, not that of the button, when it gets a %s', async (_what, goods) => {
    const page = await mountPayPage(payButtonTag(`${CREATE} amount="500"`));
    const wrong = payButtonInstance(page).pay({ ...goods, amount: 1998 });
    await advance(page, 100);
    expect(await wrong).toMatchObject({ outcome: 'fail', reason: 'amount-changed', totalAmount: 1999 });
    void payButtonInstance(page).pay(goods);
    await advance(page, 100);
    expect(phone.payments).toHaveLength(1);
  });

  test('checks the amount it is given in place of the button’s when the goods are the button’s', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} amount="500"`));
    void payButtonInstance(page).pay({ amount: '1999' });
    await advance(page, 100);
    expect(phone.payments).toHaveLength(1);
  });

  test('fires events with its orderKey when the button has another', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} order-key="button"`));
    phone.answerPayments({ success: {} });
    void payButtonInstance(page).pay({ orderKey: 'given' });
    await advance(page, 100);
    expect(page.details('paysuccess')).toMatchObject([{ orderKey: 'given' }]);
    expect(page.details('ordercreated')).toMatchObject([{ orderKey: 'given' }]);
  });

  test.each([
    ['the backend fails', { statusCode: 500, data: 'x' }, { reason: 'order-request', code: 500 }],
    [
      'the backend refuses',
      { data: { errno: 7, msg: '库存不足' } },
      { reason: 'order-rejected', message: '库存不足' },
    ],
  ])('resolves when %s', async (_when, reply, detail) => {
    phone.onRequest(() => reply);
    const page = await mountPayPage(payButtonTag(CREATE));
    const promise = payButtonInstance(page).pay();
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'fail', ...detail });
  });

  test('fails as order-invalid, with a console error, when there is nothing to pay', async () => {
    const page = await mountPayPage(payButtonTag(''));
    const promise = payButtonInstance(page).pay();
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'fail', reason: 'order-invalid' });
    expect(console.error).toHaveBeenCalledWith(expect.stringMatching(/^pay-button: create-url .*order-info/));
  });

  test('resolves to the earlier outcome without an event when the button is paid', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ success: {} });
    void payButtonInstance(page).pay();
    await advance(page, 5000);
    const before = page.events.length;
    const promise = payButtonInstance(page).pay();
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: true });
    expect([page.events.length, phone.payments.length]).toEqual([before, 1]);
  });
});

describe('reset()', () => {
  test('returns true and makes the button idle when it is paid', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ success: {} });
    await tap(page, 5000);
    expect(payButtonInstance(page).reset()).toBe(true);
    expect(payButtonInstance(page).phase).toBe('idle');
    await page.flush();
    expect([label(page), isLocked(page)]).toEqual(['立即支付', false]);
  });

  test('returns true and cancels the attempt when the create request is running', async () => {
    phone.onRequest(() => 'never');
    const page = await mountPayPage(payButtonTag(CREATE));
    const promise = payButtonInstance(page).pay();
    expect(payButtonInstance(page).reset()).toBe(true);
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'cancel', by: 'reset' });
    expect(payButtonInstance(page).phase).toBe('idle');
  });

  test('returns false when the cashier is open and when the order may be paid', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    await tap(page);
    expect(payButtonInstance(page).reset()).toBe(false);
    phone.payments[0]!.fail(6);
    await advance(page, 100);
    expect(payButtonInstance(page).phase).toBe('pending');
    expect(payButtonInstance(page).reset()).toBe(false);
    expect(payButtonInstance(page).phase).toBe('pending');
  });

  test('makes the next tap send a new key when the order was cancelled', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ fail: { errCode: 2, errMsg: '' } });
    await tap(page, 2000);
    payButtonInstance(page).reset();
    await tap(page);
    const keys = phone.requests.map(({ header }) => header['Idempotency-Key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
  });
});

describe('a manual button', () => {
  test('pays the orderInfo of pay() when a handler of paytap calls it', async () => {
    const page = await mountPayPage(payButtonTag('manual bind:paytap="agree"'), {
      methods: {
        agree() {
          void payButtonInstance(page).pay({ orderInfo: payButtonOrderInfo('T7') });
        },
      },
    });
    phone.answerPayments({ success: {} });
    await tap(page);
    expect(phone.payments[0]!.orderInfo.tpOrderId).toBe('T7');
    expect(eventNames(page).filter(name => name !== 'statechange')).toEqual([
      'paytap',
      'paysuccess',
      'paycomplete',
    ]);
    expect(label(page)).toBe('已支付');
  });

  test.each(['manual', 'manual="{{yes}}"', 'manual="yes"'])(
    'fires paytap and sends no request when it is tapped (%s)',
    async attribute => {
      const page = await mountPayPage(payButtonTag(`${CREATE} ${attribute}`), {
        data: { cart: {}, yes: true },
      });
      await tap(page, 5000);
      expect(page.details('paytap')).toEqual([{ phase: 'idle' }]);
      expect(phone.requests).toEqual([]);
    },
  );

  test('starts the payment when manual is the text false', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} manual="false"`));
    await tap(page);
    expect(phone.requests).toHaveLength(1);
  });
});

test('a handler bound in the template receives each detail, without a key that hides the event, when a payment runs', async () => {
  const heard: { type: string; detail: object }[] = [];
  const page = await mountPayPage(
    payButtonTag(
      `${CREATE} order-key="cart" bind:paysuccess="on" bind:paycomplete="on" bind:statechange="on"`,
    ),
    {
      methods: {
        on: (event: { type: string; detail: object }) =>
          heard.push({ type: event.type, detail: event.detail }),
      },
    },
  );
  phone.answerPayments({ success: { some: 'thing' } });
  await tap(page);
  expect(heard.map(({ type }) => type)).toEqual([
    'statechange',
    'statechange',
    'statechange',
    'paysuccess',
    'paycomplete',
  ]);
  expect(heard[3]!.detail).toEqual({
    tpOrderId: 'T1',
    totalAmount: 1999,
    orderKey: 'cart',
    verified: false,
    resumed: false,
    raw: { some: 'thing' },
  });
  expect(heard[4]!.detail).toEqual({ ...heard[3]!.detail, outcome: 'success', elapsed: expect.any(Number) });
  expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
});

describe('two components of one id', () => {
  const button = `<pay-button id="{{id}}" ${CREATE}></pay-button>`;

  test.each([
    ['a pay-button', button],
    ['an order-summary', '<order-summary id="{{id}}" order="{{order}}"></order-summary>'],
  ])('fail to pay, with a console error that names the id, when the other is %s', async (_what, other) => {
    const page = await mountPayPage(button + other, { data: { id: 'p', cart: { goods: 1 } } });
    void payButtonInstance(page).pay();
    await advance(page, 100);
    expect(page.details('payfail')).toMatchObject([{ reason: 'order-invalid', mayBePaid: false }]);
    expect([phone.requests, phone.payments]).toEqual([[], []]);
    expect(consoleErrors).toEqual([expect.stringMatching(/two components have the id "p"/)]);
  });

  test('pay when the other was detached before', async () => {
    const page = await mountPayPage(
      `<block s-if="{{first}}">${button}</block><block s-else>${button}</block>`,
      {
        data: { id: 'p', first: true, cart: { goods: 1 } },
      },
    );
    await page.setData({ first: false });
    await tap(page, 100);
    expect([phone.payments.length, consoleErrors]).toEqual([1, []]);
  });
});
