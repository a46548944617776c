/**
 * The oracle: the invariant at the end of section 2 of the design, sentence by sentence. It knows only the world:
 * charges, calls, questions and their answers, events, toasts, clocks, and what the backend said.
 */
import type { Clock } from '../fakes/clock';
import type { FakeBackend } from '../fakes/fake-backend';
import type { FakeCashier } from '../fakes/fake-cashier';
import type { FakeHost } from '../fakes/fake-host';
import type { Observed } from '../fakes/observation';
import { judgeCall } from './call-rules';
import { CLAIM } from './claim';
import { EventRules, isWordless } from './event-rules';
import { DAY, History } from './history';
import type { OrderFacts } from './order-facts';
import { ProgressRules } from './progress-rules';

interface Watched {
  clock: Clock;
  backend: FakeBackend;
  cashier: FakeCashier;
  host: FakeHost;
}

export class Invariant {
  readonly violations: string[] = [];
  readonly history: History;
  private readonly events: EventRules;
  private readonly progress: ProgressRules;

  constructor(private readonly watched: Watched) {
    const { clock, host, backend, cashier } = watched;
    const violate = (rule: string): void => this.violate(rule);
    this.history = new History(host, backend);
    this.events = new EventRules(this.history, violate);
    this.progress = new ProgressRules(clock, host, backend, cashier, this.history, violate);
  }

  set user(userId: string) {
    this.history.user = userId;
  }

  violate(rule: string): void {
    this.violations.push(rule);
  }

  /** Something other than time and the library's own doing changes the world. */
  disturb(): void {
    this.progress.disturb();
    this.progress.wasDisturbedAt = this.watched.clock.now();
  }

  check(): void {
    this.progress.check();
  }

  observe(observed: Observed): void {
    const { host } = this.watched;
    const { at, seq } = observed;
    this.progress.check();
    switch (observed.kind) {
      case 'tap':
      case 'pay':
        if (observed.kind === 'pay') this.disturb();
        this.progress.started(observed.component);
        this.events.noteStart();
        break;
      case 'call':
        judgeCall(observed.call, this.history, host).forEach(rule => this.violate(rule));
        break;
      case 'event':
        this.events.judge(observed.component, observed.name, observed.detail, seq, observed.at);
        break;
      case 'question': {
        const { title, content, confirmText, cancelText } = observed.question;
        for (const text of [title, content, confirmText, cancelText]) {
          if (isWordless(text)) this.violate(`a question without words: ${String(text)}`);
        }
        this.history.noteUnanswered();
        this.progress.questioned(at, this.history.ordersIn(observed.question));
        break;
      }
      case 'toast':
        if (isWordless(observed.title)) this.violate(`a toast without words: ${observed.title}`);
        break;
      case 'killed':
        this.disturb();
        this.events.noteKill();
        break;
      case 'misuse':
        this.violate(observed.rule);
        break;
    }
    this.history.observe(observed);
    if (observed.kind === 'answer') this.progress.answered(observed.yes, at);
    if (observed.kind === 'callback') this.progress.calledBack();
    if (observed.kind === 'call') this.progress.called();
  }

  /**
   * Orders that were charged, or whose success was claimed without a backend to ask, and that were not reported. One whose
   * cashier said cancel only where a check has said paid.
   */
  mustBeTold(): OrderFacts[] {
    const { backend, clock } = this.watched;
    return this.history.all().filter(facts => {
      const { calledAt, tpOrderId } = facts;
      const isPaid = facts.hasStatusUrl
        ? facts.chargedAt !== null && backend.order(tpOrderId)?.status === 'paid'
        : facts.leastClaim === CLAIM.success;
      return (
        isPaid &&
        (facts.leastClaim > CLAIM.cancelled || facts.wasSaidToBe('paid')) &&
        !facts.wasTold &&
        !facts.destroyed &&
        !facts.wasOld &&
        clock.now() - calledAt < DAY - 3600000
      );
    });
  }

  /** At most one setData for each change of phase; what the page changes or resets, and what a summary forbids, may be shown too. */
  checkRendering(): void {
    for (const { components, buttons } of this.watched.host.pages) {
      const summaries = components.filter(({ name }) => name === 'order-summary');
      const locks = summaries.reduce((count, { setDataCount }) => count + setDataCount, 0);
      for (const { setDataCount, phaseChanges, propertyChanges, resets } of buttons) {
        if (setDataCount > phaseChanges + propertyChanges + resets + locks + 1) {
          this.violate('more than one setData for a change of phase');
        }
      }
    }
  }

  finish(): void {
    this.progress.check();
    this.events.finish();
  }
}
