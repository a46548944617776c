/**
 * What the cashier's answer means. The callback is a claim: the table says what is claimed, never what is true.
 * Codes were read from the Android SDK and Baidu's host guide; iOS codes for cancel and paying are unknown, hence the
 * look at the message. The table can be overridden by `configure({ outcomes })`.
 */
import { toText } from './normalize';

export type Claim =
  | 'success'
  /** the person closed the cashier */
  | 'cancel'
  /** a payment is under way, its result is unknown */
  | 'paying'
  /** the cashier never opened */
  | 'rejected'
  | 'not-logged-in'
  /** failed, or the cashier could not find out: may be paid all the same */
  | 'failed';

export type OutcomeTable = Record<string, Claim>;

export const OUTCOMES: OutcomeTable = {
  1: 'paying',
  2: 'cancel',
  5: 'not-logged-in',
  201: 'rejected',
  202: 'rejected',
  904: 'rejected',
  1001: 'rejected',
};

export interface Answer {
  claim: Claim;
  /** the cashier's own code, a number where it can be read as one */
  code: number | string | null;
  /** what the host handed over, untouched */
  raw: unknown;
}

/** Reads what `fail` was called with. Codes come as number or string, and `err` may be anything. */
export function readFailure(raw: unknown, table: OutcomeTable): Answer {
  const { errCode, errMsg } = (raw || {}) as { errCode?: unknown; errMsg?: unknown };
  const word = toText(errCode);
  const code = !word ? null : isNaN(+word) ? word : +word;
  const listed = toText(code !== null && table[code]);
  const claim = isClaim(listed) ? listed : /取消/.test(toText(errMsg)) ? 'cancel' : 'failed';
  return { claim, code, raw };
}

/** A table a team wrote may hold anything, and every object has more keys than were put there. */
export function isClaim(word: string): word is Claim {
  return /^(success|cancel|paying|rejected|not-logged-in|failed)$/.test(word);
}
