/** signOrderInfo, the doctor and the sandbox's cashier must accept the same orders. */
import fc from 'fast-check';
import { isRejection } from '../../../sandbox/cashier/rejection-reasons';
import { validateOrder } from '../../../sandbox/cashier/validate-order';
import { DEFAULT_SETTINGS } from '../../../sandbox/cashier/settings';
import {
  diagnoseOrder,
  InvalidArgumentError,
  canonicalOrderText,
  signOrderInfo,
  signText,
} from '../../../merchant';
import type { UnsignedOrder } from '../../../merchant';
import { checkOrderInfo, findSigningProblem } from '../../../merchant/order-rules';
import { createKeyPair } from '../../../scripts/support/keys';

const { privateKey, publicKey } = createKeyPair();

const right = {
  appKey: 'MMMabc',
  dealId: '470193086',
  tpOrderId: '3028903626',
  totalAmount: '11300',
  dealTitle: '水果拼盘',
  signFieldsRange: '1',
};

type Fields = Record<string, unknown>;

/** Signs an order without checking its fields, as a backend of another language does. */
function signed(fields: Fields): Fields {
  const texts = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
  return { ...fields, rsaSign: signText(canonicalOrderText(texts) ?? '', privateKey) };
}

function cashierTakes(order: Fields): boolean {
  const service = {
    appKey: String(order.appKey),
    dealId: String(order.dealId),
    merchantPublicKey: publicKey,
    payNotifyUrl: 'http://127.0.0.1/pay',
    refundNotifyUrl: 'http://127.0.0.1/refund',
    clientId: '',
    clientSecret: '',
  };
  const settings = { ...DEFAULT_SETTINGS, notifyHosts: 'any' as const };
  return !isRejection(validateOrder(order, [service], settings));
}

function kitSigns(order: Fields): boolean {
  try {
    signOrderInfo(order as unknown as UnsignedOrder, privateKey);
    return true;
  } catch (error) {
    if (error instanceof InvalidArgumentError) return false;
    throw error;
  }
}

/** Warnings of the doctor with which the kit does not sign: it signs text only, and order numbers that nothing encodes. */
const ONLY_NOT_SIGNED = ['TPORDERID_UNUSUAL', 'TPORDERID_AMBIGUOUS', 'NUMBER_INSTEAD_OF_STRING'];

function expectAgreement(fields: Fields): void {
  const order = signed(fields);
  const { ok, findings } = diagnoseOrder(order, publicKey, { maxCandidates: 100 });
  const codes = findings.map(({ code }) => code);
  const { rsaSign: _, ...unsigned } = order;
  expect({ order, codes, takes: cashierTakes(order) }).toEqual({ order, codes, takes: ok });
  const isSigned = ok && !codes.some(code => ONLY_NOT_SIGNED.includes(code));
  expect({ order, codes, signs: kitSigns(unsigned) }).toEqual({ order, codes, signs: isSigned });
}

const mistakes: [name: string, code: string | null, change: Fields][] = [
  ['nothing', null, {}],
  ['dealId and appKey swapped', 'DEALID_APPKEY_SWAPPED', { dealId: 'MMMabc', appKey: '470193086' }],
  ['a dealId with a blank', 'DEALID_MALFORMED', { dealId: '470193086 ' }],
  ['an appKey in quotes', 'APPKEY_MALFORMED', { appKey: '"MMMabc"' }],
  ['an amount of nothing', 'AMOUNT_NOT_CANONICAL', { totalAmount: '0' }],
  ['an amount with zeros in front', 'AMOUNT_NOT_CANONICAL', { totalAmount: '011300' }],
  ['an amount in yuan', 'AMOUNT_NOT_INTEGER_FEN', { totalAmount: '113.00' }],
  ['a path as notifyUrl', 'NOTIFYURL_NOT_URL', { notifyUrl: '/notify' }],
  ['a host as notifyUrl', 'NOTIFYURL_NOT_URL', { notifyUrl: 'shop.example/notify' }],
  ['another scheme', 'NOTIFYURL_NOT_URL', { notifyUrl: 'ftp://shop.example/notify' }],
  ['a notifyUrl that is no text', 'NOTIFYURL_NOT_URL', { notifyUrl: ['https://shop.example'] }],
  ['undefined as an id', 'NULL_OR_UNDEFINED_JOINED', { tpOrderId: 'undefined' }],
  ['a range that does not exist', 'SIGN_RANGE_UNKNOWN', { signFieldsRange: '2' }],
  ['a NUL', 'NUL_CHARACTER', { dealTitle: 'a\0b' }],
  ['bizInfo of an array', 'BIZINFO_NOT_JSON_OBJECT', { bizInfo: '[]' }],
  ['no title', 'FIELD_MISSING', { dealTitle: '' }],
  ['an order number of another alphabet', 'TPORDERID_UNUSUAL', { tpOrderId: '商城20260101' }],
  ['an order number with &', 'TPORDERID_AMBIGUOUS', { tpOrderId: 'a&b' }],
  ['a number', 'NUMBER_INSTEAD_OF_STRING', { totalAmount: 11300 }],
  ['digits that are lost', 'NUMBER_LOST_DIGITS', { tpOrderId: 1349625084474417200 }],
  ['too many members', 'TOO_MANY_FIELDS', Object.fromEntries([...Array(50).keys()].map(i => [`x${i}`, '']))],
];

test.each(mistakes)(
  'the doctor, the cashier and signOrderInfo agree when an order has %s: %s',
  (_name, code, change) => {
    const order = { ...right, ...change };
    const { findings } = diagnoseOrder(signed(order), publicKey, { maxCandidates: 100 });
    if (code === null) expect(findings).toEqual([]);
    else expect(findings.map(finding => finding.code)).toContain(code);
    expectAgreement(order);
  },
);

const odd = fc.constantFrom<unknown>(
  ...[
    '',
    '0',
    '1',
    '01',
    '-1',
    '1.5',
    '1e3',
    ' 1',
    '1\n',
    'null',
    'None',
    'MMMabc',
    'a&b',
    '=',
    'a\0',
    '中',
    '+1',
    '٣',
  ],
  ...[
    '9007199254740993',
    '/notify',
    'http://',
    'http://a',
    'https://shop.example/n',
    '//a/b',
    'HTTP://A/B',
    'x'.repeat(65),
  ],
  ...['{}', '[]', '"{}"', '{"tpData":{"totalAmount":1,"returnData":[]}}', 'undefined'],
  ...[0, 1, 11300, 1.5, -1, 2 ** 53, NaN, true, false, null, undefined, {}, [], ['x']],
);

const FIELDS = [
  ...Object.keys(right),
  'bizInfo',
  'notifyUrl',
  'payResultUrl',
  'bannedChannels',
  'promotionTag',
];

test('the doctor, the cashier and signOrderInfo agree when the fields have random values', () => {
  const changes = fc.dictionary(fc.constantFrom(...FIELDS), fc.oneof(odd, fc.string({ maxLength: 8 })), {
    maxKeys: 3,
  });
  fc.assert(
    fc.property(changes, change => expectAgreement({ ...right, ...change })),
    { numRuns: 400 },
  );
});

test('findSigningProblem returns the field and its requirement when a field is wrong', () => {
  expect(findSigningProblem({ ...right, notifyUrl: '/notify' })).toEqual({
    field: 'notifyUrl',
    message: 'notifyUrl must be a whole URL with http:// or https://',
  });
  expect(findSigningProblem(right)).toBeNull();
  expect(checkOrderInfo({ ...right, rsaSign: 'x' }).orderInfo).toMatchObject(right);
});
