/**
 * The report of the doctor for a terminal.
 */
import type { Diagnosis, Finding, Locale } from '../diagnose/finding';
import { escapeControls } from '../printable';
import { translate } from './messages';
import type { MessageKey } from './messages';

/** The texts that the findings are about, each once. */
function formatSignedTexts(findings: readonly Finding[], locale: Locale): string[] {
  const texts = findings.flatMap(({ evidence }): [MessageKey, string | undefined][] => [
    ['expected', evidence.expected],
    ['received', evidence.received],
    ['signed', evidence.signedText],
  ]);
  const lines = texts.flatMap(([label, text]) =>
    text === undefined ? [] : [`${translate(locale, label)}:\n  ${escapeControls(text)}`],
  );
  return lines.length ? [...new Set(lines), ''] : [];
}

/** The file a finding is about, when more than one was given. */
function formatLocation({ evidence: { file, role } }: Finding, locale: Locale): string {
  if (file === undefined) return '';
  return role === undefined
    ? translate(locale, 'inFile', { file })
    : translate(locale, 'inFileAsRole', { file, role });
}

/** Formats a diagnosis for a terminal. */
export function formatDiagnosis({ ok, findings }: Diagnosis, locale: Locale): string {
  const lines = findings.flatMap(finding => [
    `[${translate(locale, finding.severity)}] ${finding.code}${escapeControls(formatLocation(finding, locale))}`,
    `  ${escapeControls(finding.message)}`,
    `  ${finding.severity === 'info' ? '' : translate(locale, 'fix')}${escapeControls(finding.fix)}`,
    '',
  ]);
  return [
    ...lines,
    ...formatSignedTexts(findings, locale),
    ...(ok ? [translate(locale, verdictOf(findings)), ''] : []),
  ].join('\n');
}

/** The last line of a diagnosis without errors. */
function verdictOf(findings: Diagnosis['findings']): 'keysMatch' | 'noErrors' | 'nothingWrong' {
  if (findings.some(finding => finding.code === 'KEY_FORMAT')) return 'keysMatch';
  return findings.length > 0 ? 'noErrors' : 'nothingWrong';
}
