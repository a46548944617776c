import {
  canonicalText,
  payReply,
  refundAuditReply,
  refundReply,
  rejectReply,
  signNotification,
  signText,
  verifyNotification,
} from '../../../merchant';
import { bodyOf, platform, required, vector, vectors } from './vectors';

const platformKey = required(platform.publicKeyPem);
const platformPrivate = required(platform.privateKeyPem);

const signedBody = (params: Record<string, string>): string =>
  new URLSearchParams(signNotification(params, platformPrivate)).toString();

describe('verifyNotification with a published or derived notification', () => {
  const notifications = vectors.filter(each => each.kind !== 'order' && each.publicKeyPem);

  test.each(notifications.map(each => [each.name, each] as const))(
    'accepts or refuses it as documented when it is %s',
    (_name, each) => {
      const result = verifyNotification(bodyOf(each), required(each.publicKeyPem));
      expect(result.ok).toBe(each.verifies && !each.mustReject);
    },
  );

  test('refuses a sample of the documents when its key was not published', () => {
    const placeholders = vectors.filter(each => each.kind !== 'order' && !each.publicKeyPem);
    expect(placeholders.length).toBeGreaterThan(0);
    for (const each of placeholders) expect(verifyNotification(bodyOf(each), platformKey).ok).toBe(false);
  });
});

describe('verifyNotification with a payment', () => {
  test('returns money as integers and ids as text when the signature holds', () => {
    expect(verifyNotification(bodyOf(vector('notify-json-returnData-raw')), platformKey)).toMatchObject({
      ok: true,
      kind: 'pay',
      signedValues: 'raw',
      notification: {
        orderId: '800020199',
        userId: '149235070',
        tpOrderId: '3028903626',
        dealId: '470193086',
        totalMoney: 11300,
        payMoney: 11300,
        status: 2,
        payTime: 1600000000,
        promoDetail: null,
        returnData: { bizKey1: '第三方的字段1取值' },
      },
    });
  });

  test('returns the same when it gets text, bytes or parsed parameters', () => {
    const body = bodyOf(platform);
    const parsed = Object.fromEntries(new URLSearchParams(body));
    const fromText = verifyNotification(body, platformKey);
    expect(fromText.ok).toBe(true);
    expect(verifyNotification(Buffer.from(body), platformKey)).toEqual(fromText);
    expect(verifyNotification(parsed, platformKey)).toEqual(fromText);
  });

  test('accepts it when the platform adds a parameter', () => {
    const result = verifyNotification(signedBody({ ...platform.params, newField: 'x' }), platformKey);
    expect(result).toMatchObject({ ok: true, params: { newField: 'x' } });
  });

  test('keeps an id exact when it has 64 bits', () => {
    const body = signedBody({ ...platform.params, orderId: '9223372036854775807' });
    expect(verifyNotification(body, platformKey)).toMatchObject({
      notification: { orderId: '9223372036854775807' },
    });
  });

  test.each(['orderId', 'userId', 'tpOrderId', 'dealId', 'totalMoney', 'status'])(
    'refuses it when %s is missing, although it is signed',
    name => {
      const { [name]: _left, ...params } = platform.params;
      expect(verifyNotification(signedBody(params), platformKey).ok).toBe(false);
      expect(verifyNotification(signedBody({ ...params, [name]: '' }), platformKey).ok).toBe(false);
    },
  );

  test('refuses it when an amount is beyond 2^53', () => {
    const body = signedBody({ ...platform.params, totalMoney: '9007199254740993' });
    expect(verifyNotification(body, platformKey)).toMatchObject({ ok: false, code: 'PARAMETER_MALFORMED' });
  });
});

describe('verifyNotification with a refund', () => {
  test('returns success when refundStatus is 1 and failed when it is 2', () => {
    const status = (name: string): unknown => {
      const result = verifyNotification(bodyOf(vector(name)), platformKey);
      return result.ok && result.kind === 'refund' && result.notification.refundStatus;
    };
    expect(status('refund-notify-success')).toBe('success');
    expect(status('refund-notify-failed')).toBe('failed');
  });

  test('accepts it when user and order number are missing', () => {
    expect(verifyNotification(bodyOf(vector('refund-notify-empty-user')), platformKey)).toMatchObject({
      kind: 'refund',
      notification: { userId: null, tpOrderId: null, refundBatchId: '152713835' },
    });
  });

  test('refuses it when refundStatus is neither 1 nor 2', () => {
    const params = { ...vector('refund-notify-success').params, refundStatus: '3' };
    expect(verifyNotification(signedBody(params), platformKey).ok).toBe(false);
  });
});

