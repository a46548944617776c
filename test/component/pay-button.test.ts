/** What a person sees and taps. */
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
  toasts,
  updates,
} from '../helpers/pay-button-page';

beforeEach(startApp);
afterEach(stopApp);

const lookOf = (page: Awaited<ReturnType<typeof open>>, selector = '#p'): Record<string, unknown> => {
  const element = page.element(`${selector} .pay-button__pay-button`);
  const attribute = (name: string): string | null => element.getAttribute(name);
  return {
    label: label(page, selector),
    loading: attribute('loading') === 'true',
    locked: isLocked(page, selector),
    reads: [attribute('aria-label'), attribute('aria-busy'), attribute('aria-disabled')],
  };
};

describe('The look of pay-button', () => {
  test('says what it does while the order is made, by one setData', async () => {
    const page = await open(button(`${CREATE} status-url="/status" amount="1999"`));
    expect([lookOf(page), updates(page)]).toEqual([
      {
        label: '立即支付 ¥19.99',
        loading: false,
        locked: false,
        reads: ['立即支付 ¥19.99', 'false', 'false'],
      },
      1,
    ]);
    phone.onRequest(({ url }) =>
      /status/.test(url) ? { data: { errno: 0, data: { status: 'paid' } } } : 'never',
    );
    await tap(page, 0);
    const busy = (words: string) => ({
      label: words,
      loading: true,
      locked: false,
      reads: [words, 'true', 'false'],
    });
    expect([lookOf(page), updates(page)]).toEqual([busy('正在下单'), 2]);
  });

  test('goes through every phase of a payment, by one setData each', async () => {
    const page = await open(button(`${CREATE} status-url="/status"`));
    await tap(page, 10);
    const busy = (words: string) => ({
      label: words,
      loading: true,
      locked: false,
      reads: [words, 'true', 'false'],
    });
    expect(lookOf(page)).toEqual(busy('支付中'));
    phone.payments[0]!.succeed();
    await advance(page, 100);
    expect(lookOf(page)).toEqual({
      label: '已支付',
      loading: false,
      locked: true,
      reads: ['已支付', 'false', 'true'],
    });
    expect(page.details('statechange')).toEqual([
      { phase: 'ordering', previous: 'idle' },
      { phase: 'paying', previous: 'ordering' },
      { phase: 'confirming', previous: 'paying' },
      { phase: 'paid', previous: 'confirming' },
    ]);
    expect(updates(page)).toBe(5);
    expect(names(page)).toEqual([
      ...['paytap', 'statechange', 'ordercreated', 'statechange', 'statechange', 'statechange'],
      ...['paysuccess', 'paycomplete'],
    ]);
    expect(toasts()).toEqual(['支付成功']);
  });

  test('says that the result is to be checked when an order may be paid', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ fail: { errCode: 6, errMsg: '' } });
    await tap(page);
    expect(lookOf(page)).toMatchObject({ label: '查询支付结果', loading: false, locked: false });
    expect(facade(page).phase).toBe('pending');
  });

  test('sets nothing when nothing that it shows changed', async () => {
    const page = await open(button(`${CREATE} amount="{{amount}}" header="{{header}}"`), {
      data: { cart: { goods: 1 }, amount: 1999, header: { a: 'b' } },
    });
    await page.setData({ cart: { goods: 2 }, amount: '1999', header: { a: 'c' } });
    await page.hide();
    await page.show();
    await advance(page, 1000);
    expect(updates(page)).toBe(1);
    expect(names(page)).toEqual([]);
  });

  test('is chosen by type and size', async () => {
    const page = await open(
      button(`${CREATE} type="warn" size="mini"`) +
        '<pay-button id="q" create-url="/o" type="{{nothing}}" size="{{nothing}}" />',
    );
    expect(page.element('#p .pay-button__pay-button').className).toMatch(/pay-warn.*pay-mini/);
    expect(page.element('#q .pay-button__pay-button').className).toMatch(/pay-primary/);
    expect(page.element('#q .pay-button__pay-button').className).not.toMatch(/pay-mini/);
  });

  test('takes the classes of the page', async () => {
    const page = await open(button(`${CREATE} custom-class="wide" label-class="bold"`));
    expect(page.element('.pay-button__pay').className).toMatch(/wide/);
    expect(page.element('.pay-button__pay-label').className).toMatch(/bold/);
    expect(page.element('.pay-button__pay-slot').className).toMatch(/bold/);
  });

  test.each([
    ['ios', 'virtual-goods', false],
    ['ios', 'virtual-goods="{{yes}}"', false],
    ['ios', 'virtual-goods="false"', true],
    ['ios', '', true],
    ['android', 'virtual-goods', true],
  ])('on %s, with %s, is there: %s', async (platform, attribute, isThere) => {
    phone.system = { ...phone.system, platform };
    const page = await open(button(`${CREATE} ${attribute} amount="1999"`), {
      data: { cart: {}, yes: true },
    });
    expect(page.sees('.pay-button__pay')).toBe(isThere);
    expect(page.text('#p').includes('19.99')).toBe(isThere);
    const promise = facade(page).pay();
    await advance(page, 100);
    expect(phone.requests).toHaveLength(isThere ? 1 : 0);
    if (!isThere) {
      expect(await promise).toMatchObject({ outcome: 'fail', reason: 'virtual-goods-ios' });
      expect(toasts()).toEqual(['iOS 暂不支持购买此商品']);
    }
  });
});

