import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FastifyInstance } from 'fastify';

const browserFile = (name: string) => join(__dirname, 'browser', name);

/** Bundles the scripts for browsers once, and serves them; `no-store`, because a demo changes under its page. */
export async function serveAssets(app: FastifyInstance): Promise<void> {
  const files = [
    { path: '/cashier.js', type: 'text/javascript', text: await bundle('cashier.ts') },
    { path: '/console.js', type: 'text/javascript', text: await bundle('console.ts') },
    { path: '/console.css', type: 'text/css', text: await styles('console.css') },
    { path: '/cashier.css', type: 'text/css', text: await styles('cashier.css', 'drawer.css') },
  ];
  for (const { path, type, text } of files) {
    app.get(path, async (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-store').send(text),
    );
  }
}

async function styles(...names: string[]): Promise<string> {
  return (await Promise.all(names.map(name => readFile(browserFile(name), 'utf8')))).join('\n');
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [browserFile(entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made nothing of ${entry}`);
  return file.text;
}
