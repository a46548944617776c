/** One request: all that the network, HTTP or the envelope can do becomes one typed result. */
import fc from 'fast-check';
import { type BackendRequest, type BackendResult, sendRequest } from '../../../utils/backend/request';
import { configure } from '../../../utils/config/configure';
import { consoleErrors, sent } from './adapter';

const REQUEST: BackendRequest = { url: '/orders', method: 'POST', data: { goods: 'tea' }, timeout: 3000 };

/** Sends one request and hands out what it comes to, in order. */
function results(request: Partial<BackendRequest> = {}): BackendResult[] {
  const found: BackendResult[] = [];
  sendRequest({ ...REQUEST, ...request }, result => found.push(result));
  return found;
}

/** What an answer of this body comes to. */
function resultOf(body: unknown, statusCode?: number): BackendResult {
  const found = results();
  sent[sent.length - 1]!.answer(body, statusCode ? { statusCode } : {});
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('send()', () => {
  test('adds baseUrl and the current header when the url is relative and header is a function', () => {
    let session = 0;
    configure({ header: () => ({ session: `s${++session}`, from: 'app' }) });
    results({ header: { from: 'button' } });
    results({ url: 'https://pay.example/x' });
    expect(sent).toMatchObject([
      { url: 'https://shop.example/orders', method: 'POST', data: { goods: 'tea' } },
      { url: 'https://pay.example/x' },
    ]);
    expect(sent.map(({ header }) => header)).toEqual([
      { session: 's1', from: 'button' },
      { session: 's2', from: 'app' },
    ]);
  });

  test.each([
    ['https://shop.example', '/orders', 'https://shop.example/orders'],
    ['https://shop.example/', '/orders', 'https://shop.example/orders'],
    ['https://shop.example', 'orders', 'https://shop.example/orders'],
    ['https://shop.example/api/', 'orders/1', 'https://shop.example/api/orders/1'],
    ['https://shop.example/index.php?s=', '/orders', 'https://shop.example/index.php?s=/orders'],
    ['https://shop.example/index.php?s=', 'orders', 'https://shop.example/index.php?s=orders'],
    ['https://shop.example/index.php', '?r=orders', 'https://shop.example/index.php?r=orders'],
  ])(
    'joins them with one slash, but for a query, when baseUrl is %p and the url %p',
    (baseUrl, url, address) => {
      configure({ baseUrl });
      results({ url });
      expect(sent.map(request => request.url)).toEqual([address]);
    },
  );

  test('sends no body when the data is null', () => {
    results({ data: null });
    expect(sent[0]!.data).toBeUndefined();
  });

  test.each(['', 'shop.example/api'])('fails, and says what to do, when baseUrl is %j', baseUrl => {
    configure({ baseUrl, requestAdapter: undefined });
    expect(results()).toMatchObject([
      {
        ok: false,
        reason: 'order-request',
        code: null,
        message: expect.stringContaining('configure({ baseUrl }) needs https://'),
      },
    ]);
  });

  test('hands a relative address to an adapter when no baseUrl is set', () => {
    configure({ baseUrl: undefined });
    results();
    expect(sent[0]!.url).toBe('/orders');
  });

  test.each([
    [{ errno: 0, data: 7 }, 7],
    [{ errno: '0', data: 7 }, 7],
    [{ code: 0, msg: 'ok', data: 7 }, 7],
    [{ code: '0', message: 'ok' }, undefined],
    [{ errno: 0, code: 500, data: 7 }, 7],
    ['{"errno":0,"data":7}', 7],
    ['\uFEFF{"errno":0,"data":7}', 7],
  ])('reads the data when the body is %j: %j', (body, data) => {
    expect(resultOf(body)).toMatchObject({ ok: true, data });
  });

  test.each([
    [{ errno: 1, msg: '库存不足' }, 1, '库存不足'],
    [{ code: 'SOLD_OUT', message: ' 卖完了 ' }, 'SOLD_OUT', '卖完了'],
    [{ errno: 1, code: 0, msg: 'x' }, 1, 'x'],
    [{ errno: 2 }, 2, ''],
    [{ errno: 3, msg: { zh: '库存不足' } }, 3, ''],
    [{ code: '', msg: 'x' }, '', 'x'],
  ])('reads a refusal when the body is %j: code %j, message %j', (body, code, message) => {
    expect(resultOf(body)).toEqual({ ok: false, reason: 'order-rejected', code, message, raw: body });
  });

  test.each([
    '操作成功',
    '成功',
    'success',
    'Success.',
    'OK',
    'succeed',
    '请求成功',
    '订单创建成功',
    '提交订单成功！',
    '成功创建订单',
    '下单成功，请尽快支付',
  ])('names code and configure({ envelope }), and drops %j, when a code that is not 0 comes with it', msg => {
    expect(resultOf({ code: 200, msg, data: {} })).toMatchObject({
      ok: false,
      reason: 'order-rejected',
      code: 200,
      message: '',
    });
    expect(consoleErrors.warn).toEqual([expect.stringMatching(/code 200 .*configure\(\{ envelope \}\)/)]);
  });

  test.each(['上一笔订单尚未支付成功', '该订单已支付成功', '您已抢购成功', '订单提交成功，请勿重复提交'])(
    'keeps the message of a refusal when it only mentions success: %s',
    message => expect(resultOf({ code: 7, msg: message })).toMatchObject({ message }),
  );

  test.each([
    [null],
    [undefined],
    [7],
    ['<html>busy</html>'],
    ['{"errno":'],
    [[]],
    [{}],
    [{ errno: null }],
    [{ code: { is: 0 } }],
    [{ status: 'paid' }],
  ])('fails, naming configure({ envelope }), when the body is %j', body => {
    expect(resultOf(body)).toEqual({
      ok: false,
      reason: 'order-request',
      code: 200,
      message: expect.stringContaining('configure({ envelope })'),
      raw: body,
    });
  });

  test.each([100, 199, 300, 302, 401, 403, 404, 500, 503])(
    'fails when HTTP says %i, however good the body is',
    statusCode => {
      const body = { errno: 0, data: 7 };
      const message = `HTTP ${statusCode}`;
      expect(resultOf(body, statusCode)).toEqual({
        ok: false,
        reason: 'order-request',
        code: statusCode,
        message,
        raw: body,
      });
    },
  );

  test.each([200, 201, 204, 299])('reads the envelope when HTTP says %i', statusCode => {
    expect(resultOf({ errno: 0, data: 7 }, statusCode)).toMatchObject({ ok: true, data: 7 });
  });

  test('reads the envelope when an adapter knows no status', () => {
    const found = results();
    sent[0]!.answer({ errno: 0, data: 7 }, { statusCode: undefined as never });
    expect(found).toMatchObject([{ ok: true, data: 7 }]);
  });

  test.each([{ Date: 'Sun, 29 Nov 2026 12:00:00 GMT' }, { date: 'Sun, 29 Nov 2026 12:00:00 GMT' }])(
    'hands out the time of the answer when it has %j',
    header => {
      const found = results();
      sent[0]!.answer({ errno: 0 }, { header });
      expect(found).toMatchObject([{ date: Date.UTC(2026, 10, 29, 12) }]);
    },
  );

  test.each([undefined, null, {}, { Date: 'soon' }, { Date: {} }])(
    'hands out no time when the header is %j',
    header => {
      const found = results();
      sent[0]!.answer({ errno: 0 }, { header });
      expect(found).toMatchObject([{ ok: true, date: undefined }]);
    },
  );

  test('reads only configure({ envelope }) when it is set', () => {
    configure({
      envelope: body => ({ ok: (body as { success: boolean }).success, data: 1, message: 'm', code: 'c' }),
    });
    expect(resultOf({ success: true })).toMatchObject({ ok: true, data: 1 });
    expect(resultOf({ success: false })).toMatchObject({ reason: 'order-rejected', code: 'c', message: 'm' });
    expect(consoleErrors.warn).toEqual([]);
  });

  test('fails when configure({ envelope }) throws or answers nothing', () => {
    configure({
      envelope: () => {
        throw new Error('boom');
      },
    });
    expect(resultOf({})).toMatchObject({ reason: 'order-request', message: expect.stringContaining('boom') });
    configure({ envelope: () => null as never });
    expect(resultOf({})).toMatchObject({ reason: 'order-request', code: 200 });
  });

  test('says what the host said when it fails', () => {
    const found = results();
    sent[0]!.fail({ errMsg: 'net' });
    expect(found).toMatchObject([
      { ok: false, reason: 'order-request', code: null, message: expect.stringMatching(/net.*\/orders/) },
    ]);
  });

  test('fails and aborts when the timeout is over', () => {
    const found = results();
    jest.advanceTimersByTime(2999);
    expect(found).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(found).toMatchObject([{ reason: 'order-request', code: null }]);
    expect(sent[0]!.isAborted).toBe(true);
    sent[0]!.answer({ errno: 0 });
    expect(found).toHaveLength(1);
  });

  test('is not aborted later when an adapter answered at once', () => {
    const abort = jest.fn();
    configure({
      requestAdapter: ({ success }) => {
        success({ data: { errno: 0, data: 'paid' } });
        return { abort };
      },
    });
    expect(results()).toMatchObject([{ ok: true, data: 'paid' }]);
    jest.advanceTimersByTime(60000);
    expect(abort).not.toHaveBeenCalled();
  });

  test('hands an answer after the time-out to `late`, which keeps the request, when that is clear', () => {
    const late: BackendResult[] = [];
    const found = results({ onLate: result => void late.push(result) });
    jest.advanceTimersByTime(3000);
    expect([found.length, sent[0]!.isAborted]).toEqual([1, false]);
    sent[0]!.answer({ errno: 1 });
    sent[0]!.answer({ errno: 0, data: 7 });
    expect(found).toHaveLength(1);
    expect(late).toMatchObject([{ ok: true, data: 7 }]);
  });

  test('answers once when the host answers, fails and answers again', () => {
    const found = results();
    sent[0]!.fail();
    sent[0]!.answer({ errno: 0 });
    sent[0]!.fail({ errMsg: 'x' });
    jest.advanceTimersByTime(60000);
    expect(found).toMatchObject([{ reason: 'order-request' }]);
  });

  test('fails when header or adapter throw', () => {
    const boom = (): never => {
      throw new Error('boom');
    };
    configure({ header: boom });
    expect(results()).toMatchObject([{ reason: 'order-request', message: expect.stringContaining('boom') }]);
    configure({ header: null, requestAdapter: boom });
    expect(results()).toMatchObject([{ reason: 'order-request', message: expect.stringContaining('boom') }]);
  });

  test('fails when an adapter that is an async function throws', async () => {
    configure({ requestAdapter: (() => Promise.reject(new Error('boom'))) as never });
    const found = results();
    await Promise.resolve();
    await Promise.resolve();
    expect(found).toMatchObject([{ reason: 'order-request', message: expect.stringContaining('boom') }]);
  });

  test('fails when the timeout is over and abort throws', () => {
    const found = results();
    Object.defineProperty(sent[0]!, 'isAborted', {
      set: () => {
        throw new Error('no abort');
      },
    });
    jest.advanceTimersByTime(60000);
    expect(found).toMatchObject([{ reason: 'order-request', message: expect.stringContaining('no answer') }]);
  });

  test('returns a result when the body is an arbitrary value', () => {
    fc.assert(fc.property(fc.anything(), body => void expect(typeof resultOf(body).ok).toBe('boolean')));
  });
});
