/** A purchase must be possible: questions only with a reason, and taps and a yes that reach the cashier. */
import type { Clock } from '../fakes/clock';
import type { FakeBackend } from '../fakes/fake-backend';
import type { FakeCashier } from '../fakes/fake-cashier';
import type { FakeComponent } from '../fakes/fake-component';
import type { FakeHost } from '../fakes/fake-host';
import { CLAIM } from './claim';
import type { History } from './history';
import type { OrderFacts } from './order-facts';

/** ms a backend that is well needs for an order, the least time between two calls, and what a page's handler takes */
const REACHES_CASHIER = 4000;
/** ms after which every window is over, and the tolerance */
const WINDOW = 60000 + 6000;
/** ms an unanswered call may stay at the cashier */
const CALL_TIMEOUT = 900000;

/** What must happen within a time, unless something else comes in between. */
interface Expectation {
  rule: string;
  since: number;
  until: number;
  /** whether what was expected has happened */
  isMet: () => boolean;
}

class Expectations {
  private open: Expectation[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly violate: (rule: string) => void,
  ) {}

  expect(rule: string, within: number, isMet: () => boolean): void {
    const since = this.clock.now();
    this.open.push({ rule, since, until: since + within, isMet });
  }

  /** Judges what is due. */
  check(): void {
    const now = this.clock.now();
    this.open = this.open.filter(expectation => {
      if (expectation.isMet()) return false;
      if (now <= expectation.until) return true;
      this.violate(expectation.rule);
      return false;
    });
  }

  /** Something happened after which the expectations do not apply any more. */
  drop(): void {
    this.check();
    this.open = [];
  }
}

