/** What the world knows about one order: its calls, what was charged, and what was said about it, and when. */
import type { OrderState } from '../fakes/fake-backend';
import type { Observed } from '../fakes/observation';
import { type CallClaim, CLAIM } from './claim';

const DAY = 86400000;
/** ms from a call until its attempt is over: without an answer it is lost after 15 min, and then checked */
const LONGEST_ATTEMPT = 900000 + 66000;

/** Everything that is compared carries the number of its observation: a call and a word of one millisecond differ. */
interface Said {
  seq: number;
  at: number;
  status: 'paid' | 'refunded' | 'closed';
}

interface Check {
  seq: number;
  status: OrderState;
}

export class OrderFacts {
  calls: CallClaim[] = [];
  firstCalledAt = Infinity;
  /** its latest call */
  calledAt = -Infinity;
  calledSeq = -Infinity;
  /** the same, also when that call was taken back */
  lastMadeSeq = -Infinity;
  private calledAtDevice = 0;
  hasStatusUrl = false;
  /** the explicit order-key that events have named with it, '' for none */
  orderKey = '';
  chargedAt: number | null = null;
  /** what was reported of it, to a page or a person */
  readonly told: Said[] = [];
  /** when a person who was asked about it agreed to go on */
  acceptedSeq = -Infinity;
  /** the question that was answered with yes */
  askedSeq = -Infinity;
  /** the call that was agreed to */
  acceptedCallSeq = -Infinity;
  /** it was a call of another order */
  acceptedAnother = false;
  /** when an answer of the cashier raised its claim */
  raisedSeq = -Infinity;
  readonly checks: Check[] = [];
  /** what create-url answered about it */
  readonly created: Check[] = [];
  /** the user when an attempt on it began; '' is an unknown one */
  readonly owners = new Set<string>();
  /** its record was destroyed: the library cannot know it any more */
  destroyed = false;
  /** A kill came while a question about it was open, or an old record may turn up again: it may be reported once more. */
  mayBeToldAgain = false;
  /** its calls were made by a process that is dead now */
  isOfDeadProcess = false;
  /** by the device's clock, its latest call was once a day away */
  wasOld = false;

  constructor(readonly tpOrderId: string) {}

  /** what its claim is at least, and what it may be, for all that the cashier has said */
  get leastClaim(): number {
    return Math.max(CLAIM.takenBack, ...this.calls.map(({ least }) => least));
  }

  get mostClaim(): number {
    return Math.max(CLAIM.takenBack, ...this.calls.map(({ most }) => most));
  }

  /** the call that the cashier has not answered */
  get unanswered(): CallClaim | undefined {
    return this.calls.find(({ answered, replaced }) => !answered && !replaced);
  }

  noteCall(claim: CallClaim, owners: string[], { at, deviceAt, seq }: Observed): void {
    // What was settled is over: the next call begins anew, though the cashier may still answer an earlier one. Where only
    // the device's clock makes the order old, an attempt of it may still be under way, and keeps it.
    if (this.wasTold || this.isGivenUpByAge) {
      const isCertain = this.wasTold || at - this.calledAt > LONGEST_ATTEMPT;
      this.calls.forEach(earlier => earlier.forget(isCertain));
    }
    claim.made = { at, seq, deviceAt };
    claim.previous = { at: this.calledAt, seq: this.calledSeq, deviceAt: this.calledAtDevice };
    this.firstCalledAt = Math.min(this.firstCalledAt, at);
    this.calledAt = at;
    this.calledSeq = this.lastMadeSeq = seq;
    this.calledAtDevice = deviceAt;
    this.calls.push(claim);
    this.destroyed = false;
    this.isOfDeadProcess = false;
    this.wasOld = false;
    owners.forEach(owner => this.owners.add(owner));
  }

  /** A cashier that never opened takes its call back, as if it had not been made; a second answer may restore it. */
  noteAnswer(claim: CallClaim): void {
    if (claim !== this.calls[this.calls.length - 1]) return;
    const latest = claim.most === CLAIM.takenBack ? claim.previous : claim.made;
    this.calledAt = latest.at;
    this.calledSeq = latest.seq;
    this.calledAtDevice = latest.deviceAt;
  }

  noteAge(deviceNow: number): void {
    if (this.calledAt > -Infinity && Math.abs(deviceNow - this.calledAtDevice) >= DAY) this.wasOld = true;
  }

  destroy(): void {
    this.destroyed = true;
    this.mayBeToldAgain = true;
    this.calls = [];
    this.firstCalledAt = Infinity;
  }

  /** since its latest call */
  get wasTold(): boolean {
    return this.told.some(({ seq }) => seq > this.calledSeq);
  }

  /** Since its latest call; what was agreed to is over when its claim rises afterwards, or after the call that was agreed to. */
  get wasAccepted(): boolean {
    const isUsed = this.acceptedCallSeq > this.acceptedSeq;
    const agreedSeq = isUsed ? this.acceptedCallSeq : this.acceptedSeq;
    return this.acceptedSeq > this.calledSeq && this.raisedSeq < agreedSeq;
  }

  /** since its latest call */
  wasSaidToBe(...statuses: OrderState[]): boolean {
    return this.checks.some(({ seq, status }) => seq > this.calledSeq && statuses.includes(status));
  }

  /** Too old to be asked about: without status-url at once, with it once a check was answered. */
  get isGivenUpByAge(): boolean {
    const wasChecked = this.checks.some(({ seq }) => seq > this.calledSeq);
    return this.wasOld && (!this.hasStatusUrl || wasChecked);
  }

  isKnownToOtherThan(owners: string[]): boolean {
    return [...this.owners].some(mine => mine && owners.some(other => other && other !== mine));
  }
}
