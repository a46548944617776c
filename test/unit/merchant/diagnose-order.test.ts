import { constants, createHash, createPrivateKey, privateEncrypt, sign } from 'node:crypto';
import { diagnoseOrder, explainRefusal } from '../../../merchant';
import type { FindingCode } from '../../../merchant';
import type * as Hashing from '../../../merchant/diagnose/hash';
import { examineOrder } from '../../../merchant/diagnose/order';
import { readReceivedOrder } from '../../../merchant/diagnose/received-order';
import { keyPair, type KeyPair } from '../../helpers/key-pair';
import { joined, random, randomOrder, sha1WithRsa, SIGNED } from './orders';
import type { Order } from './orders';
import { bodyOf, orderOf, platform, text, vector, vectors } from './vectors';

const errors = (order: unknown, key: KeyPair['publicKey'] | string): FindingCode[] =>
  diagnoseOrder(order, key, { maxCandidates: 500_000 })
    .findings.filter(finding => finding.severity === 'error')
    .map(finding => finding.code);

describe('every published and derived order gives its diagnosis', () => {
  const orders = vectors.filter(each => each.kind === 'order' && each.publicKeyPem);

  /** What was signed beside the four fields is part of the order, although the vector does not repeat it. */
  const withExtras = (each: (typeof orders)[number]): Record<string, unknown> => {
    const notifyUrl = /notifyUrl=([^&]+)/.exec(each.stringToSign ?? '')?.[1];
    return { ...orderOf(each), ...(notifyUrl ? { notifyUrl } : {}) };
  };

  test.each(orders.map(each => [each.diagnosis ?? 'nothing', each.name, each] as const))(
    '%s: %s',
    (_code, _name, each) => {
      const { ok, findings } = diagnoseOrder(withExtras(each), text(each.publicKeyPem));
      const codes = findings.map(finding => finding.code);
      if (each.diagnosis && each.diagnosis !== 'OK') expect(codes[0]).toBe(each.diagnosis);
      else if (each.verifies) expect(ok).toBe(true);
      else expect(codes).toContain('WRONG_KEY');
    },
  );
});

type Make = (order: Order, key: KeyPair['privateKey'], next: () => number) => Order;

const signed = (make: (order: Order) => string | Buffer): Make => {
  return (order, key) => ({ ...order, rsaSign: sha1WithRsa(make(order), key) });
};

const right = (order: Order, key: KeyPair['privateKey']): Order => ({
  ...order,
  rsaSign: sha1WithRsa(joined(order), key),
});

const onTheWay = (change: (rsaSign: string) => string): Make => {
  return (order, key) => ({ ...order, rsaSign: change(text(right(order, key).rsaSign)) });
};

const withDigest = (algorithm: string): Make => {
  return (order, key) => ({
    ...order,
    rsaSign: sign(algorithm, Buffer.from(joined(order)), key).toString('base64'),
  });
};

const encrypted = (make: (order: Order) => Buffer): Make => {
  return (order, key) => ({ ...order, rsaSign: privateEncrypt(key, make(order)).toString('base64') });
};

const pss = (algorithm: string, saltLength: number): Make => {
  return (order, key) => ({
    ...order,
    rsaSign: sign(algorithm, Buffer.from(joined(order)), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    }).toString('base64'),
  });
};

const digest = (algorithm: string, of: string | Buffer): Buffer => createHash(algorithm).update(of).digest();

/** RSASSA-PSS as a library makes it that sets one digest and leaves the other: SHA-256 over the text, SHA-1 in the mask. 1024 bits. */
function mixedPss(order: Order, key: KeyPair['privateKey']): Order {
  const salt = Buffer.alloc(20, 7);
  const hashed = digest('sha256', Buffer.concat([Buffer.alloc(8), digest('sha256', joined(order)), salt]));
  const block = Buffer.concat([Buffer.alloc(128 - 32 - 1 - 21), Buffer.from([1]), salt]);
  const masked = block.map((byte, index) => {
    const counter = Buffer.from([0, 0, 0, Math.floor(index / 20)]);
    return byte ^ (digest('sha1', Buffer.concat([hashed, counter]))[index % 20] ?? 0);
  });
  masked[0] = (masked[0] ?? 0) & 0x7f;
  const whole = Buffer.concat([masked, hashed, Buffer.from([0xbc])]);
  const rsaSign = privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, whole).toString('base64');
  return { ...order, rsaSign };
}

test('PSS whose mask is of another digest than its text is still read', () => {
  const { privateKey, publicKey } = keyPair();
  const order = { ...randomOrder(random(3)), bizInfo: '' };
  const found = errors(mixedPss(order, privateKey), publicKey);
  expect(found).toEqual(expect.arrayContaining(['PSS_PADDING', 'WRONG_DIGEST_SHA256']));
});
const valuesWith =
  (encode: (value: string) => string): ((order: Order) => string) =>
  order =>
    SIGNED.map(name => `${name}=${encode(text(order[name]))}`).join('&');
