import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '../../../merchant';
import type { Client, ClientOptions, RefundRequest } from '../../../merchant';
import { eventually } from '../../support/eventually';

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
    await client().findByTpOrderId('a');
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
    await client({ baseUrl: `${baseUrl}/baidu/` }).findByTpOrderId('a');
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
    expect(await client().findByTpOrderId('a')).toMatchObject({ data: { status: meaning } });
  });

  test('types the documents print otherwise are taken, and long ids stay exact', async () => {
    script.findByTpOrderId = [
      '{"errno":"0","msg":"","data":{"orderId":9223372036854775807,"tpOrderId":3028903626,"userId":0,"openId":"o-1","status":1,"bizInfo":"{\\"n\\":12345678901234567890}"}}',
    ];
    expect(await client().findByTpOrderId('a')).toMatchObject({
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
    expect(await client().cancelOrder('a')).toMatchObject({
      kind: 'business',
      code: 'ORDER_PAID',
      retryable: false,
    });
    expect(calls('cancelOrder')).toEqual([]);
  });

  test('of one that is closed is a success', async () => {
    script.findByTpOrderId = [success({ ...order, status: -1 })];
    expect(await client().cancelOrder('a')).toEqual({ ok: true, data: true });
    expect(calls('cancelOrder')).toEqual([]);
  });

  test('that the platform does not do is a refusal, although errno is 0', async () => {
    script.cancelOrder = [success(false)];
    expect(await client().cancelOrder({ orderId: 1 })).toMatchObject({ ok: false, code: 'NOT_CANCELLED' });
  });

  test('of an unknown order gives what the query says', async () => {
    script.findByTpOrderId = [{ errno: 10002, msg: '订单未找到', data: null }];
    expect(await client().cancelOrder('a')).toMatchObject({ kind: 'business', code: 10002 });
  });
});

describe('the access token', () => {
  test('is shared by concurrent calls and kept', async () => {
    const shared = client();
    await Promise.all(Array.from({ length: 10 }, () => shared.findByTpOrderId('a')));
    await shared.findByTpOrderId('a');
    expect(tokens).toBe(1);
  });

  test('is renewed before it expires', async () => {
    const now = jest.spyOn(Date, 'now');
    const started = Date.now();
    const shared = client();
    now.mockReturnValue(started);
    await shared.findByTpOrderId('a');
    now.mockReturnValue(started + 2592000_000 - 11 * 60_000);
    await shared.findByTpOrderId('a');
    expect(tokens).toBe(1);
    now.mockReturnValue(started + 2592000_000 - 9 * 60_000);
    await shared.findByTpOrderId('a');
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
    expect(await client().findByTpOrderId('a')).toMatchObject({ ok: false, kind: 'gateway', code: 110 });
    expect(tokens).toBe(2);
  });

  test('refused to many at once is renewed once', async () => {
    const shared = client();
    await shared.findByTpOrderId('a');
    script.findByTpOrderId = Array.from({ length: 5 }, () => ({ error_code: 111, error_msg: 'expired' }));
    script.findByTpOrderId.push(success(order));
    const results = await Promise.all(Array.from({ length: 5 }, () => shared.findByTpOrderId('a')));
    expect(results.every(result => result.ok)).toBe(true);
    expect(tokens).toBe(2);
  });

  test('renewed meanwhile is not thrown away for an answer that comes late', async () => {
    const shared = client();
    await shared.findByTpOrderId('a');
    const refused = JSON.stringify({ error_code: 111, error_msg: 'expired' });
    let answerLate = (): void => undefined;
    const late: Answer = response => (answerLate = () => response.end(refused));
    script.findByTpOrderId = [late, refused, success(order)];
    const slow = shared.findByTpOrderId('slow');
    await eventually(() => calls('findByTpOrderId').length === 2);
    expect((await shared.findByTpOrderId('quick')).ok).toBe(true);
    answerLate();
    expect((await slow).ok).toBe(true);
    expect(tokens).toBe(2);
  });

  test('that nobody gets: a gateway failure without the secret in it', async () => {
    script['/oauth/2.0/token'] = [{ error: 'invalid_client', error_description: 'unknown client id' }];
    const result = await client().findByTpOrderId('a');
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
    expect((await shared.findByTpOrderId('a')).ok).toBe(false);
    await shared.findByTpOrderId('a');
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
    expect(await client().findByTpOrderId('a')).toMatchObject({ ok: false, kind: 'malformed' });
  });

  test('a query is repeated after a lost connection, a timeout and HTTP 5xx', async () => {
    for (const trouble of [hangUp, silence, status(503)]) {
      seen = [];
      script.findByTpOrderId = [trouble, trouble, success(order)];
      expect((await client({ timeout: 150 }).findByTpOrderId('a')).ok).toBe(true);
      expect(calls('findByTpOrderId')).toHaveLength(3);
    }
  });

  test('a query is given up in the end', async () => {
    script.findByTpOrderId = [hangUp];
    expect(await client().findByTpOrderId('a')).toMatchObject({ kind: 'network', retryable: true });
    expect(calls('findByTpOrderId')).toHaveLength(3);
    script.findByTpOrderId = [silence];
    expect(await client({ timeout: 50, retries: 0 }).findByTpOrderId('a')).toMatchObject({
      kind: 'timeout',
      retryable: true,
    });
  });

  test('a body that never ends times out, too', async () => {
    script.findByTpOrderId = [response => void response.write('{"errno":0,')];
    expect(await client({ timeout: 100, retries: 0 }).findByTpOrderId('a')).toMatchObject({
      kind: 'timeout',
    });
  });

  test.each([
    ['a lost connection', hangUp, 'network'],
    ['a timeout', silence, 'timeout'],
    ['HTTP 503', status(503), 'network'],
  ])('a refund is never repeated on its own: %s', async (_what, trouble, kind) => {
    script.applyOrderRefund = [trouble];
    expect(await client({ timeout: 150 }).applyOrderRefund(refund)).toMatchObject({
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
    expect(await client({ retries: 0 }).findByTpOrderId('a')).toMatchObject({ ok: false, kind: 'network' });
    expect(calls('/elsewhere')).toEqual([]);
  });

  test('no message holds a token or the secret', async () => {
    const messages: string[] = [];
    for (const trouble of [hangUp, silence, status(500), 'x', { errno: 1 }, { error_code: 5 }] as Answer[]) {
      script.findByTpOrderId = [trouble];
      const result = await client({ timeout: 50, retries: 0 }).findByTpOrderId('a');
      if (!result.ok) messages.push(result.message);
    }
    expect(messages).toHaveLength(6);
    for (const message of messages) expect(message).not.toMatch(/secret|24\.token|undefined/);
  });
});

describe('what a programmer gets wrong is named', () => {
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
