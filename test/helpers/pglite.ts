/**
 * PGlite for tests. It loads its files with import(), which Jest's sandbox refuses and Node's own loader does not. Jest
 * hands out a subclass of Node's Module; its parent is the real one.
 *
 * A database in memory costs a second of CPU, and its statements several times what they cost a PostgreSQL server. So
 * where that is installed it is a database of the run's server, unless a test file asks for PGlite itself. One that is
 * closed is emptied and handed to the next test: of the process when it is the server's, else of the file.
 */
import { readFile } from 'node:fs/promises';
import Module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type * as Pglite from '@electric-sql/pglite';
import type * as Pg from 'pg';
import { createDatabase, findPostgres } from './postgres-server';
import { shared } from './shared-resources';

/** Kept by the real module, where the test files of a process meet. */
interface Idle {
  idle?: Engine[];
}

type Pool = () => Engine[] | undefined;

const NodeModule = Object.getPrototypeOf(Module) as typeof Module;
const requireReal = NodeModule.createRequire(__filename);

// What optimizing its WebAssembly costs takes longer to earn back than any test runs.
setFlagsFromString('--liftoff-only');
const realPglite = requireReal('@electric-sql/pglite') as typeof Pglite;
const realPg = requireReal('pg') as typeof Pg & Idle;

let usesServer = findPostgres() !== null;
/** The engines in memory of this test file, while it runs: one that is left over keeps the process alive. */
let idlePglites: Engine[] | undefined;
const pglites: Pool = () => idlePglites;
const postgres: Pool = () => (realPg.idle ??= []);

/**
 * Makes the databases in memory of a test file PGlite's on every machine. The files that call it run every statement of
 * shop and cashier.
 */
export function requirePglite(): void {
  usesServer = false;
  const idle: Engine[] = (idlePglites = []);
  // Hooks of the file that close databases run after this one.
  afterAll(() => {
    idlePglites = undefined;
    return Promise.all(idle.map(engine => engine.close()));
  });
}

const emptyDatabase = Object.assign(new Blob(), {
  arrayBuffer: async () => (await readFile(await shared('database'))).buffer,
});

const DROP_SCHEMAS = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
  CREATE SCHEMA public;
END $$`;

export class PGlite {
  closed = false;
  private readonly engine: Engine;
  /** where its engine goes when it is closed */
  private readonly pool: Pool = () => undefined;

  constructor({ dataDir, parsers }: Pglite.PGliteOptions = {}) {
    if (dataDir !== undefined) {
      this.engine = new realPglite.PGlite({ dataDir });
    } else if (usesServer) {
      this.pool = postgres;
      this.engine = this.pool()?.pop() ?? createPostgresEngine(realPg, createDatabase());
    } else {
      this.pool = pglites;
      this.engine = this.pool()?.pop() ?? new realPglite.PGlite({ loadDataDir: emptyDatabase });
    }
    Object.assign(this.engine.parsers, parsers);
  }

  get waitReady(): Promise<void> {
    return this.engine.waitReady;
  }

  query: Engine['query'] = (...args) => this.open().query(...args);
  exec: Engine['exec'] = (...args) => this.open().exec(...args);
  transaction: Engine['transaction'] = work => this.open().transaction(work);

  async close(): Promise<void> {
    const engine = this.open();
    this.closed = true;
    const idle = this.pool();
    if (!idle) return engine.close();
    await engine.exec(DROP_SCHEMAS);
    await engine.exec('DISCARD ALL');
    idle.push(engine);
  }

  private open(): Engine {
    if (this.closed) throw new Error('PGlite is closed');
    return this.engine;
  }
}

// One connection to a database of a PostgreSQL server, as far as lib/database uses a PGlite.

interface Rows {
  rows: unknown[];
}

interface Statements {
  query(sql: string, params?: unknown[]): Promise<Rows>;
  exec(sql: string): Promise<Rows[]>;
}

interface Engine extends Statements {
  parsers: Record<number, (value: string) => unknown>;
  waitReady: Promise<void>;
  transaction<T>(work: (tx: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

function createPostgresEngine({ Client, types }: typeof Pg, url: Promise<string>): Engine {
  const parsers: Engine['parsers'] = {};
  const getTypeParser: Pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
    parsers[oid] ?? types.getTypeParser(oid, format);

  const connected = url.then(async connectionString => {
    const client = new Client({ connectionString, types: { getTypeParser } });
    // The server ends with the run, which may be before this process.
    client.on('error', () => undefined);
    await client.connect();
    // The process may end while the database waits for another test.
    (client as Pg.Client & { unref(): void }).unref();
    return client;
  });
  const run = async (sql: string, params?: unknown[]): Promise<Pg.QueryResult> =>
    (await connected).query(sql, params);
  const statements: Statements = { query: run, exec: async sql => [await run(sql)].flat() };

  let last: Promise<unknown> = connected;
  /** What is asked during a transaction waits for its end. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work, work);
    last = result;
    return result;
  }

  return {
    parsers,
    waitReady: connected.then(() => undefined),
    query: (sql, params) => inTurn(() => statements.query(sql, params)),
    exec: sql => inTurn(() => statements.exec(sql)),
    transaction: work =>
      inTurn(async () => {
        await run('BEGIN');
        try {
          const result = await work(statements);
          const { command } = await run('COMMIT');
          if (command !== 'COMMIT') throw new Error('a statement of the transaction had failed');
          return result;
        } catch (error) {
          await run('ROLLBACK');
          throw error;
        }
      }),
    close: async () => (await connected).end(),
  };
}
