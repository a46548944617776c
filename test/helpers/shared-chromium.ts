import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/support/chromium';
import { shared, describeIf } from './shared-resources';

/** The browser of the run. Closing it closes what was opened by this call, and leaves it to the others. */
export async function connectToChromium(): Promise<Browser> {
  return chromium.connect(await shared('chromium'));
}

/** `describe` for tests that need a browser. */
export function describeInChromium(name: string, tests: () => void): void {
  describeIf(findChromium() !== null, 'Chromium found (set CHROME_PATH)', name, tests);
}

/**
 * Makes a page as good as a new one, which costs twice as much: nothing of the app runs, and its storage is empty.
 *
 * @param url any file of the app's server that is not the app
 */
export async function emptyPage(page: Page, url: string): Promise<void> {
  // The app has ended before its storage is emptied, so it does not write once more.
  await page.goto(url);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}
