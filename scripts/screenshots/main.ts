/** `npm run screenshots`: takes every picture of docs/pictures anew. Needs `npm run build` and a Chromium. */
import { join, resolve } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { runMain } from '../support/process';
import { enterPhases, openStates, SUMMARIES, TAPS } from './states';
import { openDatabase } from '../../lib/database';
import { createDemo, loadKeys } from '../demo/create-demo';
import { freePort } from '../support/http';

const FOLDER = resolve(__dirname, '../../docs/pictures');
/** When the orders of the pictures were made, so that the time left is the same in every picture. */
const NOW = 1795424400000;

interface ScreenOptions {
  /** a phone has whole pixels: width times scale must be one, or the last column shows what is behind a layer */
  scale?: number;
  colorScheme?: 'light' | 'dark';
}

async function newPage(
  browser: Browser,
  width: number,
  height: number,
  { scale = 2, colorScheme = 'light' }: ScreenOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  return context.newPage();
}

async function openButtons(browser: Browser, origin: string, taps: string[]): Promise<Page> {
  const page = await newPage(browser, 375, 1040);
  await page.goto(`${origin}/#/pages/buttons/buttons`);
  await enterPhases(page, taps, 'zh-CN');
  await page.waitForTimeout(500);
  return page;
}

/** Every phase on one picture, also those that no mini-program is in at once. */
async function takeButtons(browser: Browser, origin: string): Promise<void> {
  const [taps = [], ...others] = TAPS;
  const page = await openButtons(browser, origin, taps);
  for (const otherTaps of others) {
    const other = await openButtons(browser, origin, otherTaps);
    for (const key of otherTaps) {
      const picture = await other.locator(`#${key}`).screenshot();
      await page.locator(`#${key}`).evaluate(
        (element, source) => {
          const image = new Image();
          image.src = source;
          image.style.cssText = 'display: block; width: 100%';
          element.replaceChildren(image);
          return image.decode();
        },
        `data:image/png;base64,${picture.toString('base64')}`,
      );
    }
    await other.context().close();
  }
  await page
    .locator('.page')
    .first()
    .screenshot({ path: join(FOLDER, 'pay-button-states.png') });
  await page.context().close();
}

async function takeSummaries(browser: Browser, origin: string): Promise<void> {
  const page = await newPage(browser, 375, 812);
  await page.clock.setFixedTime(NOW);
  await page.goto(`${origin}/#/pages/summaries/summaries`);
  await page.getByText('重新加载').waitFor();
  const cards = page.locator('swan-order-summary');
  const figures: string[] = [];
  for (const [at, name] of [...Object.keys(SUMMARIES), 'error 加载失败'].entries()) {
    const picture = await cards.nth(at).screenshot();
    const source = `data:image/png;base64,${picture.toString('base64')}`;
    figures.push(`<figure><figcaption>${name}</figcaption><img src="${source}"></figure>`);
  }
  await page.context().close();
  await takeSheet(browser, figures);
}

