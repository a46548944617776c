import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ask } from './asking';
import { fieldsOf, readAmount } from './cart';
import { close } from './closing';
import type { Shop } from './context';
import { badRequest, success } from './errors';
import { header, noOrder, orderNumber } from './http';
import { viewOf, type OrderFacts } from './order';
import { reconcile } from './reconcile';
import { refund } from './refunds';
import { findOrder } from './store';

/** @throws ShopError NO_ORDER */
export async function existing(shop: Shop, tpOrderId: string): Promise<OrderFacts> {
  const facts = await findOrder(shop.database, tpOrderId);
  if (!facts) throw noOrder(tpOrderId);
  return facts;
}

type Route = { Params: { tpOrderId: string } };

/** What can be done with an order that exists; each may be repeated without harm. */
export function addActions(app: FastifyInstance, shop: Shop): void {
  const view = (facts: OrderFacts) => viewOf(facts, shop.clock(), shop.origin);

  app.get<Route>('/orders/:tpOrderId/query', async request => {
    const known = await existing(shop, orderNumber(request.params.tpOrderId));
    const { facts, baidu } = await ask(shop, known);
    return success({ ...view(facts), baidu });
  });

  app.post<Route>('/orders/:tpOrderId/close', async request => {
    const facts = await existing(shop, orderNumber(request.params.tpOrderId));
    return success(view(await close(shop, facts)));
  });

  app.post<Route>('/orders/:tpOrderId/refund', async request => {
    const tpOrderId = orderNumber(request.params.tpOrderId);
    const facts = await refund(shop, tpOrderId, readWish(request));
    if (!facts) throw noOrder(tpOrderId);
    return success(view(facts));
  });

  if (shop.operatorRoutes) {
    app.get('/_reconcile', async () => success(await reconcile(shop)));
  }
}

const MAX_REASON = 100;

function readWish(request: FastifyRequest) {
  const body: unknown = request.body ?? {};
  const { amount, reason } = fieldsOf(body, 'body', ['amount', 'reason']);
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > MAX_REASON)) {
    throw badRequest('reason', `must be text of at most ${MAX_REASON} characters, or be left out`);
  }
  if (reason?.includes('\0')) throw badRequest('reason', 'must not hold a NUL character');
  return {
    amount: readAmount(amount, 'amount'),
    reason: reason || '用户申请退款',
    idempotencyKey: header(request, 'Idempotency-Key'),
  };
}
