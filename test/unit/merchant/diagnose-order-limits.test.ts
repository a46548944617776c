import { createPrivateKey } from 'node:crypto';
import { diagnoseOrder, explainRefusal } from '../../../merchant';
import type { FindingCode } from '../../../merchant';
import type * as DigestModule from '../../../merchant/diagnose/digest';
import { createKeyPair } from '../../../scripts/support/keys';
import { joinFields, seededRandom, randomOrder, sha1WithRsa, SIGNED_FIELDS } from './random-orders';
import type { Order } from './random-orders';
import { errorsOf } from './signing-mistakes';
import { orderOf, required, vector } from './vectors';

describe('diagnoseOrder with hostile input', () => {
  const key = required(vector('order-bizinfo-ok').publicKeyPem);
  const order = orderOf(vector('order-bizinfo-ok'));
  const sampleKey = createPrivateKey(required(vector('order-bizinfo-ok').privateKeyPem));
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
  ])('returns findings instead of throwing when it gets %s', (_what, input) => {
    const { ok, findings } = diagnoseOrder(input, key);
    expect([typeof ok, findings.length > 0]).toEqual(['boolean', true]);
  });

  test.each([
    ['bizInfo', JSON.stringify({ tpData: { a: '中&'.repeat(10_000) } })],
    ['tpOrderId', '单'.repeat(20_000)],
  ])('reports TEXT_UNKNOWN when %s is very long and another text was signed', (field, value) => {
    const made = { ...order, [field]: value, rsaSign: sha1WithRsa('unknown text', sampleKey) };
    expect(errorsOf(made, key)).toContain('TEXT_UNKNOWN');
  });

  test.each(['', 'x', 'A'.repeat(100_000), '-----BEGIN PUBLIC KEY-----'])(
    'reports the key when it cannot be read (%#)',
    bad => {
      const { ok, findings } = diagnoseOrder(order, bad);
      expect(ok).toBe(false);
      expect(findings[0]?.code).toMatch(/^KEY_/);
    },
  );
});

describe('the search of diagnoseOrder', () => {
  const { privateKey, publicKey } = createKeyPair();
  const order: Order = { ...randomOrder(seededRandom(7)), totalAmount: '11300', bizInfo: '' };
  const signedAs = (text: string): Order => ({ ...order, rsaSign: sha1WithRsa(text, privateKey) });
  const codes = (order: Order, tries?: number): FindingCode[] =>
    diagnoseOrder(order, publicKey, tries === undefined ? {} : { maxCandidates: tries }).findings.map(
      ({ code }) => code,
    );
  const elsewhere = signedAs(joinFields({ ...order, totalAmount: '99999' }));

  test('ends without an explanation when maxCandidates is too small', () => {
    expect(codes(elsewhere, 500_000)).toEqual(['AMOUNT_SIGNED_DIFFERS_FROM_SENT']);
    expect(codes(elsewhere)).toEqual(['TEXT_UNKNOWN']);
    expect(codes(elsewhere, 5000)).toEqual(['TEXT_UNKNOWN']);
    expect(explainRefusal(elsewhere, publicKey, 'en', { maxCandidates: 5000 })).toEqual([
      expect.stringMatching(/^TEXT_UNKNOWN/),
    ]);
  });

  test('finds the most common mistakes when maxCandidates is not set', () => {
    expect(codes(signedAs(joinFields({ ...order, totalAmount: '4321' })))).toEqual([
      'AMOUNT_SIGNED_DIFFERS_FROM_SENT',
    ]);
    const backwards = [...SIGNED_FIELDS].reverse().map(name => `${name}=${order[name]}`);
    expect(codes(signedAs(backwards.join('&')))).toEqual(['UNSORTED']);
  });
});

describe('the work of diagnoseOrder', () => {
  const { privateKey, publicKey } = createKeyPair();
  const members = (count: number, value: string): Order =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, value]));
  const nonsense = (fields: Order): Order => {
    const order: Order = { ...randomOrder(seededRandom(3)), ...fields };
    return { ...order, rsaSign: sha1WithRsa('unknown text', privateKey) };
  };

  const digestModule = jest.requireActual<typeof DigestModule>('../../../merchant/diagnose/digest');

  /** Texts that were hashed, and their characters. */
  function workOf(
    order: Order,
    maxCandidates?: number,
  ): { texts: number; characters: number; codes: string[] } {
    const digest = jest.spyOn(digestModule, 'digest');
    try {
      const options = maxCandidates === undefined ? {} : { maxCandidates };
      const { findings } = diagnoseOrder(order, publicKey, options);
      const characters = digest.mock.calls.reduce((sum, [, text]) => sum + text.length, 0);
      return { texts: digest.mock.calls.length, characters, codes: findings.map(({ code }) => code) };
    } finally {
      digest.mockRestore();
    }
  }

  test.each([
    ['4,000 unknown members', members(4000, 'x')],
    ['28 long ones', members(28, 'y'.repeat(2000))],
    ['12 that are signed or not', members(9, '中'.repeat(2000))],
    ['a title of 60 KB', { dealTitle: '中&'.repeat(15_000) }],
    ['an order number of 60 KB', { tpOrderId: '中&'.repeat(15_000) }],
    ['an amount of 60 KB', { totalAmount: '9'.repeat(60_000) }],
  ] as [string, Order][])('is limited when the order has %s', (_what, fields) => {
    const { texts, characters, codes } = workOf(nonsense(fields));
    expect(texts).toBeLessThanOrEqual(20_100);
    // Each digest that is tried hashes a text at most once more.
    expect(characters).toBeLessThanOrEqual(12_500_000);
    if (Object.keys(fields).length > 100) expect([texts, codes]).toEqual([0, ['TOO_MANY_FIELDS']]);
  });

  test('is limited in characters when maxCandidates is large', () => {
    const { characters } = workOf(nonsense({ tpOrderId: 'a'.repeat(60_000) }), 50_000);
    expect(characters).toBeLessThanOrEqual(31_000_000);
  });
});
