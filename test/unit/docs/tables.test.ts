/** The code, the types and the texts say the same: what a script writes is what is there. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { generate, languageOf, places } from '../../../scripts/docs/generate';
import { fillTables, table } from '../../../scripts/docs/markdown';
import { WORDS } from '../../../scripts/docs/phrases.zh-CN';
import { fillCodes } from '../../../scripts/docs/signature-codes';
import { readComponent, readInterface } from '../../../scripts/docs/source';
import { COMPONENTS, TABLE_NAMES, tableOf } from '../../../scripts/docs/tables';
import { readFallbacks, readTheme } from '../../../scripts/docs/theme';
import { DEFAULTS, TIMING } from '../../../utils/config/config';
import { configure } from '../../../utils/config/configure';

const read = (file: string): string => readFileSync(file, 'utf8');

/** Prettier lays tables out in columns; only the words count here. */
const words = (text: string): string =>
  text
    .replace(/ +/g, ' ')
    .replace(/-{3,}/g, '---')
    .replace(/\n{2,}/g, '\n');

test.each(Object.entries(generate()))(
  '%s is what the code says; npm run docs writes it anew',
  (file, text) => {
    expect(words(read(file))).toBe(words(text));
  },
);

test('the defaults on the pages are those of the code, whatever is configured while they are written', () => {
  const written = (): string[] => ['configure', 'timing', 'messages'].map(name => tableOf(name, 'en'));
  const before = written();
  configure({ baseUrl: 'https://shop.example', timing: { statusTimeout: 1 }, messages: { idle: 'Go' } });
  const after = written();
  configure({ baseUrl: undefined, timing: undefined, messages: undefined });
  expect(after).toEqual(before);
  expect(before.join()).toContain('| `statusTimeout` | `3000` |');
});

test('a text that is called otherwise now is missed by name, not left as it is', () => {
  const here = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-docs-'));
  for (const name of ['components', 'utils', 'docs', 'README.md'])
    symlinkSync(join(here, name), join(folder, name));
  try {
    process.chdir(folder);
    expect(() => generate()).toThrow('README.zh-CN.md');
    expect(() => places()).toThrow('README.zh-CN.md');
  } finally {
    process.chdir(here);
    rmSync(folder, { recursive: true });
  }
});

/** Every table of every page, in its order. */
const WANTED: Record<string, string[]> = {
  'README.md': ['custom properties'],
  'README.zh-CN.md': [
    ...[
      'pay-button properties',
      'pay-button events',
      'pay-button details',
      'fail reasons',
      'pay-button parts',
    ],
    'PayInput',
    ...['order-summary properties', 'order-summary events', 'order-summary details', 'OrderMismatch'],
    ...['order-summary parts', 'OrderView', 'OrderLine', 'OrderCharge', 'OrderDetail'],
    'custom properties',
  ],
  'components/pay-button/README.md': [
    ...['pay-button properties', 'pay-button events', 'pay-button details', 'fail reasons'],
    ...['PayInput', 'pay-button parts'],
  ],
  'components/order-summary/README.md': [
    ...['OrderView', 'OrderLine', 'OrderCharge', 'OrderDetail'],
    ...['order-summary properties', 'order-summary events', 'order-summary details', 'OrderMismatch'],
    'order-summary parts',
  ],
  'docs/configuration.md': ['configure', 'timing', 'messages'],
  'docs/configuration.zh-CN.md': ['configure', 'timing', 'messages'],
};

test('every page has every table it is to have', () => {
  expect(places()).toEqual(WANTED);
});

