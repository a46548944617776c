/**
 * Tries every amount up to a limit in the signed text, for a price that has nothing to do with the one sent.
 */
import { canonicalTextOf } from './common-steps';
import type { Pair } from './search';
import type { WorkBudget } from './work-budget';

interface BruteForceResult {
  /** fen, as text */
  signed: string;
  signedText: string;
}

/** Marks the place of the amount; no signed text holds it. */
const PLACEHOLDER = '\0';

/** No text of an order or a notification is longer; trying every amount in one would take for ever. */
const LONGEST_TEXT = 4096;

/**
 * @param name the parameter that holds the amount
 * @param upTo fen, exclusive
 */
export function bruteForceAmount(
  pairs: readonly Pair[],
  name: string,
  upTo: number,
  matches: (text: string) => boolean,
  budget: WorkBudget,
): BruteForceResult | null {
  const text = canonicalTextOf(
    pairs.map(pair => (pair.name === name ? { ...pair, value: PLACEHOLDER } : pair)),
  );
  const [before = '', after] = text.split(PLACEHOLDER);
  if (after === undefined || text.length > LONGEST_TEXT) return null;
  for (let fen = 0; fen < upTo; fen++) {
    const signedText = before + String(fen) + after;
    if (!budget.spendCandidate() || !budget.spendCharacters(signedText.length)) return null;
    if (matches(signedText)) return { signed: String(fen), signedText };
  }
  return null;
}