const form = (value: string): string => new URLSearchParams({ v: value }).toString().slice(2);
const replaced = (change: Order): Make => signed(order => joined({ ...order, ...change }));

/** code, how it comes about, whether it needs non-ASCII or reserved characters, and the manner. */
const families: [FindingCode, string, 'any' | 'special', Make][] = [
  [
    'RANGE1_SIGNED_WITHOUT_TOTALAMOUNT',
    'three fields',
    'any',
    signed(o => joined(o, ['appKey', 'dealId', 'tpOrderId'])),
  ],
  [
    'RANGE0_SIGNED_WITH_TOTALAMOUNT',
    'range 0',
    'any',
    (o, key) => right({ ...o, signFieldsRange: '0' }, key),
  ],
  ['EXTRA_FIELDS_SIGNED', 'everything', 'any', signed(o => joined(o, Object.keys(o).sort()))],
  ['EXTRA_FIELDS_SIGNED', 'with the title', 'any', signed(o => joined(o, [...SIGNED, 'dealTitle'].sort()))],
  [
    'EXTRA_FIELDS_SIGNED',
    'with an empty rsaSign',
    'any',
    signed(o => joined({ ...o, rsaSign: '' }, [...SIGNED, 'rsaSign'].sort())),
  ],
  ['FIELD_NOT_SIGNED', 'no dealId', 'any', signed(o => joined(o, ['appKey', 'totalAmount', 'tpOrderId']))],
  [
    'UNSORTED',
    'as the documents list them',
    'any',
    signed(o => joined(o, ['appKey', 'dealId', 'tpOrderId', 'totalAmount'])),
  ],
  ['UNSORTED', 'backwards', 'any', signed(o => joined(o, [...SIGNED].reverse()))],
  ['VALUES_CONCATENATED', 'joined by +', 'any', signed(o => SIGNED.map(name => o[name]).join('+'))],
  ['VALUES_CONCATENATED', 'joined by nothing', 'any', signed(o => SIGNED.map(name => o[name]).join(''))],
  ['SEPARATOR_WRONG', 'commas', 'any', signed(o => joined(o, SIGNED, ','))],
  ['SEPARATOR_WRONG', 'a Java map', 'any', signed(o => `{${joined(o, SIGNED, ', ')}}`)],
  [
    'JSON_SIGNED',
    'JSON.stringify',
    'any',
    signed(o => JSON.stringify(Object.fromEntries(SIGNED.map(n => [n, o[n]])))),
  ],
  ['TRAILING_AMP', 'a loop', 'any', signed(o => joined(o) + '&')],
  ['TRAILING_NEWLINE', 'echo', 'any', signed(o => joined(o) + '\n')],
  ['TRAILING_NEWLINE', 'println on Windows', 'any', signed(o => joined(o) + '\r\n')],
  ['EXTRA_CHARACTERS', 'a query string', 'any', signed(o => '?' + joined(o))],
  ['DOUBLE_DIGEST', 'hex', 'any', signed(o => digest('sha1', joined(o)).toString('hex'))],
  ['DOUBLE_DIGEST', 'bytes', 'any', signed(o => digest('sha1', joined(o)))],
  ['DOUBLE_DIGEST', 'MD5 first', 'any', signed(o => digest('md5', joined(o)).toString('hex'))],
  [
    'KEY_CASE',
    'dealID and tpOrderID',
    'any',
    signed(o => joined(o).replace('dealId', 'dealID').replace('tpOrderId', 'tpOrderID')),
  ],
  [
    'KEY_CASE',
    'a Go struct',
    'any',
    signed(o => SIGNED.map(n => `${n[0]?.toUpperCase()}${n.slice(1)}=${o[n]}`).join('&')),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'yuan',
    'any',
    signed(o => joined({ ...o, totalAmount: (Number(o.totalAmount) / 100).toFixed(2) })),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'BigDecimal',
    'any',
    signed(o => joined({ ...o, totalAmount: `${o.totalAmount}.00` })),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'a Java double',
    'any',
    signed(o => joined({ ...o, totalAmount: `${o.totalAmount}.0` })),
  ],
  [
    'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    'one fen off',
    'any',
    signed(o => joined({ ...o, totalAmount: String(Number(o.totalAmount) - 1) })),
  ],
  ['AMOUNT_SIGNED_DIFFERS_FROM_SENT', 'another small amount', 'any', replaced({ totalAmount: '4321' })],
  ['VALUES_URLENCODED', 'encodeURIComponent', 'special', signed(valuesWith(encodeURIComponent))],
  ['VALUES_URLENCODED', 'url.Values.Encode', 'special', signed(valuesWith(form))],
  ['WHOLE_STRING_URLENCODED', 'URLEncoder', 'any', signed(o => form(joined(o)))],
  ['WHOLE_STRING_URLENCODED', 'encodeURIComponent', 'special', signed(o => encodeURIComponent(joined(o)))],
  ['NULL_OR_UNDEFINED_JOINED', 'JavaScript', 'any', replaced({ dealId: 'undefined' })],
  ['NULL_OR_UNDEFINED_JOINED', 'Java', 'any', replaced({ appKey: 'null', dealId: 'null' })],
  ['NULL_OR_UNDEFINED_JOINED', 'PHP', 'any', replaced({ tpOrderId: '' })],
  ['CHARSET_NOT_UTF8', 'UTF-16', 'any', signed(o => Buffer.from(joined(o), 'utf16le'))],
  [
    'CHARSET_NOT_UTF8',
    'UTF-8 twice',
    'special',
    signed(o => Buffer.from(Buffer.from(joined(o)).toString('latin1'))),
  ],
  [
    'SIGNED_VALUE_DIFFERS_FROM_SENT',
    'lower case',
    'any',
    signed(o => joined({ ...o, tpOrderId: text(o.tpOrderId).toLowerCase() })),
  ],
  ['WRONG_DIGEST_SHA256', 'RSA2', 'any', withDigest('RSA-SHA256')],
  ['WRONG_DIGEST_MD5', 'MD5withRSA', 'any', withDigest('RSA-MD5')],
  ['WRONG_DIGEST_SHA512', 'SHA512withRSA', 'any', withDigest('RSA-SHA512')],
  ['PSS_PADDING', 'the salt of OpenSSL', 'any', pss('RSA-SHA1', constants.RSA_PSS_SALTLEN_DIGEST)],
  ['PSS_PADDING', 'the longest salt, Node', 'any', pss('RSA-SHA1', constants.RSA_PSS_SALTLEN_MAX_SIGN)],
  ['NO_DIGESTINFO_PLAINTEXT', 'the text encrypted', 'any', encrypted(o => Buffer.from(joined(o)))],
  ['NO_DIGESTINFO_SHA1', 'the digest encrypted', 'any', encrypted(o => digest('sha1', joined(o)))],
  [
    'NO_DIGESTINFO_SHA1_HEX',
    'its hex encrypted',
    'any',
    encrypted(o => Buffer.from(digest('sha1', joined(o)).toString('hex'))),
  ],
  ['NO_DIGESTINFO_SHA256', 'SHA-256 encrypted', 'any', encrypted(o => digest('sha256', joined(o)))],
  ['NO_DIGESTINFO_MD5', 'MD5 encrypted', 'any', encrypted(o => digest('md5', joined(o)))],
  ['BASE64_URLSAFE', 'base64url', 'any', (o, key, next) => urlSafe(o, key, next)],
  ['BASE64_NO_PADDING', 'trimmed', 'any', onTheWay(s => s.replace(/=+$/, ''))],
  ['BASE64_LINE_BREAKS', 'MIME', 'any', onTheWay(s => s.replace(/(.{76})/g, '$1\r\n'))],
  ['BASE64_PLUS_BECAME_SPACE', 'a form', 'any', (o, key, next) => plusBecameSpace(o, key, next)],
  ['BASE64_PERCENT_ENCODED', 'a URL', 'any', onTheWay(encodeURIComponent)],
  ['HEX_INSTEAD_OF_BASE64', 'hex', 'any', onTheWay(s => Buffer.from(s, 'base64').toString('hex'))],
  ['DOUBLE_BASE64', 'twice', 'any', onTheWay(s => Buffer.from(s).toString('base64'))],
  ['NOT_BASE64', 'something else', 'any', onTheWay(s => s.replace(/./, '*'))],
  ['SIGNATURE_CUT', 'a short column', 'any', onTheWay(s => s.slice(0, 100))],
  ['SIGNATURE_CUT', 'VARCHAR(128)', 'any', onTheWay(s => s.slice(0, 128))],
  ['SIGNATURE_LENGTH', 'a tail of its own', 'any', onTheWay(s => s.slice(0, 168) + s.slice(0, 168) + 'AAA=')],
];

