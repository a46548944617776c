/** Keys in every form in which people keep them, and what is given in place of a key. */
import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import {
  compareKeys,
  diagnoseNotification,
  diagnoseOrder,
  type FindingCode,
  KeyError,
  type KeyErrorCode,
  loadPrivateKey,
  loadPublicKey,
  MerchantError,
  readKey,
  signText,
  verifyOrderInfo,
  verifyText,
} from '../../../merchant';
import { orderOf, required, sample } from './vectors';

const pkcs1 = required(sample.privateKeyPem);
const pkcs8 = required(sample.privateKeyPkcs8Pem);
const spki = required(sample.publicKeyPem);
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
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

test.each([spki, pkcs8, pkcs1])('readKey finds base64 alone when the first line of a PEM is missing', pem => {
  expect(readKey(pem.slice(pem.indexOf('\n') + 1)).traits).toEqual(['no-pem']);
});

test('loadPublicKey returns the public half when it gets a private key', () => {
  expect(verifyText(required(sample.stringToSign), sample.signature, loadPublicKey(pkcs1))).toBe(true);
  expect(
    verifyText(required(sample.stringToSign), sample.signature, loadPublicKey(loadPrivateKey(pkcs8))),
  ).toBe(true);
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

test.each([
  'undefined',
  'null',
  'your private key here',
  'merchant_private',
  '3c0b5f8f0b3d4a7d9d7d8b1d2e3f4a5b',
])('loading a key says that "%s" is no key, not that one was cut off', text => {
  expect(() => loadPrivateKey(text)).toThrow(/^This is no key: .*placeholder/);
  expect(() => loadPublicKey(spki.slice(0, 120))).toThrow(/was cut off/);
});

test.each([
  '-----BEGIN PRIVATE KEY-----',
  '"-----BEGIN RSA PRIVATE KEY-----',
  '-----BEGIN A-----\n-----END A-----',
])('loading a key says that only the BEGIN line is there when it is %j', text => {
  expect(() => loadPrivateKey(text)).toThrow(/only the BEGIN line.*\.env/);
});

describe('loading a key throws a KeyError', () => {
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

const toPem = (label: string, der: string): string =>
  `-----BEGIN ${label}-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

/** Made with openssl for the pair of the sample: subject CN=a, passphrase x. */
const CERTIFICATE = toPem(
  'CERTIFICATE',
  'MIIB9jCCAV+gAwIBAgIUbzR4vpPpYIESdPM1ZrnchuW+ZlgwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBYTAgFw0yNjExMzAwMTA4MDhaGA8yMTI2MTEwNjAxMDgwOFowDDEKMAgGA1UEAwwBYTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAumW50iuhHgjBatylHadocneRMb3z2MuuW3qy5I5vHil9rMA6vZxfm6QrTNu/tKbLEbqMqWgSDkz953/kKXdafMj/JDEBdxm1MtbfZGc7NJaqRnu0Wf+3oVSiMi5QhIJuXFDBRisix991y9UHEJKgCY4p244GI7b7dTLPlQppqJcCAwEAAaNTMFEwHQYDVR0OBBYEFCTIPw+rzk4hv2VFjjrWa3Fh3HvgMB8GA1UdIwQYMBaAFCTIPw+rzk4hv2VFjjrWa3Fh3HvgMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEAMQvugC8Ku+cOeQIlJzmQCHsZG88sNpU3sQU+ePWoMmK/khXWAkTz1c9QIa/a1GbxgvbGw+qTMLQKXj8WeRH8o/zm94fzdpE/v9uJyXxKt+gN7fQE+5ViDmlsJWE7CovbB/mak6/JzynCh01oER5VjQczlA9lL7CSJ7HLqgnWKbA=',
);
const REQUEST =
  'MIIBSzCBtQIBADAMMQowCAYDVQQDDAFhMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC6ZbnSK6EeCMFq3KUdp2hyd5ExvfPYy65berLkjm8eKX2swDq9nF+bpCtM27+0pssRuoypaBIOTP3nf+Qpd1p8yP8kMQF3GbUy1t9kZzs0lqpGe7RZ/7ehVKIyLlCEgm5cUMFGKyLH33XL1QcQkqAJjinbjgYjtvt1Ms+VCmmolwIDAQABoAAwDQYJKoZIhvcNAQELBQADgYEAU0oHcDeLxQRhILpmRijVzpCV9keOeZv9HilvRlvu+V/kWp/xUJujmLRmf2liDIhqNSvc+IrUqforSNXEBYkxMMmmKrKFw6Zk2/Bs4cyP71Oysl/u/ps2j41U8J2Lna/zjbqkJTnOBqVQqgAxqnIswt3Zz1x2SH88VNi4puQUqrE=';
const PKCS12 =
  'MIIGfwIBAzCCBjUGCSqGSIb3DQEHAaCCBiYEggYiMIIGHjCCAuIGCSqGSIb3DQEHBqCCAtMwggLPAgEAMIICyAYJKoZIhvcNAQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjaE8iGaP4UvgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEF872gXE4LxM/PjW+bOoZAeAggJgHu3njo2mwkObBQNRLVfveEhw53GAoOKvlZqEudAKPfGZPiIzI2XhlO/Hn8XbEApCoYDpeEEum3Pi1eSVylIMZiJvEJy0qXU4/NCBJkcW1JxyEqz05ISN79YzbAoachMWlB5OFSfo6lIEjm1bZxHnpeuLHBx+qBi7gftUNX9M3M7IBK3yiS2Nqc/AwLsMXrLAjnVsdUD1h/zWnFnKCwoEn0rqXyKv47cKzKIneUgBl8gtTAKF5rJlAvPH5E9kK//nt+gpiWbuSgeSwctEf6hJtyQFl+yLSUCUlD8SGnE5k8I7Ly/MICHXuFP6Uuog89q1abGCzFA3BBzxh4elmk85YaUloZ1cqCL2x0ehDwqbcLosgDGEVWt4xkMxMiu0a8BUIffYeuotf8GnvxZLUWoTpg2P2ZMp7WXFUWFws4YV6zWujFrHDo3MggGDGYQ7fu0ryrOC0Zi9ESmNcXKbw3p4kRYx6BB+F4TF7Ri4ms9HGVkGmJan1GrHhu52y0Bk+iwqq3ggMPIV2DcwwnaRSa2ZAa9brtXdNwL1LggR13mDpjpTiErrDqCF0gW8iTWyu0N7NqLtJ0mIoqsupjF+LgJMDSj1r8SeY/EhVzu5W1Lmk9NeQyjtEJ+/C5g3eHhYg12bjp80TPcuh36RJcyxLAfB0+H92IbYxVecOJiGYpIR+Pavt9Z/non9+J1R+g5iL512AvmxhTCnkGOcl00zeZYQ7VJ39fIYWVkw3FgM/vYPeb/wPTWEviWfdouYxC1uShQnm1oS1gMllHhLjuIImGFekfsJG5L93/I+HQIq4/vRsYwwggM0BgkqhkiG9w0BBwGgggMlBIIDITCCAx0wggMZBgsqhkiG9w0BDAoBAqCCAuEwggLdMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi0Gj0eH0PpWwICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPbq91vmS7f1QJG3l9aIfHAEggKAz2dnvFBRsis1U2tu3r7grCiaWbWON4r6Uv1d5PmWWrXQo8GdLWi8qMlFBUoEzvwiVbkTp2NdP2J1FFtRvKq2gPgXTzf5YuNDAIdmS4vBp+R66iCzbNMUR7x0ITE5eewCMUQeRHc3LeVkaWPwBDY4k9omfq+9KLdWY4hIMD96tfITdzppDWwQkAZJKPzybkPeBzYyeGaJHz4wCvSleTTeDj/MLSBzLiUgsuAzoH8AzwTX3M95u0/ZyQUZhS0rZsxpGO/j92H05FbZZCYAqL7meyknEBRdUS2AcEgSPwUCc7iibdjlY3XBiQmHCU74VxAv+YJ/9fVl8Ih7ViqTFZR9rDG14ENb0p8GqUhTwBKnpKyJcRlrHKqGKCpn6rtQcq06vVaYgbSbUIOiAa44mMn9L3lSs4qO8cLzPMkwV9iCZIUKcrAArUhtIc/56Ew791e9PB6TZX3+rk1i4bcGN3ng7WM/MYQ003z6u9yBEWpEmxoEHZbXZ+beJdJo4g2QiX9zUDf60N3zUHUplkriXgc7u1ghhU3TgXQ2g/W1eu3tMUxEe5EwAEWWu9PoM6GSnvRi7UPL+calCIRHnlbVTFG7sHbIAoT/CBdDP7vsIBiIE1yikT5o/Jx59RVWd4R5qdH2i3YPkQhn9+80bYM7izJoIzqmkNKlwbJEnIZ4IhLaIcSml+IcsFNMkzgxUGMsIvmai+2cXouccb4MbOZiAVYW5EVblSdQt8alTMwIf83781IJ2bJ35CTCAJWzxuVvEWDJ+fwJQocZnswSnkC29728CRP55ZX1h55zgME68yPVUJsjB4t7FpA13t8dk18UStUMl3Axa4a4vKIsZnn9Au2R4jElMCMGCSqGSIb3DQEJFTEWBBSHi3hIB95R3fLJWbSAk7psVJjDcTBBMDEwDQYJYIZIAWUDBAIBBQAEIMPy06SgsqYOgI66s5FnBRhVRsRJDTbnlnqJKtJhk5QSBAiFFX3rqC/gvAICCAA=';

const sec1 = ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const encrypted = loadPrivateKey(pkcs8)
  .export({ type: 'pkcs8', format: 'der', cipher: 'aes-128-cbc', passphrase: 'x' })
  .toString('base64');
const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

describe('loadPrivateKey reads a key', () => {
  test.each([
    ['the value of an environment variable that was escaped twice', pkcs8.replaceAll('\n', '\\\\n')],
    ['a line of a .env file', `PRIVATE_KEY=${body(pkcs8)}`],
    ['a line of a .env file with quotes', `export KEY="${pkcs8.replaceAll('\n', '\\n')}"`],
    ['a member of JSON', `"privateKey": "${pkcs8.replaceAll('\n', '\\n')}",`],
    ['typographic quotes', `“${body(pkcs8)}”`],
    ['URL-safe base64', urlSafe(body(pkcs8))],
    ['base64 of base64', Buffer.from(body(pkcs8)).toString('base64')],
    ['a certificate and its key', CERTIFICATE + pkcs8],
    ['the public key and the private one', spki + pkcs8],
    ['a Uint8Array', new Uint8Array(Buffer.from(pkcs8))],
    ['UTF-16, big-endian', Buffer.from('\ufeff' + pkcs8, 'utf16le').swap16()],
    ['PEM with the long dashes of a word processor', pkcs8.replaceAll('-----', '—–—')],
    ['PEM with full-width dashes', pkcs8.replaceAll('-----', '－－－－－')],
    ['PEM with a dash less', pkcs8.replaceAll('-----', '----')],
    ['PEM with the blanks of a web page', pkcs8.replaceAll(' ', '\u00a0').replaceAll('\n', '\u00a0\n')],
    [
      'one line with an invisible character of a chat',
      `${body(pkcs8).slice(0, 90)}\u200b${body(pkcs8).slice(90)}`,
    ],
    ['JSON of PHP that was not decoded', body(pkcs8).replaceAll('/', '\\/')],
    ['a parameter of a URL', encodeURIComponent(body(pkcs8))],
    ['a percent-encoded file', encodeURIComponent(pkcs8)],
    ['a message', `开发者私钥：${body(pkcs8)}。`],
    ['a member of JSON', JSON.stringify({ id: 7, privateKey: body(pkcs8) })],
    ['a line of Java', `private static final String PRIVATE_KEY = "${body(pkcs8)}";`],
    ['source code, line by line', `"${body(pkcs8).replace(/.{64}/g, '$&" +\n  "')}"`],
    ['the value of a variable that was escaped three times', pkcs8.replaceAll('\n', '\\\\\\\\n')],
  ])('when it was kept as %s', (_how, key) => {
    expect(loadPrivateKey(key).export({ type: 'pkcs8', format: 'pem' })).toBe(pkcs8);
  });
});

test.each([
  ['a certificate and its key', CERTIFICATE + pkcs8],
  ['a certificate and its key, encrypted', CERTIFICATE + toPem('ENCRYPTED PRIVATE KEY', encrypted)],
])('loadPublicKey reads the key of the certificate when the file holds %s', (_how, key) => {
  expect(loadPublicKey(key).export({ type: 'spki', format: 'pem' })).toBe(spki);
});

const DH_PARAMETERS =
  'MEYCQQC7onCO5Vu+m+/JKpImUEfhqr0evT3SzjFyN0f0zDkIc5aG8NEQf0Xi5st6pl94Mmsgch93W2KeqycF1uXaVK7HAgEC';

describe('a key error has the code of what was given', () => {
  const privateJwk = loadPrivateKey(pkcs8).export({ format: 'jwk' });
  test.each([
    ['KEY_NOT_RSA', 'an EC key', sec1],
    ['KEY_NOT_RSA', 'an EC key behind its parameters', toPem('EC PARAMETERS', 'BggqhkjOPQMBBw==') + sec1],
    ['KEY_NOT_RSA', 'an EC key on one line', body(sec1)],
    // Two numbers, as a public RSA key is.
    ['KEY_NOT_RSA', 'parameters of Diffie-Hellman', toPem('DH PARAMETERS', DH_PARAMETERS)],
    ['KEY_ENCRYPTED', 'an encrypted key on one line', encrypted],
    ['KEY_ENCRYPTED', 'an encrypted key as DER', Buffer.from(encrypted, 'base64')],
    [
      'KEY_ENCRYPTED',
      'a certificate and an encrypted key',
      CERTIFICATE + toPem('ENCRYPTED PRIVATE KEY', encrypted),
    ],
    ['KEY_IS_REQUEST', 'a certificate request', toPem('CERTIFICATE REQUEST', REQUEST)],
    ['KEY_IS_REQUEST', 'a certificate request on one line', REQUEST],
    ['KEY_IS_KEYSTORE', 'PKCS#12', Buffer.from(PKCS12, 'base64')],
    ['KEY_IS_KEYSTORE', 'PKCS#12 as base64', PKCS12],
    ['KEY_IS_KEYSTORE', 'a keystore of Java', Buffer.from('feedfeed000000020000000100000001', 'hex')],
    ['KEY_IS_JWK', 'a JWK', JSON.stringify(privateJwk)],
    ['KEY_IS_FILE_NAME', 'a path', '/etc/keys/private.pem'],
    ['KEY_IS_FILE_NAME', 'a path without extension', '/etc/keys/private'],
    ['KEY_IS_FILE_NAME', 'a file of Windows', 'C:\\keys\\private.key'],
    ['KEY_IS_HEX', 'hexadecimal', Buffer.from(body(pkcs8), 'base64').toString('hex')],
    ['KEY_PLUS_BECAME_SPACE', 'a form', body(pkcs8).replaceAll('+', ' ')],
    ['KEY_PLUS_BECAME_SPACE', 'PEM in a form', pkcs8.replaceAll('+', ' ')],
    ['KEY_NOT_BASE64', 'the name of a variable', '${PRIVATE_KEY}'],
    ['KEY_NOT_READABLE', 'half a key', body(pkcs8).slice(0, 400)],
  ] as [KeyErrorCode, string, string | Buffer][])('%s when it is %s', (code, _what, key) => {
    expect(() => loadPrivateKey(key)).toThrow(expect.objectContaining({ name: 'KeyError', code }) as Error);
    const [finding] = compareKeys(key, spki, { locale: 'en' }).findings;
    expect(finding).toMatchObject({ code, severity: 'error' });
    expect(`${finding?.message} ${finding?.fix}`).not.toMatch(/\{\w+\}|undefined/);
  });
});

test('compareKeys names the type of a key when it is not RSA', () => {
  expect(compareKeys(sec1, spki, { locale: 'zh-CN' }).findings[0]?.message).toBe(
    '密钥的类型是 ec，不是 RSA。',
  );
});

test.each([
  ['KEY_WITH_NAME', `PRIVATE_KEY=${body(pkcs8)}`],
  ['KEY_WITH_NAME', `开发者私钥：${body(pkcs8)}`],
  ['KEY_WITH_FOREIGN_CHARACTERS', pkcs8.replaceAll('-----', '－－－－－')],
  ['KEY_WITH_FOREIGN_CHARACTERS', body(pkcs8).replaceAll('/', '\\/')],
  ['KEY_IS_URLSAFE', urlSafe(body(pkcs8))],
  ['KEY_IS_BASE64_OF_PEM', Buffer.from(body(pkcs8)).toString('base64')],
])('compareKeys warns with %s when other languages cannot read what the kit reads', (code, key) => {
  expect(compareKeys(key, spki).findings).toContainEqual(
    expect.objectContaining({ code, severity: 'warning' }),
  );
});

test('compareKeys says that nobody takes a certificate for a key when the public key is one', () => {
  const { ok, findings } = compareKeys(pkcs8, CERTIFICATE, { locale: 'en' });
  const { fix } = findings.find(({ evidence }) => evidence.format === 'X.509') ?? {};
  expect({ ok, fix }).toEqual({
    ok: true,
    fix: expect.stringMatching(/openssl x509 -pubkey -noout/) as string,
  });
});

describe('a diagnosis has a finding, and throws nothing,', () => {
  const order = orderOf(sample);
  test.each([
    ['KEY_NOT_GIVEN', 'null', null],
    ['KEY_NOT_READABLE', 'a number', 5],
    ['KEY_NOT_READABLE', 'an object', {}],
    ['KEY_NOT_READABLE', 'a list', []],
    ['KEY_IS_JWK', 'a JWK', createPublicKey(spki).export({ format: 'jwk' })],
    ['KEY_IS_PROMISE', 'a promise', Promise.resolve(spki)],
    ['KEY_NOT_RSA', 'a secret key', createSecretKey(Buffer.alloc(9))],
  ] as [FindingCode, string, string][])('%s when the key is %s', (code, _what, key) => {
    expect(diagnoseOrder(order, key).findings.map(each => each.code)).toContain(code);
    expect(
      diagnoseNotification('userId=1&orderId=2&rsaSign=x', key).findings.map(each => each.code),
    ).toContain(code);
    const compared = compareKeys(key, spki).findings.map(each => each.code);
    expect(compared).toEqual([code === 'KEY_NOT_GIVEN' ? 'KEY_EMPTY' : code]);
  });

  test('and verifies when the key is a Uint8Array', () => {
    expect(diagnoseOrder(order, new Uint8Array(Buffer.from(spki))).findings).toEqual([]);
    expect(verifyOrderInfo(order, new Uint8Array(Buffer.from(spki)))).toBe(true);
  });
});
