/**
 * Genuine notifications in every form that documents, SDKs and other backends show, and bodies as frameworks parse them.
 */
import { signNotification, signText, verifyNotification } from '../../../merchant';
import type { FormBody, NotificationResult } from '../../../merchant';
import { platform, required, vector } from './vectors';

const platformKey = required(platform.publicKeyPem);
const platformPrivate = required(platform.privateKeyPem);

type Params = Record<string, string>;

const sign = (change: Params, base: Params = platform.params): Params =>
  signNotification({ ...base, ...change }, platformPrivate);
const encode = (params: Params): string => new URLSearchParams(params).toString();
const verify = (body: unknown): NotificationResult => verifyNotification(body as FormBody, platformKey);

describe('verifyNotification accepts a genuine payment', () => {
  test.each([
    ['promoDetail', '[{"promoId":1,"money":300}]', [{ promoId: 1, money: 300 }]],
    ['promoDetail', '[]', []],
    ['promoDetail', '{}', {}],
    ['promoDetail', '{"promoId":1}', { promoId: 1 }],
    ['promoDetail', '', null],
    ['promoDetail', '满减 3 元', null],
    ['promoDetail', 'null', null],
    ['promoDetail', '[{"url":"https://example.com/?a=1&b=2"}]', [{ url: 'https://example.com/?a=1&b=2' }]],
    ['returnData', '', null],
    ['returnData', '[]', null],
    ['returnData', 'null', null],
    ['returnData', '12345', null],
    ['returnData', 'user_88', null],
    ['returnData', '{"cart":17}', { cart: 17 }],
    ['returnData', '{"a":{"b":[1,"值 + % \\" &="]}}', { a: { b: [1, '值 + % " &='] } }],
    ['returnData', '{"back":"/pages/order?a=1&orderId=5&status=2&page=1"}', expect.anything()],
    ['returnData', '{"back":"/pages/order?tab=1&tpOrderId=T1"}', expect.anything()],
  ])('when %s is %s', (name, value, read) => {
    const result = verify(encode(sign({ [name]: value })));
    expect(result).toMatchObject({ ok: true, notification: { [name]: read }, params: { [name]: value } });
  });

  test.each(['T|2026*1', '2026/01-5', '商城20260101', '订单 1', 'a+b%20', 'MjAyNg==', '"T1"'])(
    'when the order number is %s',
    tpOrderId => {
      expect(verify(encode(sign({ tpOrderId })))).toMatchObject({ ok: true, notification: { tpOrderId } });
    },
  );

  test.each([
    ['payType', 'WeChat', { payType: 'WeChat' }],
    ['unitPrice', '113.00', { unitPrice: null }],
    ['count', 'x', { count: null }],
    ['partnerId', '', { partnerId: null }],
  ])('when the optional parameter %s is %s', (name, value, read) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({ ok: true, notification: read });
  });

  test.each([
    ['newField', '{"url":"https://example.com/?a=1&b=2"}'],
    ['aUrl', 'https://example.com/?a=1'],
    ['zToken', 'abc=='],
    ['支付方式', '微信'],
    ['a b', 'x'],
  ])('when it has the new parameter %s=%s', (name, value) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({ ok: true, params: { [name]: value } });
  });

  test('when returnData contains a whole signed text', () => {
    const returnData = JSON.stringify({ note: '&status=2&totalMoney=1&tpOrderId=X' });
    expect(verify(encode(sign({ returnData })))).toMatchObject({ ok: true });
  });
});

describe('verifyNotification accepts a genuine refund', () => {
  const { params } = vector('refund-notify-success');
  test('when it has no user and no order number, as in the shortest sample', () => {
    const { orderId, refundBatchId, refundStatus } = params as Record<string, string>;
    const shortest = { orderId, refundBatchId, refundStatus } as Params;
    expect(verify(encode(sign({}, shortest)))).toMatchObject({
      ok: true,
      kind: 'refund',
      notification: { userId: null, tpOrderId: null },
    });
  });

  test('when it has the new parameter refundReason', () => {
    expect(verify(encode(sign({ refundReason: '商品缺货' }, params)))).toMatchObject({ kind: 'refund' });
  });

  test('when it is an audit with or without the amount', () => {
    const audit = vector('refund-audit-ok').params;
    const { applyRefundMoney: _amount, ...older } = audit;
    expect(verify(encode(sign({}, audit)))).toMatchObject({ notification: { applyRefundMoney: 100 } });
    expect(verify(encode(sign({}, older)))).toMatchObject({
      kind: 'refund-audit',
      notification: { applyRefundMoney: null },
    });
  });
});

