/** A clock that only moves when told to. Timers of a dead process are dropped with `forget`. */
export interface Clock {
  now(): number;
  /** @param owner whose timer it is: a process that can be killed, or the outside world */
  after(ms: number, action: () => void, owner: object): number;
  cancel(timer: number | undefined): void;
  forget(owner: object): void;
  /** Runs everything that is due within `ms`, in order of time. */
  advance(ms: number): void;
}

interface Timer {
  id: number;
  at: number;
  action: () => void;
  owner: object;
}

/** More than any schedule needs: a timer that re-arms itself without moving time would run for ever. */
const RUNAWAY = 100000;

export function createClock(start: number): Clock {
  let time = start;
  let lastId = 0;
  let timers: Timer[] = [];
  return {
    now: () => time,
    after(ms, action, owner) {
      timers.push({ id: ++lastId, at: time + Math.max(0, ms || 0), action, owner });
      return lastId;
    },
    cancel(id) {
      timers = timers.filter(timer => timer.id !== id);
    },
    forget(owner) {
      timers = timers.filter(timer => timer.owner !== owner);
    },
    advance(ms) {
      const end = time + ms;
      for (let ran = 0; ; ran++) {
        if (ran > RUNAWAY) throw new Error('timers run for ever');
        const next = timers.reduce<Timer | null>((first, timer) => {
          if (timer.at > end) return first;
          return !first || timer.at < first.at || (timer.at === first.at && timer.id < first.id)
            ? timer
            : first;
        }, null);
        if (!next) break;
        timers = timers.filter(timer => timer !== next);
        time = Math.max(time, next.at);
        next.action();
      }
      time = end;
    },
  };
}
