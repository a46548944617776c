import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, isFinalRefusal, isOrderUnknown } from '../../../merchant';
import type { ApiFailure, ApiResult, Client, ClientOptions, RefundRequest } from '../../../merchant';
import { waitFor } from '../../helpers/wait-for';

interface Seen {
  method: string;
  path: string;
  query: Record<string, string>;
  type: string | undefined;
  form: Record<string, string>;
}

type Answer = object | string | ((response: ServerResponse) => void);

const PAY = '/rest/2.0/smartapp/pay/paymentservice/';

let server: Server;
let baseUrl: string;
let seen: Seen[] = [];
/** Answers by path; the last one is repeated. */
let script: Record<string, Answer[]> = {};
let tokens = 0;

function take(path: string): Answer {
  const answers = script[path] ?? [];
  return (answers.length > 1 ? answers.shift() : answers[0]) ?? { errno: 0, msg: 'success', data: null };
}

function handle(request: IncomingMessage, response: ServerResponse, body: string): void {
  const url = new URL(request.url ?? '', 'http://localhost');
  const path = url.pathname.replace(PAY, '');
  seen.push({
    method: request.method ?? '',
    path,
    query: Object.fromEntries(url.searchParams),
    type: request.headers['content-type'],
    form: Object.fromEntries(new URLSearchParams(body)),
  });
  if (path === '/oauth/2.0/token' && !script[path]) {
    response.end(JSON.stringify({ access_token: `24.token-${++tokens}`, expires_in: 2592000 }));
    return;
  }
  const answer = take(path);
  if (typeof answer === 'function') answer(response);
  else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
}

beforeAll(done => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => handle(request, response, body));
  }).listen(0, '127.0.0.1', () => {
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});
afterAll(done => {
  server.closeAllConnections();
  server.close(done);
});
beforeEach(() => {
  seen = [];
  script = {};
  tokens = 0;
});
afterEach(() => jest.restoreAllMocks());

const client = (options: Partial<ClientOptions> = {}): Client =>
  createClient({
    clientId: 'id',
    clientSecret: 'very-secret',
    pmAppKey: 'MMMabc',
    baseUrl,
    retryDelay: 1,
    ...options,
  });

const calls = (path: string): Seen[] => seen.filter(each => each.path === path);
const success = (data: unknown): object => ({ errno: 0, msg: 'success', data });
const status =
  (code: number, body = ''): Answer =>
  response => {
    response.statusCode = code;
    response.end(body);
  };
const hangUp: Answer = response => response.destroy();
const silence: Answer = () => undefined;

const order = {
  orderId: 93969718697904,
  tpOrderId: '3028903626',
  dealId: 470193086,
  userId: 149235070,
  status: 2,
  totalMoney: 11300,
  payMoney: 11200,
  tradeNo: 'T1',
  createTime: 1600000000,
  bizInfo: '{}',
  openId: 0,
  appKey: 0,
};
const refund: RefundRequest = {
  orderId: '800020199',
  userId: 149235070,
  tpOrderId: '3028903626',
  refundType: 'service',
  refundReason: '商品缺货',
  bizRefundBatchId: 'R20200901001',
  applyRefundMoney: 100,
};