/** Tries order numbers until the signature holds the character that gets lost. */
function until(order: Order, key: KeyPair['privateKey'], next: () => number, wanted: RegExp): Order {
  let found = right(order, key);
  while (!wanted.test(text(found.rsaSign))) {
    found = right({ ...order, tpOrderId: 'T' + Math.floor(next() * 1e9), bizInfo: '' }, key);
  }
  return found;
}

function urlSafe(order: Order, key: KeyPair['privateKey'], next: () => number): Order {
  const found = until(order, key, next, /[+/]/);
  return { ...found, rsaSign: text(found.rsaSign).replaceAll('+', '-').replaceAll('/', '_') };
}

function plusBecameSpace(order: Order, key: KeyPair['privateKey'], next: () => number): Order {
  const found = until(order, key, next, /\+/);
  return { ...found, rsaSign: text(found.rsaSign).replaceAll('+', ' ') };
}

describe.each([1024, 2048])('with keys of %d bits', bits => {
  const pair = keyPair(bits);
  const other = keyPair(bits);

  test.each(families.map(([code, how, needs, make]) => [code, how, needs, make] as const))(
    '%s is named: %s',
    (code, how, needs, make) => {
      const next = random(bits + code.length * 131 + how.length);
      for (let round = 0; round < 4; round++) {
        const order = make(randomOrder(next, needs === 'special' || round % 3 === 2), pair.privateKey, next);
        expect({ order, codes: errors(order, pair.publicKey) }).toEqual({ order, codes: [code] });
      }
    },
  );

  test('a wrong key and a wrong text are told apart for certain', () => {
    const next = random(bits);
    for (let round = 0; round < 20; round++) {
      const order = randomOrder(next);
      expect(errors(right(order, other.privateKey), pair.publicKey)).toEqual(['WRONG_KEY']);
      const nonsense = { ...order, rsaSign: sha1WithRsa('nobody knows ' + round, pair.privateKey) };
      if (round < 2) expect(errors(nonsense, pair.publicKey)).toEqual(['TEXT_UNKNOWN']);
    }
  });
});

