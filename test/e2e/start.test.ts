import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createClient, verifyOrderInfo } from '../../merchant';
import type { CashierState } from '../../sandbox/cashier';
import { DEFAULT_SETTINGS } from '../../sandbox/cashier/settings';
import { waitFor } from '../helpers/wait-for';
import { createKeyPair } from '../../scripts/support/keys';
import { endPrograms, TYPESCRIPT } from '../helpers/child-process';
import {
  becomes,
  createDemoDatabase,
  createOrder,
  newFolder,
  pay,
  startDemoProcess,
  statusOf,
  type DemoProcess,
} from '../helpers/demo-server';

jest.setTimeout(300_000);

let folder: ReturnType<typeof newFolder>;
let data: string;
beforeEach(() => {
  folder = newFolder();
  data = join(folder.path, 'data');
});
afterEach(() => {
  endPrograms();
  folder.remove();
});

async function refused(args: string[], env: Record<string, string> = {}): Promise<string> {
  const demo = await startDemoProcess(args, env);
  expect(await demo.ended).toBe(1);
  const text = demo.lines.join('\n');
  expect(text).not.toMatch(/undefined|\n\s+at |ready/);
  return text;
}

it('the demo takes a payment, and keeps it through a restart, when it was killed while it created its database', async () => {
  const killed = await startDemoProcess(['--data', data]);
  // A process takes its time to start on a busy machine.
  await waitFor(() => existsSync(join(data, 'database', 'base')), 60_000);
  await killed.kill('SIGKILL');
  expect(killed.lines.join('\n')).not.toContain('ready');

  const demo = await startDemoProcess(['--data', data, '--key-bits', '2048']);
  await demo.ready();
  expect(demo.lines[0]).toMatch(/^swan-cashier demo: starting http:\/\/127\.0\.0\.1:\d+\/ /);
  expect(demo.lines.slice(-2)).toEqual([
    `Open ${demo.origin}/ in a browser. Ctrl+C stops.`,
    `ready ${demo.origin}/`,
  ]);
  const keys = join(data, 'keys');
  for (const secret of ['merchant-private.pem', 'platform-private.pem', 'client-secret.txt']) {
    expect(statSync(join(keys, secret)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(join(data, 'database')).mode & 0o077).toBe(0);
  const created = await createOrder(demo.origin, 'first');
  expect(Buffer.from(created.orderInfo.rsaSign, 'base64')).toHaveLength(256);
  expect(verifyOrderInfo(created.orderInfo, readFileSync(join(keys, 'merchant-public.pem'), 'utf8'))).toBe(
    true,
  );
  const { tpOrderId } = created.order;
  await pay(demo.origin, created);
  await becomes(demo.origin, tpOrderId, 'paid');
  expect(await demo.kill('SIGINT')).toBe(0);
  expect(demo.lines.at(-1)).toBe('stopping');

  const again = await startDemoProcess(['--data', data]);
  await again.ready();
  expect(await statusOf(again.origin, tpOrderId)).toBe('paid');
  expect(await refused(['--data', data])).toContain(`Another process (${again.process.pid})`);
  expect(await again.kill('SIGTERM')).toBe(0);
});

it('the demo prints an error before it builds when its arguments are invalid, and does not start when the build fails', () => {
  const npm = join(folder.path, 'npm');
  writeFileSync(npm, `#!/bin/sh\necho building\nexit 3\n`, { mode: 0o755 });
  const script = resolve(__dirname, '../../scripts/demo/main.ts');
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, script, ...args], {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, PATH: folder.path },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const usage = expect.stringMatching(/^Usage: npm run demo/) as string;
  expect(run('--help')).toEqual({ status: 0, stdout: usage, stderr: '' });
  const problem = expect.stringMatching(/^--port must be a number[^\n]*\nMore: --help\n$/) as string;
  expect(run('--port', 'x')).toEqual({ status: 1, stdout: '', stderr: problem });
  expect(run()).toEqual({ status: 3, stdout: 'building\n', stderr: '' });
});

it('the demo signs with the key of --shop-private-key, and names the file when that holds none', async () => {
  const env = await createDemoDatabase(data);
  const { privateKey, publicKey } = createKeyPair();
  const file = join(folder.path, 'mine.pem');
  writeFileSync(file, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const demo = await startDemoProcess(['--data', data, '--shop-private-key', file], env);
  await demo.ready();
  const created = await createOrder(demo.origin, 'own-key');
  expect(verifyOrderInfo(created.orderInfo, publicKey)).toBe(true);
  const answer = await fetch(`${demo.origin}/baidu/_simulate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ orderInfo: created.orderInfo }),
  });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('WRONG_KEY');
  expect(await statusOf(demo.origin, created.order.tpOrderId)).toBe('unpaid');
  await demo.kill('SIGTERM');

  writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
  const text = await refused(['--data', data, '--shop-private-key', file], env);
  expect(text).toContain(`Cannot use the private key in ${file}`);
});

it('the demo names the port and the fix when the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise(listening => other.once('listening', listening));
  const { port } = other.address() as { port: number };
  const text = await refused(['--port', String(port), '--data', data]);
  expect(text).toContain(`Port ${port} is taken`);
  expect(text).toContain(`--port ${port + 1}`);
  expect(existsSync(data)).toBe(false);
  other.close();
});

it('the demo names the server of DATABASE_URL, without its password, when it does not respond', async () => {
  const text = await refused(['--data', data], { DATABASE_URL: 'postgres://shop:secret@127.0.0.1:9/shop' });
  expect(text).toContain('Cannot use the database that DATABASE_URL names: nothing listens at 127.0.0.1:9;');
  expect(text).not.toContain('secret');
});

describe('the demo with another backend', () => {
  const bodies: [path: string | undefined, body: string][] = [];
  const backend = createHttpServer((request, response) => {
    let body = '';
    request
      .on('data', part => (body += part))
      .on('end', () => {
        bodies.push([request.url, body]);
        response.end('{"errno":0,"msg":"success","data":{"isConsumed":2}}');
      });
  });
  let address: string;
  beforeAll(async () => {
    await new Promise<void>(listening => backend.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  });
  beforeEach(() => bodies.splice(0));
  afterAll(() => {
    backend.close();
    backend.closeAllConnections();
  });

  const notificationsOf = async ({ origin }: DemoProcess) => {
    const { data: state } = (await (await fetch(`${origin}/baidu/_state`)).json()) as { data: CashierState };
    return state.notifications.map(({ kind, state: sent, url }) => [kind, sent, url]);
  };

  /** Pays an order of the demo's shop, and asks Baidu's server API for its refund once the payment is acknowledged. */
  async function payAndRefund(demo: DemoProcess): Promise<string> {
    const created = await createOrder(demo.origin, 'notified');
    const { tpOrderId } = created.order;
    await pay(demo.origin, created);
    await waitFor(async () => (await notificationsOf(demo))[0]?.[1] === 'done');
    const client = createClient({
      pmAppKey: 'MMdemo',
      clientId: 'demoMiniProgramAppKey00000000001',
      clientSecret: readFileSync(join(data, 'keys', 'client-secret.txt'), 'utf8'),
      baseUrl: `${demo.origin}/baidu`,
    });
    const found = await client.findByTpOrderId(tpOrderId);
    if (!found.ok) throw new Error(found.message);
    const { orderId } = found.data;
    const refund = await client.applyOrderRefund({
      orderId,
      userId: DEFAULT_SETTINGS.userId,
      tpOrderId,
      refundType: 'user',
      refundReason: 'test',
      bizRefundBatchId: 'R1',
    });
    expect(refund).toMatchObject({ ok: true });
    await waitFor(async () => (await notificationsOf(demo)).length === 2);
    return tpOrderId;
  }

  it('notifies payments and holds refunds back when only --notify is given', async () => {
    const env = await createDemoDatabase(data);
    const demo = await startDemoProcess(['--data', data, '--notify', `${address}/pay`], env);
    await demo.ready();
    expect(demo.lines).toContain(`notifies: payments ${address}/pay, refunds nowhere (kept, not sent)`);
    await payAndRefund(demo);
    expect(await notificationsOf(demo)).toEqual([
      ['refund', 'held', ''],
      ['pay', 'done', `${address}/pay`],
    ]);
    expect(bodies.map(([path]) => path)).toEqual(['/pay']);
    expect(await demo.kill('SIGTERM')).toBe(0);
  });
});
