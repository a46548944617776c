/** What a user sees and taps: label, look, phases and locks of one button. */
import {
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
  toasts,
  payButtonUpdates,
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

const lookOf = (page: Awaited<ReturnType<typeof mountPayPage>>, selector = '#p'): Record<string, unknown> => {
  const element = page.getElement(`${selector} .pay-button__pay-button`);
  const attribute = (name: string): string | null => element.getAttribute(name);
  return {
    label: label(page, selector),
    loading: attribute('loading') === 'true',
    locked: isLocked(page, selector),
    reads: [attribute('aria-label'), attribute('aria-busy'), attribute('aria-disabled')],
  };
};

describe('the look of pay-button', () => {
  test('shows the loading label with one setData when the order is being created', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} status-url="/status" amount="1999"`));
    expect([lookOf(page), payButtonUpdates(page)]).toEqual([
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
    expect([lookOf(page), payButtonUpdates(page)]).toEqual([busy('正在下单'), 2]);
  });

  test('is hidden in every phase when its hidden attribute is set', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} hidden="{{away}}"`), {
      data: { cart: { goods: 1 }, away: true },
    });
    const isShown = (): boolean => page.isVisible('#p .pay-button__pay-button');
    expect(isShown()).toBe(false);
    await page.setData({ away: false });
    expect(isShown()).toBe(true);
    phone.onRequest(() => 'never');
    await tap(page, 0);
    await page.setData({ away: true });
    await page.setData({ cart: { goods: 2 } });
    expect([isShown(), label(page)]).toEqual([false, '正在下单']);
  });

  test('follows every phase with one setData each when a payment runs', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} status-url="/status"`));
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
    expect(payButtonUpdates(page)).toBe(5);
    expect(eventNames(page)).toEqual([
      'paytap',
      'statechange',
      'ordercreated',
      'statechange',
      'statechange',
      'statechange',
      'paysuccess',
      'paycomplete',
    ]);
    expect(toasts()).toEqual(['支付成功']);
  });

  test('shows 查询支付结果 when its order may be paid', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ fail: { errCode: 6, errMsg: '' } });
    await tap(page);
    expect(lookOf(page)).toMatchObject({ label: '查询支付结果', loading: false, locked: false });
    expect(payButtonInstance(page).phase).toBe('pending');
  });

  test('calls no setData when no visible value changed', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} amount="{{amount}}" header="{{header}}"`), {
      data: { cart: { goods: 1 }, amount: 1999, header: { a: 'b' } },
    });
    await page.setData({ cart: { goods: 2 }, amount: '1999', header: { a: 'c' } });
    await page.hide();
    await page.show();
    await advance(page, 1000);
    expect(payButtonUpdates(page)).toBe(1);
    expect(eventNames(page)).toEqual([]);
  });

  test('has the classes of type and size when they are set', async () => {
    const page = await mountPayPage(
      payButtonTag(`${CREATE} type="warn" size="mini"`) +
        '<pay-button id="q" create-url="/o" type="{{nothing}}" size="{{nothing}}" />',
    );
    expect(page.getElement('#p .pay-button__pay-button').className).toMatch(/pay-warn.*pay-mini/);
    expect(page.getElement('#q .pay-button__pay-button').className).toMatch(/pay-primary/);
    expect(page.getElement('#q .pay-button__pay-button').className).not.toMatch(/pay-mini/);
  });

  test('has the external classes when the page passes them', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} custom-class="wide" label-class="bold"`));
    expect(page.getElement('.pay-button__pay').className).toMatch(/wide/);
    expect(page.getElement('.pay-button__pay-label').className).toMatch(/bold/);
    expect(page.getElement('.pay-button__pay-slot').className).toMatch(/bold/);
  });

  test.each([
    ['ios', 'virtual-goods', false],
    ['ios', 'virtual-goods="{{yes}}"', false],
    ['ios', 'virtual-goods="false"', true],
    ['ios', '', true],
    ['android', 'virtual-goods', true],
  ])(
    'is visible, when the platform is %s and the attribute is %j: %s',
    async (platform, attribute, isThere) => {
      phone.system = { ...phone.system, platform };
      const page = await mountPayPage(payButtonTag(`${CREATE} ${attribute} amount="1999"`), {
        data: { cart: {}, yes: true },
      });
      expect(page.isVisible('.pay-button__pay')).toBe(isThere);
      expect(page.text('#p').includes('19.99')).toBe(isThere);
      const promise = payButtonInstance(page).pay();
      await advance(page, 100);
      expect(phone.requests).toHaveLength(isThere ? 1 : 0);
      if (!isThere) {
        expect(await promise).toMatchObject({ outcome: 'fail', reason: 'virtual-goods-ios' });
        expect(toasts()).toEqual(['iOS 暂不支持购买此商品']);
      }
    },
  );
});

describe('pay-button', () => {
  test('creates one order and opens one cashier when it is tapped three times at once', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    await page.tap('#p', 3);
    await advance(page, 2000);
    expect([phone.requests.length, phone.payments.length]).toEqual([1, 1]);
  });

  test('fires paytap when it is tapped while the cashier is open', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    await tap(page, 10);
    expect(page.getElement('swan-button').hasAttribute('disabled')).toBe(false);
    await tap(page);
    expect(page.details('paytap')).toEqual([{ phase: 'idle' }, { phase: 'paying' }]);
  });

  test('calls no setData when its page was closed', async () => {
    await mountPayPage('<view>home</view>');
    const page = await mountPayPage(payButtonTag(CREATE));
    await tap(page, 10);
    const before = payButtonUpdates(page);
    await page.close();
    phone.payments[0]!.succeed();
    await advance(page, 2000);
    expect(payButtonUpdates(page)).toBe(before);
  });

  test('calls no setData and fires no event when it was removed', async () => {
    const page = await mountPayPage(`<view s-if="{{on}}">${payButtonTag(CREATE)}</view>`, {
      data: { on: true, cart: {} },
    });
    await tap(page, 10);
    await page.setData({ on: false });
    const before = [payButtonUpdates(page), page.events.length];
    phone.payments[0]!.succeed();
    await advance(page, 2000);
    expect([payButtonUpdates(page), page.events.length]).toEqual(before);
    // The next button of these goods gets the outcome.
    await page.setData({ on: true });
    await advance(page, 100);
    expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
    expect(label(page)).toBe('已支付');
  });

  test('is idle again when its goods change, and stays paid when they are equal', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ success: {} });
    await tap(page);
    await page.setData({ cart: { goods: 1 } });
    await advance(page, 100);
    expect(label(page)).toBe('已支付');
    await page.setData({ cart: { goods: 2 } });
    await advance(page, 100);
    expect(label(page)).toBe('立即支付');
  });

  test('shows the phases without an outcome event when another button of the same goods pays', async () => {
    const page = await mountPayPage(payButtonTag(CREATE) + `<pay-button id="q" ${CREATE} />`);
    await tap(page, 10, '#q');
    expect([label(page), label(page, '#q')]).toEqual(['支付中', '支付中']);
    phone.payments[0]!.succeed();
    await advance(page, 100);
    expect(page.events.filter(({ name }) => name === 'paycomplete').map(({ id }) => id)).toEqual(['q']);
    expect(label(page, '#q')).toBe('已支付');
  });

  test('pays its ready order when that arrives later', async () => {
    const page = await mountPayPage(payButtonTag('order-info="{{order}}"'), { data: { order: null } });
    await page.setData({ order: payButtonOrderInfo('T5') });
    await advance(page, 100);
    await tap(page, 10);
    expect(phone.payments[0]!.orderInfo).toEqual(payButtonOrderInfo('T5'));
  });
});

describe('the label of pay-button', () => {
  test.each([
    ['nothing', ''],
    ['a comment', '<!-- none -->'],
    ['an s-if that is false', '<text s-if="{{false}}">付</text>'],
    ['a block whose s-if is false', '<block s-if="{{false}}">付</block>'],
    ['an s-for over nothing', '<text s-for="{{[]}}">付</text>'],
    ['an empty text', "{{''}}"],
    ['a text that is not there', '{{nothing}}'],
    ['blanks', '\n  '],
    ['blanks around an s-if that is false', '\n  <text s-if="{{false}}">付</text>\n'],
  ])('is shown when its slot holds %s', async (_what, slot) => {
    const page = await mountPayPage(payButtonTag(CREATE, slot));
    expect(label(page)).toBe('立即支付');
  });

  test.each([
    ['text', '去付款'],
    ['data of the page', '{{word}}'],
    ['an element', '<view class="own">去付款</view>'],
    ['an s-if that is true', '<text s-if="{{true}}">去付款</text>'],
    ['an s-else', '<text s-if="{{false}}">付</text><text s-else>去付款</text>'],
  ])('is replaced when its slot holds %s', async (_what, slot) => {
    const page = await mountPayPage(payButtonTag(CREATE, slot), { data: { cart: {}, word: '去付款' } });
    expect(label(page)).toBe('去付款');
  });

  test.each([
    ['an s-if', '<text s-if="{{on}}">去付款</text>'],
    ['a text', "{{on ? '去付款' : ''}}"],
  ])('goes and comes back when its slot is toggled by %s', async (_what, slot) => {
    const page = await mountPayPage(payButtonTag(CREATE, slot), { data: { cart: {}, on: false } });
    expect(label(page)).toBe('立即支付');
    await page.setData({ on: true });
    expect(label(page)).toBe('去付款');
    await page.setData({ on: false });
    expect(label(page)).toBe('立即支付');
  });
});
