import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { verifyOrderInfo } from '../../merchant';
import { eventually } from '../helpers/eventually';
import { keyPair } from '../helpers/key-pair';
import { becomes, createOrder, endDemos, newFolder, pay, startDemo, statusOf } from './start-process';

jest.setTimeout(120_000);

let folder: ReturnType<typeof newFolder>;
let data: string;
beforeEach(() => {
  folder = newFolder();
  data = join(folder.path, 'data');
});
afterEach(() => {
  endDemos();
  folder.remove();
});

async function refused(args: string[], env: Record<string, string> = {}): Promise<string> {
  const demo = await startDemo(args, env);
  expect(await demo.ended).toBe(1);
  const text = demo.lines.join('\n');
  expect(text).not.toMatch(/undefined|\n\s+at |ready/);
  return text;
}

it('says what it starts, then that it is ready; takes a payment; ends cleanly and still knows it', async () => {
  const demo = await startDemo(['--data', data]);
  await demo.ready();
  expect(demo.lines[0]).toMatch(/^swan-cashier demo: starting http:\/\/127\.0\.0\.1:\d+\/ /);
  expect(demo.lines.slice(-2)).toEqual([
    `Open ${demo.origin}/ in a browser. Ctrl+C stops.`,
    `ready ${demo.origin}/`,
  ]);
  const created = await createOrder(demo.origin, 'first');
  const { tpOrderId } = created.order;
  await pay(demo.origin, created);
  await becomes(demo.origin, tpOrderId, 'paid');
  expect(await demo.kill('SIGINT')).toBe(0);
  expect(demo.lines.at(-1)).toBe('stopping');

  const again = await startDemo(['--data', data]);
  await again.ready();
  expect(await statusOf(again.origin, tpOrderId)).toBe('paid');
  expect(await again.kill('SIGTERM')).toBe(0);
});

it('answers for its command line before it builds, and does not start what could not be built', () => {
  const npm = join(folder.path, 'npm');
  writeFileSync(npm, `#!/bin/sh\necho building\nexit 3\n`, { mode: 0o755 });
  const script = resolve(__dirname, '../../scripts/demo/main.ts');
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: resolve(__dirname, '../..'),
      env: { ...process.env, PATH: folder.path },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const usage = expect.stringMatching(/^Usage: npm run demo/) as string;
  expect(run('--help')).toEqual({ status: 0, stdout: usage, stderr: '' });
  const problem = expect.stringMatching(/^--port must be a number[^]*Usage:/) as string;
  expect(run('--port', 'x')).toEqual({ status: 1, stdout: '', stderr: problem });
  expect(run()).toEqual({ status: 3, stdout: 'building\n', stderr: '' });
});

