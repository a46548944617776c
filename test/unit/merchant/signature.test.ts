import {
  buildOrderInfo,
  loadPrivateKey,
  loadPublicKey,
  orderText,
  signNotification,
  signOrderInfo,
  signText,
  strictBase64,
  verifyOrderInfo,
  verifyText,
} from '../../../merchant';
import type { UnsignedOrder } from '../../../merchant';
import { canonicalText } from '../../../merchant';
import { keyPair } from '../../helpers/key-pair';
import { orderOf, sample, text, vectors } from './vectors';

const privateKey = loadPrivateKey(text(sample.privateKeyPem));
const publicKey = loadPublicKey(text(sample.publicKeyPem));

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

describe('every published and derived signature', () => {
  const keyed = vectors.filter(each => each.publicKeyPem);

  test.each(keyed.filter(each => each.kind === 'order').map(each => [each.name, each] as const))(
    'an order is accepted or refused as documented: %s',
    (_name, each) => {
      expect(verifyOrderInfo(orderOf(each), text(each.publicKeyPem))).toBe(each.verifies);
    },
  );

  test.each(keyed.filter(each => each.kind !== 'order').map(each => [each.name, each] as const))(
    'a parameter set verifies or not as documented: %s',
    (_name, each) => {
      expect(verifyText(canonicalText(each.params), each.signature, text(each.publicKeyPem))).toBe(
        each.verifies,
      );
    },
  );

  test.each(
    keyed
      .filter(each => each.verifies && each.privateKeyPem && each.kind === 'order')
      .map(each => [each.name, each] as const),
  )('signing again gives the same bytes: %s', (_name, each) => {
    const signedText = text(orderText({ ...each.params, signFieldsRange: each.signFieldsRange }));
    expect(signText(signedText, text(each.privateKeyPem))).toBe(each.signature);
  });
});

describe('signing an order', () => {
  test('gives what the documents give for their sample', () => {
    expect(signOrderInfo(order(), privateKey).rsaSign).toBe(sample.signature);
  });

  test('covers the price: another amount no longer verifies', () => {
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
  ] as [string, Partial<UnsignedOrder>][])('names the field it will not sign: %s of %j', (field, change) => {
    expect(() => signOrderInfo(order(change), privateKey)).toThrow(RangeError);
    expect(() => signOrderInfo(order(change), privateKey)).toThrow(new RegExp(`^${field} `));
  });

  test.each([1.5, -1, 0, NaN, Infinity, 2 ** 53, '100' as unknown as number])(
    'an amount of %p is no integer fen',
    totalAmount => {
      expect(() =>
        buildOrderInfo({ appKey: 'MMMabc', dealId: '1', tpOrderId: 'a', totalAmount, dealTitle: 'a' }),
      ).toThrow(/totalAmount must be an integer number of fen/);
    },
  );

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
  ])('a returnData of %p is refused before anybody can pay', (returnData, message) => {
    expect(() => buildOrderInfo({ ...input, returnData: returnData as Record<string, unknown> })).toThrow(
      message,
    );
    expect(() => buildOrderInfo({ ...input, returnData: returnData as Record<string, unknown> })).toThrow(
      RangeError,
    );
  });

  test.each([{}, { back: '/pages/order?a=1&status=2' }, Object.create(null) as object])(
    'a returnData of %j is taken',
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
  ])('%s of %p is refused with the fix', (field, value, message) => {
    expect(() => buildOrderInfo({ ...input, [field]: value })).toThrow(message);
    expect(() => buildOrderInfo({ ...input, [field]: value })).toThrow(RangeError);
  });

  test('repeats the core values, the rows and the return data in bizInfo, as text', () => {
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
    expect(JSON.parse(text(bizInfo))).toEqual({
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

describe('verifying is as strict as the platform', () => {
  const signed = signOrderInfo(order(), privateKey);
  test.each([
    ['URL-safe base64', signed.rsaSign.replaceAll('+', '-').replaceAll('/', '_')],
    ['base64 without padding', signed.rsaSign.replace(/=+$/, '')],
    ['a line break', signed.rsaSign + '\n'],
    ['a trailing bit', signed.rsaSign.replace('0=', '1=')],
    ['hex', Buffer.from(signed.rsaSign, 'base64').toString('hex')],
    ['nothing', ''],
    ['no text', undefined],
  ])('%s is refused', (_what, rsaSign) => {
    expect(verifyOrderInfo({ ...signed, rsaSign }, publicKey)).toBe(false);
    expect(strictBase64(rsaSign === signed.rsaSign ? '' : rsaSign)?.length ?? 0).not.toBe(128);
  });

  test('an order without signFieldsRange is read as the three-field form', () => {
    const three = { ...order(), signFieldsRange: undefined };
    const rsaSign = signText('appKey=MMMabc&dealId=470193086&tpOrderId=3028903626', privateKey);
    expect(verifyOrderInfo({ ...three, rsaSign }, publicKey)).toBe(true);
  });

  test('a missing signed field is refused', () => {
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
  });
});

test('a 2048-bit pair signs and verifies too', () => {
  const pair = keyPair(2048);
  const params = signNotification({ b: '2', a: '', sign_type: 'rsa' }, pair.privateKey);
  expect(verifyText('a=&b=2', params.rsaSign, pair.publicKey)).toBe(true);
});
