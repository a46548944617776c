/**
 * Reads RSA keys in every form they are kept in: PEM of every kind, the console's one-line base64, a PEM that went through
 * an environment variable, a file saved by Notepad, base64 of a whole file. The format is read from the bytes, because the
 * label of a PEM may be wrong.
 */
import { createHash, createPrivateKey, createPublicKey, KeyObject, X509Certificate } from 'node:crypto';
import { types } from 'node:util';
import { KeyError } from './errors';
import { encryptedKey, explainKeyText, notRsa, webKey } from './key-errors';
import { findKeyBlocks } from './key-text';
import type { KeyBlock, KeyText, KeyTrait } from './key-text';

export type { KeyTrait } from './key-text';

/** A key as text (or the bytes of its file), or one loaded already. Load once when you use it often. */
export type KeyInput = string | Uint8Array | KeyObject;

export type KeyFormat = 'PKCS#1' | 'PKCS#8' | 'SPKI' | 'X.509';

export interface ReadKey {
  key: KeyObject;
  kind: 'private' | 'public';
  format: KeyFormat;
  /** of the modulus */
  bits: number;
  traits: KeyTrait[];
}

/** More than any RSA key needs; a larger file is the wrong one and is not parsed. */
const MAX_KEY_BYTES = 64 * 1024;
/** OpenSSL accepts larger ones, but computes for minutes. */
const MAX_MODULUS_BITS = 8192;

const FORMAT_OF_LABEL: Record<string, KeyFormat> = {
  'PRIVATE KEY': 'PKCS#8',
  'RSA PRIVATE KEY': 'PKCS#1',
  'PUBLIC KEY': 'SPKI',
  'RSA PUBLIC KEY': 'PKCS#1',
  CERTIFICATE: 'X.509',
};

interface KeyReader {
  kind: 'private' | 'public';
  format: KeyFormat;
  read: (der: Buffer) => KeyObject;
}

const READERS: KeyReader[] = [
  {
    kind: 'public',
    format: 'SPKI',
    read: key => createPublicKey({ key, format: 'der', type: 'spki' }),
  },
  {
    kind: 'private',
    format: 'PKCS#8',
    read: key => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  },
  {
    kind: 'private',
    format: 'PKCS#1',
    read: key => createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
  },
  {
    kind: 'public',
    format: 'PKCS#1',
    read: key => createPublicKey({ key, format: 'der', type: 'pkcs1' }),
  },
  { kind: 'public', format: 'X.509', read: der => new X509Certificate(der).publicKey },
  // Read only to say that it is a key of an elliptic curve.
  {
    kind: 'private',
    format: 'PKCS#8',
    read: key => createPrivateKey({ key, format: 'der', type: 'sec1' }),
  },
];

/** @throws KeyError for another algorithm, with which Node would sign and verify all the same */
function requireRsa(key: KeyObject): void {
  if (key.asymmetricKeyType !== 'rsa') throw notRsa(key.asymmetricKeyType ?? key.type);
}

/** @throws KeyError when the block holds no RSA key */
function readBlock({ der, label, isEncrypted }: KeyBlock, { text, traits }: KeyText): ReadKey {
  if (isEncrypted) throw encryptedKey();
  // Those of Diffie-Hellman are two numbers, as a public RSA key is.
  if (label.endsWith('PARAMETERS')) throw explainKeyText(text, der, label);
  for (const { kind, format, read } of READERS) {
    let key: KeyObject;
    try {
      key = read(der);
    } catch {
      continue;
    }
    requireRsa(key);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits > MAX_MODULUS_BITS) {
      throw new KeyError(
        'KEY_TOO_LARGE',
        `The key has ${bits} bits; more than ${MAX_MODULUS_BITS} is refused. The cashier's documents use 1024.`,
        `${bits} bits`,
      );
    }
    const isLabelRight =
      !label || (FORMAT_OF_LABEL[label] === format && label.includes('PRIVATE') === (kind === 'private'));
    return {
      key,
      kind,
      format,
      bits,
      traits: [...traits, ...(isLabelRight ? [] : (['wrong-label'] as const))],
    };
  }
  throw explainKeyText(text, der, label);
}

