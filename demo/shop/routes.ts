import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readCart } from './cart';
import { COUPONS, findProduct, PRODUCTS } from './catalog';
import type { ShopContext } from './shop-options';
import { badRequest, ShopError, success, registerErrorHandler } from './errors';
import { addNotificationRoutes } from './notifications';
import { createOrder, getOrder, listOrders, orderToPay, orderView, quoteView } from './orders';
import { drawProduct, pictureUrl } from './pictures';
import { priceOf } from './pricing';
import { reconcile } from './reconcile';
import { syncRefunds } from './refund-results';
import { requestRefund } from './refunds';
import {
  queryOf,
  readAmount,
  readDay,
  readFields,
  readHeader,
  readOrderNumber,
  readToken,
} from './request-fields';
import { addSampleOrders } from './sample-orders';
import { closeOrder, syncOrder } from './sync-order';
import type { PlatformOrder } from '../../merchant';

type OrderRoute = { Params: { tpOrderId: string } };

/**
 * All routes of the shop, relative to its prefix. docs/openapi.yaml describes those that components and Baidu call.
 * GET only reads; what changes something is a POST, which pages of other sites cannot send.
 */
export function addRoutes(app: FastifyInstance, shop: ShopContext): void {
  registerErrorHandler(app, shop.log);
  app.addHook('onRequest', async request => {
    if (request.method !== 'GET' && !isOwnPage(request, shop)) {
      throw new ShopError('FORBIDDEN', { reason: `pages of ${request.headers.origin} may not send this` });
    }
  });

  addCatalogRoutes(app, shop);
  addOrderRoutes(app, shop);
  addOrderActions(app, shop);
  addSampleOrders(app, shop);
  if (shop.operatorRoutes) {
    app.get('/_reconcile', async request => {
      const { day, after } = queryOf(request);
      return success(await reconcile(shop, readDay(day), readToken(after, 'after') ?? ''));
    });
  }
  app.register(async notifications => addNotificationRoutes(notifications, shop));
}

function addCatalogRoutes(app: FastifyInstance, { origin }: ShopContext): void {
  app.get('/products', async () =>
    success(PRODUCTS.map(product => ({ ...product, thumbnail: pictureUrl(product.sku, origin) }))),
  );
  app.get('/coupons', async () =>
    success(COUPONS.map(({ code, title, minimum }) => ({ code, title, minimum }))),
  );
  app.get<{ Params: { file: string } }>('/pictures/:file', async (request, reply) => {
    const product = findProduct(request.params.file.replace(/\.svg$/, ''));
    if (!product) throw new ShopError('PICTURE_NOT_FOUND', { reason: 'pictures are named <sku>.svg' });
    void reply.header('Cache-Control', 'public, max-age=3600').type('image/svg+xml');
    return drawProduct(product.sku);
  });
}

function addOrderRoutes(app: FastifyInstance, shop: ShopContext): void {
  const { database, origin } = shop;

  app.post('/quote', async request => success(quoteView(priceOf(readCart(request.body)), shop)));

  app.post('/orders', async request => {
    const shopper = readHeader(request, 'X-Shopper');
    const idempotencyKey = readHeader(request, 'Idempotency-Key');
    const order = await createOrder(shop, readCart(request.body), { shopper, idempotencyKey });
    if (order.status !== 'unpaid' || !order.expired) return success(orderToPay(shop, order));
    // The user must see whether this order is paid before buying again.
    await closeOrder(shop, order.tp_order_id, 'expired').catch(() => undefined);
    return success(orderToPay(shop, await getOrder(database, order.tp_order_id)));
  });

  app.get('/orders', async request => {
    const shopper = readToken(queryOf(request).shopper, 'shopper') ?? readHeader(request, 'X-Shopper');
    if (shopper === null) throw badRequest('shopper', 'must be given as ?shopper=… or X-Shopper');
    return success((await listOrders(database, shopper)).map(order => orderView(order, origin)));
  });

  app.get('/orders/status', async request => {
    const { status } = await getOrder(database, readOrderNumber(queryOf(request).tpOrderId));
    return success({ status });
  });

  app.get<OrderRoute>('/orders/:tpOrderId', async request =>
    success(orderView(await getOrder(database, readOrderNumber(request.params.tpOrderId)), origin)),
  );

  app.get<OrderRoute>('/orders/:tpOrderId/pay', async request =>
    success(orderToPay(shop, await getOrder(database, readOrderNumber(request.params.tpOrderId)))),
  );
}

/** What can be done with an order that exists; each may be repeated without harm. */
function addOrderActions(app: FastifyInstance, shop: ShopContext): void {
  const { database, origin } = shop;

  /** @throws ShopError ORDER_NOT_FOUND, FORBIDDEN */
  const authorizedOrder = async (request: FastifyRequest<OrderRoute>) => {
    const order = await getOrder(database, readOrderNumber(request.params.tpOrderId));
    const { tp_order_id: tpOrderId, shopper } = order;
    if (await shop.authorize(request, { tpOrderId, shopper })) return order;
    throw new ShopError('FORBIDDEN', { reason: 'this order is somebody else’s' });
  };
  const viewNow = async (tpOrderId: string) => orderView(await getOrder(database, tpOrderId), origin);

  app.post<OrderRoute>('/orders/:tpOrderId/query', async request => {
    const { tp_order_id: tpOrderId, status } = await authorizedOrder(request);
    const found = await syncOrder(shop, tpOrderId);
    if (status === 'refunding') await syncRefunds(shop, tpOrderId);
    return success({ ...(await viewNow(tpOrderId)), baidu: baiduView(found) });
  });

  app.post<OrderRoute>('/orders/:tpOrderId/close', async request => {
    const { tp_order_id: tpOrderId, status } = await authorizedOrder(request);
    if (status === 'unpaid') await closeOrder(shop, tpOrderId, 'cancelled');
    const view = await viewNow(tpOrderId);
    if (view.status !== 'closed') throw new ShopError('ALREADY_PAID');
    return success(view);
  });

  app.post<OrderRoute>('/orders/:tpOrderId/refund', async request => {
    const { tp_order_id: tpOrderId } = await authorizedOrder(request);
    await requestRefund(shop, tpOrderId, readRefundRequest(request));
    return success(await viewNow(tpOrderId));
  });
}

/** null: the order is unknown to Baidu, because the cashier was never opened with it. Amounts in fen. */
function baiduView(found: PlatformOrder | null) {
  return found && { status: found.status, totalMoney: found.totalMoney, payMoney: found.payMoney };
}

/** Browsers send the Origin of the page; other clients, such as Baidu's servers, send none. */
function isOwnPage({ headers }: FastifyRequest, { allowedOrigins }: ShopContext): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const MAX_REASON = 100;

function readRefundRequest(request: FastifyRequest) {
  const { amount, reason } = readFields(request.body ?? {}, 'body', ['amount', 'reason']);
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > MAX_REASON)) {
    throw badRequest('reason', `must be text of at most ${MAX_REASON} characters, or be left out`);
  }
  if (reason?.includes('\0')) throw badRequest('reason', 'must not hold a NUL character');
  return {
    amount: readAmount(amount, 'amount'),
    reason: reason || '用户申请退款',
    idempotencyKey: readHeader(request, 'Idempotency-Key'),
  };
}
