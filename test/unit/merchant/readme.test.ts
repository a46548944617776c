import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OrderInfo } from '../../../merchant';
import { signNotification, verifyOrderInfo } from '../../../merchant';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { platform, sample, text } from './vectors';

// Each backend is a process of its own, which takes seconds to start on a busy machine.
jest.setTimeout(60_000);
const STARTS = 45_000;

const root = resolve(__dirname, '../../..');
const readme = readFileSync(join(root, 'merchant/README.md'), 'utf8');
const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(block => block[1] ?? '');
const block = (holding: string): string => blocks.find(each => each.includes(holding)) ?? '';

async function ask(url: string, request?: RequestInit): Promise<unknown> {
  const response = await fetch(url, request);
  return response.ok ? response.json() : response.status;
}

function post(url: string, body = ''): Promise<unknown> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return ask(url, body ? { method: 'POST', body, headers } : { method: 'POST' });
}

/** A caller who promises a hundred bytes, sends three and leaves. */
async function hangUp(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const request = ['POST /notify/pay HTTP/1.1', `Host: ${hostname}`, 'Content-Length: 100'];
  const type = 'Content-Type: application/x-www-form-urlencoded';
  socket.end([...request, type, '', 'a=1'].join('\r\n'));
  socket.resume();
  await new Promise(closed => socket.once('close', closed));
}

describe.each([
  ['plain http', 'createServer('],
  ['Fastify', 'fastify('],
])('the backend of the README with %s', (_framework, holding) => {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  let server: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const kit = pathToFileURL(join(root, 'merchant/index.ts')).href;
    const write = (name: string, code: string): void =>
      writeFileSync(
        join(folder, name),
        code.replaceAll('swan-cashier/merchant', kit).replaceAll('3000', String(port)),
      );
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    write('cashier.mjs', block('export function paid'));
    write('server.mjs', block(holding));
    server = spawn(process.execPath, ['--import', 'tsx', join(folder, 'server.mjs')], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        MERCHANT_PRIVATE_KEY: text(sample.privateKeyPem).replaceAll('\n', '\\n'),
        PLATFORM_PUBLIC_KEY: text(platform.publicKeyPem),
        APP_KEY: 'MMMabc',
        DEAL_ID: '470193086',
        NOTIFY_URL: `${origin}/notify/pay`,
      },
    });
    // Whatever it answers: it listens.
    await eventually(() => fetch(origin).catch(() => null), STARTS);
  });
  afterAll(async () => {
    const ended = new Promise(done => server.once('exit', done));
    if (server.exitCode === null && server.kill()) await ended;
    rmSync(folder, { recursive: true });
  });

  test('signs an order, believes its payment, and nothing else', async () => {
    const { data } = (await post(`${origin}/orders`)) as { data: OrderInfo };
    expect(verifyOrderInfo(data, text(sample.publicKeyPem))).toBe(true);
    expect(data.notifyUrl).toBe(`${origin}/notify/pay`);
    const notified = (change: Record<string, string>): string => {
      const params = {
        ...platform.params,
        tpOrderId: data.tpOrderId,
        totalMoney: data.totalAmount,
        ...change,
      };
      return new URLSearchParams(signNotification(params, text(platform.privateKeyPem))).toString();
    };
    const reply = (body: string): Promise<unknown> => post(`${origin}/notify/pay`, body);
    const success = { errno: 0, msg: 'success', data: { isConsumed: 2 } };
    const status = async (): Promise<unknown> => {
      const answer = await ask(
        `${origin}/orders/status?${new URLSearchParams({ tpOrderId: data.tpOrderId })}`,
      );
      return (answer as { data?: { status?: unknown } }).data?.status ?? answer;
    };

    expect(await status()).toBe('unpaid');
    expect(await reply(notified({}))).toEqual(success);
    expect(await status()).toBe('paid');
    expect(await reply(notified({}))).toEqual(success);
    expect(await reply(notified({ totalMoney: '1' }))).toEqual({
      errno: 0,
      msg: 'success',
      data: { isErrorOrder: 1, isConsumed: 2 },
    });
    const refused = { errno: 1, msg: 'refused', data: {} };
    expect(await reply(notified({ tpOrderId: 'T-unknown' }))).toEqual(refused);
    expect(await reply(notified({ status: '1' }))).toEqual(refused);
    expect(await reply(notified({}).replace('payMoney=11300', 'payMoney=1'))).toEqual(refused);
    expect(await ask(`${origin}/orders/status?tpOrderId=T-unknown`)).toMatchObject({ errno: 1 });
  });

  test('outlives a caller who hangs up in the middle of a notification', async () => {
    await post(`${origin}/orders`);
    await hangUp(origin);
    // Not with post(): it would wait for ever for a process that has died of it.
    for (let call = 0; call < 3; call++) {
      const answer = await fetch(`${origin}/orders`, { method: 'POST' });
      expect(await answer.json()).toMatchObject({ errno: 0 });
    }
  });
});

test('the Chinese README has the same code', () => {
  const code = (text: string): string[] => text.match(/```\w+\n[^]*?```/g) ?? [];
  expect(code(readFileSync(join(root, 'merchant/README.zh-CN.md'), 'utf8'))).toEqual(code(readme));
  expect(code(readme).length).toBeGreaterThan(6);
});

test('each backend of the README has the status route that the quick start names', () => {
  const quickStart = readFileSync(join(root, 'README.md'), 'utf8');
  const path = /status-url="([^"]+)"/.exec(quickStart)?.[1] ?? 'none';
  for (const each of [block('createServer('), block('express('), block('fastify(')]) {
    expect(each).toContain(path);
  }
});

test('the payment service of the demo is what the README says', () => {
  const house = readFileSync(join(root, 'demo/house.ts'), 'utf8');
  const valueOf = (name: string): string => new RegExp(`${name}: '(\\w+)'`).exec(house)?.[1] ?? 'none';
  expect(readme).toContain(`export APP_KEY=${valueOf('appKey')} DEAL_ID=${valueOf('dealId')}\n`);
  expect(readme).toContain(`clientId: '${valueOf('clientId')}',\n`);
});

test('every backend of the README fits into 30 lines', () => {
  const lines = (code: string): number => code.split('\n').filter(line => line.trim()).length;
  for (const each of [block('createServer('), block('express('), block('fastify(')]) {
    expect(each).toContain("from './cashier.mjs'");
    expect(lines(each)).toBeLessThanOrEqual(14);
  }
  expect(lines(block('export function paid'))).toBeLessThanOrEqual(30);
});
