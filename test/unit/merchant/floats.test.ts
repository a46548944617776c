/** Amounts and ids that went through a float of some language. */
import { diagnoseOrder } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { joinFields, randomOrder, seededRandom, sha1WithRsa } from './random-orders';

const { privateKey, publicKey } = createKeyPair();
const found = (field: string, signed: string, sent: string): unknown => {
  const order = { ...randomOrder(seededRandom(5)), bizInfo: '' };
  const rsaSign = sha1WithRsa(joinFields({ ...order, [field]: signed }), privateKey);
  return diagnoseOrder({ ...order, [field]: sent, rsaSign }, publicKey).findings;
};

test.each([
  ['%f of Go', '11300.000000', '11300'],
  ['%v of Go', '1.13e+06', '1130000'],
  ['Double of Java', '1.0E7', '10000000'],
  ['Double of Java, in yuan', '1.13E7', '1130000000'],
  ['BigDecimal of Java', '1.13E+4', '11300'],
  ['DECIMAL(10,4) of yuan', '113.0000', '11300'],
  ['a sum of JavaScript', '30.000000000000004', '30'],
  ['a product of JavaScript', '5969.999999999999', '5970'],
  ['a product of yuan', '0.30000000000000004', '30'],
  ['a thousands separator', '1,130.00', '113000'],
])('diagnoseOrder finds the signed amount when it was written by %s', (_how, signed, sent) => {
  const evidence = { signed, sent };
  expect(found('totalAmount', signed, sent)).toMatchObject([
    { code: 'AMOUNT_SIGNED_DIFFERS_FROM_SENT', evidence },
  ]);
});

test.each([
  ['JavaScript, and sent exactly', '1349625084474417200', '1349625084474417153'],
  ['a double, and sent exactly', '1349625084474417152', '1349625084474417153'],
  ['Go, and sent exactly', '1.3496250844744172e+18', '1349625084474417153'],
  ['PHP, and sent exactly', '1.3496250844744E+18', '1349625084474417153'],
  ['no one, and rounded before it was sent', '1349625084474417153', '1349625084474417200'],
  ['no one, and sent as a double', '1349625084474417281', '1349625084474417408'],
  ['no one, and rounded upwards', '9223372036854775295', '9223372036854774784'],
])('diagnoseOrder finds the signed order number when it was rounded by %s', (_how, signed, sent) => {
  expect(found('tpOrderId', signed, sent)).toMatchObject([
    { code: 'SIGNED_VALUE_DIFFERS_FROM_SENT', evidence: { field: 'tpOrderId', signed, sent } },
  ]);
});

test('diagnoseOrder finds nothing when an order number looks rounded and was signed so', () => {
  expect(found('tpOrderId', '1349625084474417200', '1349625084474417200')).toEqual([]);
});
