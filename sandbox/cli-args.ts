/** What the commands of the demo read alike. `usage` follows whatever is wrong with a command line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StartError } from './start-error';

type Flags = NonNullable<ParseArgsConfig['options']>;
type Parsed<Known extends Flags> = ReturnType<typeof parseArgs<{ options: Known; strict: true }>>['values'];

export function wrong(what: string, usage: string): StartError {
  return new StartError(`${what}\n\n${usage}`);
}

/** @throws StartError naming an option that does not exist, or lacks its value */
export function readFlags<Known extends Flags>(args: string[], known: Known, usage: string): Parsed<Known> {
  try {
    return parseArgs({ args, options: known, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's sentence names the option; what follows it is advice about "--" that does not help here.
    throw wrong(String(Object(error).message).split(/\. (?=To )/)[0] ?? '', usage);
  }
}

/** @throws StartError naming where a port comes from that is none */
export function readPort(
  flag: string | undefined,
  env: Record<string, string | undefined>,
  usage: string,
): number {
  const [name, port] = flag !== undefined ? ['--port', flag] : ['PORT', env.PORT || '8790'];
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw wrong(`${name} must be a number from 1 to 65535, got "${port}"`, usage);
  }
  return Number(port);
}
