/** swan-cashier-sandbox as a user has it: installed from its package, far from this repository. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildOrderInfo,
  loadPrivateKey,
  signOrderInfo,
  verifyNotification,
  type OrderInfo,
} from '../../merchant';
import type { CashierState } from '../../sandbox/cashier';
import { freePort, json } from '../../scripts/support/http';
import { fillDataDir } from '../helpers/shared-resources';
import { installedSandbox, type InstalledSandbox } from '../helpers/installed-sandbox';
import { endPrograms, startProgram, type ChildProgram } from '../helpers/child-process';
import { waitFor } from '../helpers/wait-for';

jest.setTimeout(300_000);

let installed: InstalledSandbox;
let folder: string;
let data: string;
beforeAll(async () => {
  installed = await installedSandbox();
});

function makeFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'swan-cashier-user-'));
  data = join(folder, 'data');
}

function removeFolder(): void {
  endPrograms();
  rmSync(folder, { recursive: true, force: true });
}

const environment = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR };

/** A started sandbox, and what it has printed for a .env. */
interface Sandbox extends ChildProgram {
  origin: string;
  env: Record<string, string>;
}

async function start(
  args: string[] = [],
  wrapper: string[] = [],
): Promise<ChildProgram & { origin: string }> {
  const own = (option: string, value: string): string[] => (args.includes(option) ? [] : [option, value]);
  const port = args.includes('--port') ? args[args.indexOf('--port') + 1] : String(await freePort());
  const all = [installed.command, ...own('--data', data), ...args, ...own('--port', String(port))];
  // What the second compiler gains takes longer to earn back than any test runs.
  const [command = '', ...rest] = [...wrapper, process.execPath, '--liftoff-only', ...all];
  return {
    ...startProgram(command, rest, { cwd: folder, env: environment }),
    origin: `http://127.0.0.1:${port}`,
  };
}

async function startReady(args: string[] = [], wrapper: string[] = []): Promise<Sandbox> {
  const program = await start(args, wrapper);
  await program.waitForLine('ready ');
  const lines = program.lines.filter(line => /^[A-Z_]+=/.test(line));
  return {
    ...program,
    env: Object.fromEntries(lines.map(line => line.split(/=(.*)/s).slice(0, 2) as [string, string])),
  };
}

/** @returns what a start that failed has said */
async function refused(args: string[], wrapper: string[] = []): Promise<string> {
  const program = await start(args, wrapper);
  expect(await program.ended).toBe(1);
  const text = program.lines.join('\n');
  expect(text).not.toMatch(/undefined|\n\s+at |^ready/m);
  return text;
}

let orders = 0;

/** An order as a backend with the printed values signs it. */
function order(
  { env }: Sandbox,
  privateKey = readFileSync(env.MERCHANT_PRIVATE_KEY_FILE ?? '', 'utf8'),
): OrderInfo {
  const { APP_KEY: appKey = '', DEAL_ID: dealId = '' } = env;
  const tpOrderId = `T${++orders}`;
  return signOrderInfo(
    buildOrderInfo({ appKey, dealId, tpOrderId, totalAmount: 990, dealTitle: '水果' }),
    loadPrivateKey(privateKey),
  );
}

async function call<T>(url: string, init?: RequestInit): Promise<T> {
  const {
    errno,
    msg,
    data: content,
  } = (await (await fetch(url, init)).json()) as { errno: number; msg: string; data: T };
  if (errno !== 0) throw new Error(`${errno} ${msg} ${JSON.stringify(content)}`);
  return content;
}

const simulate = ({ origin }: Sandbox, orderInfo: OrderInfo, outcome?: string) =>
  call<{ status: number }>(`${origin}/baidu/_simulate`, json({ orderInfo, outcome }));
const stateOf = ({ origin }: Sandbox) => call<CashierState>(`${origin}/baidu/_state`);

it('holds only built code, and depends on released versions', () => {
  const root = join(installed.folder, 'node_modules', 'swan-cashier-sandbox');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  expect(
    installed.files.filter(
      name =>
        !/^(browser\/[\w-]+\.(js|css|html)|cli\.js|package\.json|LICENSE|README(\.zh-CN)?\.md)$/.test(name),
    ),
  ).toEqual([]);
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(
    expect.arrayContaining(['@electric-sql/pglite', 'fastify', 'pg']),
  );
  for (const range of Object.values(manifest.dependencies ?? {})) expect(range).toMatch(/^[~^]?\d+\.\d+/);
  for (const compiler of ['typescript', 'tsx', 'esbuild']) {
    expect([compiler, existsSync(join(installed.folder, 'node_modules', compiler))]).toEqual([
      compiler,
      false,
    ]);
  }
});

