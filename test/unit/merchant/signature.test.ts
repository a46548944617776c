import {
  buildOrderInfo,
  canonicalText,
  decodeStrictBase64,
  InvalidArgumentError,
  loadPrivateKey,
  loadPublicKey,
  canonicalOrderText,
  signNotification,
  signOrderInfo,
  signText,
  verifyOrderInfo,
  verifyText,
} from '../../../merchant';
import type { UnsignedOrder } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { orderOf, sample, required, vectors } from './vectors';

const privateKey = loadPrivateKey(required(sample.privateKeyPem));
const publicKey = loadPublicKey(required(sample.publicKeyPem));

const order = (change: Partial<UnsignedOrder> = {}): UnsignedOrder => ({
  ...buildOrderInfo({
    appKey: 'MMMabc',
    dealId: '470193086',
    tpOrderId: '3028903626',
    totalAmount: 11300,
    dealTitle: '爱鲜蜂',
  }),
  ...change,
});

describe('a published or derived signature', () => {
  const keyed = vectors.filter(each => each.publicKeyPem);

  test.each(keyed.filter(each => each.kind === 'order').map(each => [each.name, each] as const))(
    'verifies or not as documented when it is that of the order %s',
    (_name, each) => {
      expect(verifyOrderInfo(orderOf(each), required(each.publicKeyPem))).toBe(each.verifies);
    },
  );

  test.each(keyed.filter(each => each.kind !== 'order').map(each => [each.name, each] as const))(
    'verifies or not as documented when it is that of the parameters %s',
    (_name, each) => {
      expect(verifyText(canonicalText(each.params), each.signature, required(each.publicKeyPem))).toBe(
        each.verifies,
      );
    },
  );

  test.each(
    keyed
      .filter(each => each.verifies && each.privateKeyPem && each.kind === 'order')
      .map(each => [each.name, each] as const),
  )('has the same bytes when the order is signed again: %s', (_name, each) => {
    const signedText = required(
      canonicalOrderText({ ...each.params, signFieldsRange: each.signFieldsRange }),
    );
    expect(signText(signedText, required(each.privateKeyPem))).toBe(each.signature);
  });
});

describe('signOrderInfo', () => {
  test('returns the signature of the documents when it gets their sample', () => {
    expect(signOrderInfo(order(), privateKey).rsaSign).toBe(sample.signature);
  });

  test('covers the price, so that the signature does not hold when the amount is changed', () => {
    const signed = signOrderInfo(order(), privateKey);
    expect(verifyOrderInfo(signed, publicKey)).toBe(true);
    expect(verifyOrderInfo({ ...signed, totalAmount: '1' }, publicKey)).toBe(false);
  });

  test.each([
    ['tpOrderId', { tpOrderId: '' }],
    ['tpOrderId', { tpOrderId: 'A/2026 01' }],
    ['tpOrderId', { tpOrderId: '订单1' }],
    ['tpOrderId', { tpOrderId: 'a&totalAmount=1' }],
    ['tpOrderId', { tpOrderId: 'a'.repeat(65) }],
    ['tpOrderId', { tpOrderId: 'a\n' }],
    ['totalAmount', { totalAmount: '113.00' }],
    ['totalAmount', { totalAmount: '0' }],
    ['totalAmount', { totalAmount: '-1' }],
    ['totalAmount', { totalAmount: '1e3' }],
    ['totalAmount', { totalAmount: '011300' }],
    ['totalAmount', { totalAmount: 11300 as unknown as string }],
    ['appKey', { appKey: '' }],
    ['appKey', { appKey: 'MMM&dealId=1' }],
    ['dealId', { dealId: 'undefined' }],
    ['dealTitle', { dealTitle: '' }],
    ['signFieldsRange', { signFieldsRange: '2' }],
    ['bizInfo', { bizInfo: '[]' }],
    ['bizInfo', { bizInfo: { tpData: {} } as unknown as string }],
  ] as [string, Partial<UnsignedOrder>][])(
    'throws an InvalidArgumentError that names %s when the order has %j',
    (field, change) => {
      expect(() => signOrderInfo(order(change), privateKey)).toThrow(InvalidArgumentError);
      expect(() => signOrderInfo(order(change), privateKey)).toThrow(
        expect.objectContaining({ argument: field, code: 'INVALID_ARGUMENT' }) as Error,
      );
      expect(() => signOrderInfo(order(change), privateKey)).toThrow(new RegExp(`^${field} `));
    },
  );

  test.each([1.5, -1, 0, NaN, Infinity, 2 ** 53, '100' as unknown as number])(
    'throws when totalAmount is %p',
    totalAmount => {
      expect(() =>
        buildOrderInfo({ appKey: 'MMMabc', dealId: '1', tpOrderId: 'a', totalAmount, dealTitle: 'a' }),
      ).toThrow(/totalAmount must be an integer number of fen/);
    },
  );
});

