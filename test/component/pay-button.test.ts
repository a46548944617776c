/** pay-button on a page, from its real files: what a person sees and taps, and what the page is told. */
import type { configure as Configure, PayButtonInstance, PayOutcome } from 'swan-cashier';
import { killApp, type MountedPage, mountPage, type PageOptions, phone } from '../../demo/preview/testing';

const COMPONENTS = { 'pay-button': 'components/pay-button/pay-button' };
const info = (tpOrderId = 'T1', totalAmount = '1999'): object => ({
  dealId: '470193086',
  appKey: 'MMUBBH',
  totalAmount,
  tpOrderId,
  dealTitle: 'tea',
  signFieldsRange: '1',
  rsaSign: 'c2lnbmVk',
});

/** A page with this template; `cart` and `order` are its data. */
const open = (template: string, more: Partial<PageOptions> = {}): Promise<MountedPage> =>
  mountPage({
    template,
    usingComponents: COMPONENTS,
    data: { cart: { goods: 1 }, order: info() },
    ...more,
  });
const button = (attributes: string, slot = ''): string =>
  `<pay-button id="p" ${attributes}>${slot}</pay-button>`;
const CREATE = 'create-url="/orders" order-payload="{{cart}}"';
const label = (page: MountedPage): string => page.text('.pay-button__pay-label');
const facade = (page: MountedPage, selector = '#p'): PayButtonInstance =>
  page.component<PayButtonInstance>(selector);
const names = (page: MountedPage): string[] => page.events.map(({ name }) => name);
const outcomes = (page: MountedPage): string[] =>
  names(page).filter(name => !/statechange|paytap|ordercreated/.test(name));
const updates = (page: MountedPage): number =>
  page.setDataCalls.filter(({ is }) => /pay-button/.test(is)).length;

let errors: string[];
let configure: typeof Configure;

beforeEach(() => {
  jest.useFakeTimers();
  errors = [];
  jest.spyOn(console, 'error').mockImplementation((...words) => void errors.push(words.join(' ')));
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  ({ configure } = jest.requireActual<{ configure: typeof Configure }>('swan-cashier'));
  configure({ baseUrl: 'https://shop.example' });
  phone.onRequest(({ url }) => ({
    data: { errno: 0, data: /status/.test(url) ? { status: 'paid' } : info() },
  }));
});
afterEach(() => {
  // A new mini-program for each test: what is alive in this one is module state as well.
  killApp(true);
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** Lets ms pass, and what they bring arrive. */
async function pass(page: MountedPage, ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  await page.flush();
}

describe('properties as Swan delivers them', () => {
  test.each([
    ['a bare attribute', 'disabled', true],
    ['disabled=""', 'disabled=""', true],
    ['disabled="true"', 'disabled="true"', true],
    ['disabled="{{yes}}"', 'disabled="{{yes}}"', true],
    ['disabled="false"', 'disabled="false"', false],
    ['disabled="{{no}}"', 'disabled="{{no}}"', false],
    ['disabled="{{nothing}}"', 'disabled="{{nothing}}"', false],
  ])('%s', async (_, attribute, disabled) => {
    const page = await open(button(`${CREATE} ${attribute}`), {
      data: { cart: {}, yes: true, no: false, nothing: null },
    });
    expect(page.find('.pay-button__pay-locked') !== null).toBe(disabled);
    await page.tap('#p');
    expect(names(page).includes('paytap')).toBe(!disabled);
  });

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
  ])('%s shows %s', async (attributes, words) => {
    const page = await open(button(`${CREATE} ${attributes}`), { data: { cart: {}, nothing: null } });
    expect(label(page)).toBe(words);
    expect(errors).toEqual([]);
  });

  test('order-payload and header may be JSON text', async () => {
    const page = await open(button(`create-url="/orders" order-payload='{"goods":7}' header='{"x-a":"b"}'`));
    await page.tap('#p');
    const [request] = phone.requests;
    expect(request).toMatchObject({ url: 'https://shop.example/orders', method: 'POST', data: { goods: 7 } });
    expect(request!.header).toMatchObject({
      'x-a': 'b',
      'Idempotency-Key': expect.stringMatching(/^\w{20,}$/),
    });
  });

  test('method in any case; null is the default', async () => {
    const page = await open(
      button(`${CREATE} method="put"`) + '<pay-button id="q" create-url="/others" method="{{nothing}}" />',
      {
        data: { cart: {}, nothing: null },
      },
    );
    await page.tap('#p');
    await page.tap('#q');
    expect(phone.requests.map(({ method }) => method)).toEqual(['PUT', 'POST']);
  });

  test('type and size choose the look; an unknown type is the usual one', async () => {
    const page = await open(
      button(`${CREATE} type="warn" size="mini"`) +
        '<pay-button id="q" create-url="/o" type="{{nothing}}" />',
      {
        data: { cart: {}, nothing: null },
      },
    );
    expect(page.element('#p .pay-button__pay-button').className).toMatch(/pay-warn.*pay-mini/);
    expect(page.element('#q .pay-button__pay-button').className).toMatch(/pay-primary/);
  });
});

