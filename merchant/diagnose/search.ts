/**
 * Reconstructs the text that was signed from its digest: applies the signing steps and, per step, the known mistakes, one
 * or two at a time. Besides, other values of one parameter can be tried.
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

/** What a search works with. */
export interface Search {
  steps: readonly Step[];
  matches: Matches;
  budget: WorkBudget;
}

/** Returns true if a text (or bytes) is the one that was signed. */
export type Matches = (text: string | Buffer) => boolean;

export interface Explanation {
  /** one for each mistake */
  findings: RawFinding[];
  /** the signed text; null when bytes in another charset were signed */
  text: string | null;
}

function sizeOf(candidate: Candidate): number {
  if (!Array.isArray(candidate)) return candidate.length;
  return candidate.reduce((size, { name, value }) => size + name.length + value.length, 0);
}

/** A candidate after some of the steps. */
interface Progress {
  candidate: Candidate;
  /** how many steps were applied */
  stepCount: number;
  /** how many mistakes the remaining steps make */
  mistakesLeft: number;
  /** one for each mistake made so far */
  findings: RawFinding[];
}

/** Every result of the steps with the given number of mistakes; ends when the budget is used up. */
function* candidates(search: Search, progress: Progress): Generator<Progress> {
  const { steps, budget } = search;
  const { candidate, stepCount, mistakesLeft, findings } = progress;
  const step = steps[stepCount];
  if (!step) {
    yield progress;
    return;
  }
  // Mistakes of earlier steps are more common, so they are tried first.
  if (mistakesLeft > 0) {
    for (const mistake of step.mistakes(candidate)) {
      const next = findings.some(({ code }) => code === mistake.hides) ? null : mistake.apply(candidate);
      // A mistake that does not apply had to be tried, too, and costs as much.
      if (!budget.spendCharacters(sizeOf(next ?? candidate))) return;
      if (next !== null) {
        yield* candidates(search, {
          candidate: next,
          stepCount: stepCount + 1,
          mistakesLeft: mistakesLeft - 1,
          findings: [...findings, mistake.finding],
        });
      }
    }
  }
  if (mistakesLeft < steps.length - stepCount) {
    yield* candidates(search, {
      ...progress,
      candidate: step.correct(candidate),
      stepCount: stepCount + 1,
    });
  }
}

/**
 * Finds the mistakes with which the signed text was made.
 *
 * @param mistakeCount the number of mistakes to combine
 * @returns null when no known mistake explains the text, or the budget is used up
 */
export function findExplanation(start: Pair[], search: Search, mistakeCount: number): Explanation | null {
  const { matches, budget } = search;
  const progress = { candidate: start, stepCount: 0, mistakesLeft: mistakeCount, findings: [] };
  for (const { candidate, findings } of candidates(search, progress)) {
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

interface OtherValue {
  /** the value that was signed */
  signed: string;
  signedText: string;
}

/** Marks the place of the value; no signed text contains it. */
const PLACEHOLDER = '\0';

/** No text of an order or a notification is longer; in a longer one each value costs too much. */
const MAX_TEXT_LENGTH = 4096;

/**
 * Tries other values of one parameter in the signed text.
 *
 * @param name the parameter
 * @param values iterated until one fits or the budget is used up
 */
export function findOtherValue(
  pairs: readonly Pair[],
  name: string,
  values: Iterable<string>,
  { matches, budget }: Pick<Search, 'matches' | 'budget'>,
): OtherValue | null {
  const text = canonicalTextOf(
    pairs.map(pair => (pair.name === name ? { ...pair, value: PLACEHOLDER } : pair)),
  );
  const [before = '', after] = text.split(PLACEHOLDER);
  if (after === undefined || text.length > MAX_TEXT_LENGTH) return null;
  for (const signed of values) {
    const signedText = before + signed + after;
    if (!budget.spendCandidate() || !budget.spendCharacters(signedText.length)) return null;
    if (matches(signedText)) return { signed, signedText };
  }
  return null;
}

/** Every amount up to a limit, for a price that cannot be derived from the one sent; fen. */
export function* amountsBelow(limit: number): Generator<string> {
  for (let fen = 0; fen < limit; fen++) yield String(fen);
}
