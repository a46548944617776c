/** The demo in this process, on a free port, with keys and books that nobody keeps. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../lib/database';
import { openHouse } from '../demo/servers';
import { loadKeys } from '../../sandbox/keys';
import { freePort } from '../free-port';

const HOST = '127.0.0.1';

export interface Demo {
  origin: string;
  close(): Promise<void>;
}

export async function openDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-pictures-'));
  const database = await openDatabase();
  // The house has to know its port before it listens.
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
