import { DatabaseError, exactInteger, failAsDatabase, INT8, queryable } from './types';
import type { Database, Queryable } from './types';
import { explainConnectError } from './server-address';

/** A server that does not answer must not hold a request for ever. A caller that must answer sooner needs its own timeout. */
const TIMEOUTS = { connectionTimeoutMillis: 1500, query_timeout: 10_000, statement_timeout: 10_000 };

/** @param url postgres:// URL */
export async function openPostgres(url: string): Promise<Database> {
  const { Pool, types } = await import('pg');
  const pool = new Pool({
    connectionString: url,
    ...TIMEOUTS,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 && format !== 'binary' ? exactInteger : types.getTypeParser(oid, format),
    },
  });
  // An idle connection that the server drops is replaced by the next query; without a listener the error would end the process.
  pool.on('error', () => undefined);
  await pool.query('SELECT 1').catch(async error => {
    await pool.end();
    throw explainConnectError(error, url);
  });

  return {
    ...queryable(pool),
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      const client = await pool.connect().catch(failAsDatabase);
      // A connection that breaks between two statements says so here as well; the next statement fails anyway.
      const ignore = () => undefined;
      client.on('error', ignore);
      const tx = queryable(client);
      let broken = false;
      try {
        await tx.query('BEGIN');
        const result = await work(tx);
        const { command } = await client.query('COMMIT').catch(failAsDatabase);
        // A server answers COMMIT of a failed transaction with ROLLBACK, and no error.
        if (command !== 'COMMIT') throw new DatabaseError('the transaction had failed and was rolled back');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    },
    async close() {
      if (!pool.ending) await pool.end();
    },
  };
}
