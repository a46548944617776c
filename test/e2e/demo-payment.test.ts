import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import { cashierState, openDemoPage, scriptCashier, type DemoPage } from '../helpers/demo-page';
import { createKeyPair } from '../../scripts/support/keys';
import { becomes, statusOf, startDemoServer, type DemoServer } from '../helpers/demo-server';

jest.setTimeout(180_000);

/** Chinese words and punctuation only: no code, no field name. */
const SENTENCE = /^[\u4e00-\u9fff，。]+$/;

const BUILT = resolve(__dirname, '../../dist/demo/app.json');

describeInChromium('paying in the demo mini-program', () => {
  let browser: Browser;
  let demo: DemoServer;
  let phone: DemoPage;

  beforeAll(async () => {
    if (!existsSync(BUILT)) throw new Error('dist/demo is missing: npm run build makes it');
    [browser, demo] = await Promise.all([connectToChromium(), startDemoServer()]);
    phone = await openDemoPage(browser, demo.origin);
  });

  beforeEach(async () => {
    await scriptCashier(demo.origin, {});
    await phone.reset();
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const createdOrder = async (): Promise<string> => String((await phone.detailOf('ordercreated')).tpOrderId);

  test('the result page is shown, and a signed notification makes the order paid, when the user pays', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    expect(await phone.sheet('amount').textContent()).toBe('¥6.80');
    await phone.sheet('confirm').click();
    await phone.waitForText('支付成功');
    await phone.waitForText('查看订单');

    const tpOrderId = await createdOrder();
    expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
    const { charges, notifications } = await cashierState(demo.origin, tpOrderId);
    expect(charges.map(({ totalMoney }) => totalMoney)).toEqual([680]);
    expect(notifications.map(({ state }) => state)).toEqual(['done']);
    expect(await phone.detailOf('paysuccess')).toMatchObject({ tpOrderId, totalAmount: 680, verified: true });
    expect(phone.consoleErrors).toEqual([]);
  });

  test('the page receives order, phases and outcome in order, without a toast, when the user pays', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await phone.outcome();

    expect(await phone.eventNames()).toEqual([
      'paytap',
      'statechange ordering',
      'ordercreated',
      'statechange paying',
      'statechange confirming',
      'statechange paid',
      'paysuccess',
      'paycomplete',
    ]);
    expect(await phone.detailOf('paycomplete')).toMatchObject({ outcome: 'success', resumed: false });
  });

  test('the next tap pays the same order when the user cancelled', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('cancel').click();
    await phone.waitForText('已取消支付');
    expect(await phone.outcome()).toMatchObject({ outcome: 'cancel', by: 'user' });
    expect((await phone.eventNames()).slice(-4)).toEqual([
      'statechange idle',
      'toast',
      'paycancel',
      'paycomplete',
    ]);
    const tpOrderId = await createdOrder();
    expect(await statusOf(demo.origin, tpOrderId)).toBe('unpaid');

    await phone.clearEvents();
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await phone.waitForText('查看订单');
    expect(await phone.detailOf('paysuccess')).toMatchObject({ tpOrderId, resumed: false });
    // The order is at hand, so it is not asked for again.
    expect(await phone.eventNames()).not.toContain('ordercreated');
    expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
    expect(await phone.orders()).toEqual([tpOrderId]);
  });

  test('a sentence is shown, and the question at the next tap, when a payment fails', async () => {
    await scriptCashier(demo.origin, { payments: [{ outcome: 'failed', sheet: true }] });
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await phone.sheet('dismiss').click();

    expect(await phone.outcome()).toMatchObject({
      outcome: 'fail',
      reason: 'cashier',
      retryable: true,
      mayBePaid: true,
    });
    expect(await phone.detailOf('toast')).toMatchObject({ title: expect.stringMatching(SENTENCE) });
    const tpOrderId = await createdOrder();
    expect(await statusOf(demo.origin, tpOrderId)).toBe('unpaid');
    expect((await cashierState(demo.origin, tpOrderId)).charges).toEqual([]);

    await phone.waitForText('查询支付结果');
    await phone.payButton.click();
    await phone.question('「冷泡茉莉」¥6.80').getByRole('button', { name: '继续支付' }).click();
    await phone.sheet('confirm').click();
    await phone.waitForText('查看订单');
    expect(await phone.orders()).toEqual([tpOrderId]);
  });

  test('one order is created and one cashier opens when the button is tapped twice', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.dblclick();
    await phone.sheet('confirm').click();
    await phone.waitForText('查看订单');

    expect((await phone.eventNames()).filter(name => name === 'paytap')).toHaveLength(2);
    expect(await phone.orders()).toHaveLength(1);
    expect(await phone.cashierCalls()).toBe(1);
    expect((await cashierState(demo.origin, await createdOrder())).charges).toHaveLength(1);
  });

  test('the same order is paid when it was left unpaid and its order page pays it', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('cancel').click();
    await phone.outcome();
    const tpOrderId = await createdOrder();

    await phone.open('pages/orders/orders');
    await phone.page.locator('.order', { hasText: '待付款' }).click();
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await phone.waitForText('已支付');
    await phone.payButton.waitFor({ state: 'detached' });
    expect(await phone.detailOf('ordercreated')).toMatchObject({ tpOrderId, reused: true });
    const story = (await phone.eventNames()).slice(-3);
    expect(story).toEqual(['toast', 'paysuccess', 'paycomplete']);
    expect(await phone.detailOf('toast')).toMatchObject({ title: '支付成功', icon: 'success' });
    expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
    expect(await phone.orders()).toEqual([tpOrderId]);
  });

  test('the next tap shows the question and pays the same order when the app was killed with the cashier open', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('sheet').waitFor();
    const tpOrderId = await createdOrder();

    await phone.page.reload();
    await phone.waitForText('查询支付结果');
    await phone.payButton.click();
    await phone.question('「冷泡茉莉」¥6.80').getByRole('button', { name: '继续支付' }).click();
    await phone.sheet('confirm').click();
    await phone.waitForText('查看订单');
    expect(await phone.orders()).toEqual([tpOrderId]);
    expect((await cashierState(demo.origin, tpOrderId)).charges).toHaveLength(1);
  });

  test('the checkout shows the payment when the app was reloaded before the callback', async () => {
    await scriptCashier(demo.origin, { payments: [{ outcome: 'silent-paid', sheet: true }] });
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    const tpOrderId = await createdOrder();
    await becomes(demo.origin, tpOrderId, 'paid');

    await phone.page.reload();
    await phone.waitForText('查看订单');
    expect(await phone.outcome()).toMatchObject({ outcome: 'success', tpOrderId, resumed: true });
    expect(await phone.cashierCalls()).toBe(0);
  });
});

