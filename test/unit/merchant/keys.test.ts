import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import {
  KeyError,
  loadPrivateKey,
  loadPublicKey,
  MerchantError,
  readKey,
  signText,
  verifyText,
} from '../../../merchant';
import { sample, required } from './vectors';

const pkcs1 = required(sample.privateKeyPem);
const pkcs8 = required(sample.privateKeyPkcs8Pem);
const spki = required(sample.publicKeyPem);
const publicPkcs1 = loadPublicKey(spki).export({ type: 'pkcs1', format: 'pem' }).toString();

const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
const label = (pem: string, to: string): string => pem.replace(/(BEGIN|END) [A-Z ]+/g, `$1 ${to}`);

const FORMS: [string, (pem: string) => string | Buffer][] = [
  ['as OpenSSL writes it', pem => pem],
  ['as one line of base64', body],
  ['with literal \\n', pem => pem.replaceAll('\n', '\\n')],
  ['with literal \\r\\n in quotes', pem => JSON.stringify(pem.replaceAll('\n', '\r\n'))],
  ['with CRLF', pem => pem.replaceAll('\n', '\r\n')],
  ['with a BOM', pem => '\uFEFF' + pem],
  ['as UTF-16 of Notepad', pem => Buffer.from('\uFEFF' + pem, 'utf16le')],
  ['on a single line', pem => pem.replaceAll('\n', ' ')],
  ['with one long body line', pem => `-----BEGIN KEY-----\n${body(pem)}\n-----END KEY-----`],
  ['under the other label', pem => label(pem, pem.includes('RSA') ? 'PRIVATE KEY' : 'RSA PRIVATE KEY')],
  ['as file bytes', pem => Buffer.from(pem)],
  ['as DER', pem => Buffer.from(body(pem), 'base64')],
  ['as base64 of the whole file', pem => Buffer.from(pem).toString('base64')],
  [
    'as base64 of a file with CRLF and a BOM, wrapped',
    pem =>
      Buffer.from('\uFEFF' + pem.replaceAll('\n', '\r\n'))
        .toString('base64')
        .replace(/.{76}/g, '$&\n'),
  ],
  ['with text around it', pem => `my key:\n${pem}\nbye\n`],
];

describe.each(FORMS)('a key written %s', (_form, write) => {
  test.each([
    ['PKCS#1', pkcs1],
    ['PKCS#8', pkcs8],
  ])('signs when its format is %s', (format, pem) => {
    expect(readKey(write(pem))).toMatchObject({ kind: 'private', format, bits: 1024 });
    expect(signText(required(sample.stringToSign), loadPrivateKey(write(pem)))).toBe(sample.signature);
  });

  test.each([
    ['SPKI', spki],
    ['PKCS#1', publicPkcs1],
  ])('verifies when its format is %s', (format, pem) => {
    expect(readKey(write(pem))).toMatchObject({ kind: 'public', format });
    expect(verifyText(required(sample.stringToSign), sample.signature, loadPublicKey(write(pem)))).toBe(true);
  });
});

test('readKey returns how the key was written when it has read it', () => {
  expect(readKey(spki).traits).toEqual([]);
  expect(readKey(body(spki)).traits).toEqual(['no-pem']);
  expect(readKey(label(spki, 'RSA PUBLIC KEY')).traits).toEqual(['wrong-label']);
  expect(readKey('\uFEFF' + spki.replaceAll('\n', '\r\n')).traits).toEqual(['bom', 'crlf']);
  expect(readKey(spki.replaceAll('\n', '\\n')).traits).toContain('literal-newlines');
});

test('loadPublicKey returns the public half when it gets a private key', () => {
  expect(verifyText(required(sample.stringToSign), sample.signature, loadPublicKey(pkcs1))).toBe(true);
  expect(
    verifyText(required(sample.stringToSign), sample.signature, loadPublicKey(loadPrivateKey(pkcs8))),
  ).toBe(true);
});

describe('loading a key throws a KeyError', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const locked = createPrivateKey(pkcs1)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
    .toString();
  test.each([
    ['nothing', '  ', 'KEY_EMPTY'],
    ['an empty file', Buffer.alloc(0), 'KEY_EMPTY'],
    ['some other text', 'hello, world', 'KEY_NOT_BASE64'],
    ['binary', Buffer.from([0, 1, 2, 255]), 'KEY_NOT_BASE64'],
    ['half a key', spki.slice(0, 120), 'KEY_NOT_READABLE'],
    ['base64 of something else', 'aGVsbG8gd29ybGQ=', 'KEY_NOT_READABLE'],
    ['a passphrase', locked, 'KEY_ENCRYPTED'],
    [
      'OpenSSH',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
      'KEY_OPENSSH',
    ],
    ['ssh-rsa', 'ssh-rsa AAAAB3NzaC1yc2E= me', 'KEY_OPENSSH'],
    ['another algorithm', ec.publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'KEY_NOT_RSA'],
    ['a huge file', 'A'.repeat(70_000), 'KEY_TOO_LARGE'],
  ])('with its code when the key is %s', (_what, input, code) => {
    expect(() => loadPublicKey(input)).toThrow(expect.objectContaining({ code }) as Error);
    expect(() => loadPublicKey(input)).toThrow(KeyError);
  });

  test('when a KeyObject is of another algorithm', () => {
    expect(() => loadPrivateKey(ec.privateKey)).toThrow(
      expect.objectContaining({ code: 'KEY_NOT_RSA' }) as Error,
    );
    expect(() => loadPublicKey(ec.publicKey)).toThrow(/type ec; the cashier takes RSA/);
  });

  test('when an environment variable is not set', () => {
    for (const [load, role] of [
      [loadPrivateKey, 'private'],
      [loadPublicKey, 'public'],
    ] as const) {
      const unset = () => load(process.env.SWAN_CASHIER_NO_SUCH_VARIABLE);
      expect(unset).toThrow(KeyError);
      expect(unset).toThrow(MerchantError);
      expect(unset).toThrow(`No ${role} key was given. Is the environment variable`);
    }
  });

  test('when an await was forgotten', () => {
    const forgotten = Promise.resolve(pkcs1) as unknown as string;
    expect(() => loadPrivateKey(forgotten)).toThrow(/private key must be text.* promise: await it first/);
  });

  test('when the modulus has more than 8192 bits', () => {
    const modulus = Buffer.alloc(1100, 0xab);
    modulus[1099] = 1;
    const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' };
    const der = jwkToDer(jwk);
    expect(() => loadPublicKey(der)).toThrow(/8800 bits/);
  });

  test('when it needs the private key and gets the public one', () => {
    expect(() => loadPrivateKey(spki)).toThrow(/public key; signing needs the private key/);
  });
});

/** Writes PKCS#1 by hand, because no library makes a key this large in reasonable time. */
function jwkToDer({ n, e }: { n: string; e: string }): Buffer {
  const tlv = (tag: number, content: Buffer): Buffer => {
    const length = Buffer.from([0x82, content.length >> 8, content.length & 255]);
    return Buffer.concat([Buffer.from([tag]), length, content]);
  };
  const integer = (text: string): Buffer =>
    tlv(2, Buffer.concat([Buffer.from([0]), Buffer.from(text, 'base64url')]));
  return tlv(0x30, Buffer.concat([integer(n), integer(e)]));
}