it('keeps its keys to itself', async () => {
  const demo = await startDemo(['--data', data, '--key-bits', '2048']);
  await demo.ready();
  const keys = join(data, 'keys');
  for (const secret of ['shop-private.pem', 'platform-private.pem', 'client-secret.txt']) {
    expect(statSync(join(keys, secret)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(join(data, 'database')).mode & 0o077).toBe(0);
  const { orderInfo } = await createOrder(demo.origin, 'key');
  expect(Buffer.from(orderInfo.rsaSign, 'base64')).toHaveLength(256);
  expect(verifyOrderInfo(orderInfo, readFileSync(join(keys, 'shop-public.pem'), 'utf8'))).toBe(true);
});

it('signs with the key it is given, which Baidu refuses when it is not the one it knows; says which file holds none', async () => {
  const { privateKey, publicKey } = keyPair();
  const file = join(folder.path, 'mine.pem');
  writeFileSync(file, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const demo = await startDemo(['--data', data, '--shop-private-key', file]);
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
  const text = await refused(['--data', data, '--shop-private-key', file]);
  expect(text).toContain(`Cannot use the private key in ${file}`);
});

it('names the port that is taken, and the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise(listening => other.once('listening', listening));
  const { port } = other.address() as { port: number };
  const text = await refused(['--port', String(port), '--data', data]);
  expect(text).toContain(`Port ${port} is taken`);
  expect(text).toContain(`--port ${port + 1}`);
  expect(existsSync(data)).toBe(false);
  other.close();
});

it('leaves a folder alone that another demo uses, and takes it over from one that was killed', async () => {
  const first = await startDemo(['--data', data]);
  await first.ready();
  const { order } = await createOrder(first.origin, 'survivor');
  expect(await refused(['--data', data])).toContain(`Another demo (process ${first.process.pid})`);
  expect(await first.kill('SIGKILL')).toBe('SIGKILL');

  const second = await startDemo(['--data', data]);
  await second.ready();
  expect(await statusOf(second.origin, order.tpOrderId)).toBe('unpaid');
  await second.kill('SIGTERM');
  expect(readdirSync(data).filter(name => name.startsWith('lock'))).toEqual([]);
});

it('forgets with --reset what it has made, and only that', async () => {
  const first = await startDemo(['--data', data]);
  await first.ready();
  const { order } = await createOrder(first.origin, 'forgotten');
  await first.kill('SIGTERM');
  const key = readFileSync(join(data, 'keys', 'shop-private.pem'), 'utf8');
  writeFileSync(join(data, 'notes.txt'), 'mine');

  const second = await startDemo(['--data', data, '--reset']);
  await second.ready();
  await expect(statusOf(second.origin, order.tpOrderId)).rejects.toThrow('404');
  expect(readFileSync(join(data, 'keys', 'shop-private.pem'), 'utf8')).not.toBe(key);
  expect(readFileSync(join(data, 'notes.txt'), 'utf8')).toBe('mine');
});

it('does not touch a folder that is not its own', async () => {
  mkdirSync(join(data, 'database'), { recursive: true });
  writeFileSync(join(data, 'database', 'thesis.txt'), 'mine');
  for (const args of [
    ['--data', data],
    ['--data', data, '--reset'],
  ]) {
    expect(await refused(args)).toContain('this demo has not made');
  }
  expect(readFileSync(join(data, 'database', 'thesis.txt'), 'utf8')).toBe('mine');
  expect(readdirSync(data)).toEqual(['database']);
});

it('says when nothing can be kept in the folder', async () => {
  writeFileSync(data, 'a file');
  expect(await refused(['--data', data])).toContain('it is a file');
  expect(await refused(['--data', join(data, 'below')])).toContain('a part of its path is a file');
});

it('ends in words when something else stands where its lock belongs', async () => {
  mkdirSync(data);
  writeFileSync(join(data, 'made-by-swan-cashier-demo.txt'), '');
  const lock = join(data, 'lock');
  mkdirSync(lock);
  expect(await refused(['--data', data])).toContain('a folder stands where one of its files belongs');
  rmdirSync(lock);
  symlinkSync('nowhere', lock);
  expect(await refused(['--data', data])).toContain(`${lock} is not what this demo has made`);
});

it.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', '0'], '--port must be a number from 1 to 65535'],
  [['--key-bits', '512'], '--key-bits must be one of 1024'],
  [['somewhere'], "Unexpected argument 'somewhere'"],
])('explains %j', async (args, words) => {
  const text = await refused(args);
  expect(text).toContain(words);
  expect(text).toContain('Usage: npm run demo');
});

it('says when the server of DATABASE_URL does not answer, without its password', async () => {
  const text = await refused(['--data', data], { DATABASE_URL: 'postgres://shop:secret@127.0.0.1:9/shop' });
  expect(text).toContain('Cannot use the database that DATABASE_URL names');
  expect(text).not.toContain('secret');
});

it('starts after being killed while it made its database', async () => {
  const first = await startDemo(['--data', data]);
  // A process takes its time to start on a busy machine.
  await eventually(() => existsSync(join(data, 'database', 'base')), 60_000);
  await first.kill('SIGKILL');
  expect(first.lines.join('\n')).not.toContain('ready');

  const second = await startDemo(['--data', data]);
  await second.ready();
  expect((await createOrder(second.origin, 'after')).order.status).toBe('unpaid');
});
