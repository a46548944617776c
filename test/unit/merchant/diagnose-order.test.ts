import { diagnoseOrder, explainRefusal } from '../../../merchant';
import type { FindingCode } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { joinFields, seededRandom, randomOrder, sha1WithRsa, SIGNED_FIELDS } from './random-orders';
import { errorsOf, signOrder } from './signing-mistakes';
import { orderOf, required, vector, vectors } from './vectors';

describe('diagnoseOrder with a published or derived order', () => {
  const orders = vectors.filter(each => each.kind === 'order' && each.publicKeyPem);

  /** Adds the notifyUrl that was signed, too, because the vector's order does not have it. */
  const withExtras = (each: (typeof orders)[number]): Record<string, unknown> => {
    const notifyUrl = /notifyUrl=([^&]+)/.exec(each.stringToSign ?? '')?.[1];
    return { ...orderOf(each), ...(notifyUrl ? { notifyUrl } : {}) };
  };

  test.each(orders.map(each => [each.diagnosis ?? 'nothing', each.name, each] as const))(
    'reports %s when the order is %s',
    (_code, _name, each) => {
      const { ok, findings } = diagnoseOrder(withExtras(each), required(each.publicKeyPem));
      const codes = findings.map(finding => finding.code);
      if (each.diagnosis && each.diagnosis !== 'OK') expect(codes[0]).toBe(each.diagnosis);
      else if (each.verifies) expect(ok).toBe(true);
      else expect(codes).toContain('WRONG_KEY');
    },
  );
});

