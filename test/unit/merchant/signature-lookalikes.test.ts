/** What is put in the place of an RSA signature, and signatures whose bytes were changed before they were encoded. */
import { createHash, createHmac, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';
import { diagnoseOrder } from '../../../merchant';
import type { Finding } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { joinFields, randomOrder, seededRandom, sha1WithRsa } from './random-orders';
import { errorsOf } from './signing-mistakes';

const { privateKey, publicKey } = createKeyPair();
const order = randomOrder(seededRandom(11));
const text = joinFields(order);
const signature = Buffer.from(sha1WithRsa(text, privateKey), 'base64');
const hash = (algorithm: string, of = text): Buffer => createHash(algorithm).update(of).digest();
const hmac = (algorithm: string): Buffer => createHmac(algorithm, 'secret').update(text).digest();
const encrypt = (bytes: Buffer): Buffer => privateEncrypt(privateKey, bytes);
const inBlocks = (bytes: Buffer): Buffer => {
  const blocks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += 117)
    blocks.push(encrypt(bytes.subarray(start, start + 117)));
  return Buffer.concat(blocks);
};
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const findings = (rsaSign: string): Finding[] =>
  diagnoseOrder({ ...order, rsaSign }, publicKey, { locale: 'en', maxCandidates: 1000 }).findings;

test.each([
  ['HASH_INSTEAD_OF_SIGNATURE', 'MD5 as hex', hash('md5').toString('hex')],
  ['HASH_INSTEAD_OF_SIGNATURE', 'SHA-1 as upper-case hex', hash('sha1').toString('hex').toUpperCase()],
  ['HASH_INSTEAD_OF_SIGNATURE', 'SHA-256 as hex', hash('sha256').toString('hex')],
  ['HASH_INSTEAD_OF_SIGNATURE', 'SHA-512 as hex', hash('sha512').toString('hex')],
  ['HASH_INSTEAD_OF_SIGNATURE', 'SHA-384 as base64', hash('sha384').toString('base64')],
  ['HASH_INSTEAD_OF_SIGNATURE', 'SHA-1 as base64', hash('sha1').toString('base64')],
  [
    'HASH_LIKE_SIGNATURE',
    'MD5 as WeChat wants it',
    hash('md5', `${text}&key=abc`).toString('hex').toUpperCase(),
  ],
  ['HASH_LIKE_SIGNATURE', 'HMAC-SHA256 as base64', hmac('sha256').toString('base64')],
  ['HASH_LIKE_SIGNATURE', 'HMAC-SHA256 as hex', hmac('sha256').toString('hex')],
  ['HASH_LIKE_SIGNATURE', 'HMAC-SHA512 as base64', hmac('sha512').toString('base64')],
  [
    'ECDSA_SIGNATURE',
    'a signature by an elliptic curve',
    sign('sha1', Buffer.from(text), ec.privateKey).toString('base64'),
  ],
  ['SIGNATURE_TOO_SHORT', 'one letter', 'a'],
  ['SIGNATURE_TOO_SHORT', 'a placeholder', 'c2lnbmF0dXJl'],
  ['SIGNATURE_TOO_SHORT', 'a placeholder with dashes', 'your-rsa-sign'],
  ['SIGNATURE_TOO_SHORT', 'a placeholder with blanks', 'to be done'],
  ['SIGNATURE_TOO_SHORT', 'a UUID', '6f1c1f4e-2b0e-4c8f-9d2e-0f7b8a1c2d3e'],
  ['NOT_BASE64', 'an error of OpenSSL', 'error:0909006C:PEM routines:get_name:no start line'],
  ['NOT_BASE64', 'the signature twice', signature.toString('base64').repeat(2)],
  [
    'WRONG_KEY_SIZE',
    'blocks by another key',
    Buffer.concat([signature, signature]).reverse().toString('base64'),
  ],
  ['WRONG_DIGEST_OTHER', 'SHA3-256', sign('sha3-256', Buffer.from(text), privateKey).toString('base64')],
  [
    'WRONG_DIGEST_OTHER',
    'SHA-512/256',
    sign('RSA-SHA512/256', Buffer.from(text), privateKey).toString('base64'),
  ],
  [
    'WRONG_DIGEST_OTHER',
    'MD5 and SHA-1',
    encrypt(Buffer.concat([hash('md5'), hash('sha1')])).toString('base64'),
  ],
  [
    'WRONG_DIGEST_OTHER',
    'MD2',
    encrypt(
      Buffer.concat([Buffer.from('3020300c06082a864886f70d020205000410', 'hex'), Buffer.alloc(16)]),
    ).toString('base64'),
  ],
  ['NO_DIGESTINFO_UNKNOWN', 'SHA-384 encrypted', encrypt(hash('sha384')).toString('base64')],
  ['NO_DIGESTINFO_PLAINTEXT', 'the text encrypted in two blocks', ''],
  ['SIGNATURE_BYTES_CHANGED', 'its bytes reversed', Buffer.from(signature).reverse().toString('base64')],
  [
    'SIGNATURE_BYTES_CHANGED',
    'BigInteger.toByteArray()',
    Buffer.concat([Buffer.alloc(1), signature]).toString('base64'),
  ],
  [
    'SIGNATURE_BYTES_CHANGED',
    'ISO-8859-1 made UTF-8',
    Buffer.from(signature.toString('latin1')).toString('base64'),
  ],
  ['BINARY_AS_TEXT', 'bytes made a String', Buffer.from(signature.toString('utf8')).toString('base64')],
  ['HEX_INSTEAD_OF_BASE64', 'hex in base64', Buffer.from(signature.toString('hex')).toString('base64')],
  ['HEX_INSTEAD_OF_BASE64', 'base64 in hex', Buffer.from(signature.toString('base64')).toString('hex')],
  ['BASE64_DECORATED,SIGNATURE_CUT', 'cut off by a log', `${signature.toString('base64').slice(0, 100)}...`],
])('diagnoseOrder reports %s alone when rsaSign is %s', (codes, how, rsaSign) => {
  const long = { ...order, tpOrderId: 'T'.repeat(64), appKey: 'M'.repeat(32), bizInfo: '' };
  const blocks = { ...long, rsaSign: inBlocks(Buffer.from(joinFields(long))).toString('base64') };
  const found = errorsOf(rsaSign ? { ...order, rsaSign } : blocks, publicKey);
  expect({ how, found }).toEqual({ how, found: codes.split(',') });
});

