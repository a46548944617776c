/** What `npm pack ./dist` hands out: its content, and a fresh mini-program that uses it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { PARTS } from '../../scripts/support/mini-program';
import { describeInChromium, connectToChromium } from '../helpers/shared-chromium';
import {
  newProject,
  pack,
  show,
  THEME,
  type Package,
  type Project,
  type Shown,
  type InstallMethod,
} from '../helpers/consumer-project';
import { freeVariables, requiresOf } from '../helpers/free-variables';

jest.setTimeout(180_000);

/** What a mini-program's script layer is sure to have. */
const PLATFORM = [
  'swan',
  'Component',
  'getApp',
  'getCurrentPages',
  'require',
  'module',
  'exports',
  'console',
  'setTimeout',
  'clearTimeout',
  'Promise',
];
const ES5 = ['Array', 'Boolean', 'Date', 'Error', 'JSON', 'Math', 'Number', 'Object', 'RangeError', 'RegExp'];
const ES5_TOO = [
  'String',
  'TypeError',
  'NaN',
  'Infinity',
  'undefined',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
];
const ALLOWED = new Set([...PLATFORM, ...ES5, ...ES5_TOO, 'arguments', 'parseInt', 'parseFloat']);

/** Pages and pictures of the repository's docs/. */
const DOCS = readdirSync(resolve(__dirname, '../../docs'), { recursive: true, encoding: 'utf8' }).filter(
  file => /\.\w+$/.test(file),
);

let packed: Package;
let project: Project;
beforeAll(() => {
  packed = pack();
  project = newProject(packed, 'npm');
});
afterAll(() => {
  project?.remove();
  packed?.remove();
});

const isScript = (file: string): boolean => /\.m?js$/.test(file);
/** As it is: what a bundler imports is compiled by it. */
const isForPhones = (file: string): boolean =>
  /^(pay-button|order-summary|utils|locale)\//.test(file) && !file.endsWith('.mjs');
const read = (file: string): string => readFileSync(join(project.library, file), 'utf8');

