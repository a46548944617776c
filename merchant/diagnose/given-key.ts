/**
 * The public key a diagnosis works with, from whatever was given.
 */
import { createHash, createPublicKey, KeyObject } from 'node:crypto';
import { KeyError, readKey } from '../keys';
import type { KeyInput, ReadKey } from '../keys';
import type { KeyCode } from './codes';
import type { Clue } from './finding';

export interface GivenKey {
  key: KeyObject | null;
  bits: number;
  clues: Clue[];
}

/** Names a key without showing it: the first bytes of the SHA-256 of its SPKI. */
export function fingerprint(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

export function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** A key that cannot be read, as a clue; anything else is thrown on. */
function keyClue(error: unknown): Clue {
  if (!(error instanceof KeyError)) throw error;
  const code: KeyCode = error.code === 'KEY_IS_PUBLIC' ? 'PRIVATE_KEY_MISSING' : error.code;
  return { code, evidence: { reason: error.message } };
}

/** Reads a key, or says why it cannot be read. */
export function tryReadKey(input: KeyInput): { read: ReadKey } | { clue: Clue } {
  try {
    return { read: input instanceof KeyObject ? described(input) : readKey(input) };
  } catch (error) {
    return { clue: keyClue(error) };
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

export function givenKey(input: KeyInput | undefined): GivenKey {
  if (input === undefined) return { key: null, bits: 0, clues: [{ code: 'KEY_NOT_GIVEN' }] };
  const result = tryReadKey(input);
  if ('clue' in result) return { key: null, bits: 0, clues: [result.clue] };
  const { key, kind, bits } = result.read;
  return { key: publicHalf(key), bits, clues: kind === 'private' ? [{ code: 'KEY_IS_PRIVATE' }] : [] };
}
