import { createPublicKey, type KeyObject } from 'node:crypto';
import { loadPrivateKey } from '../../merchant';
import type { Queryable } from '../../lib/database';

export interface PlatformKeys {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/**
 * The key that notifications are signed with. It is stored in the database, so that all processes on one database
 * sign with the same key, also when their key folders differ.
 *
 * @param proposal used, and kept, when the database has none yet
 */
export async function platformKeysOf(db: Queryable, proposal: KeyObject | string): Promise<PlatformKeys> {
  const pem = loadPrivateKey(proposal).export({ type: 'pkcs8', format: 'pem' }).toString();
  await db.query('INSERT INTO baidu.platform_key (private_key) VALUES ($1) ON CONFLICT DO NOTHING', [pem]);
  const { rows } = await db.query<{ private_key: string }>('SELECT private_key FROM baidu.platform_key');
  const privateKey = loadPrivateKey(rows[0]?.private_key);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
