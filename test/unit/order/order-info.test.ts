import fc from 'fast-check';
import { type OrderInfoCode, parseOrderInfo } from '../../../utils/order/order-info';

const good = {
  dealId: '470193086',
  appKey: 'MMMabc',
  totalAmount: '11300',
  tpOrderId: '3028903626',
  dealTitle: '爱鲜蜂',
  signFieldsRange: '1',
  rsaSign: 'TN0ZNPyQeTn+/aGc0=',
};
const codes = (input: unknown): OrderInfoCode[] => parseOrderInfo(input).problems.map(({ code }) => code);
const withTpData = (tpData: unknown, more: object = {}): object => ({
  ...good,
  ...more,
  bizInfo: JSON.stringify({ tpData }),
});

test('parseOrderInfo returns a copy, byte for byte, when nothing is wrong', () => {
  const { orderInfo, problems } = parseOrderInfo(good);
  expect(problems).toEqual([]);
  expect(orderInfo).toEqual(good);
  expect(orderInfo).not.toBe(good);
});

describe('parseOrderInfo refuses', () => {
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
    ['a signature that is not text', { ...good, rsaSign: {} }, 'FIELD_MISSING', 'rsaSign'],
    ['an id with a fraction', { ...good, dealId: 1.5 }, 'FIELD_MISSING', 'dealId'],
    ['an amount in yuan', { ...good, totalAmount: '113.00' }, 'AMOUNT_NOT_INTEGER_FEN', 'totalAmount'],
    ['a negative amount', { ...good, totalAmount: -1 }, 'AMOUNT_NOT_INTEGER_FEN', 'totalAmount'],
    ['an amount beyond 2^53', { ...good, totalAmount: 1e17 }, 'AMOUNT_NOT_INTEGER_FEN', 'totalAmount'],
    ['bizInfo as an object', { ...good, bizInfo: { tpData: {} } }, 'BIZINFO_NOT_STRING', 'bizInfo'],
    ['bizInfo as a list', { ...good, bizInfo: '[]' }, 'BIZINFO_NOT_JSON_OBJECT', 'bizInfo'],
  ];
  test.each(errors)('%s', (_, input, code, field) => {
    const { orderInfo, problems } = parseOrderInfo(input);
    expect(orderInfo).toBeNull();
    expect(problems).toContainEqual(expect.objectContaining({ code, field, severity: 'error' }));
  });

  test.each(['tpOrderId', 'dealId', 'appKey'])('%s when it is a number that lost digits', field => {
    const unquoted = JSON.stringify(good).replace(
      `"${good[field as 'dealId']}"`,
      // What a backend writes for a snowflake id; read, it is …417200.
      '1349625084474417153',
    );
    const { orderInfo, problems } = parseOrderInfo(JSON.parse(unquoted));
    expect(orderInfo).toBeNull();
    expect(problems).toEqual([
      {
        code: 'NUMBER_LOST_DIGITS',
        severity: 'error',
        field,
        message: `orderInfo.${field}: number lost digits beyond 2^53: send it in quotes`,
      },
    ]);
  });
});

describe('parseOrderInfo warns and mends', () => {
  const warnings: [string, unknown, OrderInfoCode, object][] = [
    ['JSON text', JSON.stringify(good), 'ORDERINFO_IS_TEXT', good],
    ['a number for the amount', { ...good, totalAmount: 11300 }, 'NUMBER_INSTEAD_OF_STRING', good],
    ['a number for the order', { ...good, tpOrderId: 3028903626 }, 'NUMBER_INSTEAD_OF_STRING', good],
    [
      'the largest number that has all its digits',
      { ...good, tpOrderId: Number.MAX_SAFE_INTEGER },
      'NUMBER_INSTEAD_OF_STRING',
      { ...good, tpOrderId: '9007199254740991' },
    ],
  ];
  test.each(warnings)('%s', (_, input, code, expected) => {
    const { orderInfo, problems } = parseOrderInfo(input);
    expect(problems).toMatchObject([{ code, severity: 'warning' }]);
    expect(orderInfo).toEqual(expected);
  });
});

