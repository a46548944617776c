import type { Browser, Page } from 'playwright-core';
import type { OrderInfo } from '../../merchant';
import { describeInChromium, connectToChromium, emptyPage } from '../helpers/shared-chromium';
import { waitFor } from '../helpers/wait-for';
import {
  call,
  order,
  startCashierServer,
  state,
  stopServers,
  type CashierServer,
} from '../helpers/cashier-server';

jest.setTimeout(180_000);

/** A phone's screen and a developer panel, as the preview offers them. */
const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body style="margin:0;display:flex">
<div id="screen" style="position:relative;width:375px;height:667px;overflow:hidden"></div>
<div id="dev-panel" style="width:360px"></div><script src="/baidu/cashier.js"></script>`;

describeInChromium('the cashier in a browser', () => {
  let server: CashierServer;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    server = await startCashierServer();
    browser = await connectToChromium();
    page = await browser.newPage({ locale: 'zh-CN' });
    page.on('pageerror', error => errors.push(error.message));
    page.on('console', message => message.type() === 'error' && errors.push(message.text()));
    await page.route('**/phone', route => route.fulfill({ contentType: 'text/html', body: PAGE }));
  });
  afterAll(async () => {
    await browser.close();
    await stopServers();
  });
  beforeEach(async () => {
    await call(server, 'PUT', '/_faults', {});
    await emptyPage(page, `${server.url}/console.css`);
    await page.setViewportSize({ width: 760, height: 667 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
    errors.length = 0;
    await page.goto(new URL('/phone', server.url).href);
  });
  afterEach(() => expect(errors).toEqual([]));

  const part = (hook: string) => page.locator(`[data-cashier="${hook}"]`);

  /** Calls the port as the mini-program would, and collects what the callbacks get. */
  async function requestPayment(orderInfo: OrderInfo): Promise<void> {
    await page.evaluate(`
      window.heard = [];
      swanPorts.requestPolymerPayment({
        orderInfo: ${JSON.stringify(orderInfo)},
        success: function () { heard.push('success'); },
        fail: function (error) { heard.push(error.errCode); },
        complete: function () { heard.push('complete'); },
      }, document.getElementById('screen'));`);
  }
  const heard = (...wanted: unknown[]) =>
    waitFor(async () => JSON.stringify(await page.evaluate('heard')) === JSON.stringify(wanted));

  it('an order is paid when the user chooses a channel and confirms', async () => {
    const orderInfo = order({ totalAmount: 1299 });
    await requestPayment(orderInfo);
    await part('sheet').waitFor();
    expect(await part('amount').textContent()).toBe('¥12.99');
    await part('channel').nth(2).click();
    await part('confirm').click();
    await heard('success', 'complete');
    expect(await part('sheet').count()).toBe(0);
    expect((await state(server, orderInfo.tpOrderId)).charges).toMatchObject([{ channel: 'Alipay' }]);
    await page.locator(`[data-order="${orderInfo.tpOrderId}"]`).getByText('已支付').waitFor();
  });

  it('the sheet fits a small phone when title and rows are long', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const long = '时令水果'.repeat(20);
    const rows = Array.from({ length: 12 }, (_, i) => ({ leftCol: `项目 ${i}`, rightCol: long }));
    await requestPayment(order({ dealTitle: long, displayData: { cashierTopBlock: [rows] } }));
    await part('confirm').waitFor();
    for (const hook of ['sheet', 'confirm', 'cancel']) {
      const box = await part(hook).boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(667);
    }
    await part('cancel').click();
    await heard(2, 'complete');
  });

  it('取消支付 is on the line of the title when the sheet opens', async () => {
    await requestPayment(order());
    await part('cancel').waitFor();
    // Both in one moment: the sheet may still be on its way up.
    const [title, cancel] = await page.evaluate<[number, number]>(`(() => {
      const middle = selector => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(selector));
        const { top, bottom } = range.getBoundingClientRect();
        return (top + bottom) / 2;
      };
      return [middle('.bd-cashier-head span'), middle('.bd-cashier-cancel')];
    })()`);
    expect(Math.abs(title - cancel)).toBeLessThan(1);
  });

  it('a popup without a code is shown, and the developer panel has the reason, when the signature is wrong', async () => {
    await requestPayment({ ...order(), totalAmount: '1' });
    await part('popup').waitFor();
    await heard(6, 'complete');
    expect(await part('popup').textContent()).not.toMatch(/\d|undefined|Error/);
    await part('dismiss').click();
    await part('popup').waitFor({ state: 'detached' });
    await page.locator('[data-panel="rejection"]').getByText('AMOUNT_SIGNED_DIFFERS_FROM_SENT').waitFor();
  });

  it('the next payment ends as selected when an outcome is selected in the developer panel', async () => {
    await page.selectOption('[data-panel="outcome"]', 'success-and-fail');
    await page.getByText('接下来：成功和失败都回调').waitFor();
    await requestPayment(order());
    await heard('success', 'complete', 6, 'complete');
    await page.getByText('接下来：正常收银台').waitFor();
  });

  it('the console page shows orders, attempts, replies and statements when there is a payment', async () => {
    const orderInfo = order({ dealTitle: '<img src=x onerror=alert(1)>' });
    await call(server, 'POST', '/_simulate', { orderInfo });
    await page.goto(`${server.url}/`);
    const orders = page.locator('[data-console="orders"]');
    await orders.getByText(orderInfo.tpOrderId).waitFor();
    await orders.getByText('<img src=x onerror=alert(1)>').waitFor();
    await page.locator('[data-console="notifications"]').getByText('"isConsumed":2').first().waitFor();
    const download = page.waitForEvent('download');
    await page.locator('[data-console="order-statement"]').click();
    expect((await download).suggestedFilename()).toMatch(/^order-statement-\d{4}-\d\d-\d\d\.csv$/);
  });

  it('the console page leaves room for sentences and lists the last attempts only when it is on a phone', async () => {
    const refused = { ...order(), totalAmount: '1' };
    await call(server, 'POST', '/cashier/open', { orderInfo: refused, bannedChannels: [] });
    const orderInfo = order();
    server.merchant.replies.push(...Array.from({ length: 4 }, () => ({ body: '{"errno":1}' })));
    await call(server, 'POST', '/_simulate', { orderInfo });
    await waitFor(async () => {
      const [notification] = (await state(server, orderInfo.tpOrderId)).notifications;
      return notification?.state === 'done';
    });
    await page.setViewportSize({ width: 375, height: 667 });
    await page.goto(`${server.url}/`);
    const row = (table: string, { tpOrderId }: OrderInfo) =>
      page.locator(`[data-console="${table}"] tr`, { hasText: tpOrderId });
    const notification = row('notifications', orderInfo);
    await notification.getByText('共 5 次，这里是最后 3 次').waitFor();
    expect(await notification.locator('li').count()).toBe(3);
    await notification.getByText('errno 1：后端拒绝了这个通知').first().waitFor();
    await row('orders', orderInfo).getByText('模拟支付').waitFor();
    const reason = row('rejections', refused).locator('td').last();
    expect((await reason.boundingBox())?.width).toBeGreaterThanOrEqual(280);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  });

  it('the console page gives the body that was posted, and keeps it open when the state changes', async () => {
    const orderInfo = order();
    await call(server, 'POST', '/_simulate', { orderInfo });
    const requests = () =>
      server.merchant.requests.find(({ params }) => params.tpOrderId === orderInfo.tpOrderId);
    await waitFor(async () => requests() !== undefined);
    await page.goto(`${server.url}/`);
    const notification = page.locator('[data-console="notifications"] tr', { hasText: orderInfo.tpOrderId });
    await notification.getByText('POST 正文').click();
    await waitFor(
      async () => (await notification.locator('[data-console="body"]').textContent()) === requests()?.body,
    );
    const later = order();
    await call(server, 'POST', '/_simulate', { orderInfo: later });
    await page.locator('[data-console="orders"]').getByText(later.tpOrderId).waitFor();
    expect(await notification.locator('[data-console="body"]').isVisible()).toBe(true);
    const file = page.waitForEvent('download');
    await notification.locator('[data-console="body-file"]').click();
    expect((await file).suggestedFilename()).toMatch(/^notification-\d+\.txt$/);
    expect((await fetch(`${server.url.replace(/\/$/, '')}/_notification?id=999999`)).status).toBe(404);
  });

  it.each(['light', 'dark'] as const)(
    'the developer panel and the console page are %s when the system is',
    async scheme => {
      await page.emulateMedia({ colorScheme: scheme });
      const lightness = async (selector: string) => {
        const colour = await page.evaluate<string>(
          `getComputedStyle(document.querySelector('${selector}')).backgroundColor`,
        );
        return Math.max(...(colour.match(/\d+/g) ?? []).map(Number));
      };
      const wanted = (value: number) => (scheme === 'dark' ? value < 64 : value > 224);
      expect(wanted(await lightness('.bd-panel'))).toBe(true);
      await page.goto(`${server.url}/`);
      await page.locator('section').first().waitFor();
      expect(wanted(await lightness('body'))).toBe(true);
      expect(wanted(await lightness('section'))).toBe(true);
    },
  );
});
