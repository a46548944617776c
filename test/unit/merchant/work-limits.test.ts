/**
 * Limits of what one input of 64 KiB costs a server: texts that are hashed, characters that are read or built, and memory.
 * The tests count the work, because measured times depend on the machine.
 */
import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { join, resolve } from 'node:path';
import { diagnoseNotification, diagnoseOrder, explainRefusal, type FindingCode } from '../../../merchant';
import type * as DigestModule from '../../../merchant/diagnose/digest';
import { COMMAND_LIMITS, WorkBudget } from '../../../merchant/diagnose/work-budget';
import { createKeyPair } from '../../../scripts/support/keys';
import { TYPESCRIPT } from '../../helpers/child-process';
import { hostileTexts, notificationBody } from './hostile-texts';
import {
  joinFields,
  type Order,
  randomOrder,
  seededRandom,
  sha1WithRsa,
  SIGNED_FIELDS,
} from './random-orders';
import { errorsOf } from './signing-mistakes';
import { orderOf, required, vector } from './vectors';

jest.setTimeout(120_000);

const { privateKey, publicKey } = createKeyPair();
const rsaSign = sha1WithRsa('unknown text', privateKey);
const digestModule = jest.requireActual<typeof DigestModule>('../../../merchant/diagnose/digest');

interface Work {
  hashedTexts: number;
  hashedCharacters: number;
  /** read by the readers of pasted text, and built by the search */
  characters: number;
}

/** Counts the work of a diagnosis without keeping the texts. */
function workOf(examine: () => unknown): Work {
  const work: Work = { hashedTexts: 0, hashedCharacters: 0, characters: 0 };
  const { digest } = digestModule;
  const setDigest = (value: typeof digest) =>
    Object.defineProperty(digestModule, 'digest', { value, configurable: true });
  const { spendCharacters } = WorkBudget.prototype;
  setDigest((algorithm, text) => {
    work.hashedTexts++;
    work.hashedCharacters += text.length;
    return digest(algorithm, text);
  });
  WorkBudget.prototype.spendCharacters = function (count) {
    work.characters += count;
    return spendCharacters.call(this, count);
  };
  try {
    examine();
    return work;
  } finally {
    setDigest(digest);
    WorkBudget.prototype.spendCharacters = spendCharacters;
  }
}

function expectWithinLimits(body: string): void {
  const { hashedTexts, hashedCharacters, characters } = workOf(() => diagnoseNotification(body, publicKey));
  expect(hashedTexts).toBeLessThanOrEqual(20_100);
  // Each digest that is tried hashes a text at most once more.
  expect(hashedCharacters).toBeLessThanOrEqual(12_500_000);
  // The budgets of reading and searching may be exceeded by the text that uses them up.
  expect(characters).toBeLessThanOrEqual(3_000_000 + 6_000_000 + 2 * 400_000);
}

describe('diagnoseNotification', () => {
  test.each(hostileTexts())('stays within its limits when it gets %s', (_name, text) => {
    expectWithinLimits(text);
    expectWithinLimits(`userId=1&orderId=2 ${text}`.slice(0, text.length));
  });

  const long = hostileTexts().filter(([name]) => /digits|Chinese|quotes|braces|ampersands|nested/.test(name));
  test.each(['returnData', 'tpOrderId', 'zzz', 'rsaSign'])(
    'stays within its limits when %s is long',
    name => {
      for (const [, text] of long) expectWithinLimits(notificationBody(name, text, rsaSign));
    },
  );

  test('stays within its limits when it gets many unknown parameters', () => {
    const added = Array.from({ length: 12 }, (_, i) => [`x${i}`, '[]']);
    const body = `${notificationBody('returnData', '', rsaSign)}&${new URLSearchParams(added)}`;
    expectWithinLimits(body);
  });
});

