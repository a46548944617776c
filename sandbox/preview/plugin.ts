import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, relative, resolve, sep } from 'node:path';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { browserFile } from '../browser-files';
import { registerBackendProxy } from './backend-proxy';
import type { BackendAddress } from './proxy-protocol';
import { AppCompiler } from './compiler/app';

export interface PreviewOptions {
  /** Folder of a built mini-program: app.json, app.js, pages/… */
  appDir: string;
  /** Origin of the only server swan.request reaches, such as http://127.0.0.1:3000; without it, requests fail. */
  backend?: string | undefined;
  /**
   * The origin that the mini-program uses for that server, if it is another one. With it and without `backend`, this
   * server is the backend.
   */
  origin?: string | undefined;
  /** Addresses of scripts that the page loads before the mini-program, such as a cashier. */
  scripts?: string[];
}

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
  '.otf': 'font/otf',
};

/**
 * The page loads and requests from its own origin only, but for pictures and fonts, which a phone loads from any host. The
 * mini-program's code is served as files, so no eval is needed.
 */
const SECURITY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: http: https:",
  "font-src 'self' data: http: https:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Parameters of every script of the mini-program; those after `Function` hide globals that a phone does not have. */
const PARAMETERS =
  'require, module, exports, global, Function, window, self, document, location, navigator, localStorage, fetch, XMLHttpRequest';

/**
 * A Fastify plugin, to be registered without prefix, that shows a mini-program at `/` and keeps what it needs below
 * `/preview/`. The mini-program is compiled when the server starts and again when one of its files changed.
 * @throws Error at once when `backend` or `origin` is not an origin
 */
export function previewPlugin(options: PreviewOptions): FastifyPluginAsync {
  const backend = originOf('backend', options.backend);
  const origin = originOf('origin', options.origin) ?? backend;
  const address: BackendAddress | null = origin === null ? null : { origin, server: backend };
  return async app => {
    const files = await readFiles('index.html', 'preview.js', 'preview.css');
    const compiler = new AppCompiler(options.appDir);
    compiler.current();
    app.addHook('onSend', async (_request, reply) => {
      reply
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        // Any page can load a script of this machine, and read what its functions are made of.
        .header('cross-origin-resource-policy', 'same-origin');
    });
    servePage(app, files, options.scripts ?? []);
    serveApp(app, compiler, address);
    serveAssets(app, options.appDir);
    if (backend) await registerBackendProxy(app, backend);
  };
}

const readFiles = (...names: string[]): Promise<string[]> =>
  Promise.all(names.map(name => readFile(browserFile(name), 'utf8')));

function originOf(option: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && url.origin !== 'null' && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`${option} must look like http://127.0.0.1:3000, not ${text}`);
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);

function servePage(app: FastifyInstance, [html = '', script, style]: string[], scripts: string[]): void {
  const tags = scripts.map(src => `<script src="${escapeHtml(src)}"></script>`).join('\n    ');
  app.get('/', async (_request, reply) => {
    reply.header('content-security-policy', SECURITY).type('text/html; charset=utf-8');
    return html.replace('<!-- scripts -->', () => tags);
  });
  app.get('/preview/preview.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );
  app.get('/preview/preview.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(style),
  );
}

/** Serves the compiled mini-program. A request for app.json compiles changed files; scripts are served from memory. */
function serveApp(app: FastifyInstance, compiler: AppCompiler, backend: BackendAddress | null): void {
  app.get('/preview/app.json', async (_request, reply) => {
    const { bundle, error, warnings } = compiler.current();
    if (!bundle) return reply.code(500).send({ problem: error });
    const scripts = Object.fromEntries(
      Object.entries(bundle.scripts).map(([id, { requires, problem }]) => [id, { requires, problem }]),
    );
    return { ...bundle, scripts, backend, warnings };
  });
  app.get<{ Querystring: { id?: string } }>('/preview/script.js', async (request, reply) => {
    const id = request.query.id ?? '';
    const modules = compiler.last.bundle?.scripts ?? {};
    const module = Object.hasOwn(modules, id) ? modules[id] : undefined;
    if (!module) return reply.code(404).type('text/plain').send(`there is no script ${id}`);
    // On one line with the first line of the file, so that line numbers agree.
    const head = `previewModules[${JSON.stringify(id)}] = function (${PARAMETERS}) {`;
    return reply
      .type('text/javascript; charset=utf-8')
      .send(`${head}${module.code}\n};\n//# sourceURL=swan/${encodeURI(id)}.js\n`);
  });
}

/** Serves pictures and fonts of the mini-program, and no other file of it. */
function serveAssets(app: FastifyInstance, appDir: string): void {
  app.get<{ Params: { '*': string } }>('/preview/files/*', async (request, reply) => {
    const file = await assetFile(appDir, request.params['*']);
    const type = file && TYPES[extname(file).toLowerCase()];
    if (!type) return reply.code(404).type('text/plain').send('there is no such file in the mini-program');
    return reply.type(type).send(await readFile(file));
  });
}

/** Absolute path of a file below a folder, or null when there is none, or when it is not below. */
async function assetFile(folder: string, path: string): Promise<string | null> {
  const file = resolve(folder, join('.', path));
  if (isOutside(resolve(folder), file)) return null;
  try {
    if (!(await stat(file)).isFile()) return null;
    // A link may lead out of the folder. It is allowed among installed packages only, where links are usual.
    const isLinked = isOutside(await realpath(folder), await realpath(file));
    return isLinked && !relative(folder, file).split(sep).includes('node_modules') ? null : file;
  } catch {
    return null;
  }
}

function isOutside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way.startsWith(`..${sep}`) || way === '..' || resolve(way) === way;
}
