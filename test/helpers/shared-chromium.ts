import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../scripts/support/chromium';
import { describeIf } from './describe-if';
import { shared } from './shared-resources';

/** The browser of the run. Closing it closes what was opened by this call, and leaves it to the others. */
export async function connectToChromium(): Promise<Browser> {
  return chromium.connect(await shared('chromium'));
}

/** `describe` for tests that need a browser. */
export function describeInChromium(name: string, tests: () => void): void {
  describeIf(findChromium() !== null, 'Chromium found (set CHROME_PATH)', name, tests);
}
