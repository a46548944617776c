type Nothing = null | undefined | false;

/** Enough for the slowest machine, and an end for what never happens. */
const TIMEOUT = 45_000;

/**
 * Asks again until `condition` gives something.
 *
 * @param within milliseconds
 * @throws Error when it gave nothing in time; a test that only ran out of its own time would not say what it waited for
 */
export async function waitFor<T>(
  condition: () => Promise<T | Nothing> | T | Nothing,
  within = TIMEOUT,
): Promise<T> {
  for (const end = Date.now() + within; ;) {
    const seen = await condition();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${condition.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
