/**
 * Explains why a notification is refused, from what was received.
 */
import type { FormBody } from '../form-body';
import type { KeyInput } from '../keys';
import { verifyNotification } from '../notification';
import { MAX_FIELDS } from '../order-rules';
import { UNSIGNED_PARAMETERS } from '../signature';
import { decryptSignature } from './decrypt-signature';
import type { DecryptedSignature } from './decrypt-signature';
import { toDiagnosis } from './finding';
import type { Diagnosis, Locale, RawFinding } from './finding';
import { resolveKey } from './keys';
import type { ResolvedKey } from './keys';
import {
  AMOUNTS_TRIED,
  missingParameters,
  renamed,
  restoreNames,
  MONEY_PARAMETERS,
  notificationPairs,
  notificationSteps,
  unknownParameters,
} from './mistakes/notification';
import { readNotificationInput } from './notification-input';
import { exactForms } from './mistakes/floats';
import { amountsBelow, canonicalTextOf, findExplanation, findOtherValue } from './search';
import type { Search } from './search';
import { createBudget, SERVER_LIMITS } from './work-budget';
import type { WorkBudget } from './work-budget';

interface NotificationDiagnosisOptions {
  locale?: Locale;
  /** as in diagnoseOrder */
  maxCandidates?: number;
}

/** Explains the signed text by another amount; null when there is none. */
function explainAmount(params: Record<string, string>, search: Search): RawFinding | null {
  const names = MONEY_PARAMETERS.filter(name => params[name] !== undefined);
  // The other half of the budget is for two mistakes at once.
  const upTo = Math.min(
    AMOUNTS_TRIED,
    Math.floor(search.budget.candidatesLeft / 2 / Math.max(names.length, 1)),
  );
  for (const parameter of names) {
    const sent = params[parameter] ?? '';
    const other = findOtherValue(notificationPairs(params), parameter, amountsBelow(upTo), search);
    if (!other) continue;
    const detail = `${parameter}: ${other.signed} → ${sent}`;
    return { code: 'NOTIFY_TAMPERED', evidence: { parameter, sent, detail, ...other } };
  }
  return null;
}

/** Explains the signed text by an id that was read as a number; null when there is none. */
function explainRoundedId(params: Record<string, string>, search: Search): RawFinding | null {
  for (const [parameter, value] of Object.entries(params)) {
    const other = findOtherValue(notificationPairs(params), parameter, exactForms(value), search);
    const how = 'rounded as a number beyond 2^53';
    if (other) return { code: 'NOTIFY_VALUE_CONVERTED', evidence: { parameter, how, sent: value, ...other } };
  }
  return null;
}

/** What PHP, JavaScript, Java, Python and Go print for JSON that was parsed. */
const PRINTED_OBJECT = /^(?:Array|\[object Object\]|\{\w+=[^]*\}|[[{]+'[^]*[\]}]|map\[[^]*\])$/;

/** Findings about the signed text, none when it is the expected one. */
function textFindings(
  params: Record<string, string>,
  decrypted: DecryptedSignature,
  budget: WorkBudget,
): RawFinding[] {
  const { matches, text: knownText } = decrypted;
  const pairs = notificationPairs(params);
  const expected = canonicalTextOf(pairs);
  if (!matches || matches(expected)) return [];
  const restored = restoreNames(params);
  if (restored.changes.length) {
    const evidence = { parameters: restored.changes.join(', ') };
    const finding: RawFinding = { code: 'NOTIFY_PARAM_RENAMED', evidence };
    return [finding, ...textFindings(restored.params, decrypted, budget)];
  }
  const search: Search = { steps: notificationSteps(params), matches, budget };
  const single = findExplanation(pairs, search, 1);
  const amount = single ? null : (explainRoundedId(params, search) ?? explainAmount(params, search));
  const found = single ?? (amount ? null : findExplanation(pairs, search, 2));
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
  const printed = Object.keys(params).filter(name => PRINTED_OBJECT.test(params[name] ?? ''));
  if (printed.length) {
    const how = 'parsed into an object, which was printed again';
    return [
      { code: 'NOTIFY_VALUE_CONVERTED', evidence: { ...evidence, parameter: printed.join(', '), how } },
    ];
  }
  const unknown = unknownParameters(params).join(', ');
  const damaged = Object.keys(params).filter(name => params[name]?.includes('\ufffd'));
  const detail = damaged.length ? `${damaged.join(', ')}: \ufffd` : '';
  const code = damaged.length ? 'NOTIFY_CHARACTERS_LOST' : 'NOTIFY_TAMPERED';
  return [
    { code, evidence: { ...evidence, unknownParameters: unknown, parameter: damaged.join(', '), detail } },
  ];
}

function signatureFindings(
  params: Record<string, string>,
  key: ResolvedKey,
  budget: WorkBudget,
): RawFinding[] {
  const name = 'rsaSign' in params ? 'rsaSign' : (renamed(params, 'rsaSign') ?? '');
  const rsaSign = params[name];
  if (!rsaSign) return [{ code: 'SIGNATURE_MISSING' }];
  const signed = Object.fromEntries(
    Object.entries(params).filter(([each]) => each !== name && !UNSIGNED_PARAMETERS.includes(each)),
  );
  const { findings, decrypted } = decryptSignature(rsaSign, key, [
    canonicalTextOf(notificationPairs(signed)),
  ]);
  const named = findings.map(({ code, evidence }): RawFinding => {
    const isForeign = code === 'WRONG_KEY' || code === 'WRONG_KEY_SIZE';
    return { code: isForeign ? 'NOTIFY_VERIFIED_WITH_DEVELOPER_KEY' : code, evidence };
  });
  const before: RawFinding[] =
    name === 'rsaSign'
      ? named
      : [{ code: 'NOTIFY_PARAM_RENAMED', evidence: { parameters: `rsaSign → ${name}` } }, ...named];
  return decrypted ? [...before, ...textFindings(signed, decrypted, budget)] : before;
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
  const { locale, maxCandidates = SERVER_LIMITS.candidates } =
    (options as NotificationDiagnosisOptions | null) ?? {};
  const key = resolveKey(platformPublicKey);
  const received = readNotificationInput(body);
  const { form } = received;
  const before = [...key.findings, ...received.findings];
  if (received.body === null) return toDiagnosis(before, locale);
  if (!form.ok) {
    const evidence = { parameter: form.message.split(' ')[0] ?? '', reason: form.message };
    return toDiagnosis([...before, { code: form.code, evidence }], locale);
  }
  const count = Object.keys(form.params).length;
  if (count > MAX_FIELDS) {
    const evidence = { count: String(count), most: String(MAX_FIELDS) };
    return toDiagnosis([...before, { code: 'TOO_MANY_FIELDS', evidence }], locale);
  }
  const findings = signatureFindings(form.params, key, createBudget(maxCandidates));
  const content = findings.length || received.body === undefined ? [] : contentFindings(received.body, key);
  return toDiagnosis([...before, ...findings, ...content], locale);
}
