/**
 * Reconstructs the text that was signed from its digest: applies the signing steps and, per step, the known mistakes, one
 * or two at a time. Besides, every amount up to a limit can be tried.
 */
import type { FindingCode } from './codes';
import type { RawFinding } from './finding';
import type { WorkBudget } from './work-budget';

export interface Pair {
  name: string;
  value: string;
  /** its index in what was sent */
  position: number;
}

/** An intermediate result of the steps: pairs, then a text, then bytes. */
export type Candidate = Pair[] | string | Buffer;

/** A known way of doing a step wrong. */
export interface Mistake {
  finding: RawFinding;
  /** @returns null when the mistake changes nothing or does not apply */
  apply: (candidate: Candidate) => Candidate | null;
  /** a mistake that cannot be seen when this one was made, so that the two are not tried together */
  hides?: FindingCode;
}

export interface Step {
  correct: (candidate: Candidate) => Candidate;
  /** Iterated while they are tried, because there may be thousands. */
  mistakes: (candidate: Candidate) => Iterable<Mistake>;
}

export interface Explanation {
  findings: RawFinding[];
  /** null when bytes in another charset were signed */
  text: string | null;
}

function sizeOf(candidate: Candidate): number {
  if (!Array.isArray(candidate)) return candidate.length;
  return candidate.reduce((size, { name, value }) => size + name.length + value.length, 0);
}

function* candidates(
  steps: readonly Step[],
  index: number,
  candidate: Candidate,
  mistakes: number,
  findings: RawFinding[],
  budget: WorkBudget,
): Generator<{ candidate: Candidate; findings: RawFinding[] }> {
  const step = steps[index];
  if (!step) {
    yield { candidate, findings };
    return;
  }
  // Mistakes of earlier steps are more common, so they are tried first.
  if (mistakes > 0) {
    for (const mistake of step.mistakes(candidate)) {
      const next = findings.some(({ code }) => code === mistake.hides) ? null : mistake.apply(candidate);
      // A mistake that does not apply had to be tried, too, and costs as much.
      if (!budget.spendCharacters(sizeOf(next ?? candidate))) return;
      if (next !== null) {
        const more = [...findings, mistake.finding];
        yield* candidates(steps, index + 1, next, mistakes - 1, more, budget);
      }
    }
  }
  if (mistakes < steps.length - index) {
    yield* candidates(steps, index + 1, step.correct(candidate), mistakes, findings, budget);
  }
}

/**
 * Finds the mistakes with which the signed text was made.
 *
 * @param matches whether a text is the one that was signed
 * @param count the number of mistakes to combine
 * @returns null when no known mistake explains the text, or the budget is used up
 */
export function findExplanation(
  start: Pair[],
  steps: readonly Step[],
  matches: (text: string | Buffer) => boolean,
  count: number,
  budget: WorkBudget,
): Explanation | null {
  for (const { candidate, findings } of candidates(steps, 0, start, count, [], budget)) {
    if (Array.isArray(candidate)) continue;
    if (!budget.spendCandidate() || !budget.spendCharacters(candidate.length)) return null;
    if (matches(candidate)) {
      return { findings, text: typeof candidate === 'string' ? candidate : null };
    }
  }
  return null;
}

/** A mistake that changes pairs. */
export function pairMistake(finding: RawFinding, apply: (pairs: Pair[]) => Pair[] | null): Mistake {
  return { finding, apply: candidate => (Array.isArray(candidate) ? apply(candidate) : null) };
}

/** A mistake that changes the joined text. */
export function textMistake(finding: RawFinding, apply: (text: string) => string | Buffer | null): Mistake {
  return {
    finding,
    apply: candidate => {
      if (typeof candidate !== 'string') return null;
      const changed = apply(candidate);
      return changed === candidate ? null : changed;
    },
  };
}

/** Replaces values; null when nothing changes. */
export function mapValues(pairs: Pair[], change: (value: string, pair: Pair) => string): Pair[] | null {
  const changed = pairs.map(pair => ({ ...pair, value: change(pair.value, pair) }));
  return changed.some((pair, index) => pair.value !== pairs[index]?.value) ? changed : null;
}

export function byName(a: Pair, b: Pair): number {
  return a.name < b.name ? -1 : 1;
}

export function joinPairs(pairs: readonly Pair[], separator: string, between = '='): string {
  return pairs.map(({ name, value }) => name + between + value).join(separator);
}

/** The text without any mistake. */
export function canonicalTextOf(pairs: readonly Pair[]): string {
  return joinPairs([...pairs].sort(byName), '&');
}

export function unchanged(candidate: Candidate): Candidate {
  return candidate;
}

function* combinations<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - size; i++) {
    for (const rest of combinations(items, size - 1, i + 1)) yield [items[i] as T, ...rest];
  }
}

/** With more items than this only each alone and all together are tried: 2^12 subsets are enough work. */
const MAX_COMBINED = 12;

/** Every non-empty subset, small ones first; of more than 12 items only the likely ones. */
export function* subsets<T>(items: readonly T[]): Generator<T[]> {
  if (items.length > MAX_COMBINED) {
    yield* combinations(items, 1);
    yield [...items];
    return;
  }
  for (let size = 1; size <= items.length; size++) yield* combinations(items, size);
}

export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [item, ...rest]),
  );
}

interface BruteForceResult {
  /** fen, as text */
  signed: string;
  signedText: string;
}

/** Marks the place of the amount; no signed text contains it. */
const PLACEHOLDER = '\0';

/** No text of an order or a notification is longer; in a longer one each amount costs too much. */
const LONGEST_TEXT = 4096;

/**
 * Tries every amount up to a limit in the signed text, for a price that cannot be derived from the one sent.
 *
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