describeInChromium('a shop that signs with an unknown key', () => {
  let browser: Browser;
  let demo: DemoServer;

  beforeAll(async () => {
    const merchant = { privateKey: createKeyPair().privateKey, publicKey: createKeyPair().publicKey };
    [browser, demo] = await Promise.all([connectToChromium(), startDemoServer(merchant)]);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  test('the user reads a sentence, the developer the reason, and nothing is paid, when the cashier refuses the signature', async () => {
    const { origin, lines } = demo;
    const phone = await openDemoPage(browser, origin);
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    expect(await phone.outcome()).toMatchObject({ outcome: 'fail', reason: 'cashier' });

    expect(await phone.detailOf('toast')).toMatchObject({ title: expect.stringMatching(SENTENCE) });
    const tpOrderId = String((await phone.detailOf('ordercreated')).tpOrderId);
    expect(await statusOf(origin, tpOrderId)).toBe('unpaid');
    const { charges, notifications, rejections } = await cashierState(origin, tpOrderId);
    expect([charges, notifications]).toEqual([[], []]);
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatchObject({ tpOrderId, errCode: 6, errMsg: '请求签名错误' });
    expect(lines.filter(line => line.includes(tpOrderId) && /key/.test(line))).toHaveLength(1);
    await phone.close();
  });
});
