/** What holds for every page: links lead somewhere, both languages agree, and names, numbers and code are those of the repository. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readInterface } from '../../../scripts/docs/source';
import { DEFAULTS, TIMING } from '../../../utils/config/config';
import { CHINESE_PAGES, linkedFiles, PAGES, read, shownPictures } from '../../helpers/markdown-files';

test.each(PAGES)('%s links only to files that exist', page => {
  expect(linkedFiles(read(page)).filter(link => !existsSync(join(dirname(page), link)))).toEqual([]);
});

/** As GitHub makes them: punctuation goes, blanks become hyphens. */
const anchorsOf = (text: string): string[] =>
  [...text.replace(/```[^]*?```/g, '').matchAll(/^#+ (.*)/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replace(/ /g, '-'),
  );

test.each(PAGES)('%s links only to sections that exist', page => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)];
  const lost = links.filter(([, target, anchor = '']) => {
    const file = target ? join(dirname(page), target) : page;
    return !existsSync(file) || !anchorsOf(read(file)).includes(decodeURI(anchor));
  });
  expect(lost.map(([link]) => link)).toEqual([]);
});

test('every page of docs/ can be reached by links from a README or CONTRIBUTING', () => {
  const found = new Set<string>(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md']);
  for (const page of found) {
    for (const link of linkedFiles(read(page))) {
      const target = join(dirname(page), link);
      if (PAGES.includes(target)) found.add(target);
    }
  }
  expect(PAGES.filter(page => page.startsWith('docs/') && !found.has(page))).toEqual([]);
});

test('every file of docs/pictures is shown on a page and written by a script', () => {
  const shown = PAGES.flatMap(page => shownPictures(read(page)).map(link => join(dirname(page), link)));
  const pictures = readdirSync('docs/pictures').map(name => join('docs/pictures', name));
  expect(pictures.filter(picture => !shown.includes(picture))).toEqual([]);
  const scripts = read('scripts/screenshots/main.ts');
  expect(readdirSync('docs/pictures').filter(name => !scripts.includes(`'${name}'`))).toEqual([]);
});

/** For people who work on the repository, or full of measurements. */
const ENGLISH_ONLY = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.github/pull_request_template.md',
  'docs/architecture.md',
  'docs/benchmarks.md',
];

test('every page for users has a Chinese one', () => {
  const english = PAGES.filter(page => !CHINESE_PAGES.includes(page));
  const alone = english.filter(page => !PAGES.includes(page.replace(/\.md$/, '.zh-CN.md')));
  expect(alone.sort()).toEqual([...ENGLISH_ONLY].sort());
});

/** Headings by their depth, kinds of code, tables by name, and pictures. */
const outline = (text: string): string[] =>
  (text.match(/^(?:#{1,3} |```\w+|<!-- table: ).*|!\[[^\]]*\]\([^)]*\)/gm) ?? []).map(line =>
    line.replace(/^(#+) .*/, '$1').replace(/^!\[[^\]]*\]/, ''),
  );

test.each(CHINESE_PAGES)('%s has the outline of the English page', page => {
  const english = page.replace('.zh-CN', '');
  expect(outline(read(page))).toEqual(outline(read(english)));
});

test.each(CHINESE_PAGES)('%s and the English page link to each other', page => {
  const english = page.replace('.zh-CN', '');
  expect(read(page)).toContain(`[English](${basename(english)})`);
  expect(read(english)).toContain(`[中文](${basename(page)})`);
});

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
    tpOrderId: '`tpOrderId`',
    totalAmount: '`totalAmount`',
    dealTitle: '`dealTitle`',
    goods: 'a hash of the goods',
    orderKey: '`order-key`',
    idempotencyKey: 'the idempotency key',
    statusUrl: '`status-url`',
    owner: '`userId`',
    calledAt: 'the time of the latest call',
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

const ROOT = resolve(__dirname, '../../..');
/** The pages about other frameworks, whose code is part of projects that `npm run try:frameworks` builds. */
const FRAMEWORKS = { taro: ['taro'], 'uni-app': ['uni-app-vue3', 'uni-app-vue2'] };

function filesOf(example: string): string[] {
  const folder = join(ROOT, 'examples', example);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'utf8'));
}

const lines = (text: string): string[] => text.split('\n').map(line => line.trimEnd());

/** Whether these lines follow one another in the text, all of them indented as the first one is. */
function holds(text: string, snippet: string): boolean {
  const wanted = lines(snippet.trimEnd());
  const all = lines(text);
  return all.some((first, start) => {
    const indent = /^ */.exec(first)?.[0] ?? '';
    return wanted.every((line, offset) => all[start + offset] === (line && indent + line));
  });
}

function snippetsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, code = '']) => code);
}

describe.each(Object.entries(FRAMEWORKS))('docs/%s', (name, examples) => {
  const sources = examples.flatMap(filesOf);

  test.each([`${name}.md`, `${name}.zh-CN.md`])('%s shows code of examples/ only', page => {
    const snippets = snippetsOf(page);
    expect(snippets.filter(snippet => !sources.some(source => holds(source, snippet)))).toEqual([]);
    expect(snippets.length).toBeGreaterThan(8);
  });

  test('shows the same code in both languages', () => {
    expect(snippetsOf(`${name}.zh-CN.md`)).toEqual(snippetsOf(`${name}.md`));
  });
});
