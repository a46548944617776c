import { join } from 'node:path';
import { routesOf, type AppConfig } from '../app-config';
import type { Bundle } from '../types';
import { ModuleCollector } from './modules';
import { CompileError, parseObject, type Problem, type SourceFolder } from './source-files';
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
 * @throws CompileError when nothing of it can be shown: app.json, app.js or app.css is broken
 */
export function compileApp(sources: SourceFolder): AppCompilation {
  const { root } = sources;
  const app = readApp(sources);
  const pages = routesOf(app).map(route => ({ path: join(root, route), kind: 'page' as const }));
  const { views, problems, templateScripts } = compileViews(sources, pages);
  const style = compileStyle(sources, join(root, 'app.css'), 'page');
  const modules = new ModuleCollector(sources);
  modules.addScriptOf(join(root, 'app'));
  const fatal = [...style.problems, ...modules.problems].filter(({ harmless }) => !harmless);
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
