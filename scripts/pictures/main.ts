/** `npm run pictures`: takes the pictures of every state of both components anew. Needs `npm run build` and a Chromium. */
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../chromium';
import { openStates, SUMMARIES, TAPS } from './states';

const FOLDER = resolve(__dirname, '../../docs/pictures');
/** When the orders of the pictures were made, so that the time left is the same in every picture. */
const NOW = 1795424400000;

async function newPage(browser: Browser, width: number, height: number, scale = 1.5): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  return context.newPage();
}

/** A tap brings each button into its phase. */
async function takeButtons(browser: Browser, origin: string): Promise<void> {
  const page = await newPage(browser, 375, 1040);
  await page.goto(`${origin}/#/pages/buttons/buttons`);
  for (const key of TAPS) {
    await page.locator(`#${key} .pay-button__pay-button`).click();
    await page.waitForTimeout(300);
  }
  await page.waitForTimeout(500);
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
  const page = await newPage(browser, 900, 600, 1);
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 12px 16px; background: #f5f6fa; columns: 3; column-gap: 16px; }
    figure { margin: 0 0 14px; break-inside: avoid; }
    figcaption { margin-bottom: 4px; color: #5c6066; font: 13px sans-serif; }
    img { width: 100%; display: block; border-radius: 8px; }
  </style>${figures.join('')}`);
  await page.locator('body').screenshot({ path: join(FOLDER, 'order-summary-states.png') });
  await page.context().close();
}

async function main(): Promise<void> {
  const [browser, states] = await Promise.all([launchChromium(), openStates()]);
  try {
    await takeButtons(browser, states.origin);
    await takeSummaries(browser, states.origin);
  } finally {
    await browser.close();
    await states.close();
  }
}

main().catch(error => {
  console.error(String(Object(error).message));
  process.exitCode = 1;
});
