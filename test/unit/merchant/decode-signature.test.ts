import { sign } from 'node:crypto';
import { decodeSignature } from '../../../merchant/diagnose/decode-signature';
import { createKeyPair } from '../../../scripts/support/keys';

const { privateKey } = createKeyPair();

/** Signs texts until the base64 has a + and a /, also after its first 40 characters. */
function signatureWithSpecials(): Buffer {
  for (let i = 0; ; i++) {
    const signature = sign('sha1', Buffer.from(`text ${i}`), privateKey);
    const rest = signature.toString('base64').slice(40);
    if (rest.includes('+') && rest.includes('/')) return signature;
  }
}

const bytes = signatureWithSpecials();
const rsaSign = bytes.toString('base64');
const hex = bytes.toString('hex');
const pairs = hex.match(/../g) ?? [];
const signed = [...bytes].map(byte => (byte > 127 ? byte - 256 : byte));
/** As Python prints bytes: printable characters as they are, all others as \xff. */
const repr = [...bytes]
  .map(byte => {
    const character = String.fromCharCode(byte);
    if (character === '\\' || character === "'") return '\\' + character;
    return byte >= 32 && byte < 127 ? character : '\\x' + byte.toString(16).padStart(2, '0');
  })
  .join('');

const decode = (text: string) => decodeSignature(text, candidate => candidate.equals(bytes));

test('decodeSignature reports nothing when the text is strict base64', () => {
  expect(decode(rsaSign)).toMatchObject({ bytes, problems: [], isEndMissing: false });
});