test('a key of another size is named, either way', () => {
  const [small, large] = [keyPair(1024), keyPair(2048)];
  const order = randomOrder(random(1));
  expect(errors(right(order, small.privateKey), large.publicKey)).toEqual(['WRONG_KEY_SIZE']);
  expect(errors(right(order, large.privateKey), small.publicKey)).toEqual(['WRONG_KEY_SIZE']);
});

describe('two mistakes at once are both reported', () => {
  const pair = keyPair();
  const key = pair.privateKey;
  const order = randomOrder(random(7));
  const special = randomOrder(random(8), true);
  const docOrder = ['appKey', 'dealId', 'tpOrderId', 'totalAmount'];
  const base64 = (bytes: Buffer): string => bytes.toString('base64');

  test.each([
    [['UNSORTED', 'TRAILING_AMP'], { ...order, rsaSign: sha1WithRsa(joined(order, docOrder) + '&', key) }],
    [
      ['UNSORTED', 'VALUES_CONCATENATED'],
      { ...order, rsaSign: sha1WithRsa(docOrder.map(n => order[n]).join(''), key) },
    ],
    [
      ['WRONG_DIGEST_SHA256', 'UNSORTED'],
      { ...order, rsaSign: base64(sign('RSA-SHA256', Buffer.from(joined(order, docOrder)), key)) },
    ],
    [['PSS_PADDING', 'WRONG_DIGEST_SHA256'], pss('RSA-SHA256', 32)(order, key, Math.random)],
    [
      ['NO_DIGESTINFO_PLAINTEXT', 'KEY_CASE'],
      {
        ...order,
        rsaSign: base64(privateEncrypt(key, Buffer.from(joined(order).replace('dealId', 'dealID')))),
      },
    ],
    [
      ['RANGE1_SIGNED_WITHOUT_TOTALAMOUNT', 'EXTRA_FIELDS_SIGNED'],
      { ...order, rsaSign: sha1WithRsa(joined(order, ['appKey', 'dealId', 'dealTitle', 'tpOrderId']), key) },
    ],
    [['EXTRA_FIELDS_SIGNED', 'JSON_SIGNED'], { ...order, rsaSign: sha1WithRsa(JSON.stringify(order), key) }],
    [
      ['AMOUNT_SIGNED_DIFFERS_FROM_SENT', 'UNSORTED'],
      {
        ...order,
        rsaSign: sha1WithRsa(joined({ ...order, totalAmount: order.totalAmount + '.00' }, docOrder), key),
      },
    ],
    [
      ['VALUES_URLENCODED', 'UNSORTED'],
      {
        ...special,
        rsaSign: sha1WithRsa(docOrder.map(n => `${n}=${form(text(special[n]))}`).join('&'), key),
      },
    ],
    [
      ['HEX_INSTEAD_OF_BASE64', 'UNSORTED'],
      { ...order, rsaSign: Buffer.from(sha1WithRsa(joined(order, docOrder), key), 'base64').toString('hex') },
    ],
    [
      ['BASE64_PERCENT_ENCODED', 'BASE64_LINE_BREAKS'],
      { ...order, rsaSign: encodeURIComponent(sha1WithRsa(joined(order), key).replace(/(.{64})/g, '$1\n')) },
    ],
    [
      ['BASE64_LINE_BREAKS', 'WRONG_KEY'],
      { ...order, rsaSign: sha1WithRsa(joined(order), keyPair().privateKey).replace(/(.{76})/g, '$1\n') },
    ],
    [
      ['AMOUNT_NOT_INTEGER_FEN', 'UNSORTED'],
      {
        ...order,
        totalAmount: '1.50',
        rsaSign: sha1WithRsa(joined({ ...order, totalAmount: '1.50' }, docOrder), key),
      },
    ],
    [
      ['BIZINFO_NOT_JSON_OBJECT', 'WRONG_DIGEST_MD5'],
      withDigest('RSA-MD5')({ ...order, bizInfo: '[1]' }, key, Math.random),
    ],
  ] as [FindingCode[], Order][])('%j', (codes, made) => {
    expect(errors(made, pair.publicKey).sort()).toEqual([...codes].sort());
  });

  test('what a wrong key hides is said to be hidden', () => {
    const made = right(order, keyPair().privateKey);
    const [finding] = diagnoseOrder(made, pair.publicKey, { locale: 'en' }).findings;
    expect(finding?.message).toMatch(/cannot show what was signed/);
  });
});

