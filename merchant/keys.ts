/**
 * Reads RSA keys in every form they are kept in: PEM of every kind, the console's one-line base64, a PEM that went through
 * an environment variable, a file saved by Notepad, base64 of a whole file. The format is read from the bytes, because the
 * label of a PEM may be wrong.
 */
import { createHash, createPrivateKey, createPublicKey, KeyObject, X509Certificate } from 'node:crypto';
import { KeyError } from './errors';

/** A key as text (or the bytes of its file), or one loaded already. Load once when you use it often. */
export type KeyInput = string | Buffer | KeyObject;

export type KeyFormat = 'PKCS#1' | 'PKCS#8' | 'SPKI' | 'X.509';

/** How the key was written; each of these breaks the reader of some other language. */
export type KeyTrait =
  'bom' | 'crlf' | 'quotes' | 'literal-newlines' | 'no-pem' | 'one-line-pem' | 'wrong-label' | 'der';

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

const READERS: { kind: 'private' | 'public'; format: KeyFormat; read: (der: Buffer) => KeyObject }[] = [
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
];

function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && bytes.length > 4 && bytes.subarray(0, 64).some(byte => byte > 0x7e);
}

/** The text of a key file: UTF-8, or UTF-16 when it has Notepad's byte order mark. */
function decodeText(bytes: Buffer, traits: Set<KeyTrait>): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    traits.add('bom');
    return bytes.subarray(2).toString('utf16le');
  }
  return bytes.toString('utf8');
}

/** The DER inside a text, and the label of its PEM ('' without one). */
function extractDer(raw: string, traits: Set<KeyTrait>): { der: Buffer; label: string } {
  let text = raw;
  if (text.startsWith('\uFEFF')) {
    traits.add('bom');
    text = text.slice(1);
  }
  if (text.includes('\r')) traits.add('crlf');
  text = text.trim();
  if (/^(["'])[\s\S]*\1$/.test(text)) {
    traits.add('quotes');
    text = text.slice(1, -1);
  }
  if (/\\[nr]/.test(text)) {
    traits.add('literal-newlines');
    text = text.replace(/\\r/g, '').replace(/\\n/g, '\n');
  }
  if (!text.trim())
    throw new KeyError('KEY_EMPTY', 'The key is empty: give the PEM or base64 text of an RSA key.');
  if (/^ssh-|BEGIN OPENSSH|BEGIN SSH2/.test(text)) {
    throw new KeyError(
      'KEY_OPENSSH',
      'This is an OpenSSH key. Convert it: ssh-keygen -p -m PEM -f KEY (private), ssh-keygen -e -m PKCS8 -f KEY.pub (public).',
    );
  }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: *4, *ENCRYPTED/.test(text)) {
    throw new KeyError(
      'KEY_ENCRYPTED',
      'The private key is protected by a passphrase. Remove it: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN.',
    );
  }
  const pem = /-----BEGIN ([A-Z0-9 ]+?)-----([\s\S]*?)(?:-----END|$)/.exec(text);
  const label = pem?.[1] ?? '';
  const lines = pem?.[2] ?? text;
  if (!pem) traits.add('no-pem');
  else if (!/[\r\n]/.test(text)) traits.add('one-line-pem');
  const body = lines.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) {
    throw new KeyError(
      'KEY_NOT_BASE64',
      'The key is neither PEM nor base64. Give the whole file, from BEGIN to END, or the one line the console shows.',
    );
  }
  const bytes = Buffer.from(body, 'base64');
  // CI and Kubernetes keep secrets as the base64 of the whole file.
  return !pem && bytes.includes('-----BEGIN ') ? extractDer(bytes.toString(), traits) : { der: bytes, label };
}

/** @throws KeyError for another algorithm, with which Node would sign and verify all the same */
function requireRsa(key: KeyObject): void {
  if (key.asymmetricKeyType === 'rsa') return;
  throw new KeyError(
    'KEY_NOT_RSA',
    `This is a key of type ${key.asymmetricKeyType ?? key.type}; the cashier takes RSA: openssl genrsa -out private.pem 1024.`,
  );
}

/**
 * Reads any RSA key, and reports its format and how it was written.
 *
 * @throws KeyError when it is no RSA key; the message names the fix
 */
export function readKey(input: string | Buffer): ReadKey {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.length;
  if (size > MAX_KEY_BYTES) {
    throw new KeyError(
      'KEY_TOO_LARGE',
      `The key is ${size} bytes long; an RSA key has a few thousand. Wrong file?`,
    );
  }
  const traits = new Set<KeyTrait>();
  let der: Buffer;
  let label = '';
  if (Buffer.isBuffer(input) && isDer(input)) {
    traits.add('der');
    der = input;
  } else {
    ({ der, label } = extractDer(typeof input === 'string' ? input : decodeText(input, traits), traits));
  }

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
      );
    }
    if (label && !(FORMAT_OF_LABEL[label] === format && label.includes('PRIVATE') === (kind === 'private'))) {
      traits.add('wrong-label');
    }
    return { key, kind, format, bits, traits: [...traits] };
  }
  throw new KeyError(
    'KEY_NOT_READABLE',
    'The text is base64 but holds no RSA key: it was cut off or mixed up with something else. Copy the key again, whole.',
  );
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
  const { key, kind } = given instanceof KeyObject ? { key: given, kind: given.type } : readKey(given);
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
  const { key } = given instanceof KeyObject ? { key: given } : readKey(given);
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

/** Refuses values that are no key at all: an unset variable or a forgotten `await` needs another fix than a bad key. */
function requireKeyInput(input: unknown, role: 'private' | 'public'): KeyInput {
  if (typeof input === 'string' || Buffer.isBuffer(input) || input instanceof KeyObject) return input;
  if (input === undefined || input === null) {
    throw new KeyError(
      'KEY_EMPTY',
      `No ${role} key was given. Is the environment variable or the setting it comes from set?`,
    );
  }
  const got = input instanceof Promise ? 'a promise: await it first' : typeof input;
  throw new KeyError(
    'KEY_NOT_READABLE',
    `The ${role} key must be text, a Buffer or a KeyObject; this is ${got}.`,
  );
}
