/** Everything that was observed, kept per order and per attempt, for the rules to judge. It judges nothing itself. */
import type { FakeBackend, OrderState } from '../fakes/fake-backend';
import type { CashierCall } from '../fakes/fake-cashier';
import type { FakeComponent } from '../fakes/fake-component';
import type { FakeHost } from '../fakes/fake-host';
import type { Question } from '../fakes/fake-modal';
import type { Outcome } from '../fakes/library';
import type { Observed } from '../fakes/observation';
import { CallClaim, CLAIM } from './claim';
import { OrderFacts } from './order-facts';

export const DAY = 86400000;

/** ms that checks, an order and the wait for the cashier may take */
const LONGEST_STEP = 90000;

/** A tap on a button, or a page's pay(): what may have begun an attempt. */
interface Start {
  component: FakeComponent;
  at: number;
  owner: string;
}

interface Asked {
  question: Question;
  at: number;
  seq: number;
  /** the orders it names or counts */
  covers: OrderFacts[];
}

export class History {
  readonly orders = new Map<string, OrderFacts>();
  starts: Start[] = [];
  asked: Asked | null = null;
  user = '';
  lastStartAt = -Infinity;
  lastCallAt = -Infinity;
  private readonly shownAt: number[] = [];
  lastCallbackAt = -Infinity;
  private lastAnswerAt = -Infinity;
  lastSuccessAt = -Infinity;
  /** when a success or a failure was last delivered */
  lastFinalAt = -Infinity;
  processStartedAt = 0;
  /** explicit order-keys whose order was found paid in this run of the app: they stay paid */
  readonly paidKeys = new Set<string>();
  /** the last moment at which storage could not be relied on */
  private storageFailedAt = -Infinity;
  private storageFails = false;

  constructor(
    private readonly host: FakeHost,
    private readonly backend: FakeBackend,
  ) {}

  order(tpOrderId: string): OrderFacts {
    let facts = this.orders.get(tpOrderId);
    if (!facts) this.orders.set(tpOrderId, (facts = new OrderFacts(tpOrderId)));
    return facts;
  }

  all(): OrderFacts[] {
    return [...this.orders.values()];
  }

  /** Whether storage could be read and written all the time since then. */
  storageWorkedSince(at: number): boolean {
    return !this.storageFails && this.storageFailedAt < at;
  }

  /** A page, or the app, came to the front since then: it was not in front all the time. */
  wasShownSince(at: number): boolean {
    return this.shownAt.some(time => time > at);
  }

  /** The attempts that may be under way, oldest first; while a question is open, a button shows what it showed before. */
  liveStarts(now: number): Start[] {
    return this.starts.filter(
      ({ component, at }) =>
        /ordering|paying|confirming/.test(component.phase) ||
        now - Math.max(at, this.lastAnswerAt) < LONGEST_STEP,
    );
  }

  observe(observed: Observed): void {
    const { at, deviceAt, seq } = observed;
    for (const facts of this.orders.values()) facts.noteAge(deviceAt);
    switch (observed.kind) {
      case 'tap':
      case 'pay':
        this.noteGivenUp(observed.kind, at);
        this.starts.push({ component: observed.component, at, owner: this.user });
        this.lastStartAt = at;
        break;
      case 'call':
        this.noteCall(observed.call, observed);
        break;
      case 'callback': {
        const facts = this.order(observed.call.tpOrderId);
        const claim = facts.calls.find(({ call }) => call === observed.call);
        if (at - observed.call.at >= 900000 && claim) claim.mayBeLost = true;
        const before = facts.mostClaim;
        claim?.answer(observed.ok, observed.payload);
        if (claim) facts.noteAnswer(claim);
        if (facts.mostClaim > before) facts.raisedSeq = seq;
        this.lastCallbackAt = at;
        break;
      }
      case 'charge':
        this.order(observed.tpOrderId).chargedAt = at;
        break;
      case 'check':
        this.noteCheck(observed.tpOrderId, observed.status, seq);
        break;
      case 'created':
        this.order(observed.tpOrderId).created.push({ seq, status: observed.status });
        break;
      case 'event':
        this.noteEvent(observed.component, observed.name, observed.detail, observed);
        break;
      case 'question':
        this.noteQuestion(observed.question, observed);
        break;
      case 'answer':
        this.lastAnswerAt = at;
        for (const facts of observed.yes && this.asked ? this.asked.covers : []) {
          facts.acceptedSeq = seq;
          facts.askedSeq = this.asked?.seq ?? seq;
        }
        break;
      case 'resumed':
        observed.outcomes.forEach(outcome => this.noteOutcome(outcome, observed));
        break;
      case 'page-shown':
      case 'app-shown':
        this.shownAt.push(at);
        break;
      case 'user':
        this.user = observed.userId;
        break;
      case 'killed':
        this.noteKill(at);
        break;
      case 'storage-cleared':
        this.storageFailedAt = at;
        break;
      case 'storage-mode':
        if (this.storageFails) this.storageFailedAt = at;
        this.storageFails = this.host.storage.mode !== 'ok';
        break;
    }
  }

