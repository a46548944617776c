import type { Shop } from './context';
import { closeExpired } from './closing';
import { askForResults, settleOpenRefunds } from './refunds';
import { Turn } from './turn';

const LONGEST_PAUSE = 60_000;

/** The shop's work between requests. It may be interrupted anywhere: each step finds what an earlier run left open. */
export class Background {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = true;
  private pause: number;
  private readonly turns = {
    closing: new Turn(() => this.stopped),
    settling: new Turn(() => this.stopped),
    asking: new Turn(() => this.stopped),
  };

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
    const { shop, turns } = this;
    const reached = await this.attempt(() => closeExpired(shop, turns.closing));
    // Whatever became of the closing: an order that cannot be closed must not hold up anybody's money.
    await this.attempt(() => settleOpenRefunds(shop, turns.settling));
    await this.attempt(() => askForResults(shop, turns.asking));
    this.pause = reached ? shop.retryAfter : Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  /** @returns false also when it failed */
  private async attempt(work: () => Promise<boolean | void>): Promise<boolean> {
    try {
      return (await work()) ?? true;
    } catch (error) {
      const why = String(Object(error).message);
      this.shop.log(`work in the background failed, it will be tried again: ${why}`);
      return false;
    }
  }
}
