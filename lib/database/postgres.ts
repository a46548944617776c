import { DatabaseError, exactInteger, INT8, wrapErrors, toDatabaseError } from './driver';
import type { Database, Queryable } from './driver';

/** ms. A caller that has to answer sooner needs a timeout of its own. */
const TIMEOUTS = { connectionTimeoutMillis: 1500, query_timeout: 10_000, statement_timeout: 10_000 };

/** A server may have other defaults. pg reads times in this style alone, and 40001 asks for a retry that nothing here makes. */
const SESSION = { options: '-c datestyle=ISO -c default_transaction_isolation=read\\ committed' };

/** Of two transactions that lock a row, the second one has to see what the first one wrote, also if the URL has options. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** @param url postgres:// URL */
export async function openPostgres(url: string): Promise<Database> {
  const { Pool, types } = await import('pg');
  const pool = new Pool({
    connectionString: url,
    ...TIMEOUTS,
    ...SESSION,
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 && format !== 'binary' ? exactInteger : types.getTypeParser(oid, format),
    },
  });
  // A connection that the server ends is replaced when it is idle, and fails its next statement when it is not. Without
  // listeners the error would end the process; the pool's own ones are not there while a connection changes hands.
  pool.on('error', () => undefined);
  pool.on('connect', client => client.on('error', () => undefined));
  await pool.query('SELECT 1').catch(async error => {
    await pool.end();
    throw explainConnectError(error, url);
  });

  return {
    ...wrapErrors(pool),
    async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
      const client = await pool.connect().catch(rethrow);
      const tx = wrapErrors(client);
      let broken = false;
      try {
        await tx.query(BEGIN);
        const result = await work(tx);
        const { command } = await client.query('COMMIT').catch(rethrow);
        // A server answers COMMIT of a failed transaction with ROLLBACK, and no error.
        if (command !== 'COMMIT') throw new DatabaseError('the transaction had failed and was rolled back');
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
    async close() {
      if (!pool.ending) await pool.end();
    },
  };
}

function rethrow(error: unknown): never {
  throw toDatabaseError(error);
}

/** @returns host and port, with PostgreSQL's defaults for what the URL leaves out; a path when it is a socket */
export function serverAddress(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  const host = hostname || searchParams.get('host') || process.env.PGHOST || 'localhost';
  if (host.startsWith('/')) return host;
  return `${host}:${port || searchParams.get('port') || process.env.PGPORT || '5432'}`;
}

/** Error codes of the network, in words. */
const NETWORK_ERRORS: Record<string, (address: string) => string> = {
  ECONNREFUSED: address =>
    `nothing listens at ${address}; start the server, or correct host and port in the URL`,
  ENOENT: address => `there is no socket of a server in ${address}; start the server, or correct the path`,
  ENOTFOUND: address => `there is no host ${hostOf(address)}; correct the host in the URL`,
  EAI_AGAIN: address =>
    `the name ${hostOf(address)} cannot be looked up; correct the host in the URL, or look at the network`,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
};

function unreachable(address: string): string {
  return `${address} does not answer; correct host and port in the URL, or look at the network and its firewall`;
}

const hostOf = (address: string): string => address.replace(/:\d+$/, '');

/** Errors of pg that have no code. */
const PASSWORD_MISSING = /password must be a string/i;
const NO_ANSWER = /timeout/i;

/**
 * @param error of the first connection
 * @returns a DatabaseError with a sentence when the network or the URL is at fault; else the error itself
 */
export function explainConnectError(error: unknown, url: string): unknown {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const words = connectProblem(code, String(message), serverAddress(url));
  return words === undefined ? error : new DatabaseError({ message: words, code }, { isOutside: true });
}

/** @returns undefined when neither the network nor the URL is at fault */
function connectProblem(code: unknown, message: string, address: string): string | undefined {
  if (PASSWORD_MISSING.test(message)) {
    return 'the server wants a password; write it into the URL: postgres://user:password@host/database';
  }
  if (code === undefined && NO_ANSWER.test(message)) return unreachable(address);
  return NETWORK_ERRORS[String(code)]?.(address);
}
