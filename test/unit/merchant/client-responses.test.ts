import { waitFor } from '../../helpers/wait-for';
import { platformOrder, refundRequest, success, useApiServer } from './api-server';

const api = useApiServer();

describe('a client', () => {
  test('returns ids as text and amounts as numbers when an order is found', async () => {
    api.responses.findByTpOrderId = [success(platformOrder)];
    expect(await api.client().findByTpOrderId('3028903626')).toMatchObject({
      ok: true,
      data: {
        orderId: '93969718697904',
        userId: '149235070',
        dealId: '470193086',
        status: 'paid',
        totalMoney: 11300,
        payMoney: 11200,
      },
    });
  });

  test.each([
    [1, 'unpaid'],
    [2, 'paid'],
    ['2', 'paid'],
    [-1, 'cancelled'],
    [7, 'unknown'],
    [undefined, 'unknown'],
  ])('reads the status %p as %s when an order is found', async (code, meaning) => {
    api.responses.findByTpOrderId = [success({ ...platformOrder, status: code })];
    expect(await api.client().findByTpOrderId('3028903626')).toMatchObject({ data: { status: meaning } });
  });

  test('keeps long ids exact when numbers arrive as text or text as numbers', async () => {
    api.responses.findByTpOrderId = [
      '{"errno":"0","msg":"","data":{"orderId":9223372036854775807,"tpOrderId":3028903626,"userId":0,"openId":"o-1","status":1,"bizInfo":"{\\"n\\":12345678901234567890}"}}',
    ];
    expect(await api.client().findByTpOrderId('3028903626')).toMatchObject({
      ok: true,
      data: {
        orderId: '9223372036854775807',
        tpOrderId: '3028903626',
        userId: null,
        openId: 'o-1',
        bizInfo: '{"n":12345678901234567890}',
      },
    });
  });

  test('returns the id as text and the amount as a number when a refund is accepted', async () => {
    api.responses.applyOrderRefund = [success({ refundBatchId: 152713835, refundPayMoney: '9800' })];
    expect(await api.client().applyOrderRefund(refundRequest)).toEqual({
      ok: true,
      data: { refundBatchId: '152713835', refundPayMoney: 9800 },
    });
  });

  test('reads refund status 2 as a success when it queries refunds', async () => {
    const item = { bizRefundBatchId: 'R1', orderId: 1, refundBatchId: 1, userId: 1 };
    api.responses.findOrderRefund = [success([1, 2, 3, 9].map(refundStatus => ({ ...item, refundStatus })))];
    const result = await api.client().findOrderRefund({ tpOrderId: 'a', userId: '1' });
    expect(result.ok && result.data.map(each => each.refundStatus)).toEqual([
      'pending',
      'success',
      'failed',
      'unknown',
    ]);
  });

  test('takes the refunds of all users when several have paid the order', async () => {
    const item = { refundBatchId: 1, refundStatus: 2, orderId: 1, userId: 1 };
    api.responses.findOrderRefund = [success([item, { ...item, refundBatchId: 2, orderId: 2, userId: 7 }])];
    expect(await api.client().findOrderRefund({ tpOrderId: 'a', userId: '1' })).toMatchObject({
      ok: true,
      data: [{ userId: '1' }, { userId: '7' }],
    });
  });

  test('takes null for an empty list when it queries refunds or a bill', async () => {
    const client = api.client();
    for (const data of [null, undefined, []]) {
      api.responses.findOrderRefund = [success(data)];
      expect(await client.findOrderRefund({ tpOrderId: 'a', userId: '1' })).toEqual({ ok: true, data: [] });
    }
    for (const data of [null, { totalCount: 0, data: null }]) {
      api.responses.orderBill = [success(data)];
      expect(await client.orderBill('2020-09-01')).toEqual({ ok: true, data: { totalCount: 0, files: [] } });
    }
    api.responses.findOrderRefund = [success({ hello: 1 })];
    expect(await client.findOrderRefund({ tpOrderId: 'a', userId: '1' })).toMatchObject({
      kind: 'malformed',
    });
  });

  test('reads data inside data, and url null until the file is ready, when it queries a bill', async () => {
    const file = { createTime: 'now', downloadName: 'a.csv', exportStatus: 0, url: '' };
    api.responses.orderBill = [success({ totalCount: 1, data: [file] })];
    api.responses.capitaBill = [success({ totalCount: 1, data: [{ ...file, url: 'https://x/a.csv' }] })];
    expect(await api.client().orderBill('2020-09-01')).toMatchObject({
      data: { totalCount: 1, files: [{ url: null }] },
    });
    expect(await api.client().capitaBill('2020-09-01')).toMatchObject({
      data: { files: [{ url: 'https://x/a.csv' }] },
    });
  });
});

