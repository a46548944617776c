/** Parses the options that several commands have. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { addressProblem, REFUSED_PORTS } from './network';
import { UsageError, type Place } from './start-errors';

type Flags = NonNullable<ParseArgsConfig['options']>;
type Parsed<Known extends Flags> = ReturnType<typeof parseArgs<{ options: Known; strict: true }>>['values'];
export type Environment = Record<string, string | undefined>;

/** @throws UsageError naming an option that does not exist, lacks its value, or has two of them */
export function parseFlags<Known extends Flags>(args: string[], known: Known): Parsed<Known> {
  const { values, tokens } = parseKnown(args, known);
  const named = tokens.flatMap(token =>
    token.kind === 'option' && token.value !== undefined ? [token.name] : [],
  );
  const repeated = named.find((name, i) => named.indexOf(name) < i);
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given twice: which one is meant?`);
  return values;
}

function parseKnown<Known extends Flags>(args: string[], options: Known) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false, tokens: true });
  } catch (error) {
    // Node's sentences name the option; what follows them is advice about dashes.
    const [reason = ''] = (error as Error).message.replaceAll('\n', ' ').split(/(?<=[.?]) (?=To )/);
    throw new UsageError(reason);
  }
}

/** @throws UsageError naming where a port comes from that is none, or one at which no browser opens a page */
export function parsePort(flag: string | undefined, env: Environment): number {
  const [name, port] = flag !== undefined ? ['--port', flag] : ['PORT', env.PORT || '8790'];
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw new UsageError(`${name} must be a number from 1 to 65535, got "${port}"`);
  }
  if (REFUSED_PORTS.has(Number(port))) {
    throw new UsageError(
      `${name} must not be ${port}: browsers and the fetch of Node refuse that port, because another protocol uses it`,
    );
  }
  return Number(port);
}

/** @throws UsageError naming the option whose value is no URL of the web, or one that nothing can be sent to */
export function parseUrl<Value extends string | undefined>(name: string, url: Value): Value {
  if (url === undefined) return url;
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) {
    throw new UsageError(`--${name} must be a URL with http:// or https://, got "${url}"`);
  }
  const problem = addressProblem(new URL(url));
  if (problem) throw new UsageError(`--${name} ${problem.en}`);
  return url;
}

/** The options of every command that runs a local cashier. */
export const SERVER_FLAGS = {
  port: { type: 'string' },
  data: { type: 'string' },
  reset: { type: 'boolean' },
  notify: { type: 'string' },
  'refund-notify': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface ServerOptions extends Place {
  /** deletes what is stored, then starts */
  reset: boolean;
  /** where payment notifications go */
  notify: string | undefined;
  refundNotify: string | undefined;
}

/** @throws UsageError naming the option, or the variable of the environment, that is wrong */
export function parseServerOptions(
  values: Parsed<typeof SERVER_FLAGS>,
  env: Environment,
  defaultData: string,
): ServerOptions {
  const databaseUrl = env.DATABASE_URL || undefined;
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new UsageError(
      'DATABASE_URL must be a URL that starts with postgres://. If it is set for another program, start this one ' +
        'without it, and the embedded database is used: env -u DATABASE_URL npx …',
    );
  }
  if (databaseUrl !== undefined && !URL.canParse(databaseUrl)) {
    throw new UsageError(
      'DATABASE_URL cannot be read: behind the host there is a port up to 65535 or none, and a password with ' +
        'one of # / ? [ ] in it has them percent-encoded, as in postgres://user:a%23b@host:5432/database',
    );
  }
  if (values.data === '') throw new UsageError('--data must name a folder');
  return {
    port: parsePort(values.port, env),
    data: values.data ?? defaultData,
    reset: values.reset ?? false,
    notify: parseUrl('notify', values.notify),
    refundNotify: parseUrl('refund-notify', values['refund-notify']),
    databaseUrl,
  };
}

/** Where notifications go, in words for the terminal. */
export function describeNotify({
  notify,
  refundNotify,
}: Pick<ServerOptions, 'notify' | 'refundNotify'>): string {
  const sentTo = (url: string | undefined): string => url ?? 'nowhere (kept, not sent)';
  return `payments ${sentTo(notify)}, refunds ${sentTo(refundNotify)}`;
}
