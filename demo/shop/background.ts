import type { Shop } from './context';
import { closeExpired } from './closing';
import { settleOpenRefunds } from './refunds';

const LONGEST_PAUSE = 60_000;

/** The shop's work between requests. It may be interrupted anywhere: each step finds what an earlier run left open. */
export class Background {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = true;
  private pause: number;

  constructor(private readonly shop: Shop) {
    this.pause = shop.retryAfter;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.schedule(0);
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private schedule(delay: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.work().finally(() => this.schedule(this.pause));
    }, delay);
  }

  private async work(): Promise<void> {
    let reached = false;
    try {
      reached = await closeExpired(this.shop);
      if (reached) await settleOpenRefunds(this.shop);
    } catch (error) {
      this.shop.log(
        `work in the background failed, it will be tried again: ${String(Object(error).message)}`,
      );
    }
    this.pause = reached ? this.shop.retryAfter : Math.min(this.pause * 2, LONGEST_PAUSE);
  }
}
