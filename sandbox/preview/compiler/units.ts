import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PageConfig, Unit } from '../types';
import { BUILT_INS } from './builtins';
import { foldersAround, nameIn } from './files';
import { parseObject } from './json';
import { CompileError, type Problem } from './problems';
import { compileStyle } from './style';
import { compileTemplate } from './template';

interface UnitSource {
  unit: Unit;
  problems: Problem[];
  /** Absolute path of each component the unit uses, without extension, by tag. */
  dependencies: Record<string, string>;
}

const EXTENSION = /\.(swan|js|ts|json|css)$/;

/** The key units are known by: a file's name in the mini-program, without extension. */
export function unitId(root: string, path: string): string {
  return nameIn(root, path).replace(EXTENSION, '');
}

/**
 * Reads and compiles one page or component: the four files `path`.swan, .css and .json (the script is run
 * by whoever hosts the unit).
 * @param path absolute path without extension
 */
export function compileUnit(root: string, path: string, kind: 'page' | 'component'): UnitSource {
  const problems: Problem[] = [];
  const id = unitId(root, path);
  const config = readConfig(root, path, problems);
  if (kind === 'component' && config.component !== true) {
    problems.push({ file: `${id}.json`, line: 1, message: 'a component needs "component": true' });
  }
  if (kind === 'page' && config.component === true) {
    problems.push({
      file: `${id}.json`,
      line: 1,
      message: 'a page made with Component() is not supported by the preview',
    });
  }
  const template = existsSync(`${path}.swan`) ? readFileSync(`${path}.swan`, 'utf8') : null;
  if (template === null) problems.push({ file: `${id}.swan`, line: 1, message: 'the file is missing' });
  const dependencies = resolveComponents(root, path, config, problems);
  return {
    unit: compileSource({ root, path, kind, config, template: template ?? '', dependencies, problems }),
    problems,
    dependencies,
  };
}

interface SourceInput {
  root: string;
  path: string;
  kind: 'page' | 'component';
  config: PageConfig;
  template: string;
  dependencies: Record<string, string>;
  problems: Problem[];
}

/** Compiles a unit whose template is given as text; its css is read from `path`.css when that file exists. */
export function compileSource(input: SourceInput): Unit {
  const { root, path, kind, config, dependencies, problems } = input;
  const id = unitId(root, path);
  const { template, problems: templateProblems } = compileTemplate({
    source: input.template,
    file: `${id}.swan`,
    // A component that was not found is one problem, not one more for each of its tags.
    customTags: new Set(
      Object.keys({ ...config.usingComponents, ...dependencies }).map(tag => tag.toLowerCase()),
    ),
    ofComponent: kind === 'component',
  });
  const style = compileStyle(root, `${path}.css`, kind);
  problems.push(...templateProblems, ...style.problems);
  const using = Object.fromEntries(
    Object.entries(dependencies).map(([tag, target]) => [tag, unitId(root, target)]),
  );
  return { id, kind, config, template, css: style.css, using };
}

/**
 * Finds what a usingComponents entry names: `/from/the/root`, a path relative to the file, or a package's path.
 * @returns an absolute path without extension, or null
 */
export function resolveComponent(root: string, from: string, reference: string): string | null {
  const bare = reference.replace(/\.(swan|js)$/, '');
  const candidates: string[] = [];
  if (bare.startsWith('/')) candidates.push(join(root, bare));
  else {
    candidates.push(resolve(dirname(from), bare));
    if (!bare.startsWith('.'))
      candidates.push(...foldersAround(from).map(folder => join(folder, 'node_modules', bare)));
  }
  return candidates.find(candidate => existsSync(`${candidate}.swan`)) ?? null;
}

function resolveComponents(
  root: string,
  path: string,
  config: PageConfig,
  problems: Problem[],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [tag, reference] of Object.entries(config.usingComponents ?? {})) {
    const target = typeof reference === 'string' ? resolveComponent(root, path, reference) : null;
    const file = `${unitId(root, path)}.json`;
    if (BUILT_INS[tag] || tag === 'slot' || tag === 'block') {
      problems.push({ file, line: 1, message: `usingComponents.${tag}: a built-in tag has this name` });
    }
    if (target) found[tag.toLowerCase()] = target;
    else {
      problems.push({ file, line: 1, message: `usingComponents.${tag}: there is no ${reference}.swan` });
    }
  }
  return found;
}

/** Reads `path`.json; broken JSON is a problem, a missing file an empty configuration. */
function readConfig(root: string, path: string, problems: Problem[]): PageConfig {
  const file = `${path}.json`;
  if (!existsSync(file)) return {};
  return parseObject<PageConfig>(readFileSync(file, 'utf8'), `${unitId(root, path)}.json`, problems) ?? {};
}

/**
 * Compiles the given units and every component below them.
 * @param compile compiles one; for who keeps what was compiled before
 * @throws CompileError with all problems of all units
 */
export function compileUnits(
  root: string,
  start: { path: string; kind: 'page' | 'component' }[],
  compile = compileUnit,
): Record<string, Unit> {
  const units: Record<string, Unit> = {};
  const problems: Problem[] = [];
  const visit = (path: string, kind: 'page' | 'component'): void => {
    if (units[unitId(root, path)]) return;
    const compiled = compile(root, path, kind);
    units[compiled.unit.id] = compiled.unit;
    problems.push(...compiled.problems);
    for (const target of Object.values(compiled.dependencies)) visit(target, 'component');
  };
  for (const { path, kind } of start) visit(path, kind);
  if (problems.length) throw new CompileError(problems);
  return units;
}
