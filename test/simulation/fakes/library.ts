/**
 * The library as it ships (components and utils, bundled), loaded into a process of its own: every global it may name
 * is handed in, so that many phones, restarts and copies live side by side.
 *
 * LIBRARY_ROOT names another checkout, whose library then runs under these tests.
 */
import { buildSync, transformSync } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(process.env.LIBRARY_ROOT ?? path.resolve(__dirname, '../../..'));

export type Settings = Record<string, unknown>;
export type Outcome = Record<string, unknown>;

export interface HostGlobals {
  swan: object;
  Component: (definition: ComponentDefinition) => void;
  getApp: () => object | undefined;
  getCurrentPages: () => object[];
  setTimeout: (action: () => void, ms: number) => number;
  clearTimeout: (timer: number | undefined) => void;
  console: object;
  Date: unknown;
}

export interface ComponentDefinition {
  properties: Record<string, { value?: unknown; observer?: string }>;
  data: object;
  lifetimes: Record<string, () => void>;
  pageLifetimes: Record<string, () => void>;
  methods: Record<string, (...args: unknown[]) => unknown>;
  export?: () => object;
}

export interface Library {
  configure(settings: Settings): void;
  resumePending(): Promise<Outcome[]>;
}

/** Runs the library in a process: once for each copy of the package, once more after each restart. */
export type LoadLibrary = (globals: HostGlobals) => Library;

/** Takes a rule out of the source: what is found is replaced, and it must be found exactly once. */
export interface Edit {
  file: string;
  find: string;
  replace: string;
}

const TARGET = 'es2018';

const ENTRY = `export { configure, resumePending } from './utils/internal';
  import './components/pay-button/pay-button';
  import './components/order-summary/order-summary';`;

export function bundleLibrary(): LoadLibrary {
  const { outputFiles } = buildSync({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    target: TARGET,
    logLevel: 'silent',
  });
  const run = compile(outputFiles[0]!.text);
  return globals => {
    const module = { exports: {} };
    run(module, module.exports, noRequire, ...NAMES.map(name => globals[name]));
    return module.exports as Library;
  };
}

/** The library without a bundle: of hundreds of mutants each has one or two files of its own, and shares the others. */
export function loadMutant(edits: Edit[]): LoadLibrary {
  const files = new Map<string, CompiledModule>();
  for (const { file } of edits) files.set(path.join(ROOT, file), compile(toCommonJs(mutate(file, edits))));
  return globals => {
    const values = NAMES.map(name => globals[name]);
    const modules = new Map<string, { exports: object }>();
    const load = (file: string): object => {
      const known = modules.get(file);
      if (known) return known.exports;
      const module = { exports: {} };
      modules.set(file, module);
      const run = files.get(file) ?? compiledFile(file);
      run(module, module.exports, name => load(resolveFile(path.dirname(file), name)), ...values);
      return module.exports;
    };
    return load(ENTRY_FILE) as Library;
  };
}

function mutate(file: string, edits: Edit[]): string {
  return edits
    .filter(edit => edit.file === file)
    .reduce(
      (text, { find, replace }) => {
        const parts = text.split(find);
        if (parts.length !== 2) throw new Error(`not once in ${file}: ${find}`);
        return parts.join(replace);
      },
      fs.readFileSync(path.join(ROOT, file), 'utf8'),
    );
}

/** There is no such file: it imports the others. */
const ENTRY_FILE = path.join(ROOT, 'entry.ts');
const compiledFiles = new Map<string, CompiledModule>();

function compiledFile(file: string): CompiledModule {
  const known = compiledFiles.get(file);
  if (known) return known;
  const compiled = compile(toCommonJs(file === ENTRY_FILE ? ENTRY : fs.readFileSync(file, 'utf8')));
  compiledFiles.set(file, compiled);
  return compiled;
}

const toCommonJs = (text: string): string =>
  transformSync(text, { loader: 'ts', format: 'cjs', target: TARGET }).code;

/** Of the library, every import is a path of a file without its extension. */
const resolveFile = (folder: string, name: string): string => `${path.resolve(folder, name)}.ts`;

const NAMES = [
  'swan',
  'Component',
  'getApp',
  'getCurrentPages',
  'setTimeout',
  'clearTimeout',
  'console',
  'Date',
] as const;

type CompiledModule = (
  module: { exports: object },
  exports: object,
  require: (name: string) => object,
  ...globals: unknown[]
) => void;

const compile = (text: string): CompiledModule =>
  new Function('module', 'exports', 'require', ...NAMES, text) as CompiledModule;

const noRequire = (name: string): never => {
  throw new Error(`the bundle requires ${name}`);
};
