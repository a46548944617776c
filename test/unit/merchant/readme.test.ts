import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import type { OrderInfo } from '../../../merchant';
import { signNotification, verifyOrderInfo } from '../../../merchant';
import { waitFor } from '../../helpers/wait-for';
import { freePort } from '../../../scripts/support/http';
import { platform, sample, required } from './vectors';

// Each backend is a process of its own, which takes seconds to start on a busy machine.
jest.setTimeout(60_000);
const STARTS = 45_000;

const root = resolve(__dirname, '../../..');
const readme = readFileSync(join(root, 'merchant/README.md'), 'utf8');
const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(block => block[1] ?? '');
const block = (holding: string): string => blocks.find(each => each.includes(holding)) ?? '';
const SERVERS = [
  ['plain http', 'readBody(request)'],
  ['Express', 'express('],
  ['Fastify', 'fastify('],
] as const;

/** Makes Node look for requests that take too long more often than every 30 s; the snippets are not changed otherwise. */
const PRELOAD = `
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
const { createServer } = http;
http.createServer = (options, handler) =>
  typeof options === 'function'
    ? createServer({ connectionsCheckingInterval: 250 }, options)
    : createServer({ ...options, connectionsCheckingInterval: 250 }, handler);
syncBuiltinESMExports();
`;

async function ask(url: string, request?: RequestInit): Promise<unknown> {
  const response = await fetch(url, request);
  return response.ok ? response.json() : response.status;
}

const FORM = 'application/x-www-form-urlencoded';

function post(url: string, body: BodyInit = '', headers: Record<string, string> = { 'content-type': FORM }) {
  return ask(url, body ? { method: 'POST', body, headers } : { method: 'POST' });
}

/** Announces a body of a hundred bytes and sends three of them. */
function sendHalf(origin: string): { leave(): void; closed: Promise<unknown> } {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const head = [
    'POST /notify/pay HTTP/1.1',
    `Host: ${hostname}`,
    'Content-Length: 100',
    `Content-Type: ${FORM}`,
  ];
  socket.write([...head, '', 'a=1'].join('\r\n'));
  socket.on('error', () => undefined).resume();
  return { leave: () => socket.destroy(), closed: new Promise(closed => socket.once('close', closed)) };
}

interface Created {
  orderInfo: OrderInfo;
  order: { status: string; tpOrderId: string; totalAmount: number };
}

const SUCCESS = { errno: 0, msg: 'success', data: { isConsumed: 2 } };
const GIVE_BACK = { errno: 0, msg: 'success', data: { isErrorOrder: 1, isConsumed: 2 } };
const REFUSED = { errno: 1, msg: 'refused', data: {} };

// Compiled once for all backends, where a loader for TypeScript would compile it in each process.
const kitFolder = mkdtempSync(join(tmpdir(), 'kit-'));
const kit = join(kitFolder, 'kit.mjs');
beforeAll(() => {
  const entryPoints = [join(root, 'merchant/index.ts')];
  buildSync({ entryPoints, outfile: kit, bundle: true, platform: 'node', format: 'esm' });
});
afterAll(() => rmSync(kitFolder, { recursive: true }));

function writeBackend(folder: string, holding: string, port: number): string[] {
  const write = (name: string, code: string): void =>
    writeFileSync(
      join(folder, name),
      code.replaceAll('swan-cashier/merchant', pathToFileURL(kit).href).replaceAll('3000', String(port)),
    );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  write('cashier.mjs', block('export function paid'));
  write('server.mjs', block(holding));
  writeFileSync(join(folder, 'preload.mjs'), PRELOAD);
  return ['--import', join(folder, 'preload.mjs'), join(folder, 'server.mjs')];
}

const privateKeyFile = join(kitFolder, 'merchant-private.pem');
writeFileSync(privateKeyFile, required(sample.privateKeyPem));

const ENVIRONMENT = {
  ...process.env,
  MERCHANT_PRIVATE_KEY_FILE: privateKeyFile,
  PLATFORM_PUBLIC_KEY: required(platform.publicKeyPem),
  APP_KEY: 'MMMabc',
  DEAL_ID: '470193086',
};

