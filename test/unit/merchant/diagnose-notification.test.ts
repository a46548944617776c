import { canonicalText, diagnoseNotification, signNotification, signText } from '../../../merchant';
import type { FindingCode } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { seededRandom, randomText as randomText } from './random-orders';
import { bodyOf, platform, required, vector, vectors } from './vectors';

type Params = Record<string, string>;

const errors = (body: string | Params, key: Parameters<typeof diagnoseNotification>[1]): FindingCode[] =>
  diagnoseNotification(body, key)
    .findings.filter(finding => finding.severity === 'error')
    .map(finding => finding.code);

describe('diagnoseNotification with a published or derived notification', () => {
  const all = vectors.filter(each => each.kind !== 'order' && each.publicKeyPem);

  test.each(all.map(each => [each.diagnosis ?? 'nothing', each.name, each] as const))(
    'reports %s when it is %s',
    (_code, _name, each) => {
      const codes = errors(bodyOf(each), required(each.publicKeyPem));
      expect(codes).toEqual(each.diagnosis && each.diagnosis !== 'OK' ? [each.diagnosis] : []);
    },
  );
});

function payment(next: () => number): Params {
  const digits = (length: number): string =>
    String(1 + Math.floor(next() * 9)) + randomText(next, '0123456789', length - 1);
  const totalMoney = String(1 + Math.floor(next() * 90_000));
  return {
    ...platform.params,
    userId: digits(12),
    orderId: digits(15),
    unitPrice: totalMoney,
    totalMoney,
    payMoney: totalMoney,
    tpOrderId: 'T' + digits(10),
    payTime: '17' + digits(8),
    returnData: next() < 0.5 ? '' : JSON.stringify({ 键: '值 + / & = "' + randomText(next, 'ab中文+&', 5) }),
  };
}

describe.each([1024, 2048])('diagnoseNotification with platform keys of %d bits', bits => {
  const pair = createKeyPair(bits);
  const developer = createKeyPair(bits);
  const signed = (params: Params): Params => signNotification(params, pair.privateKey);
  const without = (params: Params, ...names: string[]): Params =>
    Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));

  const mistakes: [FindingCode, string, (params: Params) => Params][] = [
    [
      'NOTIFY_PARAM_MISSING',
      'empty ones dropped',
      p => without({ ...signed({ ...p, returnData: '' }) }, 'returnData', 'promoDetail'),
    ],
    ['NOTIFY_PARAM_MISSING', 'a list of one’s own', p => without(signed(p), 'partnerId')],
    ['NOTIFY_PARAM_MISSING', 'zeros dropped', p => without(signed(p), 'hbMoney', 'promoMoney')],
    ['NOTIFY_QUERY_PARAM_INCLUDED', 'the route', p => ({ ...signed(p), s: '/notify/pay' })],
    ['NOTIFY_QUERY_PARAM_INCLUDED', 'two of them', p => ({ ...signed(p), channel: 'web', shop: '7' })],
    ['NOTIFY_TAMPERED', 'a smaller amount', p => ({ ...signed(p), totalMoney: '1' + p.totalMoney })],
    ['NOTIFY_TAMPERED', 'another order', p => ({ ...signed(p), tpOrderId: 'VICTIM-1' })],
    ['NOTIFY_TAMPERED', 'a status', p => ({ ...signed(p), status: '7' })],
    [
      'NOTIFY_VALUE_CONVERTED',
      'escaped for HTML',
      p => ({ ...signed({ ...p, returnData: '{"a":"b"}' }), returnData: '{&quot;a&quot;:&quot;b&quot;}' }),
    ],
    [
      'NOTIFY_VALUE_CONVERTED',
      'not decoded',
      p => ({ ...signed({ ...p, returnData: '{"a":"值"}' }), returnData: encodeURIComponent('{"a":"值"}') }),
    ],
    [
      'NOTIFY_VALUE_CONVERTED',
      'decoded twice',
      p => ({ ...signed({ ...p, returnData: '{"a":"b+c"}' }), returnData: '{"a":"b c"}' }),
    ],
    ['NOTIFY_VALUE_CONVERTED', 'empty made null', p => ({ ...signed(p), promoDetail: 'null' })],
    [
      'NOTIFY_VALUE_CONVERTED',
      'JSON made anew',
      p => ({ ...signed({ ...p, returnData: '{"a":1}' }), returnData: '{ "a" : 1 }' }),
    ],
    ['BASE64_PLUS_BECAME_SPACE', 'a form decoder', p => plusBecameSpace(p)],
    [
      'BASE64_PERCENT_ENCODED',
      'not decoded',
      p => ({ ...signed(p), rsaSign: encodeURIComponent(required(signed(p).rsaSign)) }),
    ],
    ['SIGNATURE_MISSING', 'without a signature', p => p],
    [
      'NOTIFY_VERIFIED_WITH_DEVELOPER_KEY',
      'the developer key',
      p => signNotification(p, developer.privateKey),
    ],
    ['NOTIFY_SPLICED', 'a piece of another parameter', p => signed({ ...p, zz: '&status=2&totalMoney=1' })],
    ['PARAMETER_MALFORMED', 'without an order', p => signed({ ...p, tpOrderId: '' })],
  ];

  function plusBecameSpace(params: Params): Params {
    for (let payTime = 1_700_000_000; ; payTime++) {
      const made = signed({ ...params, payTime: String(payTime) });
      if (made.rsaSign?.includes('+')) return { ...made, rsaSign: made.rsaSign.replaceAll('+', ' ') };
    }
  }

  test.each(mistakes)('reports %s when the notification was changed like this: %s', (code, how, make) => {
    const next = seededRandom(bits + how.length);
    const rounds = how.startsWith('another') || how === 'a status' ? 1 : 4;
    for (let round = 0; round < rounds; round++) {
      const params = make(payment(next));
      const received = round % 2 ? new URLSearchParams(params).toString() : params;
      expect({ params, codes: errors(received, pair.publicKey) }).toEqual({ params, codes: [code] });
    }
  });

  test('gives no finding when notifications are signed correctly', () => {
    const next = seededRandom(bits);
    for (let i = 0; i < 200; i++) {
      const body = new URLSearchParams(signed(payment(next))).toString();
      expect(diagnoseNotification(body, pair.publicKey)).toEqual({ ok: true, findings: [] });
    }
  });

  test('reports both mistakes when there are two', () => {
    const params = payment(seededRandom(5));
    const made = { ...without(signed({ ...params, returnData: '' }), 'returnData'), channel: 'web' };
    expect(errors(made, pair.publicKey).sort()).toEqual([
      'NOTIFY_PARAM_MISSING',
      'NOTIFY_QUERY_PARAM_INCLUDED',
    ]);
  });

  test('reports VALUES_URLENCODED when encoded values were signed', () => {
    const params = { ...payment(seededRandom(6)), returnData: '{"a":"值 +"}' };
    const encoded = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, encodeURIComponent(value)]),
    );
    const rsaSign = signText(canonicalText(encoded), pair.privateKey);
    expect(errors({ ...params, rsaSign }, pair.publicKey)).toEqual(['VALUES_URLENCODED']);
  });
});