describe.each(Object.entries(COMPONENTS))('What %s declares', (_name, { file, events }) => {
  const component = readComponent(file);
  const template = read(file.replace(/\.ts$/, '.swan'));

  test('every property, event, slot and class has words of its own', () => {
    const all = [
      ...component.properties,
      ...component.slots,
      ...component.externalClasses,
      ...readInterface(events[0], events[1]),
    ];
    expect(all.filter(({ comment }) => !comment).map(({ name }) => name)).toEqual([]);
    expect(all.length).toBeGreaterThan(15);
  });

  test('the slots are those of the template', () => {
    const slots = [...template.matchAll(/<slot(?:\s+name="([\w-]+)")?/g)].map(([, slot = 'default']) => slot);
    expect(component.slots.map(({ name }) => name).sort()).toEqual([...new Set(slots)].sort());
  });

  test('the external classes are listed and used', () => {
    const names = component.externalClasses.map(({ name }) => name);
    expect(names).toEqual(component.listedClasses);
    expect(names.filter(name => !template.includes(name))).toEqual([]);
  });

  test('the events are those that are fired', () => {
    const folder = dirname(file);
    const code = readdirSync(folder)
      .filter(name => name.endsWith('.ts'))
      .map(name => read(join(folder, name)))
      .join('\n');
    const declared = readInterface(events[0], events[1]).map(({ name }) => name);
    const fired = [...code.matchAll(/triggerEvent\(\s*'(\w+)'/g)].map(([, event = '']) => event);
    expect(fired.filter(event => !declared.includes(event))).toEqual([]);
    // Some names are chosen by the outcome.
    expect(declared.filter(event => !code.includes(`'${event}'`))).toEqual([]);
  });

  test('the style asks for colours of theme.css, and falls back to its light ones', () => {
    const theme = new Map(readTheme('components/theme.css').map(({ name, light }) => [name, light]));
    const used = readFallbacks(file.replace(/\.ts$/, '.css'));
    for (const [name, fallbacks] of used) expect([name, ...fallbacks]).toEqual([name, theme.get(name)]);
    expect(used.size).toBeGreaterThan(5);
  });
});

test('every colour of theme.css is asked for somewhere', () => {
  const asked = Object.values(COMPONENTS).flatMap(({ file }) => [
    ...readFallbacks(file.replace(/\.ts$/, '.css')).keys(),
  ]);
  expect(
    readTheme('components/theme.css')
      .map(({ name }) => name)
      .filter(name => !asked.includes(name)),
  ).toEqual([]);
});

test('paycancel explains every cause there is', () => {
  const by = readInterface('utils/payment/types.ts', 'PayCancelDetail').find(({ name }) => name === 'by');
  const causes =
    read('utils/payment/types.ts')
      .match(/type CancelCause = (.*);/)?.[1]
      ?.split(' | ') ?? [];
  expect(causes.filter(cause => !by?.comment.includes(cause + ':'))).toEqual([]);
  expect(causes.length).toBeGreaterThan(5);
});

test('a field has two rows where it means something else in another event', () => {
  const rows = tableOf('pay-button details', 'en').match(/^\| `mayBePaid` .*/gm) ?? [];
  expect(rows.map(row => row.match(/`pay\w+`/g))).toEqual([['`paycancel`'], ['`payfail`']]);
});

test('an event has the fields that its detail inherits', () => {
  const [pending = ''] = tableOf('pay-button events', 'en').match(/^\| `paypending` .*/m) ?? [];
  expect(pending).toContain('`{ tpOrderId, totalAmount, orderKey }`');
});

test('every colour of theme.css has words of its own', () => {
  const words = readTheme('components/theme.css').map(({ comment }) => comment);
  expect(words.filter((comment, at) => !comment || words.indexOf(comment) !== at)).toEqual([]);
});

test('every Chinese sentence is still about something', () => {
  const chinese = Object.entries(places())
    .filter(([file]) => file.endsWith('.zh-CN.md'))
    .flatMap(([, tables]) => tables)
    .map(name => tableOf(name, 'zh-CN'))
    .join('\n')
    .replace(/\\\|/g, '|');
  expect(Object.entries(WORDS).filter(([, text]) => !chinese.includes(text))).toEqual([]);
});

test.each(['en', 'zh-CN'] as const)('every table is on a page in %s, and has no empty cell', language => {
  const pages = Object.entries(places()).filter(([file]) => languageOf(file) === language);
  const shown = pages.flatMap(([, tables]) => tables);
  expect(TABLE_NAMES.filter(name => !shown.includes(name))).toEqual([]);
  expect(TABLE_NAMES.filter(name => /\| *\|/.test(tableOf(name, language)))).toEqual([]);
});

test('no time says its default twice', () => {
  expect(tableOf('timing', 'en')).not.toMatch(/\| `(\d+)` \| .*Default:? \1/);
});

test('a table that does not exist is an error that names it', () => {
  const text = '<!-- table: pay-button colours -->\n<!-- /table -->';
  expect(() => fillTables(text, name => tableOf(name, 'en'))).toThrow('"pay-button colours"');
});

describe('a page of signature codes', () => {
  const page = read('docs/signature-codes.md');

  test('keeps the habits, which are written by hand', () => {
    const habits = (text: string): string[] => text.match(/^- Habit: .*/gm) ?? [];
    expect(habits(fillCodes(page, 'en'))).toEqual(habits(page));
    expect(habits(page).length).toBeGreaterThan(50);
  });

  test('with a code too few or too many is an error that names it', () => {
    expect(() => fillCodes(page.replace('### UNSORTED', '### SORTED'), 'en')).toThrow('no code SORTED');
    expect(() => fillCodes(page.replace(/### UNSORTED[^]*?(?=###)/, ''), 'en')).toThrow('for UNSORTED');
  });
});

test('a cell with a bar in it stays one cell', () => {
  expect(table(['a'], [["'x' | 'y'"]])).toBe("| a |\n| --- |\n| 'x' \\| 'y' |");
});

const TEXTS = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...['components/pay-button/README.md', 'components/order-summary/README.md'],
  ...['merchant/README.md', 'merchant/README.zh-CN.md'],
  ...readdirSync('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];

test.each(TEXTS)('every file that %s points to is there', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
  expect(links.filter(link => !existsSync(join(dirname(file), link)))).toEqual([]);
});

/** As GitHub makes them: punctuation goes, blanks become hyphens. */
const anchorsOf = (text: string): string[] =>
  [...text.replace(/```[^]*?```/g, '').matchAll(/^#+ (.*)/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replace(/ /g, '-'),
  );

test.each(TEXTS)('every section that %s points to is there', file => {
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)];
  const lost = links.filter(
    ([, target, anchor = '']) =>
      !anchorsOf(read(target ? join(dirname(file), target) : file)).includes(decodeURI(anchor)),
  );
  expect(lost.map(([link]) => link)).toEqual([]);
});

test('no page but the changelog names a time that there is none of', () => {
  const names = TEXTS.filter(file => file !== 'CHANGELOG.md').flatMap(file =>
    [...read(file).matchAll(/timing\.(\w+)/g)].map(([, name = '']) => name),
  );
  expect(names.filter(name => !(name in TIMING))).toEqual([]);
});

test('the changelog names every time by its new name, and none of the settings that are gone is still there', () => {
  const log = read('CHANGELOG.md');
  expect(Object.keys(TIMING).filter(name => !log.includes(`\`timing.${name}\``))).toEqual([]);
  const gone = [...log.matchAll(/^\| `(?:timing\.)?(\w+)[^`]*` /gm)].map(([, name = '']) => name);
  expect(gone.filter(name => name in TIMING || name in DEFAULTS)).toEqual([]);
  expect(gone.length).toBeGreaterThan(8);
});

test('docs/benchmarks.md names the pause between two cashier calls that the code keeps', () => {
  expect(read('docs/benchmarks.md')).toMatch(
    new RegExp(`pause of ${TIMING.minCallInterval} ms\\s+between two cashier calls`),
  );
});

test('SECURITY.md names everything that storage holds of an order', () => {
  const words: Record<string, string> = {
    ...{ tpOrderId: '`tpOrderId`', totalAmount: '`totalAmount`', dealTitle: '`dealTitle`' },
    ...{ goods: 'a hash of the goods', orderKey: '`order-key`', idempotencyKey: 'the idempotency key' },
    ...{ statusUrl: '`status-url`', owner: '`userId`', calledAt: 'the time of the latest call' },
    calls: 'what the cashier claimed of each call',
    accepted: 'whether the person agreed to pay another order',
    settled: 'whether it is settled',
    outcome: 'an outcome that no page has received yet, with what the cashier answered',
  };
  const held = readInterface('utils/payment/ledger.ts', 'LedgerOrder').map(({ name }) => name);
  expect(held.sort()).toEqual(Object.keys(words).sort());
  const text = read('SECURITY.md').replace(/\s+/g, ' ');
  expect(Object.values(words).filter(word => !text.includes(word))).toEqual([]);
});

test('CONTRIBUTING.md has a place for every file of utils', () => {
  const table = read('CONTRIBUTING.md').match(/The files of `utils[^]*?\n\n## /)?.[0] ?? '';
  let folder = '';
  const named = table.split('\n').flatMap(line => {
    const [, first = '', , files = ''] = line.split('|');
    folder = first.match(/`(?:utils\/)?(.*)`/)?.[1] ?? folder;
    return (files.match(/`[\w./-]+`/g) ?? []).map(cell => folder + cell.slice(1, -1));
  });
  const there = readdirSync('utils', { recursive: true })
    .map(String)
    .filter(file => /\.[jt]s$/.test(file))
    .map(file => file.replace(/(?<!\.d)\.ts$/, ''));
  expect(named.filter(name => !name.startsWith('dist/')).sort()).toEqual(there.sort());
});

test('every command of package.json is on a page, and a usage names one', () => {
  const commands = Object.keys(JSON.parse(read('package.json')).scripts).map(name =>
    name === 'test' ? 'npm test' : `npm run ${name}`,
  );
  const pages = TEXTS.map(read).join('\n');
  expect(commands.filter(command => !pages.includes(command))).toEqual([]);
  const usages = ['scripts/demo/options.ts', 'scripts/reconcile.ts'].map(
    file => read(file).match(/Usage: (.*?) -- /)?.[1],
  );
  expect(commands).toEqual(expect.arrayContaining(usages));
});

test('the pages of the demo have every option of its usage', () => {
  const usage = read('scripts/demo/options.ts').match(/USAGE = `([^`]*)`/)?.[1] ?? '';
  const options = [...usage.matchAll(/^ {2}(--[\w-]+)|^([A-Z_]+)=/gm)].map(
    ([, flag, name]) => flag ?? name ?? '',
  );
  expect(options.length).toBeGreaterThan(5);
  for (const page of ['docs/demo.md', 'docs/demo.zh-CN.md']) {
    const named = [...read(page).matchAll(/^\| `([\w-]+)/gm)].map(([, option]) => option);
    expect([page, named.sort()]).toEqual([page, options.sort()]);
  }
});