it('installs no package for a newer Node than its own', () => {
  const lock = readFileSync(join(installed.folder, 'node_modules/.package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { engines?: { node?: string } }> };
  const oldest = (range = '0'): number =>
    Math.min(...range.split('||').map(part => Number(/\d+/.exec(part)?.[0] ?? 0)));
  const own = oldest(packages['node_modules/swan-cashier-sandbox']?.engines?.node);
  const newer = Object.entries(packages).filter(([, { engines }]) => oldest(engines?.node) > own);
  expect([own, newer]).toEqual([20, []]);
});

it('is run by npx', () => {
  const { status, stdout } = spawnSync('npx', ['swan-cashier-sandbox', '--help'], {
    cwd: installed.folder,
    env: environment,
    encoding: 'utf8',
  });
  expect([status, stdout.split('\n')[0]]).toEqual([0, 'Usage: swan-cashier-sandbox [options]']);
});

describe('a sandbox without options', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    makeFolder();
    await fillDataDir(data);
    sandbox = await startReady();
  });
  afterAll(removeFolder);

  it('accepts the order of a backend with the printed settings when it starts without options', async () => {
    const { lines } = sandbox;
    const page = await fetch(`${sandbox.origin}/`);
    expect([page.url, page.status]).toEqual([`${sandbox.origin}/baidu/console`, 200]);
    for (const asset of ['console.js', 'console.css', 'cashier.js', 'cashier.css']) {
      expect((await fetch(`${sandbox.origin}/baidu/${asset}`)).status).toBe(200);
    }
    expect(await simulate(sandbox, order(sandbox))).toMatchObject({ status: 2 });

    const pem = lines.slice(
      lines.indexOf('-----BEGIN PUBLIC KEY-----'),
      lines.indexOf('-----END PUBLIC KEY-----') + 1,
    );
    expect(`${pem.join('\n')}\n`).toBe(readFileSync(join(data, 'keys', 'platform-public.pem'), 'utf8'));
    expect(pem.slice(1, -1).join('')).toBe(sandbox.env.PLATFORM_PUBLIC_KEY);

    const {
      CLIENT_ID: client = '',
      CLIENT_SECRET: secret = '',
      BAIDU_BASE_URL: base,
      APP_KEY: appKey = '',
    } = sandbox.env;
    const grant = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: secret,
    });
    for (const api of [base, sandbox.origin]) {
      const { access_token: token } = (await (
        await fetch(`${api}/oauth/2.0/token?${grant}`, { method: 'POST' })
      ).json()) as { access_token: string };
      const query = new URLSearchParams({ access_token: token, pmAppKey: appKey, tpOrderId: `T${orders}` });
      const found = await call(`${api}/rest/2.0/smartapp/pay/paymentservice/findByTpOrderId?${query}`);
      expect(found).toMatchObject({ tpOrderId: `T${orders}`, status: 2, payMoney: 990 });
    }
  });

  it('keeps keys, charges and open calls when it was killed', async () => {
    const first = sandbox;
    const orderInfo = order(first);
    await simulate(first, orderInfo);
    const before = await stateOf(first);
    const waiting = order(first);
    const { callId } = await call<{ callId: string }>(
      `${first.origin}/baidu/cashier/calls`,
      json({ orderInfo: waiting }),
    );
    expect(await first.kill('SIGKILL')).toBe('SIGKILL');

    const second = await startReady();
    expect(second.env.PLATFORM_PUBLIC_KEY).toBe(first.env.PLATFORM_PUBLIC_KEY);
    const { charges, calls } = await stateOf(second);
    expect(charges).toEqual(before.charges);
    expect(charges).toContainEqual(
      expect.objectContaining({ tpOrderId: orderInfo.tpOrderId, totalMoney: 990 }),
    );
    expect(calls).toMatchObject([{ callId, tpOrderId: waiting.tpOrderId }]);
    expect(await second.kill('SIGINT')).toBe(0);

    const third = await startReady(['--reset']);
    expect((await stateOf(third)).orders).toEqual([]);
  });
});

/** A process id means nothing across the border of a container; root can make one, and its own ids in it. */
const container = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
const canContain = spawnSync('unshare', [...container.slice(1), 'true']).status === 0;

