import type { Rejection } from './validate-order';

export interface RejectedCall {
  /** ms */
  at: number;
  tpOrderId: string;
  errCode: number;
  errMsg: string;
  reasons: string[];
}

const MAX_REMEMBERED = 50;

/** The latest rejected calls, in memory: a convenience for the developer, who reads there what a person is not told. */
export class RejectionLog {
  /** newest last */
  readonly calls: RejectedCall[] = [];

  constructor(
    private readonly now: () => number,
    private readonly log: (line: string) => void,
  ) {}

  /** @returns the rejection, to be passed on */
  record(orderInfo: unknown, rejection: Rejection): Rejection {
    const { tpOrderId } = (orderInfo ?? {}) as { tpOrderId?: unknown };
    const name = typeof tpOrderId === 'string' ? tpOrderId.slice(0, 64) : '';
    const { errCode, errMsg, reasons } = rejection;
    this.calls.push({ at: this.now(), tpOrderId: name, errCode, errMsg, reasons });
    if (this.calls.length > MAX_REMEMBERED) this.calls.shift();
    this.log(`rejected ${printable(name) || 'an order'} (${errMsg}): ${printable(reasons.join('; '))}`);
    return rejection;
  }
}

/** One log line stays one line, whatever an order holds. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 2000);
}
