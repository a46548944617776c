/** All files of a component: its script, template, style and json, and the files that these name in turn. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const SCRIPT = /(?:\brequire\(\s*|\bfrom\s*|\bimport\s*)(['"])([^'"]+)\1/g;
const STYLE = /@import\s*(?:url\()?\s*(['"])([^'"]+)\1/g;
const TEMPLATE = /<(?:import|include|wxs|import-sjs)\b[^>]*?\bsrc=(['"])([^'"]+)\1/g;

const KINDS = ['.js', '.json', '.swan', '.css', '.wxml', '.wxss', '.wxs'];

/** @param packages folders of packages that a script may name by name, such as tslib */
export function closureOf(entries: string[], packages: Record<string, string> = {}): string[] {
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
