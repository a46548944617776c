/** Names, numbers and commands on the pages are those of the code. */
import { readInterface } from '../../../scripts/docs/source';
import { DEFAULTS, TIMING } from '../../../utils/config/config';
import { PAGES, read } from '../../helpers/markdown-files';

test('a page names only settings of timing that configure() has', () => {
  const names = PAGES.filter(page => page !== 'CHANGELOG.md').flatMap(page =>
    [...read(page).matchAll(/timing\.(\w+)/g)].map(([, name = '']) => name),
  );
  expect(names.filter(name => !(name in TIMING))).toEqual([]);
});

test('CHANGELOG names every timing setting, and no setting of today as a former one', () => {
  const log = read('CHANGELOG.md');
  expect(Object.keys(TIMING).filter(name => !log.includes(`\`timing.${name}\``))).toEqual([]);
  const gone = [...log.matchAll(/^\| `(?:timing\.)?(\w+)[^`]*` /gm)].map(([, name = '']) => name);
  expect(gone.filter(name => name in TIMING || name in DEFAULTS)).toEqual([]);
  expect(gone.length).toBeGreaterThan(8);
});

test('docs/benchmarks.md names the pause between two cashier calls of the code', () => {
  expect(read('docs/benchmarks.md')).toMatch(
    new RegExp(`pause of ${TIMING.minCallInterval} ms\\s+between two cashier calls`),
  );
});

test('SECURITY.md names every field of an order in storage', () => {
  const words: Record<string, string> = {
    ...{ tpOrderId: '`tpOrderId`', totalAmount: '`totalAmount`', dealTitle: '`dealTitle`' },
    ...{ goods: 'a hash of the goods', orderKey: '`order-key`', idempotencyKey: 'the idempotency key' },
    ...{ statusUrl: '`status-url`', owner: '`userId`', calledAt: 'the time of the latest call' },
    calls: 'what the cashier claimed of each call',
    accepted: 'whether the person agreed to pay another order',
    settled: 'whether it is settled',
    outcome: 'an outcome that no page has received yet',
    outcomeAt: 'since when it waits',
  };
  const held = readInterface('utils/payment/ledger.ts', 'LedgerOrder').map(({ name }) => name);
  expect(held.sort()).toEqual(Object.keys(words).sort());
  const text = read('SECURITY.md').replace(/\s+/g, ' ');
  expect(Object.values(words).filter(word => !text.includes(word))).toEqual([]);
});

test('every command of package.json is on a page', () => {
  const commands = Object.keys(JSON.parse(read('package.json')).scripts).map(name =>
    name === 'test' ? 'npm test' : `npm run ${name}`,
  );
  const pages = PAGES.map(read).join('\n');
  expect(commands.filter(command => !pages.includes(command))).toEqual([]);
  const usages = ['scripts/demo/demo-options.ts', 'scripts/reconcile.ts'].map(
    file => read(file).match(/Usage: (.*?) -- /)?.[1],
  );
  expect(commands).toEqual(expect.arrayContaining(usages));
});

test.each(['docs/demo.md', 'docs/demo.zh-CN.md'])('%s lists exactly the options of npm run demo', page => {
  const usage = read('scripts/demo/demo-options.ts').match(/USAGE = `([^`]*)`/)?.[1] ?? '';
  const options = [...usage.matchAll(/^ {2}(--[\w-]+)|^([A-Z_]+)=/gm)].map(
    ([, flag, name]) => flag ?? name ?? '',
  );
  expect(options.length).toBeGreaterThan(5);
  const named = [...read(page).matchAll(/^\| `([\w-]+)/gm)].map(([, option]) => option);
  expect(named.sort()).toEqual(options.sort());
});

test.each(['README.md', 'README.zh-CN.md'])('%s names the file that npm pack makes', page => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(read(page)).toContain(`npm install /path/to/swan-cashier-${version}.tgz`);
});

test.each(['README.md', 'README.zh-CN.md'])('%s has at most 120 lines', page => {
  expect(read(page).trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});