  private noteCheck(tpOrderId: string, status: OrderState, seq: number): void {
    const { checks, orderKey } = this.order(tpOrderId);
    checks.push({ seq, status });
    if (status === 'paid' && orderKey) this.paidKeys.add(orderKey);
  }

  /** The orders a question names, and the newest of those it counts besides. */
  ordersIn(question: Question): OrderFacts[] {
    const text = question.title + question.content;
    const called = this.all().filter(({ calls }) => calls.length);
    const count = Number(/等\s*(\d+)\s*笔/.exec(text)?.[1] ?? 1);
    const named = called.filter(({ tpOrderId }) => {
      const title = this.backend.order(tpOrderId)?.dealTitle;
      return !!title && isNamedIn(text, title);
    });
    if (count < 2) return named;
    // It names the newest; but a call that never opened a cashier counts for the library's order, not for this one.
    const newest = Math.max(...named.map(({ calledAt }) => calledAt));
    const isLater = ({ calledAt }: OrderFacts): number => Number(calledAt > newest);
    const counted = called
      .filter(facts => this.mayBeCounted(facts))
      .sort((one, other) => isLater(one) - isLater(other) || byNewest(one, other));
    return [...new Set([...named, ...counted])].slice(0, count);
  }

  /** A question that ended with its page, or the app, may come again. */
  noteUnanswered(): void {
    if (!this.asked || this.lastAnswerAt >= this.asked.at) return;
    this.asked.covers.forEach(facts => (facts.mayBeToldAgain = true));
  }

  private noteQuestion(question: Question, { at, seq }: Observed): void {
    const covers = this.ordersIn(question);
    this.asked = { question, at, seq, covers };
    const status = wordsFor(question.title + question.content);
    if (status) for (const facts of covers) facts.told.push({ at, seq, status });
  }

  /** What is in doubt and was not agreed to, and what turned out to be over and was not reported. */
  private mayBeCounted(facts: OrderFacts): boolean {
    const isOver = facts.wasSaidToBe('paid', 'closed', 'refunding', 'refunded');
    return !facts.wasTold && (isOver || (facts.mostClaim > CLAIM.cancelled && !facts.wasAccepted));
  }

  private noteCall(call: CashierCall, observed: Observed): void {
    for (const facts of this.orders.values()) {
      for (const claim of facts.calls) if (!claim.answered) claim.replaced = true;
      if (facts.acceptedCallSeq < facts.acceptedSeq) {
        facts.acceptedCallSeq = observed.seq;
        facts.acceptedAnother = call.tpOrderId !== facts.tpOrderId;
      }
    }
    const { at } = observed;
    const facts = this.order(call.tpOrderId);
    const live = this.liveStarts(at).filter(({ component }) => component.page === this.host.top);
    const owners = live.length ? live.map(({ owner }) => owner) : [this.user];
    facts.noteCall(new CallClaim(call), owners, observed);
    // What DevTools only simulate, no backend can confirm.
    facts.hasStatusUrl =
      this.host.options.platform !== 'devtools' &&
      (this.host.top?.buttons.some(({ properties }) => !!properties.statusUrl) ?? false);
    this.lastCallAt = at;
  }

