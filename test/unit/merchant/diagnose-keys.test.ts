import { compareKeys } from '../../../merchant';
import { keyPair } from '../../helpers/key-pair';
import { sample, text } from './vectors';

const privatePem = text(sample.privateKeyPem);
const pkcs8 = text(sample.privateKeyPkcs8Pem);
const publicPem = text(sample.publicKeyPem);
const other = keyPair();
const otherPem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const codes = (first: string, second: string): string[] =>
  compareKeys(first, second)
    .findings.filter(finding => finding.severity !== 'info')
    .map(finding => finding.code);

test('a pair is a pair in every format', () => {
  for (const first of [privatePem, pkcs8]) {
    expect(compareKeys(first, publicPem).ok).toBe(true);
    expect(codes(first, publicPem)).toEqual([]);
  }
});

test('keys that are no pair are said to be none', () => {
  expect(codes(privatePem, otherPem)).toEqual(['KEYS_DO_NOT_MATCH']);
});

test('what Java, Go and PHP need is told for each format', () => {
  const about = (first: string): string => {
    const [finding] = compareKeys(first, publicPem, { locale: 'en' }).findings;
    return `${finding?.message} ${finding?.fix}`;
  };
  expect(about(privatePem)).toMatch(/PKCS#1.*Java wants PKCS#8/);
  expect(about(pkcs8)).toMatch(/PKCS#8.*ParsePKCS8PrivateKey/);
});

test('keys the wrong way round, or both of one kind, are told', () => {
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
])('%s is told', (code, first) => {
  expect(codes(first, publicPem)).toContain(code);
  expect(compareKeys(first, publicPem).ok).toBe(true);
});

test('a size the documents do not speak of is told', () => {
  const large = keyPair(2048);
  const { ok, findings } = compareKeys(large.privateKey, large.publicKey);
  expect(ok).toBe(true);
  expect(findings.map(finding => finding.code)).toContain('KEY_SIZE_UNDOCUMENTED');
});

test('a key that cannot be read is a finding', () => {
  expect(codes('', publicPem)).toEqual(['KEY_EMPTY']);
  expect(codes(privatePem, 'MIGf')).toEqual(['KEY_NOT_READABLE']);
});

test('nothing printed holds a private key', () => {
  const body = privatePem.replace(/-----[^-]+-----|\s/g, '').slice(10, 60);
  expect(JSON.stringify(compareKeys(privatePem, publicPem))).not.toContain(body);
});
