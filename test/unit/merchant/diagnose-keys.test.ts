import { compareKeys } from '../../../merchant';
import { createKeyPair } from '../../../scripts/support/keys';
import { sample, required } from './vectors';

const privatePem = required(sample.privateKeyPem);
const pkcs8 = required(sample.privateKeyPkcs8Pem);
const publicPem = required(sample.publicKeyPem);
const other = createKeyPair();
const otherPem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const codes = (first: string, second: string): string[] =>
  compareKeys(first, second)
    .findings.filter(finding => finding.severity !== 'info')
    .map(finding => finding.code);

test('compareKeys reports no error when the keys are a pair, in each format', () => {
  for (const first of [privatePem, pkcs8]) {
    expect(compareKeys(first, publicPem).ok).toBe(true);
    expect(codes(first, publicPem)).toEqual([]);
  }
});

test('compareKeys reports KEYS_DO_NOT_MATCH when the keys are no pair', () => {
  expect(codes(privatePem, otherPem)).toEqual(['KEYS_DO_NOT_MATCH']);
});

test('compareKeys names the format that Java, Go and PHP need when it has read a key', () => {
  const about = (first: string): string => {
    const [finding] = compareKeys(first, publicPem, { locale: 'en' }).findings;
    return `${finding?.message} ${finding?.fix}`;
  };
  expect(about(privatePem)).toMatch(/PKCS#1.*Java wants PKCS#8/);
  expect(about(pkcs8)).toMatch(/PKCS#8.*ParsePKCS8PrivateKey/);
});

test('compareKeys reports it when the keys are swapped or of one kind', () => {
  expect(codes(publicPem, privatePem)).toEqual(['KEYS_SWAPPED']);
  expect(codes(privatePem, pkcs8)).toEqual(['KEY_IS_PRIVATE']);
  expect(codes(publicPem, publicPem)).toEqual(['PRIVATE_KEY_MISSING']);
});

test.each([
  ['KEY_WITH_BOM', '\uFEFF' + privatePem],
  ['KEY_WITH_LITERAL_NEWLINES', privatePem.replaceAll('\n', '\\n')],
  ['KEY_WITH_QUOTES', JSON.stringify(privatePem)],
  ['KEY_ON_ONE_LINE', privatePem.replaceAll('\n', ' ')],
  ['KEY_WRONG_LABEL', privatePem.replaceAll('RSA PRIVATE', 'PRIVATE')],
])('compareKeys reports %s when the key was written like this', (code, first) => {
  expect(codes(first, publicPem)).toContain(code);
  expect(compareKeys(first, publicPem).ok).toBe(true);
});

test('compareKeys reports KEY_SIZE_UNDOCUMENTED when a key has 2048 bits', () => {
  const large = createKeyPair(2048);
  const { ok, findings } = compareKeys(large.privateKey, large.publicKey);
  expect(ok).toBe(true);
  expect(findings.map(finding => finding.code)).toContain('KEY_SIZE_UNDOCUMENTED');
});

test('compareKeys reports the key when it cannot be read', () => {
  expect(codes('', publicPem)).toEqual(['KEY_EMPTY']);
  expect(codes(privatePem, 'MIGf')).toEqual(['KEY_NOT_READABLE']);
});

test('compareKeys returns no key material when it describes a private key', () => {
  const body = privatePem.replace(/-----[^-]+-----|\s/g, '').slice(10, 60);
  expect(JSON.stringify(compareKeys(privatePem, publicPem))).not.toContain(body);
});