describe.each(SERVERS)('the backend of the README with %s', (_framework, holding) => {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  let server: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, writeBackend(folder, holding, port), {
      cwd: root,
      // Express reports each body it refuses.
      stdio: ['ignore', 'inherit', holding === 'express(' ? 'ignore' : 'inherit'],
      env: { ...ENVIRONMENT, NOTIFY_URL: `${origin}/notify/pay` },
    });
    // Any answer shows that it listens.
    await waitFor(() => fetch(origin).catch(() => null), STARTS);
  });
  afterEach(() => expect(server.exitCode).toBeNull());
  afterAll(async () => {
    const ended = new Promise(done => server.once('exit', done));
    if (server.exitCode === null && server.kill()) await ended;
    rmSync(folder, { recursive: true });
  });

  const create = async (key?: string): Promise<Created> => {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    const { data } = (await ask(`${origin}/orders`, { method: 'POST', headers })) as { data: Created };
    return data;
  };
  const notified = (order: Created['order'], change: Record<string, string> = {}): string => {
    const { tpOrderId, totalAmount } = order;
    const params = { ...platform.params, tpOrderId, totalMoney: String(totalAmount), ...change };
    return new URLSearchParams(signNotification(params, required(platform.privateKeyPem))).toString();
  };
  const notify = (body: BodyInit, type = FORM): Promise<unknown> =>
    post(`${origin}/notify/pay`, body, { 'content-type': type });
  const statusOf = async (tpOrderId: string): Promise<unknown> => {
    const answer = await ask(`${origin}/orders/status?${new URLSearchParams({ tpOrderId })}`);
    return (answer as { data?: { status?: unknown } }).data?.status ?? answer;
  };

  test('accepts the payment of its order, and nothing else, when notifications arrive', async () => {
    const { orderInfo, order } = await create();
    expect(verifyOrderInfo(orderInfo, required(sample.publicKeyPem))).toBe(true);
    expect(orderInfo).toMatchObject({ notifyUrl: `${origin}/notify/pay`, tpOrderId: order.tpOrderId });
    expect(order).toEqual({ status: 'unpaid', tpOrderId: order.tpOrderId, totalAmount: 11300 });

    expect(await statusOf(order.tpOrderId)).toBe('unpaid');
    expect(await notify(notified(order, { totalMoney: '1' }))).toEqual(GIVE_BACK);
    expect(await notify(notified(order, { status: '1' }))).toEqual(REFUSED);
    expect(await notify(notified(order, { dealId: '1' }))).toEqual(REFUSED);
    expect(await notify(notified(order, { tpOrderId: 'T-unknown' }))).toEqual(REFUSED);
    expect(await notify(notified(order).replace('payMoney=11300', 'payMoney=1'))).toEqual(REFUSED);
    expect(await statusOf(order.tpOrderId)).toBe('unpaid');
    expect(await notify(notified(order))).toEqual(SUCCESS);
    expect(await statusOf(order.tpOrderId)).toBe('paid');
    expect(await notify(notified(order))).toEqual(SUCCESS);
    expect(await ask(`${origin}/orders/status?tpOrderId=T-unknown`)).toMatchObject({ errno: 1 });
  });

  test('gives back a second payment each time when an order is paid twice', async () => {
    const { order } = await create();
    expect(await notify(notified(order, { orderId: '1' }))).toEqual(SUCCESS);
    for (let times = 0; times < 2; times++) {
      expect(await notify(notified(order, { orderId: '2' }))).toEqual(GIVE_BACK);
      expect(await notify(notified(order, { orderId: '1' }))).toEqual(SUCCESS);
    }
  });

  test('returns the same order with its status when the Idempotency-Key is the same', async () => {
    const first = await create('key-1');
    expect(await create('key-1')).toEqual(first);
    expect((await create('key-2')).order.tpOrderId).not.toBe(first.order.tpOrderId);
    expect((await create()).order.tpOrderId).not.toBe((await create()).order.tpOrderId);
    await notify(notified(first.order));
    const again = await create('key-1');
    expect(again).toEqual({ orderInfo: first.orderInfo, order: { ...first.order, status: 'paid' } });
  });

  test('refuses a body when it is no notification', async () => {
    for (const body of ['', 'a=1', '%', '{"errno":0}', '\u0000', '&&&===']) {
      expect(await notify(body)).toEqual(REFUSED);
    }
    const { order } = await create();
    const params = Object.fromEntries(new URLSearchParams(notified(order)));
    const bodies: [BodyInit, string][] = [
      [JSON.stringify({ ...params, count: '2' }), 'application/json'],
      ['{"a":', 'application/json'],
      [notified(order).slice(0, -9), 'text/plain'],
      [new Uint8Array([0, 255, 128]), 'application/octet-stream'],
      [
        '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
        'multipart/form-data; boundary=x',
      ],
      ['x'.repeat(100), ''],
    ];
    for (const [body, type] of bodies) await notify(body, type).catch(() => undefined);
    expect(await statusOf(order.tpOrderId)).toBe('unpaid');
  });

  test('stops reading a body when it is huge', async () => {
    const { order } = await create();
    const huge = `${notified(order)}&x=${'a'.repeat(8_000_000)}`;
    expect([413, REFUSED, 'closed']).toContainEqual(await notify(huge).catch(() => 'closed'));
    expect(await statusOf(order.tpOrderId)).toBe('unpaid');
  });

  test('goes on when a path is malformed', async () => {
    for (const path of [
      '//',
      '/%',
      '/%E0%A4%A',
      '/orders/status',
      '/orders/status?tpOrderId=a&tpOrderId=b',
    ]) {
      await ask(origin + path);
    }
    expect(await create()).toMatchObject({ order: { status: 'unpaid' } });
  });

  test('goes on when the connection ends in the middle of a notification', async () => {
    const half = sendHalf(origin);
    await create();
    half.leave();
    for (let call = 0; call < 3; call++)
      expect(await create()).toMatchObject({ order: { status: 'unpaid' } });
  });

  test('closes the connections when bodies are sent by half', async () => {
    const halves = Array.from({ length: 50 }, () => sendHalf(origin));
    // The default of Node would be 5 minutes, which is longer than this test may take.
    expect(await Promise.all(halves.map(({ closed }) => closed))).toHaveLength(halves.length);
  });
});

