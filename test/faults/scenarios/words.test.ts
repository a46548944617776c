/** What people read, what developers read, and what neither may find. */
import { TEXTS } from '../../../components/order-summary/texts';
import { MESSAGES, type Messages, TOAST_LENGTH } from '../../../utils/config/messages';
import { CREATE, Stage, STATUS } from '../world/stage';

/** Baidu counts a Chinese character as one and a Latin one as half. */
const width = (words: string): number =>
  [...words].reduce((sum, one) => sum + (one.charCodeAt(0) < 256 ? 0.5 : 1), 0);
/** What fits into a toast beside its tick; there every character counts as one. */
const BESIDE_A_TICK = 7;
const LABELS: (keyof Messages)[] = ['idle', 'ordering', 'paying', 'confirming', 'pending', 'paid'];

describe.each(Object.keys(MESSAGES) as (keyof typeof MESSAGES)[])('every text in %s', locale => {
  const messages = MESSAGES[locale];

  test("fits Baidu's limits", () => {
    for (const key of LABELS) expect(width(messages[key])).toBeLessThanOrEqual(8);
    expect(width(messages.askTitle)).toBeLessThanOrEqual(8);
    expect(width(messages.askContent)).toBeLessThanOrEqual(50);
    expect(width(messages.askNewContent)).toBeLessThanOrEqual(50);
    expect(width(messages.askConfirm)).toBeLessThanOrEqual(4);
    expect(width(messages.askCancel)).toBeLessThanOrEqual(4);
    for (const [key, words] of Object.entries(messages)) {
      if (!/^ask/.test(key)) expect([key, width(words) <= TOAST_LENGTH]).toEqual([key, true]);
    }
    expect(messages.success.length).toBeLessThanOrEqual(BESIDE_A_TICK);
  });

  test("of order-summary fits Baidu's limits", () => {
    const { orderCopied, orderPaid, orderMissing, orderDenied, orderRefused } = TEXTS[locale];
    expect(orderCopied.length).toBeLessThanOrEqual(BESIDE_A_TICK);
    // A toast of the button that refuses, and what stands instead of an order, as short as a backend's own words.
    for (const words of [orderPaid, orderMissing, orderDenied, orderRefused])
      expect([words, width(words) <= TOAST_LENGTH]).toEqual([words, true]);
  });

  test('is there in both languages, names no code, and does not shout', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(MESSAGES.en).sort());
    for (const words of Object.values(messages)) {
      expect(words).not.toMatch(/\d|errCode|errMsg|undefined|null|[!！]|您|tpOrderId/);
      expect(words.trim()).toBe(words);
      expect(words).not.toBe('');
    }
  });

  test('that is shown for a pending payment never invites to pay again', () => {
    expect(messages.pending).not.toMatch(/支付$|继续|重新|pay now|again/i);
    expect(messages.unconfirmed).toMatch(/请勿重复支付|do not pay again/i);
    expect(messages.askContent).toMatch(/如果你已付款|if you have paid/i);
    expect(messages.askContent).toMatch(/同一笔订单|same order/i);
  });
});

test('messages and the locale can be chosen', () => {
  const stage = new Stage({ settings: { locale: 'en', messages: { success: 'Thank you' } } });
  const [button] = stage.open({ ...CREATE, amount: '1999' });
  expect(button!.data.label).toBe('Pay now ¥19.99');
  button!.tap();
  expect(stage.after(5000)).toContain('toast Thank you');
  expect(button!.data.label).toBe('Paid');
  expect(stage.phone.toasts[0]!.icon).toBe('none');
});

test('an unknown locale is Chinese', () => {
  const stage = new Stage({ settings: { locale: 'fr' as never } });
  expect(stage.open(CREATE)[0]!.data.label).toBe('立即支付');
});

