/**
 * Genuine notifications in every form that documents, SDKs and other backends show, and what frameworks make of them.
 */
import { signNotification, signText, verifyNotification } from '../../../merchant';
import type { FormBody, NotificationResult } from '../../../merchant';
import { platform, text, vector } from './vectors';

const platformKey = text(platform.publicKeyPem);
const platformPrivate = text(platform.privateKeyPem);

type Params = Record<string, string>;

const sign = (change: Params, base: Params = platform.params): Params =>
  signNotification({ ...base, ...change }, platformPrivate);
const encode = (params: Params): string => new URLSearchParams(params).toString();
const verify = (body: unknown): NotificationResult => verifyNotification(body as FormBody, platformKey);

describe('a genuine payment notification is accepted', () => {
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
  ])('with %s %s', (name, value, read) => {
    const result = verify(encode(sign({ [name]: value })));
    expect(result).toMatchObject({ ok: true, notification: { [name]: read }, params: { [name]: value } });
  });

  test.each(['T|2026*1', '2026/01-5', '商城20260101', '订单 1', 'a+b%20', 'MjAyNg==', '"T1"'])(
    'of another backend that numbers its orders %s',
    tpOrderId => {
      expect(verify(encode(sign({ tpOrderId })))).toMatchObject({ ok: true, notification: { tpOrderId } });
    },
  );

  test.each([
    ['payType', 'WeChat', { payType: 'WeChat' }],
    ['unitPrice', '113.00', { unitPrice: null }],
    ['count', 'x', { count: null }],
    ['partnerId', '', { partnerId: null }],
  ])('whose %s is %s: what decides nothing may have any form', (name, value, read) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({ ok: true, notification: read });
  });

  test.each([
    ['newField', '{"url":"https://example.com/?a=1&b=2"}'],
    ['aUrl', 'https://example.com/?a=1'],
    ['zToken', 'abc=='],
    ['支付方式', '微信'],
    ['a b', 'x'],
  ])('with the new parameter %s=%s', (name, value) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({ ok: true, params: { [name]: value } });
  });

  test('whose returnData holds a whole signed text', () => {
    const returnData = JSON.stringify({ note: '&status=2&totalMoney=1&tpOrderId=X' });
    expect(verify(encode(sign({ returnData })))).toMatchObject({ ok: true });
  });
});

describe('a genuine refund notification is accepted', () => {
  const { params } = vector('refund-notify-success');
  test('as documented in the shortest sample, without user and order number', () => {
    const { orderId, refundBatchId, refundStatus } = params as Record<string, string>;
    const shortest = { orderId, refundBatchId, refundStatus } as Params;
    expect(verify(encode(sign({}, shortest)))).toMatchObject({
      ok: true,
      kind: 'refund',
      notification: { userId: null, tpOrderId: null },
    });
  });

  test('with a reason that is new', () => {
    expect(verify(encode(sign({ refundReason: '商品缺货' }, params)))).toMatchObject({ kind: 'refund' });
  });

  test('as an audit with and without the amount', () => {
    const audit = vector('refund-audit-ok').params;
    const { applyRefundMoney: _amount, ...older } = audit;
    expect(verify(encode(sign({}, audit)))).toMatchObject({ notification: { applyRefundMoney: 100 } });
    expect(verify(encode(sign({}, older)))).toMatchObject({
      kind: 'refund-audit',
      notification: { applyRefundMoney: null },
    });
  });
});

