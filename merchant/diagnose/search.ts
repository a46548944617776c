/**
 * Finds out how a text was built from its digest: the rule is a row of steps, each with its known ways to go wrong.
 * Tries every single mistake, then every two of different steps.
 */
import type { FindingCode } from './codes';
import type { Clue } from './finding';

export interface Pair {
  name: string;
  value: string;
  /** where it stood in what was sent */
  position: number;
}

/** What is built so far: pairs, then a text, then bytes. */
export type Draft = Pair[] | string | Buffer;

/** One way of doing a step; null where it makes no difference or does not apply. */
export interface Way {
  clue: Clue;
  apply: (draft: Draft) => Draft | null;
  /** mistakes that this one makes invisible, so that they cannot be claimed together */
  hides?: FindingCode;
}

export interface Step {
  right: (draft: Draft) => Draft;
  wrong: readonly Way[] | ((draft: Draft) => readonly Way[]);
}

export interface Explanation {
  clues: Clue[];
  /** null when bytes in another charset were signed */
  text: string | null;
}

function* builds(
  steps: readonly Step[],
  index: number,
  draft: Draft,
  mistakes: number,
  clues: Clue[],
): Generator<{ draft: Draft; clues: Clue[] }> {
  const step = steps[index];
  if (!step) {
    yield { draft, clues };
    return;
  }
  // Mistakes of earlier steps are the commoner ones, so they are tried before a later step gets the blame.
  if (mistakes > 0) {
    for (const way of typeof step.wrong === 'function' ? step.wrong(draft) : step.wrong) {
      const next = clues.some(clue => clue.code === way.hides) ? null : way.apply(draft);
      if (next !== null) yield* builds(steps, index + 1, next, mistakes - 1, [...clues, way.clue]);
    }
  }
  if (mistakes < steps.length - index) yield* builds(steps, index + 1, step.right(draft), mistakes, clues);
}

/** Characters built at most: a text of usual length needs a tenth, and an endless one must not take for ever. */
const MOST_BUILT = 100_000_000;

/**
 * @param matches whether a text is the one that was signed
 * @param mistakes how many, at least and at most
 * @param mostTried how many texts; every one is hashed, which takes longest
 * @returns the explanation with the fewest mistakes, or null when none of the known ones explains it
 */
export function explain(
  start: Pair[],
  steps: readonly Step[],
  matches: (text: string | Buffer) => boolean,
  [least, most]: readonly [number, number],
  mostTried = Infinity,
): Explanation | null {
  let built = 0;
  let tried = 0;
  for (let mistakes = least; mistakes <= most; mistakes++) {
    for (const { draft, clues } of builds(steps, 0, start, mistakes, [])) {
      built += draft.length;
      if (built > MOST_BUILT) return null;
      if (Array.isArray(draft)) continue;
      if (++tried > mostTried) return null;
      if (matches(draft)) {
        return { clues, text: typeof draft === 'string' ? draft : null };
      }
    }
  }
  return null;
}

/** Ways that work on pairs. */
export function onPairs(clue: Clue, apply: (pairs: Pair[]) => Pair[] | null): Way {
  return { clue, apply: draft => (Array.isArray(draft) ? apply(draft) : null) };
}

/** Ways that work on the joined text. */
export function onText(clue: Clue, apply: (text: string) => string | Buffer | null): Way {
  return {
    clue,
    apply: draft => {
      if (typeof draft !== 'string') return null;
      const changed = apply(draft);
      return changed === draft ? null : changed;
    },
  };
}

/** Replaces values; null when nothing changes. */
export function mapValues(pairs: Pair[], change: (value: string, pair: Pair) => string): Pair[] | null {
  const changed = pairs.map(pair => ({ ...pair, value: change(pair.value, pair) }));
  return changed.some((pair, index) => pair.value !== pairs[index]?.value) ? changed : null;
}

export function unchanged(draft: Draft): Draft {
  return draft;
}

/** Every non-empty subset, small ones first. Up to 2^length of them. */
export function subsets<T>(items: readonly T[]): T[][] {
  return items
    .reduce<T[][]>((all, item) => [...all, ...all.map(set => [...set, item])], [[]])
    .filter(set => set.length)
    .sort((a, b) => a.length - b.length);
}

export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [item, ...rest]),
  );
}