  private noteGivenUp(kind: 'tap' | 'pay', at: number): void {
    for (const facts of this.orders.values()) {
      const claim = facts.unanswered;
      if (claim && this.mayGiveUp(claim.call.at, kind, at)) claim.mayBeLost = true;
    }
  }

  /** A tap proves that the cashier is gone 5 s after the call, or after a show; a page's pay() needs more. */
  mayGiveUp(calledAt: number, kind: 'tap' | 'pay', at: number): boolean {
    const shown = this.shownAt.find(time => time > calledAt) ?? Infinity;
    if (kind === 'tap') return at - calledAt >= 5000 || shown <= at;
    return at - calledAt >= 60000 || at - shown >= 5000;
  }

  private noteEvent(component: FakeComponent, name: string, detail: Outcome, observed: Observed): void {
    const { at } = observed;
    if (detail.tpOrderId && detail.orderKey) {
      this.order(String(detail.tpOrderId)).orderKey = String(detail.orderKey);
    }
    if (name === 'paycomplete') {
      if (!detail.resumed) this.endStart(component, detail, at);
      if (component.isAlive) this.noteOutcome(detail, observed);
    }
    if (name === 'paysuccess') {
      this.lastSuccessAt = at;
      if (detail.orderKey) this.paidKeys.add(String(detail.orderKey));
    }
    if (/^pay(success|fail)$/.test(name)) this.lastFinalAt = at;
    // The event comes before paycomplete, and what a page does in its handler comes in between.
    if (component.isAlive && /^pay(success|fail)$/.test(name)) {
      this.noteOutcome({ ...detail, outcome: name.slice(3) }, observed);
    }
    if (name === 'paypending') {
      for (const claim of this.order(String(detail.tpOrderId)).calls) if (!claim.answered) claim.lost = true;
    }
  }

  /** Ends the attempt that began when its outcome says; others of the same component may go on. */
  private endStart(component: FakeComponent, { elapsed }: Outcome, at: number): void {
    const began = at - Number(elapsed);
    this.starts = this.starts.filter(start => start.component !== component || start.at !== began);
  }

  private noteOutcome({ outcome, reason, tpOrderId }: Outcome, { at, seq }: Observed): void {
    if (!tpOrderId) return;
    const { told } = this.order(String(tpOrderId));
    if (outcome === 'success') told.push({ at, seq, status: 'paid' });
    if (outcome === 'fail' && reason === 'refunded') told.push({ at, seq, status: 'refunded' });
    if (outcome === 'fail' && reason === 'closed') told.push({ at, seq, status: 'closed' });
  }

  private noteKill(at: number): void {
    for (const facts of this.orders.values()) {
      if (facts.calls.length && !this.storageWorkedSince(facts.firstCalledAt)) facts.destroy();
      facts.isOfDeadProcess = true;
    }
    this.noteUnanswered();
    this.starts = [];
    this.paidKeys.clear();
    this.asked = null;
    this.processStartedAt = at;
  }
}

const byNewest = (one: OrderFacts, other: OrderFacts): number => other.calledAt - one.calledAt;

/** In full, or by its beginning: a modal has little room. */
function isNamedIn(text: string, title: string): boolean {
  const cut = /([^「\s]{4,})…/.exec(text)?.[1];
  return text.includes(title) || (!!cut && title.startsWith(cut));
}

/** What a question says of the orders it names, besides that they are not paid yet; of several that differ it says nothing. */
function wordsFor(text: string): 'paid' | 'refunded' | 'closed' | null {
  if (/待确认/.test(text)) return null;
  if (/已支付/.test(text)) return 'paid';
  if (/退款/.test(text)) return 'refunded';
  return /关闭/.test(text) ? 'closed' : null;
}
