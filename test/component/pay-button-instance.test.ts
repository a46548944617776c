/** What selectComponent gives a page, manual, and how handlers of a page get what happened. */
import type { PayOutcome } from 'swan-cashier';
import {
  button,
  CREATE,
  facade,
  isLocked,
  label,
  names,
  open,
  orderInfo,
  outcomes,
  advance,
  phone,
  startApp,
  stopApp,
  tap,
} from '../helpers/pay-button-page';

beforeEach(startApp);
afterEach(stopApp);

describe('pay()', () => {
  test('resolves to what paycomplete tells', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ success: {} });
    const pay = facade(page);
    expect(Object.keys(pay).sort()).toEqual(['pay', 'phase', 'reset']);
    expect(pay.phase).toBe('idle');
    const promise: Promise<PayOutcome> = pay.pay();
    expect(pay.phase).toBe('ordering');
    expect(pay.pay()).toBe(promise);
    await advance(page, 100);
    expect(pay.phase).toBe('paid');
    expect(await promise).toEqual(page.details('paycomplete')[0]);
  });

  test('orders the payload it is given, because a property set in the same moment has not arrived', async () => {
    const page = await open(button(CREATE));
    void page.setData({ cart: { goods: 2 } });
    void facade(page).pay({ payload: { goods: 2 } });
    await advance(page, 100);
    expect(phone.requests.map(({ data }) => data)).toEqual([{ goods: 2 }]);
    expect(label(page)).toBe('支付中');
  });

  test('goes on with its own payload when the properties change meanwhile', async () => {
    const page = await open(button(CREATE));
    void facade(page).pay({ payload: { goods: 2 } });
    await page.setData({ cart: { goods: 3 } });
    await advance(page, 100);
    expect(phone.requests.map(({ data }) => data)).toEqual([{ goods: 2 }]);
    expect(phone.payments).toHaveLength(1);
  });

  test.each([
    ['an object', orderInfo('T7')],
    ['JSON text', JSON.stringify(orderInfo('T7'))],
  ])('pays the orderInfo it is given (%s)', async (_what, given) => {
    const page = await open(button('order-info="{{nothing}}"'));
    void facade(page).pay({ orderInfo: given });
    await advance(page, 100);
    expect(phone.payments.map(({ orderInfo: paid }) => paid)).toEqual([orderInfo('T7')]);
    expect(phone.requests).toEqual([]);
  });

  test.each([
    ['payload', { payload: { goods: 2 } }],
    ['orderInfo', { orderInfo: orderInfo() }],
  ])('checks the amount that came with the %s, and not that of the button', async (_what, goods) => {
    const page = await open(button(`${CREATE} amount="500"`));
    const wrong = facade(page).pay({ ...goods, amount: 1998 });
    await advance(page, 100);
    expect(await wrong).toMatchObject({ outcome: 'fail', reason: 'amount-changed', totalAmount: 1999 });
    void facade(page).pay(goods);
    await advance(page, 100);
    expect(phone.payments).toHaveLength(1);
  });

  test('checks the amount it is given in place of the button’s when the goods are the button’s', async () => {
    const page = await open(button(`${CREATE} amount="500"`));
    void facade(page).pay({ amount: '1999' });
    await advance(page, 100);
    expect(phone.payments).toHaveLength(1);
  });

  test('tells the orderKey it is given', async () => {
    const page = await open(button(`${CREATE} order-key="button"`));
    phone.answerPayments({ success: {} });
    void facade(page).pay({ orderKey: 'given' });
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
  ])('never rejects, also when %s', async (_when, reply, detail) => {
    phone.onRequest(() => reply);
    const page = await open(button(CREATE));
    const promise = facade(page).pay();
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'fail', ...detail });
  });

  test('fails, and the console says so, when there is nothing to pay', async () => {
    const page = await open(button(''));
    const promise = facade(page).pay();
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'fail', reason: 'order-invalid' });
    expect(console.error).toHaveBeenCalledWith(
      expect.stringMatching(/^pay-button: create-url .*order-info.*give one/),
    );
  });

  test('on what is paid is no attempt: it resolves with that outcome, resumed', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ success: {} });
    void facade(page).pay();
    await advance(page, 5000);
    const before = page.events.length;
    const promise = facade(page).pay();
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'success', tpOrderId: 'T1', resumed: true });
    expect([page.events.length, phone.payments.length]).toEqual([before, 1]);
  });
});

describe('reset()', () => {
  test('frees what is paid, and returns true', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ success: {} });
    await tap(page, 5000);
    expect(facade(page).reset()).toBe(true);
    expect(facade(page).phase).toBe('idle');
    await page.flush();
    expect([label(page), isLocked(page)]).toEqual(['立即支付', false]);
  });

  test('gives up what is on its way to the cashier, and returns true', async () => {
    phone.onRequest(() => 'never');
    const page = await open(button(CREATE));
    const promise = facade(page).pay();
    expect(facade(page).reset()).toBe(true);
    await advance(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'cancel', by: 'reset' });
    expect(facade(page).phase).toBe('idle');
  });

  test('returns false while the cashier is open, and while the order may be paid', async () => {
    const page = await open(button(CREATE));
    await tap(page);
    expect(facade(page).reset()).toBe(false);
    phone.payments[0]!.fail(6);
    await advance(page, 100);
    expect(facade(page).phase).toBe('pending');
    expect(facade(page).reset()).toBe(false);
    expect(facade(page).phase).toBe('pending');
  });

  test('makes the same goods a new order', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ fail: { errCode: 2, errMsg: '' } });
    await tap(page, 2000);
    facade(page).reset();
    await tap(page);
    const keys = phone.requests.map(({ header }) => header['Idempotency-Key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
  });
});

describe('manual', () => {
  test('leaves it to the page, which pays with what it has just got', async () => {
    const page = await open(button('manual bind:paytap="agree"'), {
      methods: {
        agree() {
          void facade(page).pay({ orderInfo: orderInfo('T7') });
        },
      },
    });
    phone.answerPayments({ success: {} });
    await tap(page);
    expect(phone.payments[0]!.orderInfo.tpOrderId).toBe('T7');
    expect(names(page).filter(name => name !== 'statechange')).toEqual([
      'paytap',
      'paysuccess',
      'paycomplete',
    ]);
    expect(label(page)).toBe('已支付');
  });

  test.each(['manual', 'manual="{{yes}}"', 'manual="yes"'])(
    'does nothing else on a tap (%s)',
    async attribute => {
      const page = await open(button(`${CREATE} ${attribute}`), { data: { cart: {}, yes: true } });
      await tap(page, 5000);
      expect(page.details('paytap')).toEqual([{ phase: 'idle' }]);
      expect(phone.requests).toEqual([]);
    },
  );

  test('is off when it is the text false', async () => {
    const page = await open(button(`${CREATE} manual="false"`));
    await tap(page);
    expect(phone.requests).toHaveLength(1);
  });
});

test('handlers bound in the template get each detail, and no key of it hides the event', async () => {
  const heard: { type: string; detail: object }[] = [];
  const page = await open(
    button(`${CREATE} order-key="cart" bind:paysuccess="on" bind:paycomplete="on" bind:statechange="on"`),
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
    ...['statechange', 'statechange', 'statechange', 'paysuccess', 'paycomplete'],
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
