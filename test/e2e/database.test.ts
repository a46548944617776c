import fs, { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseError, openDatabase, type Database } from '../../lib/database';
import { dropSchema, migrate } from '../../lib/database/migrations';
import { fillDatabase } from '../helpers/shared-resources';
import { requirePglite } from '../helpers/pglite';
import { createDatabase, describeOnPostgres } from '../helpers/postgres-server';

requirePglite();
jest.setTimeout(180_000);

const MIGRATIONS = [
  {
    name: '001',
    sql: 'CREATE TABLE sample.coins (id int8 PRIMARY KEY, tags jsonb); CREATE TABLE sample.b (a int)',
  },
  { name: '002', sql: 'INSERT INTO sample.coins VALUES (9007199254740991, \'{"a": [1]}\')' },
];

describe('the embedded database', () => testDatabase(() => openDatabase()));

describeOnPostgres('a PostgreSQL server', () => {
  testDatabase(async () => openDatabase({ url: await createDatabase() }));
});

describeOnPostgres('a PostgreSQL server with other defaults', () => {
  it('returns times as Date, and shows in a transaction what others commit meanwhile, when it is asked', async () => {
    const url = await createDatabase();
    const name = new URL(url).pathname.slice(1);
    const before = await openDatabase({ url });
    await before.query(`ALTER DATABASE ${name} SET datestyle = 'SQL, DMY'`);
    await before.query(`ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`);
    await before.query('CREATE TABLE public.seen (at timestamptz DEFAULT now())');
    await before.close();

    const db = await openDatabase({ url });
    await db.query('INSERT INTO public.seen DEFAULT VALUES');
    await db.transaction(async tx => {
      expect((await tx.query('SELECT at FROM public.seen')).rows).toEqual([{ at: expect.any(Date) }]);
      await db.query('INSERT INTO public.seen DEFAULT VALUES');
      expect((await tx.query('SELECT at FROM public.seen')).rows).toHaveLength(2);
    });
    await db.close();
  });
});

function testDatabase(open: () => Promise<Database>): void {
  let db: Database;

  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db?.close());

  it('applies each migration once, in order, when several calls run at once', async () => {
    await Promise.all([migrate(db, 'sample', MIGRATIONS), migrate(db, 'sample', MIGRATIONS)]);
    await migrate(db, 'sample', MIGRATIONS);

    const { rows } = await db.query('SELECT id, tags FROM sample.coins');
    expect(rows).toEqual([{ id: 9007199254740991, tags: { a: [1] } }]);
  });

  it('names the migration when it was edited after it had been applied', async () => {
    await migrate(db, 'sample', MIGRATIONS);
    const edited = [{ name: '001', sql: 'SELECT 1' }, ...MIGRATIONS.slice(1)];
    await expect(migrate(db, 'sample', edited)).rejects.toThrow('sample/001 was edited');
  });

  it('names the migration, and changes nothing, when a newer version has applied it', async () => {
    const older = { name: '001', sql: 'CREATE TABLE newer.a (b int)' };
    const newest = { name: '002', sql: 'ALTER TABLE newer.a ADD c int NOT NULL' };
    await migrate(db, 'newer', [older, newest]);
    await expect(migrate(db, 'newer', [older])).rejects.toThrow(
      'newer version of this program has made the schema newer: it has the migration 002',
    );
    await migrate(db, 'newer', [older, newest]);
  });

  it('rolls a migration back when it fails half way', async () => {
    const broken = [{ name: '001', sql: 'CREATE TABLE broken.a (b int); SELECT nothing FROM nowhere' }];
    await expect(migrate(db, 'broken', broken)).rejects.toThrow(DatabaseError);
    await migrate(db, 'broken', [{ name: '001', sql: 'CREATE TABLE broken.a (b int)' }]);
  });

  it('rolls a transaction back, and rejects with the same error, when its work throws', async () => {
    await db.query('CREATE TABLE IF NOT EXISTS public.t (a int PRIMARY KEY)');
    const mine = new Error('mine');
    const work = db.transaction(async tx => {
      await tx.query('INSERT INTO public.t VALUES ($1)', [1]);
      throw mine;
    });
    await expect(work).rejects.toBe(mine);
    expect((await db.query('SELECT * FROM public.t')).rows).toEqual([]);

    await db.transaction(tx => tx.query('INSERT INTO public.t VALUES ($1)', [1]));
    const repeated = db.transaction(tx => tx.query('INSERT INTO public.t VALUES ($1)', [1]));
    await expect(repeated).rejects.toMatchObject({ name: 'DatabaseError', code: '23505' });
  });

  it('never reports a transaction as kept when one of its statements failed', async () => {
    const work = db.transaction(async tx => {
      await tx.query('SELECT 1/0').catch(() => undefined);
      return 'kept';
    });
    await expect(work).rejects.toThrow(DatabaseError);
  });

  it('drops a schema only when migrations have made it', async () => {
    await migrate(db, 'mine', [{ name: '001', sql: 'CREATE TABLE mine.a (b int)' }]);
    await db.query(
      'CREATE SCHEMA IF NOT EXISTS theirs; CREATE TABLE IF NOT EXISTS theirs.migrations (a int)',
    );
    await dropSchema(db, 'mine');
    await dropSchema(db, 'theirs');
    await dropSchema(db, 'nobodys');
    await expect(db.query('SELECT FROM mine.a')).rejects.toMatchObject({ code: '42P01' });
    await db.query('SELECT FROM theirs.migrations');
  });

  it('throws when a number does not fit into JavaScript', async () => {
    await expect(db.query('SELECT 9007199254740993::int8 AS n')).rejects.toThrow('does not fit');
  });
}