describe('a payment', () => {
  test('changes the label, the spinner and the lock with each phase, by one update each', async () => {
    const page = await open(button(`${CREATE} status-url="/status" amount="1999"`));
    expect(updates(page)).toBe(1);
    await page.tap('#p');
    await pass(page, 10);
    expect(label(page)).toBe('支付中');
    expect(page.element('swan-button').getAttribute('loading')).toBe('true');
    phone.payments[0]!.succeed();
    await pass(page, 100);
    expect(label(page)).toBe('已支付');
    expect(page.sees('.pay-button__pay-locked')).toBe(true);
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
    expect(phone.toasts.map(({ title }) => title)).toEqual(['支付成功']);
  });

  test('three fingers at once are one order and one cashier', async () => {
    const page = await open(button(CREATE));
    await page.tap('#p', 3);
    await pass(page, 2000);
    expect([phone.requests.length, phone.payments.length]).toEqual([1, 1]);
    expect(page.details('paytap')).toHaveLength(3);
  });

  test('toast="none" leaves the words to the page', async () => {
    const page = await open(button(`${CREATE} toast="none"`));
    phone.answerPayments({ success: {} });
    await page.tap('#p');
    await pass(page, 100);
    expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
    expect(phone.toasts).toEqual([]);
  });

  test.each(['toast', 'toast=""', 'toast="auto"', 'toast="loud"'])('%s shows the toast', async attribute => {
    const page = await open(button(`${CREATE} ${attribute}`));
    phone.answerPayments({ fail: { errCode: '2', errMsg: '' } });
    await page.tap('#p');
    await pass(page, 100);
    expect(phone.toasts.map(({ title }) => title)).toEqual(['已取消支付']);
  });

  test('sets nothing after its page was closed', async () => {
    await open('<view>home</view>');
    const page = await open(button(CREATE));
    await page.tap('#p');
    await pass(page, 10);
    const before = updates(page);
    await page.close();
    phone.payments[0]!.succeed();
    await pass(page, 2000);
    expect(updates(page)).toBe(before);
  });

  test('sets nothing after it was removed, and its page hears the outcome', async () => {
    const page = await open(`<view s-if="{{on}}">${button(CREATE)}</view>`, { data: { on: true, cart: {} } });
    await page.tap('#p');
    await pass(page, 10);
    await page.setData({ on: false });
    const before = updates(page);
    phone.payments[0]!.succeed();
    await pass(page, 2000);
    expect(outcomes(page)).toEqual(['paysuccess', 'paycomplete']);
    expect(updates(page)).toBe(before);
  });

  test('the page hears it in handlers bound in the template, and no key of the detail hides the event', async () => {
    const heard: { type: string; detail: object }[] = [];
    const page = await open(
      button(`${CREATE} bind:paysuccess="on" bind:paycomplete="on" bind:statechange="on"`),
      {
        methods: {
          on: (event: { type: string; detail: object }) =>
            heard.push({ type: event.type, detail: event.detail }),
        },
      },
    );
    phone.answerPayments({ success: { some: 'thing' } });
    await page.tap('#p');
    await pass(page, 100);
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
      verified: false,
      resumed: false,
      raw: { some: 'thing' },
    });
    expect(heard[4]!.detail).toMatchObject({ outcome: 'success', elapsed: expect.any(Number) });
  });
});

