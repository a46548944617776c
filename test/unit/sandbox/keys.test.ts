import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyStore, readPrivateKey, readPublicKey, toOneLine, toPem } from '../../../sandbox/keys';
import { createKeyPair } from '../../../scripts/support/keys';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swan-cashier-keys-'));
  file = join(folder, 'key.pem');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { privateKey, publicKey } = createKeyPair();

test.each([
  ['a PEM', toPem(publicKey)],
  ['one line of base64', toOneLine(publicKey)],
  ['PKCS#1', publicKey.export({ type: 'pkcs1', format: 'pem' })],
])('readPublicKey() returns the key when the file is %s', (_form, content) => {
  writeFileSync(file, content);
  expect(readPublicKey(file).equals(publicKey)).toBe(true);
});

test('readPublicKey() throws with the openssl command when the file holds a private key', () => {
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(() => readPublicKey(file)).toThrow(
    `${file} holds a private key, which belongs to your backend alone. Give its public half: openssl rsa -in ${file} -pubout`,
  );
});

test('readPublicKey() throws with the public half when the file holds a private key on one line', () => {
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
  expect(() => readPublicKey(file)).toThrow(`write it into a file, it is ${toOneLine(publicKey)}`);
});

test.each([
  ['PKCS#8', 'pkcs8'],
  ['PKCS#1', 'pkcs1'],
] as const)('readPublicKey() throws when the file holds an encrypted %s key', (_form, type) => {
  const encrypted = { type, format: 'pem', cipher: 'aes-128-cbc', passphrase: 'secret' } as const;
  writeFileSync(file, privateKey.export(encrypted));
  expect(() => readPublicKey(file)).toThrow(
    `${file} holds a private key, which belongs to your backend alone.`,
  );
});

test.each([
  ['there is no file', () => undefined, 'there is no such file.'],
  ['it is a folder', () => mkdirSync(file), 'it is a folder.'],
  ['it is empty', () => writeFileSync(file, ''), 'The key is empty'],
  ['it holds words', () => writeFileSync(file, 'my key!'), 'The key is neither PEM nor base64'],
  [
    'it holds another kind of key',
    () => writeFileSync(file, toPem(generateKeyPairSync('ed25519').publicKey)),
    'This is a key of type ed25519',
  ],
])('a public key is refused by the name of its file when %s', (_what, make, reason) => {
  make();
  expect(() => readPublicKey(file)).toThrow(`Cannot use the public key in ${file}: `);
  expect(() => readPublicKey(file)).toThrow(reason);
});

test.each([
  ['a device without end', () => '/dev/zero'],
  ['a large file', () => (writeFileSync(file, Buffer.alloc(3_000_000, 65)), file)],
])('a key is refused by its size, without reading all of it, when the file is %s', (_what, make) => {
  const name = make();
  for (const read of [readPublicKey, readPrivateKey]) {
    expect(() => read(name)).toThrow(`key in ${name}: it is larger than any key (65536 bytes).`);
  }
});

test('readPublicKey() throws at once when the file is a pipe that nobody writes to', () => {
  execFileSync('mkfifo', [file]);
  expect(() => readPublicKey(file)).toThrow(`Cannot use the public key in ${file}: it is empty.`);
});

test('openKeyStore() creates missing keys once, with mode 600, when the folder is new', () => {
  const store = openKeyStore(join(folder, 'keys'), 1024);
  const { privateKey: made } = store.pair('merchant');
  expect(statSync(store.privateKeyFile('merchant')).mode & 0o777).toBe(0o600);
  expect(readPublicKey(store.publicKeyFile('merchant')).equals(store.pair('merchant').publicKey)).toBe(true);
  const again = openKeyStore(join(folder, 'keys'), 2048);
  expect(again.pair('merchant').privateKey.equals(made)).toBe(true);
  expect(again.clientSecret()).toBe(store.clientSecret());
});

test('clientSecret() names the file when it is empty', () => {
  const secretFile = join(folder, 'keys', 'client-secret.txt');
  const store = openKeyStore(join(folder, 'keys'), 1024);
  writeFileSync(secretFile, '\n');
  expect(() => store.clientSecret()).toThrow(`${secretFile} is empty. Delete it`);
});

test('openKeyStore() throws when its path is a file or leads through one', () => {
  writeFileSync(file, 'a file');
  expect(() => openKeyStore(join(file, 'keys'), 1024)).toThrow('a part of its path is a file');
  expect(() => openKeyStore(file, 1024)).toThrow(`Cannot keep data in ${file}: it is a file.`);
});
