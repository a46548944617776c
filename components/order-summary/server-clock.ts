/** The server's clock, as well as it can be known on a device whose own clock may be wrong. */

export interface ServerClock {
  /** ms since the epoch; by the device's clock until an answer names the time */
  now(): number;
  /** @param serverTime ms since the epoch, when the server made the answer that has just arrived; undefined: it did not say */
  sync(serverTime: number | undefined): void;
}

/** ms an answer may take: within that, an answer that seems to come from an earlier clock was only slower. */
const MAX_DELAY = 5000;

export function createServerClock(): ServerClock {
  let lastServerTime = 0;
  /** the server's clock minus the device's; as a rule too small by the time the answer took */
  let offset = 0;
  const deviceTime = (): number => new Date().getTime();
  return {
    now: () => deviceTime() + offset,
    sync(serverTime) {
      // An answer that is handed over again later says nothing about the time.
      if (serverTime === undefined || serverTime <= lastServerTime) return;
      const measured = serverTime - deviceTime();
      if (!lastServerTime || measured > offset || measured < offset - MAX_DELAY) offset = measured;
      lastServerTime = serverTime;
    },
  };
}