describe('diagnoseOrder', () => {
  const pair = createKeyPair();
  const order = signOrder(randomOrder(seededRandom(4)), pair.privateKey);

  test.each([
    ['bare', order],
    ['in Baidu’s envelope', { errno: 0, msg: 'success', data: order }],
    ['deeper in an answer', { code: 0, result: [{ payment: { orderInfo: order } }] }],
  ])('finds the orderInfo when it is %s', (_where, input) => {
    expect(diagnoseOrder(input, pair.publicKey).findings).toEqual([]);
  });

  test.each(['appKey', 'dealId', 'totalAmount'])('shows the line end with which %s was signed', field => {
    const signed = joinFields({ ...order, [field]: `${order[field as 'appKey']}\r` }, SIGNED_FIELDS);
    const [found] = diagnoseOrder(
      { ...order, rsaSign: sha1WithRsa(signed, pair.privateKey) },
      pair.publicKey,
      {
        locale: 'en',
      },
    ).findings;
    expect(found?.code).toMatch(/DIFFERS_FROM_SENT$/);
    expect(found?.message).toContain(`was signed as "${order[field as 'appKey']}\\r" but`);
  });

  test('asks whether the key is 平台公钥 when it did not make the signature', () => {
    const { findings } = diagnoseOrder(order, createKeyPair().publicKey);
    expect(findings).toMatchObject([{ code: 'WRONG_KEY', fix: expect.stringMatching(/平台公钥/) as string }]);
  });

  test('warns and examines the order when it was sent as text', () => {
    expect(
      diagnoseOrder({ data: { orderInfo: JSON.stringify(order) } }, pair.publicKey).findings,
    ).toMatchObject([{ code: 'ORDERINFO_IS_TEXT', severity: 'warning' }]);
  });

  test('warns and uses the public half when it is given the private key', () => {
    expect(diagnoseOrder(order, pair.privateKey).findings).toMatchObject([
      { code: 'KEY_IS_PRIVATE', severity: 'warning' },
    ]);
    const unsorted = {
      ...order,
      rsaSign: sha1WithRsa(joinFields(order, [...SIGNED_FIELDS].reverse()), pair.privateKey),
    };
    expect(errorsOf(unsorted, pair.privateKey)).toEqual(['UNSORTED']);
  });

  test('gives the finding KEY_NOT_GIVEN when no key is given', () => {
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
    ['FIELD_MISSING', { ...order, signFieldsRange: { toString: '' } }],
    ['NUMBER_LOST_DIGITS', { ...order, tpOrderId: 1349625084474417200 }],
    ['TOO_MANY_FIELDS', { ...order, ...Object.fromEntries([...Array(40).keys()].map(i => [`x${i}`, i])) }],
    ['TPORDERID_AMBIGUOUS', { ...order, tpOrderId: 'a&b' }],
    ['BANNEDCHANNELS_MISPLACED', { ...order, bannedChannels: ['WeChat'] }],
    ['RETURNDATA_NOT_OBJECT', { ...order, bizInfo: '{"tpData":{"returnData":[]}}' }],
  ] as [FindingCode, unknown][])('reports %s when the order has this problem (%#)', (code, input) => {
    const { findings } = diagnoseOrder(input, pair.publicKey);
    expect(findings.map(finding => finding.code)).toContain(code);
  });

  const renamed = (style: (name: string) => string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(order).map(([name, value]) => [style(name), value]));

  test.each([
    ['snake_case', renamed(name => name.replace(/[A-Z]/g, letter => '_' + letter.toLowerCase()))],
    ['PascalCase', renamed(name => name.charAt(0).toUpperCase() + name.slice(1))],
    ['lower case', renamed(name => name.toLowerCase())],
    ['another name for rsaSign', renamed(name => (name === 'rsaSign' ? 'sign' : name))],
  ])('reports KEY_CASE alone when the names of a right order are in %s', (_style, input) => {
    const { findings } = diagnoseOrder({ code: 0, data: input }, pair.publicKey);
    expect(findings.map(({ code }) => code)).toEqual(['KEY_CASE']);
  });

  test.each([
    ['tpOrderId', '\ufeffT1', 'tpOrderId is "\\u{feff}T1"'],
    ['dealId', '470193086\u200b', 'dealId is "470193086\\u{200b}"'],
    ['appKey', 'MMM\u00a0abc', 'appKey is "MMM\\u{a0}abc"'],
  ])('shows the invisible character when %s has one', (field, value, words) => {
    const { findings } = diagnoseOrder({ ...order, [field]: value }, pair.publicKey, { locale: 'en' });
    expect(findings.map(({ message }) => message).join('\n')).toContain(words);
  });

  test('quotes the wrong value or name when bizInfo has a problem', () => {
    const tpData = { totalAmount: '1', dealID: order.dealId, returnData: 'user_88' };
    const { findings } = diagnoseOrder({ ...order, bizInfo: JSON.stringify({ tpData }) }, pair.publicKey);
    expect(findings.map(({ code, evidence }) => [code, evidence])).toEqual([
      ['BIZINFO_TPDATA_MISMATCH', { field: 'totalAmount' }],
      ['BIZINFO_KEY_CASE', { field: 'dealId', sent: 'dealID' }],
      ['RETURNDATA_NOT_OBJECT', { field: 'bizInfo.tpData.returnData', sent: '"user_88"' }],
    ]);
  });

  test('warns when numbers are sent instead of strings and the signature holds', () => {
    const made = { ...order, totalAmount: Number(order.totalAmount), dealId: Number(order.dealId) };
    const { ok, findings } = diagnoseOrder(made, pair.publicKey);
    expect(ok).toBe(true);
    expect(new Set(findings.map(finding => finding.code))).toEqual(new Set(['NUMBER_INSTEAD_OF_STRING']));
  });

  test('leaves no placeholder in its words when rsaSign holds a NUL character', () => {
    const { findings } = diagnoseOrder({ ...order, rsaSign: 'a\0b' }, pair.publicKey, { locale: 'en' });
    expect(findings[0]?.message).toBe('rsaSign holds a NUL character: "a\\u0000b".');
  });

  test('reports an error when rsaSign is a number', () => {
    const { ok, findings } = diagnoseOrder({ ...order, rsaSign: 12345 }, pair.publicKey);
    const codes = findings.map(({ code }) => code);
    expect({ ok, codes }).toEqual({ ok: false, codes: ['SIGNATURE_TOO_SHORT', 'NUMBER_INSTEAD_OF_STRING'] });
  });
});

test('diagnoseOrder reports nothing when 2,000 orders are signed correctly', () => {
  const pair = createKeyPair();
  const next = seededRandom(2000);
  let found = 0;
  for (let i = 0; i < 2000; i++) {
    found += diagnoseOrder(signOrder(randomOrder(next), pair.privateKey), pair.publicKey).findings.length;
  }
  expect(found).toBe(0);
});

test('explainRefusal returns a sentence for each error when an order is refused, in both languages', () => {
  const each = vector('order-unsorted-doc-table-order');
  expect(explainRefusal(orderOf(each), required(each.publicKeyPem), 'en')).toEqual([
    expect.stringMatching(
      /^UNSORTED: The fields were joined in the order appKey, dealId, tpOrderId, totalAmount/,
    ),
  ]);
  expect(explainRefusal(orderOf(each), required(each.publicKeyPem))[0]).toMatch(/没有按名称排序/);
  expect(explainRefusal(orderOf(vector('order-bizinfo-ok')), required(each.publicKeyPem))).toEqual([]);
});
