import { accessSync, constants, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deleteDatabase } from '../lib/database';
import { makeFolder } from '../lib/make-folder';
import { acquireLock, type LockOptions } from './lock';
import { StartError, toFolderError } from './start-errors';

export interface DataDir {
  path: string;
  database: string;
  keys: string;
  /** Deletes database and keys, and nothing else. */
  reset(): void;
  /** Releases the lock, so that another process can use the folder. */
  release(): void;
}

const MARKER_FILE = 'made-by-swan-cashier.txt';
const MARKER_TEXT =
  'A local Baidu cashier keeps its database and keys here. Start it with --reset to delete them.\n';

/**
 * Opens the data folder, making it when it is missing.
 *
 * @param lock absent: several processes may use it at once, because the database is elsewhere
 * @throws StartError when it belongs to something else, cannot be written to, or is in use
 */
export async function openDataDir(data: string, lock?: LockOptions): Promise<DataDir> {
  const path = resolve(data);
  try {
    makeFolder(path);
    const marker = join(path, MARKER_FILE);
    if (!existsSync(marker)) {
      if (readdirSync(path).length > 0) {
        throw new StartError(
          `${path} holds something that this program has not made. Choose an empty or a new folder with --data.`,
        );
      }
      writeFileSync(marker, MARKER_TEXT);
    }
    accessSync(path, constants.W_OK);
    const release = lock ? await acquireLock(join(path, 'lock'), lock) : () => undefined;
    const database = join(path, 'database');
    const keys = join(path, 'keys');
    return {
      path,
      database,
      keys,
      reset() {
        deleteDatabase(database);
        rmSync(keys, { recursive: true, force: true });
      },
      release,
    };
  } catch (error) {
    throw toFolderError(error, path);
  }
}
