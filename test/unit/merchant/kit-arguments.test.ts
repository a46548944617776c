import {
  buildOrderInfo,
  diagnoseNotification,
  diagnoseOrder,
  InvalidArgumentError,
  payReply,
  refundAuditReply,
  signNotification,
  signText,
  verifyOrderInfo,
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
  ['params', 'no parameters to sign', () => signNotification(wrong(null), privateKey)],
  ['count', 'a parameter that is a number', () => signNotification({ count: wrong(1) }, privateKey)],
])('the kit throws InvalidArgumentError about %s when it gets %s', (argument, _what, call) => {
  expect(call).toThrow(InvalidArgumentError);
  expect(call).toThrow(expect.objectContaining({ argument }) as Error);
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
});

test('a diagnosis is English when its locale is en-US', () => {
  const [finding] = diagnoseOrder({ ...order, rsaSign: 'a' }, key, { locale: wrong('en-US') }).findings;
  expect(finding?.message).toMatch(/^rsaSign has only 1 characters/);
});
