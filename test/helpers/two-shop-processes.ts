/**
 * Two shop processes and a cashier with one database, behind one address: the header X-Process says which shop takes a
 * request. A process is killed by taking its database away, in the middle of any work; another one begins in
 * its place.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createShop } from '../../demo/shop';
import type { Database } from '../../lib/database';
import { createCashier } from '../../sandbox/cashier';
import { createServer as createApp } from '../../sandbox/http-server';
import { json } from '../../scripts/support/http';
import { platformKeys } from '../../scripts/support/shop-server';
import { paymentService, shopOptions } from './shop-with-cashier';
import { failingWhenKilled } from './killable-database';

export interface TwoShopProcesses {
  database: Database;
  /** lines of all processes; a run may empty it */
  log: string[];
  call(path: string, init?: RequestInit, process?: number): Promise<{ errno: number; data: never }>;
  setFaults(script: unknown): Promise<unknown>;
  runDueJobs(process: number): Promise<number>;
  kill(process: number): Promise<void>;
  close(): Promise<void>;
}

interface Process {
  app: FastifyInstance;
  runDueJobs(): Promise<number>;
  kill(): void;
}

export async function startTwoShopProcesses(database: Database): Promise<TwoShopProcesses> {
  const log: string[] = [];
  const cashierApp = createApp();
  const processes: Process[] = [];
  const front = createServer((request, response) => {
    const { 'x-process': number = '0' } = request.headers;
    const app = request.url?.startsWith('/baidu') ? cashierApp : processes[Number(number)]?.app;
    app?.routing(request, response);
  });
  await new Promise<void>(listening => front.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const cashier = await createCashier({
    database,
    origin,
    platformKeys,
    services: [paymentService(origin)],
    clockScale: 6000,
    // Otherwise a refund waits for ever for the notification of a payment that is never notified.
    settings: { replyTimeout: 700, refundBeforeConsumed: 'allow' },
    log: line => log.push(`cashier: ${line}`),
  });
  await cashierApp.register(cashier.plugin, { prefix: '/baidu' });
  await cashierApp.ready();
  cashier.start();
  const startProcess = () => startShopProcess(database, origin, line => log.push(line));
  processes.push(await startProcess(), await startProcess());

  const call: TwoShopProcesses['call'] = async (path, init = {}, process = 0) => {
    const headers = { ...(init.headers as Record<string, string>), 'x-process': String(process) };
    const response = await fetch(origin + path, { ...init, headers });
    return (await response.json()) as { errno: number; data: never };
  };
  return {
    database,
    log,
    call,
    setFaults: script => call('/baidu/_faults', { ...json(script), method: 'PUT' }),
    runDueJobs: async process => (await processes[process]?.runDueJobs()) ?? 0,
    async kill(process) {
      processes[process]?.kill();
      processes[process] = await startProcess();
    },
    async close() {
      await cashier.stop();
      front.closeAllConnections();
      front.close();
    },
  };
}

async function startShopProcess(
  database: Database,
  origin: string,
  log: (line: string) => void,
): Promise<Process> {
  const own = failingWhenKilled(database);
  const shop = await createShop({
    ...shopOptions(origin),
    database: own.database,
    retryAfter: 5000,
    log,
  });
  const app = createApp();
  await app.register(shop.plugin, { prefix: '/shop' });
  await app.ready();
  return { app, runDueJobs: shop.runDueJobs, kill: own.kill };
}
