/** The .d.ts files of dist/, compiled as an installed package in other people's projects. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
  const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
  writeFileSync(join(project, 'documented.ts'), /```ts\n([^]*?)```/.exec(page)?.[1] ?? 'none');
  return project;
}

/** How a project finds a module, and what it is itself where that matters. */
const RESOLUTIONS = {
  bundler: ['ESNext', 'Bundler', 'commonjs'],
  'nodenext, required': ['NodeNext', 'NodeNext', 'commonjs'],
  'nodenext, imported': ['NodeNext', 'NodeNext', 'module'],
} as const;
type Resolution = keyof typeof RESOLUTIONS;

/** Files of others that our types only use. Checking Node's takes longer than everything else together. */
const THEIRS = /\/(typescript6?\/lib|@types\/node|undici-types)\//;

/** No project changes a file once it was compiled, but for what its package.json says, which is among the options. */
const parsed = new Map<string, oldest.SourceFile | undefined>();

/** What the compiler has to say of the project and of all that it has installed of ours. */
function complaints(
  compiler: typeof oldest,
  project: string,
  files: string[],
  types: string[],
  resolution: Resolution,
): string[] {
  const [module, moduleResolution, type] = RESOLUTIONS[resolution];
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    target: compiler.ScriptTarget.ES2020,
    lib: ['lib.es2020.d.ts'],
    module: compiler.ModuleKind[module],
    moduleResolution: compiler.ModuleResolutionKind[moduleResolution],
    typeRoots: [join(project, 'node_modules/@types'), join(project, 'node_modules')],
    types,
  };
  const host = compiler.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, fileOptions, ...rest) => {
    const key = JSON.stringify([compiler.version, name, fileOptions]);
    if (!parsed.has(key)) parsed.set(key, getSourceFile(name, fileOptions, ...rest));
    return parsed.get(key);
  };
  const program = compiler.createProgram(
    files.map(file => join(project, file)),
    options,
    host,
  );
  return program
    .getSourceFiles()
    .filter(({ fileName }) => !THEIRS.test(fileName))
    .flatMap(file => compiler.getPreEmitDiagnostics(program, file))
    .map(({ file, messageText }) =>
      [file?.fileName ?? '', compiler.flattenDiagnosticMessageText(messageText, ' ')].join(': '),
    );
}

const COMPILERS: [string, typeof oldest][] = [
  [oldest.version, oldest],
  // One API under another version's types: structurally the same where it is used here.
  [newest.version, newest as unknown as typeof oldest],
];

describe.each(COMPILERS)('a project on TypeScript %s', (version, compiler) => {
  let project: string;
  beforeAll(() => {
    project = newProject();
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('uses that version', () => {
    expect(version).toMatch(compiler === oldest ? /^5\.9\./ : /^6\./);
  });

  describe.each(Object.keys(RESOLUTIONS) as Resolution[])('with module resolution %s', resolution => {
    test.each([
      ['without any typings of Swan', []],
      ['with the typings of Swan', ['@baidu/swan-types']],
    ])('compiles against the package, and the code of docs/configuration.md, %s', (_name, types) => {
      const files = ['consumer.ts', 'refused.ts', 'documented.ts'];
      expect(complaints(compiler, project, files, types, resolution)).toEqual([]);
    });

    test('compiles a backend against swan-cashier/merchant', () => {
      expect(complaints(compiler, project, ['merchant.ts'], ['node'], resolution)).toEqual([]);
    });
  });
});

test('the types of each module name what it exports, and nothing else, when it is imported', () => {
  const project = newProject();
  const modules = [
    'swan-cashier',
    'swan-cashier/merchant',
    'swan-cashier/locale/en',
    'swan-cashier/sandbox-cashier',
  ];
  const list = `const names = async name => [name, Object.keys(await import(name))];
    console.log(JSON.stringify(await Promise.all(${JSON.stringify(modules)}.map(names))))`;
  const found = execFileSync(process.execPath, ['--input-type=module', '-e', list], {
    cwd: project,
    encoding: 'utf8',
  });
  // A name that is missing is an error, and so is one too many.
  const code = (JSON.parse(found) as [string, string[]][]).map(([name, exported], index) => {
    const members = exported.map(key => `${key}: true`).join();
    return `import * as module${index} from '${name}';
      export const exports${index}: Record<keyof typeof module${index}, true> = { ${members} };`;
  });
  writeFileSync(join(project, 'exports.ts'), code.join('\n'));
  const said = complaints(oldest, project, ['exports.ts'], ['node'], 'nodenext, imported');
  rmSync(project, { recursive: true, force: true });
  expect(code).toHaveLength(modules.length);
  expect(said).toEqual([]);
});

test('the compiler refuses a default import of swan-cashier/merchant where Node does', () => {
  const project = newProject();
  writeFileSync(
    join(project, 'default.ts'),
    "import kit from 'swan-cashier/merchant';\nkit.refundReply();\n",
  );
  const said = complaints(oldest, project, ['default.ts'], ['node'], 'nodenext, imported');
  rmSync(project, { recursive: true, force: true });
  expect(said).toEqual([expect.stringContaining('no default export')]);
});

test.each(['pay-button', 'order-summary'])(
  'the compiler reports an error when the types of %s import a missing name',
  name => {
    const project = newProject();
    const file = join(project, `node_modules/swan-cashier/${name}/${name}.d.ts`);
    appendFileSync(file, "export type { Invented } from '../utils/index';\n");
    const said = complaints(oldest, project, ['consumer.ts'], [], 'bundler');
    rmSync(project, { recursive: true, force: true });
    expect(said).toEqual([expect.stringContaining('Invented')]);
  },
);
