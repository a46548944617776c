/** Waiting, with real timers and with Jest's fake ones. */

export const timersAreFake = (): boolean => Object.prototype.hasOwnProperty.call(setTimeout, 'clock');

/** Lets time pass and runs the timers that are due. */
export async function advanceTimers(milliseconds: number): Promise<void> {
  if (timersAreFake()) await jest.advanceTimersByTimeAsync(milliseconds);
  else await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Ticks in a row without work after which all work is done. */
const IDLE_TICKS = 4;

/** Waits until nothing is busy any more, and immediate answers have arrived. */
export async function waitForIdle(busy: () => boolean): Promise<void> {
  for (let idle = 0; idle < IDLE_TICKS;) {
    const waiting = busy();
    await advanceTimers(waiting ? 1 : 0);
    idle = waiting ? 0 : idle + 1;
  }
}
