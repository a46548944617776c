/**
 * `swan-cashier doctor`: reads what it is given, asks the diagnosis, prints the answer.
 */
import { compareKeys, diagnoseNotification, diagnoseOrder, isAboutKeyFile, isUnreadable } from './diagnose';
import type { Diagnosis, Locale } from './diagnose';
import { diagnosis } from './diagnose/finding';
import { readJson, readText } from './diagnose/input';
import { MAX_BODY_BYTES } from './form-body';
import { argumentProblem, localeOf, parse } from './doctor-args';
import type { Parsed, Values } from './doctor-args';
import { describe, helpText, say } from './doctor-text';

/** The world outside, so that the command can be tried without a process. */
interface DoctorWorld {
  /** a file's bytes, at most a few more than 64 KiB; rejects with a Node error */
  readFile: (path: string) => Promise<Buffer>;
  readStdin: () => Promise<Buffer>;
  fetch: typeof fetch;
  write: (text: string) => void;
  writeError: (text: string) => void;
  /** LC_ALL, LC_MESSAGES, LANG */
  env: Readonly<Record<string, string | undefined>>;
  /** of the package */
  version: () => string;
}

const EXIT = { noError: 0, errorsFound: 1, unusable: 2 } as const;

/** Wrong usage, or something that cannot be read; the message is for the person at the terminal. */
class Unusable extends Error {}

async function readPath(path: string, world: DoctorWorld, locale: Locale): Promise<Buffer> {
  if (path === '-') return world.readStdin();
  try {
    return await world.readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Unusable(
      say(locale, code === 'ENOENT' ? 'noFile' : code === 'EISDIR' ? 'isFolder' : 'noAccess', { path }),
    );
  }
}

async function readKey(values: Values, world: DoctorWorld, locale: Locale): Promise<Buffer | undefined> {
  return values.key === undefined ? undefined : readPath(values.key, world, locale);
}

function headersOf(values: Values, locale: Locale): Headers {
  const headers = new Headers();
  for (const header of values.header ?? []) {
    const colon = header.indexOf(':');
    if (colon < 1) throw new Unusable(say(locale, 'badHeader', { header }));
    try {
      headers.append(header.slice(0, colon).trim(), header.slice(colon + 1).trim());
    } catch {
      throw new Unusable(say(locale, 'badHeader', { header }));
    }
  }
  if (values.data !== undefined && !headers.has('content-type')) {
    const json = /^\s*[[{]/.test(values.data);
    headers.set('content-type', json ? 'application/json' : 'application/x-www-form-urlencoded');
  }
  return headers;
}

const FETCH_TIMEOUT = 15_000;

/** One byte more than allowed is enough to be refused as too large. */
async function limitedBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let size = 0; reader && size <= MAX_BODY_BYTES;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
    size += value.length;
  }
  await reader?.cancel();
  return Buffer.concat(chunks);
}

async function fetchOrder(url: string, values: Values, world: DoctorWorld, locale: Locale): Promise<Buffer> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new Unusable(say(locale, 'badUrl', { url }));
  const headers = headersOf(values, locale);
  const method = (values.method ?? (values.data === undefined ? 'GET' : 'POST')).toUpperCase();
  if (values.data !== undefined && (method === 'GET' || method === 'HEAD')) {
    throw new Unusable(say(locale, 'dataWithGet', {}));
  }
  try {
    const response = await world.fetch(url, {
      method,
      headers,
      signal: AbortSignal.timeout(FETCH_TIMEOUT),
      ...(values.data === undefined ? {} : { body: values.data }),
    });
    const body = await limitedBody(response);
    if (!response.ok) world.writeError(say(locale, 'httpStatus', { status: String(response.status) }) + '\n');
    // What most backends say, or do not say, to a GET where they create orders.
    if (method === 'GET' && ([404, 405].includes(response.status) || body.length === 0))
      world.writeError(say(locale, 'tryPost', {}) + '\n');
    return body;
  } catch (error) {
    const { cause: inner, message } = error as { cause?: { message?: string }; message?: string };
    const cause = inner?.message || message || String(error);
    throw new Unusable(say(locale, 'noAnswer', { url, cause }));
  }
}

