import type { KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { createClient, InvalidArgumentError, loadPublicKey, type Client } from '../../merchant';
import type { Database } from '../../lib/database';

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
  /**
   * Whether the sender of this request may close, refund or query this order. The default compares the X-Shopper header,
   * which is a random id of the phone, with the order's: replace it by the session of your own login.
   */
  authorize?(
    request: FastifyRequest,
    order: { tpOrderId: string; shopper: string | null },
  ): boolean | Promise<boolean>;
  /** origins of web pages that may send requests that change something, besides pages of this shop's own host */
  allowedOrigins?: string[];
  /** ms after which an unpaid order expires; default 30 minutes */
  orderLifetime?: number;
  /**
   * ms until a job that did not finish is run again, doubling up to an hour; default 30 s. It is the lease of the job as
   * well, so it must be longer than the few requests to Baidu that one job makes.
   */
  retryAfter?: number;
  /**
   * ms that Baidu has for returning a payment because the reply to its notification asked for it; default 5 minutes.
   * After that a refund is applied for.
   */
  returnTimeout?: number;
  /** GET /shop/_reconcile, for the operator: never where strangers can reach the shop */
  operatorRoutes?: boolean;
}

/** What every part of the shop works with: the options with their defaults, and the client of the server API. */
export type ShopContext = Required<ShopOptions> & { client: Client };

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** @throws InvalidArgumentError naming the option; KeyError when the platform's key is missing or is no key */
export function resolveOptions(options: ShopOptions): ShopContext {
  const { log, baidu, appKey, origin } = options;
  const platformPublicKey = loadPublicKey(options.platformPublicKey);
  if (platformPublicKey.equals(loadPublicKey(options.privateKey))) {
    throw new InvalidArgumentError(
      'platformPublicKey',
      'platformPublicKey is the public key of the merchant, which would refuse every payment; ' +
        'the console shows the one of the platform (平台公钥) beside it',
    );
  }
  const shop = {
    ...options,
    platformPublicKey,
    origin: origin.replace(/\/+$/, ''),
    authorize: options.authorize ?? isOwnOrder,
    allowedOrigins: options.allowedOrigins ?? [],
    orderLifetime: options.orderLifetime ?? 30 * MINUTE,
    retryAfter: options.retryAfter ?? 30 * SECOND,
    returnTimeout: options.returnTimeout ?? 5 * MINUTE,
    operatorRoutes: options.operatorRoutes ?? false,
    client: createClient({ ...baidu, pmAppKey: appKey, retries: 1 }),
    // Parts of a line come from requests: a line break in them could forge the next line.
    log: (line: string) => log(line.replace(/\p{Cc}+/gu, ' ').slice(0, 500)),
  };
  for (const name of ['orderLifetime', 'retryAfter', 'returnTimeout'] as const) {
    if (!Number.isSafeInteger(shop[name]) || shop[name] < 1) {
      const message = `${name} must be a whole number of milliseconds above 0, got ${shop[name]}`;
      throw new InvalidArgumentError(name, message);
    }
  }
  return shop;
}

/** An order without a shopper may be changed with its number alone, which cannot be guessed. */
const isOwnOrder: NonNullable<ShopOptions['authorize']> = (request, { shopper }) =>
  shopper === null || request.headers['x-shopper'] === shopper;
