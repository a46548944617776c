/** Key files: those that the program makes, and those that options name. */
import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder';
import { KeyError, loadPrivateKey, readKey } from '../merchant';
import { StartError, toFolderError } from './start-errors';

/** `merchant` signs orders, `platform` signs notifications. */
type PairName = 'merchant' | 'platform';

/** The keys of a data folder. Missing ones are made, readable for this user only (mode 0600). */
export interface KeyStore {
  pair(name: PairName): KeyPairKeyObjectResult;
  privateKeyFile(name: PairName): string;
  publicKeyFile(name: PairName): string;
  /** Rewrites the public key file when the database has another key. */
  writePublicKey(name: PairName, key: KeyObject): void;
  /** App Secret of the mini-program */
  clientSecret(): string;
}

/**
 * @param folder where they are kept
 * @param bits size of new pairs
 * @throws StartError, here and in all its methods, when a file cannot be written, or holds no private key or no secret
 */
export function openKeyStore(folder: string, bits: number): KeyStore {
  const withFolder = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw toFolderError(error, folder);
    }
  };
  const privateKeyFile = (name: PairName) => join(folder, `${name}-private.pem`);
  const publicKeyFile = (name: PairName) => join(folder, `${name}-public.pem`);
  const writePublicKey = (name: PairName, key: KeyObject): void =>
    withFolder(() => writeFileSync(publicKeyFile(name), toPem(key)));
  withFolder(() => makeFolder(folder, 0o700));
  return {
    privateKeyFile,
    publicKeyFile,
    writePublicKey,
    pair(name) {
      const file = privateKeyFile(name);
      withFolder(() => readOrMake(file, () => newPrivateKey(bits)));
      const privateKey = readPrivateKey(file);
      const publicKey = createPublicKey(privateKey);
      // For developers to read. The program derives the public key from the private one each time.
      writePublicKey(name, publicKey);
      return { privateKey, publicKey };
    },
    clientSecret() {
      const file = join(folder, 'client-secret.txt');
      const secret = withFolder(() => readOrMake(file, () => randomBytes(16).toString('hex')));
      // An empty one would be the secret of every request without client_secret.
      if (secret === '') throw new StartError(`${file} is empty. Delete it, and a new App Secret is made.`);
      return secret;
    },
  };
}

export function toPem(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** As Baidu's console shows a key: the base64 of its DER. */
export function toOneLine(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

function newPrivateKey(bits: number): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** @throws StartError naming the file, and why it cannot be used */
export function readPrivateKey(file: string): KeyObject {
  try {
    return loadPrivateKey(readKeyFile(file));
  } catch (error) {
    throw new StartError(`Cannot use the private key in ${file}: ${reasonOf(error)}`);
  }
}

/**
 * Reads the merchant's public key, the only key that a merchant gives to Baidu.
 *
 * @throws StartError naming the file, and why it cannot be used; a private key is refused although it has a public half
 */
export function readPublicKey(file: string): KeyObject {
  let advice = `openssl rsa -in ${file} -pubout -out merchant-public.pem`;
  try {
    const content = readKeyFile(file);
    const { kind, key } = readKey(content);
    if (kind === 'public') return key;
    // openssl does not read a key on one line.
    if (!content.includes('-----BEGIN'))
      advice = `write it into a file, it is ${toOneLine(createPublicKey(key))}`;
  } catch (error) {
    // Only private keys are encrypted. The error of merchant/ would advise to remove the passphrase, which is the wrong
    // fix.
    if (!(error instanceof KeyError && error.code === 'KEY_ENCRYPTED')) {
      throw new StartError(`Cannot use the public key in ${file}: ${reasonOf(error)}`);
    }
  }
  throw new StartError(
    `${file} holds a private key, which belongs to your backend alone. Give its public half: ${advice}`,
  );
}

/** More than any key has; one byte more than that is enough to see that a file is too large. */
const MAX_KEY_BYTES = 64 * 1024;
/** ms; what is given as a pipe may take its time */
const PIPE_TIMEOUT = 10_000;

/** Reads a file that an option names: it may be a device without end, or a pipe without a writer. */
function readKeyFile(file: string): Buffer {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(MAX_KEY_BYTES + 1);
    const deadline = Date.now() + PIPE_TIMEOUT;
    let size = 0;
    while (size < bytes.length) {
      const read = readNow(descriptor, bytes, size);
      if (read === 0) break;
      if (read !== 'nothing yet') size += read;
      else if (Date.now() > deadline) throw new StartError('nothing was written to it.');
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    if (size === 0 && !fstatSync(descriptor).isFile()) throw new StartError('it is empty.');
    if (size > MAX_KEY_BYTES) throw new StartError(`it is larger than any key (${MAX_KEY_BYTES} bytes).`);
    return bytes.subarray(0, size);
  } finally {
    closeSync(descriptor);
  }
}

/** @returns the number of bytes that were read, 0 at the end */
function readNow(descriptor: number, into: Buffer, at: number): number | 'nothing yet' {
  try {
    return readSync(descriptor, into, at, into.length - at, null);
  } catch (error) {
    if (Object(error).code === 'EAGAIN') return 'nothing yet';
    if (Object(error).code === 'EOF') return 0;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it.';
  return String(message);
}

/** Linking a finished file: no process reads half a secret, and two processes get the same one. */
function readOrMake(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    try {
      writeFileSync(draft, make(), { mode: 0o600 });
      linkSync(draft, file);
    } catch (error) {
      if (Object(error).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}