describe('verifyNotification with an ambiguous text', () => {
  // The text of a genuine cheap payment, into whose returnData the buyer wrote parameters.
  const tail = '&status=2&totalMoney=1&tpOrderId=CHEAP-1&unitPrice=1&userId=149235070';
  const splitAgain = (head: Record<string, string>, last: Record<string, string>): Record<string, string> => {
    const params = { ...platform.params, payMoney: '1', ...head, ...last };
    return { ...params, rsaSign: signText(canonicalText(params), platformPrivate) };
  };

  test.each([
    ['an unknown parameter contains the rest', { zz: tail }],
    ['the name of a parameter contains the rest', { ['zz=' + tail]: 'x' }],
    ['the user id contains the rest', { userId: '1' + tail }],
    ['the unit price contains the rest', { unitPrice: '1' + tail }],
    ['the order number contains the rest', { tpOrderId: 'A' + tail }],
    ['promoDetail contains the rest', { promoDetail: '{}' + tail }],
  ] as [string, Record<string, string>][])('refuses it with NOTIFY_SPLICED when %s', (_what, last) => {
    const params = splitAgain({ totalMoney: '999900', tpOrderId: 'VICTIM-1' }, last);
    expect(verifyNotification(params, platformKey)).toMatchObject({ ok: false, code: 'NOTIFY_SPLICED' });
    expect(verifyNotification(new URLSearchParams(params).toString(), platformKey).ok).toBe(false);
  });

  test('refuses it when a parameter is repeated, in the body or as an array', () => {
    const body = bodyOf(platform);
    expect(verifyNotification(body + '&status=2', platformKey)).toMatchObject({
      ok: false,
      code: 'PARAMETER_REPEATED',
    });
    expect(verifyNotification('status=2&' + body, platformKey).ok).toBe(false);
    const parsed = { ...Object.fromEntries(new URLSearchParams(body)), status: ['2', '2'] };
    expect(verifyNotification(parsed, platformKey)).toMatchObject({ ok: false, code: 'PARAMETER_REPEATED' });
  });

  test('leaves out parameters when they are not signed', () => {
    const result = verifyNotification(bodyOf(platform) + '&sign=x&sign_type=y', platformKey);
    expect(result.ok && Object.keys(result.params).sort()).toEqual(Object.keys(platform.params).sort());
  });
});

describe('verifyNotification', () => {
  test('returns the same reply when it refuses a notification for any reason', () => {
    const { rsaSign: _signature, ...unsigned } = Object.fromEntries(new URLSearchParams(bodyOf(platform)));
    const refused = [
      '',
      'a=1',
      '{"errno":0}',
      bodyOf(vector('notify-tampered-amount')),
      bodyOf(vector('notify-splice-forged')),
      bodyOf(platform).replace('rsaSign=', 'rsaSign=AAAA'),
      bodyOf(platform) + '&x=' + 'a'.repeat(65536),
      Buffer.alloc(70_000, 0xff),
      Buffer.from([0, 255, 128, 61, 38]),
      unsigned,
      undefined as unknown as string,
      null as unknown as string,
      signedBody({ hello: 'world' }),
    ].map(body => verifyNotification(body, platformKey));
    for (const result of refused) {
      expect(result.ok).toBe(false);
      expect(!result.ok && JSON.stringify(result.reply)).toBe('{"errno":1,"msg":"refused","data":{}}');
    }
    expect(new Set(refused.map(result => (result.ok ? '' : result.code))).size).toBeGreaterThan(4);
  });

  test('refuses a body when it is larger than 64 KiB', () => {
    const fits = signedBody({ ...platform.params, returnData: JSON.stringify({ a: 'x'.repeat(60_000) }) });
    expect(verifyNotification(fits, platformKey).ok).toBe(true);
    const params = { ...platform.params, returnData: JSON.stringify({ a: 'x'.repeat(66_000) }) };
    expect(verifyNotification(signedBody(params), platformKey)).toMatchObject({ code: 'BODY_TOO_LARGE' });
    expect(verifyNotification(signNotification(params, platformPrivate), platformKey)).toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
  });

  test('accepts a signature over encoded values only when acceptEncodedValues is set', () => {
    const params = { ...platform.params, returnData: '{"a":"值 +"}' };
    const encoded = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, encodeURIComponent(value).replaceAll('%20', '+')]),
    );
    const body = { ...params, rsaSign: signText(canonicalText(encoded), platformPrivate) };
    expect(verifyNotification(body, platformKey)).toMatchObject({ code: 'SIGNATURE_REFUSED' });
    expect(verifyNotification(body, platformKey, { acceptEncodedValues: true })).toMatchObject({
      ok: true,
      signedValues: 'form-encoded',
    });
  });
});

test('a reply has the documented body when it is sent as JSON', () => {
  expect(JSON.stringify(payReply())).toBe('{"errno":0,"msg":"success","data":{"isConsumed":2}}');
  expect(JSON.stringify(payReply({ abnormalRefund: true }))).toBe(
    '{"errno":0,"msg":"success","data":{"isErrorOrder":1,"isConsumed":2}}',
  );
  expect(JSON.stringify(refundReply())).toBe('{"errno":0,"msg":"success","data":{}}');
  expect(JSON.stringify(refundAuditReply('pass', 100))).toBe(
    '{"errno":0,"msg":"success","data":{"auditStatus":1,"calculateRes":{"refundPayMoney":100}}}',
  );
  expect(() => refundAuditReply('pass', 0.5)).toThrow(/integer/);
  expect(rejectReply.errno).not.toBe(0);
});
