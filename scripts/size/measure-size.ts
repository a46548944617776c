/**
 * What the built package and other people's buttons weigh: bytes of all files of a component as they reach a phone, minified,
 * then compressed with gzip -9.
 */
import { readFileSync, existsSync } from 'node:fs';
import { extname, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { minify } from 'terser';

export interface Size {
  files: number;
  /** bytes after minifying */
  minified: number;
  /** bytes after gzip -9 of all of them, one after the other */
  gzipped: number;
}

async function minified(file: string): Promise<string> {
  const text = readFileSync(file, 'utf8');
  switch (extname(file)) {
    case '.js':
    case '.wxs': {
      const { code } = await minify(text, { compress: { passes: 3 }, mangle: { toplevel: true } });
      return code ?? text;
    }
    case '.css':
    case '.wxss':
      return (await transform(text, { loader: 'css', minify: true, logLevel: 'silent' })).code;
    case '.json':
      return JSON.stringify(JSON.parse(text));
    default:
      return text.replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, ' ');
  }
}

/** The components share files. */
const minifiedFiles = new Map<string, Promise<string>>();

function minifyOnce(file: string): Promise<string> {
  const known = minifiedFiles.get(file) ?? minified(file);
  minifiedFiles.set(file, known);
  return known;
}

async function measureSize(files: string[]): Promise<Size> {
  const all = (await Promise.all(files.map(minifyOnce))).join('');
  return {
    files: files.length,
    minified: Buffer.byteLength(all),
    gzipped: gzipSync(all, { level: 9 }).length,
  };
}

const SCRIPT = /(?:\brequire\(\s*|\bfrom\s*|\bimport\s*)(['"])([^'"]+)\1/g;
const STYLE = /@import\s*(?:url\()?\s*(['"])([^'"]+)\1/g;
const TEMPLATE = /<(?:import|include|wxs|import-sjs)\b[^>]*?\bsrc=(['"])([^'"]+)\1/g;

const KINDS = ['.js', '.json', '.swan', '.css', '.wxml', '.wxss', '.wxs'];

/**
 * All files of a component: its script, template, style and json, and the files that these name in turn.
 *
 * @param packages folders of packages that a script may name by name, such as tslib
 */
function closureOf(entries: string[], packages: Record<string, string> = {}): string[] {
  const found = new Set<string>();
  const add = (file: string): void => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    const text = readFileSync(file, 'utf8');
    const beside = (name: string): string => resolve(dirname(file), name);
    const script = (name: string): void => {
      const path = packages[name] ?? (name.startsWith('.') ? beside(name) : '');
      [path, `${path}.js`, join(path, 'index.js')].filter(isFile).slice(0, 1).forEach(add);
    };
    if (/\.(js|wxs)$/.test(file)) for (const [, , name = ''] of text.matchAll(SCRIPT)) script(name);
    if (/\.(css|wxss)$/.test(file)) for (const [, , name = ''] of text.matchAll(STYLE)) add(beside(name));
    if (/\.(swan|wxml)$/.test(file)) for (const [, , name = ''] of text.matchAll(TEMPLATE)) add(beside(name));
    if (file.endsWith('.json')) Object.values(componentsIn(text)).map(beside).forEach(component);
  };
  const component = (path: string): void => KINDS.forEach(kind => add(path + kind));
  entries.forEach(entry => (isFile(entry) ? add(entry) : component(entry)));
  return [...found].sort();
}

const isFile = (path: string): boolean => /\.\w+$/.test(path) && existsSync(path);

function componentsIn(json: string): Record<string, string> {
  return (JSON.parse(json) as { usingComponents?: Record<string, string> }).usingComponents ?? {};
}

const DIST = resolve(__dirname, '../../dist');

/** What budgets.json limits. */
const OURS: Record<string, string[]> = {
  'pay-button': ['pay-button/pay-button'],
  'order-summary': ['order-summary/order-summary'],
  'pay-button + order-summary': ['pay-button/pay-button', 'order-summary/order-summary', 'theme.css'],
};

export async function measureOurs(): Promise<Record<string, Size>> {
  const sizes: Record<string, Size> = {};
  for (const [name, entries] of Object.entries(OURS)) {
    sizes[name] = await measureSize(closureOf(entries.map(entry => join(DIST, entry))));
  }
  return sizes;
}

const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${name} ${version}`;
}

/** Other people's buttons, installed here for this comparison alone. None of them creates or confirms an order. */
export async function measureOthers(): Promise<Record<string, Size>> {
  const vant = join(folderOf('@vant/weapp'), 'dist');
  const tdesign = join(folderOf('tdesign-miniprogram'), 'miniprogram_dist');
  const google = folderOf('@google-pay/button-element');
  const tslib = { tslib: join(folderOf('tslib'), 'tslib.js') };
  return {
    [`${versionOf('@vant/weapp')} button`]: await measureSize(closureOf([join(vant, 'button/index')])),
    [`${versionOf('@vant/weapp')} submit-bar`]: await measureSize(
      closureOf([join(vant, 'submit-bar/index')]),
    ),
    [`${versionOf('tdesign-miniprogram')} button`]: await measureSize(
      closureOf([join(tdesign, 'button/button')], tslib),
    ),
    [`${versionOf('@google-pay/button-element')} (without pay.js)`]: await measureSize([
      join(google, 'dist/index.min.js'),
    ]),
  };
}
