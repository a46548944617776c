/** A cashier in a process of its own, on a database in a folder, that can be requests at which statement to die. */
import Fastify from 'fastify';
import { createCashier } from '../../sandbox/cashier';
import { openDatabase, type Database, type Queryable } from '../../lib/database';

export interface ProcessOptions {
  port: number;
  dataDir: string;
  service: Parameters<typeof createCashier>[0]['services'][number] & { merchantPublicKey: string };
  platformKeys: { privateKey: string; publicKey: string };
}

/** `POST /death`: dies right after the next statement that holds `sql`, or after the commit of its transaction. */
export interface Death {
  sql: string;
  committed: boolean;
}

const die = () => process.kill(process.pid, 'SIGKILL');

function mortal(database: Database, death: () => Death | undefined): Database {
  const watched = (db: Queryable, seen: () => void): Queryable => ({
    async query<T>(text: string, params?: unknown[]) {
      const result = await db.query<T>(text, params);
      const sql = death()?.sql;
      if (sql !== undefined && text.includes(sql)) seen();
      return result;
    },
  });
  return {
    ...watched(database, die),
    async transaction<T>(work: (tx: Queryable) => Promise<T>) {
      let doomed = false;
      const result = await database.transaction(tx =>
        work(watched(tx, () => (death()?.committed ? (doomed = true) : die()))),
      );
      if (doomed) die();
      return result;
    },
    close: () => database.close(),
  };
}

async function main({ port, dataDir, service, platformKeys }: ProcessOptions): Promise<void> {
  let death: Death | undefined;
  const database = mortal(await openDatabase({ dataDir }), () => death);
  const cashier = await createCashier({
    database,
    origin: `http://127.0.0.1:${port}`,
    platformKeys,
    services: [service],
    clockScale: 1200,
    settings: { replyTimeout: 300 },
  });
  const app = Fastify();
  await app.register(cashier.plugin, { prefix: '/baidu' });
  app.post('/death', async request => {
    death = request.body as Death;
    return {};
  });
  await app.listen({ host: '127.0.0.1', port });
  cashier.start();
  process.stdout.write('ready\n');
}

void main(JSON.parse(process.env.CASHIER_PROCESS ?? '') as ProcessOptions);
