import { createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPrivateKey } from '../merchant';
import { StartError } from './start-error';

interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export interface Keys {
  /** the merchant's: signs orders */
  shop: Pair;
  /** the platform's: signs notifications, unless the database has a key of its own already */
  platform: Pair;
  /** App Secret of the demo's mini-program */
  clientSecret: string;
}

/**
 * Loads the demo's keys; those that are missing are made, for this machine only (mode 0600).
 *
 * @param folder where they are kept
 * @param options.bits size of new pairs
 * @param options.shopPrivateKeyFile what the shop signs with instead; Baidu does not hear of it, so that an order is
 * refused unless it is the private key that belongs to shop-public.pem
 * @throws StartError naming the file that holds no private key, and why
 */
export function loadKeys(
  folder: string,
  { bits, shopPrivateKeyFile }: { bits: number; shopPrivateKeyFile?: string | undefined },
): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = ownPair(folder, 'shop', bits);
  return {
    // Baidu keeps the public key it was given in the console, whatever the backend signs with.
    shop:
      shopPrivateKeyFile === undefined
        ? own
        : { ...own, privateKey: pairFrom(shopPrivateKeyFile).privateKey },
    platform: ownPair(folder, 'platform', bits),
    clientSecret: readOrMake(join(folder, 'client-secret.txt'), () => randomBytes(16).toString('hex')),
  };
}

function ownPair(folder: string, name: string, bits: number): Pair {
  const file = join(folder, `${name}-private.pem`);
  readOrMake(file, () =>
    generateKeyPairSync('rsa', { modulusLength: bits })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  );
  const pair = pairFrom(file);
  // To be looked at; what counts is derived from the private key each time.
  writePublicKey(folder, name, pair.publicKey);
  return pair;
}

export function writePublicKey(folder: string, name: string, key: KeyObject): void {
  writeFileSync(join(folder, `${name}-public.pem`), key.export({ type: 'spki', format: 'pem' }));
}

function pairFrom(file: string): Pair {
  try {
    const privateKey = loadPrivateKey(readFileSync(file));
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch (error) {
    throw new StartError(`Cannot use the private key in ${file}: ${String(Object(error).message)}`);
  }
}

/** A secret appears under its name complete or not at all, and the first of two processes wins. */
function readOrMake(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, make(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (Object(error).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}