describe('the texts', () => {
  const pair = keyPair();
  const order = randomOrder(random(3));
  const unsorted = joined(order, ['appKey', 'dealId', 'tpOrderId', 'totalAmount']);

  test('the one that should have been signed and the one that was are given', () => {
    const [finding] = diagnoseOrder(
      { ...order, rsaSign: sha1WithRsa(unsorted, pair.privateKey) },
      pair.publicKey,
    ).findings;
    expect(finding?.evidence).toMatchObject({ expected: joined(order), signedText: unsorted });
  });

  test('an encrypted text is shown even when nobody knows it', () => {
    const rsaSign = privateEncrypt(pair.privateKey, Buffer.from('what is this?')).toString('base64');
    const found = diagnoseOrder({ ...order, rsaSign }, pair.publicKey).findings;
    expect(found.map(finding => finding.code)).toEqual(['NO_DIGESTINFO_PLAINTEXT', 'TEXT_UNKNOWN']);
    expect(found[1]?.evidence.signedText).toBe('what is this?');
  });

  test('an unknown cause is said to be unknown', () => {
    const made = { ...order, rsaSign: sha1WithRsa('another text', pair.privateKey) };
    expect(diagnoseOrder(made, pair.publicKey, { locale: 'en' }).findings[0]?.message).toMatch(/unknown/);
    expect(diagnoseOrder(made, pair.publicKey, { locale: 'zh-CN' }).findings[0]?.message).toMatch(/未知/);
  });
});

