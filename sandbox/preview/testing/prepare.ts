import { isAbsolute, join } from 'node:path';
import { ModuleCollector } from '../compiler/modules';
import { CompileError, type Problem, SourceFolder } from '../compiler/source-files';
import {
  compileSource,
  compileView,
  compileViews,
  resolveComponent,
  type TemplateScripts,
  type ViewCompilation,
} from '../compiler/view';
import { collectRegistration, type Registration } from '../runtime/registration';
import type { Values } from '../runtime/data';
import type { CompiledView, ScriptModule } from '../types';

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

/** What the path of a page without files begins with. */
const INLINE_PAGE = 'inline-page-';

let inlinePages = 0;
const compiled = new Map<string, ViewCompilation>();

/** Files do not change while tests run. */
const compileOnce: typeof compileView = (sources, path, kind) => {
  const view = compiled.get(path) ?? compileView(sources, path, kind);
  compiled.set(path, view);
  return view;
};

interface PreparedPage {
  route: string;
  /** What the page's script would register; null when it has a script, which is to be run. */
  registration: Registration | null;
  views: Record<string, CompiledView>;
}

/**
 * Compiles the page and all components below it.
 * @throws CompileError with everything that is not as Swan has it
 */
export function preparePage(root: string, options: PageOptions): PreparedPage {
  const sources = new SourceFolder(root);
  if (options.path !== undefined) {
    const path = join(root, options.path);
    const { views, problems, templateScripts } = compileViews(sources, [{ path, kind: 'page' }], compileOnce);
    accept(sources, problems, templateScripts);
    return { route: sources.idOf(path), registration: null, views };
  }
  inlinePages += 1;
  const page = join(root, `${INLINE_PAGE}${inlinePages}`);
  const dependencies: Record<string, string> = {};
  for (const [tag, reference] of Object.entries(options.usingComponents ?? {})) {
    const wanted = isAbsolute(reference) ? `/${sources.idOf(reference)}` : `./${reference}`;
    const target = resolveComponent(root, page, wanted);
    if (!target) throw new Error(`usingComponents.${tag}: there is no ${reference}.swan below ${root}`);
    dependencies[tag] = target;
  }
  const components = Object.values(dependencies).map(path => ({ path, kind: 'component' as const }));
  const below = compileViews(sources, components, compileOnce);
  const template = options.template ?? '';
  const { view, problems, templateScripts } = compileSource({
    sources,
    path: page,
    kind: 'page',
    config: {},
    template,
    dependencies,
    problems: below.problems,
  });
  accept(sources, problems, { ...below.templateScripts, ...templateScripts });
  const definition = { data: options.data ?? {}, ...options.methods };
  const views = { ...below.views, [view.path]: view };
  return { route: view.path, registration: { kind: 'page', definition }, views };
}

/** Tests fail also for mistakes that a phone ignores. */
function accept(sources: SourceFolder, problems: Problem[], scripts: TemplateScripts): void {
  if (problems.length) throw new CompileError(problems);
  for (const [id, { file, code }] of Object.entries(scripts)) {
    const collector = new ModuleCollector(sources);
    collector.addCode(id, file, code ?? sources.read(file) ?? '');
    if (collector.problems.length) throw new CompileError(collector.problems);
    Object.assign(templateModules, collector.modules);
  }
}

/** Scripts that templates call, by id. */
const templateModules: Record<string, ScriptModule> = {};

/** Runs a script that templates call. It has no globals of a mini-program. @returns its exports */
export function loadTemplateScript(id: string): unknown {
  const module = { exports: {} as unknown };
  const script = templateModules[id];
  const run = new Function('require', 'module', 'exports', script?.code ?? '') as (
    require: (wanted: string) => unknown,
    own: typeof module,
    exports: unknown,
  ) => void;
  run(wanted => loadTemplateScript(script?.requires[wanted] ?? wanted), module, module.exports);
  return module.exports;
}

const known = new Map<string, Registration>();

/** Registers a page or app without running a script. */
export function registerInline(path: string, registration: Registration): void {
  known.set(path, registration);
}

/** Runs a view's script with Jest's own require, once, and answers what it registered. */
export function registrationOf(root: string, path: string): Registration | null {
  const registration = known.get(path);
  if (registration || path === 'app') return registration ?? null;
  const found = collectRegistration(() => void jest.requireActual(join(root, path)));
  if (found) known.set(path, found);
  return found;
}

/** Forgets what the test itself registered. */
export function clearInlineRegistrations(): void {
  for (const path of known.keys()) if (path === 'app' || path.startsWith(INLINE_PAGE)) known.delete(path);
}

/** Every script and module runs anew when it is asked for. */
export function resetModules(): void {
  known.clear();
  jest.resetModules();
}
