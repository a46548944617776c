/** Properties as Swan delivers them: bare, empty, as text, as null. */
import {
  payButtonTag,
  configure,
  CREATE,
  consoleErrors,
  label,
  mountPayPage,
  payButtonOrderInfo,
  outcomes,
  advance,
  phone,
  startPayButtonApp,
  stopApp,
  tap,
  toasts,
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

describe('amount and text of pay-button', () => {
  test.each([
    ['amount="1999"', '立即支付 ¥19.99'],
    ['amount="{{1999}}"', '立即支付 ¥19.99'],
    ['amount="0"', '立即支付 ¥0.00'],
    ['amount', '立即支付'],
    ['amount=""', '立即支付'],
    ['amount="{{nothing}}"', '立即支付'],
    ['text="付款" amount="123456789"', '付款 ¥1,234,567.89'],
    ['text', '立即支付'],
    ['text=""', '立即支付'],
    ['text="{{nothing}}"', '立即支付'],
    ['text="{{5}}"', '5'],
  ])('are shown in the label when the attributes are %s: %s', async (attributes, words) => {
    const page = await mountPayPage(payButtonTag(`${CREATE} ${attributes}`));
    expect(label(page)).toBe(words);
    expect(consoleErrors).toEqual([]);
  });

  test('fail the attempt as amount-changed when the order has another amount', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} amount="1998"`));
    await tap(page);
    expect(page.details('payfail')).toMatchObject([{ reason: 'amount-changed', totalAmount: 1999 }]);
    expect(toasts()).toEqual(['订单金额有变化，请重新确认']);
    expect(phone.payments).toEqual([]);
  });
});

describe('pay-button', () => {
  test('sends payload and header when they are JSON text', async () => {
    const page = await mountPayPage(
      payButtonTag(`create-url="/orders" order-payload='{"goods":7}' header='{"x-a":"b"}'`),
    );
    await tap(page);
    const [request] = phone.requests;
    expect(request).toMatchObject({ url: 'https://shop.example/orders', method: 'POST', data: { goods: 7 } });
    expect(request!.header).toMatchObject({
      'x-a': 'b',
      'Idempotency-Key': expect.stringMatching(/^\w{20,}$/),
    });
  });

  test('sends the method in upper case, and POST when it is null', async () => {
    const page = await mountPayPage(
      payButtonTag(`${CREATE} method="put"`) +
        '<pay-button id="q" create-url="/others" method="{{nothing}}" />',
    );
    await tap(page);
    phone.payments[0]!.cancel();
    await advance(page, 2000);
    await tap(page, 100, '#q');
    expect(phone.requests.map(({ method }) => method)).toEqual(['PUT', 'POST']);
  });

  test('is an empty object when there is no payload', async () => {
    const page = await mountPayPage(payButtonTag('create-url="/orders"'));
    await tap(page);
    expect(phone.requests[0]!.data).toEqual({});
  });

  test('requests the status with its header when the status-url has {tpOrderId} in it', async () => {
    const page = await mountPayPage(
      payButtonTag(`order-info="{{order}}" header="{{header}}" status-url="/orders/{tpOrderId}/status"`),
      { data: { order: payButtonOrderInfo('T/1'), header: { cookie: 'a' } } },
    );
    phone.answerPayments({ success: {} });
    await tap(page);
    expect(phone.requests).toMatchObject([
      { url: 'https://shop.example/orders/T%2F1/status', method: 'GET', header: { cookie: 'a' } },
    ]);
  });

  test('passes the extra properties to the cashier when the page sets them', async () => {
    const page = await mountPayPage(
      payButtonTag(
        `order-info='${JSON.stringify(payButtonOrderInfo())}' pay-result-url="/pages/done" inline-pay-sign="i" ` +
          `promotion-tag="{{nothing}}" banned-channels="{{['Alipay']}}"`,
      ),
    );
    await tap(page);
    expect(phone.payments[0]!.options).toMatchObject({
      orderInfo: { ...payButtonOrderInfo(), payResultUrl: '/pages/done', inlinePaySign: 'i' },
      bannedChannels: ['Alipay'],
    });
    expect(phone.payments[0]!.orderInfo).not.toHaveProperty('promotionTag');
  });

  test.each(['banned-channels', 'banned-channels="{{nothing}}"', 'banned-channels=""', ''])(
    'bans no channel when the attribute is %j',
    async attribute => {
      const page = await mountPayPage(payButtonTag(`${CREATE} ${attribute}`));
      await tap(page);
      expect(phone.payments[0]!.options).not.toHaveProperty('bannedChannels');
      expect(consoleErrors).toEqual([]);
    },
  );
});

describe('toast of pay-button', () => {
  const cancelled = { fail: { errCode: '2', errMsg: '' } };

  test.each([
    ['', true, true],
    ['toast', true, true],
    ['toast=""', true, true],
    ['toast="{{nothing}}"', true, true],
    ['toast="auto"', true, true],
    ['toast="none"', false, false],
    ['toast="cancel"', true, false],
    ['toast="success"', false, true],
    ['toast="fail,cancel"', true, false],
    ['toast="success, cancel"', true, true],
    ['toast="fail,pending"', false, false],
  ])(
    'is shown for the listed outcomes when the attribute is %j: cancel %s, success %s',
    async (attribute, cancel, success) => {
      const page = await mountPayPage(payButtonTag(`${CREATE} ${attribute}`));
      phone.answerPayments(cancelled, { success: {} });
      await tap(page);
      await advance(page, 2000);
      await tap(page);
      expect(outcomes(page)).toEqual(['paycancel', 'paycomplete', 'paysuccess', 'paycomplete']);
      expect(toasts()).toEqual([...(cancel ? ['已取消支付'] : []), ...(success ? ['支付成功'] : [])]);
      expect(consoleErrors).toEqual([]);
    },
  );

  test.each([
    ['fail', 'order-request', 500],
    ['pending,fail', 'order-request', 500],
  ])('shows a failure when it is "%s"', async (list, reason, statusCode) => {
    phone.onRequest(() => ({ statusCode, data: '' }));
    const page = await mountPayPage(payButtonTag(`${CREATE} toast="${list}"`));
    await tap(page);
    expect(page.details('payfail')).toMatchObject([{ reason, code: statusCode }]);
    expect(toasts()).toEqual(['网络或服务异常，请稍后再试']);
  });

  test('shows that the payment is being confirmed when it is "pending"', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} toast="pending"`));
    phone.answerPayments({ fail: { errCode: 1, errMsg: '' } });
    await tap(page);
    expect(outcomes(page)).toEqual(['paypending', 'paycomplete']);
    expect(toasts()).toEqual(['支付结果确认中，请勿重复支付']);
  });

  test('is not shown when its text is configured as empty', async () => {
    configure({ messages: { cancel: '', 'order-request': '' } });
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments(cancelled);
    await tap(page);
    phone.onRequest(() => ({ statusCode: 500, data: '' }));
    await page.setData({ cart: { goods: 2 } });
    await advance(page, 2000);
    await tap(page);
    expect(outcomes(page)).toEqual(['paycancel', 'paycomplete', 'payfail', 'paycomplete']);
    expect(toasts()).toEqual([]);
  });

  test('has no tick when the text is too long for one', async () => {
    configure({ messages: { success: '支付成功，谢谢惠顾' } });
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ success: {} });
    await tap(page);
    expect(phone.toasts).toMatchObject([{ title: '支付成功，谢谢惠顾', icon: 'none' }]);
  });
});

