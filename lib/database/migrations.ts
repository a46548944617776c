/** Brings a schema up to date, and drops it. */
import { createHash } from 'node:crypto';
import { UserError } from '../user-error';
import type { Database } from './driver';

export interface Migration {
  /** unique within its schema, for example '001-orders' */
  name: string;
  /** one or more statements that name their schema */
  sql: string;
}

/**
 * Brings a schema up to date: each migration once, in order, all of them or none. Safe to call from several processes
 * at the same moment.
 *
 * @throws DatabaseError when a statement fails; UserError when an applied migration was edited afterwards, or is of a newer
 *   version, whose tables this one cannot fill
 */
export async function migrate(db: Database, schema: string, migrations: Migration[]): Promise<void> {
  checkName(schema);
  await db.transaction(async tx => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`migrate ${schema}`]);
    // IF NOT EXISTS alone may miss a schema that was made while this waited for the lock: a server caches that there
    // was none when the schema is called like the user. Reading the catalogue refreshes that.
    await tx.query('SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema]);
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
    const newer = rows.find(row => !migrations.some(({ name }) => name === row.name));
    if (newer) {
      throw new UserError(
        `A newer version of this program has made the schema ${schema}: it has the migration ${newer.name}. Start that ` +
          'version, or start afresh with --reset.',
      );
    }
    const applied = new Map(rows.map(row => [row.name, row.digest]));
    for (const { name, sql } of migrations) {
      const digest = createHash('sha256').update(sql).digest('hex');
      const before = applied.get(name);
      if (before === digest) continue;
      if (before !== undefined) {
        throw new UserError(
          `Migration ${schema}/${name} was edited after it had been applied. Add a new one, or start afresh with --reset.`,
        );
      }
      await tx.query(sql);
      await tx.query(`INSERT INTO ${schema}.migrations (name, digest) VALUES ($1, $2)`, [name, digest]);
    }
  });
}

/** Drops a schema that `migrate` has made; another one of that name is left alone. */
export async function dropSchema(db: Database, schema: string): Promise<void> {
  checkName(schema);
  const { rows } = await db.query(
    `SELECT FROM information_schema.columns
     WHERE table_schema = $1 AND table_name = 'migrations' AND column_name = 'digest'`,
    [schema],
  );
  if (rows.length > 0) await db.query(`DROP SCHEMA ${schema} CASCADE`);
}

function checkName(schema: string): void {
  if (!/^[a-z_]+$/.test(schema)) throw new RangeError(`schema "${schema}" must be lower-case letters`);
}