describe('verifyNotification refuses a notification', () => {
  test.each([
    ['totalMoney', '113.00'],
    ['totalMoney', ' 11300'],
    ['payMoney', '1e3'],
    ['status', '已支付'],
    ['orderId', '-5'],
    ['userId', 'u1'],
    ['dealId', '0x1'],
    ['payTime', '2026-01-01'],
    ['totalMoney', '9007199254740993'],
    ['payTime', '9007199254740993'],
  ])('with PARAMETER_MALFORMED when %s is %s', (name, value) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({
      code: 'PARAMETER_MALFORMED',
      message: expect.stringMatching(`^${name} `) as string,
    });
  });

  test.each([
    ['returnData', 'a&b'],
    ['returnData', '{"a":"b&c'],
    ['tpOrderId', 'T1&x=1'],
    ['tpOrderId', '{"a":"&b=c"}'],
    ['unitPrice', '"1&userId=2"'],
    ['newField', '{"a":1}&b=2'],
  ])('with NOTIFY_SPLICED when %s is %s', (name, value) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({
      code: 'NOTIFY_SPLICED',
      message: expect.stringMatching(`^${name} `) as string,
    });
  });

  test.each(['', 'a&b', 'a=b'])('with NOTIFY_SPLICED when a parameter is named %j', name => {
    expect(verify(sign({ [name]: 'x' }))).toMatchObject({ code: 'NOTIFY_SPLICED' });
  });

  test.each([
    ['promoDetail={} written by PHP', { promoDetail: '{}' }, { promoDetail: '[]' }],
    [
      'two parameters written by PHP',
      { promoDetail: '{}', returnData: '{"a":{},"b":"值/"}' },
      { promoDetail: '[]', returnData: '{"a":[],"b":"\\u503c\\/"}' },
    ],
    [
      'JSON of PHP without its escapes',
      { returnData: '{"a":"\\u503c","b":"https:\\/\\/x.example"}' },
      { returnData: '{"a":"值","b":"https://x.example"}' },
    ],
    ['JSON with the spaces of Python', { returnData: '{"a":1,"b":2}' }, { returnData: '{"a": 1, "b": 2}' }],
  ])('with JSON_REWRITTEN when the body has %s', (_what, signed, received) => {
    const body = { ...sign(signed), ...received };
    expect(verify(encode(body))).toMatchObject({
      code: 'JSON_REWRITTEN',
      message: expect.stringMatching(/^(promoDetail|returnData) .*raw body/) as string,
    });
  });

  test('with SIGNATURE_REFUSED when the value in the JSON was changed, too', () => {
    const body = { ...sign({ returnData: '{"a":1}' }), returnData: '{"a": 2}' };
    expect(verify(encode(body))).toMatchObject({ code: 'SIGNATURE_REFUSED' });
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(verify({ ...sign({}), returnData: deep })).toMatchObject({ code: 'SIGNATURE_REFUSED' });
  });

  test('with a hint when the body was decoded twice, so that + became a space', () => {
    const body = Array.from({ length: 50 }, (_, n) => sign({ orderId: String(n + 1) })).find(params =>
      params.rsaSign?.includes('+'),
    );
    const twice = Object.fromEntries(new URLSearchParams(decodeURIComponent(encode(body ?? {}))));
    expect(verify(twice)).toMatchObject({
      code: 'SIGNATURE_REFUSED',
      message: expect.stringMatching(/decoded twice/) as string,
    });
  });
});

