/**
 * Why the signature of a notification does not hold, as received.
 */
import type { FormBody } from '../form-body';
import type { KeyInput } from '../keys';
import { verifyNotification } from '../notification';
import { MAX_FIELDS } from '../order-rules';
import { UNSIGNED_PARAMETERS } from '../signature';
import { bruteForceAmount } from './brute-force-amount';
import { canonicalTextOf } from './common-steps';
import { diagnosis } from './finding';
import type { Diagnosis, Locale, RawFinding } from './finding';
import {
  AMOUNTS_TRIED,
  missing,
  MONEY,
  notificationPairs,
  notificationSteps,
  unknown,
} from './notification-steps';
import { readReceived } from './received-notification';
import { resolveKey } from './resolve-key';
import type { ResolvedKey } from './resolve-key';
import { findExplanation } from './search';
import { readSignature } from './signature';
import { limitWork, SERVER_LIMITS } from './work-budget';
import type { WorkBudget } from './work-budget';

export interface NotificationDiagnosisOptions {
  locale?: Locale;
  /** as in diagnoseOrder */
  maxCandidates?: number;
}

function changedAmount(
  params: Record<string, string>,
  matches: (text: string) => boolean,
  budget: WorkBudget,
): RawFinding | null {
  const names = MONEY.filter(name => params[name] !== undefined);
  // Half of what is left is for two mistakes at once.
  const upTo = Math.min(AMOUNTS_TRIED, Math.floor(budget.candidatesLeft / 2 / Math.max(names.length, 1)));
  for (const parameter of names) {
    const sent = params[parameter] ?? '';
    const other = bruteForceAmount(notificationPairs(params), parameter, upTo, matches, budget);
    if (!other) continue;
    const detail = `${parameter}: ${other.signed} → ${sent}`;
    return { code: 'NOTIFY_TAMPERED', evidence: { parameter, sent, detail, ...other } };
  }
  return null;
}

function textFindings(
  params: Record<string, string>,
  matches: (text: string | Buffer) => boolean,
  knownText: string | undefined,
  budget: WorkBudget,
): RawFinding[] {
  const pairs = notificationPairs(params);
  const expected = canonicalTextOf(pairs);
  if (matches(expected)) return [];
  const steps = notificationSteps(params);
  const single = findExplanation(pairs, steps, matches, 1, budget);
  const amount = single ? null : changedAmount(params, matches, budget);
  const found = single ?? (amount ? null : findExplanation(pairs, steps, matches, 2, budget));
  if (found) {
    const text: Record<string, string> = found.text === null ? {} : { signedText: found.text };
    return found.findings.map(({ code, evidence }) => ({
      code,
      evidence: { ...evidence, received: expected, ...text },
    }));
  }
  if (amount) return [amount];
  const evidence = { received: expected, ...(knownText ? { signedText: knownText } : {}) };
  const absent = missing(params);
  if (absent.length) {
    return [{ code: 'NOTIFY_PARAM_MISSING', evidence: { ...evidence, parameters: absent.join(', ') } }];
  }
  const unknownParameters = unknown(params).join(', ');
  return [{ code: 'NOTIFY_TAMPERED', evidence: { ...evidence, unknownParameters, detail: '' } }];
}

function signatureFindings(
  params: Record<string, string>,
  given: ResolvedKey,
  budget: WorkBudget,
): RawFinding[] {
  const { rsaSign } = params;
  if (!rsaSign) return [{ code: 'SIGNATURE_MISSING' }];
  const signed = Object.fromEntries(
    Object.entries(params).filter(([name]) => !UNSIGNED_PARAMETERS.includes(name)),
  );
  const { findings, decrypted } = readSignature(rsaSign, given, [canonicalTextOf(notificationPairs(signed))]);
  const named = findings.map(({ code, evidence }): RawFinding => {
    const isForeign = code === 'WRONG_KEY' || code === 'WRONG_KEY_SIZE';
    return { code: isForeign ? 'NOTIFY_VERIFIED_WITH_DEVELOPER_KEY' : code, evidence };
  });
  return decrypted ? [...named, ...textFindings(signed, decrypted.matches, decrypted.text, budget)] : named;
}

/** What verifyNotification refuses although the signature holds. */
function meaningFindings(body: FormBody, given: ResolvedKey): RawFinding[] {
  if (!given.key) return [];
  const result = verifyNotification(body, given.key);
  if (result.ok) return [];
  switch (result.code) {
    case 'NOTIFY_SPLICED':
      return [{ code: result.code, evidence: { parameter: result.message.split(' ')[0] ?? '' } }];
    case 'PARAMETER_MALFORMED':
      return [{ code: result.code, evidence: { reason: result.message } }];
    case 'KIND_UNKNOWN':
      return [{ code: result.code }];
    default:
      return [];
  }
}

/**
 * Says why a notification is refused: the key, what the receiver did to the parameters, what was changed on the way.
 *
 * Pure; reads nothing but its arguments.
 *
 * @param body the POST body as received, or its parameters. Also what a log, a dump or an HTTP tool made of it: the
 *   parameters are looked for, and the finding INPUT_EXTRACTED says in what they were found.
 * @param platformPublicKey the platform's public key of this payment service
 * @returns no findings for a notification that verifyNotification accepts
 */
export function diagnoseNotification(
  body: FormBody,
  platformPublicKey?: KeyInput,
  options: NotificationDiagnosisOptions = {},
): Diagnosis {
  const { locale, maxCandidates = SERVER_LIMITS.candidates } = options;
  const given = resolveKey(platformPublicKey);
  const received = readReceived(body);
  const { form } = received;
  const before = [...given.findings, ...received.findings];
  if (received.body === null) return diagnosis(before, locale);
  if (!form.ok) {
    const evidence = { parameter: form.message.split(' ')[0] ?? '', reason: form.message };
    return diagnosis([...before, { code: form.code, evidence }], locale);
  }
  const count = Object.keys(form.params).length;
  if (count > MAX_FIELDS) {
    const evidence = { count: String(count), most: String(MAX_FIELDS) };
    return diagnosis([...before, { code: 'TOO_MANY_FIELDS', evidence }], locale);
  }
  const findings = signatureFindings(form.params, given, limitWork(maxCandidates));
  const meaning = findings.length || received.body === undefined ? [] : meaningFindings(received.body, given);
  return diagnosis([...before, ...findings, ...meaning], locale);
}