test('diagnoseNotification reports the old and the new value when the change is found', () => {
  const [finding] = diagnoseNotification(
    bodyOf(vector('notify-tampered-amount')),
    required(platform.publicKeyPem),
  ).findings;
  expect(finding?.evidence).toMatchObject({ parameter: 'totalMoney', signed: '11300', sent: '1' });
});

test('diagnoseNotification reads the parameters when the body was logged as JSON', () => {
  const params = Object.fromEntries(new URLSearchParams(bodyOf(platform)));
  expect(diagnoseNotification(JSON.stringify(params), required(platform.publicKeyPem)).findings).toEqual([]);
});

test.each([
  ['BODY_MISSING', undefined],
  ['BODY_TOO_LARGE', 'a=' + 'x'.repeat(70_000)],
  ['PARAMETER_REPEATED', 'a=1&a=2&rsaSign=x'],
  ['PARAMETER_NOT_TEXT', { a: ['1'] }],
  ['BODY_MISSING', ''],
  ['BODY_UNREADABLE', [1]],
  ['INPUT_NOT_NOTIFICATION', '%%%&&&==='],
  ['TOO_MANY_FIELDS', { rsaSign: 'x', ...Object.fromEntries([...Array(50).keys()].map(i => [`x${i}`, ''])) }],
  ['KIND_UNKNOWN', signNotification({ hello: 'world' }, required(platform.privateKeyPem))],
])('diagnoseNotification reports %s when the body is %j', (code, body) => {
  expect(errors(body as string, required(platform.publicKeyPem))).toEqual([code]);
});

test.each([null, undefined, ''])('diagnoseNotification reports BODY_MISSING when the body is %p', body => {
  expect(errors(body as unknown as string, required(platform.publicKeyPem))).toEqual(['BODY_MISSING']);
});
