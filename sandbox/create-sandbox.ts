import type { KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../lib/database';
import { createCashier } from './cashier';
import type { PaymentService } from './cashier/services';
import { previewPlugin, type PreviewOptions } from './preview/plugin';
import { createServer } from './http-server';

interface SandboxDeps {
  database: Database;
  /** http://127.0.0.1:8790 */
  origin: string;
  /** signs the notifications, unless the database has a key of its own already */
  platformPrivateKey: KeyObject;
  service: PaymentService;
  /** a mini-program to look at; absent: `/` leads to the console */
  preview?: Omit<PreviewOptions, 'scripts'>;
  log: (line: string) => void;
}

export interface Sandbox {
  server: FastifyInstance;
  /** of the key that signs the notifications */
  platformPublicKey: KeyObject;
  start(): void;
  /** stops the background work and the server; the database stays open */
  stop(): Promise<void>;
}

/** Puts cashier and preview on one server: the cashier below /baidu, Baidu's server API at the root as well. */
export async function createSandbox(deps: SandboxDeps): Promise<Sandbox> {
  const { database, origin, platformPrivateKey, service, preview, log } = deps;
  const cashier = await createCashier({
    database,
    origin,
    platformKeys: { privateKey: platformPrivateKey },
    services: [service],
    log: line => log(`cashier: ${line}`),
  });
  const server = createServer();
  await server.register(cashier.plugin, { prefix: '/baidu' });
  await server.register(cashier.serverApi);
  if (preview) {
    await server.register(previewPlugin({ ...preview, scripts: ['/baidu/cashier.js'] }));
  } else {
    server.get('/', async (_request, reply) => reply.redirect('/baidu/console'));
  }
  return {
    server,
    platformPublicKey: cashier.platformPublicKey,
    start: () => cashier.start(),
    async stop() {
      await cashier.stop();
      await server.close();
    },
  };
}
