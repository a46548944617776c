/** Waiting, with real timers and with Jest's fake ones. */

export const timersAreFake = (): boolean => Object.prototype.hasOwnProperty.call(setTimeout, 'clock');

/** Lets time pass, and what it brings happen. */
export async function turn(milliseconds: number): Promise<void> {
  if (timersAreFake()) await jest.advanceTimersByTimeAsync(milliseconds);
  else await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Quiet turns after which nothing more is expected. */
const QUIET_TURNS = 4;

/** Waits until nothing is busy any more, and immediate answers have arrived. */
export async function untilQuiet(busy: () => boolean): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS;) {
    const waiting = busy();
    await turn(waiting ? 1 : 0);
    quiet = waiting ? 0 : quiet + 1;
  }
}
