import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { openDatabase, type Database } from '../../lib/database';
import { createDemo } from '../../scripts/demo/create-demo';
import type { Sandbox } from '../../sandbox/create-sandbox';
import { describeInChromium, launchChromium } from '../helpers/chromium';
import { cashierState, openDemoPage, scriptCashier, type DemoPage } from '../helpers/demo-page';
import { fillDataDir } from '../helpers/database-dir';
import { freePort } from '../helpers/free-port';
import { keyPair } from '../helpers/key-pair';
import { becomes, endDemos, newFolder, startDemo, statusOf, type Demo } from '../helpers/demo-process';

jest.setTimeout(180_000);

/** Chinese words and punctuation only: no code, no field name. */
const SENTENCE = /^[\u4e00-\u9fff，。]+$/;

const BUILT = resolve(__dirname, '../../dist/demo/app.json');

describeInChromium('Paying in the demo mini-program', () => {
  const folder = newFolder();
  let browser: Browser;
  let demo: Demo;
  let phone: DemoPage;

  beforeAll(async () => {
    if (!existsSync(BUILT)) throw new Error('dist/demo is missing: npm run build makes it');
    await fillDataDir(join(folder.path, 'data'));
    [browser, demo] = await Promise.all([launchChromium(), startDemo(['--data', join(folder.path, 'data')])]);
    await demo.ready();
  });

  beforeEach(async () => {
    await scriptCashier(demo.origin, {});
    phone = await openDemoPage(browser, demo.origin);
  });

  afterEach(() => phone.close());

  afterAll(async () => {
    await browser?.close();
    await demo?.kill('SIGTERM');
    endDemos();
    folder.remove();
  });

  const createdOrder = async (): Promise<string> => String((await phone.detailOf('ordercreated')).tpOrderId);

  test('a person pays and sees the result; the order is paid because a signed notification said so', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    expect(await phone.sheet('amount').textContent()).toBe('¥6.80');
    await phone.sheet('confirm').click();
    await phone.sees('支付成功');
    await phone.sees('查看订单');

    const tpOrderId = await createdOrder();
    expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
    const { charges, notifications } = await cashierState(demo.origin, tpOrderId);
    expect(charges.map(({ totalMoney }) => totalMoney)).toEqual([680]);
    expect(notifications.map(({ state }) => state)).toEqual(['done']);
    expect(await phone.detailOf('paysuccess')).toMatchObject({ tpOrderId, totalAmount: 680, verified: true });
    expect(phone.complaints).toEqual([]);
  });

  test('the page gets the order, then each phase, then the outcome; what its next page says is not toasted', async () => {
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

  test('a cancelled payment leaves the order unpaid, and the next tap pays that same order', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('cancel').click();
    await phone.sees('已取消支付');
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
    await phone.sees('查看订单');
    expect(await phone.detailOf('paysuccess')).toMatchObject({ tpOrderId, resumed: false });
    // The order is at hand, so it is not asked for again.
    expect(await phone.eventNames()).not.toContain('ordercreated');
    expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
    expect(await phone.orders()).toEqual([tpOrderId]);
  });

  test('a failed payment is reported in a sentence, charges nothing and can be tried again after a question', async () => {
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

    await phone.sees('查询支付结果');
    await phone.payButton.click();
    await phone.question('「冷泡茉莉」¥6.80').getByRole('button', { name: '继续支付' }).click();
    await phone.sheet('confirm').click();
    await phone.sees('查看订单');
    expect(await phone.orders()).toEqual([tpOrderId]);
  });

  test('two taps in a row make one order and open one cashier', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.dblclick();
    await phone.sheet('confirm').click();
    await phone.sees('查看订单');

    expect((await phone.eventNames()).filter(name => name === 'paytap')).toHaveLength(2);
    expect(await phone.orders()).toHaveLength(1);
    expect(await phone.cashierCalls()).toBe(1);
    expect((await cashierState(demo.origin, await createdOrder())).charges).toHaveLength(1);
  });

  test('an order left unpaid is paid later from its own page, as the same order', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('cancel').click();
    await phone.outcome();
    const tpOrderId = await createdOrder();

    await phone.open('pages/orders/orders');
    await phone.page.locator('.order', { hasText: '待付款' }).click();
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await phone.sees('已支付');
    await phone.payButton.waitFor({ state: 'detached' });
    expect(await phone.detailOf('ordercreated')).toMatchObject({ tpOrderId, reused: true });
    const story = (await phone.eventNames()).slice(-3);
    expect(story).toEqual(['toast', 'paysuccess', 'paycomplete']);
    expect(await phone.detailOf('toast')).toMatchObject({ title: '支付成功', icon: 'success' });
    expect(await statusOf(demo.origin, tpOrderId)).toBe('paid');
    expect(await phone.orders()).toEqual([tpOrderId]);
  });

  test('killed with the cashier open: the next tap asks, and pays the same order', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('sheet').waitFor();
    const tpOrderId = await createdOrder();

    await phone.page.reload();
    await phone.sees('查询支付结果');
    await phone.payButton.click();
    await phone.question('「冷泡茉莉」¥6.80').getByRole('button', { name: '继续支付' }).click();
    await phone.sheet('confirm').click();
    await phone.sees('查看订单');
    expect(await phone.orders()).toEqual([tpOrderId]);
    expect((await cashierState(demo.origin, tpOrderId)).charges).toHaveLength(1);
  });

  test('paid, but the callback was lost with the app: opened again, the checkout knows', async () => {
    await scriptCashier(demo.origin, { payments: [{ outcome: 'silent-paid', sheet: true }] });
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    const tpOrderId = await createdOrder();
    await becomes(demo.origin, tpOrderId, 'paid');

    await phone.page.reload();
    await phone.sees('查看订单');
    expect(await phone.outcome()).toMatchObject({ outcome: 'success', tpOrderId, resumed: true });
    expect(await phone.cashierCalls()).toBe(0);
  });
});

describeInChromium('A shop that signs with a key Baidu does not know', () => {
  const lines: string[] = [];
  let browser: Browser;
  let database: Database;
  let demo: Sandbox;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const merchant = { privateKey: keyPair().privateKey, publicKey: keyPair().publicKey };
    const keys = { merchant, platform: keyPair(), clientSecret: 'secret' };
    [browser, database] = await Promise.all([launchChromium(), openDatabase({})]);
    demo = await createDemo(database, keys, origin, line => lines.push(line));
    await demo.server.listen({ host: '127.0.0.1', port });
    demo.start();
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await database?.close();
  });

  test('is refused by the cashier: the person reads a sentence, the developer why, and nothing is paid', async () => {
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
