import { parseArgs } from 'node:util';

/** Something the person who starts the demo can put right: its message says what and how. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface Options {
  port: number;
  /** folder for database and keys */
  data: string;
  reset: boolean;
  /** PEM or one-line base64; absent: a key of the demo's own */
  shopPrivateKeyFile: string | undefined;
  /** size of key pairs that are still to be made */
  keyBits: number;
  /** postgres:// URL, from DATABASE_URL */
  databaseUrl: string | undefined;
}

export const USAGE = `Usage: npm run demo -- [options]

  --port N                  where to listen on 127.0.0.1 (default 8790, or PORT)
  --data DIR                folder for database and keys (default .demo)
  --reset                   forget what this demo has stored, then start
  --shop-private-key FILE   sign orders with this key; Baidu keeps the public key it has (see 签名错误)
  --key-bits N              size of new key pairs: 1024 as Baidu's documents say (default), 2048, 3072, 4096
  --help                    this text

DATABASE_URL=postgres://… uses a PostgreSQL server instead of the embedded database.`;

const FLAGS = {
  port: { type: 'string' },
  data: { type: 'string' },
  reset: { type: 'boolean' },
  'shop-private-key': { type: 'string' },
  'key-bits': { type: 'string' },
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
  const values = flagsOf(args);
  if (values.help) return 'help';
  const [name, port] = values.port !== undefined ? ['--port', values.port] : ['PORT', env.PORT || '8790'];
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw wrong(`${name} must be a number from 1 to 65535, got "${port}"`);
  }
  const keyBits = values['key-bits'] ?? '1024';
  if (!KEY_SIZES.includes(keyBits)) {
    throw wrong(`--key-bits must be one of ${KEY_SIZES.join(', ')}, got "${keyBits}"`);
  }
  if (values.data === '') throw wrong('--data must name a folder');
  const databaseUrl = env.DATABASE_URL || undefined;
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw wrong('DATABASE_URL must start with postgres://');
  }
  return {
    port: Number(port),
    data: values.data ?? '.demo',
    reset: values.reset ?? false,
    shopPrivateKeyFile: values['shop-private-key'],
    keyBits: Number(keyBits),
    databaseUrl,
  };
}

function flagsOf(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's sentence names the option; what follows it is advice about "--" that does not help here.
    throw wrong(String(Object(error).message).split(/\. (?=To )/)[0] ?? '');
  }
}

function wrong(what: string): StartError {
  return new StartError(`${what}\n\n${USAGE}`);
}
