/** A throw-away PostgreSQL server for one test file, from the packages Debian installs. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export interface Postgres {
  url: string;
  /** Stops the server as a crash would: no farewell to its clients. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PACKAGES = '/usr/lib/postgresql';

/** @returns undefined, after saying so, where PostgreSQL is not installed */
export async function startPostgres(): Promise<Postgres | undefined> {
  const version = existsSync(PACKAGES) ? readdirSync(PACKAGES).sort().at(-1) : undefined;
  if (!version) {
    process.stderr.write('PostgreSQL is not installed (Debian: apt install postgresql); PGlite stands in.\n');
    return undefined;
  }
  const bin = join(PACKAGES, version, 'bin');
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
    const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'];
    const server = spawn(join(bin, 'postgres'), args, { ...who, stdio: 'ignore' });
    const gone = new Promise<void>(resolve => server.once('exit', () => resolve()));
    await answers(url);
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

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}

async function answers(url: string): Promise<void> {
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
