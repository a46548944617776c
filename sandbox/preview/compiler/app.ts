import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routesOf } from '../pages';
import type { AppConfig, Bundle, ScriptModule } from '../types';
import { parseObject } from './json';
import { CompileError, type Problem } from './problems';
import { collectScripts, scriptFile } from './scripts';
import { compileStyle } from './style';
import { compileUnits } from './units';

/**
 * Compiles a whole mini-program for the browser.
 * @param root its folder, with app.json
 * @throws CompileError with every problem found
 */
export function compileApp(root: string): Bundle {
  const app = readApp(root);
  const routes = routesOf(app);
  const units = compileUnits(
    root,
    routes.map(route => ({ path: join(root, route), kind: 'page' as const })),
  );
  const problems: Problem[] = [];
  const style = compileStyle(root, join(root, 'app.css'), 'page');
  problems.push(...style.problems);
  const scripts: Record<string, ScriptModule> = {};
  for (const id of ['app', ...Object.keys(units)]) {
    const file = scriptFile(join(root, id));
    if (file) collectScripts(root, file, scripts, problems);
    else problems.push({ file: `${id}.js`, line: 1, message: 'the file is missing' });
  }
  if (problems.length) throw new CompileError(problems);
  return { app, appCss: style.css, units, scripts };
}

function readApp(root: string): AppConfig {
  const file = join(root, 'app.json');
  const refuse = (message: string): never => {
    throw new CompileError([{ file: 'app.json', line: 1, message }]);
  };
  if (!existsSync(file)) return refuse(`${root} is not a mini-program: there is no app.json in it`);
  const problems: Problem[] = [];
  const app = parseObject<AppConfig>(readFileSync(file, 'utf8'), 'app.json', problems);
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
