/** What the commands read alike. The usage follows whatever is wrong with a command line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StartError, type Place } from './report-error';

type Flags = NonNullable<ParseArgsConfig['options']>;
type Parsed<Known extends Flags> = ReturnType<typeof parseArgs<{ options: Known; strict: true }>>['values'];
export type Environment = Record<string, string | undefined>;

export function usageError(what: string, usage: string): StartError {
  return new StartError(`${what}\n\n${usage}`);
}

/** @throws StartError naming an option that does not exist, or lacks its value */
export function parseFlags<Known extends Flags>(args: string[], known: Known, usage: string): Parsed<Known> {
  try {
    return parseArgs({ args, options: known, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's sentence names the option; what follows it is advice about "--" that does not help here.
    throw usageError(String(Object(error).message).split(/\. (?=To )/)[0] ?? '', usage);
  }
}

/** @throws StartError naming where a port comes from that is none */
export function parsePort(flag: string | undefined, env: Environment, usage: string): number {
  const [name, port] = flag !== undefined ? ['--port', flag] : ['PORT', env.PORT || '8790'];
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw usageError(`${name} must be a number from 1 to 65535, got "${port}"`, usage);
  }
  return Number(port);
}

/** @throws StartError naming the option whose value is no URL of the web */
export function parseUrl<Value extends string | undefined>(name: string, url: Value, usage: string): Value {
  if (url === undefined || (URL.canParse(url) && /^https?:\/\//i.test(url))) return url;
  throw usageError(`--${name} must be a URL with http:// or https://, got "${url}"`, usage);
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

/** @throws StartError naming the option, or the variable of the environment, that is wrong */
export function parseServerOptions(
  values: Parsed<typeof SERVER_FLAGS>,
  env: Environment,
  usage: string,
  defaultData: string,
): ServerOptions {
  const databaseUrl = env.DATABASE_URL || undefined;
  if (databaseUrl !== undefined && !(/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl))) {
    throw usageError('DATABASE_URL must be a URL that starts with postgres://', usage);
  }
  if (values.data === '') throw usageError('--data must name a folder', usage);
  return {
    port: parsePort(values.port, env, usage),
    data: values.data ?? defaultData,
    reset: values.reset ?? false,
    notify: parseUrl('notify', values.notify, usage),
    refundNotify: parseUrl('refund-notify', values['refund-notify'], usage),
    databaseUrl,
  };
}
