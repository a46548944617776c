/** A person who uses the page of examples/, whatever compiled it. The page writes a line for each event it was told. */
import type { Browser, Page } from 'playwright-core';
import { showFolder } from '../mini-program';
import { CASHIER, Shop } from './shop';

/** What is looked at; a framework that does not deliver one of them says so in its project. */
export const CHECKS = [
  ...['label', 'slot of pay-button', 'slots of order-summary', 'class', 'dark mode'],
  ...['orderfail', 'orderload', 'statuschange', 'orderexpire', 'ordercopy'],
  ...[
    'paytap',
    'ordercreated',
    'statechange',
    'paycancel',
    'payfail',
    'paysuccess',
    'paypending',
    'paycomplete',
  ],
  ...['phases', 'pay() by code', 'console'],
] as const;
export type Check = (typeof CHECKS)[number];

/** '' where it is as it should be, else what was seen instead. */
export type Results = Record<Check, string>;

const PATIENCE = 10_000;
/** ms after a success that nothing is accepted on its page */
const GUARD = 3200;

const button = (id: string): string => `#${id} .pay-button__pay-button`;

declare global {
  interface Window {
    cashierAnswers: object[];
  }
}

/** @param appDir what the framework's compiler wrote */
export async function runStory(browser: Browser, appDir: string): Promise<Results> {
  const shop = new Shop();
  const shown = await showFolder(appDir, app => shop.addTo(app), CASHIER);
  const context = await browser.newContext({
    viewport: { width: 375, height: 1200 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const results = Object.fromEntries(CHECKS.map(check => [check, 'not reached'])) as Results;
  const look = async (check: Check, seen: () => Promise<string>): Promise<void> => {
    results[check] = await seen().catch((error: Error) => error.message.split('\n')[0] ?? 'failed');
  };
  try {
    await page.goto(`${shown.origin}/`);
    await page.locator(button('buy')).waitFor();
    await lookAtPage(page, shop, look);
    await payWithButton(page, shop, look);
    await payByCode(page, look);
    await visitAgain(page, shop, look);
  } catch (error) {
    complaints.unshift(String(error));
  } finally {
    await context.close();
    await shown.close();
  }
  // One request is answered 503, and uni-app's css asks for a picture on the network.
  results.console = complaints.filter(text => !/Failed to load resource/.test(text)).join(' | ');
  return results;
}

type Look = (check: Check, seen: () => Promise<string>) => Promise<void>;

const lines = (page: Page): Promise<string[]> =>
  page.$$eval('.news', elements => elements.map(({ textContent }) => (textContent ?? '').trim()));

/** Waits for a line that begins so. */
async function told(page: Page, start: string): Promise<string> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    if ((await lines(page)).some(line => line.startsWith(start))) return '';
    await page.waitForTimeout(100);
  }
  return `no ${start}`;
}

const expected = (what: string, wanted: string): string =>
  what === wanted ? '' : `${JSON.stringify(what)}, not ${JSON.stringify(wanted)}`;

async function visibleText(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).innerText()).trim();
}

const style = (page: Page, selector: string, property: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

async function lookAtPage(page: Page, shop: Shop, look: Look): Promise<void> {
  await look('orderfail', () => told(page, 'orderfail'));
  shop.isDown = false;
  await page.locator('.order-summary__order-retry').click();
  await look('orderload', () => told(page, 'orderload'));
  await look('label', async () => expected(await visibleText(page, button('buy')), '立即支付 ¥6.80'));
  await look('slot of pay-button', async () =>
    expected(await visibleText(page, button('gift')), 'Give a cup'),
  );
  await look('slots of order-summary', async () => {
    const text = await visibleText(page, '#summary');
    const wanted = ['Pick up at the counter', 'Add a note', 'No refunds on hot tea'];
    const missing = wanted.filter(part => !text.includes(part));
    return missing.length ? `without ${missing.join(', ')}` : '';
  });
  await look('class', async () => {
    const spacing = await style(page, '#gift .pay-button__label-class, #gift .gift-label', 'letter-spacing');
    return expected(`${Math.round(parseFloat(spacing))}px`, '2px');
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('dark mode', async () =>
    expected(await style(page, '.order-summary__order-card', 'background-color'), 'rgb(29, 31, 35)'),
  );
  await page.emulateMedia({ colorScheme: 'light' });
}

const answerNext = (page: Page, failure: object): Promise<number> =>
  page.evaluate(answer => window.cashierAnswers.push(answer), failure);

async function payWithButton(page: Page, shop: Shop, look: Look): Promise<void> {
  await answerNext(page, { errCode: 2, errMsg: '取消' });
  await page.locator(button('buy')).click();
  await look('paytap', () => told(page, 'paytap'));
  await look('ordercreated', () => told(page, 'ordercreated'));
  await look('paycancel', () => told(page, 'paycancel'));
  await look('paycomplete', () => told(page, 'paycomplete'));
  await look('statechange', () => told(page, 'statechange'));

  await answerNext(page, { errCode: 5, errMsg: 'login' });
  await page.locator(button('buy')).click();
  await look('payfail', () => told(page, 'payfail not-logged-in'));

  shop.status = 'paid';
  await page.locator(button('buy')).click();
  await look('paysuccess', () => told(page, 'paysuccess T1'));
  await look('statuschange', () => told(page, 'statuschange paid'));
  await look('phases', async () => {
    const seen = (await lines(page))
      .filter(line => line.startsWith('statechange '))
      .map(line => line.slice(12));
    const missing = ['ordering', 'paying', 'idle', 'paid'].filter(phase => !seen.includes(phase));
    const label = expected(await visibleText(page, button('buy')), '已支付');
    return missing.length ? `without ${missing.join(', ')}` : label;
  });
  await page.waitForTimeout(GUARD);
}

async function payByCode(page: Page, look: Look): Promise<void> {
  await page.locator('.code').click();
  await look('pay() by code', () => told(page, 'by code: success'));
}

/** The time to pay is over soon, and the cashier does not know how a payment ended. */
async function visitAgain(page: Page, shop: Shop, look: Look): Promise<void> {
  Object.assign(shop, { status: 'unpaid', timeToPay: 1500 });
  // A new mini-program: the storage of the last one holds an order that may be paid.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await look('orderexpire', () => told(page, 'orderexpire'));
  await page.locator('.order-summary__order-number').click();
  await look('ordercopy', () => told(page, 'ordercopy'));
  await answerNext(page, { errCode: 1, errMsg: 'paying' });
  await page.locator(button('gift')).click();
  await look('paypending', () => told(page, 'paypending'));
}
