/** Whether a folder is what --app takes. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-errors';

/** @throws StartError when the folder of --app holds no built mini-program */
export function checkAppFolder(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new StartError(`There is no folder ${folder}. Give --app the folder of the built mini-program.`);
  }
  if (existsSync(join(folder, 'app.json'))) return;
  const built = builtFolder(folder);
  const fix = built
    ? `Give --app ${built}, which has one.`
    : 'Build it, and give --app the folder with app.json.';
  throw new StartError(`${folder} has no app.json, so it is not a built mini-program. ${fix}`);
}

/** Where DevTools and the frameworks put a mini-program inside of its project. */
const BUILT = ['dist', 'dist/swan', 'dist/build/mp-baidu', 'unpackage/dist/build/mp-baidu'];

/** The folder of a project that holds its built mini-program, or undefined. */
function builtFolder(project: string): string | undefined {
  const candidates = [smartProgramRoot(project) ?? [], BUILT].flat().map(path => join(project, path));
  return candidates.find(candidate => existsSync(join(candidate, 'app.json')));
}

/** What project.swan.json names as the folder of the mini-program. */
function smartProgramRoot(project: string): string | undefined {
  try {
    const { smartProgramRoot: root } = Object(
      JSON.parse(readFileSync(join(project, 'project.swan.json'), 'utf8')),
    ) as { smartProgramRoot?: unknown };
    return typeof root === 'string' ? root : undefined;
  } catch {
    return undefined;
  }
}
