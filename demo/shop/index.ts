/**
 * A merchant's backend for 百度收银台, small enough to copy: it prices carts, signs orders, and believes a payment only
 * when Baidu's signed notification says so.
 */
import type { FastifyPluginAsync } from 'fastify';
import { buildOrderInfo, signOrderInfo } from '../../merchant';
import { migrate } from '../migrations';
import { Background } from './background';
import { shopOf, type ShopOptions } from './context';
import { addRoutes } from './routes';
import { MIGRATIONS } from './schema';

export type { ShopOptions } from './context';
export type { OrderStatus, OrderView } from './order';

/**
 * Opens the shop: brings the schema `shop` up to date and checks that it can sign.
 *
 * @returns `plugin`, to be registered with the prefix /shop; `start` and `stop` for its work in the background
 * @throws RangeError naming an option that is wrong; DatabaseError
 */
export async function createShop(
  options: ShopOptions,
): Promise<{ plugin: FastifyPluginAsync; start(): void; stop(): Promise<void> }> {
  const shop = shopOf(options);
  const { appKey, dealId } = shop;
  // Better now than at the first order.
  signOrderInfo(
    buildOrderInfo({ appKey, dealId, tpOrderId: 'start', totalAmount: 1, dealTitle: 'start' }),
    shop.privateKey,
  );
  await migrate(shop.database, 'shop', MIGRATIONS);
  const background = new Background(shop);
  return {
    plugin: async app => addRoutes(app, shop),
    start: () => background.start(),
    stop: () => background.stop(),
  };
}
