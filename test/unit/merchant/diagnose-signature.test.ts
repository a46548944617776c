import { privateEncrypt, sign } from 'node:crypto';
import { diagnoseOrder } from '../../../merchant';
import type { FindingCode } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { joinFields, seededRandom, randomOrder, sha1WithRsa } from './random-orders';
import type { Order } from './random-orders';
import {
  errorsOf,
  formEncode,
  MISTAKES,
  signOrder,
  withDigest,
  withMixedPss,
  withPss,
} from './signing-mistakes';
import { required } from './vectors';

test('diagnoseOrder reports PSS_PADDING when the mask has another digest than the text', () => {
  const { privateKey, publicKey } = createKeyPair();
  const order = { ...randomOrder(seededRandom(3)), bizInfo: '' };
  const found = errorsOf(withMixedPss(order, privateKey), publicKey);
  expect(found).toEqual(expect.arrayContaining(['PSS_PADDING', 'WRONG_DIGEST_SHA256']));
});

// The length of a key decides how a signature is read, not how a text is searched: one order of each kind will do for the other.
describe.each([
  [1024, 4],
  [2048, 1],
])('diagnoseOrder with keys of %d bits', (bits, rounds) => {
  const pair = createKeyPair(bits);
  const other = createKeyPair(bits);

  test.each(MISTAKES.map(([code, how, needs, make]) => [code, how, needs, make] as const))(
    'reports %s when an order was signed with this mistake: %s',
    (code, how, needs, make) => {
      const next = seededRandom(bits + code.length * 131 + how.length);
      for (let round = 0; round < rounds; round++) {
        const order = make(randomOrder(next, needs === 'special' || round % 3 === 2), pair.privateKey, next);
        expect({ order, codes: errorsOf(order, pair.publicKey) }).toEqual({ order, codes: [code] });
      }
    },
  );

  test('distinguishes a wrong key from a wrong text when neither is known', () => {
    const next = seededRandom(bits);
    for (let round = 0; round < 20; round++) {
      const order = randomOrder(next);
      expect(errorsOf(signOrder(order, other.privateKey), pair.publicKey)).toEqual(['WRONG_KEY']);
    }
    const nonsense = { ...randomOrder(next), rsaSign: sha1WithRsa('unknown text', pair.privateKey) };
    const { findings } = diagnoseOrder(nonsense, pair.publicKey);
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'TEXT_UNKNOWN' }]);
  });
});

test('diagnoseOrder reports WRONG_KEY_SIZE when the key is shorter or longer than that of the signature', () => {
  const [small, large] = [createKeyPair(1024), createKeyPair(2048)];
  const order = randomOrder(seededRandom(1));
  expect(errorsOf(signOrder(order, small.privateKey), large.publicKey)).toEqual(['WRONG_KEY_SIZE']);
  expect(errorsOf(signOrder(order, large.privateKey), small.publicKey)).toEqual(['WRONG_KEY_SIZE']);
});