describe('cancelOrder', () => {
  test('looks up the id of Baidu first when it is given an order number', async () => {
    api.responses.findByTpOrderId = [success({ ...platformOrder, status: 1 })];
    api.responses.cancelOrder = [success(true)];
    expect(await api.client().cancelOrder('3028903626')).toEqual({ ok: true, data: true });
    expect(api.requestsTo('cancelOrder')[0]?.query).toMatchObject({ orderId: '93969718697904' });
  });

  test('fails without a request to close when the order is paid', async () => {
    api.responses.findByTpOrderId = [success(platformOrder)];
    expect(await api.client().cancelOrder('3028903626')).toMatchObject({
      kind: 'business',
      code: 'ORDER_PAID',
      retryable: false,
    });
    expect(api.requestsTo('cancelOrder')).toEqual([]);
  });

  test('succeeds without a request to close when the order is closed already', async () => {
    api.responses.findByTpOrderId = [success({ ...platformOrder, status: -1 })];
    expect(await api.client().cancelOrder('3028903626')).toEqual({ ok: true, data: true });
    expect(api.requestsTo('cancelOrder')).toEqual([]);
  });

  test('fails when the platform answers false with errno 0', async () => {
    api.responses.cancelOrder = [success(false)];
    expect(await api.client().cancelOrder({ orderId: 1 })).toMatchObject({
      ok: false,
      code: 'NOT_CANCELLED',
    });
  });

  test('returns the failure of the query when the order is unknown', async () => {
    api.responses.findByTpOrderId = [{ errno: 10002, msg: '订单未找到', data: null }];
    expect(await api.client().cancelOrder('3028903626')).toMatchObject({ kind: 'business', code: 10002 });
  });
});

describe('a client that gets an answer about another order', () => {
  const other = { ok: false, kind: 'malformed', code: 'OTHER_ORDER' };

  test('fails with OTHER_ORDER when it finds or closes an order', async () => {
    api.responses.findByTpOrderId = [success({ ...platformOrder, tpOrderId: 'T2' })];
    expect(await api.client({ retries: 0 }).findByTpOrderId('3028903626')).toMatchObject(other);
    expect(await api.client({ retries: 0 }).cancelOrder('3028903626')).toMatchObject(other);
    expect(api.requestsTo('cancelOrder')).toEqual([]);
  });

  test.each([{ orderId: 1 }, { tpOrderId: 'T2' }, { bizRefundBatchId: 'R2' }])(
    'fails with OTHER_ORDER when a refund is accepted with %j',
    async change => {
      api.responses.applyOrderRefund = [success({ refundBatchId: '1', refundPayMoney: 1, ...change })];
      expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({
        ...other,
        retryable: false,
      });
    },
  );

  test('fails with OTHER_ORDER when one of the refunds has another tpOrderId', async () => {
    const item = { refundBatchId: 1, refundStatus: 2, orderId: 1, userId: 1, tpOrderId: 'T1' };
    api.responses.findOrderRefund = [success([item, { ...item, tpOrderId: 'T2' }])];
    expect(await api.client().findOrderRefund({ tpOrderId: 'T1', userId: 1 })).toMatchObject(other);
  });
});

describe('a client with an answer of unusual size', () => {
  test('stops reading when the answer is larger than 1 MiB', async () => {
    let sent = 0;
    let closed = false;
    api.responses.findByTpOrderId = [
      response => {
        response.on('close', () => (closed = true));
        const more = (): void => {
          if (closed) return;
          sent += 65536;
          response.write(Buffer.alloc(65536, 32), () => setImmediate(more));
        };
        more();
      },
    ];
    expect(await api.client({ retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      kind: 'malformed',
      code: 'TOO_LARGE',
    });
    await waitFor(() => closed);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('reads the answer when it begins with a byte order mark', async () => {
    api.responses.findByTpOrderId = ['\uFEFF' + JSON.stringify(success(platformOrder))];
    expect((await api.client({ retries: 0 }).findByTpOrderId('3028903626')).ok).toBe(true);
  });

  test('reads the answer when it is just under 1 MiB', async () => {
    api.responses.findByTpOrderId = [success({ ...platformOrder, bizInfo: 'x'.repeat(1_000_000) })];
    expect((await api.client().findByTpOrderId('3028903626')).ok).toBe(true);
  });

  test('closes the connection when the answer is not complete in time', async () => {
    let closed = false;
    api.responses.findByTpOrderId = [
      response => {
        response.on('close', () => (closed = true));
        response.write('{');
      },
    ];
    await api.client({ retries: 0, timeout: 1000 }).findByTpOrderId('3028903626');
    await waitFor(() => closed);
  });
});
