/** What happens on the phone, measured in the preview: tap to cashier, setData for one payment, mounting. */
import type { Page } from 'playwright-core';
import { launchChromium } from '../chromium';
import { MANY, openPhoneApp, routeOf, type Many } from './phone-app';
import { inTurns } from './statistics';

declare global {
  interface Window {
    cashierCalled?: (at: number) => void;
    cashierSucceeds?: boolean;
  }
}

const HAND = { route: 'pages/hand/page', button: '#tap' };
const OURS = { route: 'pages/button/page', button: '.pay-button__pay-button' };
type Subject = typeof HAND;

export interface PhoneResults {
  /** ms from a tap to the call of the cashier, one for each round */
  tap: { hand: number[]; ours: number[] };
  /** one successful payment */
  setData: { hand: SetData; ours: SetData };
  /** ms until as many are there, by what and how many */
  mount: { what: Many; count: number; times: number[] }[];
}

interface SetData {
  calls: number;
  bytes: number;
}

const ROUNDS = 40;
const MOUNT_ROUNDS = 7;
const COUNTS: Record<Many, number[]> = {
  'pay-button': [1, 10, 100],
  'built-in button': [1, 10, 100],
  'order-summary': [10, 100, 1000],
  'built-in views': [10, 100, 1000],
};

export async function measurePhone(): Promise<PhoneResults> {
  const [browser, app] = await Promise.all([launchChromium(), openPhoneApp()]);
  const open = async (route: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 375, height: 812 } })).newPage();
    await page.goto(`${app.origin}/#/${route}`);
    return page;
  };
  try {
    const pages = [await open(HAND.route), await open(OURS.route)];
    const tapOn =
      (at: number, { button }: Subject) =>
      () =>
        tapToCashier(pages[at] as Page, button);
    const [hand = [], ours = []] = await inTurns(ROUNDS, [tapOn(0, HAND), tapOn(1, OURS)]);
    const setData = {
      hand: await setDataOf(await open(HAND.route), HAND),
      ours: await setDataOf(await open(OURS.route), OURS),
    };
    const start = await open('pages/index/page');
    await start.getByText('bench').waitFor();
    const mount: PhoneResults['mount'] = [];
    for (const what of Object.keys(MANY) as Many[]) {
      for (const count of COUNTS[what]) {
        const [times = []] = await inTurns(MOUNT_ROUNDS, [() => timeToMount(start, what, count)]);
        mount.push({ what, count, times });
      }
    }
    return { tap: { hand, ours }, setData, mount };
  } finally {
    await browser.close();
    await app.close();
  }
}

async function tapToCashier(page: Page, button: string): Promise<number> {
  const element = page.locator(button);
  await element.waitFor();
  const time = await element.evaluate(
    target =>
      new Promise<number>((done, fail) => {
        setTimeout(() => fail(new Error('the cashier was not called within 5 s')), 5000);
        const start = performance.now();
        window.cashierCalled = at => done(at - start);
        const detail = { clientX: 0, clientY: 0 };
        target.dispatchEvent(new CustomEvent('tap', { bubbles: true, detail }));
      }),
  );
  // Until the cancel that follows has been told and shown.
  await page.waitForTimeout(60);
  return time;
}

async function setDataOf(page: Page, { button }: Subject): Promise<SetData> {
  await page.locator(button).waitFor();
  const count = (): Promise<SetData> =>
    page.evaluate(() => {
      const logs = Object.values(window.preview?.setDataLog ?? {});
      return {
        calls: logs.reduce((sum, { calls }) => sum + calls, 0),
        bytes: logs.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    });
  await page.evaluate(() => void (window.cashierSucceeds = true));
  await page.waitForTimeout(200);
  const before = await count();
  await tapToCashier(page, button);
  await page.waitForTimeout(500);
  const after = await count();
  return { calls: after.calls - before.calls, bytes: after.bytes - before.bytes };
}

/** Elements that one of them shows at least, to tell when the last one is there. */
const MARKS: Record<Many, string> = {
  'pay-button': '.pay-button__pay-label',
  'built-in button': 'swan-button',
  'order-summary': '.order-summary__order-line',
  'built-in views': 'swan-view > swan-view:last-child',
};

async function timeToMount(page: Page, what: Many, count: number): Promise<number> {
  const time = await page.evaluate(
    ({ url, mark, count: wanted }) =>
      new Promise<number>((done, fail) => {
        setTimeout(() => fail(new Error(`${url} did not show ${wanted} of ${mark} within 20 s`)), 20000);
        const start = performance.now();
        const observer = new MutationObserver(() => {
          if (document.querySelectorAll(mark).length < wanted) return;
          observer.disconnect();
          done(performance.now() - start);
        });
        observer.observe(document.body, { childList: true, subtree: true });
        (window.preview?.page() as { go(url: string): void }).go(url);
      }),
    { url: `/${routeOf(what)}?count=${count}`, mark: MARKS[what], count },
  );
  await page.waitForTimeout(50);
  await page.evaluate(() => window.preview?.back());
  await page.waitForFunction(mark => !document.querySelector(mark), MARKS[what]);
  return time;
}
