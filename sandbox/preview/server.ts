import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import type { FastifyPluginAsync } from 'fastify';
import { compileApp } from './compiler/app';
import { fingerprint, listAssets } from './compiler/files';
import { CompileError } from './compiler/problems';
import { screenUnits } from './lengths';
import type { Bundle } from './types';

interface PreviewOptions {
  /** Folder of a built mini-program: app.json, app.js, pages/… */
  appDir: string;
  /** The only origin swan.request may reach, as the mini-program writes it; it is answered by this server itself. */
  origin: string;
  /** Addresses of scripts the page loads before the mini-program, such as the one that brings a cashier. */
  scripts?: string[];
}

const PAGE = join(__dirname, 'browser');

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Nothing is loaded or asked from elsewhere; the mini-program's code is served as files, so nothing is evaluated. */
const SECURITY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Parameters of every script of the mini-program; those after `swan` hide what a phone does not have. */
const PARAMETERS =
  'require, module, exports, App, Page, Component, Behavior, getApp, getCurrentPages, swan, window, document, location, localStorage, fetch, XMLHttpRequest';

/**
 * A Fastify plugin, to be registered without prefix, that shows a mini-program at `/` and keeps what it needs below
 * `/preview/`. The mini-program is compiled when the server starts and again when one of its files changed.
 * @throws Error at once when `origin` is not an origin
 */
export function previewPlugin(options: PreviewOptions): FastifyPluginAsync {
  const { appDir, scripts = [] } = options;
  const origin = originOf(options.origin);
  return async app => {
    const [html, script, styles] = await Promise.all([
      readFile(join(PAGE, 'index.html'), 'utf8'),
      bundleScript(),
      Promise.all(['shell.css', 'base.css'].map(name => readFile(join(PAGE, name), 'utf8'))),
    ]);
    const css = (styles[0] ?? '') + screenUnits(styles[1] ?? '');
    const current = compileOnChange(appDir);
    current();

    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    });

    app.get('/', async (_request, reply) => {
      const tags = scripts.map(src => `<script src="${escapeHtml(src)}"></script>`).join('\n    ');
      reply.header('content-security-policy', SECURITY).type('text/html; charset=utf-8');
      return html.replace('<!-- scripts -->', () => tags);
    });
    app.get('/preview/preview.js', async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(script),
    );
    app.get('/preview/preview.css', async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(css),
    );
    app.get('/preview/app.json', async (_request, reply) => {
      const { bundle, error } = current();
      if (!bundle) return reply.code(500).send({ problem: error });
      const { scripts: modules, ...rest } = bundle;
      const requires = Object.fromEntries(
        Object.entries(modules).map(([id, module]) => [id, module.requires]),
      );
      return { ...rest, requires, origin };
    });
    app.get<{ Querystring: { id?: string } }>('/preview/script.js', async (request, reply) => {
      const id = request.query.id ?? '';
      const modules = current().bundle?.scripts ?? {};
      const module = Object.hasOwn(modules, id) ? modules[id] : undefined;
      if (!module) return reply.code(404).type('text/plain').send(`there is no script ${id}`);
      // On one line with the first line of the file, so that line numbers agree.
      const head = `previewModules[${JSON.stringify(id)}] = function (${PARAMETERS}) {`;
      return reply
        .type('text/javascript; charset=utf-8')
        .send(`${head}${module.code}\n};\n//# sourceURL=swan/${id}.js\n`);
    });
    app.get<{ Params: { '*': string } }>('/preview/files/*', async (request, reply) => {
      const file = listAssets(appDir).get(`/${request.params['*']}`);
      if (!file) return reply.code(404).type('text/plain').send('there is no such file in the mini-program');
      return reply
        .type(TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream')
        .send(await readFile(file));
    });
  };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && url.origin !== 'null' && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`origin must look like http://127.0.0.1:8790, not ${text}`);
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);

async function bundleScript(): Promise<string> {
  const result = await build({
    entryPoints: [join(PAGE, 'main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    sourcemap: 'inline',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return result.outputFiles[0]?.text ?? '';
}

interface Compiled {
  bundle: Bundle | null;
  /** What is wrong with the mini-program, in words for its developer. */
  error: string | null;
}

function compileOnChange(appDir: string): () => Compiled {
  let seen: string | null = null;
  let compiled: Compiled = { bundle: null, error: null };
  return () => {
    const now = fingerprint(appDir);
    if (now === seen) return compiled;
    try {
      compiled = { bundle: compileApp(appDir), error: null };
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      compiled = { bundle: null, error: error.message };
      console.error(`The mini-program cannot be shown:\n${error.message}`);
    }
    // Not before there is a result: where compiling broke down, the next request must not get the one before.
    seen = now;
    return compiled;
  };
}