describe('the embedded database on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shop-database-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its data when it is opened again, and recreates it when the folder is half-filled', async () => {
    const dataDir = join(folder, 'pg');
    const mark = join(folder, 'database-is-being-created');
    await fillDatabase(dataDir);
    const first = await openDatabase({ dataDir });
    await first.query('CREATE TABLE kept (a int); INSERT INTO kept VALUES (7)');
    await first.close();

    const second = await openDatabase({ dataDir });
    expect((await second.query('SELECT a FROM kept')).rows).toEqual([{ a: 7 }]);
    await second.close();

    writeFileSync(mark, '');
    const third = await openDatabase({ dataDir });
    await expect(third.query('SELECT a FROM kept')).rejects.toThrow(DatabaseError);
    expect(existsSync(mark)).toBe(false);
    await third.close();
  });

  it('rejects each query when the disk is full, and works again when there is room', async () => {
    const dataDir = join(folder, 'pg');
    await fillDatabase(dataDir);
    const db = await openDatabase({ dataDir });
    await db.query('CREATE TABLE kept (a int)');
    const disk = jest.spyOn(fs, 'statfsSync').mockReturnValue({ bavail: 31, bsize: 1 << 20 } as fs.StatsFs);
    await expect(db.query('INSERT INTO kept VALUES (1)')).rejects.toThrow('is full: 31 MiB are free');
    await expect(db.transaction(tx => tx.query('SELECT 1'))).rejects.toThrow(DatabaseError);
    await expect(openDatabase({ dataDir: join(folder, 'new', 'pg') })).rejects.toMatchObject({
      message: expect.stringContaining('is full'),
      isOutside: true,
    });
    disk.mockRestore();
    await db.query('INSERT INTO kept VALUES (2)');
    expect((await db.query('SELECT a FROM kept')).rows).toEqual([{ a: 2 }]);
    await db.close();
  });

  it('throws and leaves the folder unchanged when it has other files', async () => {
    writeFileSync(join(folder, 'diary.txt'), 'mine');
    await expect(openDatabase({ dataDir: folder })).rejects.toThrow('choose an empty folder');
    expect(existsSync(join(folder, 'diary.txt'))).toBe(true);
  });
});

it('openDatabase() throws a DatabaseError when no server responds', async () => {
  await expect(openDatabase({ url: 'postgres://127.0.0.1:9/none' })).rejects.toThrow(DatabaseError);
});
