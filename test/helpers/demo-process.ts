/** The demo as a process of its own, as `npm run demo` starts it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Created } from '../../scripts/support/shop-server';
import { freePort, json } from '../../scripts/support/http';
import { createDatabase, findPostgres } from './postgres-server';
import { fillDataDir } from './shared-resources';
import { endPrograms, startProgram, TYPESCRIPT, type ChildProgram } from './child-process';

const ROOT = resolve(__dirname, '../..');

export interface Demo extends ChildProgram {
  origin: string;
  ready(): Promise<void>;
}

export async function startDemo(args: string[] = [], env: Record<string, string> = {}): Promise<Demo> {
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

/** Ends what a failed test has left behind. */
export const endDemos = endPrograms;

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
