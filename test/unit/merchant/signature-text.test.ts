import { sign } from 'node:crypto';
import { checkBase64 } from '../../../merchant/diagnose/signature-text';
import { keyPair } from '../../support/key-pair';

const rsaSign = sign('sha1', Buffer.from('text'), keyPair().privateKey).toString('base64');

test('checkBase64 finds nothing when the text is strict base64', () => {
  expect(checkBase64(rsaSign)).toBeNull();
});

test.each([
  ['is in URL form', encodeURIComponent(rsaSign + '=='), 'BASE64_PERCENT_ENCODED'],
  ['is in lines', rsaSign.replace(/.{64}/g, '$&\n'), 'BASE64_LINE_BREAKS'],
  ['has blanks', ` ${rsaSign}`, 'BASE64_PLUS_BECAME_SPACE'],
  ['is hexadecimal', Buffer.from(rsaSign, 'base64').toString('hex'), 'HEX_INSTEAD_OF_BASE64'],
  ['is encoded twice', Buffer.from(rsaSign).toString('base64'), 'DOUBLE_BASE64'],
  ['is no signature at all', '签名', 'NOT_BASE64'],
  ['is cut', rsaSign.replace(/=+$/, '').slice(0, -1), 'BASE64_NO_PADDING'],
  ['is in the URL-safe alphabet', 'ab-_'.repeat(43), 'BASE64_URLSAFE'],
] as const)('checkBase64 names the damage when the text %s', (_, text, code) => {
  expect(checkBase64(text)).toBe(code);
});