describe('what is examined', () => {
  const pair = keyPair();
  const order = right(randomOrder(random(4)), pair.privateKey);

  test.each([
    ['bare', order],
    ['in Baidu’s envelope', { errno: 0, msg: 'success', data: order }],
    ['deeper', { code: 0, result: [{ payment: { orderInfo: order } }] }],
  ])('an orderInfo %s', (_where, input) => {
    expect(diagnoseOrder(input, pair.publicKey).findings).toEqual([]);
  });

  test('an orderInfo sent as text is read, and said', () => {
    expect(
      diagnoseOrder({ data: { orderInfo: JSON.stringify(order) } }, pair.publicKey).findings,
    ).toMatchObject([{ code: 'ORDERINFO_IS_TEXT', severity: 'warning' }]);
  });

  test('a private key in place of the public one is used, and said', () => {
    expect(diagnoseOrder(order, pair.privateKey).findings).toMatchObject([
      { code: 'KEY_IS_PRIVATE', severity: 'warning' },
    ]);
    const unsorted = {
      ...order,
      rsaSign: sha1WithRsa(joined(order, [...SIGNED].reverse()), pair.privateKey),
    };
    expect(errors(unsorted, pair.privateKey)).toEqual(['UNSORTED']);
  });

  test('without a key the form is examined and the rest is said to be unexamined', () => {
    expect(diagnoseOrder(order)).toMatchObject({ ok: true, findings: [{ code: 'KEY_NOT_GIVEN' }] });
  });

  test.each([
    ['ORDERINFO_NOT_FOUND', { errno: 1, msg: 'login first' }],
    ['ORDERINFO_NOT_OBJECT', 5],
    ['ORDERINFO_NOT_OBJECT', null],
    ['KEY_CASE', { ...order, dealId: undefined, dealID: order.dealId }],
    ['FIELD_MISSING', { ...order, dealTitle: undefined }],
    ['FIELD_MISSING', { ...order, rsaSign: null }],
    ['AMOUNT_NOT_INTEGER_FEN', { ...order, totalAmount: '113.00' }],
    ['NULL_OR_UNDEFINED_JOINED', { ...order, dealId: 'undefined' }],
    ['BIZINFO_NOT_STRING', { ...order, bizInfo: { tpData: {} } }],
    ['BIZINFO_NOT_JSON_OBJECT', { ...order, bizInfo: '"{}"' }],
    ['APPKEY_IS_MINIAPP_KEY', { ...order, appKey: '4fecoAqgCIUtzIyA4FAPgoyrc4oUc25c' }],
    ['SIGN_RANGE_NOT_1', { ...order, signFieldsRange: '0' }],
    ['NUMBER_LOST_DIGITS', { ...order, tpOrderId: 1349625084474417200 }],
    ['TOO_MANY_FIELDS', { ...order, ...Object.fromEntries([...Array(40).keys()].map(i => [`x${i}`, i])) }],
    ['TPORDERID_AMBIGUOUS', { ...order, tpOrderId: 'a&b' }],
    ['BANNEDCHANNELS_MISPLACED', { ...order, bannedChannels: ['WeChat'] }],
    ['RETURNDATA_NOT_OBJECT', { ...order, bizInfo: '{"tpData":{"returnData":[]}}' }],
  ] as [FindingCode, unknown][])('%s is named', (code, input) => {
    const { findings } = diagnoseOrder(input, pair.publicKey);
    expect(findings.map(finding => finding.code)).toContain(code);
  });

  test('findings about bizInfo quote the value or the name that is wrong', () => {
    const tpData = { totalAmount: '1', dealID: order.dealId, returnData: 'user_88' };
    const { findings } = diagnoseOrder({ ...order, bizInfo: JSON.stringify({ tpData }) }, pair.publicKey);
    expect(findings.map(({ code, evidence }) => [code, evidence])).toEqual([
      ['BIZINFO_TPDATA_MISMATCH', { field: 'totalAmount' }],
      ['BIZINFO_KEY_CASE', { field: 'dealId', sent: 'dealID' }],
      ['RETURNDATA_NOT_OBJECT', { field: 'bizInfo.tpData.returnData', sent: '"user_88"' }],
    ]);
  });

  test('numbers instead of strings are warned about, and the signature still holds', () => {
    const made = { ...order, totalAmount: Number(order.totalAmount), dealId: Number(order.dealId) };
    const { ok, findings } = diagnoseOrder(made, pair.publicKey);
    expect(ok).toBe(true);
    expect(new Set(findings.map(finding => finding.code))).toEqual(new Set(['NUMBER_INSTEAD_OF_STRING']));
  });
});

test('10,000 well-signed orders give no finding', () => {
  const pair = keyPair();
  const next = random(10_000);
  let found = 0;
  for (let i = 0; i < 10_000; i++) {
    found += diagnoseOrder(right(randomOrder(next), pair.privateKey), pair.publicKey).findings.length;
  }
  expect(found).toBe(0);
});

describe('hostile input ends in a finding, not in an exception', () => {
  const key = text(vector('order-bizinfo-ok').publicKeyPem);
  const order = orderOf(vector('order-bizinfo-ok'));
  const sampleKey = createPrivateKey(text(vector('order-bizinfo-ok').privateKeyPem));
  let deep: unknown = order;
  for (let i = 0; i < 100_000; i++) deep = { deep };
  const circular: Record<string, unknown> = {};
  circular.self = circular;

  test.each([
    ['nesting', deep],
    ['a circle', circular],
    ['nesting inside of an order', { ...order, x: deep }],
    ['a circle inside of an order', { ...order, x: circular }],
    ['a bigint', { ...order, x: 1n }],
    ['a function', () => order],
    ['a huge field', { ...order, tpOrderId: 'x'.repeat(1_000_000) }],
    ['a huge signature', { ...order, rsaSign: 'A'.repeat(1_000_000) }],
    ['a signature of zeros', { ...order, rsaSign: 'A'.repeat(171) + '=' }],
    ['a signature of ones', { ...order, rsaSign: Buffer.alloc(128, 255).toString('base64') }],
    ['nothing but percent signs', { ...order, rsaSign: '%00%ZZ%' }],
    ['lone surrogates', { ...order, tpOrderId: '\ud800' }],
    [
      'many unknown fields',
      { ...order, ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, i])), dealTitle: '' },
    ],
    [
      'a prototype',
      JSON.parse('{"__proto__":{"appKey":"a","dealId":"1"},"rsaSign":"x","appKey":"b"}') as unknown,
    ],
  ])('%s', (_what, input) => {
    const { ok, findings } = diagnoseOrder(input, key);
    expect([typeof ok, findings.length > 0]).toEqual(['boolean', true]);
  });

  test.each([
    ['bizInfo', JSON.stringify({ tpData: { a: '中&'.repeat(10_000) } })],
    ['tpOrderId', '单'.repeat(20_000)],
  ])('an endless %s, properly signed over something else, is given up', (field, value) => {
    const made = { ...order, [field]: value, rsaSign: sha1WithRsa('nobody knows', sampleKey) };
    expect(errors(made, key)).toContain('TEXT_UNKNOWN');
  });

  test.each(['', 'x', 'A'.repeat(100_000), '-----BEGIN PUBLIC KEY-----'])('a key like %.20j', bad => {
    const { ok, findings } = diagnoseOrder(order, bad);
    expect(ok).toBe(false);
    expect(findings[0]?.code).toMatch(/^KEY_/);
  });
});