describe('pay-button', () => {
  test('makes one order and opens one cashier when three fingers tap at once', async () => {
    const page = await open(button(CREATE));
    await page.tap('#p', 3);
    await advance(page, 2000);
    expect([phone.requests.length, phone.payments.length]).toEqual([1, 1]);
  });

  test('is not disabled while the cashier is open, so that a tap can get through', async () => {
    const page = await open(button(CREATE));
    await tap(page, 10);
    expect(page.element('swan-button').hasAttribute('disabled')).toBe(false);
    await tap(page);
    expect(page.details('paytap')).toEqual([{ phase: 'idle' }, { phase: 'paying' }]);
  });

  test('sets nothing when its page was closed', async () => {
    await open('<view>home</view>');
    const page = await open(button(CREATE));
    await tap(page, 10);
    const before = updates(page);
    await page.close();
    phone.payments[0]!.succeed();
    await advance(page, 2000);
    expect(updates(page)).toBe(before);
  });

  test('sets nothing, and fires nothing, when it was removed', async () => {
    const page = await open(`<view s-if="{{on}}">${button(CREATE)}</view>`, { data: { on: true, cart: {} } });
    await tap(page, 10);
    await page.setData({ on: false });
    const before = [updates(page), page.events.length];
    phone.payments[0]!.succeed();
    await advance(page, 2000);
    expect([updates(page), page.events.length]).toEqual(before);
    // The next button of these goods gets the outcome.
    await page.setData({ on: true });
    await advance(page, 100);
    expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
    expect(label(page)).toBe('已支付');
  });

  test('is free again when its goods change, and not when they are equal', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ success: {} });
    await tap(page);
    await page.setData({ cart: { goods: 1 } });
    await advance(page, 100);
    expect(label(page)).toBe('已支付');
    await page.setData({ cart: { goods: 2 } });
    await advance(page, 100);
    expect(label(page)).toBe('立即支付');
  });

  test('shows what another one of the same goods pays, which alone gets the outcome', async () => {
    const page = await open(button(CREATE) + `<pay-button id="q" ${CREATE} />`);
    await tap(page, 10, '#q');
    expect([label(page), label(page, '#q')]).toEqual(['支付中', '支付中']);
    phone.payments[0]!.succeed();
    await advance(page, 100);
    expect(page.events.filter(({ name }) => name === 'paycomplete').map(({ id }) => id)).toEqual(['q']);
    expect(label(page, '#q')).toBe('已支付');
  });

  test('pays a ready order that arrives later', async () => {
    const page = await open(button('order-info="{{order}}"'), { data: { order: null } });
    await page.setData({ order: orderInfo('T5') });
    await advance(page, 100);
    await tap(page, 10);
    expect(phone.payments[0]!.orderInfo).toEqual(orderInfo('T5'));
  });
});