describe('parseOrderInfo warns and changes nothing', () => {
  const warnings: [string, object, OrderInfoCode, string][] = [
    ['an old signature', { ...good, signFieldsRange: '0' }, 'SIGN_RANGE_NOT_1', 'signFieldsRange'],
    ["the mini-program's key", { ...good, appKey: 'a'.repeat(32) }, 'APPKEY_IS_MINIAPP_KEY', 'appKey'],
    ['an order number with &', { ...good, tpOrderId: 'A&1' }, 'TPORDERID_AMBIGUOUS', 'tpOrderId'],
    ['an order number with =', { ...good, tpOrderId: 'a=1' }, 'TPORDERID_AMBIGUOUS', 'tpOrderId'],
    [
      'bannedChannels inside orderInfo',
      { ...good, bannedChannels: ['WeChat'] },
      'BANNEDCHANNELS_MISPLACED',
      'bannedChannels',
    ],
    ['a misspelt name', withTpData({ appkey: 'MMMabc' }), 'BIZINFO_KEY_CASE', 'bizInfo.tpData.appkey'],
    [
      'another amount in bizInfo',
      withTpData({ totalAmount: '1' }),
      'BIZINFO_TPDATA_MISMATCH',
      'bizInfo.tpData.totalAmount',
    ],
    [
      'another amount in bizInfo, as a number',
      withTpData({ totalAmount: 1 }),
      'BIZINFO_TPDATA_MISMATCH',
      'bizInfo.tpData.totalAmount',
    ],
    ...['', [], 'user_88', 12345, true].map((returnData): [string, object, OrderInfoCode, string] => [
      `returnData ${JSON.stringify(returnData)}`,
      withTpData({ returnData }),
      'RETURNDATA_NOT_OBJECT',
      'bizInfo.tpData.returnData',
    ]),
  ];
  test.each(warnings)('%s', (_, input, code, field) => {
    const { orderInfo, problems } = parseOrderInfo(input);
    expect(problems).toMatchObject([{ code, field, severity: 'warning' }]);
    expect(orderInfo).toEqual(input);
  });
});

describe('parseOrderInfo does not report', () => {
  test.each<[string, object]>([
    ['signFieldsRange as the number 1, which Baidu itself sends', { ...good, signFieldsRange: 1 }],
    ['an order number of another alphabet', { ...good, tpOrderId: '商城20260101' }],
    ['an order number with | and *', { ...good, tpOrderId: 'T|2026*1' }],
    ['an order number with /', { ...good, tpOrderId: '2026/01-5' }],
    ['returnData that is an object', withTpData({ returnData: { bizKey1: 'v' } })],
    ['returnData that is null, as Java writes it', withTpData({ returnData: null })],
    ['an amount that bizInfo has as a number', withTpData({ totalAmount: 11300 })],
    ['a settlement id that bizInfo has as a number', withTpData({ dealId: 470193086 })],
    ['bizInfo without tpData', { ...good, bizInfo: '{}' }],
  ])('%s', (_, input) => {
    expect(codes(input)).toEqual([]);
  });

  test('a number in bizInfo that JSON rounded when the quoted one outside is exact', () => {
    const bizInfo = '{"tpData":{"tpOrderId":1349625084474417153}}';
    expect(codes({ ...good, tpOrderId: '1349625084474417153', bizInfo })).toEqual([]);
  });

  test('a mismatch when outside and bizInfo have the same number in different types', () => {
    const values = [1990, '1990'];
    for (const outside of values) {
      for (const inside of values) {
        const found = codes(withTpData({ totalAmount: inside }, { totalAmount: outside }));
        expect(found).not.toContain('BIZINFO_TPDATA_MISMATCH');
      }
    }
  });
});

test('parseOrderInfo drops fields when they are null or undefined', () => {
  expect(parseOrderInfo({ ...good, bizInfo: null, notifyUrl: undefined }).orderInfo).toEqual(good);
});

test('parseOrderInfo throws nothing and is consistent when the input is arbitrary', () => {
  const odd = fc.constantFrom({ toString: 1 }, { toString: 1, valueOf: 1 }, Object.create(null) as object);
  const value = fc.oneof(fc.jsonValue(), odd, fc.anything());
  const tpData = fc.dictionary(
    fc.constantFrom('dealId', 'dealID', 'totalAmount', 'returnData'),
    fc.oneof(fc.jsonValue(), odd),
  );
  const bizInfo = fc.oneof(
    value,
    tpData.map(data => JSON.stringify({ tpData: data })),
  );
  const input = fc.oneof(
    value,
    fc.string(),
    fc.record(
      { ...Object.fromEntries(Object.keys(good).map(field => [field, value])), bizInfo },
      { requiredKeys: [] },
    ),
    bizInfo.map(each => ({ ...good, bizInfo: each })),
  );
  fc.assert(
    fc.property(input, any => {
      const { orderInfo, problems } = parseOrderInfo(any);
      expect(orderInfo === null).toBe(problems.some(({ severity }) => severity === 'error'));
    }),
  );
});

test('parseOrderInfo leaves the signature out of its messages when there are problems', () => {
  const { problems } = parseOrderInfo({ ...good, rsaSign: `${good.rsaSign} `, tpOrderId: 'a&b', dealId: '' });
  expect(problems).toHaveLength(2);
  for (const { message } of problems) expect(message).not.toContain(good.rsaSign);
});
