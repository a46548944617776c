/** When a tap does nothing, and how a person sees that. */
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

const DATA = { cart: {}, yes: true, no: false, nothing: null, one: 1, zero: 0, empty: '' };

describe('pay-button, as the built-in button,', () => {
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
  ])('with %s is locked: %s', async (attribute, locked) => {
    const page = await open(button(`${CREATE} ${attribute}`), { data: DATA });
    expect(isLocked(page)).toBe(locked);
    expect(page.element('swan-button').getAttribute('aria-disabled')).toBe(`${locked}`);
    const hover = page.element('swan-button').getAttribute('hover-class');
    expect(hover).toMatch(locked ? /none$/ : /button-hover$/);
    expect(label(page)).toBe('立即支付');
    await tap(page);
    expect(names(page).includes('paytap')).toBe(!locked);
    expect(phone.requests).toHaveLength(locked ? 0 : 1);
  });

  test('is locked and unlocked when the page says so', async () => {
    const page = await open(button(`${CREATE} disabled="{{off}}"`), { data: { cart: {}, off: true } });
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
  ])('that waits for its order (%s) is locked: %s', async (attributes, locked) => {
    const page = await open(button(attributes));
    expect([isLocked(page), label(page)]).toEqual([locked, '立即支付']);
    await tap(page);
    expect(names(page).includes('paytap')).toBe(!locked);
    if (locked) expect(outcomes(page)).toEqual([]);
  });

  test('is unlocked when its order arrives, and locked when that is taken away', async () => {
    const page = await open(button('order-info="{{order}}"'), { data: { order: null } });
    expect(isLocked(page)).toBe(true);
    await page.setData({ order: orderInfo() });
    await advance(page, 50);
    expect(isLocked(page)).toBe(false);
    await page.setData({ order: null });
    await advance(page, 50);
    expect(isLocked(page)).toBe(true);
  });

  test('that is paid tells the page of a tap, and nothing more', async () => {
    const page = await open(button(CREATE));
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
  ])('of its order is locked with its word when that is %s', async (status, word) => {
    const page = await open(SUMMARY + button('order-info="{{order}}"'), {
      data: { view: view(status), order: orderInfo(), key: '' },
    });
    await advance(page, 100);
    expect([isLocked(page), label(page)]).toEqual([true, word]);
    expect(page.element('swan-button').getAttribute('aria-label')).toBe(word);
    await tap(page);
    expect(phone.payments).toEqual([]);
  });

  test.each(['closed', 'paid'])('of its explicit order-key is locked when that is %s', async status => {
    const page = await open(SUMMARY + button(`${CREATE} order-key="{{key}}"`), {
      data: { view: view(status), cart: {}, key: 'cart-1' },
    });
    await advance(page, 100);
    expect(isLocked(page)).toBe(true);
    await tap(page);
    expect(phone.requests).toEqual([]);
  });

  test.each([
    ['another order', { view: view('closed', 'T9'), order: orderInfo(), key: '' }],
    ['an order that is to be paid', { view: view('unpaid'), order: orderInfo(), key: '' }],
  ])('of %s is not locked', async (_what, data) => {
    const page = await open(SUMMARY + button('order-info="{{order}}"'), { data });
    await advance(page, 100);
    expect(isLocked(page)).toBe(false);
  });

  test('is unlocked when the summary shows an order that can be paid again', async () => {
    const page = await open(SUMMARY + button(`${CREATE} order-key="{{key}}"`), {
      data: { view: view('closed'), cart: {}, key: 'cart-1' },
    });
    await advance(page, 100);
    await page.setData({ view: view('unpaid', 'T2') });
    await advance(page, 100);
    expect([isLocked(page), label(page)]).toEqual([false, '立即支付']);
  });

  test('on another page is not locked by it', async () => {
    await open(SUMMARY, { data: { view: view('closed'), key: 'cart-1' } });
    const page = await open(button(`${CREATE} order-key="cart-1"`));
    await advance(page, 100);
    expect(isLocked(page)).toBe(false);
  });

  test('counts what the summary says is paid as a check', async () => {
    const page = await open(SUMMARY + button(`${CREATE} order-key="{{key}}"`), {
      data: { view: view('unpaid'), cart: {}, key: 'cart-1' },
    });
    phone.answerPayments({ fail: { errCode: 6, errMsg: '' } });
    await tap(page);
    expect(facade(page).phase).toBe('pending');
    await page.setData({ view: view('paid') });
    await advance(page, 100);
    expect(outcomes(page)).toEqual(['payfail', 'paycomplete', 'paysuccess', 'paycomplete']);
    expect(facade(page).phase).toBe('paid');
  });
});
