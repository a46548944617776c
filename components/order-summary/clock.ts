/** The server's clock, as well as it can be known on a device whose own clock may be wrong. */

export interface ServerClock {
  /** ms since the epoch; the device's clock until the server has told the time */
  now(): number;
  /** @param serverTime ms since the epoch, when the server made the answer that has just arrived */
  hear(serverTime: number | undefined): void;
}

/** ms an answer may take: within that, an answer that seems to come from an earlier clock was only slower. */
const DELAY = 5000;

export function createClock(): ServerClock {
  let heard = 0;
  /** the server's clock minus the device's; as a rule too small by the time the answer took */
  let offset = 0;
  const device = (): number => new Date().getTime();
  return {
    now: () => device() + offset,
    hear(serverTime) {
      // An answer that is handed over again later says nothing about the time.
      if (serverTime === undefined || serverTime <= heard) return;
      const measured = serverTime - device();
      if (!heard || measured > offset || measured < offset - DELAY) offset = measured;
      heard = serverTime;
    },
  };
}
