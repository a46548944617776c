/** `npm run bench`: measures everything in one run and writes docs/benchmarks.md. Needs `npm run build` and a Chromium. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { launchChromium } from '../support/chromium';
import { measureOthers, measureOurs } from '../size/measure-size';
import { measurePhone } from './phone';
import { report } from './report';
import { measureShop } from './shop';

const FILE = 'docs/benchmarks.md';

async function chromiumVersion(): Promise<string> {
  const browser = await launchChromium();
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}

async function main(): Promise<void> {
  const sizes = { ...(await measureOurs()), ...(await measureOthers()) };
  const phone = await measurePhone();
  const shop = await measureShop();
  const text = report({ sizes, phone, shop, chromium: await chromiumVersion() });
  writeFileSync(
    FILE,
    await format(text, { ...(await resolveConfig(FILE)), filepath: FILE, proseWrap: 'always' }),
  );
  console.log(text);
}

main().then(
  () => process.exit(0),
  error => {
    console.error(String(Object(error).message));
    process.exit(1);
  },
);