describe('a sandbox with options', () => {
  const bodies: string[] = [];
  const backend = createHttpServer((request, response) => {
    let body = '';
    request
      .on('data', part => (body += part))
      .on('end', () => {
        bodies.push(body);
        response.end('{"errno":0,"msg":"success","data":{"isConsumed":2}}');
      });
  });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  let app: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    makeFolder();
    await fillDataDir(data);
    const key = join(folder, 'merchant-public.pem');
    writeFileSync(key, publicKey.export({ type: 'pkcs1', format: 'pem' }));
    app = join(folder, 'app');
    mkdirSync(join(app, 'pages'), { recursive: true });
    writeFileSync(join(app, 'app.json'), '{"pages":["pages/index"]}');
    writeFileSync(join(app, 'app.js'), 'App({})');
    writeFileSync(join(app, 'pages/index.js'), "import { two } from './two';\nPage({ data: { two } })");
    writeFileSync(join(app, 'pages/two.js'), 'export const two = 2;');
    writeFileSync(join(app, 'pages/index.swan'), '<view>{{two}}</view>');
    await new Promise<void>(listening => backend.listen(0, '127.0.0.1', listening));
    const notify = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/pay`;
    const own = [
      '--app-key',
      'MMown',
      '--deal-id',
      '77',
      '--client-id',
      'client',
      '--client-secret',
      'secret',
    ];
    const shown = ['--app', app, '--backend', 'http://127.0.0.1:3000'];
    sandbox = await startReady(['--key', key, '--notify', notify, ...own, ...shown]);
  });
  afterAll(() => {
    backend.close();
    backend.closeAllConnections();
    removeFolder();
  });

  it('notifies the backend with its values when options are given, and keeps notifications without an address', async () => {
    const { PLATFORM_PUBLIC_KEY: platformKey = '', ...values } = sandbox.env;
    expect(values).toEqual({
      APP_KEY: 'MMown',
      DEAL_ID: '77',
      CLIENT_ID: 'client',
      CLIENT_SECRET: 'secret',
      BAIDU_BASE_URL: `${sandbox.origin}/baidu`,
    });
    const orderInfo = order(sandbox, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    await simulate(sandbox, orderInfo);
    await waitFor(() => bodies.length === 1);
    expect(verifyNotification(bodies[0] ?? '', platformKey)).toMatchObject({ ok: true, kind: 'pay' });
    await waitFor(async () => (await stateOf(sandbox)).notifications[0]?.state === 'done');

    await fetch(
      `${sandbox.origin}/baidu/_resend`,
      json({ id: (await stateOf(sandbox)).notifications[0]?.id }),
    );
    await waitFor(() => bodies.length === 2);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('shows the mini-program, whose requests reach the backend, when --app and --backend are given', async () => {
    expect(sandbox.lines.join('\n')).toContain(`preview:    ${app}, requests go to http://127.0.0.1:3000`);
    expect(await (await fetch(sandbox.origin)).text()).toContain('/baidu/cashier.js');
    expect((await fetch(`${sandbox.origin}/preview/preview.js`)).status).toBe(200);
    const compiled = await (await fetch(`${sandbox.origin}/preview/app.json`)).text();
    expect(compiled).toContain('pages/index');
    const script = await (await fetch(`${sandbox.origin}/preview/script.js?id=pages/index`)).text();
    expect(script).toContain('require(');
    expect(script).not.toMatch(/^\s*import /m);
  });

  it('stops with the reason when another process uses the folder', async () => {
    expect(await refused([])).toMatch(
      /Another process \(\d+\) is using this folder\. Stop it, or choose another folder/,
    );
    if (canContain)
      expect(await refused([], container)).toContain(
        'A process elsewhere, such as in a container, is using this folder',
      );
  });
});

describe('a sandbox that cannot start', () => {
  beforeEach(makeFolder);
  afterEach(removeFolder);

  it('names the port when it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise(listening => other.once('listening', listening));
    const { port } = other.address() as AddressInfo;
    expect(await refused(['--port', String(port)])).toContain(
      `Port ${port} is taken. Stop what is using it, or choose another one with --port ${port + 1}.`,
    );
    expect(existsSync(data)).toBe(false);
    other.close();
  });

  it.each([
    [['--key', 'nowhere.pem'], 'Cannot use the public key in nowhere.pem: there is no such file.'],
    [['--key', 'words.pem'], 'Cannot use the public key in words.pem: The key is neither PEM nor base64'],
    [['--key', 'private.pem'], 'private.pem holds a private key, which belongs to your backend alone'],
    [['--app', 'nowhere'], 'There is no folder nowhere. Give --app the folder of the built mini-program.'],
    [['--app', 'empty'], 'empty has no app.json, so it is not a built mini-program.'],
    [['--app', 'words.pem'], 'There is no folder words.pem.'],
    [['--data', 'words.pem'], 'it is a file'],
    [['--data', 'full'], 'holds something that this program has not made'],
    [['--prot', '1'], "Unknown option '--prot'"],
  ])('stops with a sentence, and leaves no files, when the arguments are %j', async (args, sentence) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    writeFileSync(join(folder, 'private.pem'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
    writeFileSync(join(folder, 'words.pem'), 'my key!');
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'thesis.txt'), 'mine');
    expect(await refused(args)).toContain(sentence);
    expect(readdirSync(folder).sort()).toEqual(['empty', 'full', 'private.pem', 'words.pem']);
    expect(readdirSync(join(folder, 'full'))).toEqual(['thesis.txt']);
  });
});
