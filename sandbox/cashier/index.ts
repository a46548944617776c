/**
 * Simulates Baidu: verifies orderInfo, shows the cashier, charges, notifies the merchant, answers the server API 2.0.
 * For development and tests on one machine; no real money moves.
 */
import { type KeyObject, type KeyPairKeyObjectResult, createPublicKey } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { InvalidArgumentError, loadPrivateKey, MAX_BODY_BYTES } from '../../merchant';
import type { Database, Queryable } from '../../lib/database';
import { migrate } from '../../lib/database/migrations';
import type { CashierContext } from './context';
import { registerApiRoutes } from './server-api';
import { serveAssets, registerConsoleRoutes } from './console-routes';
import { registerErrorHandler } from './http';
import { FaultStore } from './fault-script';
import { Outbox } from './outbox';
import { Payments } from './payments';
import { RejectionLog } from './rejection-log';
import { applyConsoleNotifyUrls, type PaymentService } from './services';
import { settleRefunds } from './refunds';
import { Poller } from '../../lib/poller';
import { registerCashierRoutes } from './cashier-routes';
import { MIGRATIONS } from './migrations';
import { DEFAULT_SETTINGS, DEMO_CLOCK_SCALE, type Settings } from './settings';

export type { PaymentService } from './services';
export type { Settings } from './settings';
export type { CashierState } from './cashier-state';

export interface CashierOptions {
  database: Database;
  /** where this server is reached, http://127.0.0.1:8790 */
  origin: string;
  /** stored in a database that has no platform key yet; otherwise the stored key is used */
  platformKeys: { privateKey: KeyObject | string };
  services: PaymentService[];
  /** how many times faster Baidu's clock runs than the wall clock; with 60, two minutes take two seconds */
  clockScale?: number;
  /** what Baidu's documents leave open */
  settings?: Partial<Settings>;
  log?: (line: string) => void;
}

export interface Cashier {
  /** of the key that signs the notifications: the database's own */
  platformPublicKey: KeyObject;
  /** all of it, mounted with the prefix /baidu */
  plugin: FastifyPluginAsync;
  /** Baidu's server API alone, for clients that know Baidu's paths and nothing else; mounted without a prefix */
  serverApi: FastifyPluginAsync;
  /** begins to send what is due: new notifications, and those of an earlier run */
  start(): void;
  /** ends sending; the database stays open, it is the caller's */
  stop(): Promise<void>;
}

/** Where the cashier is mounted. */
const PREFIX = '/baidu';

/** ms between two polls of the database for due work. */
const POLL_INTERVAL = 250;

/**
 * @throws DatabaseError when the database cannot be used or brought up to date
 * @throws InvalidArgumentError when an option makes no sense
 */
export async function createCashier(options: CashierOptions): Promise<Cashier> {
  const { database, services, platformKeys, origin, clockScale, settings, log } = resolveOptions(options);
  const now = () => Date.now();
  const faults = new FaultStore();
  const rejections = new RejectionLog(now, log);
  await migrate(database, 'baidu', MIGRATIONS);
  await applyConsoleNotifyUrls(database, services);
  const { privateKey, publicKey } = await platformKeysOf(database, platformKeys.privateKey);

  const runNow = () => poller.runNow();
  const context: CashierContext = { database, services, settings, clockScale, faults, now, log, runNow };
  const payments = new Payments({ ...context, rejections });
  const outbox = new Outbox({ ...context, privateKey });
  const poller = new Poller(
    async () => {
      await payments.chargeDue();
      await settleRefunds(context);
      await outbox.sendDue();
    },
    POLL_INTERVAL,
    log,
  );

  const serverApi: FastifyPluginAsync = async app =>
    registerApiRoutes(app, { ...context, cashierUrl: `${origin}${PREFIX}` });
  const plugin: FastifyPluginAsync = async app => {
    app.addHook('onRoute', route => {
      route.bodyLimit = MAX_BODY_BYTES;
    });
    acceptOnlyJson(app);
    registerErrorHandler(app, log);
    registerCashierRoutes(app, { ...context, payments, rejections, outbox });
    registerConsoleRoutes(app, { ...context, privateKey });
    await app.register(serverApi);
    await serveAssets(app);
  };

  return {
    platformPublicKey: publicKey,
    plugin,
    serverApi,
    start: () => poller.start(),
    stop: async () => {
      await poller.stop();
      await outbox.stop();
    },
  };
}

/** @throws InvalidArgumentError naming the option that makes no sense */
function resolveOptions(options: CashierOptions) {
  const { origin, clockScale = DEMO_CLOCK_SCALE, log = () => undefined } = options;
  if (!(clockScale > 0 && clockScale < Infinity)) {
    throw new InvalidArgumentError('clockScale', `clockScale must be a number above 0, got ${clockScale}`);
  }
  if (!URL.canParse(origin))
    throw new InvalidArgumentError(
      'origin',
      `origin must be a URL like http://127.0.0.1:8790, got ${origin}`,
    );
  const settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
  return { ...options, clockScale, settings, log };
}

/** A page of another origin can post JSON only after a preflight, which fails here. Text and forms need no preflight. */
function acceptOnlyJson(app: Parameters<FastifyPluginAsync>[0]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
}

/**
 * The key that notifications are signed with. It is stored in the database, so that all processes on one database
 * sign with the same key, also when their key folders differ.
 *
 * @param proposal used, and kept, when the database has none yet
 * @returns both halves of the key that the database has now
 */
async function platformKeysOf(db: Queryable, proposal: KeyObject | string): Promise<KeyPairKeyObjectResult> {
  const pem = loadPrivateKey(proposal).export({ type: 'pkcs8', format: 'pem' }).toString();
  await db.query('INSERT INTO baidu.platform_key (private_key) VALUES ($1) ON CONFLICT DO NOTHING', [pem]);
  const { rows } = await db.query<{ private_key: string }>('SELECT private_key FROM baidu.platform_key');
  const privateKey = loadPrivateKey(rows[0]?.private_key);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
