/** Calls that fail: their kind, whether they are repeated, and what a refusal of the platform means. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiFailure, type ApiResult, isFinalRefusal, isOrderUnknown } from '../../../merchant';
import {
  type ApiServerResponse,
  dropConnection,
  httpStatus,
  noResponse,
  platformOrder,
  refundRequest,
  success,
  useApiServer,
} from './api-server';

const api = useApiServer();

describe('a failure', () => {
  test('has the errno and message of the platform when a refund is refused', async () => {
    api.responses.applyOrderRefund = [{ errno: 10003, msg: '系统内部错误', data: null }];
    expect(await api.client().applyOrderRefund(refundRequest)).toEqual({
      ok: false,
      kind: 'business',
      code: 10003,
      message: 'applyOrderRefund: 系统内部错误 (errno 10003)',
      retryable: false,
    });
  });

  test('is of kind gateway when the answer has an error_code and no errno', async () => {
    api.responses.applyOrderRefund = [
      { error_code: 100, error_msg: 'Invalid parameter', data: { refundBatchId: '1' } },
    ];
    expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({
      ok: false,
      kind: 'gateway',
      code: 100,
    });
  });

  test.each([
    ['a web page', '<html>'],
    ['an empty answer', ''],
    ['no errno', '{}'],
    ['a list', '[]'],
    ['no data', success(null)],
    ['other data', success({ hello: 1 })],
  ])('is of kind malformed when the answer is %s', async (_what, answer) => {
    api.responses.findByTpOrderId = [answer];
    expect(await api.client().findByTpOrderId('3028903626')).toMatchObject({ ok: false, kind: 'malformed' });
  });

  test.each<[string, ApiServerResponse, RegExp]>([
    [
      'answers with a redirect',
      response => response.writeHead(302, { location: '/login' }).end(),
      /no usable answer from http:\/\/127\.0\.0\.1:\d+ \(unexpected redirect\)$/,
    ],
    ['has no such path', httpStatus(404), /HTTP 404 from http:\/\/127\.0\.0\.1:\d+; is baseUrl right\?$/],
    ['never answers', noResponse, /no answer from http:\/\/127\.0\.0\.1:\d+ within 1000 ms$/],
  ])('names the address and what happened when the server %s', async (_what, response, message) => {
    api.responses.findByTpOrderId = [response];
    expect(await api.client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });

  test('has a message without token and secret when a call fails in any way', async () => {
    const messages: string[] = [];
    for (const trouble of [
      dropConnection,
      noResponse,
      httpStatus(500),
      'x',
      { errno: 1 },
      { error_code: 5 },
    ] as ApiServerResponse[]) {
      api.responses.findByTpOrderId = [trouble];
      const result = await api.client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626');
      if (!result.ok) messages.push(result.message);
    }
    expect(messages).toHaveLength(6);
    for (const message of messages) expect(message).not.toMatch(/secret|24\.token|undefined/);
  });
});

describe('a call that failed', () => {
  test('is repeated when a query lost its connection, timed out or got HTTP 5xx', async () => {
    for (const trouble of [dropConnection, noResponse, httpStatus(503)]) {
      api.requests = [];
      api.responses.findByTpOrderId = [trouble, trouble, success(platformOrder)];
      expect((await api.client({ timeout: 1000 }).findByTpOrderId('3028903626')).ok).toBe(true);
      expect(api.requestsTo('findByTpOrderId')).toHaveLength(3);
    }
  });

  test('is given up when a query was repeated twice', async () => {
    api.responses.findByTpOrderId = [dropConnection];
    expect(await api.client().findByTpOrderId('3028903626')).toMatchObject({
      kind: 'network',
      retryable: true,
    });
    expect(api.requestsTo('findByTpOrderId')).toHaveLength(3);
    api.responses.findByTpOrderId = [noResponse];
    expect(await api.client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      kind: 'timeout',
      retryable: true,
    });
  });

  test('has kind timeout when the body never ends', async () => {
    api.responses.findByTpOrderId = [response => void response.write('{"errno":0,')];
    expect(await api.client({ timeout: 1000, retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      kind: 'timeout',
    });
  });

  test.each([
    ['a lost connection', dropConnection, 'network'],
    ['a timeout', noResponse, 'timeout'],
    ['HTTP 503', httpStatus(503), 'network'],
  ])('is not repeated when a refund ended with %s', async (_what, trouble, kind) => {
    api.responses.applyOrderRefund = [trouble];
    expect(await api.client({ timeout: 1000 }).applyOrderRefund(refundRequest)).toMatchObject({
      ok: false,
      kind,
      retryable: false,
    });
    expect(api.requestsTo('applyOrderRefund')).toHaveLength(1);
  });

  test('is retryable, but not repeated, when the gateway was too busy for a refund', async () => {
    api.responses.applyOrderRefund = [{ error_code: 18, error_msg: 'Open api qps request limit reached' }];
    expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({
      kind: 'gateway',
      code: 18,
      retryable: true,
    });
    expect(api.requestsTo('applyOrderRefund')).toHaveLength(1);
  });

  test('is not repeated when cancelOrder lost its connection', async () => {
    api.responses.cancelOrder = [dropConnection];
    expect(await api.client().cancelOrder({ orderId: 1 })).toMatchObject({
      kind: 'network',
      retryable: false,
    });
    expect(api.requestsTo('cancelOrder')).toHaveLength(1);
  });

  test('is retryable even for a refund when no server is listening', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => gone.once('listening', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise(resolve => gone.close(resolve));
    expect(
      await api.client({ baseUrl: `http://127.0.0.1:${port}` }).applyOrderRefund(refundRequest),
    ).toMatchObject({
      kind: 'network',
      code: 'ECONNREFUSED',
      retryable: true,
    });
  });

  test('does not follow the redirect when the answer is one', async () => {
    api.responses.findByTpOrderId = [
      response => {
        response.writeHead(302, { location: `${api.baseUrl}/elsewhere` });
        response.end();
      },
    ];
    expect(await api.client({ retries: 0 }).findByTpOrderId('3028903626')).toMatchObject({
      ok: false,
      kind: 'network',
    });
    expect(api.requestsTo('/elsewhere')).toEqual([]);
  });
});

describe('a network failure', () => {
  const failing = async (error: Error): Promise<ApiResult<unknown>> => {
    const answers = [
      Promise.resolve(new Response('{"access_token":"t","expires_in":1000}')),
      Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: error })),
    ];
    return api
      .client({ fetch: () => answers.shift() ?? Promise.reject(new Error()) })
      .applyOrderRefund(refundRequest);
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
  ])('has retryable when its cause is %j: %p', async (error, retryable) => {
    expect(await failing(failed(error))).toMatchObject({ kind: 'network', retryable });
  });
});

describe('a call', () => {
  test('times out, and the next call works, when a custom fetch ignores the signal', async () => {
    let times = 0;
    const never = api.client({
      timeout: 1000,
      retries: 0,
      fetch: (input, init) => (++times === 1 ? new Promise(() => undefined) : fetch(input, init)),
    });
    expect(await never.findByTpOrderId('3028903626')).toMatchObject({ kind: 'timeout', retryable: true });
    api.responses.findByTpOrderId = [success(platformOrder)];
    expect((await never.findByTpOrderId('3028903626')).ok).toBe(true);
  });
});

describe('a refusal', () => {
  const fail = async (answer: ApiServerResponse): Promise<ApiFailure> => {
    api.responses.findByTpOrderId = [answer];
    const result = await api.client({ retries: 0, timeout: 1000 }).findByTpOrderId('3028903626');
    if (result.ok) throw new Error('it succeeded');
    return result;
  };

  test.each([
    [{ errno: 10002, msg: '系统错误: 订单未找到' }],
    [{ errno: 10002, msg: '订单不存在' }],
    [{ errno: 10002, msg: '系统错误：订单未找到。' }],
    [{ errno: 10002, msg: '系统错误(订单未找到)' }],
    [{ errno: 1, msg: 'order not found' }],
    [{ errno: 1, msg: 'Order does not exist.' }],
  ])('has isOrderUnknown true when the response is %j', async answer => {
    expect(isOrderUnknown(await fail(answer))).toBe(true);
  });

  test.each([
    [{ errno: 10002, msg: '系统错误' }],
    [{ errno: 10002, msg: 'appKey 未找到' }],
    [{ errno: 10003, msg: '系统内部错误' }],
    [{ errno: 60008, msg: '支付服务不存在' }],
    [{ errno: 10002, msg: '系统错误: 订单dealId不存在' }],
    [{ errno: 10002, msg: '系统错误: 订单用户不存在' }],
    [{ errno: 10002, msg: '订单所属商户不存在' }],
    [{ errno: 10002, msg: '订单优惠券未找到' }],
    [{ errno: 10002, msg: '订单存在，支付信息未找到' }],
    [{ errno: 10002, msg: '退款对应的支付订单状态不存在' }],
    [{ errno: 10002, msg: '退款订单不存在' }],
    [{ errno: 10002, msg: '父订单未找到' }],
    [{ errno: 10002, msg: '订单未找到优惠券' }],
    [{ errno: 10002, msg: '订单不存在异常，已支付' }],
    [{ errno: 10002, msg: '找不到该订单的用户' }],
    [{ errno: 10002, msg: 'Order paid; coupon not found' }],
    [{ errno: 10002, msg: 'order of user not found' }],
    [{ errno: 10002, msg: 'order service not found' }],
    [{ errno: 10002, msg: 'order not found in cache, retry' }],
    [{ errno: 5010003, msg: '订单未找到' }],
    [{ error_code: 10002, error_msg: '订单未找到' }],
    [httpStatus(404, '订单不存在')],
    [success(null)],
    [noResponse],
  ])('has isOrderUnknown false when the response is %j', async answer => {
    expect(isOrderUnknown(await fail(answer))).toBe(false);
  });

  /** 订单未找到 */
  const inGbk: ApiServerResponse = response =>
    response.end(Buffer.from('{"errno":10002,"msg":"\xb6\xa9\xb5\xa5\xce\xb4\xd5\xd2\xb5\xbd"}', 'latin1'));

  test.each<[ApiServerResponse, boolean]>([
    [{ errno: 10001, msg: '参数错误' }, true],
    [{ errno: 10002, msg: '已消费订单不允许退款' }, true],
    [{ errno: 10002, msg: '系统错误: 已消费订单不允许退款' }, true],
    [{ errno: 10001 }, true],
    [{ errno: 10002 }, false],
    [{ errno: 10002, msg: '' }, false],
    [{ errno: 10002, msg: { text: '已消费订单不允许退款' } }, false],
    [inGbk, false],
    [{ errno: 10002, msg: '系统错误' }, false],
    [{ errno: 10002, msg: '系统错误，请稍后重试' }, false],
    [{ errno: 10003, msg: '系统内部错误' }, false],
    [{ errno: 5010003, msg: '超 QPS' }, false],
    [{ errno: 4242, msg: 'new' }, false],
    [{ error_code: 10001, error_msg: 'x' }, false],
    [httpStatus(500), false],
    [{ errno: 10001, msg: '系统错误' }, false],
    [{ errno: 10002, msg: '系统错误：' }, false],
    [{ errno: 10002, msg: '系统错误(10002)' }, false],
    [{ errno: 10002, msg: '系统异常。' }, false],
    [{ errno: 10002, msg: '未知错误' }, false],
    [{ errno: 10002, msg: 'System Error' }, false],
    [{ errno: 10002, msg: '???????' }, false],
  ])('has isFinalRefusal when the response is %j: %p', async (answer, final) => {
    expect(isFinalRefusal(await fail(answer))).toBe(final);
  });

  test('is retryable, but not repeated, when a refund is refused with errno 5010003', async () => {
    api.responses.applyOrderRefund = [{ errno: 5010003, msg: '超 QPS' }];
    expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({
      kind: 'business',
      retryable: true,
    });
    expect(api.requestsTo('applyOrderRefund')).toHaveLength(1);
  });

  test.each([1000, 10003, 5010002, 5010004])(
    'with errno %d is repeated when a query gets it, and not retryable when a refund gets it',
    async errno => {
      api.responses.findByTpOrderId = [{ errno, msg: 'trouble' }, success(platformOrder)];
      expect((await api.client().findByTpOrderId('3028903626')).ok).toBe(true);
      api.responses.applyOrderRefund = [{ errno, msg: 'trouble' }];
      expect(await api.client().applyOrderRefund(refundRequest)).toMatchObject({ retryable: false });
    },
  );

  test('has one line without control characters and secrets when the platform sends them', async () => {
    const { message } = await fail({
      errno: 5,
      msg: 'a\nFATAL\u001b[2J\u202e 24.token-1 ' + 'x'.repeat(5000),
    });
    expect(message).toMatch(/^findByTpOrderId: a\\u\{a\}FATAL\\u\{1b\}\[2J\\u\{202e\} … x+… \(errno 5\)$/);
    expect(message.length).toBeLessThan(300);
    api.responses['/oauth/2.0/token'] = [
      { error: 'x\ny', error_description: 'client very-secret is unknown' },
    ];
    const refused = await api.client().findByTpOrderId('3028903626');
    expect(refused).toMatchObject({ code: 'x\\u{a}y', message: 'access_token: client … is unknown' });
  });
});
