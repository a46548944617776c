/**
 * One SQL on two engines: PGlite (PostgreSQL inside this process) by default, a PostgreSQL server when a URL is given.
 *
 * What is the same on both: `int8` arrives as a number (a value beyond 2^53 is an error, never a rounded number),
 * `jsonb` as a value; JSON parameters go in as text, cast by the statement (`$1::jsonb`).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Queryable {
  /**
   * Runs one statement; without `params` several may be given, separated by semicolons, and the last one's rows come back.
   *
   * @throws DatabaseError for everything that goes wrong in the database or on the way to it
   */
  query<T>(sql: string, params?: unknown[]): Promise<{ rows: T[] }>;
}

export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects.
   *
   * PGlite has one connection, so keep it short, use only `tx` inside, and never wait for the network in it.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Waits for what runs, then closes; later queries fail with a DatabaseError. Closing again does nothing. */
  close(): Promise<void>;
}

export interface Migration {
  /** unique within its schema, for example '001-orders' */
  name: string;
  /** one or more statements that name their schema */
  sql: string;
}

/** Anything the database refused or could not do. `code` is the SQLSTATE, when there is one. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string | undefined;

  constructor(cause: unknown) {
    const { message, code } = Object(cause) as { message?: unknown; code?: unknown };
    super(String(message ?? cause) || 'the database could not be reached', { cause });
    this.code = typeof code === 'string' ? code : undefined;
  }
}

/**
 * Opens a database.
 *
 * @param options.dataDir folder of an embedded PGlite; made when missing. Without it the data lives in memory only.
 * @param options.url postgres:// URL of a server; wins over dataDir
 * @throws DatabaseError when it cannot be opened
 */
export async function openDatabase(options: { dataDir?: string; url?: string } = {}): Promise<Database> {
  try {
    return options.url ? await openServer(options.url) : await openEmbedded(options.dataDir);
  } catch (error) {
    throw error instanceof DatabaseError ? error : new DatabaseError(error);
  }
}

/**
 * Brings a schema up to date: each migration once, in order, all of them or none. Safe to call from several processes
 * at the same moment.
 *
 * @throws DatabaseError when a statement fails; Error when an applied migration was edited afterwards
 */
export async function migrate(db: Database, schema: string, migrations: Migration[]): Promise<void> {
  if (!/^[a-z_]+$/.test(schema)) throw new RangeError(`schema "${schema}" must be lower-case letters`);
  await db.transaction(async tx => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`migrate ${schema}`]);
    await tx.query(`
      CREATE SCHEMA IF NOT EXISTS ${schema};
      CREATE TABLE IF NOT EXISTS ${schema}.migrations (
        name text PRIMARY KEY,
        digest text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    const { rows } = await tx.query<{ name: string; digest: string }>(
      `SELECT name, digest FROM ${schema}.migrations`,
    );
    const applied = new Map(rows.map(row => [row.name, row.digest]));
    for (const { name, sql } of migrations) {
      const digest = createHash('sha256').update(sql).digest('hex');
      const before = applied.get(name);
      if (before === digest) continue;
      if (before !== undefined) {
        throw new Error(
          `Migration ${schema}/${name} was edited after it had been applied. Add a new one, or start afresh with --reset.`,
        );
      }
      await tx.query(sql);
      await tx.query(`INSERT INTO ${schema}.migrations (name, digest) VALUES ($1, $2)`, [name, digest]);
    }
  });
}

const INT8 = 20;

function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JavaScript number exactly`);
  return value;
}

function failAsDatabase(cause: unknown): never {
  throw new DatabaseError(cause);
}

interface Source {
  query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Turns whatever the engine throws into a DatabaseError; the row type is the caller's word for its own SQL. */
function queryable(source: Source): Queryable {
  return {
    async query<T>(sql: string, params?: unknown[]) {
      try {
        const { rows } = await source.query(sql, params);
        return { rows: rows as T[] };
      } catch (error) {
        return failAsDatabase(error);
      }
    },
  };
}

async function openEmbedded(dataDir: string | undefined): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  const opened = dataDir === undefined ? undefined : prepareFolder(dataDir);
  const pg = new PGlite({ dataDir, parsers: { [INT8]: exactInteger } });
  await pg.waitReady;
  opened?.();

  type Engine = Pick<typeof pg, 'query' | 'exec'>;
  const source = (engine: Engine): Source => ({
    // Only the simple protocol takes several statements, only the extended one takes parameters.
    query: async (sql, params) =>
      params ? engine.query(sql, params) : ((await engine.exec(sql)).at(-1) ?? { rows: [] }),
  });

  return {
    ...queryable(source(pg)),
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      // What `work` threw must come out as it was; anything else is the engine's own failure.
      let thrown: { error: unknown } | undefined;
      try {
        return await pg.transaction(async tx => {
          try {
            return await work(queryable(source(tx as unknown as Engine)));
          } catch (error) {
            thrown = { error };
            throw error;
          }
        });
      } catch (error) {
        throw thrown ? thrown.error : new DatabaseError(error);
      }
    },
    close: async () => {
      if (!pg.closed) await pg.close();
    },
  };
}

/**
 * A process killed while PGlite fills a new folder leaves half a database that can never open. The mark beside the
 * folder says "still being filled": nothing in it was ever acknowledged, so it is made again.
 *
 * @returns to be called once the database is open
 */
function prepareFolder(dataDir: string): () => void {
  const mark = join(dirname(dataDir), 'database-is-being-created');
  if (existsSync(mark)) rmSync(dataDir, { recursive: true, force: true });
  if (existsSync(join(dataDir, 'PG_VERSION'))) return () => undefined;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} holds something that is not a database; choose an empty folder`);
  }
  mkdirSync(dirname(dataDir), { recursive: true });
  writeFileSync(mark, '');
  return () => rmSync(mark, { force: true });
}

/** A server that does not answer must not hold a request longer than Baidu waits for a reply. */
const SERVER_TIMEOUTS = { connectionTimeoutMillis: 1500, query_timeout: 10_000, statement_timeout: 10_000 };

async function openServer(url: string): Promise<Database> {
  const { Pool, types } = await import('pg');
  const pool = new Pool({
    connectionString: url,
    ...SERVER_TIMEOUTS,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 && format !== 'binary' ? exactInteger : types.getTypeParser(oid, format),
    },
  });
  // An idle connection that the server drops is replaced by the next query; unheard, it would end the process.
  pool.on('error', () => undefined);
  await pool.query('SELECT 1').catch(async error => {
    await pool.end();
    throw error;
  });

  return {
    ...queryable(pool),
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      const client = await pool.connect().catch(failAsDatabase);
      const tx = queryable(client);
      let broken = false;
      try {
        await tx.query('BEGIN');
        const result = await work(tx);
        const { command } = await client.query('COMMIT').catch(failAsDatabase);
        // A server answers COMMIT of a failed transaction with ROLLBACK, and no error.
        if (command !== 'COMMIT') failAsDatabase('the transaction had failed and was rolled back');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}
