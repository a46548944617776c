/**
 * Computes digests, and reads those in signatures.
 */
import * as crypto from 'node:crypto';
import type { Matches } from './search';

export type DigestAlgorithm = 'sha1' | 'md5' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

type OneShot = (algorithm: DigestAlgorithm, data: string | Buffer, outputEncoding: 'buffer') => Buffer;

/** Twice as fast as a Hash object, but only available from Node 20.12 on. */
const oneShot = (crypto as { hash?: OneShot }).hash;

/** The fastest function that this Node has: the search for the signed text computes thousands of digests. */
export function digest(algorithm: DigestAlgorithm, text: string | Buffer): Buffer {
  return oneShot ? oneShot(algorithm, text, 'buffer') : crypto.createHash(algorithm).update(text).digest();
}

/** The DigestInfo of a signature (RFC 8017): the OID of the digest algorithm, and the digest. */
interface DigestInfo {
  /** null for an algorithm without a finding of its own */
  algorithm: DigestAlgorithm | null;
  /** as people call it; the OID when it is none of the known ones */
  name: string;
  value: Buffer;
}

const KNOWN: Record<string, DigestAlgorithm> = {
  '1.3.14.3.2.26': 'sha1',
  '1.2.840.113549.2.5': 'md5',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const NAMES: Record<string, string> = {
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.4': 'MD4',
  '1.3.36.3.2.1': 'RIPEMD160',
  '2.16.840.1.101.3.4.2.5': 'SHA512-224',
  '2.16.840.1.101.3.4.2.6': 'SHA512-256',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
  '1.2.156.10197.1.401': 'SM3',
};

/** The content of the DER value at an offset that has this tag and a short length; null for anything else. */
function readDer(bytes: Buffer, tag: number, start = 0): Buffer | null {
  const length = bytes[start + 1] ?? 0x80;
  if (bytes[start] !== tag || length >= 0x80 || start + 2 + length > bytes.length) return null;
  return bytes.subarray(start + 2, start + 2 + length);
}

function formatOid(bytes: Buffer): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (numbers.length) numbers.push(number);
    else
      numbers.push(Math.min(Math.floor(number / 40), 2), number - 40 * Math.min(Math.floor(number / 40), 2));
    number = 0;
  }
  return numbers.join('.');
}

/** @returns null for bytes that are no DigestInfo */
export function readDigestInfo(bytes: Buffer): DigestInfo | null {
  const whole = readDer(bytes, 0x30);
  const identifier = whole && readDer(whole, 0x30);
  const oid = identifier && readDer(identifier, 0x06);
  const value = identifier && readDer(whole, 0x04, identifier.length + 2);
  if (!oid || !value || whole.length + 2 !== bytes.length) return null;
  const dotted = formatOid(oid);
  const algorithm = KNOWN[dotted] ?? null;
  return { algorithm, name: algorithm?.toUpperCase() ?? NAMES[dotted] ?? dotted, value };
}

/** Compares texts with a digest. */
export function digestMatcher(algorithm: DigestAlgorithm, expected: Buffer): Matches {
  return text => digest(algorithm, text).equals(expected);
}

/** Compares texts with the digest of a signature; null when this Node cannot compute it. */
export function matcherOf({ algorithm, name, value }: DigestInfo): Matches | null {
  if (algorithm) return digestMatcher(algorithm, value);
  const hash = name.toLowerCase();
  try {
    crypto.createHash(hash);
  } catch {
    return null;
  }
  return text => crypto.createHash(hash).update(text).digest().equals(value);
}
