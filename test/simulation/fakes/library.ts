/**
 * The library as it ships (components and utils, bundled), loaded into a process of its own: every global it may name
 * is handed in, so that many phones, restarts and copies live side by side.
 *
 * LIBRARY_ROOT names another checkout, whose library then runs under these tests.
 */
import { build, buildSync, type BuildOptions, type Plugin } from 'esbuild';
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

/** Rules removed from the source: what is found is replaced, and it must be found exactly once. */
export interface Mutation {
  name: string;
  edits: Edit[];
}

export interface Edit {
  file: string;
  find: string;
  replace: string;
}

const options = {
  stdin: {
    contents: `export { configure, resumePending } from './utils/internal';
      import './components/pay-button/pay-button';
      import './components/order-summary/order-summary';`,
    resolveDir: ROOT,
    loader: 'ts',
  },
  bundle: true,
  write: false,
  format: 'cjs',
  target: 'es2018',
  logLevel: 'silent',
} satisfies BuildOptions;

export function bundleLibrary(): LoadLibrary {
  return toLoader(buildSync(options).outputFiles[0]!.text);
}

export async function bundleMutant(mutation: Mutation): Promise<LoadLibrary> {
  const found = new Set<Edit>();
  const mutate: Plugin = {
    name: 'mutate',
    setup(context) {
      // Only what is edited comes here; esbuild reads the rest by itself, which is much quicker.
      const filter = new RegExp(
        `/(${mutation.edits.map(({ file }) => file.replace('.', '\\.')).join('|')})$`,
      );
      context.onLoad({ filter }, ({ path: file }) => {
        let contents = fs.readFileSync(file, 'utf8');
        for (const edit of mutation.edits.filter(one => one.file === path.relative(ROOT, file))) {
          const parts = contents.split(edit.find);
          if (parts.length === 2) found.add(edit);
          contents = parts.join(edit.replace);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
  const built = await build({ ...options, plugins: [mutate] });
  for (const edit of mutation.edits) {
    if (!found.has(edit)) throw new Error(`${mutation.name}: not once in ${edit.file}: ${edit.find}`);
  }
  return toLoader(built.outputFiles[0]!.text);
}

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

function toLoader(text: string): LoadLibrary {
  const run = new Function('module', 'exports', ...NAMES, text);
  return globals => {
    const module = { exports: {} };
    run(module, module.exports, ...NAMES.map(name => globals[name]));
    return module.exports as Library;
  };
}
