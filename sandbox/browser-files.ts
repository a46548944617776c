import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../lib/user-error';

/** Beside the code in the package; in the repository, in dist/. */
const FOLDERS = [join(__dirname, 'browser'), join(__dirname, '../dist/sandbox/browser')];

/**
 * Finds a script or a stylesheet that is served to browsers. They are made by `npm run build`, never at run time.
 *
 * @throws UserError when the build is missing
 */
export function browserFile(name: string): string {
  const found = FOLDERS.map(folder => join(folder, name)).find(file => existsSync(file));
  if (found === undefined) throw new UserError(`browser/${name} is missing; npm run build makes it`);
  return found;
}
