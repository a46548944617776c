import type { FastifyInstance } from 'fastify';
import { MAX_BODY_BYTES } from '../../merchant';
import { DatabaseError } from '../database';
import { readCart } from './cart';
import { COUPONS, findProduct, PRODUCTS } from './catalogue';
import type { Shop } from './context';
import { badRequest, ShopError, success } from './errors';
import { header, noOrder, orderNumber, queryOf, token, useEnvelope } from './http';
import { takePayNotification } from './notify';
import { pictureUrl, statusOf, viewOf, type OrderFacts } from './order';
import { order, quote } from './ordering';
import { drawProduct } from './pictures';
import { findOrder, ordersOf } from './store';

/** Baidu waits 2 s for the answer to a notification; a late one counts as none. */
const NOTIFICATION_DEADLINE = 1800;

/** All routes of the shop, relative to its prefix. docs/openapi.yaml describes them. */
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
    const facts = await existing(orderNumber(queryOf(request).tpOrderId));
    return success({ status: statusOf(facts, shop.clock()) });
  });

  app.get<{ Params: { tpOrderId: string } }>('/orders/:tpOrderId', async request => {
    const facts = await existing(orderNumber(request.params.tpOrderId));
    return success(viewOf(facts, shop.clock(), shop.origin));
  });

  app.register(async notifications => {
    // The signature covers the text as it was sent, so nothing may parse it first.
    notifications.removeAllContentTypeParsers();
    notifications.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_request, body, done) => done(null, body),
    );
    notifications.post('/notify/pay', async request =>
      inTime(takePayNotification(shop, bodyOf(request.body))),
    );
  });

  async function existing(tpOrderId: string): Promise<OrderFacts> {
    const facts = await findOrder(shop.database, tpOrderId);
    if (!facts) throw noOrder(tpOrderId);
    return facts;
  }
}

function bodyOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** A database that hangs must not leave Baidu without an answer; what it still writes is found by the repeat. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DatabaseError('no answer in time')), NOTIFICATION_DEADLINE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
