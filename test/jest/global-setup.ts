/**
 * Made once for a whole run, when the first test asks for it: what takes seconds and can be shared. Tests run in several
 * processes; they ask this one over HTTP (test/helpers/shared-resources.ts).
 */
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { launchChromiumServer } from '../../scripts/support/chromium';
import { startPostgres } from '../helpers/postgres-server';

declare global {
  /** Ends what was made: see global-teardown.ts. */
  var endSharedResources: (() => Promise<void>) | undefined;
}

export default async function globalSetup(): Promise<void> {
  const ends: (() => Promise<void>)[] = [];

  const make: Record<string, () => Promise<string>> = {
    /** the address of a browser */
    async chromium() {
      const browser = await launchChromiumServer();
      ends.push(() => browser.close());
      return browser.wsEndpoint();
    },
    database: makeDatabase,
    /** the URL of a PostgreSQL server */
    async postgres() {
      const server = await startPostgres();
      ends.push(() => server.stop());
      return server.url;
    },
  };
  const made: Record<string, Promise<string>> = {};

  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    (made[name] ??= make[name]?.() ?? Promise.reject(new Error(`there is no ${name}`))).then(
      value => response.end(value),
      error => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  process.env.SHARED_RESOURCES = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  globalThis.endSharedResources = async () => {
    server.closeAllConnections();
    server.close();
    for (const end of ends) await end();
  };
}

const CACHE = resolve(__dirname, '../../node_modules/.cache/swan-cashier');

/** The files of an empty PGlite as a tar; kept for the next run, because making one takes seconds. */
async function makeDatabase(): Promise<string> {
  const manifest = resolve(require.resolve('@electric-sql/pglite'), '../../package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const file = join(CACHE, `pglite-${version}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(CACHE, { recursive: true });
  // Used once, its WebAssembly costs more to optimize than that saves.
  setFlagsFromString('--liftoff-only');
  const database = await PGlite.create();
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer()));
  await database.close();
  renameSync(draft, file);
  return file;
}
