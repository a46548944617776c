import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from './replies';

const REFUND = 'POST /rest/2.0/smartapp/pay/paymentservice/applyOrderRefund';
const QUERY = 'GET /rest/2.0/smartapp/pay/paymentservice/findByTpOrderId';

const REFUND_INSTEAD = `use ${REFUND}`;
const NOTHING_INSTEAD = `leave it out: 2.0 has no write-off (核销) to undo, ${REFUND} refunds directly`;

/** The replacement of each call, by its path; for nop.nuomi.com by the parameter `method`. */
const PATHS: Record<string, string> = {
  '/cashier/applyOrderRefund': REFUND_INSTEAD,
  '/cashier/syncOrderStatus': NOTHING_INSTEAD,
  '/platform/entity/openapi/queryorderdetail': `use ${QUERY}`,
};
const REST = '/nop/server/rest';
const REST_METHODS: Record<string, string> = {
  'nuomi.cashier.applyorderrefund': REFUND_INSTEAD,
  'nuomi.cashier.syncorderstatus': NOTHING_INSTEAD,
};

/**
 * The server API 1.0 is not simulated: its paths answer 404 and name the call of 2.0 that replaces it.
 *
 * @param app parses form bodies
 */
export function registerV1Routes(
  app: FastifyInstance,
  paramsOf: (request: FastifyRequest) => URLSearchParams,
): void {
  for (const url of [REST, ...Object.keys(PATHS)]) {
    app.route({
      method: ['GET', 'POST'],
      url,
      handler: async (request, reply) => {
        const method = url === REST ? (paramsOf(request).get('method') ?? '') : '';
        const instead = PATHS[url] ?? REST_METHODS[method.toLowerCase()] ?? `use ${REFUND} for refunds`;
        const called = method === '' ? url : `${url} (${method.slice(0, 100)})`;
        const msg = `${called} belongs to the API 1.0, which is not simulated here. In the server API 2.0 ${instead}.`;
        return reply.code(404).send(problem(404, msg));
      },
    });
  }
}
