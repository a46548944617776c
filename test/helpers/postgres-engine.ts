/** One connection to a database of a PostgreSQL server, as far as lib/database uses a PGlite. */
import type * as Pg from 'pg';

interface Rows {
  rows: unknown[];
}

interface Statements {
  query(sql: string, params?: unknown[]): Promise<Rows>;
  exec(sql: string): Promise<Rows[]>;
}

export interface Engine extends Statements {
  parsers: Record<number, (value: string) => unknown>;
  waitReady: Promise<void>;
  transaction<T>(work: (tx: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function createPostgresEngine({ Client, types }: typeof Pg, url: Promise<string>): Engine {
  const parsers: Engine['parsers'] = {};
  const getTypeParser: Pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
    parsers[oid] ?? types.getTypeParser(oid, format);

  const connected = url.then(async connectionString => {
    const client = new Client({ connectionString, types: { getTypeParser } });
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