test('the quick start names the package that npm pack makes', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  for (const page of ['README.md', 'README.zh-CN.md']) {
    expect(read(page)).toContain(`npm install ./swan-cashier-${version}.tgz`);
  }
});

test('every picture is on a page, and a script takes it', () => {
  const pictures = readdirSync('docs/pictures');
  const shown = TEXTS.flatMap(file =>
    [...read(file).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, link = '']) => join(dirname(file), link)),
  );
  expect(pictures.filter(name => !shown.includes(join('docs/pictures', name)))).toEqual([]);
  expect(shown.filter(file => !existsSync(file))).toEqual([]);
  const scripts = read('scripts/pictures/main.ts');
  expect(pictures.filter(name => !scripts.includes(`'${name}'`))).toEqual([]);
});

const CHINESE = TEXTS.filter(file => file.endsWith('.zh-CN.md'));

test('there is Chinese for every text that a shop reads', () => {
  const alone = TEXTS.filter(file => languageOf(file) === 'en').filter(
    file => !CHINESE.includes(file.replace('.md', '.zh-CN.md')),
  );
  expect(alone).toEqual([
    ...['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
    // In README.zh-CN.md.
    ...['components/pay-button/README.md', 'components/order-summary/README.md'],
    'docs/benchmarks.md',
  ]);
});

test.each(CHINESE)(
  '%s has the sections, pictures, code and tables of the English one, and each names the other',
  file => {
    // README.zh-CN.md has the tables of the components' own pages, too.
    const ofComponent = /^<!-- table: (?:pay-button|order-summary|fail reasons|PayInput|Order)/;
    const outline = (text: string): string[] =>
      (text.match(/^(?:#{1,3} |```\w+|<!-- table: ).*|!\[[^\]]*\]\([^)]*\)/gm) ?? []).filter(
        line => !ofComponent.test(line),
      );
    const shape = (lines: string[]): string[] =>
      lines.map(line =>
        line.replace(/^#+ .*/, start => start.replace(/ .*/, '')).replace(/^!\[[^\]]*\]/, ''),
      );
    const english = file.replace('.zh-CN', '');
    expect(shape(outline(read(file)))).toEqual(shape(outline(read(english))));
    expect(read(file)).toContain(`[English](${basename(english)})`);
    expect(read(english)).toContain(`[中文](${basename(file)})`);
  },
);
