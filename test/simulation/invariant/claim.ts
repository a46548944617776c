/**
 * What the cashier's answers to one call are worth, as the design defines claims. Where it is the library's choice
 * whether a call was given up as lost, both readings are kept: `least` and `most`.
 */
import type { CashierCall } from '../fakes/fake-cashier';

/** cancelled < unanswered = lost < doubtful < success; a call that never opened is taken back. */
export const CLAIM = { takenBack: 0, cancelled: 1, unanswered: 2, doubtful: 3, success: 4 };

const NEVER_OPENED = ['904', '201', '202', '1001', '101', '301', '302', '401', '402', '403', '1002', '5'];

/** The oracle's own reading of the table of section 3. */
function readCallback(ok: boolean, payload: unknown): number {
  if (ok) return CLAIM.success;
  const { errCode, errMsg = '' } = (payload ?? {}) as { errCode?: unknown; errMsg?: string };
  if (NEVER_OPENED.includes(String(errCode))) return CLAIM.takenBack;
  return String(errCode) === '2' || /取消/.test(errMsg) ? CLAIM.cancelled : CLAIM.doubtful;
}

interface Moment {
  at: number;
  seq: number;
  deviceAt: number;
}

const NEVER: Moment = { at: -Infinity, seq: -Infinity, deviceAt: 0 };

export class CallClaim {
  least = CLAIM.unanswered;
  most = CLAIM.unanswered;
  answered = false;
  /** another call of ours took its place: a cancel no longer counts */
  replaced = false;
  /** it was reported as pending: it was given up */
  lost = false;
  /** a tap or a page gave the library the right to give it up */
  mayBeLost = false;

  /** when it was made, and the latest call of the order before it */
  made: Moment = NEVER;
  previous: Moment = NEVER;

  constructor(readonly call: CashierCall) {}

  /**
   * Its order was settled, or is too old to wait for: only what the cashier says of it from now on counts.
   * @param isCertain false: the library may still count what the cashier has said so far
   */
  forget(isCertain: boolean): void {
    this.least = CLAIM.takenBack;
    if (isCertain) this.most = CLAIM.takenBack;
    this.answered = true;
  }

  answer(ok: boolean, payload: unknown): void {
    const claim = readCallback(ok, payload);
    if (this.answered) {
      this.least = Math.max(this.least, claim);
      this.most = Math.max(this.most, claim);
      return;
    }
    this.answered = true;
    const wasGivenUp = this.replaced || this.lost;
    if (wasGivenUp || this.mayBeLost) {
      // A cancel of a call that was given up is ignored; that it never opened may still count.
      this.most = Math.max(this.most, claim);
      if (claim !== CLAIM.cancelled || !wasGivenUp) this.least = claim;
    } else {
      this.least = claim;
      this.most = claim;
    }
  }
}