test.each(['APP_KEY', 'DEAL_ID', 'MERCHANT_PRIVATE_KEY_FILE', 'PLATFORM_PUBLIC_KEY'])(
  'the backend of the README names %s at its start when it is not set',
  variable => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-'));
    const { [variable]: _unset, ...env } = ENVIRONMENT as Record<string, string | undefined>;
    const args = writeBackend(folder, 'readBody(request)', 1);
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /Error: (Set APP_KEY, DEAL_ID and MERCHANT_PRIVATE_KEY_FILE|No public key was given)/,
    );
  },
);

test('the Chinese README has the same code when the English one changes', () => {
  const code = (text: string): string[] => text.match(/```\w+\n[^]*?```/g) ?? [];
  expect(code(readFileSync(join(root, 'merchant/README.zh-CN.md'), 'utf8'))).toEqual(code(readme));
  expect(code(readme).length).toBeGreaterThan(6);
});

test.each(SERVERS)('%s has the routes of the quick start when it serves an app', (_framework, holding) => {
  const quickStart = readFileSync(join(root, 'README.md'), 'utf8');
  for (const attribute of ['create-url', 'status-url']) {
    const path = new RegExp(`${attribute}="([^"]+)"`).exec(quickStart)?.[1] ?? 'none';
    expect(block(holding)).toContain(path);
  }
});

test('the README reads only settings that the sandbox prints when it reads the environment', () => {
  const source = readFileSync(join(root, 'sandbox/start-message.ts'), 'utf8');
  const printed = [...source.matchAll(/envLine\('(\w+)'/g)].map(([, name]) => name);
  const used = [...readme.matchAll(/process\.env\.(\w+)|(\b[A-Z_]+)(?:: \w+)?(?=[^{}]*\} = process\.env)/g)];
  const names = used.map(([, read, taken]) => read ?? taken);
  // The sandbox has the address of --notify itself.
  expect(names.filter(name => name !== 'NOTIFY_URL' && !printed.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(printed.length + 1);
});

test('the backend of the README has at most 32 lines, and each server 15, when comments are left out', () => {
  const lines = (code: string): number =>
    code.split('\n').filter(line => line.trim() && !line.trim().startsWith('//')).length;
  for (const [, holding] of SERVERS) {
    expect(block(holding)).toContain("from './cashier.mjs'");
    expect(lines(block(holding))).toBeLessThanOrEqual(15);
  }
  expect(lines(block('export function paid'))).toBeLessThanOrEqual(32);
});
