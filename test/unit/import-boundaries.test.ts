/** Which folder may import from which, and no import circle anywhere; CONTRIBUTING.md has the map. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/** What needs neither DOM nor Node nor `swan`. */
const PURE = ['utils/order'];

/**
 * Folder -> what its files may import besides each other. `node` is any module of Node, `npm` any package; the folder with
 * the longest name counts.
 */
const ALLOWED: Record<string, string[]> = {
  'components/pay-button': ['utils'],
  'components/order-summary': ['utils'],
  utils: [],
  merchant: ['node', ...PURE],
  'demo/app': ['swan-cashier'],
  'demo/shop': ['node', 'npm', 'merchant', 'lib', ...PURE],
  lib: ['node', 'npm'],
  taro: ['node', 'npm', 'utils'],
  'sandbox/preview': [
    'node',
    'npm',
    'sandbox/browser-files',
    'sandbox/dom',
    'sandbox/error-message',
    'sandbox/network',
  ],
  sandbox: ['node', 'npm', 'merchant', 'lib', 'sandbox/preview', ...PURE],
  scripts: ['node', 'npm', 'components', 'utils', 'merchant', 'lib', 'demo', 'sandbox'],
  test: [
    'node',
    'npm',
    'components',
    'utils',
    'merchant',
    'lib',
    'demo',
    'sandbox',
    'scripts',
    'dist',
    'swan-cashier',
  ],
};

const FOLDERS = Object.keys(ALLOWED).sort((a, b) => b.length - a.length);
const isIn = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}/`);
const folderOf = (path: string): string | undefined => FOLDERS.find(folder => isIn(folder, path));

interface Source {
  path: string;
  text: string;
}

const sources: Source[] = [
  'components',
  'utils',
  'merchant',
  'lib',
  'demo',
  'sandbox',
  'scripts',
  'taro',
  'test',
].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => posix.join(folder, name.replaceAll('\\', '/')))
    .map(path => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
);

/** What a file imports: `node`, the name of a package, or a path from the root. */
function targets({ path, text }: Source): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.')) return posix.join(posix.dirname(path), fileName);
    return fileName.startsWith('node:') ? 'node' : fileName;
  });
}

/** @returns what is wrong with an import, or null */
function wrong(path: string, target: string): string | null {
  const folder = folderOf(path) ?? '';
  const allowed = ALLOWED[folder];
  if (!allowed) return `${path} is in no folder of the table`;
  // A folder of the table within another one counts for itself.
  if (folderOf(target) === folder) return null;
  if (allowed.some(one => isIn(one, target))) return null;
  const isPackage =
    target !== 'node' &&
    !/^\.|^(components|utils|merchant|lib|demo|sandbox|scripts|test|dist)\//.test(target);
  return isPackage && allowed.includes('npm') ? null : `${path} imports ${target}`;
}

/** A path of a source file, not a package and not something that is built. */
const isOurs = (target: string): boolean => target.includes('/') && !target.startsWith('dist/');

/** The source files that an imported path may mean. */
const resolved = (target: string): string[] =>
  [`${target}.ts`, `${target}/index.ts`, target].filter(path => sources.some(source => source.path === path));

test('imports run one way', () => {
  const imports = sources.flatMap(source => targets(source).map(target => [source.path, target] as const));
  expect(imports.length).toBeGreaterThan(500);
  expect(imports.flatMap(([path, target]) => wrong(path, target) ?? [])).toEqual([]);
});

test.each([
  ['scripts/bench/main.ts', 'test/helpers/shared-chromium'],
  ['demo/shop/cart.ts', 'sandbox/http-server'],
  ['scripts/support/shop-server.ts', 'test/helpers/wait-for'],
  ['demo/shop/cart.ts', 'sandbox/cashier/statements'],
  ['sandbox/cashier/orders.ts', 'utils/config/config'],
  ['sandbox/cashier/orders.ts', 'demo/shop/index'],
  ['demo/app/app.ts', 'utils/order/money'],
  ['sandbox/preview/plugin.ts', 'lib/database/index'],
  ['components/order-summary/view-model.ts', 'components/pay-button/props'],
  ['components/pay-button/props.ts', 'node'],
  ['merchant/signature.ts', 'utils/config/config'],
  ['merchant/signature.ts', 'fastify'],
  ['utils/index.ts', 'components/pay-button/props'],
  ['utils/index.ts', 'swan-cashier'],
  ['scripts/size/main.ts', 'dist/utils/index'],
])('%s may not import %s', (path, target) => {
  expect(wrong(path, target)).toBe(`${path} imports ${target}`);
  // A rule about files that are gone would hold for nothing.
  expect(sources.map(source => source.path)).toContain(path);
  if (isOurs(target)) expect(resolved(target)).not.toEqual([]);
});

/** Files that import each other in a circle; a type import counts, because a type belongs below its users. */
function circles(files: Source[]): string[][] {
  const imports = new Map(
    files.map(source => [
      source.path,
      targets(source)
        .flatMap(target => [`${target}.ts`, `${target}/index.ts`, target])
        .filter(path => files.some(file => file.path === path)),
    ]),
  );
  const reachable = (from: string): Set<string> => {
    const found = new Set<string>();
    const visit = (path: string): void => {
      for (const next of imports.get(path) ?? []) {
        if (found.has(next)) continue;
        found.add(next);
        visit(next);
      }
    };
    visit(from);
    return found;
  };
  return files
    .map(({ path }) => path)
    .filter(path => reachable(path).has(path))
    .map(path => [path]);
}

test('no file imports itself in a circle, type imports counted', () => {
  expect(sources.length).toBeGreaterThan(400);
  expect(circles(sources)).toEqual([]);
});

test('a circle of two files is found, when one of the imports is of a type', () => {
  const two = [
    { path: 'utils/a.ts', text: "import type { B } from './b';" },
    { path: 'utils/b.ts', text: "import { a } from './a';" },
  ];
  expect(circles(two)).toEqual([['utils/a.ts'], ['utils/b.ts']]);
});

test('of what ships to the phone only utils/host/swan.ts names the platform', () => {
  const naming = sources
    .filter(({ path }) => /^(components|utils)\//.test(path) && !path.endsWith('.d.ts'))
    .filter(({ path, text }) => namesSwan(ts.createSourceFile(path, text, ts.ScriptTarget.Latest)));
  expect(naming.map(({ path }) => path)).toEqual(['utils/host/swan.ts']);
});

function namesSwan(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return node.text === 'swan';
  return Boolean(ts.forEachChild(node, child => namesSwan(child) || undefined));
}