test('a refusal is explained in short sentences, in both languages', () => {
  const each = vector('order-unsorted-doc-table-order');
  expect(explainRefusal(orderOf(each), text(each.publicKeyPem), 'en')).toEqual([
    expect.stringMatching(
      /^UNSORTED: The fields were joined in the order appKey, dealId, tpOrderId, totalAmount/,
    ),
  ]);
  expect(explainRefusal(orderOf(each), text(each.publicKeyPem))[0]).toMatch(/没有按名称排序/);
  expect(explainRefusal(orderOf(vector('order-bizinfo-ok')), text(each.publicKeyPem))).toEqual([]);
});

describe('a search that may not take long', () => {
  const { privateKey, publicKey } = keyPair();
  const order: Order = { ...randomOrder(random(7)), totalAmount: '11300', bizInfo: '' };
  const signedAs = (text: string): Order => ({ ...order, rsaSign: sha1WithRsa(text, privateKey) });
  const codes = (order: Order, tries?: number): FindingCode[] =>
    diagnoseOrder(order, publicKey, tries === undefined ? {} : { maxCandidates: tries }).findings.map(
      ({ code }) => code,
    );
  const elsewhere = signedAs(joined({ ...order, totalAmount: '99999' }));

  test('gives up after that many texts, where a longer one finds the reason', () => {
    expect(codes(elsewhere, 500_000)).toEqual(['AMOUNT_SIGNED_DIFFERS_FROM_SENT']);
    expect(codes(elsewhere)).toEqual(['TEXT_UNKNOWN']);
    expect(codes(elsewhere, 5000)).toEqual(['TEXT_UNKNOWN']);
    expect(explainRefusal(elsewhere, publicKey, 'en', { maxCandidates: 5000 })).toEqual([
      expect.stringMatching(/^TEXT_UNKNOWN/),
    ]);
  });

  test('still finds what is wrong most often', () => {
    expect(codes(signedAs(joined({ ...order, totalAmount: '4321' })))).toEqual([
      'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    ]);
    const backwards = [...SIGNED].reverse().map(name => `${name}=${order[name]}`);
    expect(codes(signedAs(backwards.join('&')))).toEqual(['UNSORTED']);
  });
});

describe('what one order can cost is bounded, whatever it holds', () => {
  const { privateKey, publicKey } = keyPair();
  const members = (count: number, value: string): Order =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, value]));
  const nonsense = (fields: Order): Order => {
    const order: Order = { ...randomOrder(random(3)), ...fields };
    return { ...order, rsaSign: sha1WithRsa('nobody knows', privateKey) };
  };

  const hashing = jest.requireActual<typeof Hashing>('../../../merchant/diagnose/hash');

  /** Texts that were hashed, and their characters. */
  function workOf(
    order: Order,
    maxCandidates?: number,
  ): { texts: number; characters: number; codes: string[] } {
    const hash = jest.spyOn(hashing, 'hash');
    try {
      const options = maxCandidates === undefined ? {} : { maxCandidates };
      const { findings } = diagnoseOrder(order, publicKey, options);
      const characters = hash.mock.calls.reduce((sum, [, text]) => sum + text.length, 0);
      return { texts: hash.mock.calls.length, characters, codes: findings.map(({ code }) => code) };
    } finally {
      hash.mockRestore();
    }
  }

  test.each([
    ['4,000 unknown members', members(4000, 'x')],
    ['28 long ones', members(28, 'y'.repeat(2000))],
    ['12 that are signed or not', members(9, '中'.repeat(2000))],
    ['a title of 60 KB', { dealTitle: '中&'.repeat(15_000) }],
    ['an order number of 60 KB', { tpOrderId: '中&'.repeat(15_000) }],
    ['an amount of 60 KB', { totalAmount: '9'.repeat(60_000) }],
  ] as [string, Order][])('%s', (_what, fields) => {
    const { texts, characters, codes } = workOf(nonsense(fields));
    expect(texts).toBeLessThanOrEqual(20_100);
    // Each digest that is tried hashes the text once more at most.
    expect(characters).toBeLessThanOrEqual(12_500_000);
    if (Object.keys(fields).length > 100) expect([texts, codes]).toEqual([0, ['TOO_MANY_FIELDS']]);
  });

  test('a longer search is bounded by the characters, too', () => {
    const { characters } = workOf(nonsense({ tpOrderId: 'a'.repeat(60_000) }), 50_000);
    expect(characters).toBeLessThanOrEqual(31_000_000);
  });
});

