/**
 * What one input of 64 KiB can cost a server: texts that are hashed, characters that are read or built, and memory. Work
 * is counted where it is made, because a clock says more about the machine than about the code.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type * as Hashing from '../../../merchant/diagnose/hash';
import { diagnoseNotification, diagnoseOrder } from '../../../merchant';
import { COMMAND_LIMITS, WorkBudget } from '../../../merchant/diagnose/work-budget';
import { keyPair } from '../../helpers/key-pair';
import { TYPESCRIPT } from '../../helpers/programs';
import { hostileTexts, notificationBody } from './hostile-texts';
import { joined, random, randomOrder, sha1WithRsa } from './orders';

jest.setTimeout(120_000);

const { privateKey, publicKey } = keyPair();
const rsaSign = sha1WithRsa('nobody knows', privateKey);
const hashing = jest.requireActual<typeof Hashing>('../../../merchant/diagnose/hash');

interface Work {
  hashedTexts: number;
  hashedCharacters: number;
  /** read by the readers of pasted text, and built by the search */
  characters: number;
}

/** Counts without keeping what was hashed. */
function workOf(examine: () => unknown): Work {
  const work: Work = { hashedTexts: 0, hashedCharacters: 0, characters: 0 };
  const { hash } = hashing;
  const setHash = (value: typeof hash) =>
    Object.defineProperty(hashing, 'hash', { value, configurable: true });
  const { spendCharacters } = WorkBudget.prototype;
  setHash((digest, text) => {
    work.hashedTexts++;
    work.hashedCharacters += text.length;
    return hash(digest, text);
  });
  WorkBudget.prototype.spendCharacters = function (count) {
    work.characters += count;
    return spendCharacters.call(this, count);
  };
  try {
    examine();
    return work;
  } finally {
    setHash(hash);
    WorkBudget.prototype.spendCharacters = spendCharacters;
  }
}

function expectWithinLimits(body: string): void {
  const { hashedTexts, hashedCharacters, characters } = workOf(() => diagnoseNotification(body, publicKey));
  expect(hashedTexts).toBeLessThanOrEqual(20_100);
  // Each digest that is tried hashes a text once more at most.
  expect(hashedCharacters).toBeLessThanOrEqual(12_500_000);
  // One text more than the budgets of reading and searching: the one that used them up.
  expect(characters).toBeLessThanOrEqual(3_000_000 + 6_000_000 + 2 * 400_000);
}

describe('diagnoseNotification stays within its limits when it gets', () => {
  test.each(hostileTexts())('%s', (_name, text) => {
    expectWithinLimits(text);
    expectWithinLimits(`userId=1&orderId=2 ${text}`.slice(0, text.length));
  });

  const long = hostileTexts().filter(([name]) => /digits|Chinese|quotes|braces|ampersands|nested/.test(name));
  test.each(['returnData', 'tpOrderId', 'zzz', 'rsaSign'])('a long %s', name => {
    for (const [, text] of long) expectWithinLimits(notificationBody(name, text, rsaSign));
  });

  test('many parameters that may have been added', () => {
    const added = Array.from({ length: 12 }, (_, i) => [`x${i}`, '[]']);
    const body = `${notificationBody('returnData', '', rsaSign)}&${new URLSearchParams(added)}`;
    expectWithinLimits(body);
  });
});

describe('with the limits of the command line', () => {
  const options = { maxCandidates: COMMAND_LIMITS.candidates };

  test('every amount up to 2000 yuan is found, in the longest text of an order', () => {
    const order = { ...randomOrder(random(1)), appKey: 'M'.repeat(32), tpOrderId: 'T'.repeat(64) };
    const signed = sha1WithRsa(joined({ ...order, totalAmount: '199999' }), privateKey);
    const { findings } = diagnoseOrder({ ...order, totalAmount: '1', rsaSign: signed }, publicKey, options);
    const evidence = { signed: '199999' };
    expect(findings[0]).toMatchObject({ code: 'AMOUNT_SIGNED_DIFFERS_FROM_SENT', evidence });
  });

  test('no input is searched further than 75 million characters', () => {
    const added = Array.from({ length: 12 }, (_, i) => [`x${i}`, '[]']);
    const body = `${notificationBody('returnData', '', rsaSign)}&${new URLSearchParams(added)}`;
    const { hashedTexts, characters } = workOf(() => diagnoseNotification(body, publicKey, options));
    expect(hashedTexts).toBeLessThanOrEqual(420_100);
    expect(characters).toBeLessThanOrEqual(3_000_000 + 75_000_000 + 2 * 400_000);
  });
});

test('the readers of pasted text read each character a limited number of times', () => {
  const counts = hostileTexts().map(([name, text]): [string, number] => [
    name,
    workOf(() => diagnoseNotification(text, publicKey)).characters / text.length,
  ]);
  expect(counts.filter(([, times]) => times > 45)).toEqual([]);
});

test('no input takes more than 64 MiB', () => {
  // A process with this limit ends when what it holds at the same time does not fit.
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
