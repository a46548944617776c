/** A fresh mini-program around the package, and a server that shows it and plays its shop and its cashier. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  BACKEND,
  copyLibrary,
  filesOf,
  showFolder,
  type ShownApp as ShownFolder,
} from '../../scripts/support/mini-program';
import { run } from '../../scripts/support/process';
import { writeFiles } from '../../scripts/support/write-files';

const ROOT = resolve(__dirname, '../..');

export interface Package {
  /** files of the tarball, relative to the package */
  files: string[];
  /** the package as npm installs it from the tarball */
  installed: string;
  remove(): void;
}

/** `npm pack ./dist`, and npm installs the tarball. Needs no network. */
export function pack(): Package {
  const folder = mkdtempSync(join(tmpdir(), 'swan-cashier-pack-'));
  const output = run('npm', ['pack', join(ROOT, 'dist'), '--json', '--pack-destination', folder], folder);
  const [packed] = JSON.parse(output) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm pack printed nothing: ${output}`);
  writeFiles(folder, { 'package.json': { name: 'tea-shop', version: '1.0.0', private: true } });
  run('npm', ['install', '--no-audit', '--no-fund', '--offline', join(folder, packed.filename)], folder);
  return {
    files: packed.files.map(({ path }) => path).sort(),
    installed: join(folder, 'node_modules/swan-cashier'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type InstallMethod = 'npm' | 'copy';

export interface Project {
  path: string;
  /** the installed package */
  library: string;
  remove(): void;
}

const ORDER = {
  title: '一杯茶',
  lines: [{ title: '冷泡茉莉', unitAmount: 680, quantity: 1, amount: 680 }],
  fees: [],
  discounts: [],
  totalAmount: 680,
  status: 'unpaid',
};

const PAGE = {
  template: `
<order-summary order="{{order}}" order-key="tea"></order-summary>
<pay-button id="pay" order-key="tea" create-url="/orders" order-payload="{{payload}}" status-url="/status"
    amount="680" bind:paycomplete="onComplete"></pay-button>
<view class="outcome">{{outcome}}</view>`,
  script: `Page({
  data: { order: ${JSON.stringify(ORDER)}, payload: { sku: 'tea' }, outcome: '' },
  onComplete: function (event) { this.setData({ outcome: event.detail.outcome }); }
});
`,
};

/** The line of app.css that brings the colours. */
export const THEME: Record<InstallMethod, string> = {
  npm: "@import './node_modules/swan-cashier/theme.css';",
  copy: "@import './swan-cashier/theme.css';",
};

/** `import en from …; configure({ messages: en })` as Swan's own tools compile it. */
const english = (library: string): string => `
function _interopRequireDefault(e) { return e && e.__esModule ? e : { default: e }; }
var _en = _interopRequireDefault(require('${library}/locale/en'));
require('${library}/utils/index').configure({ messages: _en.default });`;

/**
 * Makes a mini-program of one page that has the package: as npm leaves it, or by copying PARTS.
 * @param isEnglish imports the English texts, which are copied besides
 */
export function newProject({ installed }: Package, method: InstallMethod, isEnglish = false): Project {
  const isNpm = method === 'npm';
  const path = mkdtempSync(join(tmpdir(), `swan-cashier-${method}-`));
  const library = join(path, isNpm ? 'node_modules/swan-cashier' : 'swan-cashier');
  if (isNpm) {
    writeFiles(path, { 'package.json': { name: 'tea-shop', version: '1.0.0', private: true } });
    cpSync(dirname(installed), join(path, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  } else {
    copyLibrary(installed, path);
    if (isEnglish) cpSync(join(installed, 'locale'), join(library, 'locale'), { recursive: true });
  }
  const api = isNpm ? 'swan-cashier' : './swan-cashier/utils/index';
  writeFiles(path, {
    ...filesOf({ 'pages/index/index': PAGE }, isNpm ? 'swan-cashier' : '/swan-cashier'),
    'app.js': `require('${api}').configure({ baseUrl: '${BACKEND}' });
${isEnglish ? english(isNpm ? 'swan-cashier' : './swan-cashier') : ''}
App({});
`,
    'app.css': `${THEME[method]}\n`,
  });
  return { path, library, remove: () => rmSync(path, { recursive: true, force: true }) };
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

export interface Shown extends ShownFolder {
  /** idempotency keys of the orders asked for */
  orders: string[];
}

/** Shows the mini-program in the preview; its shop sells, and its cashier answers success at once. */
export async function show(project: Project): Promise<Shown> {
  const orders: string[] = [];
  const shown = await showFolder(
    project.path,
    app => {
      app.post('/orders', async request => {
        orders.push(String(request.headers['idempotency-key'] ?? ''));
        return { errno: 0, data: ORDER_INFO };
      });
      app.get('/status', async () => ({ errno: 0, data: { status: 'paid' } }));
    },
    'window.swanPorts = { requestPolymerPayment: options => options.success({}) };',
  );
  return { ...shown, orders };
}
