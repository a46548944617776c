/**
 * PGlite for tests. It loads its files with import(), which Jest's sandbox refuses and Node's own loader does not. Jest
 * hands out a subclass of Node's Module; its parent is the real one.
 *
 * Making an empty database takes seconds; the one in memory is a copy of one that was made for the whole run.
 */
import { readFile } from 'node:fs/promises';
import Module from 'node:module';
import type * as Pglite from '@electric-sql/pglite';
import { shared } from './shared';

const NodeModule = Object.getPrototypeOf(Module) as typeof Module;

const { PGlite: Engine } = NodeModule.createRequire(__filename)('@electric-sql/pglite') as typeof Pglite;

const emptyDatabase = Object.assign(new Blob(), {
  arrayBuffer: async () => (await readFile(await shared('database'))).buffer,
});

export class PGlite extends Engine {
  constructor(options: Pglite.PGliteOptions = {}) {
    super(options.dataDir === undefined ? { ...options, loadDataDir: emptyDatabase } : options);
  }
}
