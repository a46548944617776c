/** Databases that are taken away from their user, as when its process is killed. */
import { DatabaseError, type Database, type Queryable } from '../../lib/database';

/** When to kill: right after the next statement that contains `sql`, or after the commit of its transaction. */
interface KillPoint {
  sql: string;
  committed: boolean;
}

export interface KillableDatabase extends Database {
  kill(): void;
  killAt(killPoint: KillPoint): void;
  /** until it is dead */
  dead: Promise<void>;
}

class Killed extends Error {}

const silence = new Promise<never>(() => undefined);

/** Once killed it never answers, as the last query of a killed process never is; open transactions are rolled back. */
export function silentWhenKilled(database: Database): KillableDatabase {
  let isDead = false;
  let killPoint: KillPoint | undefined;
  let kill = (): void => undefined;
  const dead = new Promise<void>(resolve => {
    kill = () => {
      isDead = true;
      resolve();
    };
  });
  const isKillPoint = (sql: string): boolean => killPoint !== undefined && sql.includes(killPoint.sql);

  /** A dead one's transaction ends with an error, so that the database undoes it. */
  const inTransaction = (tx: Queryable, onEnd: () => void): Queryable => ({
    async query<T>(sql: string, params?: unknown[]) {
      if (isDead) throw new Killed();
      const result = await tx.query<T>(sql, params);
      if (isKillPoint(sql)) onEnd();
      if (isDead) throw new Killed();
      return result;
    },
  });

  return {
    kill,
    dead,
    killAt: next => (killPoint = next),
    async query<T>(sql: string, params?: unknown[]) {
      if (isDead) return silence;
      const result = await database.query<T>(sql, params);
      if (isKillPoint(sql)) kill();
      return isDead ? silence : result;
    },
    async transaction<T>(work: (tx: Queryable) => Promise<T>) {
      if (isDead) return silence;
      let isCommitted = false;
      try {
        const result = await database.transaction(tx =>
          work(inTransaction(tx, () => (killPoint?.committed ? (isCommitted = true) : kill()))),
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

/** Once killed every query fails, so that the code above it stops. */
export function failingWhenKilled(database: Database): { database: Database; kill(): void } {
  let isDead = false;
  const alive = () => {
    if (isDead) throw new DatabaseError('killed');
  };
  // Also after a statement: a process may die before it knows that it was done.
  const guarded = (queryable: Queryable): Queryable => ({
    async query<T>(sql: string, params?: unknown[]) {
      alive();
      const result = await queryable.query<T>(sql, params);
      alive();
      return result;
    },
  });
  return {
    database: {
      ...guarded(database),
      async transaction<T>(work: (tx: Queryable) => Promise<T>) {
        alive();
        const result = await database.transaction(async tx => {
          const done = await work(guarded(tx));
          alive();
          return done;
        });
        alive();
        return result;
      },
      close: async () => undefined,
    },
    kill: () => {
      isDead = true;
    },
  };
}