test('a number beyond 2^53 is quoted as it was written, and what is signed is still examined', () => {
  const { privateKey, publicKey } = keyPair();
  const order: Order = { ...randomOrder(random(4)), tpOrderId: '1349625084474417153', bizInfo: '' };
  const text = JSON.stringify({ ...order, rsaSign: sha1WithRsa(joined(order), privateKey) });
  const unquoted = readReceivedOrder(text.replace('"1349625084474417153"', '1349625084474417153'));
  if (!unquoted.ok) throw new Error(unquoted.finding.code);
  const { findings } = examineOrder(unquoted.value, publicKey, { exact: unquoted.exact });
  expect(findings).toMatchObject([
    {
      code: 'NUMBER_LOST_DIGITS',
      evidence: { field: 'tpOrderId', sent: '1349625084474417153', read: '1349625084474417200' },
    },
  ]);
});

describe('an order that was pasted', () => {
  const { privateKey, publicKey } = keyPair();
  const number = '1349625084474417153';
  const bizInfo = (order: Order): string => {
    const { appKey, dealId, totalAmount, tpOrderId } = order;
    return JSON.stringify({ tpData: { appKey, dealId, totalAmount, tpOrderId } });
  };
  const made: Order = { ...randomOrder(random(4)), tpOrderId: number };
  const order: Order = {
    ...made,
    bizInfo: bizInfo(made),
    rsaSign: sha1WithRsa(joined(made), privateKey),
  };
  const examined = (text: string): unknown => {
    const received = readReceivedOrder(text);
    if (!received.ok) return [received.finding.code];
    const { value, exact, findings } = received;
    return examineOrder(value, publicKey, { exact, findings }).findings.map(({ code }) => code);
  };
  const unquoted = JSON.stringify(order).replace(`"tpOrderId":"${number}"`, `"tpOrderId":${number}`);

  test('as print_r of PHP is the whole order, not the bizInfo in it', () => {
    const lines = Object.entries(order).map(([name, value]) => `    [${name}] => ${value}`);
    expect(examined(`Array\n(\n${lines.join('\n')}\n)\n`)).toEqual(['INPUT_EXTRACTED']);
  });

  test('with an unquoted number has lost digits, and nothing else is wrong with it', () => {
    expect(examined(unquoted)).toEqual(['NUMBER_LOST_DIGITS']);
    expect(examined(`[12:00] order: ${unquoted}`)).toEqual(['NUMBER_LOST_DIGITS', 'INPUT_EXTRACTED']);
    expect(examined(JSON.stringify({ orderInfo: unquoted }))).toEqual([
      'NUMBER_LOST_DIGITS',
      'ORDERINFO_IS_TEXT',
    ]);
  });

  test('is not looked for in a notification', () => {
    const notification = new URLSearchParams(bodyOf(platform));
    expect(examined(notification.toString())).toEqual(['INPUT_IS_NOTIFICATION']);
    expect(examined(JSON.stringify(Object.fromEntries(notification)))).toEqual(['INPUT_IS_NOTIFICATION']);
  });
});

describe('a signature that was cut off', () => {
  const { privateKey, publicKey } = keyPair();
  const order = randomOrder(random(5));
  const signature = Buffer.from(sha1WithRsa(joined(order), privateKey), 'base64');
  const found = (rsaSign: string): unknown => diagnoseOrder({ ...order, rsaSign }, publicKey).findings.at(-1);

  test('is measured in the characters of its own writing', () => {
    const evidence = { characters: '128', expectedCharacters: '172' };
    expect(found(signature.toString('base64').slice(0, 128))).toMatchObject({
      code: 'SIGNATURE_CUT',
      evidence,
    });
    expect(found(signature.toString('hex').slice(0, 128))).toMatchObject({
      code: 'SIGNATURE_CUT',
      evidence: { ...evidence, expectedCharacters: '256' },
    });
  });

  test('is measured in bytes when it is a list of numbers', () => {
    expect(found(`[${[...signature.subarray(0, 64)].join(',')}]`)).toMatchObject({
      code: 'SIGNATURE_LENGTH',
      evidence: { length: '64', expectedLength: '128' },
    });
  });
});

test.each([
  ['quotes that never close', '"' + '\\"'.repeat(32_000), 'INPUT_NOT_JSON'],
  ['brackets', '['.repeat(65_000), 'INPUT_TOO_DEEP'],
  ['brackets behind a quote', '"' + '{'.repeat(65_000), 'INPUT_NOT_JSON'],
])('%s are read once', (_what, text, code) => {
  expect(readReceivedOrder(text)).toMatchObject({ ok: false, finding: { code } });
});
