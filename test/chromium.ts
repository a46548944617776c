import { findChromium } from '../scripts/chromium';
import { describeWhere } from './helpers/describe-where';

export { launchChromium } from '../scripts/chromium';

/** `describe` for tests that need a browser. */
export function describeInChromium(name: string, tests: () => void): void {
  describeWhere(findChromium() !== null, 'Chromium found (set CHROME_PATH)', name, tests);
}