/** Says of which file a key is spoken: two or three may be on the command line. */
function naming(result: Diagnosis, file: string | undefined): Diagnosis {
  if (file === undefined || file === '-') return result;
  const findings = result.findings.map(finding =>
    isAboutKeyFile(finding.code) ? { ...finding, evidence: { ...finding.evidence, file } } : finding,
  );
  return { ...result, findings };
}

async function examineOrder(parsed: Parsed, world: DoctorWorld, locale: Locale): Promise<Diagnosis> {
  const { values, positionals } = parsed;
  const key = await readKey(values, world, locale);
  const text =
    values.url === undefined
      ? await readPath(positionals[1] ?? '-', world, locale)
      : await fetchOrder(values.url, values, world, locale);
  const json = readJson(text);
  const result = json.ok ? diagnoseOrder(json.value, key, { locale }) : diagnosis([json.clue], locale);
  return naming(result, values.key);
}

async function examineNotification(
  path: string,
  values: Values,
  world: DoctorWorld,
  locale: Locale,
): Promise<Diagnosis> {
  const key = await readKey(values, world, locale);
  const text = readText(await readPath(path, world, locale));
  const result = text.ok
    ? diagnoseNotification(text.value.trim(), key, { locale })
    : diagnosis([text.clue], locale);
  return naming(result, values.key);
}

async function examineKeys(paths: string[], world: DoctorWorld, locale: Locale): Promise<Diagnosis> {
  const [first, second] = paths;
  if (first === undefined || second === undefined || paths.length > 2)
    throw new Unusable(say(locale, 'twoKeys', {}));
  const files = [first, second] as const;
  return compareKeys(await readPath(first, world, locale), await readPath(second, world, locale), {
    locale,
    files,
  });
}

function examine(parsed: Parsed, world: DoctorWorld, locale: Locale): Promise<Diagnosis> {
  const { values, positionals } = parsed;
  const [, subject, ...more] = positionals;
  if (subject === 'keys') return examineKeys(more, world, locale);
  if ([values.url, values.notify, subject].filter(each => each !== undefined).length !== 1 || more.length) {
    throw new Unusable(say(locale, 'oneInput', {}));
  }
  if (values.key === '-' && (values.notify === '-' || subject === '-'))
    throw new Unusable(say(locale, 'oneStdin', {}));
  return values.notify === undefined
    ? examineOrder(parsed, world, locale)
    : examineNotification(values.notify, values, world, locale);
}

function exitCode({ ok, findings }: Diagnosis): number {
  if (findings.some(finding => isUnreadable(finding.code))) return EXIT.unusable;
  return ok ? EXIT.noError : EXIT.errorsFound;
}

/**
 * Runs the command line.
 *
 * @param args without the interpreter and the script
 * @returns the exit code: 0 no error (warnings allowed), 1 errors found, 2 wrong usage or unreadable input
 */
export async function run(args: string[], world: DoctorWorld): Promise<number> {
  let locale = localeOf(undefined, world.env);
  try {
    let parsed: Parsed;
    try {
      parsed = parse(args);
    } catch (error) {
      throw new Unusable(argumentProblem(error, locale));
    }
    const { values, positionals } = parsed;
    locale = localeOf(values.lang, world.env);
    if (values.lang !== undefined && !/^(zh|en)/i.test(values.lang))
      throw new Unusable(say(locale, 'badLang', {}));
    if (values.help || positionals[0] === 'help' || !args.length) {
      world.write(helpText(locale));
      return args.length ? EXIT.noError : EXIT.unusable;
    }
    if (values.version) {
      world.write(world.version() + '\n');
      return EXIT.noError;
    }
    if (positionals[0] !== 'doctor')
      throw new Unusable(say(locale, 'noCommand', { command: positionals[0] ?? '' }));
    const result = await examine(parsed, world, locale);
    world.write(values.json ? JSON.stringify(result, null, 2) + '\n' : describe(result, locale));
    return exitCode(result);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    world.writeError(`${error.message}\n${say(locale, 'seeHelp', {})}\n`);
    return EXIT.unusable;
  }
}