test.each([
  ['BASE64_PERCENT_ENCODED', 'a URL', encodeURIComponent(rsaSign)],
  ['BASE64_LINE_BREAKS', 'MIME', rsaSign.replace(/.{64}/g, '$&\r\n')],
  ['BASE64_SPACES', 'around it', ` ${rsaSign}\t`],
  ['BASE64_SPACES', 'copied from a narrow terminal', rsaSign.replace(/.{60}/g, '$& ')],
  ['BASE64_NO_PADDING', 'trimmed', rsaSign.replace(/=+$/, '')],
  ['BASE64_URLSAFE', 'base64url', rsaSign.replace(/\+/g, '-').replace(/\//g, '_')],
  ['DOUBLE_BASE64', 'encoded twice', Buffer.from(rsaSign).toString('base64')],
  ['HEX_INSTEAD_OF_BASE64', 'plain', hex],
  ['HEX_INSTEAD_OF_BASE64', 'BitConverter of C#', pairs.join('-').toUpperCase()],
  ['HEX_INSTEAD_OF_BASE64', 'openssl -c', pairs.join(':')],
  ['HEX_INSTEAD_OF_BASE64', 'with spaces', pairs.join(' ')],
  ['HEX_INSTEAD_OF_BASE64', 'xxd -p', hex.replace(/.{60}/g, '$&\n')],
  ['HEX_INSTEAD_OF_BASE64', 'openssl dgst -hex', `RSA-SHA1(stdin)= ${hex}`],
  ['HEX_INSTEAD_OF_BASE64', 'with a prefix', `0x${hex}`],
  ['HEX_INSTEAD_OF_BASE64', 'an array of C', pairs.map(pair => `0x${pair}`).join(', ')],
  ['HEX_INSTEAD_OF_BASE64', 'escapes of C', pairs.map(pair => `\\x${pair}`).join('')],
  ['BYTES_INSTEAD_OF_BASE64', '%v of Go', `[${[...bytes].join(' ')}]`],
  ['BYTES_INSTEAD_OF_BASE64', 'Arrays.toString of Java', `[${signed.join(', ')}]`],
  ['BYTES_INSTEAD_OF_BASE64', 'an array turned into text', [...bytes].join(',')],
  ['BYTES_INSTEAD_OF_BASE64', 'a Buffer as JSON', JSON.stringify(bytes)],
  ['BYTES_INSTEAD_OF_BASE64', 'bytes of Python', `b'${repr}'`],
  ['BASE64_DECORATED', 'base64 of Python as text', `b'${rsaSign}'`],
  ['BASE64_DECORATED', 'JSON encoded twice', `"${rsaSign}"`],
  ['BASE64_DECORATED', 'openssl’s label', `RSA-SHA1(stdin)= ${rsaSign}`],
  ['BASE64_DECORATED', 'the name in front', `rsaSign=${rsaSign}`],
  [
    'BASE64_DECORATED',
    'escaped slashes',
    `${rsaSign.slice(0, 40)}${rsaSign.slice(40).replaceAll('/', '\\/')}`,
  ],
  ['BASE64_DECORATED', 'escaped as JSON of .NET', rsaSign.replace(/\+/g, '\\u002B').replace(/=/g, '\\u003d')],
  [
    'BASE64_DECORATED',
    'with an invisible character of a chat',
    `${rsaSign.slice(0, 9)}\u200b${rsaSign.slice(9)}`,
  ],
  ['BASE64_DECORATED', 'with the blank of a web page', `${rsaSign}\u00a0`],
  ['BASE64_DECORATED', 'with a byte order mark', `\ufeff${rsaSign}`],
  ['BASE64_DECORATED', 'in full-width characters', rsaSign.replaceAll('+', '＋').replaceAll('=', '＝')],
  ['BASE64_DECORATED', 'in the quotes of a word processor', `“${rsaSign}”`],
  ['BASE64_DECORATED', 'in Chinese quotes', `「${rsaSign}」`],
  ['BASE64_DECORATED', 'escaped for HTML', rsaSign.replace(/[+=]/g, c => `&#${c.charCodeAt(0)};`)],
  ['BASE64_DECORATED', 'literal line breaks', rsaSign.replace(/.{76}/g, '$&\\n')],
])('decodeSignature reports %s and returns the bytes when the text is or was: %s', (code, _how, text) => {
  const decoded = decode(text);
  expect({ text, codes: decoded.problems.map(problem => problem.code) }).toEqual({ text, codes: [code] });
  expect(decoded.bytes?.equals(bytes)).toBe(true);
});

test.each([
  ['NOT_BASE64', '签名'],
  ['NOT_BASE64', rsaSign.replace(/[A-Za-z]/, '\u0430')],
  ['OBJECT_INSTEAD_OF_SIGNATURE', '[B@6d06d69c'],
  ['OBJECT_INSTEAD_OF_SIGNATURE', 'System.Byte[]'],
  ['OBJECT_INSTEAD_OF_SIGNATURE', '[object Promise]'],
  ['OBJECT_INSTEAD_OF_SIGNATURE', '<Buffer 4c dd 19 36 ... 124 more bytes>'],
  ['BINARY_AS_TEXT', bytes.toString('utf8')],
  ['BINARY_AS_TEXT', bytes.toString('latin1').replace(/\p{Cc}/gu, '')],
  ['SIGNATURE_TOO_LONG', 'A'.repeat(20_000)],
])('decodeSignature reports %s and returns no bytes when the text is %#', (code, text) => {
  expect(decode(text)).toMatchObject({ bytes: null, problems: [{ code }] });
});

test('decodeSignature reads a space as + when that fits the key, and drops it when that fits', () => {
  const withPlus = '9b+d'.repeat(43);
  const both = withPlus.replace('+', ' ');
  const codes = (text: string, wanted: string) =>
    decodeSignature(text, candidate => candidate.toString('base64') === wanted).problems.map(
      ({ code }) => code,
    );
  expect(codes(both, withPlus)).toEqual(['BASE64_PLUS_BECAME_SPACE']);
  const four = `${withPlus.slice(0, 8)}    ${withPlus.slice(8)}`;
  expect(codes(four, withPlus)).toEqual(['BASE64_SPACES']);
});