describe('what is sent', () => {
  test('the token is asked for with the scope of mini-programs', async () => {
    await client().findByTpOrderId('3028903626');
    expect(seen[0]).toMatchObject({
      path: '/oauth/2.0/token',
      query: {
        grant_type: 'client_credentials',
        client_id: 'id',
        client_secret: 'very-secret',
        scope: 'smartapp_snsapi_base',
      },
    });
  });

  test('queries carry the token, the order and pmAppKey', async () => {
    await client().findByTpOrderId('3028903626');
    await client().findOrderRefund({ tpOrderId: '3028903626', userId: 149235070 });
    await client().orderBill('2020-09-01');
    await client().capitaBill('2020-09-01');
    await client().cancelOrder({ orderId: '800020199' });
    expect(
      seen.filter(each => !each.path.startsWith('/')).map(({ method, path, query }) => [method, path, query]),
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

  test('a refund is a form; the token stays in the query, and the audit is skipped', async () => {
    await client().applyOrderRefund(refund);
    expect(calls('applyOrderRefund')).toEqual([
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

  test('a refund of the whole order names no amount', async () => {
    await client().applyOrderRefund({ ...refund, applyRefundMoney: undefined });
    expect(calls('applyOrderRefund')[0]?.form).not.toHaveProperty('applyRefundMoney');
  });

  test('a base URL may have a path and a slash', async () => {
    await client({ baseUrl: `${baseUrl}/baidu/` }).findByTpOrderId('3028903626');
    expect(seen[0]?.path).toBe('/baidu/oauth/2.0/token');
  });
});

describe('what comes back', () => {
  test('an order', async () => {
    script.findByTpOrderId = [success(order)];
    expect(await client().findByTpOrderId('3028903626')).toMatchObject({
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
  ])('status %p is %s', async (code, meaning) => {
    script.findByTpOrderId = [success({ ...order, status: code })];
    expect(await client().findByTpOrderId('3028903626')).toMatchObject({ data: { status: meaning } });
  });

  test('types the documents print otherwise are taken, and long ids stay exact', async () => {
    script.findByTpOrderId = [
      '{"errno":"0","msg":"","data":{"orderId":9223372036854775807,"tpOrderId":3028903626,"userId":0,"openId":"o-1","status":1,"bizInfo":"{\\"n\\":12345678901234567890}"}}',
    ];
    expect(await client().findByTpOrderId('3028903626')).toMatchObject({
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

  test('a refund: accepted, with its id as text and its amount as a number', async () => {
    script.applyOrderRefund = [success({ refundBatchId: 152713835, refundPayMoney: '9800' })];
    expect(await client().applyOrderRefund(refund)).toEqual({
      ok: true,
      data: { refundBatchId: '152713835', refundPayMoney: 9800 },
    });
  });

  test('refunds of an order: 2 is a success here', async () => {
    const item = { bizRefundBatchId: 'R1', orderId: 1, refundBatchId: 1, userId: 1 };
    script.findOrderRefund = [success([1, 2, 3, 9].map(refundStatus => ({ ...item, refundStatus })))];
    const result = await client().findOrderRefund({ tpOrderId: 'a', userId: '1' });
    expect(result.ok && result.data.map(each => each.refundStatus)).toEqual([
      'pending',
      'success',
      'failed',
      'unknown',
    ]);
  });

  test('a bill: data inside of data, and no url until the file is ready', async () => {
    const file = { createTime: 'now', downloadName: 'a.csv', exportStatus: 0, url: '' };
    script.orderBill = [success({ totalCount: 1, data: [file] })];
    script.capitaBill = [success({ totalCount: 1, data: [{ ...file, url: 'https://x/a.csv' }] })];
    expect(await client().orderBill('2020-09-01')).toMatchObject({
      data: { totalCount: 1, files: [{ url: null }] },
    });
    expect(await client().capitaBill('2020-09-01')).toMatchObject({
      data: { files: [{ url: 'https://x/a.csv' }] },
    });
  });
});

describe('closing an order', () => {
  test('looks up the id of Baidu first', async () => {
    script.findByTpOrderId = [success({ ...order, status: 1 })];
    script.cancelOrder = [success(true)];
    expect(await client().cancelOrder('3028903626')).toEqual({ ok: true, data: true });
    expect(calls('cancelOrder')[0]?.query).toMatchObject({ orderId: '93969718697904' });
  });

  test('of a paid order is refused without asking', async () => {
    script.findByTpOrderId = [success(order)];
    expect(await client().cancelOrder('3028903626')).toMatchObject({
      kind: 'business',
      code: 'ORDER_PAID',
      retryable: false,
    });
    expect(calls('cancelOrder')).toEqual([]);
  });

  test('of one that is closed is a success', async () => {
    script.findByTpOrderId = [success({ ...order, status: -1 })];
    expect(await client().cancelOrder('3028903626')).toEqual({ ok: true, data: true });
    expect(calls('cancelOrder')).toEqual([]);
  });

  test('that the platform does not do is a refusal, although errno is 0', async () => {
    script.cancelOrder = [success(false)];
    expect(await client().cancelOrder({ orderId: 1 })).toMatchObject({ ok: false, code: 'NOT_CANCELLED' });
  });

  test('of an unknown order gives what the query says', async () => {
    script.findByTpOrderId = [{ errno: 10002, msg: '订单未找到', data: null }];
    expect(await client().cancelOrder('3028903626')).toMatchObject({ kind: 'business', code: 10002 });
  });
});

describe('the access token', () => {
  test('is shared by concurrent calls and kept', async () => {
    const shared = client();
    await Promise.all(Array.from({ length: 10 }, () => shared.findByTpOrderId('3028903626')));
    await shared.findByTpOrderId('3028903626');
    expect(tokens).toBe(1);
  });

  test('is renewed before it expires', async () => {
    const now = jest.spyOn(Date, 'now');
    const started = Date.now();
    const shared = client();
    now.mockReturnValue(started);
    await shared.findByTpOrderId('3028903626');
    now.mockReturnValue(started + 2592000_000 - 11 * 60_000);
    await shared.findByTpOrderId('3028903626');
    expect(tokens).toBe(1);
    now.mockReturnValue(started + 2592000_000 - 9 * 60_000);
    await shared.findByTpOrderId('3028903626');
    expect(tokens).toBe(2);
  });

  test.each([110, 111])('is renewed once after error_code %d, and the call repeated', async code => {
    script.applyOrderRefund = [
      { error_code: code, error_msg: 'Access token invalid or no longer valid' },
      success({ refundBatchId: '1', refundPayMoney: 1 }),
    ];
    expect((await client().applyOrderRefund(refund)).ok).toBe(true);
    expect(tokens).toBe(2);
    expect(calls('applyOrderRefund').map(each => each.query.access_token)).toEqual([
      '24.token-1',
      '24.token-2',
    ]);
  });

  test('is not renewed for ever', async () => {
    script.findByTpOrderId = [{ error_code: 110, error_msg: 'no' }];
    expect(await client().findByTpOrderId('3028903626')).toMatchObject({
      ok: false,
      kind: 'gateway',
      code: 110,
    });
    expect(tokens).toBe(2);
  });

  test('refused to many at once is renewed once', async () => {
    const shared = client();
    await shared.findByTpOrderId('3028903626');
    // By its token, because under load a renewed call may arrive before the last of the first ones.
    script.findByTpOrderId = [
      response => {
        const isFirst = response.req.url?.includes('24.token-1') === true;
        response.end(JSON.stringify(isFirst ? { error_code: 111, error_msg: 'expired' } : success(order)));
      },
    ];
    const results = await Promise.all(Array.from({ length: 5 }, () => shared.findByTpOrderId('3028903626')));
    expect(results.every(result => result.ok)).toBe(true);
    expect(tokens).toBe(2);
  });

  test('renewed meanwhile is not thrown away for an answer that comes late', async () => {
    const shared = client();
    await shared.findByTpOrderId('3028903626');
    const refused = JSON.stringify({ error_code: 111, error_msg: 'expired' });
    let answerLate = (): void => undefined;
    const late: Answer = response => (answerLate = () => response.end(refused));
    script.findByTpOrderId = [late, refused, success(order)];
    const slow = shared.findByTpOrderId('3028903626');
    await waitFor(() => calls('findByTpOrderId').length === 2);
    expect((await shared.findByTpOrderId('3028903626')).ok).toBe(true);
    answerLate();
    expect((await slow).ok).toBe(true);
    expect(tokens).toBe(2);
  });

  test('that nobody gets: a gateway failure without the secret in it', async () => {
    script['/oauth/2.0/token'] = [{ error: 'invalid_client', error_description: 'unknown client id' }];
    const result = await client().findByTpOrderId('3028903626');
    expect(result).toEqual({
      ok: false,
      kind: 'gateway',
      code: 'invalid_client',
      message: 'access_token: unknown client id',
      retryable: false,
    });
    expect(seen).toHaveLength(1);
  });

  test('asked for in vain is asked for again by the next call', async () => {
    script['/oauth/2.0/token'] = [{ error: 'x' }, { access_token: '24.later', expires_in: '2592000' }];
    const shared = client();
    expect((await shared.findByTpOrderId('3028903626')).ok).toBe(false);
    await shared.findByTpOrderId('3028903626');
    expect(calls('findByTpOrderId')[0]?.query.access_token).toBe('24.later');
  });
});

describe('failures', () => {
  test('a business refusal', async () => {
    script.applyOrderRefund = [{ errno: 10003, msg: '系统内部错误', data: null }];
    expect(await client().applyOrderRefund(refund)).toEqual({
      ok: false,
      kind: 'business',
      code: 10003,
      message: 'applyOrderRefund: 系统内部错误 (errno 10003)',
      retryable: false,
    });
  });

  test('a gateway error is never taken for success, although it has no errno', async () => {
    script.applyOrderRefund = [
      { error_code: 100, error_msg: 'Invalid parameter', data: { refundBatchId: '1' } },
    ];
    expect(await client().applyOrderRefund(refund)).toMatchObject({ ok: false, kind: 'gateway', code: 100 });
  });

  test.each([
    ['a web page', '<html>'],
    ['an empty answer', ''],
    ['no errno', '{}'],
    ['a list', '[]'],
    ['no data', success(null)],
    ['other data', success({ hello: 1 })],
  ])('%s is malformed', async (_what, answer) => {
    script.findByTpOrderId = [answer];
    expect(await client().findByTpOrderId('3028903626')).toMatchObject({ ok: false, kind: 'malformed' });
  });

  test('a query is repeated after a lost connection, a timeout and HTTP 5xx', async () => {
    for (const trouble of [hangUp, silence, status(503)]) {
      seen = [];
      script.findByTpOrderId = [trouble, trouble, success(order)];
      expect((await client({ timeout: 1000 }).findByTpOrderId('3028903626')).ok).toBe(true);
      expect(calls('findByTpOrderId')).toHaveLength(3);
    }
  });

  test('a query is given up in the end', async () => {
    script.findByTpOrderId = [hangUp];
    expect(await client().findByTpOrderId('3028903626')).toMatchObject({ kind: 'network', retryable: true });
    expect(calls('findByTpOrderId')).toHaveLength(3);
    script.findByTpOrderId = [silence];
    expect(await client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      kind: 'timeout',
      retryable: true,
    });
  });

  test('a body that never ends times out, too', async () => {
    script.findByTpOrderId = [response => void response.write('{"errno":0,')];
    expect(await client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      kind: 'timeout',
    });
  });

  test.each([
    ['a lost connection', hangUp, 'network'],
    ['a timeout', silence, 'timeout'],
    ['HTTP 503', status(503), 'network'],
  ])('a refund is never repeated on its own: %s', async (_what, trouble, kind) => {
    script.applyOrderRefund = [trouble];
    expect(await client({ timeout: 1000 }).applyOrderRefund(refund)).toMatchObject({
      ok: false,
      kind,
      retryable: false,
    });
    expect(calls('applyOrderRefund')).toHaveLength(1);
  });

  test('a refund that the gateway was too busy for may be repeated, but by you', async () => {
    script.applyOrderRefund = [{ error_code: 18, error_msg: 'Open api qps request limit reached' }];
    expect(await client().applyOrderRefund(refund)).toMatchObject({
      kind: 'gateway',
      code: 18,
      retryable: true,
    });
    expect(calls('applyOrderRefund')).toHaveLength(1);
  });

  test('closing is never repeated on its own', async () => {
    script.cancelOrder = [hangUp];
    expect(await client().cancelOrder({ orderId: 1 })).toMatchObject({ kind: 'network', retryable: false });
    expect(calls('cancelOrder')).toHaveLength(1);
  });

  test('a server that is not there: safe to repeat, whatever was asked', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => gone.once('listening', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise(resolve => gone.close(resolve));
    expect(await client({ baseUrl: `http://127.0.0.1:${port}` }).applyOrderRefund(refund)).toMatchObject({
      kind: 'network',
      code: 'ECONNREFUSED',
      retryable: true,
    });
  });

  test('a redirect is not followed with the token', async () => {
    script.findByTpOrderId = [
      response => {
        response.writeHead(302, { location: `${baseUrl}/elsewhere` });
        response.end();
      },
    ];
    expect(await client({ retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      ok: false,
      kind: 'network',
    });
    expect(calls('/elsewhere')).toEqual([]);
  });

  test('no message holds a token or the secret', async () => {
    const messages: string[] = [];
    for (const trouble of [hangUp, silence, status(500), 'x', { errno: 1 }, { error_code: 5 }] as Answer[]) {
      script.findByTpOrderId = [trouble];
      const result = await client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626');
      if (!result.ok) messages.push(result.message);
    }
    expect(messages).toHaveLength(6);
    for (const message of messages) expect(message).not.toMatch(/secret|24\.token|undefined/);
  });
});

describe('a refusal', () => {
  const fail = async (answer: Answer): Promise<ApiFailure> => {
    script.findByTpOrderId = [answer];
    const result = await client({ retries: 0, timeout: 1000 }).findByTpOrderId('3028903626');
    if (result.ok) throw new Error('it succeeded');
    return result;
  };

  test.each([
    [{ errno: 10002, msg: '系统错误: 订单未找到' }],
    [{ errno: 10002, msg: '订单不存在' }],
    [{ errno: 1, msg: 'order not found' }],
  ])('%j says that Baidu does not know the order', async answer => {
    expect(isOrderUnknown(await fail(answer))).toBe(true);
  });

  test.each([
    [{ errno: 10002, msg: '系统错误' }],
    [{ errno: 10002, msg: 'appKey 未找到' }],
    [{ errno: 10003, msg: '系统内部错误' }],
    [{ errno: 60008, msg: '支付服务不存在' }],
    [{ errno: 5010003, msg: '订单未找到' }],
    [{ error_code: 10002, error_msg: '订单未找到' }],
    [status(404, '订单不存在')],
    [success(null)],
    [silence],
  ])('%j says nothing about the order', async answer => {
    expect(isOrderUnknown(await fail(answer))).toBe(false);
  });

  test.each([
    [{ errno: 10001, msg: '参数错误' }, true],
    [{ errno: 10002, msg: '已消费订单不允许退款' }, true],
    [{ errno: 10003, msg: '系统内部错误' }, false],
    [{ errno: 5010003, msg: '超 QPS' }, false],
    [{ errno: 4242, msg: 'new' }, false],
    [{ error_code: 10001, error_msg: 'x' }, false],
    [status(500), false],
  ])('%j: final %p', async (answer, final) => {
    expect(isFinalRefusal(await fail(answer))).toBe(final);
  });

  test.each([5010003])('of a refund with errno %d may be repeated, by you', async errno => {
    script.applyOrderRefund = [{ errno, msg: '超 QPS' }];
    expect(await client().applyOrderRefund(refund)).toMatchObject({ kind: 'business', retryable: true });
    expect(calls('applyOrderRefund')).toHaveLength(1);
  });

  test.each([1000, 10003, 5010002, 5010004])(
    'with errno %d repeats what reads, and says of a refund that it may have been made',
    async errno => {
      script.findByTpOrderId = [{ errno, msg: 'trouble' }, success(order)];
      expect((await client().findByTpOrderId('3028903626')).ok).toBe(true);
      script.applyOrderRefund = [{ errno, msg: 'trouble' }];
      expect(await client().applyOrderRefund(refund)).toMatchObject({ retryable: false });
    },
  );

  test('cannot write further lines into a log, nor give the token away', async () => {
    const { message } = await fail({
      errno: 5,
      msg: 'a\nFATAL\u001b[2J\u202e 24.token-1 ' + 'x'.repeat(5000),
    });
    expect(message).toMatch(/^findByTpOrderId: a\\u\{a\}FATAL\\u\{1b\}\[2J\\u\{202e\} … x+… \(errno 5\)$/);
    expect(message.length).toBeLessThan(300);
    script['/oauth/2.0/token'] = [{ error: 'x\ny', error_description: 'client very-secret is unknown' }];
    const refused = await client().findByTpOrderId('3028903626');
    expect(refused).toMatchObject({ code: 'x\\u{a}y', message: 'access_token: client … is unknown' });
  });
});

describe('an answer about another order is not this order’s', () => {
  const other = { ok: false, kind: 'malformed', code: 'OTHER_ORDER' };

  test('found, closed', async () => {
    script.findByTpOrderId = [success({ ...order, tpOrderId: 'T2' })];
    expect(await client({ retries: 0 }).findByTpOrderId('3028903626')).toMatchObject(other);
    expect(await client({ retries: 0 }).cancelOrder('3028903626')).toMatchObject(other);
    expect(calls('cancelOrder')).toEqual([]);
  });

  test.each([{ orderId: 1 }, { tpOrderId: 'T2' }, { bizRefundBatchId: 'R2' }])(
    'refunded: %j',
    async change => {
      script.applyOrderRefund = [success({ refundBatchId: '1', refundPayMoney: 1, ...change })];
      expect(await client().applyOrderRefund(refund)).toMatchObject({ ...other, retryable: false });
    },
  );

  test.each([{ tpOrderId: 'T2' }, { userId: 2 }])('its refunds: %j', async change => {
    const item = { refundBatchId: 1, refundStatus: 2, orderId: 1, userId: 1, tpOrderId: 'T1' };
    script.findOrderRefund = [success([item, { ...item, ...change }])];
    expect(await client().findOrderRefund({ tpOrderId: 'T1', userId: 1 })).toMatchObject(other);
  });
});

describe('size', () => {
  test('an answer beyond 1 MiB is not read to its end', async () => {
    let sent = 0;
    let closed = false;
    script.findByTpOrderId = [
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
    expect(await client({ retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      kind: 'malformed',
      code: 'TOO_LARGE',
    });
    await waitFor(() => closed);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('an answer after a byte order mark is read', async () => {
    script.findByTpOrderId = ['\uFEFF' + JSON.stringify(success(order))];
    expect((await client({ retries: 0 }).findByTpOrderId('3028903626')).ok).toBe(true);
  });

  test('an answer of just under 1 MiB is read', async () => {
    script.findByTpOrderId = [success({ ...order, bizInfo: 'x'.repeat(1_000_000) })];
    expect((await client().findByTpOrderId('3028903626')).ok).toBe(true);
  });

  test('a connection is closed at the deadline', async () => {
    let closed = false;
    script.findByTpOrderId = [
      response => {
        response.on('close', () => (closed = true));
        response.write('{');
      },
    ];
    await client({ retries: 0, timeout: 1000 }).findByTpOrderId('3028903626');
    await waitFor(() => closed);
  });
});

describe('only what cannot have left this machine is safe to repeat', () => {
  const failing = async (error: Error): Promise<ApiResult<unknown>> => {
    const answers = [
      Promise.resolve(new Response('{"access_token":"t","expires_in":1000}')),
      Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: error })),
    ];
    return client({ fetch: () => answers.shift() ?? Promise.reject(new Error()) }).applyOrderRefund(refund);
  };
  const failed = (more: object): Error => Object.assign(new Error(), more);

  test.each([
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, true],
    [{ code: 'EHOSTUNREACH', syscall: 'connect' }, true],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, true],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, true],
    [
      { code: 'ECONNREFUSED', errors: [failed({ syscall: 'connect' }), failed({ syscall: 'connect' })] },
      true,
    ],
    [{ code: 'EHOSTUNREACH', syscall: 'read' }, false],
    [{ code: 'ETIMEDOUT', syscall: 'read' }, false],
    [{ code: 'ECONNRESET', errors: [failed({ syscall: 'connect' }), failed({ syscall: 'read' })] }, false],
    [{ code: 'UND_ERR_SOCKET' }, false],
    [{}, false],
  ])('%j: %p', async (error, retryable) => {
    expect(await failing(failed(error))).toMatchObject({ kind: 'network', retryable });
  });
});

describe('a fetch of your own that ignores the signal', () => {
  test('does not hold up a call, nor the next one', async () => {
    let times = 0;
    const never = client({
      timeout: 1000,
      retries: 0,
      fetch: (input, init) => (++times === 1 ? new Promise(() => undefined) : fetch(input, init)),
    });
    expect(await never.findByTpOrderId('3028903626')).toMatchObject({ kind: 'timeout', retryable: true });
    script.findByTpOrderId = [success(order)];
    expect((await never.findByTpOrderId('3028903626')).ok).toBe(true);
  });
});

describe('what a programmer gets wrong is named', () => {
  test.each<[string, (kit: Client) => Promise<unknown>]>([
    ['tpOrderId', kit => kit.findByTpOrderId(undefined as unknown as string)],
    ['tpOrderId', kit => kit.findByTpOrderId(5 as unknown as string)],
    ['order', kit => kit.cancelOrder(undefined as unknown as string)],
    ['order', kit => kit.cancelOrder(null as unknown as string)],
    ['orderId', kit => kit.cancelOrder({} as { orderId: string })],
    ['tpOrderId', kit => kit.cancelOrder('')],
    ['request', kit => kit.applyOrderRefund(undefined as unknown as RefundRequest)],
    ['refundType', kit => kit.applyOrderRefund({ ...refund, refundType: 'toString' as 'user' })],
    ['refundType', kit => kit.applyOrderRefund({} as RefundRequest)],
    ['refundNotifyUrl', kit => kit.applyOrderRefund({ ...refund, refundNotifyUrl: '/notify' })],
    ['order', kit => kit.findOrderRefund(undefined as unknown as { tpOrderId: string; userId: string })],
    ['userId', kit => kit.findOrderRefund({ tpOrderId: 'a' } as { tpOrderId: string; userId: string })],
    ['billTime', kit => kit.orderBill(undefined as unknown as string)],
    ['billTime', kit => kit.capitaBill(new Date() as unknown as string)],
  ])('%s in %s', async (field, call) => {
    await expect(call(client())).rejects.toThrow(new RegExp(`^${field} must be `));
    await expect(call(client())).rejects.toThrow(RangeError);
    expect(seen).toEqual([]);
  });

  test.each([
    ['options', undefined],
    ['options', 'x'],
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
  ])('%s of %j', (field, options) => {
    const given =
      typeof options === 'object' ? { clientId: 'a', clientSecret: 'b', pmAppKey: 'c', ...options } : options;
    expect(() => createClient(given as ClientOptions)).toThrow(new RegExp(`^${field} must `));
    expect(() => createClient(given as ClientOptions)).toThrow(RangeError);
  });

  test.each([
    'http://127.0.0.1:8790/baidu',
    'http://localhost:1',
    'http://[::1]:1/',
    'https://openapi.baidu.com',
  ])('the base URL %s is taken', url => expect(() => client({ baseUrl: url })).not.toThrow());

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
  ])('%s of %j', async (field, change) => {
    await expect(client().applyOrderRefund({ ...refund, ...change })).rejects.toThrow(
      new RegExp(`^${field} `),
    );
    expect(seen).toEqual([]);
  });

  test.each(['', '2020-9-1', '2020-02-30', '20200901'])('the day %j', async billTime => {
    await expect(client().orderBill(billTime)).rejects.toThrow(/^billTime /);
  });

  test.each(['clientId', 'clientSecret', 'pmAppKey'] as const)('a client without %s', option => {
    expect(() => client({ [option]: '' })).toThrow(new RegExp(`^${option} `));
  });

  test('a base URL that is none', () => {
    expect(() => client({ baseUrl: 'openapi.baidu.com' })).toThrow(/^baseUrl /);
  });
});
