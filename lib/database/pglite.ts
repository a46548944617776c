import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder';
import { DatabaseError, exactInteger, INT8, wrapErrors, toDatabaseError } from './driver';
import type { Database, Queryable, QueryRunner } from './driver';

/** @param dataDir its folder; absent: in memory only */
export async function openPglite(dataDir: string | undefined): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  const opened = dataDir === undefined ? undefined : prepareFolder(dataDir);
  const pg = new PGlite({ dataDir, parsers: { [INT8]: exactInteger } });
  await pg.waitReady;
  opened?.();

  const guard = diskGuard(dataDir);
  type Engine = Pick<typeof pg, 'query' | 'exec'>;
  const runnerOf = (engine: Engine): QueryRunner => ({
    // Only the simple protocol takes several statements, only the extended one takes parameters.
    query: (sql, params) =>
      guard(async () =>
        params ? engine.query(sql, params) : ((await engine.exec(sql)).at(-1) ?? { rows: [] }),
      ),
  });

  return {
    ...wrapErrors(runnerOf(pg)),
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      // An error of `work` is rethrown as it is; any other one is the engine's.
      let thrown: { error: unknown } | undefined;
      try {
        return await guard(() =>
          pg.transaction(async tx => {
            try {
              return await work(wrapErrors(runnerOf(tx as unknown as Engine)));
            } catch (error) {
              thrown = { error };
              throw error;
            }
          }),
        );
      } catch (error) {
        if (thrown) throw thrown.error;
        throw toDatabaseError(error);
      }
    },
    async close() {
      if (!pg.closed) await pg.close();
    },
  };
}

const MIB = 1 << 20;
/** A new database takes 40 MiB, and another 16 with its first writes. */
const ROOM_TO_CREATE = 64 * MIB;
/** The log grows by files of 16 MiB. */
const ROOM_TO_WRITE = 32 * MIB;

/**
 * When the disk is full, PGlite blocks the whole process for ever. So no query runs while the disk is nearly full, nor
 * after a write has failed.
 */
function diskGuard(dataDir: string | undefined): <T>(work: () => Promise<T>) => Promise<T> {
  let lost: DatabaseError | undefined;
  return async work => {
    if (lost) throw lost;
    if (dataDir !== undefined) checkRoom(dataDir, ROOM_TO_WRITE);
    try {
      return await work();
    } catch (error) {
      // 53: insufficient resources; 58: the operating system failed.
      if (/^5[38]/.test(String(Object(error).code))) {
        lost = new DatabaseError(`a write failed (${Object(error).message}); make room and start again`, {
          isOutside: true,
        });
      }
      throw error;
    }
  };
}

function checkRoom(folder: string, needed: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < needed) {
    const mib = (bytes: number) => Math.floor(bytes / MIB);
    throw new DatabaseError(
      `the disk of ${folder} is full: ${mib(bavail * bsize)} MiB are free, ${mib(needed)} MiB are needed`,
      { isOutside: true },
    );
  }
}

const markOf = (dataDir: string): string => join(dirname(dataDir), 'database-is-being-created');

/** Deletes a database. A process that is killed half way leaves a mark, so that the next one makes the database again. */
export function deleteDatabase(dataDir: string): void {
  writeFileSync(markOf(dataDir), '');
  rmSync(dataDir, { recursive: true, force: true });
}

/**
 * A process killed while PGlite fills a new folder leaves a database that cannot be opened. The mark beside the
 * folder shows that; such a database has never answered a query, so it is made again.
 *
 * @returns to be called once the database is open
 */
function prepareFolder(dataDir: string): () => void {
  const mark = markOf(dataDir);
  if (existsSync(mark)) rmSync(dataDir, { recursive: true, force: true });
  if (existsSync(join(dataDir, 'PG_VERSION'))) return () => undefined;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new DatabaseError(`${dataDir} holds something that is not a database; choose an empty folder`);
  }
  makeFolder(dirname(dataDir));
  checkRoom(dirname(dataDir), ROOM_TO_CREATE);
  writeFileSync(mark, '');
  // PGlite makes its files writable for all users.
  makeFolder(dataDir, 0o700);
  return () => rmSync(mark, { force: true });
}
