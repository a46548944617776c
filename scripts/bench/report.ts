/** docs/benchmarks.md: what was measured, on which machine, when. */
import { cpus } from 'node:os';
import { TIMING } from '../../utils/config/config';
import { code, table } from '../docs/markdown';
import budgets from '../size/budgets.json';
import type { Size } from '../size/measure-size';
import { type PhoneResults, type Tap, WARM_UP } from './phone';
import { CONNECTIONS, type ShopResults } from './shop';
import { ratios, formatSpread, spread } from './statistics';

const milliseconds = (values: number[], digits = 1): string => formatSpread(spread(values), digits);
const percent = (ours: number[], theirs: number[]): string => {
  const { low, middle, high } = ratios(ours, theirs);
  return [middle, low, high].map(value => `${Math.round(value * 100)} %`).join(' / ');
};

function sizesSection(all: Record<string, Size>): string {
  return table(
    ['what', 'files', 'minified, B', 'gzip -9, B'],
    Object.entries(all).map(([name, size]) => [
      name,
      ...[size.files, size.minified, size.gzipped].map(String),
    ]),
  );
}

function goalSentence(sizes: Record<string, Size>): string {
  const words = Object.entries(budgets).flatMap(([name, budget]) => {
    if (!('goal' in budget)) return [];
    const isReached = (sizes[name]?.gzipped ?? Infinity) <= budget.goal;
    return [`${budget.goal} B for ${name} (${isReached ? 'reached' : 'not reached'})`];
  });
  return `The goals are ${words.join(', and ')}.`;
}

/** How many times the page written by hand a tap may take to its request, and how many ms more a reply to the cashier. */
const TAP_LIMIT = 1.1;
const REPLY_LIMIT = 0.5;

/** ms from a tap to its handler in Swan's own runtime (swan-app 3.50.9 on a desktop), of a page and a component alike. */
const SWAN_TAP = { warm: 1.2, first: 3.2 };

type Key = keyof Tap;
type Taps = PhoneResults['warm'];

const timesOf = (taps: Tap[], key: Key): number[] => taps.map(tap => tap[key]);
const middleOf = (taps: Tap[], key: Key): number => spread(timesOf(taps, key)).middle;
const difference = ({ hand, ours }: Taps, key: Key): number => middleOf(ours, key) - middleOf(hand, key);
const ratio = ({ hand, ours }: Taps, key: Key, shared = 0): number =>
  (shared + middleOf(ours, key)) / (shared + middleOf(hand, key));

function verdictSection({ warm }: PhoneResults): string {
  const held = (isHeld: boolean): string => (isHeld ? 'held' : 'not held');
  const tap = ratio(warm, 'tapToRequest', SWAN_TAP.warm);
  const reply = difference(warm, 'replyToCashier');
  return `In this run, warm: ${tap.toFixed(2)} times (${held(tap <= TAP_LIMIT)}), ${reply.toFixed(2)} ms more (${held(reply <= REPLY_LIMIT)}).`;
}

function tapsSection({ warm, first }: PhoneResults): string {
  const row = (name: string, both: Taps, key: Key, shared?: number): string[] => [
    name,
    milliseconds(timesOf(both.hand, key), 2),
    milliseconds(timesOf(both.ours, key), 2),
    difference(both, key).toFixed(2),
    ratio(both, key).toFixed(2),
    shared ? ratio(both, key, shared).toFixed(2) : '',
  ];
  return table(
    ['', 'by hand, ms', 'pay-button, ms', 'difference, ms', 'ratio', "ratio with Swan's way to the handler"],
    [
      row('tap to request', warm, 'tapToRequest', SWAN_TAP.warm),
      row('tap to request, first tap', first, 'tapToRequest', SWAN_TAP.first),
      row('reply to cashier', warm, 'replyToCashier'),
      row('reply to cashier, first tap', first, 'replyToCashier'),
    ],
  );
}

function setDataSection({ setData: { hand, ours } }: PhoneResults): string {
  return table(
    ['', 'setData calls', 'setData bytes'],
    [
      ['page written by hand', String(hand.calls), String(hand.bytes)],
      ['pay-button', String(ours.calls), String(ours.bytes)],
    ],
  );
}

const PLAIN: Record<string, string> = { 'pay-button': 'built-in button', 'order-summary': 'built-in views' };

function mountSection({ mount: all }: PhoneResults): string {
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

function shopSection({ orders, notifications }: ShopResults): string {
  const row = (name: string, { bare, shop: ours }: ShopResults['orders']): string[] => [
    name,
    formatSpread(spread(ours), 0),
    formatSpread(spread(bare), 0),
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

${sizesSection(results.sizes)}

The mini-program ones are looks alone. Google's opens Google's own sheet, through a pay.js that is not counted. None of them
creates an order, asks a backend whether it is paid, or survives a lost callback. Most of what pay-button brings is just that,
in ${code('utils/index.js')}, which both components share.

${goalSentence(results.sizes)} ${code('scripts/size/budgets.json')} keeps both from growing unnoticed.

## Tap to request, reply to cashier, and setData for one payment

Both pages in the same preview, tapped in turns, against the same backend on the same machine: from the tap until swan.request is
called, and from its answer until the cashier is. Warm is a page that was tapped ${WARM_UP} times before, first is one that was just
opened. The page written by hand does what a careful one does: it takes one tap at a time, shows that it is at work, asks for
the order and calls the cashier. pay-button also looks for payments whose result is not known, and writes its ledger to storage
and reads it back before the cashier opens. Its pause of ${TIMING.minCallInterval} ms between two cashier calls is off here: Android
demands 1000 ms, and a pause is not work.

In the preview a tap reaches its handler at once. In Swan's own runtime it first goes from the view to the script, which takes
a page and a component the same ${SWAN_TAP.warm} ms (${SWAN_TAP.first} ms the first time; swan-app 3.50.9 on a desktop): the last column adds
them to both. What is to be held is that ratio, at most ${TAP_LIMIT.toFixed(2)}, and a reply at most ${REPLY_LIMIT} ms later at the cashier.
${verdictSection(results.phone)}

${tapsSection(results.phone)}

setData is counted for one successful payment without status-url.

${setDataSection(results.phone)}

## Mount

From the call of swan.navigateTo until the last one is in the page's DOM. Differences below about 2 ms, as
between 1 and 10 buttons, are noise.

${mountSection(results.phone)}

## Shop

Orders: HTTP, pricing, idempotency, INSERT, signature. Notifications: HTTP, parsing, splice defence, verification, bookkeeping
in a transaction. Another process asks, over ${CONNECTIONS} connections to 127.0.0.1 that stay open, and every answer is checked.
The bare loop runs in turns with that, in the shop's process and on its embedded PGlite, without HTTP: for an order the same
INSERT and one crypto.sign, for a notification one crypto.verify and one INSERT. 1024-bit keys.

${shopSection(results.shop)}
`;
}