describe('a diagnosis with the limits of the command line', () => {
  const options = { maxCandidates: COMMAND_LIMITS.candidates };

  test('finds every amount up to 2000 yuan when the order is as long as it can be', () => {
    const order = { ...randomOrder(seededRandom(1)), appKey: 'M'.repeat(32), tpOrderId: 'T'.repeat(64) };
    const signed = sha1WithRsa(joinFields({ ...order, totalAmount: '199999' }), privateKey);
    const { findings } = diagnoseOrder({ ...order, totalAmount: '1', rsaSign: signed }, publicKey, options);
    const evidence = { signed: '199999' };
    expect(findings[0]).toMatchObject({ code: 'AMOUNT_SIGNED_DIFFERS_FROM_SENT', evidence });
  });

  test('ends after 75 million characters when nothing explains the signature', () => {
    const added = Array.from({ length: 12 }, (_, i) => [`x${i}`, '[]']);
    const body = `${notificationBody('returnData', '', rsaSign)}&${new URLSearchParams(added)}`;
    const { hashedTexts, characters } = workOf(() => diagnoseNotification(body, publicKey, options));
    expect(hashedTexts).toBeLessThanOrEqual(420_100);
    expect(characters).toBeLessThanOrEqual(3_000_000 + 75_000_000 + 2 * 400_000);
  });
});

test('the readers of pasted text read each character a limited number of times when the text is hostile', () => {
  const counts = hostileTexts().map(([name, text]): [string, number] => [
    name,
    workOf(() => diagnoseNotification(text, publicKey)).characters / text.length,
  ]);
  // The budget ends the reading after 46 times; what is asked for after that is counted here and refused.
  expect(counts.filter(([, times]) => times > 60)).toEqual([]);
});

test('diagnoseNotification answers at once when 64 KiB of commas are in a form', () => {
  const started = Date.now();
  diagnoseNotification(`userId=1&a=${','.repeat(65_000)}x`, publicKey);
  // It takes some milliseconds; it took 11 s when each comma was looked at as the first one behind the form.
  expect(Date.now() - started).toBeLessThan(3000);
});

test('the kit needs at most 64 MiB when it gets any hostile text', () => {
  // With this limit the process ends when it needs more memory at one time.
  const flags = ['--max-old-space-size=64', '--max-semi-space-size=2', ...TYPESCRIPT];
  const program = join(__dirname, 'hostile-texts-process.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program], {
    cwd: resolve(__dirname, '../../..'),
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(Number(stdout)).toBeLessThan(64);
});

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
  const members = (count: number, value: string): Order =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, value]));
  const nonsense = (fields: Order): Order => {
    const order: Order = { ...randomOrder(seededRandom(3)), ...fields };
    return { ...order, rsaSign: sha1WithRsa('unknown text', privateKey) };
  };

  function workOfOrder(order: Order, options = {}): Work & { codes: FindingCode[] } {
    let codes: FindingCode[] = [];
    const work = workOf(() => {
      codes = diagnoseOrder(order, publicKey, options).findings.map(({ code }) => code);
    });
    return { ...work, codes };
  }

  test.each([
    ['4,000 unknown members', members(4000, 'x')],
    ['28 long ones', members(28, 'y'.repeat(2000))],
    ['12 that are signed or not', members(9, '中'.repeat(2000))],
    ['a title of 60 KB', { dealTitle: '中&'.repeat(15_000) }],
    ['an order number of 60 KB', { tpOrderId: '中&'.repeat(15_000) }],
    ['an amount of 60 KB', { totalAmount: '9'.repeat(60_000) }],
  ] as [string, Order][])('is limited when the order has %s', (_what, fields) => {
    const { hashedTexts, hashedCharacters, codes } = workOfOrder(nonsense(fields));
    expect(hashedTexts).toBeLessThanOrEqual(20_100);
    // Each digest that is tried hashes a text at most once more.
    expect(hashedCharacters).toBeLessThanOrEqual(12_500_000);
    if (Object.keys(fields).length > 100) expect([hashedTexts, codes]).toEqual([0, ['TOO_MANY_FIELDS']]);
  });

  test('is limited in characters when maxCandidates is large', () => {
    const order = nonsense({ tpOrderId: 'a'.repeat(60_000) });
    const { hashedCharacters } = workOfOrder(order, { maxCandidates: 50_000 });
    expect(hashedCharacters).toBeLessThanOrEqual(31_000_000);
  });
});