/** All of them on one sheet of three columns. */
async function takeSheet(browser: Browser, figures: string[]): Promise<void> {
  const page = await newPage(browser, 900, 600, { scale: 1 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 12px 16px; background: #f5f6fa; columns: 3; column-gap: 16px; }
    figure { margin: 0 0 14px; break-inside: avoid; }
    figcaption { margin-bottom: 4px; color: #5c6066; font: 13px sans-serif; }
    img { width: 100%; display: block; border-radius: 8px; }
  </style>${figures.join('')}`);
  await page.locator('body').screenshot({ path: join(FOLDER, 'order-summary-states.png') });
  await page.context().close();
}

const payButton = (page: Page): Locator => page.locator('.pay-button__pay-button');
const sheet = (page: Page, part: string): Locator => page.locator(`[data-cashier=${part}]`);

/** The tab of the developer panel is the preview's, not the phone's: neither it nor the strip that it has on a phone is shown. */
const WITHOUT_TAB = `#dev-panel-toggle { visibility: hidden }
  @media (max-width: 500px) { body.has-dev-panel #stage { height: 100dvh } }`;

async function save(page: Page, name: string): Promise<void> {
  // Before the wait: without the strip the page is higher.
  await page.addStyleTag({ content: WITHOUT_TAB });
  // Pictures of goods and the end of every transition.
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(FOLDER, name) });
}

/** Opens a page of the demo; the phone's clock is stopped, so that the time left is the same in every picture. */
async function openPage(page: Page, origin: string, path: string): Promise<void> {
  await page.clock.setFixedTime(NOW);
  // From page to page of one address nothing is loaded anew.
  await page.goto('about:blank');
  await page.goto(`${origin}/#/${path}`);
}

/** Two of the first product, with a coupon. */
async function fillCheckout(page: Page, origin: string): Promise<void> {
  await openPage(page, origin, 'pages/index/index');
  await page.locator('.product', { hasText: '冷泡茉莉' }).click();
  await payButton(page).waitFor();
  await page.getByLabel('增加一件').click();
  await page.getByText('立即支付 ¥13.60').waitFor();
  await page.getByText('使用', { exact: true }).first().click();
  await page.getByText('立即支付 ¥11.60').waitFor();
}

async function takePhones(browser: Browser, origin: string): Promise<void> {
  const dark = await newPage(browser, 375, 720, { colorScheme: 'dark' });
  await fillCheckout(dark, origin);
  await save(dark, 'checkout-dark.png');
  await dark.context().close();

  const page = await newPage(browser, 375, 720);
  await fillCheckout(page, origin);
  await save(page, 'checkout.png');
  await payButton(page).click();
  await sheet(page, 'confirm').waitFor();
  await save(page, 'cashier.png');
  await page.context().close();

  const refusing = await newPage(browser, 375, 720);
  await openPage(refusing, origin, 'pages/order/order?sample=mismatch');
  await payButton(refusing).click();
  await refusing.getByText('订单信息有误').waitFor();
  await save(refusing, 'mismatch.png');
  await refusing.context().close();
}

/** The whole page of the demo: one order is paid, the cashier is open for the next. */
async function takeDemo(browser: Browser, origin: string): Promise<void> {
  const page = await newPage(browser, 1180, 900, { scale: 1 });
  await fillCheckout(page, origin);
  await payButton(page).click();
  await sheet(page, 'confirm').click();
  await page.getByText('支付通知：已确认').waitFor();
  // A result that is not shown before the page is left comes when the next checkout opens, in place of it.
  await page.locator('#pages').getByText('支付成功', { exact: true }).waitFor();
  await fillCheckout(page, origin);
  await payButton(page).click();
  await sheet(page, 'confirm').waitFor();
  // Two orders: the developer panel asks for them every two seconds.
  await page.locator('[data-panel=order]').nth(1).waitFor();
  await save(page, 'demo.png');
  await page.context().close();
}

async function takeStates(browser: Browser): Promise<void> {
  const states = await openStates();
  try {
    await takeButtons(browser, states.origin);
    await takeSummaries(browser, states.origin);
  } finally {
    await states.close();
  }
}

async function takeShop(browser: Browser): Promise<void> {
  const demo = await openDemo();
  try {
    // First, because it shows all orders.
    await takeDemo(browser, demo.origin);
    await takePhones(browser, demo.origin);
  } finally {
    await demo.close();
  }
}

interface Demo {
  origin: string;
  close(): Promise<void>;
}

/** The demo in this process, on a free port, with temporary keys and a database in memory. */
async function openDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-pictures-'));
  const database = await openDatabase();
  // The demo has to know its port before it listens.
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const demo = await createDemo({ database, keys: loadKeys(folder, 1024), origin, log: () => undefined });
  await demo.server.listen({ host: '127.0.0.1', port });
  demo.start();
  return {
    origin,
    async close() {
      await demo.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function main(): Promise<void> {
  const browser = await launchChromium();
  try {
    await takeStates(browser);
    await takeShop(browser);
  } finally {
    await browser.close();
  }
}

runMain(main);
