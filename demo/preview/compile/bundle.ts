import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { transformSync } from 'esbuild';
import type { AppConfig, Bundle, ScriptModule } from '../bundle';
import { compileUnits, unitId } from './app';
import { parseObject } from './json';
import { CompileError, type Problem } from './problems';
import { routesOf } from '../routes';
import { compileStyle } from './style';

/** Compiles a whole mini-program for the browser.
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
    if (file) collect(root, file, scripts, problems);
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

function scriptFile(path: string): string | null {
  const candidates = [path, `${path}.js`, `${path}.json`, join(path, 'index.js')];
  return (
    candidates.find(
      candidate => extname(candidate) && existsSync(candidate) && statSync(candidate).isFile(),
    ) ?? null
  );
}

/** A file's path relative to the mini-program, with forward slashes. */
const nameIn = (root: string, file: string): string => relative(root, file).split(sep).join('/');

/** The key of a script: as its unit's id, with the extension kept where it is not .js. */
const scriptId = (root: string, file: string): string =>
  file.endsWith('.js') ? unitId(root, file) : nameIn(root, file);

function collect(
  root: string,
  file: string,
  scripts: Record<string, ScriptModule>,
  problems: Problem[],
): void {
  const id = scriptId(root, file);
  if (scripts[id]) return;
  const source = readFileSync(file, 'utf8');
  const module: ScriptModule = { code: '', requires: {} };
  scripts[id] = module;
  module.code = file.endsWith('.json')
    ? `module.exports = ${source}`
    : transform(root, file, source, problems);
  for (const [, , wanted = ''] of module.code.matchAll(/\brequire\(\s*(['"])([^'"]+)\1\s*\)/g)) {
    const target = resolveScript(root, file, wanted, problems);
    // What cannot be found fails when it is required, which may be never.
    if (!target) continue;
    module.requires[wanted] = scriptId(root, target);
    collect(root, target, scripts, problems);
  }
}

function transform(root: string, file: string, source: string, problems: Problem[]): string {
  // A file that is CommonJS already stays as it is, so that lines in the debugger are those of the file.
  if (!/^\s*(import|export)\b/m.test(source)) return source;
  try {
    return transformSync(source, { format: 'cjs', target: 'es2020', loader: 'js' }).code;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems.push({ file: nameIn(root, file), line: 1, message });
    return '';
  }
}

function resolveScript(root: string, from: string, wanted: string, problems: Problem[]): string | null {
  if (wanted.startsWith('.')) return scriptFile(resolve(dirname(from), wanted));
  if (wanted.startsWith('/')) return scriptFile(join(root, wanted));
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const found =
      scriptFile(join(folder, wanted)) ?? packageFile(root, join(folder, 'node_modules', wanted), problems);
    if (found || dirname(folder) === folder) return found;
  }
}

function packageFile(root: string, path: string, problems: Problem[]): string | null {
  const manifest = join(path, 'package.json');
  if (!existsSync(manifest)) return scriptFile(path);
  const text = readFileSync(manifest, 'utf8');
  const { main } = parseObject<{ main?: unknown }>(text, nameIn(root, manifest), problems) ?? {};
  return scriptFile(join(path, typeof main === 'string' ? main : 'index.js'));
}

const ASSETS = /\.(png|jpe?g|gif|svg|webp|ico|woff2?|ttf)$/i;

/** Pictures and fonts of a mini-program: absolute file by path. */
export function listAssets(root: string): Map<string, string> {
  const files = listFiles(root).filter(file => ASSETS.test(file));
  return new Map(files.map(file => [`/${nameIn(root, file)}`, file]));
}

/** Changes whenever a file of the mini-program does. */
export function fingerprint(root: string): string {
  return listFiles(root)
    .map(file => `${file} ${statSync(file).mtimeMs}`)
    .join('\n');
}

function listFiles(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}
