import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** An RSA pair as Baidu uses them; 1024 bits are made in no time. */
export function createKeyPair(modulusLength = 1024): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength });
}