export class ProgressRules {
  private readonly expectations: Expectations;
  private lastQuestionedStart = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly host: FakeHost,
    private readonly backend: FakeBackend,
    private readonly cashier: FakeCashier,
    private readonly history: History,
    private readonly violate: (rule: string) => void,
  ) {
    this.expectations = new Expectations(clock, violate);
  }

  check(): void {
    this.expectations.check();
  }

  disturb(): void {
    this.expectations.drop();
  }

  /** A tap, or a page's pay(); judged before the library knows of it. */
  started(component: FakeComponent): void {
    this.expectations.drop();
    if (!this.isQuiet() || !component.isPayable() || component.phase !== 'idle') return;
    if (component.page !== this.host.top || !this.host.isFront || component.data.disabled) return;
    if (this.clock.now() - Math.max(component.changedAt, this.history.lastSuccessAt) < 3500) return;
    // In onReady a button does not show yet what is paid.
    if (!component.page.ready && this.history.lastSuccessAt >= this.history.processStartedAt) return;
    if (this.history.paidKeys.has(String(component.properties.orderKey))) return;
    // An order that may be paid is not called again without a question, also after a yes to another one.
    const isAskedInVain = this.host.modal.mode !== 'ok';
    if (this.history.all().some(facts => this.mayBeOpen(facts, Infinity, isAskedInVain))) return;
    this.expectCall('a tap did not reach the cashier, though nothing is unsettled');
  }

  /** @param named the orders the question is about */
  questioned(at: number, named: OrderFacts[]): void {
    const { lastStartAt } = this.history;
    if (lastStartAt <= this.lastQuestionedStart) this.violate('more than one question for one tap');
    this.lastQuestionedStart = lastStartAt;
    // What the attempt itself found out and reported a moment ago joins its question.
    // A yes to another order is none to this one, when it is called again itself.
    const isOpen = named.some(facts => this.mayBeOpen(facts, at - 30000, true));
    if (!isOpen && !this.history.all().some(facts => this.mayBeOpen(facts, at - 30000))) {
      this.violate('a question was asked, though nothing is unsettled');
    }
  }

  answered(yes: boolean, at: number): void {
    const { asked, lastStartAt, lastCallbackAt } = this.history;
    if (!yes || !asked || !this.host.isFront || this.backend.mode !== 'ok') return;
    // A question ends when its page or the app leaves the front: what is answered afterwards means nothing.
    if (this.history.wasShownSince(asked.at)) return;
    // Goods that changed since the tap, another attempt, a late answer: each may have the last word.
    if (this.wasDisturbedAt >= lastStartAt || lastStartAt > asked.at || lastCallbackAt > asked.at) return;
    if (this.cashier.isOpen || !this.shopIsPlain()) return;
    // What was found paid while the question was open was not in it, and there is one question only.
    const isNews = ({ seq, status }: OrderFacts['checks'][number]): boolean =>
      seq > asked.seq && status !== 'unpaid';
    if (this.history.all().some(({ checks }) => checks.some(isNews))) return;
    // The order that the question named had its outcome before the answer.
    if (asked.covers.some(({ told }) => told.some(({ seq }) => seq > asked.seq))) return;
    const payable = this.history
      .liveStarts(at)
      .every(({ component, at: began }) => component.isPayable() && component.changedAt < began - 100);
    if (payable) this.expectCall('a yes did not reach the cashier');
  }

  /** The cashier has answered: 60 s later nothing may be under way. */
  calledBack(): void {
    this.atRestAfter(WINDOW, 'an attempt had not ended 60 s after the answer');
  }

  called(): void {
    this.expectations.check();
    this.atRestAfter(CALL_TIMEOUT + WINDOW, 'an attempt had not ended 15 min and 60 s after the call');
  }

  wasDisturbedAt = -Infinity;

  private expectCall(rule: string): void {
    const since = this.clock.now();
    const { history } = this;
    this.expectations.expect(
      rule,
      REACHES_CASHIER,
      () => history.lastCallAt >= since || history.lastFinalAt >= since || history.lastCallbackAt > since,
    );
  }

  private atRestAfter(ms: number, rule: string): void {
    const since = this.clock.now();
    const startedAt = this.history.lastStartAt;
    const { processStartedAt } = this.history;
    this.clock.after(
      ms,
      () => {
        const { history, host } = this;
        const isSame = history.processStartedAt === processStartedAt && history.lastStartAt === startedAt;
        const isLast = history.lastCallAt <= since && history.lastCallbackAt <= since;
        const waits = history.all().some(({ unanswered, isOfDeadProcess }) => unanswered && !isOfDeadProcess);
        if (!isSame || !isLast || host.modal.isOpen || (waits && ms < CALL_TIMEOUT)) return;
        const busy = host.pages
          .flatMap(({ buttons }) => buttons)
          .find(button => button.isAlive && /ordering|paying|confirming/.test(button.phase));
        if (busy) this.violate(`${rule}: ${busy.phase}`);
      },
      this,
    );
  }

  /** Nothing is under way, and the backend works as usual. */
  private isQuiet(): boolean {
    const { history, cashier, backend, host } = this;
    const waits = history.all().some(({ unanswered, isOfDeadProcess }) => unanswered && !isOfDeadProcess);
    const isBusy = host.pages
      .flatMap(({ buttons }) => buttons)
      .some(({ phase }) => /ordering|paying|confirming/.test(phase));
    return (
      !waits &&
      !isBusy &&
      !cashier.isOpen &&
      backend.mode === 'ok' &&
      this.shopIsPlain() &&
      !host.modal.isOpen
    );
  }

  private shopIsPlain(): boolean {
    const { replaysRefusal } = this.backend.traits;
    return !replaysRefusal && !this.backend.respond;
  }

  /** Whether the library may have a reason to ask about it. */
  private mayBeOpen(facts: OrderFacts, since = Infinity, despiteYes = false): boolean {
    const { calledSeq } = facts;
    if (facts.destroyed || facts.mayBeToldAgain) return true;
    if (!facts.calls.length) return false;
    // That it was closed does not settle a success that the cashier has reported.
    const told = facts.told.filter(
      ({ seq, status: word }) => seq > calledSeq && (word !== 'closed' || facts.mostClaim < CLAIM.success),
    );
    if (told.length) return told.some(({ at }) => at >= since);
    const status = this.backend.order(facts.tpOrderId)?.status;
    // A yes that came too late for the library led to no call.
    const wasUsed = facts.acceptedCallSeq > facts.acceptedSeq && facts.acceptedAnother;
    const isAccepted = wasUsed && facts.askedSeq > Math.max(facts.lastMadeSeq, facts.raisedSeq);
    if (isAccepted && status === 'unpaid' && !despiteYes) return false;
    return facts.mostClaim > CLAIM.cancelled || facts.chargedAt !== null || status !== 'unpaid';
  }
}
