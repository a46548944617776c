/** What happens on the phone, measured in the preview: tap to request, reply to cashier, setData, mounting. */
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { MANY, openPhoneApp, routeOf, type Many } from './phone-app';
import { interleave } from './statistics';

declare global {
  interface Window {
    cashierCalled?: (at: number) => void;
    cashierSucceeds?: boolean;
  }
}

const BY_HAND = { route: 'pages/hand/page', button: '#tap' };
const OURS = { route: 'pages/button/page', button: '.pay-button__pay-button' };
type Subject = typeof BY_HAND;

/** ms */
export interface Tap {
  /** from the tap until swan.request is called */
  tapToRequest: number;
  /** from the answer's arrival until the cashier is called */
  replyToCashier: number;
}

export interface PhoneResults {
  /** one for each round, of a page that was tapped before, and of one that was just opened */
  warm: { hand: Tap[]; ours: Tap[] };
  first: { hand: Tap[]; ours: Tap[] };
  /** one successful payment */
  setData: { hand: SetData; ours: SetData };
  /** ms until as many are there, by what and how many */
  mount: { what: Many; count: number; times: number[] }[];
}

interface SetData {
  calls: number;
  bytes: number;
}

const ROUNDS = 100;
export const WARM_UP = 20;
const FIRST_ROUNDS = 15;
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
    const context = await browser.newContext({ viewport: { width: 375, height: 812 } });
    await isolate(context, app.origin);
    const page = await context.newPage();
    await page.goto(`${app.origin}/#/${route}`);
    return page;
  };
  const firstTapOn = (subject: Subject) => async (): Promise<Tap> => {
    const page = await open(subject.route);
    const tap = await tapOn(page, subject);
    await page.context().close();
    return tap;
  };
  try {
    const pages: [Page, Page] = [await open(BY_HAND.route), await open(OURS.route)];
    const [hand = [], ours = []] = await interleave(
      ROUNDS,
      [
        async () => tapOn(await chooseOther(pages[0]), BY_HAND),
        async () => tapOn(await chooseOther(pages[1]), OURS),
      ],
      WARM_UP,
    );
    const warm = { hand, ours };
    const [firstHand = [], firstOurs = []] = await interleave(FIRST_ROUNDS, [
      firstTapOn(BY_HAND),
      firstTapOn(OURS),
    ]);
    const first = { hand: firstHand, ours: firstOurs };
    const setData = {
      hand: await setDataOf(await open(BY_HAND.route), BY_HAND),
      ours: await setDataOf(await open(OURS.route), OURS),
    };
    const start = await open('pages/index/page');
    await start.getByText('bench').waitFor();
    const mount: PhoneResults['mount'] = [];
    for (const what of Object.keys(MANY) as Many[]) {
      for (const count of COUNTS[what]) {
        const [times = []] = await interleave(MOUNT_ROUNDS, [() => timeToMount(start, what, count)]);
        mount.push({ what, count, times });
      }
    }
    return { warm, first, setData, mount };
  } finally {
    await browser.close();
    await app.close();
  }
}

/** Chromium's clock has steps of 5 µs for a page that is isolated, and of 100 µs for any other. */
async function isolate(context: BrowserContext, origin: string): Promise<void> {
  await context.route(`${origin}/`, async route => {
    const response = await route.fetch();
    const isolation = {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    await route.fulfill({ response, headers: { ...response.headers(), ...isolation } });
  });
}

/** An order is asked for once: the next tap is about goods that were not bought before. */
async function chooseOther(page: Page): Promise<Page> {
  await page.evaluate(() => {
    const own = window.preview?.page() as { setData(changes: object): void };
    own.setData({ cart: { sku: `tea ${performance.now()}` } });
  });
  return page;
}

async function tapOn(page: Page, { button }: Subject): Promise<Tap> {
  const element = page.locator(button);
  await element.waitFor();
  // Until what came before is shown.
  await page.waitForTimeout(60);
  return element.evaluate(
    target =>
      new Promise<Tap>((done, fail) => {
        if (!window.crossOriginIsolated) throw new Error('the clock is too coarse');
        setTimeout(() => fail(new Error('the cashier was not called within 5 s')), 5000);
        type Request = (options: { success(answer: unknown): void }) => unknown;
        const swan = window.preview?.swan as { request: Request };
        const { request } = swan;
        let requested = NaN;
        let replied = NaN;
        swan.request = options => {
          requested = performance.now();
          return request({
            ...options,
            success(answer) {
              replied = performance.now();
              options.success(answer);
            },
          });
        };
        window.cashierCalled = at => {
          swan.request = request;
          done({ tapToRequest: requested - start, replyToCashier: at - replied });
        };
        const detail = { clientX: 0, clientY: 0 };
        const tap = new CustomEvent('tap', { bubbles: true, detail });
        const start = performance.now();
        target.dispatchEvent(tap);
      }),
  );
}

async function setDataOf(page: Page, subject: Subject): Promise<SetData> {
  await page.locator(subject.button).waitFor();
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
  await tapOn(page, subject);
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
