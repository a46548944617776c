/** Uses the page of examples/ as a user would, with any framework. The page writes a line for each event it gets. */
import type { Browser, Page } from 'playwright-core';
import { showFolder } from '../support/mini-program';
import { CASHIER, FakeShop } from './fake-shop';

/** What is checked; projects.ts lists the checks that a framework is known to fail. */
export const CHECKS = [
  'label',
  'slot of pay-button',
  'slots of order-summary',
  'class',
  'dark mode',
  'orderfail',
  'orderload',
  'statuschange',
  'orderexpire',
  'ordercopy',
  'paytap',
  'ordercreated',
  'statechange',
  'paycancel',
  'payfail',
  'paysuccess',
  'paypending',
  'paycomplete',
  'phases',
  'pay() by code',
  'console',
] as const;
export type Check = (typeof CHECKS)[number];

/** '' for a check that passes, else what was seen instead. */
export type Results = Record<Check, string>;

const TIMEOUT = 10_000;
/** ms after a success that nothing is accepted on its page */
const GUARD = 3200;

const button = (id: string): string => `#${id} .pay-button__pay-button`;

declare global {
  interface Window {
    cashierAnswers: object[];
  }
}

/** @param appDir what the framework's compiler wrote */
export async function runScenario(browser: Browser, appDir: string): Promise<Results> {
  const shop = new FakeShop();
  const shown = await showFolder(appDir, app => shop.addTo(app), CASHIER);
  const context = await browser.newContext({
    viewport: { width: 375, height: 1200 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const results = Object.fromEntries(CHECKS.map(check => [check, 'not reached'])) as Results;
  const check = async (name: Check, seen: () => Promise<string>): Promise<void> => {
    results[name] = await seen().catch((error: Error) => error.message.split('\n')[0] ?? 'failed');
  };
  try {
    await page.goto(`${shown.origin}/`);
    await page.locator(button('buy')).waitFor();
    await checkPage(page, shop, check);
    await payWithButton(page, shop, check);
    await payByCode(page, check);
    await returnLater(page, shop, check);
  } catch (error) {
    errors.unshift(String(error));
  } finally {
    await context.close();
    await shown.close();
  }
  // One request is answered 503, and uni-app's css asks for a picture on the network.
  results.console = errors.filter(text => !/Failed to load resource/.test(text)).join(' | ');
  return results;
}

type RunCheck = (check: Check, seen: () => Promise<string>) => Promise<void>;

const lines = (page: Page): Promise<string[]> =>
  page.$$eval('.news', elements => elements.map(({ textContent }) => (textContent ?? '').trim()));

/** Waits for a line that begins so. */
async function waitForLine(page: Page, start: string): Promise<string> {
  const deadline = Date.now() + TIMEOUT;
  while (Date.now() < deadline) {
    if ((await lines(page)).some(line => line.startsWith(start))) return '';
    await page.waitForTimeout(100);
  }
  return `no ${start}`;
}

const expectText = (text: string, wanted: string): string =>
  text === wanted ? '' : `${JSON.stringify(text)}, not ${JSON.stringify(wanted)}`;

async function visibleText(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).innerText()).trim();
}

const style = (page: Page, selector: string, property: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

async function checkPage(page: Page, shop: FakeShop, check: RunCheck): Promise<void> {
  await check('orderfail', () => waitForLine(page, 'orderfail'));
  shop.isDown = false;
  await page.locator('.order-summary__order-retry').click();
  await check('orderload', () => waitForLine(page, 'orderload'));
  await check('label', async () => expectText(await visibleText(page, button('buy')), '立即支付 ¥6.80'));
  await check('slot of pay-button', async () =>
    expectText(await visibleText(page, button('gift')), 'Give a cup'),
  );
  await check('slots of order-summary', async () => {
    const text = await visibleText(page, '#summary');
    const wanted = ['Pick up at the counter', 'Add a note', 'No refunds on hot tea'];
    const missing = wanted.filter(part => !text.includes(part));
    return missing.length ? `without ${missing.join(', ')}` : '';
  });
  await check('class', async () => {
    const spacing = await style(page, '#gift .pay-button__label-class, #gift .gift-label', 'letter-spacing');
    return expectText(`${Math.round(parseFloat(spacing))}px`, '2px');
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  await check('dark mode', async () =>
    expectText(await style(page, '.order-summary__order-card', 'background-color'), 'rgb(29, 31, 35)'),
  );
  await page.emulateMedia({ colorScheme: 'light' });
}

const answerNext = (page: Page, failure: object): Promise<number> =>
  page.evaluate(answer => window.cashierAnswers.push(answer), failure);

async function payWithButton(page: Page, shop: FakeShop, check: RunCheck): Promise<void> {
  await answerNext(page, { errCode: 2, errMsg: '取消' });
  await page.locator(button('buy')).click();
  await check('paytap', () => waitForLine(page, 'paytap'));
  await check('ordercreated', () => waitForLine(page, 'ordercreated'));
  await check('paycancel', () => waitForLine(page, 'paycancel'));
  await check('paycomplete', () => waitForLine(page, 'paycomplete'));
  await check('statechange', () => waitForLine(page, 'statechange'));

  await answerNext(page, { errCode: 5, errMsg: 'login' });
  await page.locator(button('buy')).click();
  await check('payfail', () => waitForLine(page, 'payfail not-logged-in'));

  shop.status = 'paid';
  await page.locator(button('buy')).click();
  await check('paysuccess', () => waitForLine(page, 'paysuccess T1'));
  await check('statuschange', () => waitForLine(page, 'statuschange paid'));
  await check('phases', async () => {
    const seen = (await lines(page))
      .filter(line => line.startsWith('statechange '))
      .map(line => line.slice(12));
    const missing = ['ordering', 'paying', 'idle', 'paid'].filter(phase => !seen.includes(phase));
    const label = expectText(await visibleText(page, button('buy')), '已支付');
    return missing.length ? `without ${missing.join(', ')}` : label;
  });
  await page.waitForTimeout(GUARD);
}

async function payByCode(page: Page, check: RunCheck): Promise<void> {
  await page.locator('.code').click();
  await check('pay() by code', () => waitForLine(page, 'by code: success'));
}

/** The time to pay is over soon, and the cashier does not know how a payment ended. */
async function returnLater(page: Page, shop: FakeShop, check: RunCheck): Promise<void> {
  Object.assign(shop, { status: 'unpaid', timeToPay: 1500 });
  // A new mini-program: the storage of the last one holds an order that may be paid.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await check('orderexpire', () => waitForLine(page, 'orderexpire'));
  await page.locator('.order-summary__order-number').click();
  await check('ordercopy', () => waitForLine(page, 'ordercopy'));
  await answerNext(page, { errCode: 1, errMsg: 'paying' });
  await page.locator(button('gift')).click();
  await check('paypending', () => waitForLine(page, 'paypending'));
}
