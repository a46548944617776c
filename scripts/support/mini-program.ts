/** Mini-programs of tests and scripts: copies the components beside them, shows them in a preview. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { previewPlugin } from '../../sandbox/preview/plugin';
import { writeFiles, type Files } from './write-files';

const DIST = resolve(__dirname, '../../dist');

/** The backend in the settings of such a mini-program. */
export const BACKEND = 'https://shop.example';

/** What a mini-program without npm copies. */
export const PARTS = ['pay-button', 'order-summary', 'utils', 'theme.css'];

/** Installs the package by copying, into the folder swan-cashier of a mini-program. */
export function copyLibrary(from: string, folder: string): void {
  for (const part of PARTS) {
    cpSync(join(from, part), join(folder, 'swan-cashier', part), { recursive: true });
  }
}

export interface Page {
  template: string;
  /** the source of its Page({ … }) */
  script: string;
  title?: string;
}

/**
 * The files of pages that use both components, and app.json, which names them.
 *
 * @param pages by route, in their order
 * @param library where the components are
 */
export function filesOf(pages: Record<string, Page>, library = '/swan-cashier'): Files {
  const usingComponents = Object.fromEntries(
    ['pay-button', 'order-summary'].map(name => [name, `${library}/${name}/${name}`]),
  );
  const files: Files = { 'app.json': { pages: Object.keys(pages) } };
  for (const [route, { template, script, title = '' }] of Object.entries(pages)) {
    files[`${route}.swan`] = template;
    files[`${route}.js`] = script;
    files[`${route}.json`] = { navigationBarTitleText: title, usingComponents };
  }
  return files;
}

export interface ShownApp {
  origin: string;
  close(): Promise<void>;
}

/**
 * Shows the mini-program in a folder.
 *
 * @param addBackend adds the routes that the mini-program calls
 * @param cashier script that sets window.swanPorts
 */
export async function showFolder(
  appDir: string,
  addBackend: (app: FastifyInstance) => void,
  cashier: string,
): Promise<ShownApp> {
  const app = fastify({ forceCloseConnections: true });
  addBackend(app);
  app.get('/cashier.js', async (_request, reply) => reply.type('text/javascript').send(cashier));
  await app.register(previewPlugin({ appDir, origin: BACKEND, scripts: ['/cashier.js'] }));
  return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

/** Writes a mini-program around the built components and shows it. */
export async function showFiles(
  files: Files,
  ...sides: [(app: FastifyInstance) => void, string]
): Promise<ShownApp> {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-app-'));
  writeFiles(folder, files);
  copyLibrary(DIST, folder);
  const { origin, close } = await showFolder(folder, ...sides);
  return {
    origin,
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
