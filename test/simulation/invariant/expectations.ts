/** Progress: what must happen within a time, unless something else comes in between. */
import type { Clock } from '../fakes/clock';

interface Expectation {
  rule: string;
  since: number;
  until: number;
  /** whether what was expected has happened */
  isMet: () => boolean;
}

export class Expectations {
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
