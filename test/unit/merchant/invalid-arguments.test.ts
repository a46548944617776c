import {
  buildOrderInfo,
  canonicalText,
  compareKeys,
  diagnoseNotification,
  diagnoseOrder,
  InvalidArgumentError,
  KeyError,
  payReply,
  readBody,
  readKey,
  refundAuditReply,
  signNotification,
  signOrderInfo,
  signText,
  verifyNotification,
  verifyOrderInfo,
  verifyText,
} from '../../../merchant';
import { orderOf, required, sample } from './vectors';

const key = required(sample.publicKeyPem);
const privateKey = required(sample.privateKeyPem);
const order = orderOf(sample);
const input = { appKey: 'MM1', dealId: '1', tpOrderId: 'T1', totalAmount: 100, dealTitle: 'tea' };
const circular: Record<string, unknown> = {};
circular.self = circular;

/** A value of a type that TypeScript would refuse. */
const wrong = <T>(value: unknown): T => value as T;

test.each([
  ['input', 'buildOrderInfo without an order', () => buildOrderInfo(wrong(undefined))],
  ['totalAmount', 'an amount as text', () => buildOrderInfo({ ...input, totalAmount: wrong('100') })],
  ['displayData', 'circular displayData', () => buildOrderInfo({ ...input, displayData: circular })],
  ['displayData', 'displayData with a BigInt', () => buildOrderInfo({ ...input, displayData: { a: 1n } })],
  ['verdict', 'another word for pass', () => refundAuditReply(wrong('passed'), 1)],
  ['abnormalRefund', 'false as text', () => payReply({ abnormalRefund: wrong('false') })],
  ['text', 'a number to sign', () => signText(wrong(5), privateKey)],
  ['order', 'no order to sign', () => signOrderInfo(wrong(null), privateKey)],
  ['params', 'no parameters to sign', () => signNotification(wrong(null), privateKey)],
  ['params', 'no parameters to join', () => canonicalText(wrong(undefined))],
  ['a', 'a parameter that is an object to join', () => canonicalText({ a: wrong({ toString: '' }) })],
  ['count', 'a parameter that is a number', () => signNotification({ count: wrong(1) }, privateKey)],
])('the kit throws InvalidArgumentError about %s when it gets %s', (argument, _what, call) => {
  expect(call).toThrow(InvalidArgumentError);
  expect(call).toThrow(expect.objectContaining({ argument }) as Error);
  expect(call).toThrow(new RegExp(`^${argument} `));
});

test.each([
  ['a Request', new Request('http://127.0.0.1/', { method: 'POST', body: 'a=1' }), /await request\.text\(\)/],
  ['a parsed body', { userId: '1' }, /verifyNotification/],
  ['nothing', undefined, /got undefined/],
])('readBody says what to do when it gets %s', async (_what, stream, message) => {
  await expect(readBody(wrong(stream))).rejects.toThrow(InvalidArgumentError);
  await expect(readBody(wrong(stream))).rejects.toThrow(message);
});

test('readKey throws KEY_EMPTY when it gets nothing', () => {
  expect(() => readKey(wrong(undefined))).toThrow(KeyError);
  expect(() => readKey(wrong(undefined))).toThrow(expect.objectContaining({ code: 'KEY_EMPTY' }) as Error);
});

test('verifyText returns false when the text is a number', () => {
  expect(verifyText(wrong(5), sample.signature, key)).toBe(false);
});

test('verifyNotification uses its defaults when the options are null', () => {
  const body = new URLSearchParams({ tpOrderId: 'T1', rsaSign: sample.signature }).toString();
  expect(verifyNotification(body, key, wrong(null))).toMatchObject({ code: 'SIGNATURE_REFUSED' });
});

test('buildOrderInfo says that it got text when totalAmount is text', () => {
  expect(() => buildOrderInfo({ ...input, totalAmount: wrong('100') })).toThrow(/got the text "100"/);
});

test('payReply asks for no refund when its options are null', () => {
  expect(payReply(null)).toEqual(payReply());
});

test('verifyOrderInfo returns false when the order is null', () => {
  expect(verifyOrderInfo(wrong(null), key)).toBe(false);
});

test('a diagnosis uses its defaults when the options are null', () => {
  expect(diagnoseOrder(order, key, wrong(null)).findings).toEqual([]);
  expect(diagnoseNotification('', key, wrong(null)).findings).toMatchObject([{ code: 'BODY_MISSING' }]);
  expect(compareKeys(privateKey, key, wrong(null)).ok).toBe(true);
});

test('a diagnosis is English when its locale is en-US', () => {
  const [finding] = diagnoseOrder({ ...order, rsaSign: 'a' }, key, { locale: wrong('en-US') }).findings;
  expect(finding?.message).toMatch(/^rsaSign has only 1 characters/);
});