describe('verifyNotification', () => {
  const params = sign({ returnData: '{"a":"值 +&="}' });
  const body = encode(params);
  const bytes = Buffer.from(body);
  const read = verify(body);

  test.each([
    ['text', body],
    ['a Buffer', bytes],
    ['a Uint8Array', new Uint8Array(bytes)],
    ['a piece of a larger Uint8Array', new Uint8Array(Buffer.from(`xx${body}yy`)).subarray(2, -2)],
    ['an ArrayBuffer', new Uint8Array(bytes).buffer],
    ['a DataView', new DataView(new Uint8Array(bytes).buffer)],
    ['URLSearchParams', new URLSearchParams(body)],
    ['a parsed object', params],
    ['an object without prototype', Object.assign(Object.create(null) as object, params)],
    ['an instance of a class', Object.assign(new (class Body {})(), params)],
  ])('accepts the body when it is %s', (_what, given) => {
    expect(read.ok).toBe(true);
    expect(verify(given)).toEqual(read);
  });

  const repeated = `${body}&status=2`;
  test.each([
    ['nothing', undefined, 'BODY_MISSING', /no body/],
    ['null', null, 'BODY_MISSING', /no body/],
    ['an empty text', '', 'BODY_MISSING', /no body/],
    ['a stream that a parser has read', Buffer.alloc(0), 'BODY_MISSING', /no body: a parser has read it/],
    ['{} of a parser that did not match', {}, 'BODY_MISSING', /no body/],
    ['a promise', Promise.resolve(body), 'BODY_UNREADABLE', /promise: await it/],
    ['another thenable', { then: () => undefined }, 'BODY_UNREADABLE', /promise: await it/],
    ['FormData', new FormData(), 'BODY_UNREADABLE', /FormData/],
    ['a Blob', new Blob([body]), 'BODY_UNREADABLE', /Blob/],
    ['a web stream', new Blob([body]).stream(), 'BODY_UNREADABLE', /ReadableStream/],
    [
      'the request itself',
      new Request('http://a.b', { method: 'POST', body }),
      'BODY_UNREADABLE',
      /request\.text\(\)/,
    ],
    ['a stream of Node', process.stdin, 'BODY_UNREADABLE', /stream.*readBody/],
    [
      'a request of Fastify',
      { id: '1', params: {}, query: {}, body: params },
      'BODY_UNREADABLE',
      /request\.body/,
    ],
    ['a ctx of Koa', { request: { body: params }, response: {} }, 'BODY_UNREADABLE', /request\.body/],
    ['an event of a cloud', { headers: {}, body, isBase64Encoded: false }, 'BODY_UNREADABLE', /its body/],
    ['a URL', `/notify/pay?${body}`, 'BODY_UNREADABLE', /URL/],
    ['a query', `?${body}`, 'BODY_UNREADABLE', /query/],
    ['a Map', new Map(Object.entries(params)), 'BODY_UNREADABLE', /Map/],
    ['an array', [body], 'BODY_UNREADABLE', /array/],
    ['a number', 5, 'BODY_UNREADABLE', /number/],
    ['a function', () => body, 'BODY_UNREADABLE', /function/],
    ['JSON text', JSON.stringify(params), 'BODY_UNREADABLE', /JSON/],
    ['an object made text', String({}), 'BODY_UNREADABLE', /\[object Object\]/],
    [
      'an object made text, with a line of its own',
      '[object \n12:00 paid',
      'BODY_UNREADABLE',
      /\[object \\u\{a\}12:00/,
    ],
    ['JSON text parsed as a form', { [JSON.stringify(params)]: '' }, 'BODY_UNREADABLE', /parsed twice/],
    ['a form parsed as one name', { [body]: '' }, 'BODY_UNREADABLE', /parsed twice/],
    ['a repeated name', repeated, 'PARAMETER_REPEATED', /^status /],
    ['a repeated name of URLSearchParams', new URLSearchParams(repeated), 'PARAMETER_REPEATED', /^status /],
    ['a repeated name as an array', { ...params, status: ['2', '2'] }, 'PARAMETER_REPEATED', /^status /],
    ['a converted value', { ...params, status: 2 }, 'PARAMETER_NOT_TEXT', /^status .*number/],
    ['JSON that was parsed', { ...params, returnData: { a: 1 } }, 'PARAMETER_NOT_TEXT', /^returnData /],
    ['a value in a list', { ...params, status: ['2'] }, 'PARAMETER_NOT_TEXT', /^status .*array/],
    ['no value', { ...params, status: undefined }, 'PARAMETER_NOT_TEXT', /^status /],
  ])('says what the body is when it is %s', (_what, given, code, message) => {
    expect(verify(given)).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test('accepts percent-encoded values when they contain separators', () => {
    const values = { ...platform.params, returnData: 'a=1&status=2&t=3' };
    const signed = Object.entries(values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    const given = { ...values, rsaSign: signText(signed, platformPrivate) };
    expect(verifyNotification(given, platformKey, { acceptEncodedValues: true })).toMatchObject({
      ok: true,
      signedValues: 'form-encoded',
    });
  });
});
