import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import type { ScriptModule } from '../types';
import { foldersAround, nameIn } from './files';
import { parseObject } from './json';
import type { Problem } from './problems';
import { unitId } from './units';

/** The file a path without extension, or a folder, stands for. */
export function scriptFile(path: string): string | null {
  const candidates = [path, `${path}.js`, `${path}.json`, join(path, 'index.js')];
  return (
    candidates.find(
      candidate => extname(candidate) && existsSync(candidate) && statSync(candidate).isFile(),
    ) ?? null
  );
}

/** The key of a script: as its unit's id, with the extension kept where it is not .js. */
const scriptId = (root: string, file: string): string =>
  file.endsWith('.js') ? unitId(root, file) : nameIn(root, file);

/** Adds a script and all that it requires. */
export function collectScripts(
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
    collectScripts(root, target, scripts, problems);
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
  for (const folder of foldersAround(from)) {
    const found =
      scriptFile(join(folder, wanted)) ?? packageFile(root, join(folder, 'node_modules', wanted), problems);
    if (found) return found;
  }
  return null;
}

function packageFile(root: string, path: string, problems: Problem[]): string | null {
  const manifest = join(path, 'package.json');
  if (!existsSync(manifest)) return scriptFile(path);
  const text = readFileSync(manifest, 'utf8');
  const { main } = parseObject<{ main?: unknown }>(text, nameIn(root, manifest), problems) ?? {};
  return scriptFile(join(path, typeof main === 'string' ? main : 'index.js'));
}
