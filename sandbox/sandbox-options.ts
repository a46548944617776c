/** The command line of swan-cashier-sandbox. */
import {
  parseFlags,
  parseServerOptions,
  parseUrl,
  SERVER_FLAGS,
  type Environment,
  type ServerOptions,
} from './server-options';
import { UsageError, StartError } from './start-errors';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface SandboxOptions extends ServerOptions {
  /** file with the merchant's public key; absent: a pair is made */
  key: string | undefined;
  /** folder of a built mini-program */
  app: string | undefined;
  /** where the mini-program's requests go */
  backend: string | undefined;
  /** of the payment service, MM…… */
  appKey: string;
  dealId: string;
  /** App Key of the mini-program: the OAuth client of the server API */
  clientId: string;
  /** App Secret; absent: one is made */
  clientSecret: string | undefined;
}

export const USAGE = `Usage: swan-cashier-sandbox [options]

Stands in for Baidu's cashier on 127.0.0.1. No real money moves.

  --key FILE             your merchant public key: PEM or one line of base64 (default: a pair is made in the data folder)
  --notify URL           your backend's address for payment notifications, http://127.0.0.1:3000/notify/pay
  --refund-notify URL    the same for refund notifications; without an address they are kept, not sent
  --app DIR              show this built mini-program in the browser (the folder with app.json)
  --backend URL          the only server that the mini-program's requests reach, http://127.0.0.1:3000
  --port N               where to listen on 127.0.0.1 (default 8790, or PORT)
  --data DIR             folder for database and keys (default .swan-cashier-sandbox)
  --reset                delete what is stored in that folder, then start
  --app-key KEY          payment appKey (default MMsandbox)
  --deal-id ID           dealId of that payment service (default 470193086)
  --client-id KEY        App Key of the mini-program, for the server API
  --client-secret TEXT   its App Secret (default: one is made in the data folder)
  --help                 this text

DATABASE_URL=postgres://… uses a PostgreSQL server instead of the embedded database.`;

const FLAGS = {
  ...SERVER_FLAGS,
  key: { type: 'string' },
  app: { type: 'string' },
  backend: { type: 'string' },
  'app-key': { type: 'string' },
  'deal-id': { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
} as const;

/** What the credentials may look like, as the cashier will check them in an order. */
const FORMS = {
  'app-key': [/^[\w.-]*[A-Za-z][\w.-]*$/, 'the payment appKey, letters and digits like MMMabc'],
  'deal-id': [/^\d{1,15}$/, 'the dealId, digits like 470193086'],
  'client-id': [/^[\w.-]+$/, 'the App Key of the mini-program, letters and digits'],
  'client-secret': [/^[\w.-]+$/, 'the App Secret of the mini-program, letters and digits'],
} as const;

/**
 * Reads the command line.
 *
 * @returns 'help' when the usage was asked for
 * @throws UsageError naming the option that is wrong
 */
export function parseOptions(args: string[], env: Environment): SandboxOptions | 'help' {
  const values = parseFlags(args, FLAGS);
  if (values.help) return 'help';
  for (const [name, [form, expected]] of Object.entries(FORMS)) {
    const value = values[name as keyof typeof FORMS];
    if (value !== undefined && !form.test(value)) {
      throw new UsageError(`--${name} must be ${expected}; got "${value}"`);
    }
  }
  for (const name of ['key', 'app'] as const) {
    if (values[name] === '')
      throw new UsageError(`--${name} is empty: name a ${name === 'app' ? 'folder' : 'file'}`);
  }
  if (values.backend !== undefined && values.app === undefined) {
    throw new UsageError('--backend is for the mini-program of --app: name its folder, too');
  }
  const backend = parseUrl('backend', values.backend);
  if (backend !== undefined && !/^\/?$/.test(new URL(backend).pathname)) {
    throw new UsageError(`--backend must be a server without a path, like ${new URL(backend).origin}`);
  }
  return {
    ...parseServerOptions(values, env, '.swan-cashier-sandbox'),
    key: values.key,
    app: values.app,
    backend,
    appKey: values['app-key'] ?? 'MMsandbox',
    dealId: values['deal-id'] ?? '470193086',
    clientId: values['client-id'] ?? 'sandboxMiniProgramAppKey00000001',
    clientSecret: values['client-secret'],
  };
}

/** @throws StartError when the folder of --app holds no built mini-program */
export function checkAppFolder(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new StartError(`There is no folder ${folder}. Give --app the folder of the built mini-program.`);
  }
  if (existsSync(join(folder, 'app.json'))) return;
  const built = builtFolder(folder);
  const fix = built
    ? `Give --app ${built}, which has one.`
    : 'Build it, and give --app the folder with app.json.';
  throw new StartError(`${folder} has no app.json, so it is not a built mini-program. ${fix}`);
}

/** Where DevTools and the frameworks put a mini-program inside of its project. */
const BUILT = ['dist', 'dist/swan', 'dist/build/mp-baidu', 'unpackage/dist/build/mp-baidu'];

/** The folder of a project that holds its built mini-program, or undefined. */
function builtFolder(project: string): string | undefined {
  const candidates = [smartProgramRoot(project) ?? [], BUILT].flat().map(path => join(project, path));
  return candidates.find(candidate => existsSync(join(candidate, 'app.json')));
}

/** What project.swan.json names as the folder of the mini-program. */
function smartProgramRoot(project: string): string | undefined {
  try {
    const { smartProgramRoot: root } = Object(
      JSON.parse(readFileSync(join(project, 'project.swan.json'), 'utf8')),
    ) as { smartProgramRoot?: unknown };
    return typeof root === 'string' ? root : undefined;
  } catch {
    return undefined;
  }
}
