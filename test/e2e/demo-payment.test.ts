import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { openDatabase, type Database } from '../../lib/database';
import { createDemo } from '../../scripts/demo/create-demo';
import type { Sandbox } from '../../sandbox/create-sandbox';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import { cashierState, openDemoPage, scriptCashier, type DemoPage } from '../helpers/demo-page';
import { freePort } from '../../scripts/support/http';
import { createKeyPair } from '../../scripts/support/keys';
import {
  becomes,
  createDemoDatabase,
  endDemos,
  newFolder,
  startDemo,
  statusOf,
  type Demo,
} from '../helpers/demo-process';

jest.setTimeout(180_000);

/** Chinese words and punctuation only: no code, no field name. */
const SENTENCE = /^[\u4e00-\u9fff，。]+$/;

const BUILT = resolve(__dirname, '../../dist/demo/app.json');

describeInChromium('paying in the demo mini-program', () => {
  const folder = newFolder();
  let browser: Browser;
  let demo: Demo;
  let phone: DemoPage;

  beforeAll(async () => {
    if (!existsSync(BUILT)) throw new Error('dist/demo is missing: npm run build makes it');
    const data = join(folder.path, 'data');
    const env = await createDemoDatabase(data);
    [browser, demo] = await Promise.all([connectToChromium(), startDemo(['--data', data], env)]);
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
    expect(phone.complaints).toEqual([]);
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
  const lines: string[] = [];
  let browser: Browser;
  let database: Database;
  let demo: Sandbox;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const merchant = { privateKey: createKeyPair().privateKey, publicKey: createKeyPair().publicKey };
    const keys = { merchant, platform: createKeyPair(), clientSecret: 'secret' };
    [browser, database] = await Promise.all([connectToChromium(), openDatabase({})]);
    demo = await createDemo({ database, keys, origin, log: line => lines.push(line) });
    await demo.server.listen({ host: '127.0.0.1', port });
    demo.start();
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    await database?.close();
  });

  test('the user reads a sentence, the developer the reason, and nothing is paid, when the cashier refuses the signature', async () => {
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