describe('the console names a property of pay-button once, with the fix,', () => {
  test.each<[string, string, RegExp, boolean]>([
    [
      'an amount in yuan',
      `${CREATE} amount="19.99"`,
      /amount must be integer fen \(¥6\.80 is 680\), got 19\.99/,
      false,
    ],
    ['an amount below 0', `${CREATE} amount="{{-1}}"`, /amount must be integer fen/, false],
    [
      'a payload that is no object',
      'create-url="/orders" order-payload="x"',
      /order-payload must be an object/,
      true,
    ],
    ['an order that is no object', 'order-info="x"', /order-info must be an object or its JSON text/, false],
    ['a header that is no object', `${CREATE} header="cookie"`, /header must be an object/, true],
    [
      'channels that are no list',
      `${CREATE} banned-channels="WeChat"`,
      /banned-channels must be an array, got WeChat/,
      true,
    ],
    ['a type that is none', `${CREATE} type="danger"`, /type .*danger/, true],
    ['a size that is none', `${CREATE} size="big"`, /size .*big/, true],
    ['a toast that is none', `${CREATE} toast="loud"`, /toast .*loud/, true],
    ['a toast with a word that is none', `${CREATE} toast="fail,no"`, /toast .*fail,no/, true],
    ['a toast that is no text', `${CREATE} toast="{{['fail','cancel']}}"`, /toast must be text/, true],
    ['a key that is no text', `${CREATE} order-key="{{[7]}}"`, /order-key must be text/, true],
  ])('when it is %s', async (_what, attributes, words, pays) => {
    const page = await mountPayPage(payButtonTag(attributes));
    phone.answerPayments({ fail: { errCode: 2, errMsg: '' } }, { fail: { errCode: 2, errMsg: '' } });
    for (let count = 0; count < 2; count++) await tap(page, 2000);
    const named = consoleErrors.filter(error => words.test(error));
    expect(named).toHaveLength(1);
    expect(named[0]).toMatch(/^pay-button: /);
    expect(label(page)).not.toMatch(/NaN|undefined|null/);
    expect(outcomes(page)).toEqual([1, 2].flatMap(() => [pays ? 'paycancel' : 'payfail', 'paycomplete']));
    if (!pays) expect(page.details('payfail')).toMatchObject([{ reason: 'order-invalid' }, {}]);
  });

  test('and names none when there is nothing to pay yet', async () => {
    const page = await mountPayPage(payButtonTag(''));
    await tap(page);
    expect(consoleErrors).toEqual([]);
  });
});
