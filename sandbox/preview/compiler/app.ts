import { join } from 'node:path';
import { routesOf, type AppConfig, type Bundle } from '../compiled-app';
import { ModuleCollector } from './modules';
import {
  CompileError,
  fingerprint,
  parseObject,
  problemsText,
  problemText,
  SourceFolder,
  type Problem,
} from './source-files';
import { compileStyle } from './style';
import { compileViews } from './view';

interface AppCompilation {
  bundle: Bundle;
  /** What is wrong with pages, components and scripts; the others can be shown. */
  problems: Problem[];
}

/**
 * Compiles a whole mini-program for the browser.
 * @param sources its folder, with app.json
 * @throws CompileError when app.json, app.js or app.css is broken, so that no page can be shown
 */
export function compileApp(sources: SourceFolder): AppCompilation {
  const { root } = sources;
  const app = readApp(sources);
  const pages = routesOf(app).map(route => ({ path: join(root, route), kind: 'page' as const }));
  const { views, problems, templateScripts } = compileViews(sources, pages);
  const style = compileStyle(sources, join(root, 'app.css'), 'page');
  const modules = new ModuleCollector(sources);
  modules.addScriptOf(join(root, 'app'));
  const fatal = [...style.problems, ...modules.problems].filter(({ isHarmless }) => !isHarmless);
  if (fatal.length) throw new CompileError(fatal);
  for (const path of Object.keys(views)) modules.addScriptOf(join(root, path));
  for (const [id, { file, code }] of Object.entries(templateScripts)) {
    modules.addCode(id, file, code ?? sources.read(file) ?? '');
  }
  return {
    bundle: { app, appCss: style.css, views, scripts: modules.modules },
    problems: [...problems, ...style.problems, ...modules.problems],
  };
}

function readApp(sources: SourceFolder): AppConfig {
  const refuse = (message: string): never => {
    throw new CompileError([{ file: 'app.json', line: 1, message }]);
  };
  const text = sources.read(join(sources.root, 'app.json'));
  if (text === null) return refuse(`${sources.root} is not a mini-program: there is no app.json in it`);
  const problems: Problem[] = [];
  const app = parseObject<AppConfig>(text, 'app.json', problems);
  if (!app) throw new CompileError(problems);
  return listsPages(app) ? app : refuse('"pages" lists no page');
}

function listsPages(app: AppConfig): boolean {
  try {
    return routesOf(app).length > 0;
  } catch {
    // A number where a list should be, or the like.
    return false;
  }
}

interface CompiledApp {
  /** null when no page of the mini-program can be shown. */
  bundle: Bundle | null;
  /** Why not, in words for its developer. */
  error: string | null;
  /** Mistakes with which all pages can be shown. */
  warnings: string[];
}

/** Compiles a mini-program, and again when one of its files changed. */
export class AppCompiler {
  private sources: SourceFolder;
  private seen: string | null = null;
  private compiled: CompiledApp = { bundle: null, error: null, warnings: [] };

  constructor(private readonly appDir: string) {
    this.sources = new SourceFolder(appDir);
  }

  /** The mini-program as it was compiled last. Does not check its files. */
  get last(): CompiledApp {
    return this.compiled;
  }

  /** The mini-program as its files are now. @throws the file system's errors */
  current(): CompiledApp {
    const before = fingerprint(this.appDir, this.sources.used);
    if (before === this.seen) return this.compiled;
    this.sources = new SourceFolder(this.appDir);
    try {
      const { bundle, problems } = compileApp(this.sources);
      const warnings = problems.filter(({ isHarmless }) => isHarmless).map(problemText);
      this.compiled = { bundle, error: null, warnings: [...new Set(warnings)] };
      const errors = problems.filter(({ isHarmless }) => !isHarmless);
      if (errors.length)
        console.error(`Pages with mistakes say so when they are opened:\n${problemsText(errors)}`);
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      this.compiled = { bundle: null, error: error.message, warnings: [] };
      console.error(`The mini-program cannot be shown:\n${error.message}`);
    }
    // Set after the result: when compiling throws, the next request must not get the result of older files.
    this.seen = fingerprint(this.appDir, this.sources.used);
    return this.compiled;
  }
}