test('diagnoseOrder names the digest when it is one that the platform never takes', () => {
  const [finding] = findings(sign('sha3-256', Buffer.from(text), privateKey).toString('base64'));
  expect(finding?.message).toMatch(/over SHA3-256 instead of SHA-1/);
});

test('diagnoseOrder says most likely, not for certain, when only the length is that of a hash', () => {
  expect(findings(hmac('sha256').toString('hex'))[0]?.message).toMatch(/Most likely/);
});

test('diagnoseOrder names no key of 0 bits and no VARCHAR(1) when rsaSign is one letter', () => {
  expect(JSON.stringify(findings('a'))).not.toMatch(/ 0 bits|VARCHAR/);
});

test('diagnoseOrder says nothing of foreign characters when rsaSign has only those of base64', () => {
  const [finding] = findings(signature.toString('base64').repeat(2));
  expect(finding?.message).toMatch(/= .*end/);
});

test('diagnoseOrder shows the text when it was encrypted block by block', () => {
  const long = { ...order, dealId: '4'.repeat(200) };
  const rsaSign = inBlocks(Buffer.from(joinFields(long))).toString('base64');
  const found = diagnoseOrder({ ...long, rsaSign }, publicKey).findings.find(({ code }) =>
    code.startsWith('NO_DIGEST'),
  );
  expect(found?.evidence.signedText).toBe(joinFields(long));
});