describe('a notification is refused under the name of what is wrong', () => {
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
  ])('%s=%s decides, and is malformed', (name, value) => {
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
  ])('%s=%s can be read in two ways', (name, value) => {
    expect(verify(encode(sign({ [name]: value })))).toMatchObject({
      code: 'NOTIFY_SPLICED',
      message: expect.stringMatching(`^${name} `) as string,
    });
  });

  test.each(['', 'a&b', 'a=b'])('a parameter of the name %j', name => {
    expect(verify(sign({ [name]: 'x' }))).toMatchObject({ code: 'NOTIFY_SPLICED' });
  });

  test.each([
    ['promoDetail={} as PHP writes it', { promoDetail: '{}' }, { promoDetail: '[]' }],
    [
      'both in PHP',
      { promoDetail: '{}', returnData: '{"a":{},"b":"值/"}' },
      { promoDetail: '[]', returnData: '{"a":[],"b":"\\u503c\\/"}' },
    ],
    [
      'what PHP had escaped is not',
      { returnData: '{"a":"\\u503c","b":"https:\\/\\/x.example"}' },
      { returnData: '{"a":"值","b":"https://x.example"}' },
    ],
    ['spaces of Python', { returnData: '{"a":1,"b":2}' }, { returnData: '{"a": 1, "b": 2}' }],
  ])('JSON was written anew: %s', (_what, signed, received) => {
    const body = { ...sign(signed), ...received };
    expect(verify(encode(body))).toMatchObject({
      code: 'JSON_REWRITTEN',
      message: expect.stringMatching(/^(promoDetail|returnData) .*raw body/) as string,
    });
  });

  test('JSON that was changed besides is no rewriting', () => {
    const body = { ...sign({ returnData: '{"a":1}' }), returnData: '{"a": 2}' };
    expect(verify(encode(body))).toMatchObject({ code: 'SIGNATURE_REFUSED' });
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(verify({ ...sign({}), returnData: deep })).toMatchObject({ code: 'SIGNATURE_REFUSED' });
  });

  test('a body decoded twice has spaces where the signature had +', () => {
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

describe('what frameworks hand over', () => {
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
  ])('%s', (_what, given) => {
    expect(read.ok).toBe(true);
    expect(verify(given)).toEqual(read);
  });

  const repeated = `${body}&status=2`;
  test.each([
    ['nothing', undefined, 'BODY_MISSING', /no body/],
    ['null', null, 'BODY_MISSING', /no body/],
    ['an empty text', '', 'BODY_MISSING', /no body/],
    ['an empty Buffer', Buffer.alloc(0), 'BODY_MISSING', /no body/],
    ['{} of a parser that did not match', {}, 'BODY_MISSING', /no body/],
    ['a promise', Promise.resolve(body), 'BODY_UNREADABLE', /promise: await it/],
    ['another thenable', { then: () => undefined }, 'BODY_UNREADABLE', /promise: await it/],
    ['FormData', new FormData(), 'BODY_UNREADABLE', /FormData/],
    ['a Blob', new Blob([body]), 'BODY_UNREADABLE', /Blob/],
    ['a web stream', new Blob([body]).stream(), 'BODY_UNREADABLE', /ReadableStream/],
    ['the request itself', new Request('http://a.b', { method: 'POST', body }), 'BODY_UNREADABLE', /Request/],
    ['a stream of Node', process.stdin, 'BODY_UNREADABLE', /stream.*readBody/],
    ['a Map', new Map(Object.entries(params)), 'BODY_UNREADABLE', /Map/],
    ['an array', [body], 'BODY_UNREADABLE', /array/],
    ['a number', 5, 'BODY_UNREADABLE', /number/],
    ['a function', () => body, 'BODY_UNREADABLE', /function/],
    ['JSON text', JSON.stringify(params), 'BODY_UNREADABLE', /JSON/],
    ['an object made text', String({}), 'BODY_UNREADABLE', /\[object Object\]/],
    ['JSON text parsed as a form', { [JSON.stringify(params)]: '' }, 'BODY_UNREADABLE', /parsed twice/],
    ['a form parsed as one name', { [body]: '' }, 'BODY_UNREADABLE', /parsed twice/],
    ['a repeated name', repeated, 'PARAMETER_REPEATED', /^status /],
    ['a repeated name of URLSearchParams', new URLSearchParams(repeated), 'PARAMETER_REPEATED', /^status /],
    ['a repeated name as an array', { ...params, status: ['2', '2'] }, 'PARAMETER_REPEATED', /^status /],
    ['a converted value', { ...params, status: 2 }, 'PARAMETER_NOT_TEXT', /^status .*number/],
    ['JSON that was parsed', { ...params, returnData: { a: 1 } }, 'PARAMETER_NOT_TEXT', /^returnData /],
    ['no value', { ...params, status: undefined }, 'PARAMETER_NOT_TEXT', /^status /],
  ])('%s is named', (_what, given, code, message) => {
    expect(verify(given)).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test('percent-encoded values are unambiguous whatever they hold', () => {
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
