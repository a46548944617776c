/**
 * Plays Baidu: verifies orderInfo, draws the cashier, takes the money, notifies the merchant, answers the server API 2.0.
 * For development and tests on one machine; no real money moves.
 */
import type { KeyObject } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { explainRefusal, MAX_BODY_BYTES } from '../../merchant';
import type { Database } from '../../lib/database';
import { migrate } from '../../lib/database/migrations';
import type { Service } from './admission';
import { apiRoutes } from './api/routes';
import { serveAssets } from './assets';
import { consoleRoutes } from './console';
import { useEnvelope } from './envelope';
import { Faults } from './faults';
import { Outbox } from './outbox';
import { Payments } from './payments';
import { platformKeysOf } from './platform-key';
import { refundAbnormal, settleRefunds } from './refunds';
import { Poller } from '../../lib/poller';
import { cashierRoutes } from './routes';
import { MIGRATIONS } from './schema';
import { DEFAULT_SETTINGS, DEMO_CLOCK_SCALE, type Settings } from './settings';

export type { Service } from './admission';
export type { Settings } from './settings';
export type { CashierState } from './state';

export interface CashierOptions {
  database: Database;
  /** where this server is reached, http://127.0.0.1:8790 */
  origin: string;
  /** for a database that has no platform key yet; one that has keeps its own */
  platformKeys: { privateKey: KeyObject | string };
  services: Service[];
  /** how many times faster Baidu's clock runs than the wall clock; 60 makes two minutes two seconds */
  clockScale?: number;
  /** what Baidu's documents leave open */
  settings?: Partial<Settings>;
  log?: (line: string) => void;
}

export interface Cashier {
  /** of the key that signs the notifications: the database's own */
  platformPublicKey: KeyObject;
  /** mounted with the prefix /baidu */
  plugin: FastifyPluginAsync;
  /** begins to send what is due: new notifications, and those of an earlier run */
  start(): void;
  /** ends sending; the database stays open, it is the caller's */
  stop(): Promise<void>;
}

/** How often the books are looked at without a reason, ms. */
const ROUND = 250;

/**
 * @throws DatabaseError when the books cannot be opened or brought up to date
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
  await migrate(database, 'baidu', MIGRATIONS);
  const { privateKey, publicKey } = await platformKeysOf(database, platformKeys.privateKey);

  const wake = () => poller.runNow();
  const shared = { database, settings, clockScale, faults, now, log, wake };
  const payments = new Payments({
    ...shared,
    services,
    explain: (order, key) => explainRefusal(order, key),
  });
  const outbox = new Outbox({ ...shared, privateKey, refundAbnormal });
  const poller = new Poller(
    async () => {
      await payments.chargeDue();
      await settleRefunds(database, faults, settings, now());
      await outbox.sendDue();
    },
    ROUND,
    log,
  );

  const plugin: FastifyPluginAsync = async app => {
    app.addHook('onRoute', route => {
      route.bodyLimit = MAX_BODY_BYTES;
    });
    acceptOnlyJson(app);
    useEnvelope(app, log);
    cashierRoutes(app, { payments, faults, database });
    consoleRoutes(app, { database, services, settings, privateKey, now });
    await app.register(async api => apiRoutes(api, { ...shared, services, base: `${origin}${app.prefix}` }));
    await serveAssets(app);
  };

  return {
    platformPublicKey: publicKey,
    plugin,
    start: () => poller.start(),
    stop: async () => {
      await poller.stop();
      await outbox.stop();
    },
  };
}

/** JSON needs a preflight, which nobody answers: no page elsewhere can post here. Text and forms would need none. */
function acceptOnlyJson(app: Parameters<FastifyPluginAsync>[0]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
}
