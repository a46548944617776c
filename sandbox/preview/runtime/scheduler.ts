/** The runtime's own delayed work, counted so that a test knows when everything has settled. */
export class Scheduler {
  private readonly waiting = new Set<ReturnType<typeof setTimeout>>();

  /** Whether work is still to come. */
  get isBusy(): boolean {
    return this.waiting.size > 0;
  }

  /** Runs `work` after `delay` ms; @returns what cancels it */
  after(delay: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      work();
    }, delay);
    this.waiting.add(timer);
    return () => {
      clearTimeout(timer);
      this.waiting.delete(timer);
    };
  }

  /** Drops all work that is still to come. */
  clear(): void {
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
  }
}