describe('diagnoseOrder with two mistakes', () => {
  const pair = createKeyPair();
  const key = pair.privateKey;
  const order = randomOrder(seededRandom(7));
  const special = randomOrder(seededRandom(8), true);
  const docOrder = ['appKey', 'dealId', 'tpOrderId', 'totalAmount'];
  const base64 = (bytes: Buffer): string => bytes.toString('base64');

  test.each([
    [
      ['UNSORTED', 'TRAILING_AMP'],
      { ...order, rsaSign: sha1WithRsa(joinFields(order, docOrder) + '&', key) },
    ],
    [
      ['UNSORTED', 'VALUES_CONCATENATED'],
      { ...order, rsaSign: sha1WithRsa(docOrder.map(n => order[n]).join(''), key) },
    ],
    [
      ['WRONG_DIGEST_SHA256', 'UNSORTED'],
      { ...order, rsaSign: base64(sign('RSA-SHA256', Buffer.from(joinFields(order, docOrder)), key)) },
    ],
    [['PSS_PADDING', 'WRONG_DIGEST_SHA256'], withPss('RSA-SHA256', 32)(order, key, Math.random)],
    [
      ['NO_DIGESTINFO_PLAINTEXT', 'KEY_CASE'],
      {
        ...order,
        rsaSign: base64(privateEncrypt(key, Buffer.from(joinFields(order).replace('dealId', 'dealID')))),
      },
    ],
    [
      ['RANGE1_SIGNED_WITHOUT_TOTALAMOUNT', 'EXTRA_FIELDS_SIGNED'],
      {
        ...order,
        rsaSign: sha1WithRsa(joinFields(order, ['appKey', 'dealId', 'dealTitle', 'tpOrderId']), key),
      },
    ],
    [['EXTRA_FIELDS_SIGNED', 'JSON_SIGNED'], { ...order, rsaSign: sha1WithRsa(JSON.stringify(order), key) }],
    [
      ['AMOUNT_SIGNED_DIFFERS_FROM_SENT', 'UNSORTED'],
      {
        ...order,
        rsaSign: sha1WithRsa(joinFields({ ...order, totalAmount: order.totalAmount + '.00' }, docOrder), key),
      },
    ],
    [
      ['VALUES_URLENCODED', 'UNSORTED'],
      {
        ...special,
        rsaSign: sha1WithRsa(docOrder.map(n => `${n}=${formEncode(required(special[n]))}`).join('&'), key),
      },
    ],
    [
      ['HEX_INSTEAD_OF_BASE64', 'UNSORTED'],
      {
        ...order,
        rsaSign: Buffer.from(sha1WithRsa(joinFields(order, docOrder), key), 'base64').toString('hex'),
      },
    ],
    [
      ['BASE64_PERCENT_ENCODED', 'BASE64_LINE_BREAKS'],
      {
        ...order,
        rsaSign: encodeURIComponent(sha1WithRsa(joinFields(order), key).replace(/(.{64})/g, '$1\n')),
      },
    ],
    [
      ['BASE64_LINE_BREAKS', 'WRONG_KEY'],
      {
        ...order,
        rsaSign: sha1WithRsa(joinFields(order), createKeyPair().privateKey).replace(/(.{76})/g, '$1\n'),
      },
    ],
    [
      ['AMOUNT_NOT_INTEGER_FEN', 'UNSORTED'],
      {
        ...order,
        totalAmount: '1.50',
        rsaSign: sha1WithRsa(joinFields({ ...order, totalAmount: '1.50' }, docOrder), key),
      },
    ],
    [
      ['BIZINFO_NOT_JSON_OBJECT', 'WRONG_DIGEST_MD5'],
      withDigest('RSA-MD5')({ ...order, bizInfo: '[1]' }, key, Math.random),
    ],
  ] as [FindingCode[], Order][])('reports both when they are %j', (codes, made) => {
    expect(errorsOf(made, pair.publicKey).sort()).toEqual([...codes].sort());
  });

  test('says that the signed text cannot be shown when the key is wrong', () => {
    const made = signOrder(order, createKeyPair().privateKey);
    const [finding] = diagnoseOrder(made, pair.publicKey, { locale: 'en' }).findings;
    expect(finding?.message).toMatch(/cannot show what was signed/);
  });
});

describe('the evidence of a finding', () => {
  const pair = createKeyPair();
  const order = randomOrder(seededRandom(3));
  const unsorted = joinFields(order, ['appKey', 'dealId', 'tpOrderId', 'totalAmount']);

  test('has the expected and the signed text when the mistake is known', () => {
    const [finding] = diagnoseOrder(
      { ...order, rsaSign: sha1WithRsa(unsorted, pair.privateKey) },
      pair.publicKey,
    ).findings;
    expect(finding?.evidence).toMatchObject({ expected: joinFields(order), signedText: unsorted });
  });

  test('has the signed text when it was encrypted without a digest', () => {
    const rsaSign = privateEncrypt(pair.privateKey, Buffer.from('what is this?')).toString('base64');
    const found = diagnoseOrder({ ...order, rsaSign }, pair.publicKey).findings;
    expect(found.map(finding => finding.code)).toEqual(['NO_DIGESTINFO_PLAINTEXT', 'TEXT_UNKNOWN']);
    expect(found[1]?.evidence.signedText).toBe('what is this?');
  });

  test('is a message that the cause is unknown when the text is', () => {
    const made = { ...order, rsaSign: sha1WithRsa('another text', pair.privateKey) };
    expect(diagnoseOrder(made, pair.publicKey, { locale: 'en' }).findings[0]?.message).toMatch(/unknown/);
    expect(diagnoseOrder(made, pair.publicKey, { locale: 'zh-CN' }).findings[0]?.message).toMatch(/未知/);
  });
});

describe('the finding of a signature that was cut off', () => {
  const { privateKey, publicKey } = createKeyPair();
  const order = randomOrder(seededRandom(5));
  const signature = Buffer.from(sha1WithRsa(joinFields(order), privateKey), 'base64');
  const found = (rsaSign: string): unknown => diagnoseOrder({ ...order, rsaSign }, publicKey).findings.at(-1);

  test('counts the characters of its encoding when it is base64 or hex', () => {
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

  test('counts bytes when it is a list of numbers', () => {
    expect(found(`[${[...signature.subarray(0, 64)].join(',')}]`)).toMatchObject({
      code: 'SIGNATURE_LENGTH',
      evidence: { length: '64', expectedLength: '128' },
    });
  });
});
