/** Estimates the server's clock on a device whose own clock may be wrong. */

export interface ServerClock {
  /** ms since the epoch; by the device's clock until a response has named the time */
  now(): number;
  /** @param serverTime ms since the epoch, of the response that has just arrived; undefined, where it has none, is ignored */
  sync(serverTime: number | undefined): void;
}

/** ms a response may take: within that, a response whose clock seems to be behind was only slower. */
const MAX_DELAY = 5000;

export function createServerClock(): ServerClock {
  let lastServerTime = 0;
  /** the server's clock minus the device's; as a rule too small by the duration of the response */
  let offset = 0;
  const deviceTime = (): number => new Date().getTime();
  return {
    now: () => deviceTime() + offset,
    sync(serverTime) {
      // A response that is delivered again later says nothing about the time.
      if (serverTime === undefined || serverTime <= lastServerTime) return;
      const measured = serverTime - deviceTime();
      if (!lastServerTime || measured > offset || measured < offset - MAX_DELAY) offset = measured;
      lastServerTime = serverTime;
    },
  };
}
