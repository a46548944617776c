/**
 * The public key a diagnosis works with, from whatever was given.
 */
import { createHash, createPublicKey, KeyObject } from 'node:crypto';
import { KeyError, readKey } from '../keys';
import type { KeyInput, ReadKey } from '../keys';
import type { KeyCode } from './codes';
import type { RawFinding } from './finding';

export interface ResolvedKey {
  key: KeyObject | null;
  bits: number;
  findings: RawFinding[];
}

/** Names a key without showing it: the first bytes of the SHA-256 of its SPKI. */
export function fingerprint(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

export function toPublicKey(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** A key that cannot be read, as a finding; anything else is thrown on. */
function keyFinding(error: unknown): RawFinding {
  if (!(error instanceof KeyError)) throw error;
  const code: KeyCode = error.code === 'KEY_IS_PUBLIC' ? 'PRIVATE_KEY_MISSING' : error.code;
  return { code, evidence: { reason: error.message } };
}

/** Reads a key, or says why it cannot be read. */
export function safeReadKey(input: KeyInput): { read: ReadKey } | { finding: RawFinding } {
  try {
    return { read: input instanceof KeyObject ? described(input) : readKey(input) };
  } catch (error) {
    return { finding: keyFinding(error) };
  }
}

function described(key: KeyObject): ReadKey {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new KeyError('KEY_NOT_RSA', `it is of type ${key.asymmetricKeyType ?? key.type}.`);
  }
  const kind = key.type === 'private' ? 'private' : 'public';
  const format = kind === 'private' ? 'PKCS#8' : 'SPKI';
  return { key, kind, format, bits: key.asymmetricKeyDetails?.modulusLength ?? 0, traits: [] };
}

export function resolveKey(input: KeyInput | undefined): ResolvedKey {
  if (input === undefined) return { key: null, bits: 0, findings: [{ code: 'KEY_NOT_GIVEN' }] };
  const result = safeReadKey(input);
  if ('finding' in result) return { key: null, bits: 0, findings: [result.finding] };
  const { key, kind, bits } = result.read;
  return { key: toPublicKey(key), bits, findings: kind === 'private' ? [{ code: 'KEY_IS_PRIVATE' }] : [] };
}
