import { isAbsolute, join } from 'node:path';
import { CompileError, type Problem, SourceFolder } from '../compiler/source-files';
import {
  compileSource,
  compileView,
  compileViews,
  resolveComponent,
  type ViewCompilation,
} from '../compiler/view';
import type { Registration } from '../runtime/registration';
import type { Values } from '../runtime/json-values';
import type { CompiledView } from '../compiled-app';
import { addTemplateScripts, INLINE_PAGE } from './module-registry';

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
  return options.path === undefined ? prepareInline(sources, options) : prepareFiles(sources, options.path);
}

function prepareFiles(sources: SourceFolder, name: string): PreparedPage {
  const path = join(sources.root, name);
  const { views, problems, templateScripts } = compileViews(sources, [{ path, kind: 'page' }], compileOnce);
  requireNoProblems(problems);
  addTemplateScripts(sources, templateScripts);
  return { route: sources.idOf(path), registration: null, views };
}

function prepareInline(sources: SourceFolder, options: PageOptions): PreparedPage {
  const { root } = sources;
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
  requireNoProblems(problems);
  addTemplateScripts(sources, { ...below.templateScripts, ...templateScripts });
  const definition = { data: options.data ?? {}, ...options.methods };
  const views = { ...below.views, [view.path]: view };
  return { route: view.path, registration: { kind: 'page', definition }, views };
}

/** Tests fail also for mistakes that a phone ignores. */
function requireNoProblems(problems: Problem[]): void {
  if (problems.length) throw new CompileError(problems);
}
