/** A fresh mini-program around the package, and a server that shows it and plays its shop and its cashier. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { previewPlugin } from '../../demo/preview/server';
import { freePort } from '../support/free-port';

const ROOT = resolve(__dirname, '../..');

export interface Package {
  /** files of the tarball, relative to the package */
  files: string[];
  /** the tarball itself */
  tarball: string;
  remove(): void;
}

/** `npm pack ./dist`. Needs no network. */
export function pack(): Package {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-pack-'));
  const output = npm(['pack', join(ROOT, 'dist'), '--json', '--pack-destination', folder], folder);
  const [packed] = JSON.parse(output) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm pack said nothing: ${output}`);
  return {
    files: packed.files.map(({ path }) => path).sort(),
    tarball: join(folder, packed.filename),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What an npm that runs these tests hands down must not reach the project of the consumer. */
function npm(args: string[], cwd: string): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  return execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

export type Way = 'npm' | 'copy';

export interface Project {
  path: string;
  /** the installed package */
  library: string;
  remove(): void;
}

const TEMPLATE = `
<order-summary order="{{order}}" order-key="tea"></order-summary>
<pay-button id="pay" order-key="tea" create-url="/orders" order-payload="{{payload}}" status-url="/status"
    amount="680" bind:paycomplete="onComplete"></pay-button>
<view class="outcome">{{outcome}}</view>`;

const ORDER = {
  title: '一杯茶',
  lines: [{ title: '冷泡茉莉', unitAmount: 680, quantity: 1, amount: 680 }],
  fees: [],
  discounts: [],
  totalAmount: 680,
  status: 'unpaid',
};

/** What a mini-program without npm copies. */
export const PARTS = ['pay-button', 'order-summary', 'utils', 'theme.css'];

/** The line of app.css that brings the colours. */
export const THEME: Record<Way, string> = {
  npm: "@import './node_modules/swan-cashier/theme.css';",
  copy: "@import './swan-cashier/theme.css';",
};

/** Makes a mini-program of one page and installs the package: from the tarball, or by copying PARTS. */
export function newProject(tarball: string, way: Way): Project {
  const path = mkdtempSync(join(tmpdir(), `swan-cashier-${way}-`));
  const write = (file: string, content: string | object): void => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  write('package.json', { name: 'tea-shop', version: '1.0.0', private: true });
  npm(['install', '--no-audit', '--no-fund', '--offline', tarball], path);
  const installed = join(path, 'node_modules/swan-cashier');
  const library = way === 'npm' ? installed : join(path, 'swan-cashier');
  if (way === 'copy') {
    for (const part of PARTS) {
      cpSync(join(installed, part), join(library, part), { recursive: true });
    }
    rmSync(join(path, 'node_modules'), { recursive: true });
  }
  const base = way === 'npm' ? 'swan-cashier' : '/swan-cashier';
  const api = way === 'npm' ? 'swan-cashier' : './swan-cashier/utils/index';
  write('app.json', { pages: ['pages/index/index'] });
  write('app.js', `require('${api}').configure({ baseUrl: 'https://tea.example' });\nApp({});\n`);
  write('app.css', `${THEME[way]}\n`);
  write('pages/index/index.json', {
    usingComponents: {
      'pay-button': `${base}/pay-button/pay-button`,
      'order-summary': `${base}/order-summary/order-summary`,
    },
  });
  write('pages/index/index.swan', TEMPLATE);
  write(
    'pages/index/index.js',
    `Page({
  data: { order: ${JSON.stringify(ORDER)}, payload: { sku: 'tea' }, outcome: '' },
  onComplete: function (event) { this.setData({ outcome: event.detail.outcome }); }
});
`,
  );
  return { path, library, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Shown {
  origin: string;
  /** idempotency keys of the orders asked for */
  orders: string[];
  close(): Promise<void>;
}

const ORDER_INFO = {
  dealId: '470193086',
  appKey: 'MMdemo',
  totalAmount: '680',
  tpOrderId: 'T1',
  dealTitle: '一杯茶',
  signFieldsRange: '1',
  rsaSign: 'c2lnbg==',
};

/** Shows the mini-program in the preview; its shop sells, and its cashier answers success at once. */
export async function show(project: Project): Promise<Shown> {
  const app: FastifyInstance = fastify({ forceCloseConnections: true });
  const orders: string[] = [];
  app.post('/orders', async request => {
    orders.push(String(request.headers['idempotency-key'] ?? ''));
    return { errno: 0, data: ORDER_INFO };
  });
  app.get('/status', async () => ({ errno: 0, data: { status: 'paid' } }));
  app.get('/cashier.js', async (_request, reply) =>
    reply
      .type('text/javascript')
      .send('window.swanPorts = { requestPolymerPayment: options => options.success({}) };'),
  );
  await app.register(
    previewPlugin({ appDir: project.path, origin: 'https://tea.example', scripts: ['/cashier.js'] }),
  );
  const port = await freePort();
  await app.listen({ host: '127.0.0.1', port });
  return { origin: `http://127.0.0.1:${port}`, orders, close: () => app.close() };
}
