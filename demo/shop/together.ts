import { setImmediate } from 'node:timers/promises';
import type { Database } from '../database';

/**
 * Lets requests that come together go through the database together. The embedded one computes in this thread: left to
 * itself it is done with one request before the next is even read, and the processor starts cold on HTTP, on SQL and on
 * the signature each time. So whoever asks waits until all that has come is read, and whoever has an answer until all
 * that were read have been asked for; an order then takes about a quarter less processor time.
 */
export function together(database: Database): Database {
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    await setImmediate();
    const result = await work();
    await setImmediate();
    return result;
  };
  return {
    query: (sql, params) => inTurn(() => database.query(sql, params)),
    transaction: work => inTurn(() => database.transaction(work)),
    close: () => database.close(),
  };
}
