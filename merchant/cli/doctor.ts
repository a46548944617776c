/**
 * The command `swan-cashier doctor`: reads its input, diagnoses it, prints the report.
 */
import { parseArgs } from 'node:util';
import { isAboutKeyFile, isUnreadable } from '../diagnose/codes';
import { toDiagnosis } from '../diagnose/finding';
import type { Diagnosis, Locale, RawFinding } from '../diagnose/finding';
import { compareKeys } from '../diagnose/keys';
import { diagnoseNotification } from '../diagnose/notification';
import { diagnoseOrderInput as examineOrderInfo } from '../diagnose/order';
import { decodeInput, findOrderInfo, findOrderOfAnswer, readOrderInput } from '../diagnose/order-input';
import type { ReadOrder } from '../diagnose/order-input';
import { COMMAND_LIMITS } from '../diagnose/work-budget';
import { MerchantError } from '../errors';
import { MAX_BODY_BYTES } from '../form-body';
import { fetchLimited } from '../limited-fetch';
import { truncate } from '../printable';
import { helpText, translate } from './messages';
import type { MessageKey } from './messages';
import { formatDiagnosis } from './report';

const OPTIONS = {
  key: { type: 'string', short: 'k' },
  url: { type: 'string' },
  method: { type: 'string' },
  data: { type: 'string', short: 'd' },
  header: { type: 'string', short: 'H', multiple: true },
  notify: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Input and output of the command, so that it can be tested without a process. */
interface DoctorIo {
  /** the bytes of a file, at most a few more than 64 KiB; rejects with a Node error */
  readFile: (path: string) => Promise<Buffer>;
  readStdin: () => Promise<Buffer>;
  fetch: typeof fetch;
  /** ms for the response to --url; 15 s when absent */
  timeout?: number;
  write: (text: string) => void;
  writeError: (text: string) => void;
  /** LC_ALL, LC_MESSAGES, LANG */
  env: Readonly<Record<string, string | undefined>>;
  /** of the package */
  version: () => string;
}

const EXIT = { noError: 0, errorsFound: 1, unusable: 2 } as const;

/** Wrong usage, or input that cannot be read; the message is shown in the terminal. */
class UsageError extends MerchantError<'USAGE'> {
  override readonly name = 'UsageError';

  constructor(locale: Locale, key: MessageKey, values: Record<string, string> = {}) {
    super('USAGE', translate(locale, key, values));
  }
}

function parseOptions(
  args: string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true; tokens: true }>> {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, tokens: true });
}

type ParsedArgs = ReturnType<typeof parseOptions>;
type OptionValues = ParsedArgs['values'];

/** The usage error for an error of parseArgs, whose own message gives advice about "--" that does not help here. */
function toUsageError(error: unknown, locale: Locale): UsageError {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const text = String(message);
  // Node names the option in quotes.
  const option = /'((?:-\w, )?[^' ]+)/.exec(text)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new UsageError(locale, 'noOption', { option });
  const takesNoValue = text.includes('does not take');
  return new UsageError(locale, takesNoValue ? 'optionWithoutValue' : 'optionNeedsValue', { option });
}

function parseCliArgs(args: string[], locale: Locale): ParsedArgs {
  let parsed: ParsedArgs;
  try {
    parsed = parseOptions(args);
  } catch (error) {
    throw toUsageError(error, locale);
  }
  const named = parsed.tokens.flatMap(token =>
    token.kind === 'option' && token.value !== undefined && token.name !== 'header' ? [token.name] : [],
  );
  const repeated = named.find((name, i) => named.indexOf(name) < i);
  if (repeated !== undefined) throw new UsageError(locale, 'optionTwice', { option: `--${repeated}` });
  return parsed;
}

