/** A database whose user can die, as a process does: what it asked last is not answered, and open transactions are undone. */
import type { Database, Queryable } from '../../lib/database';

/** When to die: right after the next statement that holds `sql`, or after the commit of its transaction. */
export interface Death {
  sql: string;
  committed: boolean;
}

export interface KillableDatabase extends Database {
  kill(): void;
  dieAt(death: Death): void;
  /** until it is dead */
  dead: Promise<void>;
}

class Killed extends Error {}

const silence = new Promise<never>(() => undefined);

export function killable(database: Database): KillableDatabase {
  let isDead = false;
  let death: Death | undefined;
  let kill = (): void => undefined;
  const dead = new Promise<void>(resolve => {
    kill = () => {
      isDead = true;
      resolve();
    };
  });
  const isTheEnd = (sql: string): boolean => death !== undefined && sql.includes(death.sql);

  /** A dead one's transaction ends with an error, so that the database undoes it. */
  const inTransaction = (tx: Queryable, onEnd: () => void): Queryable => ({
    async query<T>(sql: string, params?: unknown[]) {
      if (isDead) throw new Killed();
      const result = await tx.query<T>(sql, params);
      if (isTheEnd(sql)) onEnd();
      if (isDead) throw new Killed();
      return result;
    },
  });

  return {
    kill,
    dead,
    dieAt: next => (death = next),
    async query<T>(sql: string, params?: unknown[]) {
      if (isDead) return silence;
      const result = await database.query<T>(sql, params);
      if (isTheEnd(sql)) kill();
      return isDead ? silence : result;
    },
    async transaction<T>(work: (tx: Queryable) => Promise<T>) {
      if (isDead) return silence;
      let isCommitted = false;
      try {
        const result = await database.transaction(tx =>
          work(inTransaction(tx, () => (death?.committed ? (isCommitted = true) : kill()))),
        );
        if (isCommitted) kill();
        return isDead ? silence : result;
      } catch (error) {
        if (isDead) return silence;
        throw error;
      }
    },
    close: async () => undefined,
  };
}
