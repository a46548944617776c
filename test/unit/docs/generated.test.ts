/** `npm run docs`: what it writes is what is in the repository, how it writes a table, and what it refuses. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, languageOf, places } from '../../../scripts/docs/generate';
import { fillTables, table } from '../../../scripts/docs/markdown';
import { WORDS } from '../../../scripts/docs/phrases.zh-CN';
import { fillCodes } from '../../../scripts/docs/signature-codes';
import { TABLE_NAMES, tableOf } from '../../../scripts/docs/tables';
import { configure } from '../../../utils/config/configure';
import { read } from '../../helpers/markdown-files';

/** Prettier lays tables out in columns; only the words count here. */
const words = (text: string): string =>
  text
    .replace(/ +/g, ' ')
    .replace(/-{3,}/g, '---')
    .replace(/\n{2,}/g, '\n');

test.each(Object.entries(generate()))('%s equals what npm run docs writes', (file, text) => {
  expect(words(read(file))).toBe(words(text));
});

/** Every table of every page, in its order; the Chinese page has the same. */
const TABLES: Record<string, string[]> = {
  'components/pay-button/README.md': [
    'pay-button properties',
    'pay-button events',
    'pay-button details',
    'fail reasons',
    'PayInput',
    'pay-button parts',
  ],
  'components/order-summary/README.md': [
    'OrderView',
    'OrderLine',
    'OrderCharge',
    'OrderDetail',
    'order-summary properties',
    'order-summary events',
    'order-summary details',
    'OrderMismatch',
    'order-summary parts',
  ],
  'docs/configuration.md': ['configure', 'timing', 'messages'],
  'docs/theme.md': ['custom properties'],
};

test('each page has its tables in English and in Chinese', () => {
  const wanted = Object.entries(TABLES).flatMap(([page, tables]) => [
    [page, tables],
    [page.replace(/\.md$/, '.zh-CN.md'), tables],
  ]);
  expect(places()).toEqual(Object.fromEntries(wanted));
});

test.each(['en', 'zh-CN'] as const)('every table is on a page and has no empty cell in %s', language => {
  const shown = Object.entries(places())
    .filter(([file]) => languageOf(file) === language)
    .flatMap(([, tables]) => tables);
  expect(TABLE_NAMES.filter(name => !shown.includes(name))).toEqual([]);
  expect(TABLE_NAMES.filter(name => /\| *\|/.test(tableOf(name, language)))).toEqual([]);
});

test('every Chinese phrase is used in a table', () => {
  const chinese = TABLE_NAMES.map(name => tableOf(name, 'zh-CN'))
    .join('\n')
    .replace(/\\\|/g, '|');
  expect(Object.entries(WORDS).filter(([, text]) => !chinese.includes(text))).toEqual([]);
});

test('the tables list the defaults of the code when configure() was called before', () => {
  const written = (): string[] => ['configure', 'timing', 'messages'].map(name => tableOf(name, 'en'));
  const before = written();
  configure({ baseUrl: 'https://shop.example', timing: { statusTimeout: 1 }, messages: { idle: 'Go' } });
  const after = written();
  configure({ baseUrl: undefined, timing: undefined, messages: undefined });
  expect(after).toEqual(before);
  expect(before.join()).toContain('| `statusTimeout` | `3000` |');
});

test('npm run docs names the page when it is missing', () => {
  const here = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-docs-'));
  for (const name of ['components', 'utils']) symlinkSync(join(here, name), join(folder, name));
  mkdirSync(join(folder, 'docs'));
  for (const name of readdirSync('docs').filter(page => page !== 'theme.zh-CN.md'))
    symlinkSync(join(here, 'docs', name), join(folder, 'docs', name));
  try {
    process.chdir(folder);
    expect(() => generate()).toThrow('docs/theme.zh-CN.md');
    expect(() => places()).toThrow('docs/theme.zh-CN.md');
  } finally {
    process.chdir(here);
    rmSync(folder, { recursive: true });
  }
});

test('a field has two rows when its meaning differs between events', () => {
  const rows = tableOf('pay-button details', 'en').match(/^\| `mayBePaid` .*/gm) ?? [];
  expect(rows.map(row => row.match(/`pay\w+`/g))).toEqual([['`paycancel`'], ['`payfail`']]);
});

test('an event has the inherited fields when its detail extends another one', () => {
  const [pending = ''] = tableOf('pay-button events', 'en').match(/^\| `paypending` .*/m) ?? [];
  expect(pending).toContain('`{ tpOrderId, totalAmount, orderKey }`');
});

test('a time names its default once', () => {
  expect(tableOf('timing', 'en')).not.toMatch(/\| `(\d+)` \| .*Default:? \1/);
});

test('a cell escapes a bar when its text has one', () => {
  expect(table(['a'], [["'x' | 'y'"]])).toBe("| a |\n| --- |\n| 'x' \\| 'y' |");
});

test('fillTables() throws with the name when there is no such table', () => {
  const text = '<!-- table: pay-button colours -->\n<!-- /table -->';
  expect(() => fillTables(text, name => tableOf(name, 'en'))).toThrow('"pay-button colours"');
});

const codesPage = read('docs/signature-codes.md');

test('docs/signature-codes.md keeps its habit lines when its generated parts are written again', () => {
  const habits = (text: string): string[] => text.match(/^- Habit: .*/gm) ?? [];
  expect(habits(fillCodes(codesPage, 'en'))).toEqual(habits(codesPage));
  expect(habits(codesPage).length).toBeGreaterThan(50);
});

test('docs/signature-codes.md is refused with the name of the code when it has one too few or too many', () => {
  expect(() => fillCodes(codesPage.replace('### UNSORTED', '### SORTED'), 'en')).toThrow('no code SORTED');
  expect(() => fillCodes(codesPage.replace(/### UNSORTED[^]*?(?=###)/, ''), 'en')).toThrow('for UNSORTED');
});
