import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { browserFile } from '../browser-files';

const ASSETS = [
  { path: '/cashier.js', type: 'text/javascript', file: 'cashier.js' },
  { path: '/cashier.css', type: 'text/css', file: 'cashier.css' },
  { path: '/console.js', type: 'text/javascript', file: 'console.js' },
  { path: '/console.css', type: 'text/css', file: 'console.css' },
];

/** Serves the scripts and styles for browsers; `no-store`, because another version may use the same address. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  for (const { path, type, file } of ASSETS) {
    const content = await readFile(browserFile(file));
    app.get(path, async (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-store').send(content),
    );
  }
}
