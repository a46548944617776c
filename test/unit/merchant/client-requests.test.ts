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
});
