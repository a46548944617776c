/** Chinese findings hold no English phrases. */
import { diagnoseNotification, diagnoseOrder, signNotification } from '../../../merchant';
import { charsetMistakes } from '../../../merchant/diagnose/mistakes/charsets';
import {
  byteEncodingStep,
  joinStep,
  suffixStep,
  textEncodingStep,
} from '../../../merchant/diagnose/mistakes/common';
import { DUMP_READERS, GENERAL_READERS } from '../../../merchant/diagnose/dump-readers';
import { translatePhrases } from '../../../merchant/diagnose/phrases.zh-CN';
import { createKeyPair } from '../../../scripts/support/keys';
import { MISTAKES } from './signing-mistakes';
import { randomOrder, seededRandom } from './random-orders';
import mistakes from './real-mistakes.json';
import { platform } from './vectors';

/** Three English words in a row; names of functions and files are quoted as they are. */
const ENGLISH = /(?<![\w.])[a-z]{2,} [a-z]{1,} [a-z]{2,}(?![\w.])/;
const ALLOWED = /openssl [\w -]+|ssh-keygen [\w -]+|swan-cashier [\w -]+/g;

const { privateKey, publicKey } = createKeyPair();

test.each(
  [
    ...joinStep.mistakes(''),
    ...suffixStep.mistakes(''),
    ...textEncodingStep.mistakes(''),
    ...byteEncodingStep.mistakes(''),
    ...charsetMistakes,
  ].map(({ finding }) => [Object.values(finding.evidence ?? {}).join(' ')]),
)('the phrase "%s" is translated when it has words', phrase => {
  expect(translatePhrases(phrase)).not.toMatch(/[a-z]{3,} [a-z]{2,}/);
});

test.each([...DUMP_READERS, ...GENERAL_READERS].map(({ how }) => [how]))(
  'the kind of text "%s" is translated when it has words',
  how => {
    if (how !== 'XML') expect(translatePhrases(how)).toMatch(/[\u4e00-\u9fff]/);
  },
);

test('a Chinese finding holds no English phrase when an order was signed with a known mistake', () => {
  for (const [, , needs, sign] of MISTAKES) {
    const next = seededRandom(3);
    const order = sign(randomOrder(next, needs === 'special'), privateKey, next);
    for (const { message, fix } of diagnoseOrder(order, publicKey, { locale: 'zh-CN' }).findings) {
      expect(`${message} ${fix}`.replace(ALLOWED, '')).not.toMatch(ENGLISH);
    }
  }
});

test('a Chinese finding holds no English phrase when a notification is dumped, changed or no body', () => {
  const { platformKey, pasted } = mistakes;
  const genuine = signNotification({ ...platform.params, returnData: '{"a":1}' }, privateKey);
  const bodies: unknown[] = [
    ...[new FormData(), Promise.resolve(''), [1], 5, process.stdin, '[object Object]'],
    ...[{ [JSON.stringify(genuine)]: '' }, { ...genuine, returnData: '{ "a": 1 }' }],
    ...['x', '113.5', ''].map(totalMoney => signNotification({ ...platform.params, totalMoney }, privateKey)),
  ];
  const found = [
    ...Object.values(pasted).flatMap(text => diagnoseNotification(text, platformKey).findings),
    ...bodies.flatMap(body => diagnoseNotification(body as string, publicKey).findings),
  ];
  expect(found.length).toBeGreaterThan(15);
  for (const { message, fix } of found) {
    expect(`${message} ${fix}`.replace(ALLOWED, '')).not.toMatch(ENGLISH);
  }
});
