import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the code in the package; from the sources, what `npm run build` made of them. */
const FOLDERS = [join(__dirname, 'browser'), join(__dirname, '../dist/sandbox/browser')];

/**
 * Finds a script or a stylesheet that is served to browsers. They are made by `npm run build`, never at run time.
 *
 * @throws Error when the build is missing
 */
export function browserFile(name: string): string {
  const found = FOLDERS.map(folder => join(folder, name)).find(file => existsSync(file));
  if (found === undefined) throw new Error(`browser/${name} is missing; npm run build makes it`);
  return found;
}
