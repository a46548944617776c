/**
 * The doctor's command line: its options, and in words what is wrong with them.
 */
import { parseArgs } from 'node:util';
import type { Locale } from './diagnose';
import { translate } from './doctor-report';

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

export function parse(
  args: string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

export type Parsed = ReturnType<typeof parse>;
export type Values = Parsed['values'];

/** Node names the option in quotes and goes on with advice about "--" that does not help here. */
export function argumentProblem(error: unknown, locale: Locale): string {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const text = String(message);
  const option = /'((?:-\w, )?[^' ]+)/.exec(text)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return translate(locale, 'noOption', { option });
  const takesNone = text.includes('does not take');
  return translate(locale, takesNone ? 'optionWithoutValue' : 'optionWantsValue', { option });
}

/** The language of a terminal: POSIX takes a variable that is empty for one that is not set. */
export function localeOf(
  lang: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Locale {
  return /^zh/i.test(lang || env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh-CN' : 'en';
}
