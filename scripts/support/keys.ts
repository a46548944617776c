import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';

/** An RSA pair as Baidu uses them; 1024 bits are made in no time. */
export function createKeyPair(modulusLength = 1024): KeyPairKeyObjectResult {
  return generateKeyPairSync('rsa', { modulusLength });
}
