import {
  parseFlags,
  parseServerOptions,
  SERVER_FLAGS,
  type Environment,
  type ServerOptions,
} from '../../sandbox/server-options';
import { UsageError } from '../../sandbox/start-errors';

export interface DemoOptions extends ServerOptions {
  /** PEM or one-line base64; absent: a key of the demo's own */
  shopPrivateKeyFile: string | undefined;
  /** size of key pairs that are still to be made */
  keyBits: number;
}

export const USAGE = `Usage: npm run demo -- [options]

  --port N                  where to listen on 127.0.0.1 (default 8790, or PORT)
  --data DIR                folder for database and keys (default .demo)
  --reset                   delete what this demo has stored, then start
  --shop-private-key FILE   sign orders with this key; Baidu keeps the public key it has (see 签名错误)
  --key-bits N              size of new key pairs: 1024 as Baidu's documents say (default), 2048, 3072, 4096
  --notify URL              payment notifications go to your backend, not to the demo's shop
  --refund-notify URL       refund notifications, likewise; those without an address are kept, not sent
  --help                    this text

DATABASE_URL=postgres://… uses a PostgreSQL server instead of the embedded database.`;

const FLAGS = {
  ...SERVER_FLAGS,
  'shop-private-key': { type: 'string' },
  'key-bits': { type: 'string' },
} as const;

const KEY_SIZES = ['1024', '2048', '3072', '4096'];

/**
 * Reads the command line.
 *
 * @returns 'help' when the usage was asked for
 * @throws UsageError naming the option that is wrong
 */
export function parseOptions(args: string[], env: Environment): DemoOptions | 'help' {
  const values = parseFlags(args, FLAGS);
  if (values.help) return 'help';
  const keyBits = values['key-bits'] ?? '1024';
  if (!KEY_SIZES.includes(keyBits)) {
    throw new UsageError(`--key-bits must be one of ${KEY_SIZES.join(', ')}, got "${keyBits}"`);
  }
  return {
    ...parseServerOptions(values, env, '.demo'),
    shopPrivateKeyFile: values['shop-private-key'],
    keyBits: Number(keyBits),
  };
}
