/** When a tap does nothing, and how a person sees that. */
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
} from '../helpers/component-page';

beforeEach(startPayButtonApp);
afterEach(stopApp);

const DATA = { cart: {}, yes: true, no: false, nothing: null, one: 1, zero: 0, empty: '' };

describe('pay-button', () => {
  test.each([
    ['disabled', true],
    ['disabled="true"', true],
    ['disabled="sold out"', true],
    ['disabled="{{yes}}"', true],
    ['disabled="{{one}}"', true],
    ['disabled="{{\'false\'}}"', false],
    ['disabled="false"', false],
    ['disabled="{{no}}"', false],
    ['disabled="{{nothing}}"', false],
    ['disabled="{{zero}}"', false],
    ['disabled="{{empty}}"', false],
    ['', false],
  ])('is locked like the built-in button when it has the attribute %s: %s', async (attribute, locked) => {
    const page = await mountPayPage(payButtonTag(`${CREATE} ${attribute}`), { data: DATA });
    expect(isLocked(page)).toBe(locked);
    expect(page.getElement('swan-button').getAttribute('aria-disabled')).toBe(`${locked}`);
    const hover = page.getElement('swan-button').getAttribute('hover-class');
    expect(hover).toMatch(locked ? /none$/ : /button-hover$/);
    expect(label(page)).toBe('立即支付');
    await tap(page);
    expect(eventNames(page).includes('paytap')).toBe(!locked);
    expect(phone.requests).toHaveLength(locked ? 0 : 1);
  });

  test('is locked and unlocked when the page sets disabled', async () => {
    const page = await mountPayPage(payButtonTag(`${CREATE} disabled="{{off}}"`), {
      data: { cart: {}, off: true },
    });
    await page.setData({ off: false });
    expect(isLocked(page)).toBe(false);
    await page.setData({ off: true });
    expect(isLocked(page)).toBe(true);
  });
});

describe('pay-button', () => {
  test.each([
    ['order-info="{{nothing}}"', true],
    ['order-info', true],
    ['', true],
    ['order-info="{{nothing}}" manual', false],
    ['order-info="{{nothing}}" create-url="/orders"', false],
    ['order-info="{{order}}"', false],
  ])('is locked when its order has not arrived (%s): %s', async (attributes, locked) => {
    const page = await mountPayPage(payButtonTag(attributes));
    expect([isLocked(page), label(page)]).toEqual([locked, '立即支付']);
    await tap(page);
    expect(eventNames(page).includes('paytap')).toBe(!locked);
    if (locked) expect(outcomes(page)).toEqual([]);
  });

  test('is unlocked when its order arrives, and locked when order-info becomes null', async () => {
    const page = await mountPayPage(payButtonTag('order-info="{{order}}"'), { data: { order: null } });
    expect(isLocked(page)).toBe(true);
    await page.setData({ order: payButtonOrderInfo() });
    await advance(page, 50);
    expect(isLocked(page)).toBe(false);
    await page.setData({ order: null });
    await advance(page, 50);
    expect(isLocked(page)).toBe(true);
  });

  test('fires only paytap when it is paid and tapped', async () => {
    const page = await mountPayPage(payButtonTag(CREATE));
    phone.answerPayments({ success: {} });
    await tap(page);
    await advance(page, 5000);
    expect(isLocked(page)).toBe(true);
    const before = page.events.length;
    await tap(page);
    expect(page.events.slice(before).map(({ name, detail }) => [name, detail])).toEqual([
      ['paytap', { phase: 'paid' }],
    ]);
    expect(phone.payments).toHaveLength(1);
  });
});

describe('pay-button beside an order-summary', () => {
  const SUMMARY = '<order-summary id="s" order="{{view}}" order-key="{{key}}"></order-summary>';
  const view = (status: string, tpOrderId = 'T1'): object => ({
    tpOrderId,
    title: 'tea',
    lines: [{ title: 'tea', unitAmount: 1999, quantity: 1, amount: 1999 }],
    totalAmount: 1999,
    status,
  });

  test.each([
    ['closed', '已关闭'],
    ['paid', '已支付'],
  ])('is locked with the status as its label when the order of both is %s', async (status, word) => {
    const page = await mountPayPage(SUMMARY + payButtonTag('order-info="{{order}}"'), {
      data: { view: view(status), order: payButtonOrderInfo(), key: '' },
    });
    await advance(page, 100);
    expect([isLocked(page), label(page)]).toEqual([true, word]);
    expect(page.getElement('swan-button').getAttribute('aria-label')).toBe(word);
    await tap(page);
    expect(phone.payments).toEqual([]);
  });

  test.each(['closed', 'paid'])('of its explicit order-key is locked when that is %s', async status => {
    const page = await mountPayPage(SUMMARY + payButtonTag(`${CREATE} order-key="{{key}}"`), {
      data: { view: view(status), cart: {}, key: 'cart-1' },
    });
    await advance(page, 100);
    expect(isLocked(page)).toBe(true);
    await tap(page);
    expect(phone.requests).toEqual([]);
  });

  test.each([
    ['another order', { view: view('closed', 'T9'), order: payButtonOrderInfo(), key: '' }],
    ['an unpaid order', { view: view('unpaid'), order: payButtonOrderInfo(), key: '' }],
  ])('is not locked when the order-summary shows %s', async (_what, data) => {
    const page = await mountPayPage(SUMMARY + payButtonTag('order-info="{{order}}"'), { data });
    await advance(page, 100);
    expect(isLocked(page)).toBe(false);
  });

  test('is unlocked when the summary shows an order that can be paid again', async () => {
    const page = await mountPayPage(SUMMARY + payButtonTag(`${CREATE} order-key="{{key}}"`), {
      data: { view: view('closed'), cart: {}, key: 'cart-1' },
    });
    await advance(page, 100);
    await page.setData({ view: view('unpaid', 'T2') });
    await advance(page, 100);
    expect([isLocked(page), label(page)]).toEqual([false, '立即支付']);
  });

  test('is not locked when the order-summary is on another page', async () => {
    await mountPayPage(SUMMARY, { data: { view: view('closed'), key: 'cart-1' } });
    const page = await mountPayPage(payButtonTag(`${CREATE} order-key="cart-1"`));
    await advance(page, 100);
    expect(isLocked(page)).toBe(false);
  });

  test('fires paysuccess when the order-summary shows its unsettled order as paid', async () => {
    const page = await mountPayPage(SUMMARY + payButtonTag(`${CREATE} order-key="{{key}}"`), {
      data: { view: view('unpaid'), cart: {}, key: 'cart-1' },
    });
    phone.answerPayments({ fail: { errCode: 6, errMsg: '' } });
    await tap(page);
    expect(payButtonInstance(page).phase).toBe('pending');
    await page.setData({ view: view('paid') });
    await advance(page, 100);
    expect(outcomes(page)).toEqual(['payfail', 'paycomplete', 'paysuccess', 'paycomplete']);
    expect(payButtonInstance(page).phase).toBe('paid');
  });
});
