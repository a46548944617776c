/** The words of findings: in English and in Chinese, with the same evidence, and none of one language in the other. */
import { diagnoseNotification, diagnoseOrder, type FindingCode, signNotification } from '../../../merchant';
import { severityOf } from '../../../merchant/diagnose/codes';
import { DUMP_READERS, GENERAL_READERS } from '../../../merchant/diagnose/dump-readers';
import { en } from '../../../merchant/diagnose/messages.en';
import { zhCN } from '../../../merchant/diagnose/messages.zh-CN';
import { charsetMistakes } from '../../../merchant/diagnose/mistakes/charsets';
import {
  byteEncodingStep,
  joinStep,
  suffixStep,
  textEncodingStep,
} from '../../../merchant/diagnose/mistakes/common';
import { readOrderInput } from '../../../merchant/diagnose/order-input';
import { translatePhrases } from '../../../merchant/diagnose/phrases.zh-CN';
import { createKeyPair } from '../../../scripts/support/keys';
import { parseOrderInfo } from '../../../utils/order/order-info';
import { randomOrder, seededRandom } from './random-orders';
import mistakes from './real-mistakes.json';
import { MISTAKES } from './signing-mistakes';
import { bodyOf, orderOf, platform, required, vectors } from './vectors';

const codes = Object.keys(en) as FindingCode[];
const placeholders = (template: string): string[] => (template.match(/\{\w+\}/g) ?? []).sort();

test.each(codes)('%s has messages with the same evidence when it is translated', code => {
  for (const part of ['message', 'fix'] as const) {
    expect(en[code][part]).not.toBe('');
    expect(zhCN[code][part]).toMatch(/[\u4e00-\u9fff]|^\{needs\}$/);
    expect(placeholders(zhCN[code][part])).toEqual(placeholders(en[code][part]));
  }
});

test('a finding contains no placeholder and no undefined when its message is formatted', () => {
  for (const each of vectors.filter(each => each.publicKeyPem && each.diagnosis)) {
    const key = required(each.publicKeyPem);
    for (const locale of ['en', 'zh-CN'] as const) {
      const { findings } =
        each.kind === 'order'
          ? diagnoseOrder({ ...orderOf(each), notifyUrl: 'https://shop.example/pay/notify' }, key, { locale })
          : diagnoseNotification(bodyOf(each), key, { locale });
      for (const { message, fix } of findings) {
        expect(message + fix).not.toMatch(/\{[a-z]\w*\}/i);
        if (each.diagnosis !== 'NULL_OR_UNDEFINED_JOINED') expect(message).not.toMatch(/undefined/);
      }
    }
  }
});

test('the doctor has the same severity as the mini-program when an orderInfo has a problem', () => {
  const wrong: unknown[] = [
    null,
    '{"appKey":"a"}',
    {
      dealId: 1,
      appKey: '4fecoAqgCIUtzIyA4FAPgoyrc4oUc25c',
      totalAmount: '1.00',
      tpOrderId: 'a b',
      rsaSign: 'a-b',
    },
    {
      dealId: '1',
      appKey: 'a',
      totalAmount: 1,
      tpOrderId: 'a',
      signFieldsRange: '0',
      bizInfo: {},
      rsaSign: 'ab',
    },
    { dealId: '1', bizInfo: '[]', rsaSign: 'a%2B' },
    { dealId: '1', bizInfo: '{"tpData":{"dealID":"1","appKey":"x"}}', rsaSign: 'a b' },
  ];
  const problems = wrong.flatMap(input => parseOrderInfo(input).problems);
  expect(new Set(problems.map(problem => problem.code)).size).toBeGreaterThan(10);
  for (const { code, severity } of problems) expect([code, severityOf(code)]).toEqual([code, severity]);
});

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

test('why a text is no JSON is translated when a browser has left members out', () => {
  const read = readOrderInput('{dealId: "1", …}');
  expect(read.ok || translatePhrases(read.finding.evidence?.reason ?? '')).toMatch(
    /^控制台.*JSON\.stringify/,
  );
});

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
    new FormData(),
    Promise.resolve(''),
    [1],
    5,
    process.stdin,
    '[object Object]',
    { [JSON.stringify(genuine)]: '' },
    { ...genuine, returnData: '{ "a": 1 }' },
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
