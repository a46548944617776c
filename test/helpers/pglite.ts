/**
 * PGlite loads its files with import(), which Jest's sandbox refuses and Node's own loader does not. Jest hands out a
 * subclass of Node's Module; its parent is the real one.
 */
import Module from 'node:module';
import type * as Pglite from '@electric-sql/pglite';

const NodeModule = Object.getPrototypeOf(Module) as typeof Module;

export const { PGlite } = NodeModule.createRequire(__filename)('@electric-sql/pglite') as typeof Pglite;
