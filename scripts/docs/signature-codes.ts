/**
 * The sections of docs/signature-codes.md: cause, severity and fix come from the doctor. The order of the codes, and the
 * habit behind each, are written by hand and stay.
 */
import { severityOf, type FindingCode, type Severity } from '../../merchant/diagnose/codes';
import { en, type FindingText } from '../../merchant/diagnose/messages.en';
import { zhCN } from '../../merchant/diagnose/messages.zh-CN';
import type { Locale } from '../../merchant';

interface Layout {
  words: Record<FindingCode, FindingText>;
  severities: Record<Severity, string>;
  cause(severity: string, message: string): string;
  fix(text: string): string;
  /** how the line begins that is written by hand */
  habit: string;
  /** what KEY_FORMAT advises depends on the format */
  needs: string;
}

const LAYOUTS: Record<Locale, Layout> = {
  en: {
    words: en,
    severities: { error: 'error', warning: 'warning', info: 'for your information' },
    cause: (severity, message) => `- Cause (${severity}): ${message}`,
    fix: text => `- Fix: ${text}`,
    habit: '- Habit: ',
    needs: 'what Java, Go, PHP and the console need of this format.',
  },
  'zh-CN': {
    words: zhCN,
    severities: { error: '错误', warning: '警告', info: '信息' },
    cause: (severity, message) => `- 原因（${severity}）：${message}`,
    fix: text => `- 修法：${text}`,
    habit: '- 习惯：',
    needs: 'Java、Go、PHP 和后台各需要什么形式。',
  },
};

const SECTION = /^### (\w+)\n([^]*?)(?=^#|(?![^]))/gm;

/** Placeholders as code, so that Markdown does not change them. */
const shown = (template: string): string => template.replace(/\{\w+\}/g, '`$&`');

/**
 * @param page with a section for each code
 * @throws Error naming a code that has no section, or a section whose code there is none of
 */
export function fillCodes(page: string, language: Locale): string {
  const { words, severities, cause, fix, habit, needs } = LAYOUTS[language];
  const missing = new Set(Object.keys(words));
  const filled = page.replace(SECTION, (_all, code: string, body: string) => {
    if (!missing.delete(code)) throw new Error(`there is no code ${code}, or it is there twice`);
    const known = code as FindingCode;
    const lines = [
      cause(severities[severityOf(known)], shown(words[known].message)),
      ...(body.match(new RegExp(`^${habit}[^]*?(?=\\n(?:- |\\n))`, 'm')) ?? []),
      fix(known === 'KEY_FORMAT' ? needs : shown(words[known].fix)),
    ];
    return `### ${code}\n\n${lines.join('\n')}\n\n`;
  });
  if (missing.size > 0) throw new Error(`no section for ${[...missing].join(', ')}`);
  return filled;
}