describe('what it looks like', () => {
  test('the slot stands for the label', async () => {
    const page = await open(button(CREATE, '<view class="own">去付款</view>'));
    expect(page.text('#p')).toContain('去付款');
  });

  test('classes from outside reach it, and people who do not see read the label', async () => {
    const page = await open(button(`${CREATE} custom-class="wide" label-class="bold" amount="1"`));
    expect(page.element('.pay-button__pay').className).toMatch(/wide/);
    expect(page.element('.pay-button__pay-label').className).toMatch(/bold/);
    expect(page.element('swan-button').getAttribute('aria-label')).toBe('立即支付 ¥0.01');
  });

  test.each([
    ['ios', 'virtual-goods', false],
    ['ios', 'virtual-goods="false"', true],
    ['android', 'virtual-goods', true],
  ])('on %s, with %s: drawn %s', async (platform, attribute, drawn) => {
    phone.system = { ...phone.system, platform };
    const page = await open(button(`${CREATE} ${attribute} amount="1999"`));
    expect(page.sees('.pay-button__pay')).toBe(drawn);
    expect(page.text('#p').includes('19.99')).toBe(drawn);
    const promise = facade(page).pay();
    await pass(page, 100);
    expect(phone.requests).toHaveLength(drawn ? 1 : 0);
    if (!drawn) expect(await promise).toMatchObject({ outcome: 'fail', reason: 'virtual-goods-ios' });
  });
});

describe('manual', () => {
  test('a tap only tells the page, which pays with what it has just got', async () => {
    const page = await open(button('manual order-key="cart" bind:paytap="agree"'), {
      methods: {
        agree() {
          void facade(page).pay({ orderInfo: info('T7') });
        },
      },
    });
    phone.answerPayments({ success: {} });
    await page.tap('#p');
    await pass(page, 100);
    expect(phone.payments[0]!.orderInfo.tpOrderId).toBe('T7');
    expect(names(page)).toEqual([
      'paytap',
      'statechange',
      'statechange',
      'statechange',
      'paysuccess',
      'paycomplete',
    ]);
  });

  test('nothing happens until the page pays', async () => {
    const page = await open(button(`${CREATE} manual`));
    await page.tap('#p');
    await pass(page, 5000);
    expect(page.details('paytap')).toEqual([{ phase: 'idle' }]);
    expect(phone.requests).toEqual([]);
  });
});

describe("selectComponent('#p')", () => {
  test('pays, tells the phase, and resolves to what paycomplete tells', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ success: {} });
    const pay = facade(page);
    expect(Object.keys(pay).sort()).toEqual(['pay', 'phase', 'reset']);
    expect(pay.phase).toBe('idle');
    const promise: Promise<PayOutcome> = pay.pay();
    expect(pay.phase).toBe('ordering');
    expect(pay.pay()).toBe(promise);
    await pass(page, 100);
    expect(pay.phase).toBe('paid');
    expect(await promise).toEqual(page.details('paycomplete')[0]);
    pay.reset();
    expect(pay.phase).toBe('idle');
    await page.flush();
    expect(label(page)).toBe('立即支付');
  });

  test('takes a payload, because a property set in the same moment has not arrived', async () => {
    const page = await open(button(CREATE));
    void page.setData({ cart: { goods: 2 } });
    void facade(page).pay({ payload: { goods: 2 } });
    await pass(page, 100);
    expect(phone.requests.map(({ data }) => data)).toEqual([{ goods: 2 }]);
    expect(label(page)).toBe('支付中');
  });

  test('never rejects', async () => {
    phone.onRequest(() => ({ statusCode: 500, data: 'x' }));
    const page = await open(button(CREATE));
    const promise = facade(page).pay();
    await pass(page, 100);
    await expect(promise).resolves.toMatchObject({ outcome: 'fail', reason: 'order-request', code: 500 });
  });
});

