/**
 * Explains why the signature of a notification does not hold, as received.
 */
import type { FormBody } from '../form-body';
import type { KeyInput } from '../keys';
import { verifyNotification } from '../notification';
import { MAX_FIELDS } from '../order-rules';
import { UNSIGNED_PARAMETERS } from '../signature';
import { diagnosis } from './finding';
import type { Diagnosis, Locale, RawFinding } from './finding';
import { resolveKey } from './keys';
import type { ResolvedKey } from './keys';
import {
  AMOUNTS_TRIED,
  missingParameters,
  MONEY_PARAMETERS,
  notificationPairs,
  notificationSteps,
  unknownParameters,
} from './mistakes/notification';
import { readNotificationInput } from './notification-input';
import { bruteForceAmount, canonicalTextOf, findExplanation } from './search';
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
  const names = MONEY_PARAMETERS.filter(name => params[name] !== undefined);
  // The other half of the budget is for two mistakes at once.
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
  const absent = missingParameters(params);
  if (absent.length) {
    return [{ code: 'NOTIFY_PARAM_MISSING', evidence: { ...evidence, parameters: absent.join(', ') } }];
  }
  const unknown = unknownParameters(params).join(', ');
  return [{ code: 'NOTIFY_TAMPERED', evidence: { ...evidence, unknownParameters: unknown, detail: '' } }];
}

function signatureFindings(
  params: Record<string, string>,
  key: ResolvedKey,
  budget: WorkBudget,
): RawFinding[] {
  const { rsaSign } = params;
  if (!rsaSign) return [{ code: 'SIGNATURE_MISSING' }];
  const signed = Object.fromEntries(
    Object.entries(params).filter(([name]) => !UNSIGNED_PARAMETERS.includes(name)),
  );
  const { findings, decrypted } = readSignature(rsaSign, key, [canonicalTextOf(notificationPairs(signed))]);
  const named = findings.map(({ code, evidence }): RawFinding => {
    const isForeign = code === 'WRONG_KEY' || code === 'WRONG_KEY_SIZE';
    return { code: isForeign ? 'NOTIFY_VERIFIED_WITH_DEVELOPER_KEY' : code, evidence };
  });
  return decrypted ? [...named, ...textFindings(signed, decrypted.matches, decrypted.text, budget)] : named;
}

/** Findings about a notification that verifyNotification refuses although the signature holds. */
function contentFindings(body: FormBody, { key }: ResolvedKey): RawFinding[] {
  if (!key) return [];
  const result = verifyNotification(body, key);
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
 * Explains why a notification is refused: the key, or how its parameters were changed by the receiver or on the way.
 *
 * Pure; reads nothing but its arguments.
 *
 * @param body the POST body as received, or its parameters; or a text that contains it, such as a log, a dump or the output
 *   of an HTTP tool. The finding INPUT_EXTRACTED then says in what kind of text the parameters were found.
 * @param platformPublicKey the platform's public key of this payment service
 * @returns no findings for a notification that verifyNotification accepts
 */
export function diagnoseNotification(
  body: FormBody,
  platformPublicKey?: KeyInput,
  options: NotificationDiagnosisOptions = {},
): Diagnosis {
  const { locale, maxCandidates = SERVER_LIMITS.candidates } = options;
  const key = resolveKey(platformPublicKey);
  const received = readNotificationInput(body);
  const { form } = received;
  const before = [...key.findings, ...received.findings];
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
  const findings = signatureFindings(form.params, key, limitWork(maxCandidates));
  const content = findings.length || received.body === undefined ? [] : contentFindings(received.body, key);
  return diagnosis([...before, ...findings, ...content], locale);
}
