/**
 * PGlite for tests. It loads its files with import(), which Jest's sandbox refuses and Node's own loader does not. Jest
 * hands out a subclass of Node's Module; its parent is the real one.
 *
 * A database in memory costs a second of CPU. One that is closed is emptied and handed to the next test of the process.
 */
import { readFile } from 'node:fs/promises';
import Module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type * as Pglite from '@electric-sql/pglite';
import { shared } from './shared';

type Engine = Pick<Pglite.PGlite, 'query' | 'exec' | 'transaction' | 'close' | 'waitReady' | 'parsers'>;

const NodeModule = Object.getPrototypeOf(Module) as typeof Module;

// What optimizing its WebAssembly costs takes longer to earn back than any test runs.
setFlagsFromString('--liftoff-only');
const real = NodeModule.createRequire(__filename)('@electric-sql/pglite') as typeof Pglite & {
  /** kept here, where the test files of a process meet */
  idle?: Engine[];
};
const idle = (real.idle ??= []);

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
  private readonly isReusable: boolean;

  constructor(options: Pglite.PGliteOptions = {}) {
    this.isReusable = options.dataDir === undefined;
    const old = this.isReusable ? idle.pop() : undefined;
    this.engine =
      old ?? new real.PGlite(this.isReusable ? { ...options, loadDataDir: emptyDatabase } : options);
    Object.assign(this.engine.parsers, options.parsers);
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
    if (!this.isReusable) return engine.close();
    await engine.exec(DROP_SCHEMAS);
    await engine.exec('DISCARD ALL');
    idle.push(engine);
  }

  private open(): Engine {
    if (this.closed) throw new Error('PGlite is closed');
    return this.engine;
  }
}
