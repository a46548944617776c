/**
 * Simulates Baidu: verifies orderInfo, shows the cashier, charges, notifies the merchant, answers the server API 2.0.
 * For development and tests on one machine; no real money moves.
 */
import type { KeyObject } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { MAX_BODY_BYTES } from '../../merchant';
import type { Database } from '../../lib/database';
import { migrate } from '../../lib/database/migrations';
import type { Service } from './validate-order';
import { apiRoutes } from './server-api/routes';
import { serveAssets } from './assets';
import { consoleRoutes } from './console-routes';
import { registerErrorHandler } from './errors';
import { Faults } from './faults';
import { Outbox } from './outbox';
import { Payments } from './payments';
import { platformKeysOf } from './platform-key';
import { explainSignature, RejectionLog } from './rejections';
import { refundAbnormal, settleRefunds } from './refunds';
import { Poller } from '../../lib/poller';
import { cashierRoutes } from './routes';
import { MIGRATIONS } from './migrations';
import { DEFAULT_SETTINGS, DEMO_CLOCK_SCALE, type Settings } from './settings';

export type { Service } from './validate-order';
export type { Settings } from './settings';
export type { CashierState } from './state';

export interface CashierOptions {
  database: Database;
  /** where this server is reached, http://127.0.0.1:8790 */
  origin: string;
  /** stored in a database that has no platform key yet; otherwise the stored key is used */
  platformKeys: { privateKey: KeyObject | string };
  services: Service[];
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

/** ms between two looks for due work in the database. */
const ROUND = 250;

/**
 * @throws DatabaseError when the database cannot be used or brought up to date
 * @throws RangeError when an option makes no sense
 */
export async function createCashier(options: CashierOptions): Promise<Cashier> {
  const { database, services, platformKeys, origin } = options;
  const clockScale = options.clockScale ?? DEMO_CLOCK_SCALE;
  if (!(clockScale > 0 && clockScale < Infinity)) {
    throw new RangeError(`clockScale must be a number above 0, got ${clockScale}`);
  }
  if (!URL.canParse(origin))
    throw new RangeError(`origin must be a URL like http://127.0.0.1:8790, got ${origin}`);
  const settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const log = options.log ?? (() => undefined);
  const now = () => Date.now();
  const faults = new Faults();
  const rejections = new RejectionLog(now, log);
  await migrate(database, 'baidu', MIGRATIONS);
  const { privateKey, publicKey } = await platformKeysOf(database, platformKeys.privateKey);

  const runNow = () => poller.runNow();
  const shared = { database, settings, clockScale, faults, now, log, runNow };
  const payments = new Payments({
    ...shared,
    rejections,
    services,
    explain: explainSignature,
  });
  const outbox = new Outbox({ ...shared, services, privateKey, refundAbnormal });
  const poller = new Poller(
    async () => {
      await payments.chargeDue();
      await settleRefunds(database, faults, settings, now());
      await outbox.sendDue();
    },
    ROUND,
    log,
  );

  const serverApi: FastifyPluginAsync = async app =>
    apiRoutes(app, { ...shared, services, base: `${origin}${PREFIX}` });
  const plugin: FastifyPluginAsync = async app => {
    app.addHook('onRoute', route => {
      route.bodyLimit = MAX_BODY_BYTES;
    });
    acceptOnlyJson(app);
    registerErrorHandler(app, log);
    cashierRoutes(app, {
      database,
      payments,
      faults,
      rejections,
      outbox,
    });
    consoleRoutes(app, { database, services, settings, privateKey, now });
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

/** A page of another origin can post JSON only after a preflight, which fails here. Text and forms need no preflight. */
function acceptOnlyJson(app: Parameters<FastifyPluginAsync>[0]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
}
