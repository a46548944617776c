/** What a client sends, and what it rejects before it sends anything. */
import {
  type Client,
  type ClientOptions,
  createClient,
  InvalidArgumentError,
  type RefundRequest,
} from '../../../merchant';
import { refundRequest, useApiServer } from './api-server';

const api = useApiServer();

describe('a client', () => {
  test('requests a token with the scope of mini-programs when it makes its first call', async () => {
    await api.client().findByTpOrderId('3028903626');
    expect(api.requests[0]).toMatchObject({
      path: '/oauth/2.0/token',
      query: {
        grant_type: 'client_credentials',
        client_id: 'id',
        client_secret: 'very-secret',
        scope: 'smartapp_snsapi_base',
      },
    });
  });

  test('sends the token, the order and pmAppKey in the query when it makes a GET call', async () => {
    await api.client().findByTpOrderId('3028903626');
    await api.client().findOrderRefund({ tpOrderId: '3028903626', userId: 149235070 });
    await api.client().orderBill('2020-09-01');
    await api.client().capitaBill('2020-09-01');
    await api.client().cancelOrder({ orderId: '800020199' });
    expect(
      api.requests
        .filter(each => !each.path.startsWith('/'))
        .map(({ method, path, query }) => [method, path, query]),
    ).toEqual([
      ['GET', 'findByTpOrderId', { access_token: '24.token-1', tpOrderId: '3028903626', pmAppKey: 'MMMabc' }],
      [
        'GET',
        'findOrderRefund',
        { access_token: '24.token-2', tpOrderId: '3028903626', userId: '149235070', pmAppKey: 'MMMabc' },
      ],
      ['GET', 'orderBill', { access_token: '24.token-3', billTime: '2020-09-01', pmAppKey: 'MMMabc' }],
      ['GET', 'capitaBill', { access_token: '24.token-4', billTime: '2020-09-01', pmAppKey: 'MMMabc' }],
      ['GET', 'cancelOrder', { access_token: '24.token-5', orderId: '800020199', pmAppKey: 'MMMabc' }],
    ]);
  });

  test('sends a form with the token in the query, and skips the audit, when it requests a refund', async () => {
    await api.client().applyOrderRefund(refundRequest);
    expect(api.requestsTo('applyOrderRefund')).toEqual([
      {
        method: 'POST',
        path: 'applyOrderRefund',
        query: { access_token: '24.token-1' },
        type: expect.stringMatching(/^application\/x-www-form-urlencoded/) as string,
        form: {
          orderId: '800020199',
          userId: '149235070',
          tpOrderId: '3028903626',
          refundType: '2',
          refundReason: '商品缺货',
          bizRefundBatchId: 'R20200901001',
          isSkipAudit: '1',
          applyRefundMoney: '100',
          pmAppKey: 'MMMabc',
        },
      },
    ]);
  });

  test('sends no amount when the whole order is refunded', async () => {
    await api.client().applyOrderRefund({ ...refundRequest, applyRefundMoney: undefined });
    expect(api.requestsTo('applyOrderRefund')[0]?.form).not.toHaveProperty('applyRefundMoney');
  });

  test('keeps the path when the base URL has one that ends in a slash', async () => {
    await api.client({ baseUrl: `${api.baseUrl}/baidu/` }).findByTpOrderId('3028903626');
    expect(api.requests[0]?.path).toBe('/baidu/oauth/2.0/token');
  });

  test.each<[string, (kit: Client) => Promise<unknown>]>([
    ['tpOrderId', kit => kit.findByTpOrderId(undefined as unknown as string)],
    ['tpOrderId', kit => kit.findByTpOrderId(5 as unknown as string)],
    ['order', kit => kit.cancelOrder(undefined as unknown as string)],
    ['order', kit => kit.cancelOrder(null as unknown as string)],
    ['orderId', kit => kit.cancelOrder({} as { orderId: string })],
    ['tpOrderId', kit => kit.cancelOrder('')],
    ['request', kit => kit.applyOrderRefund(undefined as unknown as RefundRequest)],
    ['refundType', kit => kit.applyOrderRefund({ ...refundRequest, refundType: 'toString' as 'user' })],
    ['refundType', kit => kit.applyOrderRefund({} as RefundRequest)],
    ['refundNotifyUrl', kit => kit.applyOrderRefund({ ...refundRequest, refundNotifyUrl: '/notify' })],
    ['order', kit => kit.findOrderRefund(undefined as unknown as { tpOrderId: string; userId: string })],
    ['userId', kit => kit.findOrderRefund({ tpOrderId: 'a' } as { tpOrderId: string; userId: string })],
    ['billTime', kit => kit.orderBill(undefined as unknown as string)],
    ['billTime', kit => kit.capitaBill(new Date() as unknown as string)],
  ])('rejects with an InvalidArgumentError that names %s when it is called as %s', async (field, call) => {
    await expect(call(api.client())).rejects.toThrow(new RegExp(`^${field} must be `));
    await expect(call(api.client())).rejects.toThrow(InvalidArgumentError);
    expect(api.requests).toEqual([]);
  });

  test.each([
    ['options', undefined],
    ['options', 'x'],
    ['clientId', { clientId: '' }],
    ['clientId', { clientId: 'a\r' }],
    ['clientSecret', { clientSecret: 'b\n' }],
    ['pmAppKey', { pmAppKey: ' c' }],
    ['timeout', { timeout: 0 }],
    ['timeout', { timeout: '3000' }],
    ['timeout', { timeout: Infinity }],
    ['retries', { retries: -1 }],
    ['retries', { retries: NaN }],
    ['retryDelay', { retryDelay: 0.5 }],
    ['fetch', { fetch: 'x' }],
    ['baseUrl', { baseUrl: 'http://openapi.baidu.com' }],
    ['baseUrl', { baseUrl: 'http://127.0.0.1.evil.example' }],
    ['baseUrl', { baseUrl: 'http://localhost.evil.example' }],
    ['baseUrl', { baseUrl: 'ftp://127.0.0.1' }],
    ['baseUrl', { baseUrl: 'https://a:b@openapi.baidu.com' }],
    ['baseUrl', { baseUrl: 'https://openapi.baidu.com?x=1' }],
    ['baseUrl', { baseUrl: 5 }],
  ])('throws an InvalidArgumentError that names %s when its options are %j', (field, options) => {
    const given =
      typeof options === 'object' ? { clientId: 'a', clientSecret: 'b', pmAppKey: 'c', ...options } : options;
    expect(() => createClient(given as ClientOptions)).toThrow(new RegExp(`^${field} must `));
    expect(() => createClient(given as ClientOptions)).toThrow(InvalidArgumentError);
    expect(() => createClient(given as ClientOptions)).toThrow(
      expect.objectContaining({ argument: field, code: 'INVALID_ARGUMENT' }) as Error,
    );
  });

  test.each([
    'http://127.0.0.1:8790/baidu',
    'http://localhost:1',
    'http://[::1]:1/',
    'https://openapi.baidu.com',
  ])('is created when the base URL is %s', url => expect(() => api.client({ baseUrl: url })).not.toThrow());

  test.each([
    ['orderId', { orderId: 'x' }],
    ['orderId', { orderId: 2 ** 53 }],
    ['userId', { userId: 0 }],
    ['tpOrderId', { tpOrderId: '' }],
    ['refundType', { refundType: '1' as 'user' }],
    ['refundReason', { refundReason: '' }],
    ['bizRefundBatchId', { bizRefundBatchId: '' }],
    ['applyRefundMoney', { applyRefundMoney: 0 }],
    ['applyRefundMoney', { applyRefundMoney: 1.5 }],
    ['audit', { audit: 'false' as unknown as boolean }],
  ])('rejects naming %s when a refund has %j', async (field, change) => {
    await expect(api.client().applyOrderRefund({ ...refundRequest, ...change })).rejects.toThrow(
      new RegExp(`^${field} `),
    );
    expect(api.requests).toEqual([]);
  });

  test.each(['', '2020-9-1', '2020-02-30', '20200901'])(
    'rejects naming billTime when the day is %j',
    async billTime => {
      await expect(api.client().orderBill(billTime)).rejects.toThrow(/^billTime /);
    },
  );

  test.each(['clientId', 'clientSecret', 'pmAppKey'] as const)(
    'throws naming %s when it is empty',
    option => {
      expect(() => api.client({ [option]: '' })).toThrow(new RegExp(`^${option} `));
    },
  );

  test('throws naming baseUrl when it has no protocol', () => {
    expect(() => api.client({ baseUrl: 'openapi.baidu.com' })).toThrow(/^baseUrl /);
  });
});
