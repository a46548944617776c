import type { Locale } from '../../merchant';
import type { Reasons } from './reasons';
import type { Rejection } from './validate-order';

export interface RejectedCall {
  /** ms */
  at: number;
  tpOrderId: string;
  errCode: number;
  errMsg: string;
  /** in the language that was asked for */
  reasons: string[];
}

const MAX_REMEMBERED = 50;

/** The latest rejected calls, in memory: a convenience for the developer, who reads there what a person is not told. */
export class RejectionLog {
  private readonly calls: (Omit<RejectedCall, 'reasons'> & { reasons: Reasons })[] = [];

  constructor(
    private readonly now: () => number,
    private readonly log: (line: string) => void,
  ) {}

  /** @returns them newest last */
  in(locale: Locale): RejectedCall[] {
    return this.calls.map(call => ({ ...call, reasons: call.reasons[locale] }));
  }

  /** The log of the program is English. @returns the rejection, to be passed on */
  record(orderInfo: unknown, rejection: Rejection): Rejection {
    const { tpOrderId } = (orderInfo ?? {}) as { tpOrderId?: unknown };
    const name = typeof tpOrderId === 'string' ? tpOrderId.slice(0, 64) : '';
    const { errCode, errMsg, reasons } = rejection;
    this.calls.push({ at: this.now(), tpOrderId: name, errCode, errMsg, reasons });
    if (this.calls.length > MAX_REMEMBERED) this.calls.shift();
    this.log(`rejected ${printable(name) || 'an order'} (${errMsg}): ${printable(reasons.en.join('; '))}`);
    return rejection;
  }
}

/** One log line stays one line, whatever an order holds. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 2000);
}