/** The language of a terminal. As in POSIX, an empty variable counts as not set. */
function localeOf(lang: string | undefined, env: DoctorIo['env']): Locale {
  return /^zh/i.test(lang || env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh-CN' : 'en';
}

const FILE_PROBLEMS: Partial<Record<string, MessageKey>> = { ENOENT: 'noFile', EISDIR: 'isFolder' };

async function readPath(path: string, io: DoctorIo, locale: Locale): Promise<Buffer> {
  if (path === '-') return io.readStdin();
  if (path === '') throw new UsageError(locale, 'emptyName');
  try {
    return await io.readFile(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(locale, FILE_PROBLEMS[code] ?? 'noAccess', { path });
  }
}

async function readKeyFile(values: OptionValues, io: DoctorIo, locale: Locale): Promise<Buffer | undefined> {
  return values.key === undefined ? undefined : readPath(values.key, io, locale);
}

function headersOf(values: OptionValues, locale: Locale): Headers {
  const headers = new Headers();
  for (const header of values.header ?? []) {
    const colon = header.indexOf(':');
    if (colon < 1) throw new UsageError(locale, 'badHeader', { header });
    try {
      headers.append(header.slice(0, colon).trim(), header.slice(colon + 1).trim());
    } catch {
      throw new UsageError(locale, 'badHeader', { header });
    }
  }
  if (values.data !== undefined && !headers.has('content-type')) {
    const json = /^\s*[[{]/.test(values.data);
    headers.set('content-type', json ? 'application/json' : 'application/x-www-form-urlencoded');
  }
  return headers;
}

const FETCH_TIMEOUT = 15_000;

/** The search may take seconds, because this process serves no requests. */
const SEARCH_LIMIT = { maxCandidates: COMMAND_LIMITS.candidates };

async function fetchOrder(url: string, values: OptionValues, io: DoctorIo, locale: Locale): Promise<Buffer> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new UsageError(locale, 'badUrl', { url });
  if (new URL(url).username) throw new UsageError(locale, 'urlWithUser');
  const headers = headersOf(values, locale);
  const method = (values.method ?? (values.data === undefined ? 'GET' : 'POST')).toUpperCase();
  if (values.data !== undefined && (method === 'GET' || method === 'HEAD')) {
    throw new UsageError(locale, 'dataWithGet');
  }
  try {
    const request = { method, headers, ...(values.data === undefined ? {} : { body: values.data }) };
    const limits = { timeout: io.timeout ?? FETCH_TIMEOUT, maxBytes: MAX_BODY_BYTES, fetch: io.fetch };
    const { ok, status, body } = await fetchLimited(url, request, limits);
    if (!ok) io.writeError(translate(locale, 'httpStatus', { status: String(status) }) + '\n');
    // Most backends answer like this to a GET of a route that takes POST.
    if (method === 'GET' && ([404, 405].includes(status) || body.length === 0))
      io.writeError(translate(locale, 'tryPost') + '\n');
    return body;
  } catch (error) {
    const { cause: inner, message } = error as {
      cause?: { code?: string; message?: string };
      message?: string;
    };
    const isTls = /^ERR_SSL_|^ERR_TLS_/.test(inner?.code ?? '');
    // OpenSSL writes its error with the file and line of its own source, and a line break.
    const cause = (inner?.message || message || String(error)).trim().replace(/\s+/g, ' ');
    if (inner?.message === 'bad port') throw new UsageError(locale, 'blockedPort', { url });
    throw new UsageError(locale, isTls ? 'noTls' : 'noAnswer', { url, cause });
  }
}

/** Adds the name of the key file to the findings about it, because the command line names several files. */
function addKeyFile(result: Diagnosis, file: string | undefined): Diagnosis {
  if (file === undefined || file === '-') return result;
  const findings = result.findings.map(finding =>
    isAboutKeyFile(finding.code) ? { ...finding, evidence: { ...finding.evidence, file } } : finding,
  );
  return { ...result, findings };
}

/** @returns the order that pay-button finds in an answer; without one the answer, and why pay-button finds none */
function readAnswer(answer: Buffer, order: ReadOrder): ReadOrder {
  const { value, exact, findings } = order;
  const extracted = findings.some(({ code }) => code === 'INPUT_EXTRACTED');
  if (extracted) return { value, exact, findings: findings.map(finding => toAnswerFinding(finding, answer)) };
  const found = findOrderOfAnswer(value, exact);
  if (found) return { ...found, findings };
  const isElsewhere = findOrderInfo(value).ok;
  return isElsewhere ? { value, exact, findings: [...findings, { code: 'ANSWER_ENVELOPE_UNKNOWN' }] } : order;
}

/** The mini-program reads an answer as one JSON text; a log or a dump may have other text around it. */
function toAnswerFinding(finding: RawFinding, answer: Buffer): RawFinding {
  if (finding.code !== 'INPUT_EXTRACTED') return finding;
  const said = JSON.stringify(truncate(answer.toString('utf8', 0, 400).trim(), 60));
  return { code: 'ANSWER_NOT_JSON_ALONE', evidence: { ...finding.evidence, said } };
}

async function examineOrder(parsed: ParsedArgs, io: DoctorIo, locale: Locale): Promise<Diagnosis> {
  const { values, positionals } = parsed;
  const key = await readKeyFile(values, io, locale);
  const text =
    values.url === undefined
      ? await readPath(positionals[1] ?? '-', io, locale)
      : await fetchOrder(values.url, values, io, locale);
  const order = readOrderInput(text, { isAnswer: values.url !== undefined });
  if (!order.ok) return addKeyFile(toDiagnosis([order.finding], locale), values.key);
  const { value, exact, findings } = values.url === undefined ? order : readAnswer(text, order);
  return addKeyFile(examineOrderInfo(value, key, { ...SEARCH_LIMIT, locale, exact, findings }), values.key);
}

async function examineNotification(
  path: string,
  values: OptionValues,
  io: DoctorIo,
  locale: Locale,
): Promise<Diagnosis> {
  const key = await readKeyFile(values, io, locale);
  const text = decodeInput(await readPath(path, io, locale));
  const result = text.ok
    ? diagnoseNotification(text.value.trim(), key, { ...SEARCH_LIMIT, locale })
    : toDiagnosis([text.finding], locale);
  return addKeyFile(result, values.key);
}

async function examineKeys(paths: string[], io: DoctorIo, locale: Locale): Promise<Diagnosis> {
  const [first, second] = paths;
  if (first === undefined || second === undefined || paths.length > 2)
    throw new UsageError(locale, 'twoKeys');
  if (first === '-' && second === '-') throw new UsageError(locale, 'oneStdin');
  const files = [first, second] as const;
  return compareKeys(await readPath(first, io, locale), await readPath(second, io, locale), {
    locale,
    files,
  });
}

/** An option that the command would ignore is a mistake of its user. */
function checkOptions(values: OptionValues, areKeys: boolean, locale: Locale): void {
  const given = (names: readonly (keyof OptionValues)[]) => names.find(name => values[name] !== undefined);
  const ofRequest = given(['method', 'data', 'header']);
  const ofOrder = given(['key', 'url', 'notify']) ?? ofRequest;
  if (ofOrder && areKeys) throw new UsageError(locale, 'notWithKeys', { option: `--${ofOrder}` });
  if (ofRequest && values.url === undefined)
    throw new UsageError(locale, 'onlyWithUrl', { option: `--${ofRequest}` });
}

function examine(parsed: ParsedArgs, io: DoctorIo, locale: Locale): Promise<Diagnosis> {
  const { values, positionals } = parsed;
  const [, subject, ...more] = positionals;
  checkOptions(values, subject === 'keys', locale);
  if (subject === 'keys') return examineKeys(more, io, locale);
  if ([values.url, values.notify, subject].filter(each => each !== undefined).length !== 1 || more.length) {
    throw new UsageError(locale, 'oneInput');
  }
  if (values.key === '-' && (values.notify === '-' || subject === '-'))
    throw new UsageError(locale, 'oneStdin');
  return values.notify === undefined
    ? examineOrder(parsed, io, locale)
    : examineNotification(values.notify, values, io, locale);
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
export async function runDoctor(args: string[], io: DoctorIo): Promise<number> {
  let locale = localeOf(undefined, io.env);
  try {
    const parsed = parseCliArgs(args, locale);
    const { values, positionals } = parsed;
    locale = localeOf(values.lang, io.env);
    if (values.lang !== undefined && !/^(zh|en)/i.test(values.lang)) throw new UsageError(locale, 'badLang');
    if (values.help || positionals[0] === 'help' || !args.length) {
      io.write(helpText(locale));
      return args.length ? EXIT.noError : EXIT.unusable;
    }
    if (values.version) {
      io.write(io.version() + '\n');
      return EXIT.noError;
    }
    if (positionals[0] !== 'doctor')
      throw new UsageError(locale, 'noCommand', { command: positionals[0] ?? '' });
    const result = await examine(parsed, io, locale);
    io.write(values.json ? JSON.stringify(result, null, 2) + '\n' : formatDiagnosis(result, locale));
    return exitCode(result);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.writeError(`${error.message}\n${translate(locale, 'seeHelp')}\n`);
    return EXIT.unusable;
  }
}
