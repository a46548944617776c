/**
 * Digests with the fastest function that this Node has. The search for the signed text computes thousands of them.
 */
import * as crypto from 'node:crypto';

export type Digest = 'sha1' | 'md5' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

type OneShot = (algorithm: Digest, data: string | Buffer, outputEncoding: 'buffer') => Buffer;

/** Twice as fast as a Hash object, but only available from Node 20.12 on. */
const oneShot = (crypto as { hash?: OneShot }).hash;

export function hash(digest: Digest, text: string | Buffer): Buffer {
  return oneShot ? oneShot(digest, text, 'buffer') : crypto.createHash(digest).update(text).digest();
}
