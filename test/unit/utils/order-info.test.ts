import { sign } from 'node:crypto';
import fc from 'fast-check';
import { checkBase64, type OrderInfoCode, parseOrderInfo } from '../../../utils/order-info';
import { keyPair } from '../../support/key-pair';

const { privateKey } = keyPair();
const rsaSign = sign('sha1', Buffer.from('text'), privateKey).toString('base64');
const good = {
  dealId: '470193086',
  appKey: 'MMMabc',
  totalAmount: '11300',
  tpOrderId: '3028903626',
  dealTitle: '爱鲜蜂',
  signFieldsRange: '1',
  rsaSign,
};
const codes = (input: unknown): OrderInfoCode[] => parseOrderInfo(input).problems.map(({ code }) => code);

test('a good one comes through byte for byte, as a copy', () => {
  const { orderInfo, problems } = parseOrderInfo(good);
  expect(problems).toEqual([]);
  expect(orderInfo).toEqual(good);
  expect(orderInfo).not.toBe(good);
});

describe('an error keeps the cashier shut', () => {
  const errors: [string, unknown, OrderInfoCode, string][] = [
    ['nothing', undefined, 'ORDERINFO_NOT_OBJECT', ''],
    ['null', null, 'ORDERINFO_NOT_OBJECT', ''],
    ['a list', [good], 'ORDERINFO_NOT_OBJECT', ''],
    ['text that is no JSON', 'dealId=1', 'ORDERINFO_NOT_OBJECT', ''],
    ...Object.keys(good).flatMap(field =>
      [undefined, null, ''].map((value): [string, unknown, OrderInfoCode, string] => [
        `${field}: ${JSON.stringify(value)}`,
        { ...good, [field]: value },
        'FIELD_MISSING',
        field,
      ]),
    ),
    ['an amount in yuan', { ...good, totalAmount: '113.00' }, 'AMOUNT_NOT_INTEGER_FEN', 'totalAmount'],
    ['a negative amount', { ...good, totalAmount: -1 }, 'AMOUNT_NOT_INTEGER_FEN', 'totalAmount'],
    ['bizInfo as an object', { ...good, bizInfo: { tpData: {} } }, 'BIZINFO_NOT_STRING', 'bizInfo'],
    ['bizInfo as a list', { ...good, bizInfo: '[]' }, 'BIZINFO_NOT_JSON_OBJECT', 'bizInfo'],
    [
      'a signature in URL form',
      { ...good, rsaSign: encodeURIComponent(rsaSign + '==') },
      'BASE64_PERCENT_ENCODED',
      'rsaSign',
    ],
    [
      'a signature in lines',
      { ...good, rsaSign: rsaSign.replace(/.{64}/g, '$&\n') },
      'BASE64_LINE_BREAKS',
      'rsaSign',
    ],
    ['a signature with blanks', { ...good, rsaSign: ` ${rsaSign}` }, 'BASE64_PLUS_BECAME_SPACE', 'rsaSign'],
    [
      'a signature in hex',
      { ...good, rsaSign: Buffer.from(rsaSign, 'base64').toString('hex') },
      'HEX_INSTEAD_OF_BASE64',
      'rsaSign',
    ],
    [
      'a signature encoded twice',
      { ...good, rsaSign: Buffer.from(rsaSign).toString('base64') },
      'DOUBLE_BASE64',
      'rsaSign',
    ],
    ['no signature at all', { ...good, rsaSign: '签名' }, 'NOT_BASE64', 'rsaSign'],
    [
      'a cut signature',
      { ...good, rsaSign: rsaSign.replace(/=+$/, '').slice(0, -1) },
      'BASE64_NO_PADDING',
      'rsaSign',
    ],
  ];
  test.each(errors)('%s', (_, input, code, field) => {
    const { orderInfo, problems } = parseOrderInfo(input);
    expect(orderInfo).toBeNull();
    expect(problems).toContainEqual(expect.objectContaining({ code, field, severity: 'error' }));
  });

  test('a signature in the URL-safe alphabet', () => {
    expect(checkBase64('ab-_'.repeat(43))).toBe('BASE64_URLSAFE');
  });
});

describe('a warning lets it through, mended', () => {
  const warnings: [string, unknown, OrderInfoCode, object][] = [
    ['JSON text', JSON.stringify(good), 'ORDERINFO_IS_TEXT', good],
    ['a number for the amount', { ...good, totalAmount: 11300 }, 'NUMBER_INSTEAD_OF_STRING', good],
    ['a number for the order', { ...good, tpOrderId: 3028903626 }, 'NUMBER_INSTEAD_OF_STRING', good],
    [
      'an old signature',
      { ...good, signFieldsRange: '0' },
      'SIGN_RANGE_NOT_1',
      { ...good, signFieldsRange: '0' },
    ],
    [
      "the mini-program's key",
      { ...good, appKey: 'a'.repeat(32) },
      'APPKEY_IS_MINIAPP_KEY',
      { ...good, appKey: 'a'.repeat(32) },
    ],
    [
      'a strange order number',
      { ...good, tpOrderId: 'A 1' },
      'TPORDERID_CHARSET',
      { ...good, tpOrderId: 'A 1' },
    ],
  ];
  test.each(warnings)('%s', (_, input, code, expected) => {
    const { orderInfo } = parseOrderInfo(input);
    expect(codes(input)).toEqual([code]);
    expect(orderInfo).toEqual(expected);
  });

  test('signFieldsRange as the number 1, which Baidu itself sends, needs no warning', () => {
    expect(codes({ ...good, signFieldsRange: 1 })).toEqual([]);
  });

  test('bizInfo that says something else than the order', () => {
    const bizInfo = JSON.stringify({ tpData: { totalAmount: '1', appkey: 'MMMabc', dealId: '470193086' } });
    expect(codes({ ...good, bizInfo }).sort()).toEqual(['BIZINFO_KEY_CASE', 'BIZINFO_TPDATA_MISMATCH']);
  });
});

test('fields that are absent in the way of Java and PHP are absent', () => {
  expect(parseOrderInfo({ ...good, bizInfo: null, notifyUrl: undefined }).orderInfo).toEqual(good);
});

test('no message holds the signature', () => {
  const { problems } = parseOrderInfo({ ...good, rsaSign: `${rsaSign} ` });
  for (const { message } of problems) expect(message).not.toContain(rsaSign);
});

test('whatever a backend sends, nothing is thrown', () => {
  const odd = fc.constantFrom({ toString: 1 }, { toString: 1, valueOf: 1 }, Object.create(null) as object);
  const value = fc.oneof(fc.jsonValue(), odd, fc.anything());
  const input = fc.oneof(
    value,
    fc.string(),
    fc.record(Object.fromEntries([...Object.keys(good), 'bizInfo'].map(field => [field, value])), {
      requiredKeys: [],
    }),
  );
  fc.assert(
    fc.property(input, any => {
      const { orderInfo, problems } = parseOrderInfo(any);
      expect(orderInfo === null).toBe(problems.some(({ severity }) => severity === 'error'));
    }),
  );
});
