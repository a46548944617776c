/** A cashier on a real port, a merchant that keeps what it is sent and answers as scripted, and keys for both. */
import type { KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { createCashier, type Cashier, type CashierState, type Settings } from '../../sandbox/cashier';
import type { SheetOrCallbacks } from '../../sandbox/cashier/payments';
import { openDatabase, type Database } from '../../lib/database';
import { buildOrderInfo, payReply, signOrderInfo, type OrderInfo } from '../../merchant';
import { freePort } from '../../scripts/support/http';
import { createKeyPair } from '../../scripts/support/keys';

export const merchantKeys = createKeyPair();
export const platformKeys = createKeyPair();

export const APP_KEY = 'MMMabc';
export const DEAL_ID = '470193086';
export const CLIENT = {
  clientId: '4fecoAqgCIUtzIyA4FAPgoyrc4oUc25c',
  clientSecret: 'sampleSecretOfTheMiniProgram0001',
};

interface ReceivedRequest {
  path: string;
  body: string;
  params: Record<string, string>;
}

type Reply = { status?: number; body: string } | 'no-response';

export interface Merchant {
  origin: string;
  /** every request, in order of arrival */
  requests: ReceivedRequest[];
  /** answers for the next requests, in order; afterwards a good reply */
  replies: Reply[];
  stop(): Promise<void>;
}

export async function startMerchant(): Promise<Merchant> {
  const requests: ReceivedRequest[] = [];
  const replies: Reply[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      requests.push({ path: request.url ?? '', body, params: Object.fromEntries(new URLSearchParams(body)) });
      const reply = replies.shift() ?? { body: JSON.stringify(payReply()) };
      if (reply === 'no-response') return;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(reply.body);
    });
  });
  const origin = await listen(server);
  return {
    origin,
    requests,
    replies,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return `http://127.0.0.1:${address.port}`;
}

export interface CashierServer {
  cashier: Cashier;
  merchant: Merchant;
  database: Database;
  /** where the cashier is mounted */
  url: string;
  log: string[];
  app: FastifyInstance;
  stop(): Promise<void>;
  /** Ends it as if its process were killed, when its database has died. */
  abandon(): Promise<void>;
}

interface ServerOptions {
  settings?: Partial<Settings>;
  clockScale?: number;
  database?: Database;
  merchant?: Merchant;
  merchantPublicKey?: KeyObject | string;
  platformPrivateKey?: KeyObject;
  /** null: no address in the console */
  payNotifyUrl?: string | null;
  refundNotifyUrl?: string | null;
}

const servers = new Set<CashierServer>();

/** What a failed test left running. */
export async function stopServers(): Promise<void> {
  for (const server of servers) await server.stop();
}

/** By default Baidu's two minutes pass in a tenth of a second. */
export async function startCashierServer(options: ServerOptions = {}): Promise<CashierServer> {
  const merchant = options.merchant ?? (await startMerchant());
  const database = options.database ?? (await openDatabase());
  const log: string[] = [];
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;

  const cashier = await createCashier({
    database,
    origin,
    platformKeys: { privateKey: options.platformPrivateKey ?? platformKeys.privateKey },
    services: [
      {
        appKey: APP_KEY,
        dealId: DEAL_ID,
        appId: 10026,
        merchantPublicKey: options.merchantPublicKey ?? merchantKeys.publicKey,
        payNotifyUrl: `${merchant.origin}/pay`,
        refundNotifyUrl: `${merchant.origin}/refund`,
        ...(options.payNotifyUrl === undefined ? {} : { payNotifyUrl: options.payNotifyUrl }),
        ...(options.refundNotifyUrl === undefined ? {} : { refundNotifyUrl: options.refundNotifyUrl }),
        ...CLIENT,
      },
    ],
    clockScale: options.clockScale ?? 1200,
    settings: { replyTimeout: 1000, lateCharge: 200, lateNotification: 1000, ...options.settings },
    log: line => log.push(line),
  });
  const app = Fastify();
  await app.register(cashier.plugin, { prefix: '/baidu' });
  await app.register(cashier.serverApi);
  await app.listen({ host: '127.0.0.1', port });
  cashier.start();
  const server: CashierServer = {
    cashier,
    merchant,
    database,
    url: `${origin}/baidu`,
    log,
    app,
    stop: async () => {
      servers.delete(server);
      await cashier.stop();
      await app.close();
      if (!options.merchant) await merchant.stop();
      if (!options.database) await database.close();
    },
    async abandon() {
      servers.delete(server);
      // Waits for answers that never come.
      void cashier.stop();
      app.server.closeAllConnections();
      await app.close();
    },
  };
  servers.add(server);
  return server;
}

/** One cashier for all tests of a file, started before them; before each test it has no faults and its merchant no script. */
export function useCashierServer(): CashierServer {
  const server = {} as CashierServer;
  beforeAll(async () => void Object.assign(server, await startCashierServer()));
  beforeEach(async () => {
    await call(server, 'PUT', '/_faults', {});
    server.merchant.replies.length = 0;
  });
  afterAll(stopServers);
  return server;
}

let orders = 0;

/** A well-signed orderInfo with a tpOrderId of its own. */
export function order(fields: Partial<Parameters<typeof buildOrderInfo>[0]> = {}): OrderInfo {
  const unsigned = buildOrderInfo({
    appKey: APP_KEY,
    dealId: DEAL_ID,
    tpOrderId: `T${process.pid}-${++orders}`,
    totalAmount: 11300,
    dealTitle: '爱鲜蜂 水果拼盘',
    ...fields,
  });
  return signOrderInfo(unsigned, merchantKeys.privateKey);
}

interface Answer<T> {
  status: number;
  errno: number;
  msg: string;
  data: T;
}

export async function call<T>(
  server: CashierServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const response = await fetch(server.url + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer<T>, 'status'>) };
}

export async function openCashier(
  server: CashierServer,
  orderInfo: unknown,
  bannedChannels?: string[],
): Promise<SheetOrCallbacks> {
  return (await call<SheetOrCallbacks>(server, 'POST', '/cashier/open', { orderInfo, bannedChannels })).data;
}

export async function pay(
  server: CashierServer,
  orderInfo: unknown,
  channel = 'WeChat',
): Promise<SheetOrCallbacks> {
  return (await call<SheetOrCallbacks>(server, 'POST', '/cashier/pay', { orderInfo, channel })).data;
}

export async function state(server: CashierServer, tpOrderId?: string): Promise<CashierState> {
  const query = tpOrderId === undefined ? '?limit=9999' : `?tpOrderId=${encodeURIComponent(tpOrderId)}`;
  return (await call<CashierState>(server, 'GET', `/_state${query}`)).data;
}
