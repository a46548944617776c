/** docs/benchmarks.md: what was measured, on which machine, when. */
import { cpus } from 'node:os';
import { TIMING } from '../../utils/config/config';
import { code, table } from '../docs/markdown';
import type { Size } from '../size/measure';
import type { PhoneResults } from './phone';
import { CONNECTIONS, type ShopResults } from './shop';
import { ratios, show, spread } from './statistics';

const milliseconds = (values: number[]): string => show(spread(values));
const percent = (ours: number[], theirs: number[]): string => {
  const { low, middle, high } = ratios(ours, theirs);
  return [middle, low, high].map(value => `${Math.round(value * 100)} %`).join(' / ');
};

function sizes(all: Record<string, Size>): string {
  return table(
    ['what', 'files', 'minified, B', 'gzip -9, B'],
    Object.entries(all).map(([name, size]) => [
      name,
      ...[size.files, size.minified, size.gzipped].map(String),
    ]),
  );
}

function tap({ tap: { hand, ours }, setData }: PhoneResults): string {
  return table(
    ['', 'tap to cashier, ms', 'setData calls', 'setData bytes'],
    [
      ['page written by hand', milliseconds(hand), String(setData.hand.calls), String(setData.hand.bytes)],
      ['pay-button', milliseconds(ours), String(setData.ours.calls), String(setData.ours.bytes)],
      ['ratio', show(ratios(ours, hand), 2), '', ''],
    ],
  );
}

const PLAIN: Record<string, string> = { 'pay-button': 'built-in button', 'order-summary': 'built-in views' };

function mount({ mount: all }: PhoneResults): string {
  const timesOf = (what: string, count: number): number[] =>
    all.find(one => one.what === what && one.count === count)?.times ?? [];
  const rows = all
    .filter(({ what }) => what in PLAIN)
    .map(({ what, count, times }) => {
      const plain = timesOf(PLAIN[what] ?? '', count);
      const unit = what === 'order-summary' ? 'lines' : 'buttons';
      return [
        `${what}, ${count} ${count === 1 ? 'button' : unit}`,
        milliseconds(times),
        milliseconds(plain),
        (spread(times).middle / spread(plain).middle).toFixed(1),
      ];
    });
  return table(['what', 'ms', 'as many built-in tags, ms', 'ratio'], rows);
}

function shop({ orders, notifications }: ShopResults): string {
  const row = (name: string, { bare, shop: ours }: ShopResults['orders']): string[] => [
    name,
    show(spread(ours), 0),
    show(spread(bare), 0),
    percent(ours, bare),
  ];
  return table(
    ['', "the demo's shop, per second", 'bare loop, per second', 'shop / bare (middle / low / high)'],
    [row('orders', orders), row('notifications', notifications)],
  );
}

interface Results {
  /** what the sizes are of -> size */
  sizes: Record<string, Size>;
  phone: PhoneResults;
  shop: ShopResults;
  chromium: string;
}

export function report(results: Results): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.version}, Chromium ${results.chromium}`;
  return `# Size and speed

Written by ${code('npm run bench')} on ${new Date().toISOString().slice(0, 10)}: ${machine}. Everything comes from one run on a
machine that had other work to do, so look at ratios first. A number is the middle of its sample; in brackets the middle half of
it begins and ends.

## Size

Whole closure (script, template, style, json, and all they name), minified, one after the other through gzip -9.

${sizes(results.sizes)}

The mini-program ones are looks alone. Google's opens Google's own sheet, through a pay.js that is not counted. None of them
creates an order, asks a backend whether it is paid, or survives a lost callback. Most of what pay-button brings is just that,
in ${code('utils/index.js')}, which both components share.

## Tap to cashier, and setData for one payment

Both pages in the same preview, against the same backend on the same machine: one request for the order, then the cashier.
The page written by hand does what Baidu's demo does, and no more. pay-button also writes its record to storage and reads
it back before the cashier opens. Its pause of ${TIMING.guard} ms between two cashier calls is off here: Android demands 1000 ms,
and a pause is not work. A page's setData is sent to the view at once, a component's is gathered for some 10 ms, which is the likely reason why the
component is not the slower one. setData is counted for one successful payment without status-url.

${tap(results.phone)}

## Mount

From the call of swan.navigateTo until the last one is in the page's DOM. Differences below about 2 ms, as
between 1 and 10 buttons, are noise.

${mount(results.phone)}

## Shop

Orders: HTTP, pricing, idempotency, INSERT, signature. Notifications: HTTP, parsing, splice defence, verification, bookkeeping
in a transaction. Another process asks, over ${CONNECTIONS} connections to 127.0.0.1 that stay open, and every answer is checked.
The bare loop runs in turns with that, in the shop's process and on its embedded PGlite, without HTTP: for an order the same
INSERT and one crypto.sign, for a notification one crypto.verify and one INSERT. 1024-bit keys.

${shop(results.shop)}
`;
}
