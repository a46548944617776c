/** The demo on a port of its own, and requests of a user to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Created } from '../../scripts/support/shop-server';
import { freePort, json } from '../../scripts/support/http';
import { createDatabase, findPostgres } from './postgres-server';
import { fillDataDir } from './shared-resources';
import { startProgram, TYPESCRIPT, type ChildProgram } from './child-process';
import { openDatabase } from '../../lib/database';
import { createDemo, type DemoKeys } from '../../scripts/demo/create-demo';
import { createKeyPair } from '../../scripts/support/keys';

const ROOT = resolve(__dirname, '../..');

export interface DemoServer {
  origin: string;
  /** what it has logged */
  lines: string[];
  stop(): Promise<void>;
}

/** Starts the demo in the process of the test. */
export async function startDemoServer(merchant: DemoKeys['merchant'] = createKeyPair()): Promise<DemoServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const keys = { merchant, platform: createKeyPair(), clientSecret: 'secret' };
  const database = await openDatabase();
  const lines: string[] = [];
  const demo = await createDemo({ database, keys, origin, log: line => lines.push(line) });
  await demo.server.listen({ host: '127.0.0.1', port });
  demo.start();
  return {
    origin,
    lines,
    async stop() {
      await demo.stop();
      await database.close();
    },
  };
}

export interface DemoProcess extends ChildProgram {
  origin: string;
  ready(): Promise<void>;
}

/** Starts the demo as a process of its own, as `npm run demo` does. */
export async function startDemoProcess(
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<DemoProcess> {
  const port = args.includes('--port') ? Number(args[args.indexOf('--port') + 1]) : await freePort();
  const ported = args.includes('--port') ? args : ['--port', String(port), ...args];
  const script = join(ROOT, 'scripts/demo/start.ts');
  const program = startProgram(process.execPath, [...TYPESCRIPT, script, ...ported], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', ...env },
  });
  return { ...program, origin: `http://127.0.0.1:${port}`, ready: () => program.waitForLine('ready ') };
}

/**
 * Makes an empty database for a demo with this --data folder: on the run's PostgreSQL server, which is quicker, where there is one.
 * @returns the environment that names it
 */
export async function createDemoDatabase(dataDir: string): Promise<Record<string, string>> {
  if (findPostgres()) return { DATABASE_URL: await createDatabase() };
  await fillDataDir(dataDir);
  return {};
}

export function newFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'swan-cashier-demo-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

async function data<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer;
  const { errno, msg, data } = (await response.json()) as { errno: number; msg: string; data: T };
  if (errno !== 0) throw new Error(`${response.status} ${errno} ${msg} ${JSON.stringify(data)}`);
  return data;
}

export function createOrder(origin: string, key: string): Promise<Created> {
  const cart = { items: [{ sku: 'postcard', quantity: 1 }] };
  return data(fetch(`${origin}/shop/orders`, json(cart, { 'Idempotency-Key': key })));
}

/** Pays as DevTools does, without a sheet. */
export function pay(origin: string, { orderInfo }: Created): Promise<unknown> {
  return data(fetch(`${origin}/baidu/_simulate`, json({ orderInfo })));
}

export async function statusOf(origin: string, tpOrderId: string): Promise<string> {
  const answer = fetch(`${origin}/shop/orders/status?tpOrderId=${tpOrderId}`);
  return (await data<{ status: string }>(answer)).status;
}

/** 30 s and more: enough for the slowest machine, and an end for what never happens. */
const MAX_POLLS = 300;

export async function becomes(origin: string, tpOrderId: string, wanted: string): Promise<void> {
  for (let poll = 0; ; poll++) {
    const status = await statusOf(origin, tpOrderId);
    if (status === wanted) return;
    if (poll === MAX_POLLS) throw new Error(`${tpOrderId} is not ${wanted} but ${status}`);
    await new Promise(next => setTimeout(next, 100));
  }
}
