/**
 * Time that moves only when a test moves it. The device's clock is apart from it: a person can set a phone's clock, and
 * timers do not care.
 */
interface Timer {
  id: number;
  at: number;
  action: () => void;
  owner: object;
}

/** More than any schedule needs: a timer that re-arms itself without moving time would run for ever. */
const RUNAWAY = 100000;

export class Clock {
  private time: number;
  private lastId = 0;
  private offset = 0;
  private timers: Timer[] = [];

  constructor(start = 1700000000000) {
    this.time = start;
  }

  /** true time, ms */
  now(): number {
    return this.time;
  }

  /** what the phone's own clock shows, ms */
  deviceNow(): number {
    return this.time + this.offset;
  }

  /** The person, or the network, sets the phone's clock. */
  jumpDevice(ms: number): void {
    this.offset += ms;
  }

  /** @param owner whose timer it is: a process that can be killed, or the outside world */
  after(ms: number, action: () => void, owner: object): number {
    this.timers.push({ id: ++this.lastId, at: this.time + Math.max(0, ms || 0), action, owner });
    return this.lastId;
  }

  cancel(id: number | undefined): void {
    const index = this.timers.findIndex(timer => timer.id === id);
    if (index >= 0) this.timers.splice(index, 1);
  }

  /** Drops the timers of a dead process. */
  forget(owner: object): void {
    this.timers = this.timers.filter(timer => timer.owner !== owner);
  }

  /** Runs everything that is due within `ms`, in order of time. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let ran = 0; this.runNext(end); ran++) if (ran > RUNAWAY) throw new Error('timers run for ever');
    this.time = end;
  }

  /** The same, and promises settle between two timers. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.time + ms;
    await flushPromises();
    for (let ran = 0; this.runNext(end); ran++) {
      if (ran > RUNAWAY) throw new Error('timers run for ever');
      await flushPromises();
    }
    this.time = end;
  }

  private runNext(end: number): boolean {
    let index = -1;
    this.timers.forEach((timer, candidate) => {
      const first = this.timers[index];
      if (timer.at <= end && (!first || timer.at < first.at)) index = candidate;
    });
    const next = this.timers[index];
    if (!next) return false;
    this.timers.splice(index, 1);
    this.time = Math.max(this.time, next.at);
    next.action();
    return true;
  }
}

/** Promise.all and then() of a few levels. */
async function flushPromises(): Promise<void> {
  for (let level = 0; level < 6; level++) await null;
}
