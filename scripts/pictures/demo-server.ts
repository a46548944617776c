/** The demo in this process, on a free port, with temporary keys and a database in memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../lib/database';
import { createDemo, loadKeys } from '../demo/create-demo';
import { freePort } from '../free-port';

const HOST = '127.0.0.1';

export interface Demo {
  origin: string;
  close(): Promise<void>;
}

export async function openDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-pictures-'));
  const database = await openDatabase();
  // The demo has to know its port before it listens.
  const port = await freePort();
  const origin = `http://${HOST}:${port}`;
  const demo = await createDemo(database, loadKeys(folder, 1024), origin, () => undefined);
  await demo.server.listen({ host: HOST, port });
  demo.start();
  return {
    origin,
    async close() {
      await demo.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
