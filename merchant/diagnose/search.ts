/**
 * Reconstructs what was signed from its digest: applies the signing steps and, per step, the known mistakes. First each
 * mistake alone, then every two of different steps.
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

/** What is built so far: pairs, then a text, then bytes. */
export type Candidate = Pair[] | string | Buffer;

/** A known way of doing a step wrong; null where it makes no difference or does not apply. */
export interface Mistake {
  finding: RawFinding;
  apply: (candidate: Candidate) => Candidate | null;
  /** mistakes that this one makes invisible, so that they cannot be claimed together */
  hides?: FindingCode;
}

export interface Step {
  correct: (candidate: Candidate) => Candidate;
  /** Made one by one while they are tried: all of them together could be thousands. */
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
  // Mistakes of earlier steps are the commoner ones, so they are tried before a later step gets the blame.
  if (mistakes > 0) {
    for (const mistake of step.mistakes(candidate)) {
      const next = findings.some(({ code }) => code === mistake.hides) ? null : mistake.apply(candidate);
      // What does not apply had to be looked at, too.
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
 * @param matches whether a text is the one that was signed
 * @param count how many mistakes the text has
 * @returns null when none of the known ones explains it, or the budget is used up
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

/** A mistake about pairs. */
export function pairMistake(finding: RawFinding, apply: (pairs: Pair[]) => Pair[] | null): Mistake {
  return { finding, apply: candidate => (Array.isArray(candidate) ? apply(candidate) : null) };
}

/** A mistake about the joined text. */
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

/** Of more items than this only each alone and all together: 2^12 sets are enough work. */
const MAX_COMBINED = 12;

/** Every non-empty subset, small ones first; of many items the likely ones only. Made while they are used. */
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
