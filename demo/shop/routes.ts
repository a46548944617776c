import type { FastifyInstance } from 'fastify';
import { addActions, existing } from './actions';
import { readCart } from './cart';
import { COUPONS, findProduct, PRODUCTS } from './catalogue';
import type { Shop } from './context';
import { badRequest, ShopError, success } from './errors';
import { header, orderNumber, queryOf, token, useEnvelope } from './http';
import { addNotifications } from './notification-routes';
import { pictureUrl, statusOf, viewOf } from './order';
import { order, quote } from './ordering';
import { drawProduct } from './pictures';
import { addSamples } from './samples';
import { ordersOf } from './store';

/** All routes of the shop, relative to its prefix. docs/openapi.yaml describes those that components and Baidu call. */
export function addRoutes(app: FastifyInstance, shop: Shop): void {
  useEnvelope(app, shop.log);

  app.get('/products', async () =>
    success(PRODUCTS.map(product => ({ ...product, thumbnail: pictureUrl(product.sku, shop.origin) }))),
  );
  app.get('/coupons', async () =>
    success(COUPONS.map(({ code, title, minimum }) => ({ code, title, minimum }))),
  );
  app.get<{ Params: { file: string } }>('/pictures/:file', async (request, reply) => {
    const product = findProduct(request.params.file.replace(/\.svg$/, ''));
    if (!product) throw new ShopError('NO_PICTURE', { reason: 'pictures are named <sku>.svg' });
    void reply.header('Cache-Control', 'public, max-age=3600').type('image/svg+xml');
    return drawProduct(product.sku);
  });

  app.post('/quote', async request => success(quote(shop, readCart(request.body))));

  app.post('/orders', async request => {
    const shopper = header(request, 'X-Shopper');
    const idempotencyKey = header(request, 'Idempotency-Key');
    return success(await order(shop, readCart(request.body), { shopper, idempotencyKey }));
  });

  app.get('/orders', async request => {
    const shopper = token(queryOf(request).shopper, 'shopper') ?? header(request, 'X-Shopper');
    if (shopper === null) throw badRequest('shopper', 'must be given as ?shopper=… or X-Shopper');
    const orders = await ordersOf(shop.database, shopper);
    const now = shop.clock();
    return success(orders.map(facts => viewOf(facts, now, shop.origin)));
  });

  app.get('/orders/status', async request => {
    const facts = await existing(shop, orderNumber(queryOf(request).tpOrderId));
    return success({ status: statusOf(facts, shop.clock()) });
  });

  app.get<{ Params: { tpOrderId: string } }>('/orders/:tpOrderId', async request => {
    const facts = await existing(shop, orderNumber(request.params.tpOrderId));
    return success(viewOf(facts, shop.clock(), shop.origin));
  });

  addActions(app, shop);
  addSamples(app, shop);
  app.register(async notifications => addNotifications(notifications, shop));
}
