/** A sample in three numbers: the middle, and where the middle half begins and ends. */
interface Spread {
  low: number;
  middle: number;
  high: number;
}

export function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN;
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
}

/** Ratios of what was measured side by side, one for each round. */
export function ratios(ours: number[], theirs: number[]): Spread {
  return spread(ours.map((value, at) => value / (theirs[at] ?? NaN)));
}

export const formatSpread = ({ low, middle, high }: Spread, digits = 1): string =>
  `${middle.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

/**
 * Runs the subjects one after the other, in alternating order to cancel out drift.
 * @param warmUp rounds before the ones that count
 * @returns the values of each subject, one for each round
 */
export async function interleave<Value>(
  rounds: number,
  subjects: (() => Promise<Value>)[],
  warmUp = 1,
): Promise<Value[][]> {
  const values: Value[][] = subjects.map(() => []);
  const order = [...subjects.entries()];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [at, subject] of order) {
      const value = await subject();
      if (round >= warmUp) values[at]?.push(value);
    }
    order.reverse();
  }
  return values;
}
