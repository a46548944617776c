import { isAbsolute, join } from 'node:path';
import { CompileError, type Problem } from '../compiler/problems';
import { compileSource, compileUnit, compileUnits, resolveComponent, unitId } from '../compiler/units';
import type { Registration } from '../runtime/registration';
import type { Values } from '../runtime/values';
import type { Unit } from '../types';
import { INLINE_PAGE } from './scripts';

/** A page to mount: from its files (`path`), or from a template and the members of a Page(). */
export interface PageOptions {
  /** Path of a page's files without extension, relative to the root. */
  path?: string;
  template?: string;
  data?: Values;
  /** Members of the page besides data: onLoad, handlers, … */
  methods?: Values;
  /** Path of each component's files without extension, relative to the root or absolute, by tag. */
  usingComponents?: Record<string, string>;
  query?: Record<string, string>;
  /** What app.js would give to App(); for the first page only. */
  app?: Values;
  /** Folder the paths start from; the working directory unless given. */
  root?: string;
}

let inlinePages = 0;
const compiled = new Map<string, ReturnType<typeof compileUnit>>();

/** Files do not change while tests run. */
const compileOnce: typeof compileUnit = (root, path, kind) => {
  const unit = compiled.get(path) ?? compileUnit(root, path, kind);
  compiled.set(path, unit);
  return unit;
};

interface PreparedPage {
  route: string;
  /** What the page's script would register; null when it has a script, which is to be run. */
  registration: Registration | null;
  units: Record<string, Unit>;
}

/** Compiles the page and all components below it. */
export function preparePage(root: string, options: PageOptions): PreparedPage {
  if (options.path !== undefined) {
    const path = join(root, options.path);
    const units = compileUnits(root, [{ path, kind: 'page' }], compileOnce);
    return { route: unitId(root, path), registration: null, units };
  }
  inlinePages += 1;
  const page = join(root, `${INLINE_PAGE}${inlinePages}`);
  const dependencies: Record<string, string> = {};
  for (const [tag, reference] of Object.entries(options.usingComponents ?? {})) {
    const target = resolveComponent(
      root,
      page,
      isAbsolute(reference) ? `/${unitId(root, reference)}` : `./${reference}`,
    );
    if (!target) throw new Error(`usingComponents.${tag}: there is no ${reference}.swan below ${root}`);
    dependencies[tag] = target;
  }
  const components = Object.values(dependencies).map(path => ({ path, kind: 'component' as const }));
  const units = compileUnits(root, components, compileOnce);
  const problems: Problem[] = [];
  const unit = compileSource({
    root,
    path: page,
    kind: 'page',
    config: {},
    template: options.template ?? '',
    dependencies,
    problems,
  });
  if (problems.length) throw new CompileError(problems);
  units[unit.id] = unit;
  const definition = { data: options.data ?? {}, ...options.methods };
  return { route: unit.id, registration: { kind: 'page', definition }, units };
}
