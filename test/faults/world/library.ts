/**
 * The library as it ships (pay-button and utils, bundled), loaded into a phone of its own: every global it may name is
 * handed in, so that many phones, restarts and copies live side by side.
 */
import { buildSync, type Plugin, build } from 'esbuild';
import path from 'node:path';
import fs from 'node:fs';
import type { Config, PayOutcome } from '../../../utils';
import type { Registry } from '../../../utils/payment/manager';

const ROOT = path.resolve(__dirname, '../../..');
const ENTRY = {
  contents: `export { configure, registry, resumePending } from './utils/internal'; import './components/pay-button/pay-button';`,
  resolveDir: ROOT,
  loader: 'ts' as const,
};

/** A rule removed from the source: what is found is replaced, and it must be found exactly once. */
export interface Mutation {
  name: string;
  edits: Edit[];
}

export interface Edit {
  file: string;
  find: string;
  replace: string;
}

export interface PhoneGlobals {
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
}

export interface Library {
  configure(settings: Partial<Config>): void;
  resumePending(): Promise<PayOutcome[]>;
  /** what other components of the package go by */
  registry(): Registry;
}

export type Code = (globals: PhoneGlobals) => Library;

const options = { stdin: ENTRY, bundle: true, write: false, format: 'cjs', target: 'es2018' } as const;

export function bundleLibrary(): Code {
  return codeOf(buildSync(options).outputFiles[0]!.text);
}

export async function bundleMutant(mutation: Mutation): Promise<Code> {
  const found = new Set<Edit>();
  const mutate: Plugin = {
    name: 'mutate',
    setup(context) {
      context.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
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
  return codeOf(built.outputFiles[0]!.text);
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

function codeOf(text: string): Code {
  const run = new Function('module', 'exports', ...NAMES, text);
  return globals => {
    const module = { exports: {} };
    run(module, module.exports, ...NAMES.map(name => globals[name]));
    return module.exports as Library;
  };
}
