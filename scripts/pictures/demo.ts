/** The demo in this process, on a free port, with keys and books that nobody keeps. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../demo/database';
import { openHouse } from '../../demo/house';
import { loadKeys } from '../../demo/keys';

const HOST = '127.0.0.1';

export interface Demo {
  origin: string;
  close(): Promise<void>;
}

/** The house has to know its port before it listens. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await new Promise(done => probe.once('listening', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise(done => probe.close(done));
  return port;
}

export async function openDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-pictures-'));
  const database = await openDatabase();
  const port = await freePort();
  const origin = `http://${HOST}:${port}`;
  const house = await openHouse(database, loadKeys(folder, { bits: 1024 }), origin, () => undefined);
  await house.server.listen({ host: HOST, port });
  house.start();
  return {
    origin,
    async close() {
      await house.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
