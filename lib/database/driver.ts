/** The interface of both engines, and the code they share. */
import { UserError } from '../user-error';

export interface Queryable {
  /**
   * Runs one statement; without `params` several may be given, separated by semicolons, and the last one's rows come
   * back.
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
  /** Waits for running queries, then closes; later queries fail with a DatabaseError. Closing again has no effect. */
  close(): Promise<void>;
}

/** What PGlite's file-system errors mean, by their WASI number: they come without a message. */
const FILE_ERRORS: Record<number, string> = {
  2: 'its folder may not be written to',
  19: 'the disk quota is used up',
  51: 'the disk is full',
  63: 'its folder may not be written to',
  69: 'its folder is on a read-only disk',
};

/** Anything the database refused or could not do. `code` is the SQLSTATE, when there is one. */
export class DatabaseError extends UserError {
  override readonly name = 'DatabaseError';
  readonly code: string | undefined;
  /** the cause is outside of the database: its disk, its folder, or the network */
  readonly isOutside: boolean;

  constructor(cause: unknown, { isOutside = false } = {}) {
    const { message, code, errno } = Object(cause) as { message?: unknown; code?: unknown; errno?: unknown };
    const words = typeof errno === 'number' ? FILE_ERRORS[errno] : undefined;
    super(words ?? (String(message || code || cause) || 'the database could not be reached'), { cause });
    this.code = typeof code === 'string' ? code : undefined;
    this.isOutside = isOutside || words !== undefined;
  }
}

/** What a log says about an error: one of the database names it, because "connect ECONNREFUSED" alone could be anything. */
export function describeFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof DatabaseError ? `the database cannot be used: ${text}` : text;
}

export function toDatabaseError(cause: unknown): DatabaseError {
  return cause instanceof DatabaseError ? cause : new DatabaseError(cause);
}

export interface QueryRunner {
  query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Turns every error of the engine into a DatabaseError; the row type is not checked. */
export function wrapErrors(source: QueryRunner): Queryable {
  return {
    async query<T>(sql: string, params?: unknown[]) {
      try {
        const { rows } = await source.query(sql, params);
        return { rows: rows as T[] };
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
  };
}

/** The type number of int8. */
export const INT8 = 20;

export function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JavaScript number exactly`);
  return value;
}