describe('a refusal of more than 1000 fen', () => {
  test.each([
    [1001, 1],
    [1000, 0],
  ])('of %i fen gives %i hints on test packages', (amount, hints) => {
    const stage = new Stage();
    stage.backend.totalAmount = `${amount}`;
    const [button] = stage.open(CREATE);
    stage.plan({ says: 'failed', pays: false });
    button!.tap();
    stage.wait(20000);
    expect(stage.warnings().filter(text => /测试包/.test(text))).toHaveLength(hints);
  });
});

describe('a wrong configuration', () => {
  const invalid = 'payfail - 0 order-invalid null 订单信息有误，请联系商家';

  test('neither create-url nor order-info: one console.error that names them, and payfail', () => {
    const stage = new Stage();
    const [button] = stage.open({});
    expect(stage.errors()).toEqual([]);
    button!.tap();
    stage.wait(1000);
    button!.tap();
    stage.wait(1000);
    expect(stage.next().filter(line => /^payfail/.test(line))).toEqual([invalid, invalid]);
    expect(stage.errors()).toHaveLength(1);
    expect(stage.errors()[0]).toMatch(/^pay-button: create-url .*order-info.*give one of them/);
  });

  test('one explicit order-key with two different sources', () => {
    const stage = new Stage();
    const [first, second] = stage.open(
      { createUrl: '/orders', orderKey: 'cart', orderPayload: { purchase: 'tea' } },
      { createUrl: '/others', orderKey: 'cart', orderPayload: { purchase: 'tea' } },
    );
    first!.tap();
    second!.tap();
    stage.wait(5000);
    expect(stage.next().filter(line => /^payfail/.test(line))).toEqual([invalid, invalid]);
    expect(stage.errors()).toHaveLength(1);
    expect(stage.errors()[0]).toMatch(/^pay-button: order-key "cart" .*two different sources.*its own key/);
    expect(stage.backend.creates).toBe(0);
  });

  test.each(['19.99', 'abc', -1, 1.5, '1e3'])('an amount that is no integer (%j)', amount => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, amount });
    button!.tap();
    stage.wait(5000);
    expect(stage.next()).toContain(invalid);
    expect(stage.errors()).toHaveLength(1);
    expect(stage.errors()[0]).toMatch(/^pay-button: amount must be integer fen/);
    expect(button!.data.label).not.toMatch(/NaN/);
  });

  test('an unknown banned channel: told once, and it pays all the same', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, bannedChannels: ['Alipay', 'Paypal'] });
    button!.tap();
    expect(stage.after(5000)).toContain('paysuccess T1 1999 claimed');
    expect(stage.errors()).toHaveLength(1);
    expect(stage.errors()[0]).toMatch(/^pay-button: banned-channels unknown: Paypal; known are Alipay/);
  });
});

describe('onTrace', () => {
  test('tells every step of an attempt with its time', () => {
    const stage = new Stage();
    const [button] = stage.open({ ...CREATE, ...STATUS });
    stage.plan({ notify: 0 });
    const start = stage.clock.now();
    button!.tap();
    stage.wait(5000);
    const [{ orderKey } = { orderKey: '' }] = stage.phone.traces;
    const steps = stage.phone.traces.map(({ at, step, phase, tpOrderId }) => [
      (at as number) - start,
      step,
      phase,
      tpOrderId,
    ]);
    expect(steps).toEqual([
      [0, 'pay', 'ordering', ''],
      [80, 'ordered', 'ordering', 'T1'],
      [80, 'enter', 'paying', 'T1'],
      [80, 'save', 'paying', 'T1'],
      [2080, 'cashier', 'paying', 'T1'],
      [2080, 'answer', 'confirming', 'T1'],
      [2160, 'looked', 'paid', 'T1'],
      [2160, 'forget', 'paid', 'T1'],
      [2160, 'outcome', 'paid', 'T1'],
    ]);
    expect(stage.phone.traces.every(trace => trace.orderKey === orderKey)).toBe(true);
  });
});
