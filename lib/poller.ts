import { describeFailure } from './database';

/**
 * Runs `work` in a loop: at once after `runNow`, or when it resolves to true, and otherwise every `interval` ms. Runs
 * never overlap; a failed one is logged, and the next one tries again.
 */
export class Poller {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isDue = false;
  private active = false;

  constructor(
    /** resolves to true when more is due at once */
    private readonly work: () => Promise<boolean | void>,
    private readonly interval: number,
    private readonly log: (line: string) => void,
  ) {}

  start(): void {
    if (this.active) return;
    this.active = true;
    this.runNow();
  }

  readonly runNow = (): void => {
    if (!this.active) return;
    if (this.running) {
      this.isDue = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.work()
      .catch(error => this.log(`failed: ${describeFailure(error)}`))
      .then(isMoreDue => {
        if (isMoreDue === true) this.isDue = true;
        this.scheduleNext();
      });
  };

  /** Nothing runs afterwards; resolves when the present run has ended. */
  async stop(): Promise<void> {
    this.active = false;
    clearTimeout(this.timer);
    await this.running;
  }

  private scheduleNext(): void {
    this.running = undefined;
    if (!this.active) return;
    this.timer = setTimeout(this.runNow, this.isDue ? 0 : this.interval);
    this.isDue = false;
  }
}
