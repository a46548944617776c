/** A Baidu whose answers a test chooses; some of them the local cashier never gives. */
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { ShopOptions } from '../../demo/shop';

export type Params = Record<string, string>;
type Method = 'findByTpOrderId' | 'cancelOrder' | 'applyOrderRefund' | 'findOrderRefund';

export interface FakeBaidu {
  /** the shop's option */
  options: ShopOptions['baidu'];
  /** what a method answers; without an entry the order is unknown */
  responses: Partial<Record<Method, (params: Params) => unknown>>;
  calls: { name: Method; params: Params }[];
  close(): Promise<void>;
}

export async function startFakeBaidu(): Promise<FakeBaidu> {
  const app = fastify();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
  app.post('/oauth/2.0/token', async () => ({ access_token: 'token', expires_in: 3600 }));
  app.all('/rest/2.0/smartapp/pay/paymentservice/:name', async request => {
    const { name } = request.params as { name: Method };
    const params = { ...(request.query as Params), ...(request.body as Params | null) };
    baidu.calls.push({ name, params });
    return (await baidu.responses[name]?.(params)) ?? UNKNOWN_ORDER;
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const baidu: FakeBaidu = {
    options: { baseUrl: `http://127.0.0.1:${port}`, clientId: 'app-key', clientSecret: 'app-secret' },
    responses: {},
    calls: [],
    close: () => app.close(),
  };
  return baidu;
}

const UNKNOWN_ORDER = { errno: 10002, msg: '系统错误: 订单未找到', data: null };
export const success = (data: unknown) => ({ errno: 0, msg: 'success', data });
export const refusal = (errno: number) => () => ({ errno, msg: 'refused', data: null });

/** 1 unpaid, 2 paid, -1 cancelled; the number at Baidu is that of the shop with its letters and dots left out. */
export const order =
  (status: 1 | 2 | -1, changes: Record<string, unknown> = {}) =>
  ({ tpOrderId = '' }: Params) =>
    success({
      orderId: tpOrderId.replace(/\D/g, '').slice(-15),
      tpOrderId,
      dealId: 470193086,
      userId: 149235070,
      status,
      totalMoney: 100,
      payMoney: status === 2 ? 100 : 0,
      ...changes,
    });

export const accepted = ({ bizRefundBatchId = '' }: Params) =>
  success({ refundBatchId: bizRefundBatchId.replace(/\D/g, '').slice(-15), refundPayMoney: 100 });
