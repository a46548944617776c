/**
 * A merchant's backend for 百度收银台, small enough to copy: it prices carts, signs orders, and takes an order as paid only
 * when Baidu says so, by a signed notification or in answer to a query.
 */
import type { FastifyPluginAsync } from 'fastify';
import { buildOrderInfo, signOrderInfo } from '../../merchant';
import { migrate } from '../../lib/database/migrations';
import { resolveOptions, type ShopOptions } from './shop-options';
import { MIGRATIONS } from './migrations';
import { addRoutes } from './routes';
import { createWorker, runDueJobs } from './worker';

export type { ShopOptions } from './shop-options';
export type { OrderStatus, OrderView } from '../../utils/order/order-view';

interface RunnableShop {
  /** to be registered with the prefix /shop */
  plugin: FastifyPluginAsync;
  /** starts the worker */
  start(): void;
  /** ends it; resolves when nothing runs any more */
  stop(): Promise<void>;
  /** instead of a worker, to be called regularly: runs what is due, and says how many jobs that were */
  runDueJobs(): Promise<number>;
}

/**
 * Creates the shop: brings the schema `shop` up to date and checks that it can sign.
 *
 * @throws InvalidArgumentError naming an option that is wrong; KeyError, DatabaseError
 */
export async function createShop(options: ShopOptions): Promise<RunnableShop> {
  const shop = resolveOptions(options);
  const { appKey, dealId } = shop;
  // A wrong key or id is better found now than at the first order.
  signOrderInfo(
    buildOrderInfo({ appKey, dealId, tpOrderId: 'start', totalAmount: 1, dealTitle: 'start' }),
    shop.privateKey,
  );
  await migrate(shop.database, 'shop', MIGRATIONS);
  const worker = createWorker(shop);
  return {
    plugin: async app => addRoutes(app, shop),
    start: () => worker.start(),
    stop: () => worker.stop(),
    runDueJobs: () => runDueJobs(shop),
  };
}
