/**
 * Turns raw findings into a diagnosis: the message of each code, in one language, filled with the evidence.
 */
import { showInvisible } from '../printable';
import { severityOf } from './codes';
import type { FindingCode, Severity } from './codes';
import { en } from './messages.en';
import { zhCN } from './messages.zh-CN';
import { translatePhrases } from './phrases.zh-CN';

export type Locale = 'zh-CN' | 'en';

export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** one or two sentences for a developer */
  message: string;
  /** what to do about it */
  fix: string;
  /**
   * The values that the message is about. `expected` is the text that should have been signed, `signedText` the one that
   * was signed, where it is known; `received` is the text to verify of a notification as received.
   */
  evidence: Record<string, string>;
}

export interface Diagnosis {
  /** no error among the findings */
  ok: boolean;
  findings: Finding[];
}

/** A finding without its message, which depends on the language. */
export interface RawFinding {
  code: FindingCode;
  evidence?: Record<string, string>;
}

/** Evidence that consists of words; all other evidence is values and names. */
const PHRASES = ['how', 'style', 'around', 'charset', 'placeholder', 'reason'];

function fill(template: string, evidence: Record<string, string>): string {
  return template
    .replace(/\{(\w+)\}/g, (placeholder, name: string) => evidence[name] ?? placeholder)
    .trimEnd();
}

/** A value whose blanks at its ends and invisible characters can be seen: else "470193086 " and "470193086" look alike. */
function visible(value: string): string {
  return showInvisible(value === value.trim() ? value : JSON.stringify(value));
}

/** The evidence as messages show it: in their language. */
function shown(evidence: Record<string, string>, phrase: (value: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [
      name,
      PHRASES.includes(name) ? phrase(value) : visible(value),
    ]),
  );
}

/** Adds the messages; errors come first, and each message once. */
export function toDiagnosis(raw: readonly RawFinding[], locale: Locale = 'zh-CN'): Diagnosis {
  const texts = /^en\b/i.test(locale) ? en : zhCN;
  const phrase = texts === en ? (value: string) => value : translatePhrases;
  const rank = { error: 0, warning: 1, info: 2 };
  const seen = new Set<string>();
  const findings = raw
    .map(({ code, evidence = {} }): Finding => {
      const { message, fix } = texts[code];
      return {
        code,
        severity: severityOf(code),
        message: fill(message, shown(evidence, phrase)),
        fix: fill(fix, shown(evidence, phrase)),
        evidence,
      };
    })
    .filter(each => {
      const key = each.code + each.message;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
  return { ok: findings.every(each => each.severity !== 'error'), findings };
}
