/** What is measured: the built package, and what others ship for a button. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { closureOf } from './closure';
import { measure, type Size } from './measure';

const DIST = resolve(__dirname, '../../dist');

/** What `npm run size` measures and a test holds against budgets.json. */
const OURS: Record<string, string[]> = {
  'pay-button': ['pay-button/pay-button'],
  'order-summary': ['order-summary/order-summary'],
  'pay-button + order-summary': ['pay-button/pay-button', 'order-summary/order-summary', 'theme.css'],
};

export async function measureOurs(): Promise<Record<string, Size>> {
  const sizes: Record<string, Size> = {};
  for (const [name, entries] of Object.entries(OURS)) {
    sizes[name] = await measure(closureOf(entries.map(entry => join(DIST, entry))));
  }
  return sizes;
}

const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${name} ${version}`;
}

/** Other people's buttons, installed here for this comparison alone. None of them creates or confirms an order. */
export async function measureOthers(): Promise<Record<string, Size>> {
  const vant = join(folderOf('@vant/weapp'), 'dist');
  const tdesign = join(folderOf('tdesign-miniprogram'), 'miniprogram_dist');
  const google = folderOf('@google-pay/button-element');
  const tslib = { tslib: join(folderOf('tslib'), 'tslib.js') };
  return {
    [`${versionOf('@vant/weapp')} button`]: await measure(closureOf([join(vant, 'button/index')])),
    [`${versionOf('@vant/weapp')} submit-bar`]: await measure(closureOf([join(vant, 'submit-bar/index')])),
    [`${versionOf('tdesign-miniprogram')} button`]: await measure(
      closureOf([join(tdesign, 'button/button')], tslib),
    ),
    [`${versionOf('@google-pay/button-element')} (without pay.js)`]: await measure([
      join(google, 'dist/index.min.js'),
    ]),
  };
}