/**
 * Reads any RSA key, and reports its format and how it was written.
 *
 * @param wanted which key to take of a file that holds several, such as a certificate with its private key; the first one
 *   when there is none of this kind
 * @throws KeyError when it is no RSA key; the message names the fix
 */
export function readKey(input: string | Uint8Array, wanted?: 'private' | 'public'): ReadKey {
  requireKeyInput(input, wanted ?? 'public');
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.length;
  if (size > MAX_KEY_BYTES) {
    throw new KeyError(
      'KEY_TOO_LARGE',
      `The key is ${size} bytes long; an RSA key has a few thousand. Wrong file?`,
      `${size} bytes`,
    );
  }
  const found = findKeyBlocks(typeof input === 'string' ? input : toBuffer(input));
  const keys: ReadKey[] = [];
  const problems: KeyError[] = [];
  for (const block of found.blocks) {
    try {
      keys.push(readBlock(block, found));
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      problems.push(error);
    }
  }
  const encrypted = problems.find(({ code }) => code === 'KEY_ENCRYPTED');
  const key =
    keys.find(({ kind }) => kind === wanted) ?? (wanted === 'private' && encrypted ? undefined : keys[0]);
  if (key) return key;
  throw problems.find(({ code }) => code !== 'KEY_NOT_READABLE') ?? problems[0] ?? explainKeyText(found.text);
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The merchant's private key, for signing.
 *
 * Takes PEM (PKCS#1 or PKCS#8, with any label), one-line base64, base64 of a whole PEM file, literal `\n`, CRLF, BOM,
 * DER. The type allows undefined because process.env gives it; the error then says that no key was given.
 *
 * @throws KeyError naming the fix, also when the key is a public one or none was given
 */
export function loadPrivateKey(input: KeyInput | undefined): KeyObject {
  const given = requireKeyInput(input, 'private');
  const { key, kind } =
    given instanceof KeyObject ? { key: given, kind: given.type } : readKey(given, 'private');
  requireRsa(key);
  if (kind !== 'private') {
    throw new KeyError(
      'KEY_IS_PUBLIC',
      'This is a public key; signing needs the private key it was made from.',
    );
  }
  return key;
}

/**
 * A public key, for verifying: the merchant's own for orders, the platform's (per payment service) for notifications.
 *
 * Takes what loadPrivateKey takes, SPKI, PKCS#1 and certificates. From a private key its public half is used.
 *
 * @throws KeyError naming the fix, also when none was given
 */
export function loadPublicKey(input: KeyInput | undefined): KeyObject {
  const given = requireKeyInput(input, 'public');
  const { key } = given instanceof KeyObject ? { key: given } : readKey(given, 'public');
  requireRsa(key);
  return toPublicKey(key);
}

export function toPublicKey(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** Identifies a key without showing it: the first bytes of the SHA-256 of its SPKI, as hex. */
export function fingerprint(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/**
 * Refuses values that are no key at all: an unset variable or a forgotten `await` needs another fix than a bad key.
 *
 * @throws KeyError
 */
export function requireKeyInput(input: unknown, role: 'private' | 'public'): string | Buffer | KeyObject {
  if (typeof input === 'string' || input instanceof KeyObject) return input;
  if (types.isUint8Array(input)) return toBuffer(input);
  if (input === undefined || input === null) {
    throw new KeyError(
      'KEY_EMPTY',
      `No ${role} key was given. Is the environment variable or the setting it comes from set?`,
    );
  }
  if (typeof input === 'object' && 'kty' in input) throw webKey();
  const isPromise = types.isPromise(input);
  const got = isPromise ? 'a promise: await it first' : typeof input;
  throw new KeyError(
    isPromise ? 'KEY_IS_PROMISE' : 'KEY_NOT_READABLE',
    `The ${role} key must be text, a Buffer or a KeyObject; this is ${got}.`,
  );
}
