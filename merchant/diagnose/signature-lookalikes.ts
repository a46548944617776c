/**
 * Recognises what is put in the place of an RSA signature: a hash, an HMAC, a signature by an elliptic curve.
 */
import { digest } from './digest';
import type { DigestAlgorithm } from './digest';
import type { RawFinding } from './finding';

const HASHES: [name: string, algorithm: DigestAlgorithm, bytes: number][] = [
  ['MD5', 'md5', 16],
  ['SHA-1', 'sha1', 20],
  ['SHA-256', 'sha256', 32],
  ['SHA-384', 'sha384', 48],
  ['SHA-512', 'sha512', 64],
];

/** Lengths in hexadecimal digits that are also usual sizes of a column, which may have cut a signature off. */
const USUAL_COLUMNS = [96, 128];

interface WrittenHash {
  bytes: Buffer;
  /** whether the length alone makes a hash the most likely */
  isTelling: boolean;
}

function readHash(text: string): WrittenHash | null {
  if (/^[0-9a-f]{32,128}$/i.test(text)) {
    return { bytes: Buffer.from(text, 'hex'), isTelling: !USUAL_COLUMNS.includes(text.length) };
  }
  if (!/^[A-Za-z0-9+/]{22,86}={0,2}$/.test(text)) return null;
  // Padding shows that the text is whole; 48 bytes have none.
  return { bytes: Buffer.from(text, 'base64'), isTelling: text.endsWith('=') };
}

/** SEQUENCE of two INTEGERs that fill it: the form of ECDSA and DSA. */
function isEcdsa(bytes: Buffer): boolean {
  const first = bytes[3] ?? 0;
  const second = bytes[5 + first] ?? 0;
  return (
    bytes.length >= 40 &&
    bytes[0] === 0x30 &&
    bytes[1] === bytes.length - 2 &&
    bytes[2] === 2 &&
    bytes[4 + first] === 2 &&
    6 + first + second === bytes.length
  );
}

/**
 * Explains a signature that is shorter than the key.
 *
 * @param text rsaSign, without blanks around it
 * @param bytes what the text stands for
 * @param expected texts whose hash it may be
 * @returns null when it may be an RSA signature that was cut off
 */
export function explainShortSignature(
  text: string,
  bytes: Buffer,
  expected: readonly string[],
): RawFinding | null {
  if (isEcdsa(bytes)) return { code: 'ECDSA_SIGNATURE' };
  const hash = readHash(text);
  const [name = '', algorithm] = HASHES.find(([, , length]) => length === hash?.bytes.length) ?? [];
  if (!hash || !algorithm) return null;
  const evidence = { algorithm: name, characters: String(text.length) };
  if (expected.some(each => digest(algorithm, each).equals(hash.bytes))) {
    return { code: 'HASH_INSTEAD_OF_SIGNATURE', evidence };
  }
  return hash.isTelling ? { code: 'HASH_LIKE_SIGNATURE', evidence } : null;
}
