/** The calls of the cashier that were rejected. Runs in browsers, too. */
import type { Locale } from '../../merchant';
import type { Reasons, Rejection } from './rejection-reasons';

export interface RejectedCall {
  /** ms */
  at: number;
  tpOrderId: string;
  errCode: number;
  errMsg: string;
  /** in the language that was asked for */
  reasons: string[];
}

const MAX_CALLS = 50;
const MAX_NUMBER_LENGTH = 64;

/** The number under which a refused order is listed: the beginning of its tpOrderId, '' where that is no text. */
export function listedNumber(orderInfo: unknown): string {
  const { tpOrderId } = Object(orderInfo) as { tpOrderId?: unknown };
  return typeof tpOrderId === 'string' ? tpOrderId.slice(0, MAX_NUMBER_LENGTH) : '';
}

/** The latest rejected calls, in memory, with the reasons that are shown to developers only. */
export class RejectionLog {
  private readonly calls: (Omit<RejectedCall, 'reasons'> & { reasons: Reasons })[] = [];

  constructor(
    private readonly now: () => number,
    private readonly log: (line: string) => void,
  ) {}

  /** @returns them newest last */
  list(locale: Locale): RejectedCall[] {
    return this.calls.map(call => ({ ...call, reasons: call.reasons[locale] }));
  }

  /** The log of the program is English. @returns the rejection, to be passed on */
  record(orderInfo: unknown, rejection: Rejection): Rejection {
    const tpOrderId = listedNumber(orderInfo);
    const { errCode, errMsg, reasons } = rejection;
    this.calls.push({ at: this.now(), tpOrderId, errCode, errMsg, reasons });
    if (this.calls.length > MAX_CALLS) this.calls.shift();
    this.log(`rejected ${oneLine(tpOrderId) || 'an order'} (${errMsg}): ${oneLine(reasons.en.join('; '))}`);
    return rejection;
  }
}

/** Without line breaks: a text of an order must not forge a log line. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 2000);
}
