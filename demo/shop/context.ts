import type { KeyObject } from 'node:crypto';
import { createClient, type Client } from '../../merchant';
import type { Database } from '../database';
import { together } from './together';

export interface ShopOptions {
  database: Database;
  /** where this shop is reached, without a slash at the end; pictures are linked from there */
  origin: string;
  /** the merchant's private key: signs orders */
  privateKey: KeyObject;
  /** the platform's public key of the payment service: notifications must be signed by it */
  platformPublicKey: KeyObject;
  /** payment appKey, MM…… */
  appKey: string;
  /** settlement id, decimal */
  dealId: string;
  /** the server API: https://openapi.baidu.com, or the local cashier; App Key and App Secret of the mini-program */
  baidu: { baseUrl: string; clientId: string; clientSecret: string };
  /** takes one line of text for the operator */
  log(line: string): void;
  /** ms after which an unpaid order closes; default 30 minutes */
  orderLifetime?: number;
  /** ms between two looks at what is still open at Baidu; default 10 s. Longer than a few timeouts of its API. */
  retryAfter?: number;
  /** GET /shop/_reconcile, for the operator: never where strangers can reach the shop */
  operatorRoutes?: boolean;
  /** ms since the epoch; default Date.now */
  clock?(): number;
}

/** What every part of the shop works with: the options, with nothing left open. */
export type Shop = Required<ShopOptions> & {
  /** 百度收银台's server API, for this payment service */
  client: Client;
};

const HALF_AN_HOUR = 30 * 60_000;
const TEN_SECONDS = 10_000;

/** @throws RangeError naming the option */
export function shopOf(options: ShopOptions): Shop {
  const { orderLifetime = HALF_AN_HOUR, retryAfter = TEN_SECONDS, clock = Date.now } = options;
  const { operatorRoutes = false, origin, log, appKey, baidu } = options;
  if (!Number.isSafeInteger(orderLifetime) || orderLifetime < 1) {
    throw new RangeError(
      `orderLifetime must be a whole number of milliseconds above 0, got ${orderLifetime}`,
    );
  }
  return {
    ...options,
    database: together(options.database),
    orderLifetime,
    retryAfter,
    operatorRoutes,
    clock,
    client: createClient({ ...baidu, pmAppKey: appKey, retries: 1 }),
    origin: origin.replace(/\/+$/, ''),
    // Some of it was sent by strangers: it must not be able to end the line and forge the next.
    log: line => log(line.replace(/\p{Cc}+/gu, ' ').slice(0, 500)),
  };
}
