import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { forgetPglite } from '../lib/database';
import { acquireLock } from './lock';
import { StartError } from './start-error';

export interface Folder {
  database: string;
  keys: string;
  /** Forgets what the demo has stored here, and nothing else. */
  reset(): void;
  /** Lets another demo use it. */
  release(): void;
}

const MARK = 'made-by-swan-cashier-demo.txt';
const MARK_TEXT = 'npm run demo keeps its database and keys here. Start it with --reset to forget them.\n';

const WHY: Record<string, string> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'no folder can be made there',
  EISDIR: 'a folder stands where one of its files belongs',
};

/**
 * Opens the demo's data folder, making it when it is missing.
 *
 * @param options.shared several processes may use it at once (the database is elsewhere)
 * @throws StartError when it belongs to something else, cannot be written to, or is in use
 */
export function openFolder(data: string, options: { shared: boolean }): Folder {
  const path = resolve(data);
  try {
    mkdirSync(path, { recursive: true });
    const mark = join(path, MARK);
    if (!existsSync(mark)) {
      if (readdirSync(path).length > 0) {
        throw new StartError(
          `${path} holds something that this demo has not made. Choose an empty or a new folder with --data.`,
        );
      }
      writeFileSync(mark, MARK_TEXT);
    }
    accessSync(path, constants.W_OK);
    const release = options.shared ? () => undefined : acquireLock(join(path, 'lock'));
    const database = join(path, 'database');
    const keys = join(path, 'keys');
    return {
      database,
      keys,
      reset() {
        forgetPglite(database);
        rmSync(keys, { recursive: true, force: true });
      },
      release,
    };
  } catch (error) {
    const why = WHY[String(Object(error).code)];
    if (why === undefined) throw error;
    throw new StartError(`Cannot keep data in ${path}: ${why}. Choose another folder with --data.`);
  }
}