describe('the package', () => {
  test('holds only the components, their shared code, the merchant kit and its texts', () => {
    const component = (name: string): string[] =>
      ['css', 'd.ts', 'js', 'json', 'swan'].map(kind => `${name}/${name}.${kind}`);
    expect(packed.files).toEqual(
      [
        ...component('pay-button'),
        ...component('order-summary'),
        ...['utils/index', 'locale/en', 'sandbox-cashier', 'merchant/index'].flatMap(name =>
          ['.d.mts', '.d.ts', '.js', '.mjs'].map(kind => name + kind),
        ),
        'taro/index.d.ts',
        'taro/index.js',
        'theme.css',
        ...['cli.js', 'cli.mjs', 'lib.js', 'lib.mjs'].map(file => `merchant/${file}`),
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
        'package.json',
        ...['CONTRIBUTING', 'SECURITY'].map(name => `docs/${name}.md`),
        ...['pay-button', 'order-summary', 'merchant'].flatMap(name => [
          `docs/${name}.md`,
          `docs/${name}.zh-CN.md`,
        ]),
        ...DOCS.map(file => `docs/${file}`),
      ].sort(),
    );
  });

  test('has exactly the files below docs/ that its texts link to or show', () => {
    const links = packed.files
      .filter(file => file.endsWith('.md'))
      .flatMap(file =>
        [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) =>
          posix.join(posix.dirname(file), link),
        ),
      );
    expect(links.filter(file => !packed.files.includes(file))).toEqual([]);
    expect(packed.files.filter(file => file.startsWith('docs/') && !links.includes(file))).toEqual([]);
    expect(links.length).toBeGreaterThan(40);
  });

  test('contains no path of the build machine, no registry address and no secret', () => {
    // The bytes of a picture read like anything now and then.
    for (const file of packed.files.filter(name => !name.endsWith('.png'))) {
      const text = read(file);
      expect([file, text.match(/(?:\/(?:work|home|Users|root|tmp)\/\w|[A-Z]:\\)[^\s'"]*/g)]).toEqual([
        file,
        null,
      ]);
      expect([file, text.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----\s*\\?n?[A-Za-z0-9+/]{40}/g)]).toEqual([
        file,
        null,
      ]);
      expect([file, text.match(/\bsourceMappingURL=/g)]).toEqual([file, null]);
      expect([file, text.match(/https?:\/\/[^\s'")]*(?:registry|\.t(?:ar\.)?gz|\.zip)/gi)]).toEqual([
        file,
        null,
      ]);
    }
  });

  test('depends on no other package', () => {
    const { dependencies, peerDependencies, optionalDependencies, scripts } = JSON.parse(
      read('package.json'),
    );
    expect([dependencies, peerDependencies, optionalDependencies, scripts]).toEqual(Array(4).fill(undefined));
  });

  test('has every file that its package.json names', () => {
    const { main, types, baidu, bin, exports } = JSON.parse(read('package.json'));
    const named =
      JSON.stringify([main, types, baidu, bin, exports]).match(/"[^"]+\.(?:m?js|d\.ts|css|json)"/g) ?? [];
    const missing = named
      .map(text => JSON.parse(text))
      .filter(file => !existsSync(join(project.library, file)));
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(8);
  });

  test('resolves its components and texts by the names of usingComponents and imports', () => {
    const names = ['pay-button/pay-button', 'order-summary/order-summary', 'locale/en'].map(
      name => `swan-cashier/${name}`,
    );
    const say = `console.log(${JSON.stringify(names)}.map(name => require.resolve(name)).join())`;
    const found = execFileSync(process.execPath, ['-e', say], { cwd: project.path, encoding: 'utf8' });
    expect(found.trim()).toBe(
      names.map(name => join(project.library, `${name.replace(/^swan-cashier\//, '')}.js`)).join(),
    );
  });

  test('requires only files it brings along', () => {
    for (const file of packed.files.filter(isScript)) {
      const lost = requiresOf(read(file))
        .filter(wanted => !wanted.startsWith('node:'))
        .map(wanted => resolve(dirname(join(project.library, file)), wanted))
        .filter(wanted => !existsSync(wanted) && !existsSync(`${wanted}.js`));
      expect([file, lost]).toEqual([file, []]);
    }
  });

  test('has its English in one file, which nothing requires', () => {
    const files = packed.files.filter(file => isForPhones(file) && isScript(file));
    expect(files.filter(file => /['"]Pay now['"]/.test(read(file)))).toEqual(['locale/en.js']);
    expect(files.flatMap(file => requiresOf(read(file))).filter(name => /locale/.test(name))).toEqual([]);
  });

  test('requires no Node module in a file for the phone', () => {
    const asked = packed.files
      .filter(isForPhones)
      .filter(isScript)
      .flatMap(file => requiresOf(read(file)));
    expect([...new Set(asked)]).toEqual(['../utils/index']);
  });

  test('is ES5 with only the globals of a mini-program in files for the phone', () => {
    const files = packed.files.filter(isForPhones).filter(isScript);
    expect(files).toHaveLength(4);
    for (const file of files) {
      const unknown = freeVariables(read(file)).filter(name => !ALLOWED.has(name));
      expect([file, unknown]).toEqual([file, []]);
    }
  });

  test('is ES5 but for its exports in .mjs files, which import nothing', () => {
    const files = packed.files.filter(file => /^(utils|locale)\/.*\.mjs$/.test(file));
    expect(files).toHaveLength(2);
    for (const file of files) {
      const unknown = freeVariables(read(file).replace(/^export .*;$/gm, '')).filter(
        name => !ALLOWED.has(name),
      );
      expect([file, unknown]).toEqual([file, []]);
    }
  });

  test('freeVariables() finds globals of browsers and newer JavaScript, and throws when the syntax is newer', () => {
    const script =
      'var a = 1; function f(b) { try { return a + b.c + { d: document }.d; } catch (e) { return e; } }';
    expect(freeVariables(script)).toEqual(['document']);
    expect(freeVariables('exports.f = function g(x) { return new Map([[x, g]]); };')).toEqual([
      'Map',
      'exports',
    ]);
    expect(() => freeVariables('const a = 1;')).toThrow(SyntaxError);
    expect(() => freeVariables('var f = () => 1;')).toThrow(SyntaxError);
  });

  test('offers the merchant kit by require, by import and as a command', () => {
    const node = (...args: string[]): string =>
      execFileSync(process.execPath, args, { cwd: project.path, encoding: 'utf8' });
    const say = `console.log(typeof kit.signOrderInfo, typeof kit.verifyNotification)`;
    const answer = 'function function\n';
    expect(node('-e', `const kit = require('swan-cashier/merchant'); ${say}`)).toBe(answer);
    const module = `import * as kit from 'swan-cashier/merchant'; ${say}`;
    expect(node('--input-type=module', '-e', module)).toBe(answer);
    expect(node('node_modules/.bin/swan-cashier', '--help')).toMatch(/doctor/);
  });
});

const WAYS: [string, InstallMethod][] = [
  ['installed with npm', 'npm'],
  ['copied into the mini-program', 'copy'],
];

test.each([
  ['README.md', /^Without npm: copy [^]*?\n\n/m],
  ['README.zh-CN.md', /^不用 npm：[^]*?\n\n/m],
])('%s names all parts to copy without npm, and the import of theme.css for both ways', (file, copying) => {
  const text = read(file);
  const sentence = copying.exec(text)?.[0] ?? '';
  expect(PARTS.filter(part => !sentence.includes(`\`${part}\``))).toEqual([]);
  expect(Object.values(THEME).filter(line => !text.includes(line))).toEqual([]);
});

describeInChromium('a new mini-program', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await connectToChromium();
  });
  afterAll(() => browser?.close());

  test.each(WAYS)(
    'shows an order and takes a payment when the package is installed %s',
    async (_name, method) => {
      const own = newProject(packed, method);
      let shown: Shown | null = null;
      try {
        shown = await show(own);
        const page = await browser.newPage({ viewport: { width: 375, height: 812 }, colorScheme: 'dark' });
        const consoleErrors: string[] = [];
        page.on('pageerror', error => consoleErrors.push(String(error)));
        page.on('console', message => {
          if (message.type() === 'error') consoleErrors.push(message.text());
        });
        await page.goto(`${shown.origin}/`);
        await page.getByText('冷泡茉莉').waitFor();
        const card = await page
          .locator('swan-order-summary')
          .evaluate(element => getComputedStyle(element).getPropertyValue('--cashier-card'));
        expect(card.trim()).toBe('#1d1f23');
        await page.getByText('立即支付 ¥6.80').click();
        await page.getByText('success', { exact: true }).waitFor();
        await page.getByText('已支付').first().waitFor();
        expect(shown.orders).toEqual([expect.stringMatching(/^\S{16,}$/)]);
        expect(consoleErrors).toEqual([]);
        await page.close();
      } finally {
        await shown?.close();
        own.remove();
      }
    },
  );

  test.each(WAYS)(
    'shows English texts when they are imported and the package is installed %s',
    async (_name, method) => {
      const own = newProject(packed, method, true);
      let shown: Shown | null = null;
      try {
        shown = await show(own);
        const page = await browser.newPage({ viewport: { width: 375, height: 812 } });
        await page.goto(`${shown.origin}/`);
        await page.getByText('To pay', { exact: true }).waitFor();
        await page.getByText('Pay now ¥6.80').click();
        await page.locator('.pay-button__pay-label', { hasText: /^Paid$/ }).waitFor();
        await page.close();
      } finally {
        await shown?.close();
        own.remove();
      }
    },
  );
});
