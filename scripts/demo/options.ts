import { readFlags, readPort, wrong } from '../../sandbox/cli-args';

export interface Options {
  port: number;
  /** folder for database and keys */
  data: string;
  reset: boolean;
  /** PEM or one-line base64; absent: a key of the demo's own */
  shopPrivateKeyFile: string | undefined;
  /** size of key pairs that are still to be made */
  keyBits: number;
  /** where notifications go instead of the demo's shop */
  notify: string | undefined;
  refundNotify: string | undefined;
  /** postgres:// URL, from DATABASE_URL */
  databaseUrl: string | undefined;
}

export const USAGE = `Usage: npm run demo -- [options]

  --port N                  where to listen on 127.0.0.1 (default 8790, or PORT)
  --data DIR                folder for database and keys (default .demo)
  --reset                   forget what this demo has stored, then start
  --shop-private-key FILE   sign orders with this key; Baidu keeps the public key it has (see 签名错误)
  --key-bits N              size of new key pairs: 1024 as Baidu's documents say (default), 2048, 3072, 4096
  --notify URL              payment notifications go to your backend, not to the demo's shop
  --refund-notify URL       refund notifications, likewise; those without an address are kept, not sent
  --help                    this text

DATABASE_URL=postgres://… uses a PostgreSQL server instead of the embedded database.`;

const FLAGS = {
  port: { type: 'string' },
  data: { type: 'string' },
  reset: { type: 'boolean' },
  'shop-private-key': { type: 'string' },
  'key-bits': { type: 'string' },
  notify: { type: 'string' },
  'refund-notify': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const KEY_SIZES = ['1024', '2048', '3072', '4096'];

/**
 * Reads the command line.
 *
 * @returns 'help' when the usage was asked for
 * @throws StartError naming the option that is wrong, with the usage
 */
export function readOptions(args: string[], env: Record<string, string | undefined>): Options | 'help' {
  const values = readFlags(args, FLAGS, USAGE);
  if (values.help) return 'help';
  const port = readPort(values.port, env, USAGE);
  const keyBits = values['key-bits'] ?? '1024';
  if (!KEY_SIZES.includes(keyBits)) {
    throw wrong(`--key-bits must be one of ${KEY_SIZES.join(', ')}, got "${keyBits}"`, USAGE);
  }
  for (const name of ['notify', 'refund-notify'] as const) {
    const url = values[name];
    if (url !== undefined && !(URL.canParse(url) && /^https?:\/\//i.test(url))) {
      throw wrong(`--${name} must be a URL with http:// or https://, got "${url}"`, USAGE);
    }
  }
  if (values.data === '') throw wrong('--data must name a folder', USAGE);
  const databaseUrl = env.DATABASE_URL || undefined;
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw wrong('DATABASE_URL must start with postgres://', USAGE);
  }
  return {
    port,
    data: values.data ?? '.demo',
    reset: values.reset ?? false,
    shopPrivateKeyFile: values['shop-private-key'],
    keyBits: Number(keyBits),
    notify: values.notify,
    refundNotify: values['refund-notify'],
    databaseUrl,
  };
}
