type Nothing = null | undefined | false;

/** Enough for the slowest machine, and an end for what never happens. */
const PATIENCE = 20_000;

/**
 * Asks again until `look` gives something.
 *
 * @param within milliseconds
 * @throws Error when it gave nothing in time; a test that only ran out of its own time would not say what it waited for
 */
export async function eventually<T>(
  look: () => Promise<T | Nothing> | T | Nothing,
  within = PATIENCE,
): Promise<T> {
  for (const end = Date.now() + within; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${look.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
