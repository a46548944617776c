/** Throw-away PostgreSQL servers, from the packages Debian installs. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shared, describeIf } from './shared-resources';
import { freePort } from '../../scripts/support/http';

export interface PostgresServer {
  url: string;
  /** Stops the server as a crash would, without closing its connections. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PACKAGES = '/usr/lib/postgresql';
/** Its data need not outlive the machine, only the server; and many tests connect at once. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'autovacuum=off', 'max_connections=300'];

/** Folder of the newest PostgreSQL's programs; null where there is none. */
export function findPostgres(): string | null {
  const versions = existsSync(PACKAGES)
    ? readdirSync(PACKAGES)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  const folders = versions.map(version => join(PACKAGES, String(version), 'bin'));
  return folders.find(folder => existsSync(join(folder, 'postgres'))) ?? null;
}

/** `describe` for tests that need a PostgreSQL server. */
export function describeOnPostgres(name: string, tests: () => void): void {
  describeIf(findPostgres() !== null, 'PostgreSQL found (Debian: apt install postgresql)', name, tests);
}

let databases = 0;

/**
 * Makes a database on the server of the run; its URL.
 * @throws Error where PostgreSQL is not installed
 */
export async function createDatabase(): Promise<string> {
  const { Client } = await import('pg');
  const server = await shared('postgres');
  const name = `test_${process.pid}_${Date.now()}_${++databases}`;
  const client = new Client(server);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return server.replace(/[^/]*$/, name);
}

/**
 * A server of its own, for tests that kill it.
 * @throws Error where PostgreSQL is not installed
 */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = findPostgres();
  if (!bin) throw new Error('no PostgreSQL found');
  const folder = mkdtempSync(join(tmpdir(), 'shop-postgres-'));
  const data = join(folder, 'data');
  // PostgreSQL refuses to run as root.
  const who = process.getuid?.() === 0 ? { uid: userId('-u'), gid: userId('-g') } : {};
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid);

  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'shop', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...who,
    stdio: 'ignore',
  });
  const port = await freePort();
  const url = `postgres://shop@127.0.0.1:${port}/postgres`;
  const start = async () => {
    const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
    const options = SETTINGS.flatMap(setting => ['-c', setting]);
    const server = spawn(join(bin, 'postgres'), [...args, ...options], { ...who, stdio: 'ignore' });
    const gone = new Promise<void>(resolve => server.once('exit', () => resolve()));
    await waitUntilReady(url);
    return { server, gone };
  };
  let running = await start();

  return {
    url,
    async kill() {
      running.server.kill('SIGQUIT');
      await running.gone;
    },
    async restart() {
      running = await start();
    },
    async stop() {
      running.server.kill('SIGINT');
      await running.gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userId(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

async function waitUntilReady(url: string): Promise<void> {
  const { Client } = await import('pg');
  for (let attempt = 1; ; attempt++) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.query('SELECT 1');
      return await client.end();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
