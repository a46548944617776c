/**
 * Why the signature of a notification does not hold, as received.
 */
import { UNSIGNED_PARAMETERS } from '../signature';
import { readForm } from '../form-body';
import type { FormBody } from '../form-body';
import type { KeyInput } from '../keys';
import { verifyNotification } from '../notification';
import { diagnosis } from './finding';
import type { Clue, Diagnosis, Locale } from './finding';
import { givenKey } from './given-key';
import type { GivenKey } from './given-key';
import { jsonObject } from '../../utils/order/order-info';
import {
  AMOUNTS_TRIED,
  missing,
  MONEY,
  notificationPairs,
  notificationSteps,
  unknown,
} from './notification-steps';
import { rightText } from './common-steps';
import { otherAmount } from './other-amount';
import { explain } from './search';
import { readSignature } from './signature';

export interface NotificationDiagnosisOptions {
  locale?: Locale;
}

/** A body may also have been logged as JSON of its parameters. */
function parameters(body: FormBody): FormBody {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return body;
  const text = body.toString().trim();
  return (text.startsWith('{') ? jsonObject(text) : undefined) ?? text;
}

function changedAmount(params: Record<string, string>, matches: (text: string) => boolean): Clue | null {
  for (const parameter of MONEY) {
    const sent = params[parameter];
    if (sent === undefined) continue;
    const other = otherAmount(notificationPairs(params), parameter, AMOUNTS_TRIED, matches);
    if (!other) continue;
    const detail = `${parameter}: ${other.signed} → ${sent}`;
    return { code: 'NOTIFY_TAMPERED', evidence: { parameter, sent, detail, ...other } };
  }
  return null;
}

function textClues(
  params: Record<string, string>,
  matches: (text: string | Buffer) => boolean,
  knownText?: string,
): Clue[] {
  const expected = rightText(notificationPairs(params));
  if (matches(expected)) return [];
  const found = explain(notificationPairs(params), notificationSteps(params), matches, [1, 2]);
  if (found) {
    const text: Record<string, string> = found.text === null ? {} : { signedText: found.text };
    return found.clues.map(({ code, evidence }) => ({
      code,
      evidence: { ...evidence, received: expected, ...text },
    }));
  }
  const amount = changedAmount(params, matches);
  if (amount) return [amount];
  const evidence = { received: expected, ...(knownText ? { signedText: knownText } : {}) };
  const absent = missing(params);
  if (absent.length) {
    return [{ code: 'NOTIFY_PARAM_MISSING', evidence: { ...evidence, parameters: absent.join(', ') } }];
  }
  const unknownParameters = unknown(params).join(', ');
  return [{ code: 'NOTIFY_TAMPERED', evidence: { ...evidence, unknownParameters, detail: '' } }];
}

function signatureClues(params: Record<string, string>, given: GivenKey): Clue[] {
  const { rsaSign, ...rest } = params;
  if (!rsaSign) return [{ code: 'SIGNATURE_MISSING' }];
  const signed = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !UNSIGNED_PARAMETERS.includes(name)),
  );
  const signature = readSignature(rsaSign, given, [rightText(notificationPairs(signed))]);
  const clues = signature.clues.map(({ code, evidence }): Clue => {
    const foreign = code === 'WRONG_KEY' || code === 'WRONG_KEY_SIZE';
    return { code: foreign ? 'NOTIFY_VERIFIED_WITH_DEVELOPER_KEY' : code, evidence };
  });
  return signature.opened
    ? [...clues, ...textClues(signed, signature.opened.matches, signature.opened.text)]
    : clues;
}

/** What verifyNotification refuses although the signature holds. */
function meaningClues(body: FormBody, given: GivenKey): Clue[] {
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
 * @param body the POST body as received (form text, or JSON text of the parameters), or the parameters
 * @param platformPublicKey the platform's public key of this payment service
 * @returns no findings for a notification that is to be believed
 */
export function diagnoseNotification(
  body: FormBody,
  platformPublicKey?: KeyInput,
  options: NotificationDiagnosisOptions = {},
): Diagnosis {
  const given = givenKey(platformPublicKey);
  const received = body && parameters(body);
  const form = readForm(received);
  if (!form.ok) {
    const evidence = { parameter: form.message.split(' ')[0] ?? '', reason: form.message };
    return diagnosis([...given.clues, { code: form.code, evidence }], options.locale);
  }
  const clues = signatureClues(form.params, given);
  const meaning = clues.length ? [] : meaningClues(received, given);
  return diagnosis([...given.clues, ...clues, ...meaning], options.locale);
}
