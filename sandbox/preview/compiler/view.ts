import { dirname, join, resolve } from 'node:path';
import type { PageConfig, CompiledView } from '../compiled-app';
import { isSwanTag } from './builtin-tags';
import {
  ancestorDirs,
  isFile,
  parseObject,
  problemText,
  type Problem,
  type SourceFolder,
} from './source-files';
import { compileStyle } from './style';
import { compileTemplate } from './template';

type ViewKind = CompiledView['kind'];

/** Code that templates call, by the id it is run under. */
export type TemplateScripts = Record<string, { file: string; code: string | null }>;

export interface ViewCompilation {
  view: CompiledView;
  /** All of them; those that keep the view from being shown are also in it. */
  problems: Problem[];
  /** Absolute path of each component the view uses, without extension, by tag. */
  dependencies: Record<string, string>;
  templateScripts: TemplateScripts;
}

/**
 * Reads and compiles one page or component: the files `path`.swan, .css and .json (the host runs the script).
 * @param path absolute path without extension
 */
export function compileView(sources: SourceFolder, path: string, kind: ViewKind): ViewCompilation {
  const problems: Problem[] = [];
  const name = sources.idOf(path);
  const config = readConfig(sources, path, problems);
  if (kind === 'component' && config.component !== true) {
    const message = 'a component needs "component": true';
    problems.push({ file: `${name}.json`, line: 1, message, isHarmless: true });
  }
  const template = sources.read(`${path}.swan`);
  if (template === null) problems.push({ file: `${name}.swan`, line: 1, message: 'the file is missing' });
  const dependencies = resolveComponents(sources, path, config, problems);
  return compileSource({ sources, path, kind, config, template: template ?? '', dependencies, problems });
}

interface SourceInput {
  sources: SourceFolder;
  path: string;
  kind: ViewKind;
  config: PageConfig;
  template: string;
  dependencies: Record<string, string>;
  /** What was found before. */
  problems: Problem[];
}

/** Compiles a view whose template is given as text; its css is read from `path`.css when that file exists. */
export function compileSource(input: SourceInput): ViewCompilation {
  const { sources, path, kind, config, dependencies } = input;
  const template = compileTemplate({
    source: input.template,
    file: `${path}.swan`,
    sources,
    // A missing component is one problem, not one for each of its tags.
    customTags: tagsOf({ ...config.usingComponents, ...dependencies }, reference => !isRemote(reference)),
    remoteTags: tagsOf(config.usingComponents ?? {}, isRemote),
    isComponent: kind === 'component',
  });
  const style = compileStyle(sources, `${path}.css`, kind, kind === 'page' ? sources.idOf(path) : null);
  const problems = [...input.problems, ...template.problems, ...style.problems];
  const scripts: Record<string, string> = {};
  const templateScripts: TemplateScripts = {};
  for (const [name, script] of Object.entries(template.scripts)) {
    const id = `${sources.nameOf(script.file)}${script.code === null ? '' : `#${name}`}`;
    scripts[name] = id;
    templateScripts[id] = script;
  }
  const view: CompiledView = {
    path: sources.idOf(path),
    kind,
    config,
    template: template.template,
    templates: template.templates,
    scripts,
    css: style.css,
    using: Object.fromEntries(
      Object.entries(dependencies).map(([tag, target]) => [tag, sources.idOf(target)]),
    ),
    missing: Object.fromEntries(
      problems.flatMap(problem => (problem.tag ? [[problem.tag, problemText(problem)]] : [])),
    ),
    problems: problems.filter(({ isHarmless, tag }) => !isHarmless && !tag).map(problemText),
  };
  return { view, problems, dependencies, templateScripts };
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
      candidates.push(
        join(root, bare),
        ...ancestorDirs(from).map(folder => join(folder, 'node_modules', bare)),
      );
  }
  return candidates.find(candidate => isFile(`${candidate}.swan`)) ?? null;
}

/** Whether a component is in a dynamic library or a plugin, which a phone loads from Baidu. */
const isRemote = (reference: unknown): boolean => /^(dynamicLib|plugin):\/\//.test(String(reference));

const tagsOf = (using: object, fits: (reference: unknown) => boolean): Set<string> =>
  new Set(
    Object.entries(using)
      .filter(([, reference]) => fits(reference))
      .map(([tag]) => tag.toLowerCase()),
  );

function resolveComponents(
  sources: SourceFolder,
  path: string,
  config: PageConfig,
  problems: Problem[],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [tag, reference] of Object.entries(config.usingComponents ?? {})) {
    const target = typeof reference === 'string' ? resolveComponent(sources.root, path, reference) : null;
    const file = `${sources.idOf(path)}.json`;
    if (isSwanTag(tag) || tag === 'slot' || tag === 'block') {
      const message = `usingComponents.${tag}: a built-in tag has this name`;
      problems.push({ file, line: 1, message, isHarmless: true });
    }
    if (target) found[tag.toLowerCase()] = target;
    else if (isRemote(reference)) {
      const message = `usingComponents.${tag}: the preview has no ${reference}, and draws a box`;
      problems.push({ file, line: 1, message, isHarmless: true });
    } else {
      const message = `usingComponents.${tag}: there is no ${reference}.swan`;
      problems.push({ file, line: 1, message, tag: tag.toLowerCase() });
    }
  }
  return found;
}

/** Reads `path`.json; broken JSON is a problem, a missing or empty file an empty configuration. */
function readConfig(sources: SourceFolder, path: string, problems: Problem[]): PageConfig {
  const text = sources.read(`${path}.json`);
  return (text?.trim() && parseObject<PageConfig>(text, `${sources.idOf(path)}.json`, problems)) || {};
}

interface ViewsCompilation {
  views: Record<string, CompiledView>;
  problems: Problem[];
  templateScripts: TemplateScripts;
}

/**
 * Compiles the given views and every component below them.
 * @param compile compiles one; for who keeps what was compiled before
 */
export function compileViews(
  sources: SourceFolder,
  start: { path: string; kind: ViewKind }[],
  compile = compileView,
): ViewsCompilation {
  const result: ViewsCompilation = { views: {}, problems: [], templateScripts: {} };
  const visit = (path: string, kind: ViewKind): void => {
    if (result.views[sources.idOf(path)]) return;
    const { view, problems, dependencies, templateScripts } = compile(sources, path, kind);
    result.views[view.path] = view;
    result.problems.push(...problems);
    Object.assign(result.templateScripts, templateScripts);
    for (const target of Object.values(dependencies)) visit(target, 'component');
  };
  for (const { path, kind } of start) visit(path, kind);
  return result;
}
