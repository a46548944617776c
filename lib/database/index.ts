/**
 * One SQL on two engines: PGlite (PostgreSQL inside this process) by default, a PostgreSQL server when a URL is given.
 *
 * What is the same on both: `int8` arrives as a number (a value beyond 2^53 is an error, never a rounded number),
 * `jsonb` as a value; JSON parameters go in as text, cast by the statement (`$1::jsonb`).
 */
import { openPglite } from './pglite';
import { openPostgres } from './postgres';
import { toDatabaseError, type Database } from './driver';

export { DatabaseError, describeFailure } from './driver';
export type { Database, Queryable } from './driver';
export { deleteDatabase } from './pglite';
export { serverAddress } from './postgres';

/**
 * Opens a database.
 *
 * @param options.dataDir folder of an embedded PGlite; made when missing. Without it the data lives in memory only.
 * @param options.url postgres:// URL of a server; wins over dataDir
 * @throws DatabaseError when it cannot be opened
 */
export async function openDatabase(options: { dataDir?: string; url?: string } = {}): Promise<Database> {
  try {
    return options.url ? await openPostgres(options.url) : await openPglite(options.dataDir);
  } catch (error) {
    throw toDatabaseError(error);
  }
}
