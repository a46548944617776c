/**
 * Does `work` again and again: at once when woken, and otherwise after at most `interval` ms. Rounds never overlap; a failed
 * round is logged and the next one tries again.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private wokenMeanwhile = false;
  private active = false;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly interval: number,
    private readonly log: (line: string) => void,
  ) {}

  start(): void {
    this.active = true;
    this.wake();
  }

  readonly wake = (): void => {
    if (!this.active) return;
    if (this.running) {
      this.wokenMeanwhile = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.work()
      .catch(error => this.log(`failed: ${error instanceof Error ? error.message : String(error)}`))
      .then(() => this.settled());
  };

  /** No round starts afterwards; resolves when the one that runs has ended. */
  async stop(): Promise<void> {
    this.active = false;
    clearTimeout(this.timer);
    await this.running;
  }

  private settled(): void {
    this.running = undefined;
    if (!this.active) return;
    if (this.wokenMeanwhile) {
      this.wokenMeanwhile = false;
      this.wake();
    } else {
      this.timer = setTimeout(this.wake, this.interval);
    }
  }
}
