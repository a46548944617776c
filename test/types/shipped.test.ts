/** The .d.ts files of dist/, compiled as an installed package in other people's projects. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import oldest from 'typescript';
import newest from 'typescript6';

jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../..');
const DIST = join(ROOT, 'dist');

/** A folder with node_modules/swan-cashier as npm leaves it, and this folder's programs. */
function newProject(): string {
  const project = mkdtempSync(join(tmpdir(), 'swan-cashier-types-'));
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  mkdirSync(join(modules, '@baidu'));
  cpSync(DIST, join(modules, 'swan-cashier'), {
    recursive: true,
    filter: file => !file.startsWith(join(DIST, 'demo')),
  });
  for (const name of ['@types/node', 'undici-types', '@baidu/swan-types']) {
    const real = dirname(require.resolve(`${name}/package.json`));
    symlinkSync(real, join(modules, name));
  }
  for (const file of ['consumer.ts', 'refused.ts', 'merchant.ts']) {
    cpSync(join(__dirname, file), join(project, file));
  }
  return project;
}

/** What the compiler has to say, library files included. */
function complaints(compiler: typeof oldest, project: string, files: string[], types: string[]): string[] {
  const program = compiler.createProgram(
    files.map(file => join(project, file)),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: compiler.ScriptTarget.ES2020,
      lib: ['lib.es2020.d.ts'],
      module: compiler.ModuleKind.ESNext,
      moduleResolution: compiler.ModuleResolutionKind.Bundler,
      typeRoots: [join(project, 'node_modules/@types'), join(project, 'node_modules')],
      types,
    },
  );
  return compiler
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) =>
      [file?.fileName ?? '', compiler.flattenDiagnosticMessageText(messageText, ' ')].join(': '),
    );
}

const COMPILERS: [string, typeof oldest][] = [
  [oldest.version, oldest],
  // One API under another version's types: structurally the same where it is used here.
  [newest.version, newest as unknown as typeof oldest],
];

describe.each(COMPILERS)('A project on TypeScript %s', (version, compiler) => {
  let project: string;
  beforeAll(() => {
    project = newProject();
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('is on the version it says', () => {
    expect(version).toMatch(compiler === oldest ? /^5\.9\./ : /^6\./);
  });

  test.each([
    ['without any typings of Swan', []],
    ['with the typings of Swan', ['@baidu/swan-types']],
  ])('compiles against the package %s, library files checked', (_name, types) => {
    expect(complaints(compiler, project, ['consumer.ts', 'refused.ts'], types)).toEqual([]);
  });

  test('compiles a backend against swan-cashier/merchant', () => {
    expect(complaints(compiler, project, ['merchant.ts'], ['node'])).toEqual([]);
  });
});