describe('goods that change', () => {
  test('free the button after a payment; equal ones do not', async () => {
    const page = await open(button(CREATE));
    phone.answerPayments({ success: {} });
    await page.tap('#p');
    await pass(page, 100);
    await page.setData({ cart: { goods: 1 } });
    await pass(page, 100);
    expect(label(page)).toBe('已支付');
    await page.setData({ cart: { goods: 2 } });
    await pass(page, 100);
    expect(label(page)).toBe('立即支付');
  });

  test('a ready order that arrives later is what is paid', async () => {
    const page = await open(button('order-info="{{order}}"'), { data: { order: null } });
    await page.setData({ order: info('T5') });
    await pass(page, 100);
    await page.tap('#p');
    await pass(page, 10);
    expect(phone.payments[0]!.orderInfo).toEqual(info('T5'));
  });

  test('two buttons of one cart show one payment', async () => {
    const page = await open(button(CREATE) + `<pay-button id="q" ${CREATE} />`);
    await page.tap('#q');
    await pass(page, 10);
    expect(page.elements('.pay-button__pay-label').map(({ textContent }) => textContent)).toEqual([
      '支付中',
      '支付中',
    ]);
    phone.payments[0]!.succeed();
    await pass(page, 100);
    expect(page.events.filter(({ name }) => name === 'paycomplete').map(({ id }) => id)).toEqual(['q']);
    expect(facade(page).phase).toBe('paid');
  });
});

describe('a wrong configuration is told once, by component, property and fix', () => {
  const wrong: [string, string, RegExp][] = [
    ['nothing to pay', '', /^pay-button: create-url .*order-info.*give one/],
    [
      'an amount in yuan',
      `${CREATE} amount="19.99"`,
      /^pay-button: amount must be integer fen \(¥6\.80 is 680\), got "19\.99"/,
    ],
    [
      'a payload that is no object',
      'create-url="/orders" order-payload="x"',
      /^pay-button: order-payload must be an object/,
    ],
    [
      'an order that is no object',
      'order-info="x" create-url="/orders"',
      /^pay-button: order-info must be an object/,
    ],
    [
      'an unknown channel',
      `${CREATE} banned-channels="{{['Paypal']}}"`,
      /^pay-button: banned-channels unknown: Paypal; known are/,
    ],
    [
      'channels that are no list',
      `${CREATE} banned-channels="WeChat"`,
      /^pay-button: banned-channels must be an array, got "WeChat"/,
    ],
    [
      'a type that is none',
      `${CREATE} type="danger"`,
      /^pay-button: type must be primary or default or warn, got "danger"/,
    ],
    ['a size that is none', `${CREATE} size="big"`, /^pay-button: size must be default or mini, got "big"/],
    ['a toast that is none', `${CREATE} toast="no"`, /^pay-button: toast must be auto or none, got "no"/],
    ...['disabled', 'manual', 'virtual-goods'].map<[string, string, RegExp]>(property => [
      `a ${property} that is neither true nor false`,
      `${CREATE} ${property}="yes"`,
      new RegExp(`^pay-button: ${property} must be true or false, got "yes"`),
    ]),
    [
      'a key that is no text',
      `${CREATE} order-key="{{[7]}}"`,
      /^pay-button: order-key must be text, got \[7\]/,
    ],
  ];
  test.each(wrong)('%s', async (_, attributes, words) => {
    const page = await open(button(attributes));
    phone.answerPayments({ success: {} }, { success: {} });
    for (let tap = 0; tap < 2; tap++) {
      await page.tap('#p');
      await pass(page, 2000);
    }
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(words);
    expect(page.details('paycomplete').length).toBeGreaterThan(0);
  });

  test('one order-key with two sources', async () => {
    const page = await open(
      '<pay-button id="p" order-key="cart" create-url="/a" /><pay-button id="q" order-key="cart" create-url="/b" />',
    );
    await page.tap('#p');
    await page.tap('#q');
    await pass(page, 2000);
    expect(page.details('payfail')).toEqual([
      expect.objectContaining({ reason: 'order-invalid' }),
      expect.objectContaining({ reason: 'order-invalid' }),
    ]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /^pay-button: order-key "cart" has two different sources; give each its own key/,
    );
  });
});