describe('buildOrderInfo', () => {
  const input = { appKey: 'MMMabc', dealId: '1', tpOrderId: 'a', totalAmount: 1, dealTitle: 'a' };

  test.each([
    ['cart-17', /^returnData must be a plain object .*got string/],
    ['', /^returnData .*got string/],
    [[1], /^returnData .*got an array/],
    [null, /^returnData .*got null; leave it out/],
    [new Map(), /^returnData .*got object/],
    [new Date(), /^returnData /],
    [17, /^returnData .*got number/],
    [{ a: 1n }, /^returnData must be what JSON can hold: .*BigInt/],
    [{ a: '&status=2&t=1' }, /^returnData holds text that reads like parameters/],
    [{ a: '&promoMoney=1&s=' }, /^returnData holds text that reads like parameters/],
    [{ a: '&promoMoney=0&s=' }, /^returnData holds text that reads like parameters/],
    [{ toJSON: () => undefined }, /^returnData must be a plain object/],
    [{ toJSON: () => 'cart-17' }, /^returnData must be a plain object/],
    [{ a: '中'.repeat(8000) }, /^returnData has 72\d{3} bytes in the notification, .* 61440/],
  ])('throws when returnData cannot come back in a notification (%#)', (returnData, message) => {
    expect(() => buildOrderInfo({ ...input, returnData: returnData as Record<string, unknown> })).toThrow(
      message,
    );
    expect(() => buildOrderInfo({ ...input, returnData: returnData as Record<string, unknown> })).toThrow(
      InvalidArgumentError,
    );
  });

  test.each([{}, { back: '/pages/order?a=1&status=2' }, Object.create(null) as object])(
    'accepts returnData when it is %j',
    returnData => expect(() => buildOrderInfo({ ...input, returnData: { ...returnData } })).not.toThrow(),
  );

  test.each([
    [
      'tpOrderId',
      Number('1349625084474417153'),
      /^tpOrderId came as the number 1349625084474417\d+, which has lost/,
    ],
    ['dealId', 470193086, /^dealId must be text, got the number 470193086: use String\(dealId\)/],
    ['dealId', 470193086n, /^dealId must be text, got the number 470193086/],
    ['tpOrderId', NaN, /^tpOrderId /],
    ['appKey', undefined, /^appKey must be text, got undefined/],
    ['dealTitle', null, /^dealTitle must be text, got null/],
  ])('names the fix when %s is %p', (field, value, message) => {
    expect(() => buildOrderInfo({ ...input, [field]: value })).toThrow(message);
    expect(() => buildOrderInfo({ ...input, [field]: value })).toThrow(InvalidArgumentError);
    expect(() => buildOrderInfo({ ...input, [field]: value })).toThrow(
      expect.objectContaining({ argument: field }) as Error,
    );
  });

  test('writes ids, amount, rows and returnData into bizInfo when it builds an order', () => {
    const cashierTopBlock = [[{ leftCol: '订单名称', rightCol: '爱鲜蜂' }]];
    const { bizInfo, notifyUrl } = buildOrderInfo({
      appKey: 'MMMabc',
      dealId: '1',
      tpOrderId: 'a',
      totalAmount: 1,
      dealTitle: 'a',
      returnData: { key: '值' },
      cashierTopBlock,
      notifyUrl: 'https://example.com/notify',
    });
    expect(JSON.parse(required(bizInfo))).toEqual({
      tpData: {
        appKey: 'MMMabc',
        dealId: '1',
        tpOrderId: 'a',
        totalAmount: '1',
        returnData: { key: '值' },
        displayData: { cashierTopBlock },
      },
    });
    expect(notifyUrl).toBe('https://example.com/notify');
  });
});

describe('verifyOrderInfo', () => {
  const signed = signOrderInfo(order(), privateKey);
  test.each([
    ['URL-safe base64', signed.rsaSign.replaceAll('+', '-').replaceAll('/', '_')],
    ['base64 without padding', signed.rsaSign.replace(/=+$/, '')],
    ['a line break', signed.rsaSign + '\n'],
    ['a trailing bit', signed.rsaSign.replace('0=', '1=')],
    ['hex', Buffer.from(signed.rsaSign, 'base64').toString('hex')],
    ['empty', ''],
    ['undefined', undefined],
  ])('refuses a signature when it is %s', (_what, rsaSign) => {
    expect(verifyOrderInfo({ ...signed, rsaSign }, publicKey)).toBe(false);
    expect(decodeStrictBase64(rsaSign === signed.rsaSign ? '' : rsaSign)?.length ?? 0).not.toBe(128);
  });

  test('expects a signature over three fields when signFieldsRange is missing', () => {
    const three = { ...order(), signFieldsRange: undefined };
    const rsaSign = signText('appKey=MMMabc&dealId=470193086&tpOrderId=3028903626', privateKey);
    expect(verifyOrderInfo({ ...three, rsaSign }, publicKey)).toBe(true);
  });

  test('refuses an order when a signed field is missing', () => {
    const rsaSign = signText('', privateKey);
    expect(verifyOrderInfo({ signFieldsRange: '1', rsaSign }, publicKey)).toBe(false);
    expect(verifyOrderInfo({ ...signed, tpOrderId: undefined }, publicKey)).toBe(false);
    const named = signText(
      'appKey=MMMabc&dealId=undefined&totalAmount=11300&tpOrderId=3028903626',
      privateKey,
    );
    expect(verifyOrderInfo({ ...signed, dealId: undefined, rsaSign: named }, publicKey)).toBe(false);
    expect(verifyOrderInfo({ ...signed, totalAmount: 11300 }, publicKey)).toBe(false);
    expect(verifyOrderInfo({ ...signed, signFieldsRange: '7' }, publicKey)).toBe(false);
    expect(verifyOrderInfo({ ...signed, signFieldsRange: { toString: '' } }, publicKey)).toBe(false);
  });
});

test('signNotification makes a signature that holds when the pair has 2048 bits', () => {
  const pair = createKeyPair(2048);
  const params = signNotification({ b: '2', a: '', sign_type: 'rsa' }, pair.privateKey);
  expect(verifyText('a=&b=2', params.rsaSign, pair.publicKey)).toBe(true);
});
