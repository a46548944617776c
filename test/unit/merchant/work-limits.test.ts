/**
 * Limits of what one input of 64 KiB costs a server: texts that are hashed, characters that are read or built, and memory.
 * The tests count the work, because measured times depend on the machine.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type * as DigestModule from '../../../merchant/diagnose/digest';
import { diagnoseNotification, diagnoseOrder } from '../../../merchant';
import { COMMAND_LIMITS, WorkBudget } from '../../../merchant/diagnose/work-budget';
import { createKeyPair } from '../../../scripts/support/keys';
import { TYPESCRIPT } from '../../helpers/child-process';
import { hostileTexts, notificationBody } from './hostile-texts';
import { joinFields, seededRandom, randomOrder, sha1WithRsa } from './random-orders';

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
  expect(counts.filter(([, times]) => times > 50)).toEqual([]);
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
