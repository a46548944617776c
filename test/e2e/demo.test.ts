import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import { cashierState, openDemoPage, scriptCashier, type DemoPage } from '../helpers/demo-page';
import { becomes, statusOf, startDemoServer, type DemoServer } from '../helpers/demo-server';

jest.setTimeout(180_000);

const BUILT = resolve(__dirname, '../../dist/demo/app.json');
let demo: DemoServer;

beforeAll(async () => {
  if (!existsSync(BUILT)) throw new Error('dist/demo is missing: npm run build makes it');
  demo = await startDemoServer();
});

afterAll(() => demo?.stop());

describeInChromium('the demo mini-program', () => {
  let browser: Browser;
  let phone: DemoPage;

  beforeAll(async () => {
    browser = await connectToChromium();
    phone = await openDemoPage(browser, demo.origin);
  });

  beforeEach(async () => {
    await scriptCashier(demo.origin, {});
    await phone.reset();
  });

  afterAll(() => browser?.close());

  const action = (title: string) => phone.page.locator('.action', { hasText: title });
  const answer = (name: string) => phone.page.getByRole('dialog').getByRole('button', { name }).click();

  async function buy(title: string): Promise<string> {
    if (!(await phone.page.locator('.product').count())) await phone.open('pages/index/index');
    await phone.page.locator('.product', { hasText: title }).click();
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await phone.waitForText('查看订单');
    return String((await phone.detailOf('ordercreated')).tpOrderId);
  }

  async function leaveUnpaid(title: string): Promise<string> {
    await phone.checkout(title);
    await phone.payButton.click();
    await phone.sheet('cancel').click();
    await phone.outcome();
    const tpOrderId = String((await phone.detailOf('ordercreated')).tpOrderId);
    await phone.open(`pages/order/order?tpOrderId=${tpOrderId}`);
    return tpOrderId;
  }

  test('another order is paid when the same product is bought again', async () => {
    const first = await buy('冷泡茉莉');
    await phone.page.getByText('继续逛逛').click();
    await phone.clearEvents();
    const second = await buy('冷泡茉莉');
    expect(await phone.orders()).toEqual([second, first]);
    expect(await statusOf(demo.origin, second)).toBe('paid');
  });

  test('no toast is shown when the result page opens', async () => {
    await buy('冷泡茉莉');
    await phone.waitForText('支付成功');
    expect(await phone.page.locator('.toast').count()).toBe(0);
  });

  test('price and order change when a coupon and a quantity are chosen', async () => {
    await phone.checkout('冷泡茉莉');
    await phone.page.locator('.step', { hasText: '+' }).click();
    await phone.page.locator('.choice', { hasText: '新客立减' }).getByText('使用').click();
    await phone.waitForText('立即支付 ¥11.60');
    await phone.payButton.click();
    expect(await phone.sheet('amount').textContent()).toBe('¥11.60');
  });

  test('the page of payResultUrl shows the payment when the cashier calls no callback', async () => {
    await scriptCashier(demo.origin, { payments: [{ outcome: 'silent-paid', sheet: true }] });
    await phone.checkout('冷泡茉莉');
    await phone.payButton.click();
    await phone.sheet('confirm').click();
    await becomes(demo.origin, String((await phone.detailOf('ordercreated')).tpOrderId), 'paid');

    await phone.open('pages/result/result');
    await phone.waitForText('支付成功');
    await phone.waitForText('¥6.80');
  });

  test('an order is closed, and cannot be paid any more, when the user confirms the question', async () => {
    const tpOrderId = await leaveUnpaid('冷泡茉莉');
    await action('关闭订单').click();
    await answer('取消');
    await phone.payButton.waitFor();
    expect(await statusOf(demo.origin, tpOrderId)).toBe('unpaid');

    await action('关闭订单').click();
    await answer('确定');
    await phone.waitForText('已关闭');
    await phone.payButton.waitFor({ state: 'detached' });
    expect(await statusOf(demo.origin, tpOrderId)).toBe('closed');
  });

  test('one question is shown when two actions are tapped at once', async () => {
    await leaveUnpaid('冷泡茉莉');
    await action('关闭订单').waitFor();
    await phone.page.evaluate(() => {
      const touch = (button: Element) =>
        ['pointerdown', 'pointerup'].forEach(type =>
          button.dispatchEvent(new PointerEvent(type, { bubbles: true })),
        );
      document.querySelectorAll('.action').forEach(touch);
    });
    await answer('取消');
    expect(await phone.page.getByRole('dialog').count()).toBe(0);
    await action('关闭订单').click();
    await answer('取消');
  });

  test('a paid order is refunded when the user confirms the question', async () => {
    const tpOrderId = await buy('冷泡茉莉');
    await phone.page.getByText('查看订单').click();
    await action('申请退款').click();
    await answer('确定');
    await phone.waitForText('已申请退款');
    await action('申请退款').waitFor({ state: 'detached' });
    await becomes(demo.origin, tpOrderId, 'refunded');
    const { refunds } = await cashierState(demo.origin, tpOrderId);
    expect(refunds.map(({ money }) => money)).toEqual([680]);
  });

  test('the button fails as order-invalid without an order when the lines do not add up', async () => {
    await phone.open('pages/order/order?sample=mismatch');
    // A toast is gone again after a while.
    await Promise.all([phone.waitForText('订单信息有误，请联系商家'), phone.payButton.click()]);
    expect(await phone.outcome()).toMatchObject({ outcome: 'fail', reason: 'order-invalid' });
    expect(await phone.orders()).toEqual([]);
    expect(await phone.cashierCalls()).toBe(0);
  });

  test.each([
    [320, 'light'],
    [375, 'dark'],
    [430, 'light'],
  ] as const)(
    'no page overflows or shows undefined, null, NaN or errno when the screen has %i px (%s)',
    async (width, colorScheme) => {
      const tpOrderId = await leaveUnpaid('柴烧盖碗茶席');
      await phone.page.setViewportSize({ width, height: 812 });
      await phone.page.emulateMedia({ colorScheme });
      const samples = ['expired', 'mismatch', 'refunding', 'refund'];
      const places: [path: string, shown: string][] = [
        ['pages/index/index', '.product .price'],
        ['pages/checkout/checkout?sku=gaiwan', '.stepper'],
        ['pages/result/result', '.action'],
        [`pages/result/result?tpOrderId=${tpOrderId}`, '.action-first'],
        ['pages/orders/orders', '.order'],
        [`pages/order/order?tpOrderId=${tpOrderId}`, '.action'],
        ...samples.map((name): [string, string] => [
          `pages/order/order?sample=${name}`,
          '.order-summary__order-total',
        ]),
      ];
      for (const [path, shown] of places) {
        await phone.open(path);
        await phone.page.locator(shown).first().waitFor();
        const { widest, text } = await phone.page.evaluate(() => {
          const pages = document.querySelector<HTMLElement>('#pages')!;
          const right = (element: Element) => element.getBoundingClientRect().right;
          return { widest: Math.max(...[...pages.querySelectorAll('*')].map(right)), text: pages.innerText };
        });
        expect([path, widest <= width]).toEqual([path, true]);
        expect(text).not.toMatch(/undefined|NaN|null|object|errno|\{/);
      }
      expect(phone.consoleErrors.filter(line => !line.includes('totalAmount'))).toEqual([]);
    },
  );
});
